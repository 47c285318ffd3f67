"""What may be asked of the library of annual reports."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Q, QuerySet

from gongkai.agencies.models import Agency, Person
from gongkai.agencies.queries import visible_to
from gongkai.annual.model import Report
from gongkai.reporting.models import UNSETTLED, AnnualReport, Correction, Figure, FindingRecord, ImportBatch, Status


@dataclass(frozen=True, slots=True)
class Point:
    """A figure of one year; `value` is None where the report leaves the cell empty."""

    year: int
    value: Decimal | None
    corrected: bool
    report_id: int
    form: str


def published() -> QuerySet[AnnualReport]:
    """The reports that everybody may read, without their bulky columns."""
    return _light(AnnualReport.objects.filter(status=Status.PUBLISHED))


def visible_reports(person: Person | AnonymousUser) -> QuerySet[AnnualReport]:
    """The reports that a person sees on the staff side: those of their agencies, in any state."""
    return _light(AnnualReport.objects.filter(agency__in=visible_to(person)))


def visible_batches(person: Person | AnonymousUser) -> QuerySet[ImportBatch]:
    """The imports that a person sees: their own."""
    if not person.is_authenticated:
        return ImportBatch.objects.none()
    every = ImportBatch.objects.select_related("by", "agency")
    return every if person.is_superuser else every.filter(by_id=person.pk)


def counted(batches: QuerySet[ImportBatch]) -> QuerySet[ImportBatch]:
    """Imports with `files`, how many reports each has, and `waiting`, how many of them a person has to settle."""
    return batches.annotate(files=Count("items"), waiting=Count("items", filter=Q(items__state__in=UNSETTLED)))


def library(
    reports: QuerySet[AnnualReport] | None = None,
    *,
    agency: Agency | None = None,
    year: int | None = None,
    form: str = "",
    status: str = "",
    query: str = "",
    with_errors: bool = False,
) -> QuerySet[AnnualReport]:
    """Reports by agency, year, form, state and words (all of them must stand in title, agency or text)."""
    found = published() if reports is None else reports
    if agency is not None:
        found = found.filter(agency=agency)
    if year is not None:
        found = found.filter(year=year)
    if form:
        found = found.filter(form=form)
    found = found.filter(status=status) if status else found.exclude(status=Status.DISCARDED)
    if with_errors:
        found = found.filter(errors__gt=0)
    for word in query.split()[:8]:
        found = found.filter(
            Q(title__icontains=word)
            | Q(agency__name__icontains=word)
            | Q(agency__short_name__icontains=word)
            | Q(text__icontains=word)
        )
    return found


def reports_of(agency: Agency) -> QuerySet[AnnualReport]:
    """An agency's published reports, newest first."""
    return published().filter(agency=agency).order_by("-year")


def report_of(agency: Agency, year: int) -> AnnualReport | None:
    """An agency's published report of a year, whole."""
    found = AnnualReport.objects.filter(agency=agency, year=year, status=Status.PUBLISHED)
    return found.select_related("agency", "source").first()


def agencies_with_reports() -> QuerySet[Agency]:
    """The agencies that have published a report, in their official order."""
    return Agency.objects.filter(pk__in=AnnualReport.objects.filter(status=Status.PUBLISHED).values("agency_id"))


def years() -> list[int]:
    """The years of which there are published reports, newest first."""
    found = AnnualReport.objects.filter(status=Status.PUBLISHED).order_by("-year").values_list("year", flat=True)
    return list(found.distinct())


def forms() -> list[str]:
    """Ids of the forms that published reports follow."""
    found = AnnualReport.objects.filter(status=Status.PUBLISHED).order_by("form").values_list("form", flat=True)
    return [form for form in found.distinct() if form]


def latest(count: int = 10) -> list[AnnualReport]:
    """The reports published last."""
    return list(published().order_by("-published_on", "-pk")[:count])


def series(agency: Agency, cell: str) -> list[Point]:
    """A cell of an agency's published reports across the years, oldest first, corrections included."""
    return series_of(agency, [cell]).get(cell, [])


def series_of(agency: Agency, cells: Iterable[str]) -> dict[str, list[Point]]:
    """Several cells at once, one query; a cell that no report has is not in the answer."""
    found: dict[str, list[Point]] = {}
    figures = (
        Figure.objects.filter(cell__in=list(cells), report__agency=agency, report__status=Status.PUBLISHED)
        .order_by("report__year")
        .values_list("cell", "report__year", "value", "corrected", "report_id", "report__form")
    )
    for cell, year, value, corrected, report_id, form in figures:
        found.setdefault(cell, []).append(Point(year, value, corrected, report_id, form))
    return found


def findings(report: AnnualReport) -> list[FindingRecord]:
    """What is wrong in a report, in the order of the report."""
    return list(report.findings.all())


def corrections_of(report: AnnualReport) -> dict[str, list[Correction]]:
    """The corrections of a report by cell, oldest first; the last of a cell holds."""
    found: dict[str, list[Correction]] = {}
    for correction in report.corrections.select_related("by"):
        found.setdefault(correction.cell, []).append(correction)
    return found


def as_read(report: AnnualReport) -> Report:
    """The report as it was read, for the functions of `gongkai.annual`."""
    from gongkai.annual.data import from_dict

    return from_dict(report.data)


def effective(report: AnnualReport) -> Report:
    """The report with its corrections in place of what was read."""
    from gongkai.reporting.correcting import corrected

    return corrected(as_read(report), report.corrections.all())


def _light(reports: QuerySet[AnnualReport]) -> QuerySet[AnnualReport]:
    return reports.defer("data", "text").select_related("agency")
