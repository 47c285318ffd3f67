"""Annual reports of the demo city, 2008 to 2025: made by the sample writer, printed, and read like any file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.demo import BODIES, Body
from gongkai.agencies.models import Agency, Kind, Level, Person
from gongkai.annual import read
from gongkai.annual.forms import form_for_year
from gongkai.annual.model import Report
from gongkai.annual.render import render
from gongkai.annual.sample import Size, sample_report
from gongkai.files.actions import store
from gongkai.reporting.auditing import audited
from gongkai.reporting.models import AnnualReport, Figure, FindingRecord, Status
from gongkai.reporting.storing import figure_rows, filled, finding_rows, new_row
from gongkai.trail.chain import record

VERSION = 1
"""Raised when the demo's reports change, so that a machine that has the old ones loads the new."""

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


@dataclass(frozen=True, slots=True)
class Plan:
    """A report to write."""

    body: Body
    year: int
    form: str


def plans(body: Body) -> Iterator[Plan]:
    """The reports of an agency, one for each year in which it was there at the end of the year."""
    for year in range(max(FIRST, _FIRST_OF_KIND.get(body.kind, FIRST)), LAST + 1):
        end = date(year, 12, 31)
        there = (body.founded is None or body.founded <= end) and (body.abolished is None or body.abolished > end)
        form = form_for_year(year, university=body.kind == Kind.UNIVERSITY)
        if there and form is not None and (body.slug, year) not in _MISSING:
            yield Plan(body, year, form.id)


def load() -> int:
    """Loads the reports of every agency that has none yet; returns how many reports the library then holds."""
    person = Person.objects.filter(username="officer").first()
    have = set(AnnualReport.objects.values_list("agency_id", flat=True))
    for body in BODIES:
        agency = Agency.objects.get(slug=body.slug)
        if agency.pk not in have:
            _load_agency(agency, body, person)
    return AnnualReport.objects.count()


def _load_agency(agency: Agency, body: Body, person: Person | None) -> None:
    """All reports of one agency at once: read, audited with their neighbours, stored in bulk."""
    files = dict(written(body))
    reports: dict[int, Report] = {}
    for year, (name, data) in files.items():
        reports[year] = read(data, name=name)[0]
    with transaction.atomic():
        rows = [_row(agency, year, report, files[year], person) for year, report in reports.items()]
        AnnualReport.objects.bulk_create(rows)
        checked = {row.year: audited(agency, reports, row.year) for row in rows}
        Figure.objects.bulk_create((f for row in rows for f in figure_rows(row, reports[row.year])), batch_size=2000)
        FindingRecord.objects.bulk_create(f for row in rows for f in finding_rows(row, checked[row.year]))
        AnnualReport.objects.bulk_update(rows, ["errors", "warnings"])
        for row in rows:
            about = {"agency": agency.name, "year": row.year, "file": files[row.year][0]}
            record("reporting.add", by=person, agency=agency, target=row, data=about)


def written(body: Body) -> Iterator[tuple[int, tuple[str, bytes]]]:
    """The files of an agency by year: each report as it would be found on a web site."""
    previous: Report | None = None
    for plan in plans(body):
        report = sample_report(plan.form, year=plan.year, agency=body.name, seed=1, size=_size(body), previous=previous)
        previous = report
        yield plan.year, (f"{body.name}{plan.year}年政府信息公开工作年度报告.html", render(report, "html"))


def _row(agency: Agency, year: int, report: Report, file: tuple[str, bytes], person: Person | None) -> AnnualReport:
    name, data = file
    published = report.published or date(year + 1, 1, 20)
    at = timezone.make_aware(datetime.combine(published, time(9, 30)))
    row = filled(new_row(agency, year), report, source=store(data, name, by=person, agency=agency), at=at)
    row.status = _STATES.get((agency.slug, year), Status.PUBLISHED)
    row.published_on = published if row.status == Status.PUBLISHED else None
    return row


def _size(body: Body) -> Size:
    if body.kind == Kind.UNIVERSITY:
        return "university"
    if body.kind == Kind.GOVERNMENT:
        return "city" if body.level == Level.CITY else "county"
    return "town" if body.kind == Kind.TOWN else "department"
