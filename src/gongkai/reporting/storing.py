"""Writes a report that was read into the library's tables: the report, its figures, its findings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any

from gongkai import __version__
from gongkai.agencies.models import Agency
from gongkai.annual.data import to_dict
from gongkai.annual.model import CellState, Report, Severity
from gongkai.files.models import Attachment
from gongkai.reporting.models import AnnualReport, Figure, FindingRecord, Status

_LARGEST = Decimal(10) ** 18
_OFFICIAL_TITLE = "{agency}{year}年政府信息公开工作年度报告"


def filled(row: AnnualReport, report: Report, *, source: Attachment | None, at: datetime) -> AnnualReport:
    """Puts what was read into a row of the library, not saved. `row` has agency and year."""
    row.form = report.form or ""
    row.title = (report.title or _OFFICIAL_TITLE.format(agency=row.agency.name, year=row.year))[:300]
    row.published_on = report.published
    row.source = source
    row.data = to_dict(report, with_blocks=True)
    row.text = report.text
    row.read_at = at
    row.reader_version = __version__
    return row


def fill(row: AnnualReport, report: Report, *, source: Attachment | None, at: datetime) -> AnnualReport:
    """Puts what was read into a row of the library and saves it with its figures."""
    filled(row, report, source=source, at=at).save()
    row.figures.all().delete()
    Figure.objects.bulk_create(figure_rows(row, report), batch_size=500)
    return row


def new_row(agency: Agency, year: int) -> AnnualReport:
    """A row for a report that is not in the library yet, not saved."""
    return AnnualReport(agency=agency, year=year, status=Status.DRAFT)


def figure_rows(row: AnnualReport, report: Report) -> Iterator[Figure]:
    """The figures of a report, not saved."""
    for cell in report.cells.values():
        yield Figure(
            report=row,
            cell=cell.id,
            value=storable(cell.value),
            raw=cell.raw,
            corrected=cell.state is CellState.CORRECTED,
        )


def storable(value: object) -> Decimal | None:
    """The figure where it is one that the database can hold, else None."""
    return value if isinstance(value, Decimal) and value.is_finite() and abs(value) < _LARGEST else None


def store_findings(row: AnnualReport, report: Report) -> None:
    """Replaces the findings of a row by those of the report and counts them."""
    row.findings.all().delete()
    FindingRecord.objects.bulk_create(finding_rows(row, report))
    row.save(update_fields=["errors", "warnings"])


def finding_rows(row: AnnualReport, report: Report) -> list[FindingRecord]:
    """The findings of a report, not saved, counted on its row."""
    row.errors = sum(f.severity is Severity.ERROR for f in report.findings)
    row.warnings = sum(f.severity is Severity.WARNING for f in report.findings)
    return [
        FindingRecord(
            report=row,
            position=number,
            rule=data["rule"],
            severity=data["severity"],
            message=data["message"],
            message_en=data["message_en"],
            basis=data["basis"][:300],
            cells=data["cells"],
            data=data,
        )
        for number, data in enumerate(_findings(report))
    ]


def _findings(report: Report) -> list[dict[str, Any]]:
    """The findings as JSON, without writing out all the rest of the report."""
    bare = report.with_(cells={}, chapters=(), facts=(), unread=(), blocks=(), table_blocks=frozenset())
    found: list[dict[str, Any]] = to_dict(bare)["findings"]
    return found
