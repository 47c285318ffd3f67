"""The guide (政府信息公开指南) of an agency as it stands today: its own words, and the parts that the law demands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Max
from django.utils.translation import gettext, gettext_lazy

from gongkai.agencies.models import Agency, Kind, Level, Person
from gongkai.agencies.queries import existing, visible_to
from gongkai.agencies.rights import ROLES, Right
from gongkai.law.catalogue import Category, Scope, statutory_categories
from gongkai.publishing.models import Guide, Publication, PublicationCategory, State
from gongkai.publishing.queries.transfer import venues_of

OFFICE: tuple[tuple[str, Any], ...] = (
    ("office_name", gettext_lazy("工作机构名称")),
    ("office_address", gettext_lazy("办公地址")),
    ("office_postcode", gettext_lazy("邮政编码")),
    ("office_hours", gettext_lazy("办公时间")),
    ("office_phone", gettext_lazy("联系电话")),
    ("office_fax", gettext_lazy("传真号码")),
    ("office_email", gettext_lazy("电子邮箱")),
)
"""What 条例第十二条第二款 demands of the guide about the disclosure office, with the post code that letters need."""

WORDS: dict[str, Any] = {
    "scope": gettext_lazy(
        "%(agency)s在履行行政管理职能过程中制作或者获取的政府信息，除依法不予公开的以外，均予公开。\n"
        "主动公开的信息按法定内容分类列在下面，点开任何一类即可查阅；数字为目前已公开的条数，随发布自动更新。"
    ),
    "arrangement": gettext_lazy(
        "每条信息都有唯一的索引号，由机构代码、年份和五位流水号组成，编定后不再改变，也不重复使用。\n"
        "目录逐条列出索引号、名称、内容概述和生成日期，并可按法定公开内容、信息类型、主题分类、年份和有效性筛选。"
    ),
    "ways": gettext_lazy(
        "在本网站查阅、检索和下载，是获取主动公开信息最快的方式，不需要登录，也不收费。\n"
        "部分信息还通过政府公报、新闻发布会、政务新媒体、广播电视、公告栏等公开，各条信息的页面会注明。"
    ),
    "venues": gettext_lazy("不便上网的，可以到下列查阅场所查阅纸质或电子文本，由工作人员协助检索。"),
    "applying": gettext_lazy(
        "没有主动公开的信息，公民、法人和其他组织都可以向%(agency)s申请，不需要说明用途。\n"
        "申请应当采用书面形式（包括信函、电子邮件等），写明：姓名或者名称、身份证明、联系方式；所需信息的名称、"
        "文号或者便于查询的其他特征；希望的提供形式和获取方式。书写确有困难的，可以口头提出，由工作人员代为填写。\n"
        "内容不明确的，自收到申请之日起7个工作日内一次性告知补正。能当场答复的当场答复；不能当场答复的，自收到之日起"
        "20个工作日内答复，需要延长的，经工作机构负责人同意并告知申请人，最多延长20个工作日。征求第三方和其他机关意见的"
        "时间不计算在内。\n"
        "提供政府信息不收取费用；申请的数量、频次明显超过合理范围的，可以依照国家规定收取信息处理费。"
    ),
    "supervision": gettext_lazy(
        "认为%(agency)s没有按照要求主动公开信息，或者没有依法答复申请的，可以向政府信息公开工作主管部门%(leading)s投诉、举报，"
        "也可以依法申请行政复议或者提起行政诉讼。"
    ),
}
"""Good words for an agency that wrote none of its own: the guide is whole from the first day."""

TITLES: dict[str, Any] = {
    "scope": gettext_lazy("公开范围和分类"),
    "arrangement": gettext_lazy("编排体系"),
    "ways": gettext_lazy("获取方式"),
    "venues": gettext_lazy("查阅场所"),
    "applying": gettext_lazy("依申请公开"),
    "supervision": gettext_lazy("监督与救济"),
}


@dataclass(frozen=True, slots=True)
class CategoryCount:
    """A statutory category with what was released under it."""

    category: Category
    count: int
    newest: datetime | None


@dataclass(frozen=True, slots=True)
class GuideView:
    """Everything that the page of a guide shows."""

    agency: Agency
    guide: Guide
    categories: tuple[CategoryCount, ...]
    total: int
    office: tuple[tuple[str, str, str], ...]
    """Field, label and value of each fact about the disclosure office that is known."""
    missing: tuple[str, ...]
    """Labels of the facts that the law demands and nobody entered."""
    venues: tuple[Agency, ...]
    words: dict[str, str]
    own: frozenset[str]
    """The parts that the agency wrote itself."""

    @property
    def parts(self) -> list[tuple[str, str, str]]:
        """Id, title and words of each part, in the order of the page."""
        return [(id, str(title), self.words[id]) for id, title in TITLES.items()]


@dataclass(frozen=True, slots=True)
class DueGuide:
    """A guide that must be looked through again."""

    agency: Agency
    guide: Guide
    due: date | None
    """None where it was never checked."""


def guide_of(agency: Agency) -> GuideView:
    """The guide of an agency today (条例第十二条第二款)."""
    guide = Guide.objects.filter(agency=agency).select_related("checked_by").first() or Guide(agency=agency)
    words, own = _words(agency, guide)
    facts = [(field, str(label), getattr(agency, field)) for field, label in OFFICE]
    return GuideView(
        agency=agency,
        guide=guide,
        categories=category_counts(agency),
        total=Publication.objects.filter(agency=agency, state=State.PUBLISHED).count(),
        office=tuple(fact for fact in facts if fact[2]),
        missing=tuple(label for field, label, value in facts if not value and field != "office_postcode"),
        venues=tuple(venues_of(agency)),
        words=words,
        own=own,
    )


def default_words(agency: Agency) -> dict[str, str]:
    """The words that stand where an agency wrote none, by part, in the reader's language."""
    government = _government(agency)
    leading = (government.office_name or government.name) if government else ""
    values = {"agency": agency.name, "leading": gettext("（%(name)s）") % {"name": leading} if leading else ""}
    return {part: str(words) % values for part, words in WORDS.items()}


