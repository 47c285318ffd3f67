"""Annual reports of the demo city, 2008 to 2025, put into the library as if imported from the agencies' web sites."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.demo import BODIES, Body
from gongkai.agencies.models import Agency, Kind, Level, Person
from gongkai.annual.forms import form_for_year
from gongkai.annual.sample import Size
from gongkai.files.actions import store
from gongkai.reporting.auditing import audited, names_of
from gongkai.reporting.demo_files import Order, Written, write
from gongkai.reporting.models import AnnualReport, Figure, FindingRecord, Status
from gongkai.reporting.storing import figure_rows, filled, finding_rows, new_row
from gongkai.trail.chain import record

FIRST, LAST = 2008, 2025
_FIRST_OF_KIND: dict[Any, int] = {Kind.TOWN: 2014, Kind.AUTHORISED: 2019, Kind.UNIVERSITY: 2010}
_MISSING = {("baisha", 2016), ("liubao", 2018)}
"""Reports that were never written: the library shows the gap."""
_STATES: dict[tuple[str, int], Any] = {
    ("jiaoyu", LAST): Status.DRAFT,
    ("shiqiao", LAST): Status.DRAFT,
    ("caizheng", LAST): Status.CONFIRMED,
}
"""Reports that are still on somebody's desk."""


def orders() -> list[Order]:
    """What is to be written for each agency; public institutions write none (条例第四十九条)."""
    return [_order(body) for body in BODIES if body.kind != Kind.PUBLIC_INSTITUTION]


def load(
    written: Callable[[Iterable[Order]], Iterable[list[Written]]] | None = None, only: Collection[str] | None = None
) -> int:
    """Loads the reports of every agency that has none yet; returns how many reports the library then holds.

    `written` does the writing and reading, in other processes perhaps; by default it is done here. `only` names the
    agencies to load, all where it is left out.
    """
    officer = Person.objects.filter(username="officer").first()
    agencies = {a.slug: a for a in Agency.objects.filter(annual_reports__isnull=True)}
    wanted = [order for order in orders() if order.slug in agencies and (only is None or order.slug in only)]
    for order, files in zip(wanted, (written or _here)(wanted), strict=True):
        _store(agencies[order.slug], files, officer)
    return AnnualReport.objects.count()


def _here(wanted: Iterable[Order]) -> Iterator[list[Written]]:
    return map(write, wanted)


def _store(agency: Agency, files: list[Written], officer: Person | None) -> None:
    """All reports of one agency at once: audited with their neighbours, stored in bulk, each on record."""
    reports = {file.year: file.report for file in files}
    with transaction.atomic():
        rows = [_row(agency, file, officer) for file in files]
        names = names_of(agency)
        # Made before the rows are saved, because the findings are counted on them.
        findings = [f for row in rows for f in finding_rows(row, audited(agency, reports, row.year, names=names))]
        AnnualReport.objects.bulk_create(rows)
        Figure.objects.bulk_create((f for row in rows for f in figure_rows(row, reports[row.year])), batch_size=2000)
        for finding in findings:
            finding.report_id = finding.report.pk
        FindingRecord.objects.bulk_create(findings)
        for row, file in zip(rows, files, strict=True):
            about = {"agency": agency.name, "year": row.year, "file": file.name}
            record("reporting.add", by=officer, agency=agency, target=row, data=about)


def _row(agency: Agency, file: Written, officer: Person | None) -> AnnualReport:
    published = file.report.published or date(file.year + 1, 1, 20)
    at = timezone.make_aware(datetime.combine(published, time(9, 30)))
    source = store(file.data, file.name, by=officer, agency=agency)
    row = filled(new_row(agency, file.year), file.report, source=source, at=at)
    row.status = _STATES.get((agency.slug, file.year), Status.PUBLISHED)
    row.published_on = published if row.status == Status.PUBLISHED else None
    return row


def _order(body: Body) -> Order:
    """The reports of an agency: one for each year at whose end it was there."""
    forms = []
    for year in range(max(FIRST, _FIRST_OF_KIND.get(body.kind, FIRST)), LAST + 1):
        end = date(year, 12, 31)
        there = (body.founded is None or body.founded <= end) and (body.abolished is None or body.abolished > end)
        form = form_for_year(year, university=body.kind == Kind.UNIVERSITY)
        if there and form is not None and (body.slug, year) not in _MISSING:
            forms.append((year, form.id))
    return Order(body.slug, body.name, _size(body), tuple(forms))


def _size(body: Body) -> Size:
    if body.kind == Kind.UNIVERSITY:
        return "university"
    if body.kind == Kind.GOVERNMENT:
        return "city" if body.level == Level.CITY else "county"
    return "town" if body.kind == Kind.TOWN else "department"
