# ruff: noqa: E501 - whole sentences in one line
"""What the demo city compiles from its publications: gazette issues, standard directories with gaps, transfers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from gongkai.agencies.models import Agency, Person
from gongkai.publishing.actions import directories, exchange, gazette, transfer, validity
from gongkai.publishing.dates import month_of, month_span, months_after
from gongkai.publishing.demo import matters
from gongkai.publishing.exporting.directory import official_form
from gongkai.publishing.models import ENDED, Kind, Manifest, Publication, State, Validity

_ISSUES = 3
MONTHS = 4
SENDERS = {"yunzhou": "officer", "jiaoyu": "jyj_gongkai", "caizheng": "czj_gongkai", "weijian": "wjw_gongkai"}
_MISSED = ("jiaoyu", 2)
"""Who let a month go by, and how many months ago."""
_CHANNELS = "■政府网站 □政府公报 ■两微一端 □发布会/听证会 ■公开查阅点 ■政务服务中心"
_BASIS = "《中华人民共和国政府信息公开条例》"
_USUAL = "信息形成或者变更之日起20个工作日内"
_DIRECTORIES: tuple[tuple[str, str, str, tuple[tuple[str, str, str, str, str, bool], ...]], ...] = (
    ("临溪县义务教育领域基层政务公开标准目录", "义务教育", "义务教育", (
        ("政策文件", "入学政策", "招生范围、条件、程序、结果", _USUAL, "临溪县教育局", False),
        ("政策文件", "教育经费", "经费预算、决算、分配结果", _USUAL, "临溪县教育局", False),
        ("教育概况", "教育事业统计数据", "学校数、在校生数、教师数", "每年12月底前", "临溪县教育局", False),
        ("教育概况", "学校名录", "名称、地址、办学层次、联系方式", "每年更新", "临溪县教育局", False),
        ("民办学校信息", "办学基本信息", "许可证、办学范围、年检结果", "每年更新", "临溪县教育局", False),
        ("招生管理", "学区划分", "学区范围、咨询电话", "每年5月底前", "临溪县教育局", False),
        ("学生管理", "学籍管理", "转学、休学、复学的条件和程序", _USUAL, "临溪县教育局", False),
        ("学生管理", "家庭经济困难学生资助", "对象、标准、名额、受理电话", "按季度公开", "临溪县教育局", False),
        ("教师管理", "教师招聘", "岗位、条件、结果", _USUAL, "临溪县教育局", False),
        ("重要政策执行情况", "营养改善计划", "受益人数、资金使用、食谱", "按月公开", "临溪县教育局、各乡镇人民政府", True),
        ("教育督导", "督导报告", "责任督学名单、督导结果", "按季度公开", "临溪县教育局", False),
        ("校园安全", "食堂检查结果", "检查对象、问题、整改", "按季度公开", "临溪县教育局", False),
    )),
    ("临溪县社会救助领域基层政务公开标准目录", "社会救助", "社会救助", (
        ("综合业务", "政策法规文件", "各级救助政策文件", _USUAL, "临溪县人民政府", False),
        ("综合业务", "监督检查", "社会救助信访和投诉举报电话", "长期公开", "临溪县人民政府、各乡镇人民政府", True),
        ("最低生活保障", "低保标准", "城乡低保标准", _USUAL, "临溪县人民政府", False),
        ("最低生活保障", "审核信息", "初审对象名单", "按季度公开", "各乡镇人民政府", True),
        ("最低生活保障", "确认信息", "保障对象、金额", "按月公开", "临溪县人民政府、各乡镇人民政府", True),
        ("特困人员救助供养", "供养标准", "供养标准和照料标准", _USUAL, "临溪县人民政府", False),
        ("特困人员救助供养", "审核确认信息", "供养人员名单", "按季度公开", "各乡镇人民政府", True),
        ("临时救助", "救助标准", "对象、标准、程序", _USUAL, "临溪县人民政府", False),
        ("临时救助", "救助结果", "支出型、急难型救助对象", "按月公开", "各乡镇人民政府", True),
    )),
)  # fmt: skip


def compile_all(today: date) -> None:
    """Compiles issues, directories and transfers by the actions of those whose work it is."""
    people = {p.username: p for p in Person.objects.all()}
    agencies = {a.slug: a for a in Agency.objects.all()}
    _gazette(agencies["yunzhou"], people["officer"], today)
    _directories(agencies["linxi"], people["county"])
    _transfers(agencies, people, today)
    _subscriptions(agencies["yunzhou"], people["officer"])


def _gazette(city: Agency, by: Person, today: date) -> None:
    """The issues of the last months, each with the documents of its month."""
    first = month_of(today)
    _repeal_oldest(city, by, today)
    for back in range(_ISSUES, 0, -1):
        month = months_after(first, -back)
        documents = _documents(month)
        if not documents:
            continue
        dated = months_after(month, 1) - timedelta(days=1)
        issue = gazette.create_issue(
            city, by=by, dated=dated, number=month.month, overall=(month.year - 2010) * 12 + month.month
        )
        gazette.add_items(issue, documents, by=by)
        gazette.publish_issue(issue, by=by, at=_moment(min(dated + timedelta(days=4), today - timedelta(days=1))))
        gazette.set_print_run(issue, 2600, by=by)
        for place, copies in (
            ("云州市政务服务中心", 300),
            ("云州市图书馆", 60),
            ("各县（区）、乡镇（街道）便民服务中心", 900),
        ):
            gazette.record_delivery(issue, place, copies, min(dated + timedelta(days=6), today), by=by)


def _repeal_oldest(city: Agency, by: Person, today: date) -> None:
    """The review of old rules before the last issue ended the oldest one, so that the issue lists it as repealed."""
    mine = Publication.objects.filter(agency=city, state=State.PUBLISHED, kind=Kind.NORMATIVE, validity="effective")
    oldest = mine.order_by("published_at").first()
    if oldest is not None:
        on = months_after(month_of(today), -1) + timedelta(days=14)
        note = f"云州市人民政府{on.year}年规范性文件清理结果"
        validity.declare(oldest, by=by, validity=Validity.REPEALED, on=on, note=note)


def _documents(month: date) -> Sequence[Publication]:
    start, end = month_span(month)
    kinds = (Kind.REGULATION, Kind.NORMATIVE, Kind.POLICY, Kind.APPOINTMENT, Kind.INTERPRETATION)
    found = Publication.objects.filter(
        state=State.PUBLISHED, kind__in=kinds, agency__parent__slug="yunzhou", published_at__range=(start, end)
    ) | Publication.objects.filter(
        state=State.PUBLISHED, kind__in=kinds, agency__slug="yunzhou", published_at__range=(start, end)
    )
    return list(found.exclude(validity__in=ENDED).select_related("agency").order_by("kind", "published_at")[:9])


def _moment(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(10)))


def _directories(county: Agency, by: Person) -> None:
    """Two directories of the county; each row holds what was published under it, if anything was."""
    for title, sheet, _field, rows in _DIRECTORIES:
        form = official_form(title, {sheet: [_form_row(number, row) for number, row in enumerate(rows, 1)]})
        for directory in directories.import_directories(form, f"{title}.xlsx", county, by=by):
            for row in directory.rows.prefetch_related("duties__agency"):
                keys = [f"demo:{matters.key(row.level2, duty.agency.slug)}" for duty in row.duties.all()]
                for publication in Publication.objects.filter(external_id__in=keys):
                    directories.file_under(publication, row, by=by)


def _form_row(number: int, row: tuple[str, str, str, str, str, bool]) -> list[str | None]:
    level1, level2, content, limit, agency, town = row
    known = [str(number), level1, level2, content, _BASIS, limit, agency, _CHANNELS]
    return [*known, "√", "", "√", "", "√", "√" if town else ""]


def _transfers(agencies: dict[str, Agency], people: dict[str, Any], today: date) -> None:
    """The months before today handed over to archive and library and received; one was missed, one was returned."""
    for slug, name in SENDERS.items():
        for back in range(MONTHS, 0, -1):
            month = months_after(month_of(today), -back)
            if (slug, back) == _MISSED or not _any(agencies[slug], month):
                continue
            for venue, receiver in (("dangan", "dag_jieshou"), ("tushu", "tsg_jieshou")):
                manifest = transfer.send(agencies[slug], agencies[venue], month, by=people[name])
                sent = _moment(min(months_after(month, 1) + timedelta(days=5), today))
                Manifest.objects.filter(pk=manifest.pk).update(sent_at=sent)
                if back > 1:
                    transfer.receive(manifest, by=people[receiver])
                elif slug == "weijian" and venue == "tushu":
                    transfer.give_back(manifest, by=people[receiver], reason="第3项缺少附件，请补齐后重新送交。")
    transfer.note_missed(timezone.now())


def _subscriptions(city: Agency, by: Person) -> None:
    """Bodies that follow what they need: they ask with their key, for no other server is there to be called."""
    exchange.subscribe(city, "云州市档案馆", by=by, filters={})
    exchange.subscribe(
        city, "云州市12345政务服务便民热线", by=by, filters={"kinds": ["notice", "policy", "interpretation"]}
    )
    exchange.subscribe(city, "云州市审计局", by=by, filters={"categories": ["budget", "procurement"]})


def _any(agency: Agency, month: date) -> bool:
    start, end = month_span(month)
    return bool(
        agency.publications.filter(state=State.PUBLISHED, published_at__gte=start, published_at__lt=end).exists()
    )