def category_counts(agency: Agency) -> tuple[CategoryCount, ...]:
    """What was released under each statutory category that applies to an agency, and under others that it used."""
    rows = PublicationCategory.objects.filter(agency=agency).order_by().values("category")
    found = {r["category"]: r for r in rows.annotate(n=Count("pk"), newest=Max("published_at"))}
    scopes = scopes_of(agency)
    return tuple(
        CategoryCount(c, found.get(c.id, {}).get("n", 0), found.get(c.id, {}).get("newest"))
        for c in statutory_categories()
        if c.scope in scopes or c.id in found
    )


def scopes_of(agency: Agency) -> frozenset[Scope]:
    """Which statutory categories apply: article 20 to all, article 21 by the level of the body."""
    if agency.kind == Kind.TOWN:
        return frozenset({Scope.ALL, Scope.TOWNSHIP})
    if agency.kind in {Kind.GOVERNMENT, Kind.DEPARTMENT} and agency.level in {Level.CITY, Level.COUNTY}:
        return frozenset({Scope.ALL, Scope.CITY_COUNTY})
    return frozenset({Scope.ALL})


def guides_due(person: Person, today: date) -> list[DueGuide]:
    """The guides that a person keeps and that are due for their check, never checked ones first."""
    kept = visible_to(person, roles=ROLES[Right.MANAGE_GUIDE])
    agencies = existing(today).filter(pk__in=kept).select_related("guide")
    due = []
    for agency in agencies:
        guide = getattr(agency, "guide", None) or Guide(agency=agency)
        if guide.check_due is None or guide.check_due <= today:
            due.append(DueGuide(agency, guide, guide.check_due))
    return sorted(due, key=lambda d: d.due or date.min)


def _words(agency: Agency, guide: Guide) -> tuple[dict[str, str], frozenset[str]]:
    own = frozenset(part for part in WORDS if getattr(guide, part).strip())
    standard = default_words(agency)
    return {part: getattr(guide, part) if part in own else standard[part] for part in WORDS}, own


def _government(agency: Agency) -> Agency | None:
    """The government whose disclosure office leads this agency; none at the top."""
    above = agency.parent
    while above is not None and above.kind != Kind.GOVERNMENT:
        above = above.parent
    return above
