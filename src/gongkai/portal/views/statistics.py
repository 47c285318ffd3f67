"""Open statistics: what was released, where, by whom, how soon, and what is read."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gongkai.law import catalogue
from gongkai.portal import labels, listing, meta
from gongkai.portal.bodies import bodies
from gongkai.portal.caching import KEPT_SECONDS, public_page
from gongkai.portal.rendering import page as render
from gongkai.publishing.models import Channel
from gongkai.publishing.queries import statistics


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars with a table behind them and a sentence that says what they show."""

    id: str
    title: str
    says: str
    head: str
    rows: list[tuple[str, int, str]]
    """Label, number, and where the list behind the number is; empty where there is none."""
    lying: bool = True
    """Bars lie on their side: their labels are words."""


def _says(rows: Iterable[tuple[str, int, str]]) -> str:
    counted = [row for row in rows if row[1]]
    if not counted:
        return _("还没有可以统计的信息。")
    most = max(counted, key=lambda row: row[1])
    return _("最多的是“%(name)s”，%(n)s 条。") % {"name": most[0], "n": most[1]}


def charts(year: int) -> list[Chart]:
    """The charts of a year."""
    today = timezone.localdate()
    months = [(f"{start:%Y-%m}", n, "") for start, n in statistics.by_month(today)]
    by_category = statistics.by_category(year=year)
    categories = [
        (labels.listed(one.id), by_category[one.id], f"/categories/{one.id}/?year={year}")
        for one in catalogue.statutory_categories()
        if one.id in by_category
    ]
    channels = [(str(Channel(id).label), n, "") for id, n in statistics.by_channel(year)]
    known = bodies().by_id
    agencies = sorted(statistics.by_agency(year).items(), key=lambda row: -row[1])
    by_agency = [(known[id].label, n, f"{known[id].url}all/?year={year}") for id, n in agencies if id in known]
    kinds = [(labels.kind(id), n, f"/kinds/{id}/?year={year}") for id, n in statistics.by_kind(year)]
    months_title = _("最近十二个月公开的信息")
    return [
        Chart("month", months_title, _says(months), _("月份"), months, lying=False),
        Chart("category", _("按法定公开内容"), _says(categories), _("法定公开内容"), categories),
        Chart("kind", _("按信息类型"), _says(kinds), _("信息类型"), kinds),
        Chart("channel", _("按公开渠道"), _says(channels), _("渠道"), channels),
        Chart("agency", _("按机关"), _says(by_agency), _("机关"), by_agency[:40]),
    ]


@public_page()
def statistics_page(request: HttpRequest) -> HttpResponse:
    """The page, and with `?format=json` its figures as data."""
    first, last = listing.years()
    asked = request.GET.get("year", "")
    year = next((one for one in range(first, last + 1) if str(one) == asked), last)
    today, language = timezone.localdate(), get_language()
    made = listing.kept(("charts", year, today, language), lambda: charts(year))
    if request.GET.get("format") == "json":
        data = {chart.id: [{"label": label, "count": n} for label, n, _url in chart.rows] for chart in made}
        return JsonResponse({"year": year} | data, json_dumps_params={"ensure_ascii": False})
    # Who reads what changes all the time: it is looked at every few minutes.
    moment = int(time.time() // KEPT_SECONDS)
    key = ("statistics", year, today, language, moment)
    context = listing.kept(key, lambda: _context(year, range(last, first - 1, -1), made))
    return render(request, "portal/statistics.html", context)


def _context(year: int, years: Iterable[int], made: list[Chart]) -> dict[str, Any]:
    title = _("公开统计")
    lead = _("公开了多少、在哪里公开、谁公开的、及时不及时、大家在看什么。数字随发布自动更新。")
    timely = statistics.timeliness(statistics.of_year(year))
    known = bodies().by_id
    by_agency = statistics.timeliness_by_agency(year).items()
    late = sorted(
        ((known[id], t) for id, t in by_agency if id in known), key=lambda row: (row[1].share or 0, row[0].label)
    )
    in_force, ended = statistics.validity_of_policies()
    read = statistics.most_read(timezone.localdate())
    return {
        "section": "statistics",
        "title": title,
        "lead": lead,
        "year": year,
        "years": list(years),
        "charts": made,
        "timely": timely,
        "timely_by_agency": late,
        "in_force": in_force,
        "ended": ended,
        "total": statistics.of_year(year).count(),
        "most_read": list(zip(listing.rows(line for line, _n in read), [n for _line, n in read], strict=True)),
        "head": meta.head("/statistics/", title, column=meta.Column(title, lead, title, "统计数据"), description=lead),
    }
