"""Who signs in to the demo city: the accounts, each with the posts that it holds."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from gongkai.agencies.models import Role

CITY = "yunzhou"
_R: Any = Role


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who signs in to the demo."""

    username: str
    name: str
    agency: str
    roles: tuple[Any, ...] = field(default=())
    superuser: bool = False


def _path(prefix: str, agency: str, **names: str) -> tuple[Account, ...]:
    """The accounts of an agency's whole path from draft to signature: `czj_qicao`, `czj_keshi` …"""
    roles = {
        "qicao": _R.DRAFTER,
        "keshi": _R.UNIT_HEAD,
        "baomi": _R.CONFIDENTIALITY_REVIEWER,
        "qianfa": _R.SIGNING_LEADER,
        "gongkai": _R.DISCLOSURE_OFFICER,
    }
    return tuple(Account(f"{prefix}_{step}", name, agency, (roles[step],)) for step, name in names.items())


ACCOUNTS: tuple[Account, ...] = (
    Account("officer", "林知远", CITY, (_R.DISCLOSURE_OFFICER,)),
    Account("leader", "周正言", CITY, (_R.SIGNING_LEADER,)),
    Account("supervisor", "韩以清", CITY, (_R.SUPERVISOR,)),
    Account("admin", "许安之", CITY, (_R.ADMINISTRATOR,)),
    Account("drafter", "陈若溪", "jiaoyu", (_R.DRAFTER,)),
    Account("head", "吴怀谦", "jiaoyu", (_R.UNIT_HEAD,)),
    Account("reviewer", "郑慎行", "jiaoyu", (_R.CONFIDENTIALITY_REVIEWER,)),
    Account("county", "孙明川", "linxi", (_R.DISCLOSURE_OFFICER,)),
    Account("town", "何小满", "shiqiao", (_R.DRAFTER, _R.DISCLOSURE_OFFICER)),
    Account("root", "系统管理员", CITY, (), superuser=True),
    *_path("jyj", "jiaoyu", qicao="叶知微", qianfa="沈立德", gongkai="方畅之"),
    *_path("szf", CITY, qicao="梁思齐", keshi="曹若谷", baomi="魏守默"),
    *_path("czj", "caizheng", qicao="钱有度", keshi="贺计周", baomi="严秘之", qianfa="金持衡", gongkai="葛晓明"),
    *_path("wjw", "weijian", qicao="白杏林", keshi="苏问安", baomi="石言简", qianfa="华济民", gongkai="程朗清"),
    *_path("lxx", "linxi", qicao="田禾青", keshi="柳望川", baomi="闵慎之", qianfa="高临溪"),
    Account("sqz_shenhe", "桥守礼", "shiqiao", (_R.UNIT_HEAD, _R.CONFIDENTIALITY_REVIEWER)),
    Account("sqz_qianfa", "石有成", "shiqiao", (_R.SIGNING_LEADER,)),
    Account("dag_jieshou", "卷常青", "dangan", (_R.RECEIVER,)),
    Account("tsg_jieshou", "书满堂", "tushu", (_R.RECEIVER,)),
)
