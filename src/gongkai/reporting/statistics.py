"""What the library's figures say: a year in short, an agency across the years, agencies side by side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Sum

from gongkai.agencies.models import Agency
from gongkai.annual.forms import CellSpec, all_forms
from gongkai.reporting.models import AnnualReport, Figure, Status
from gongkai.reporting.queries import agencies_with_reports, published, series_of


@dataclass(frozen=True, slots=True)
class Measure:
    """Something that the forms of all years count, each under its own cell."""

    id: str
    label: str
    label_en: str
    unit: str
    cells: tuple[str, ...]


MEASURES = (
    Measure(
        "received",
        "新收政府信息公开申请",
        "Applications received",
        "件",
        ("t3.new_received.total", "stat.received", "stat.requests", "figures.requests"),
    ),
    Measure("carried_out", "结转下年度继续办理", "Carried over to the next year", "件", ("t3.carried_out.total",)),
    Measure(
        "granted",
        "予以公开",
        "Granted",
        "件",
        ("t3.granted.total", "stat.an_granted", "stat.rp_granted", "figures.granted"),
    ),
    Measure("not_held", "本机关不掌握相关政府信息", "Information not held", "件", ("t3.unavailable_not_held.total",)),
    Measure(
        "published",
        "主动公开政府信息",
        "Items published",
        "条",
        ("stat.published", "figures.pub_total"),
    ),
    Measure(
        "reconsiderations",
        "行政复议",
        "Administrative reconsiderations",
        "件",
        ("t4.review.total", "stat.s4", "stat.reviews", "figures.reviews"),
    ),
)
"""The measures that are drawn for an agency; a year whose form does not count one has no point."""


@dataclass(frozen=True, slots=True)
class YearSummary:
    """A year of the library in figures; the sums count published reports only."""

    year: int
    reports: int
    with_errors: int
    received: Decimal
    granted: Decimal
    reporting: int
    """Agencies whose report counts applications."""


@dataclass(frozen=True, slots=True)
class Line:
    """A measure or a cell of an agency across the years; None where nothing was written."""

    id: str
    label: str
    label_en: str
    unit: str
    points: tuple[tuple[int, Decimal | None], ...]

    @property
    def latest(self) -> tuple[int, Decimal | None]:
        """The last year and its figure."""
        return self.points[-1]

    @property
    def peak(self) -> tuple[int, Decimal | None]:
        """The year of the highest figure, and the figure."""
        return max(self.points, key=lambda p: Decimal(-1) if p[1] is None else p[1])


@dataclass(frozen=True, slots=True)
class Square:
    """One agency's report of one year in the table of the whole library."""

    year: int
    report: AnnualReport | None


def summary(year: int) -> YearSummary:
    """A year in short."""
    reports = AnnualReport.objects.filter(year=year, status=Status.PUBLISHED)
    figures = Figure.objects.filter(report__in=reports)
    received = figures.filter(cell__in=MEASURES[0].cells)
    return YearSummary(
        year=year,
        reports=reports.count(),
        with_errors=reports.filter(errors__gt=0).count(),
        received=received.aggregate(sum=Sum("value"))["sum"] or Decimal(0),
        granted=figures.filter(cell__in=MEASURES[2].cells).aggregate(sum=Sum("value"))["sum"] or Decimal(0),
        reporting=received.aggregate(n=Count("report", distinct=True))["n"],
    )


def lines(agency: Agency) -> list[Line]:
    """The measures of an agency across its years, those with any figure."""
    found = series_of(agency, [c for m in MEASURES for c in m.cells])
    drawn = []
    for measure in MEASURES:
        points = sorted((p.year, p.value) for c in measure.cells for p in found.get(c, ()))
        if points:
            drawn.append(Line(measure.id, measure.label, measure.label_en, measure.unit, tuple(points)))
    return drawn


def line_of_cell(agency: Agency, spec: CellSpec) -> Line:
    """One cell of an agency across the years in which its reports have it."""
    points = tuple((p.year, p.value) for p in series_of(agency, [spec.id]).get(spec.id, ()))
    return Line(spec.id, spec.label, spec.id, spec.unit or "", points)


def cells_of(agency: Agency) -> list[CellSpec]:
    """Every cell of figures that any of an agency's published reports has, newest form first."""
    ids = set(
        Figure.objects.filter(report__agency=agency, report__status=Status.PUBLISHED, value__isnull=False)
        .values_list("cell", flat=True)
        .distinct()
    )
    known: dict[str, CellSpec] = {}
    for form in reversed(all_forms()):
        for id, spec in form.cells.items():
            if id in ids and spec.type != "text":
                known.setdefault(id, spec)
    return list(known.values())


def board(years: Iterable[int]) -> list[tuple[Agency, list[Square]]]:
    """The whole library as a table: agencies by years, empty squares where a report is missing."""
    by_agency: dict[int, dict[int, AnnualReport]] = defaultdict(dict)
    for report in published():
        by_agency[report.agency_id][report.year] = report
    columns = list(years)
    return [(a, [Square(y, by_agency[a.pk].get(y)) for y in columns]) for a in agencies_with_reports()]
