"""The topic columns of the demo city: one in two levels, one that fills itself, one that opens in some days."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone
from wagtail.models import Revision

from gongkai.agencies.models import Agency, Person
from gongkai.publishing.models import ColumnChoice, ColumnIndexPage, ColumnPage, Kind, Publication, State

_CHOSEN = 3
_OPENS_IN = 12
"""Days until the column that is planned opens."""

_INTRO = "<p>{}</p>"
_BUSINESS = {
    "title": "优化营商环境",
    "slug": "business",
    "search_description": "惠企政策、办事服务和政企沟通的进展",
    "words": "营商环境",
    "intro": _INTRO.format(
        "云州市优化营商环境的政策、举措和进展，集中在这里公开。企业有意见建议，可以拨打便民热线反映。"
    ),
}
_FOR_FIRMS = {
    "title": "惠企政策",
    "slug": "policies",
    "search_description": "面向各类企业的补贴、减负和扶持政策",
    "kind": Kind.POLICY,
    "words": "企业",
}
_SERVICES = {
    "title": "政务服务",
    "slug": "services",
    "search_description": "审批和办事的条件、程序、时限",
    "category": "licensing",
}
_LIVELIHOOD = {
    "title": "民生实事",
    "slug": "livelihood",
    "search_description": "教育、就业、医疗、养老、住房方面的政策和落实情况",
    "category": "livelihood",
    "intro": _INTRO.format("今年为群众办的实事，政策怎么定、进展到哪里、资金怎么用，都在这里。"),
}
_SAFETY = {
    "title": "防灾减灾宣传周",
    "slug": "safety-week",
    "search_description": "预案、预警和避险常识",
    "category": "emergency",
    "intro": _INTRO.format("防灾减灾宣传周期间，集中公开应急预案、预警信息和避险常识。"),
}


def add(today: date) -> None:
    """Opens the columns where there are none yet."""
    root = ColumnIndexPage.objects.order_by("path").first()
    if root is None or ColumnPage.objects.exists():
        return
    agencies = {a.slug: a for a in Agency.objects.filter(slug__in=("yunzhou", "shuju", "yingji"))}
    city = agencies["yunzhou"]
    by = Person.objects.filter(username="officer").first()
    business = _open(root, city, by, _BUSINESS, chosen=_newest("营商环境"))
    _open(business, city, by, _FOR_FIRMS)
    _open(business, agencies.get("shuju", city), by, _SERVICES)
    _open(root, city, by, _LIVELIHOOD, chosen=_newest("资助", "养老", "就业"))
    opens = timezone.make_aware(datetime.combine(today + timedelta(days=_OPENS_IN), time(9)))
    _open(root, agencies.get("yingji", city), by, _SAFETY, opens=opens)


def _open(
    parent: Any,
    agency: Agency,
    by: Person | None,
    content: dict[str, Any],
    *,
    chosen: Sequence[Publication] = (),
    opens: datetime | None = None,
) -> ColumnPage:
    page = ColumnPage(agency=agency, owner=by, live=False, go_live_at=opens, **content)
    page.chosen = [ColumnChoice(publication=row, sort_order=order) for order, row in enumerate(chosen)]
    parent.add_child(instance=page)
    revision: Revision = page.save_revision(user=by)
    revision.publish(user=by)
    opened: ColumnPage = ColumnPage.objects.get(pk=page.pk)
    return opened


def _newest(*words: str) -> list[Publication]:
    """The newest released publication for each word of titles, or the newest few for one word."""
    each = 1 if len(words) > 1 else _CHOSEN
    found: Iterable[Publication] = (
        row
        for word in words
        for row in Publication.objects.filter(state=State.PUBLISHED, title__contains=word).order_by("-published_at")[
            :each
        ]
    )
    return list({row.pk: row for row in found}.values())
