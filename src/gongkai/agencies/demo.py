"""The bodies and people of 云州市, a city that does not exist."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.hashers import make_password

from gongkai.agencies import demo_details
from gongkai.agencies.demo_accounts import ACCOUNTS, CITY, Account
from gongkai.agencies.models import Agency, Kind, Level, Person, Post
from gongkai.law.org_codes import valid_org_code, valid_uscc

__all__ = ["ACCOUNTS", "BODIES", "CITY", "PASSWORD", "Account", "Body", "credit_code", "load", "titles"]

PASSWORD = "gongkai-demo"
"""The password of every account of the demo."""

_REFORM_2014 = date(2014, 3, 1)
_REFORM_2019 = date(2019, 1, 1)


@dataclass(frozen=True, slots=True)
class Body:
    """An agency of the demo city."""

    slug: str
    name: str
    kind: Any
    level: Any
    parent: str | None = CITY
    short: str = ""
    founded: date | None = None
    abolished: date | None = None
    successor: str | None = None
    others: tuple[str, ...] = ()


def _department(slug: str, name: str, short: str, **more: object) -> Body:
    return Body(slug, f"云州市{name}", Kind.DEPARTMENT, Level.CITY, short=short, others=(name,), **more)  # type: ignore[arg-type]


BODIES: tuple[Body, ...] = (
    Body(CITY, "云州市人民政府", Kind.GOVERNMENT, Level.CITY, None, "市政府", others=("云州市", "云州市政府")),
    _department("fagai", "发展和改革委员会", "市发展改革委"),
    _department("jiaoyu", "教育局", "市教育局"),
    _department("keji", "科学技术局", "市科技局"),
    _department("gongan", "公安局", "市公安局"),
    _department("minzheng", "民政局", "市民政局"),
    _department("caizheng", "财政局", "市财政局"),
    _department("renshe", "人力资源和社会保障局", "市人力资源社会保障局"),
    _department("ziran", "自然资源和规划局", "市自然资源和规划局", founded=_REFORM_2019),
    _department("huanjing", "生态环境局", "市生态环境局", founded=_REFORM_2019),
    _department("zhujian", "住房和城乡建设局", "市住房城乡建设局"),
    _department("jiaotong", "交通运输局", "市交通运输局"),
    _department("shuili", "水利局", "市水利局"),
    _department("nongye", "农业农村局", "市农业农村局", founded=_REFORM_2019),
    _department("shangwu", "商务局", "市商务局"),
    _department("wenlv", "文化广电和旅游局", "市文化广电和旅游局", founded=_REFORM_2019),
    _department("weijian", "卫生健康委员会", "市卫生健康委", founded=_REFORM_2019),
    _department(
        "weiji",
        "卫生和计划生育委员会",
        "市卫生计生委",
        founded=_REFORM_2014,
        abolished=_REFORM_2019,
        successor="weijian",
    ),
    _department("weisheng", "卫生局", "市卫生局", abolished=_REFORM_2014, successor="weiji"),
    _department("yingji", "应急管理局", "市应急管理局", founded=_REFORM_2019),
    _department("anjian", "安全生产监督管理局", "市安监局", abolished=_REFORM_2019, successor="yingji"),
    _department("shijian", "市场监督管理局", "市市场监管局", founded=_REFORM_2019),
    _department("gongshang", "工商行政管理局", "市工商局", abolished=_REFORM_2019, successor="shijian"),
    _department("tongji", "统计局", "市统计局"),
    Body("linxi", "临溪县人民政府", Kind.GOVERNMENT, Level.COUNTY, CITY, "临溪县政府", others=("临溪县",)),
    Body("songting", "松亭县人民政府", Kind.GOVERNMENT, Level.COUNTY, CITY, "松亭县政府", others=("松亭县",)),
    Body("chenghu", "澄湖区人民政府", Kind.GOVERNMENT, Level.COUNTY, CITY, "澄湖区政府", others=("澄湖区",)),
    Body("linxi-jiaoyu", "临溪县教育局", Kind.DEPARTMENT, Level.COUNTY, "linxi", "临溪县教育局"),
    Body("shiqiao", "临溪县石桥镇人民政府", Kind.TOWN, Level.TOWN, "linxi", "石桥镇", others=("石桥镇人民政府",)),
    Body("liubao", "临溪县柳堡乡人民政府", Kind.TOWN, Level.TOWN, "linxi", "柳堡乡", others=("柳堡乡人民政府",)),
    Body("baisha", "松亭县白沙镇人民政府", Kind.TOWN, Level.TOWN, "songting", "白沙镇", others=("白沙镇人民政府",)),
    Body("donghu", "澄湖区东湖街道办事处", Kind.TOWN, Level.TOWN, "chenghu", "东湖街道", others=("东湖街道办事处",)),
    Body("qixiang", "云州市气象局", Kind.AUTHORISED, Level.CITY, CITY, "市气象局"),
    Body("yunda", "云州大学", Kind.UNIVERSITY, Level.CITY, CITY, "云州大学"),
    _department("shuju", "数据局", "市数据局", founded=_REFORM_2019),
    Body("dangan", "云州市档案馆", Kind.PUBLIC_INSTITUTION, Level.CITY, CITY, "市档案馆", others=("档案馆",)),
    Body("tushu", "云州市图书馆", Kind.PUBLIC_INSTITUTION, Level.CITY, CITY, "市图书馆", others=("图书馆",)),
    Body(
        "qingxi",
        "松亭县青溪乡人民政府",
        Kind.TOWN,
        Level.TOWN,
        "songting",
        "青溪乡",
        abolished=date(2021, 7, 1),
        successor="baisha",
        others=("青溪乡人民政府",),
    ),
)


def load() -> None:
    """Makes the agencies, the accounts and their posts; what is there already is left as it is."""
    agencies = _agencies()
    hashed = make_password(PASSWORD)
    for account in ACCOUNTS:
        person, _ = Person.objects.get_or_create(
            username=account.username,
            defaults={
                "first_name": account.name,
                "password": hashed,
                "is_superuser": account.superuser,
            },
        )
        for role in account.roles:
            Post.objects.get_or_create(
                person=person, agency=agencies[account.agency], role=role, defaults={"since": date(2024, 1, 1)}
            )
    demo_details.load(agencies)


def _agencies() -> dict[str, Agency]:
    made: dict[str, Agency] = {}
    for number, body in enumerate(BODIES, 1):
        defaults = {
            "name": body.name,
            "short_name": body.short,
            "other_names": list(body.others),
            "code": credit_code(number, body.kind),
            "kind": body.kind,
            "level": body.level,
            "parent": made[body.parent] if body.parent else None,
            "founded": body.founded,
            "abolished": body.abolished,
            "order": number * 10,
            **_office(body, number),
        }
        made[body.slug], _ = Agency.objects.get_or_create(slug=body.slug, defaults=defaults)
    for body in BODIES:
        agency = made[body.slug]
        if body.successor and agency.successor_id is None:
            agency.successor = made[body.successor]
            agency.save(update_fields=["successor"])
    return made


def credit_code(number: int, kind: Any) -> str:
    """An invented unified social credit code of the city, its check characters right: `11990100MB9900…`."""
    bodies = {Kind.GOVERNMENT, Kind.DEPARTMENT, Kind.TOWN}
    org = _completed(f"MB99{number:04d}", valid_org_code)
    return _completed(f"{'11' if kind in bodies else '12'}990100{org}", valid_uscc)


def _completed(code: str, valid: Callable[[str], bool]) -> str:
    return next(code + sign for sign in "0123456789ABCDEFGHJKLMNPQRTUWXY" if valid(code + sign))


def _office(body: Body, number: int) -> dict[str, str]:
    office = "政务公开办公室" if body.kind == Kind.GOVERNMENT else "办公室"
    return {
        "office_name": f"{body.name}{office}",
        "office_address": f"云州市文渊路{number * 2}号",
        "office_hours": "工作日 9:00—12:00，14:00—17:30",
        # 555 numbers, postcodes that begin with 99 and the reserved domain reach nobody.
        "office_phone": f"0999-5550{100 + number}",
        "office_fax": f"0999-5551{100 + number}",
        "office_postcode": f"9901{number:02d}",
        "office_email": f"{body.slug}@yunzhou.example",
    }


def titles(account: Account) -> str:
    """What an account is, for people: 云州市教育局 起草人."""
    if account.superuser:
        return "系统管理员（可管理全部账号）"
    agency = next(body.name for body in BODIES if body.slug == account.agency)
    return f"{agency} {'、'.join(str(role.label) for role in account.roles)}"
