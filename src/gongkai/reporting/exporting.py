"""The library's figures as one long table, for statistics programs."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.agencies.models import Agency
from gongkai.annual.forms import FORM_IDS, form
from gongkai.reporting.models import Figure, Status

COLUMNS = ("agency", "agency_name", "year", "form", "cell", "label", "unit", "value", "raw", "corrected")


def figure_rows(
    *, year: int | None = None, form: str = "", agency: Agency | None = None
) -> Iterator[tuple[object, ...]]:
    """The header, then a row for each cell of the published reports, by agency, year and cell.

    `value` is empty where the office wrote nothing (which is not zero); `raw` is what stood in the report.
    """
    yield COLUMNS
    found = Figure.objects.filter(report__status=Status.PUBLISHED)
    if year is not None:
        found = found.filter(report__year=year)
    if form:
        found = found.filter(report__form=form)
    if agency is not None:
        found = found.filter(report__agency=agency)
    rows = found.order_by("report__agency__order", "report__agency__code", "report__year", "pk").values_list(
        "report__agency__slug",
        "report__agency__name",
        "report__year",
        "report__form",
        "cell",
        "value",
        "raw",
        "corrected",
    )
    for slug, name, of_year, form_id, cell, value, raw, corrected in rows.iterator(chunk_size=2000):
        label, unit = _described(form_id, cell)
        figure = "" if value is None else f"{value.normalize():f}"
        yield slug, name, of_year, form_id, cell, label, unit, figure, _safe(raw), int(corrected)


def _described(form_id: str, cell: str) -> tuple[str, str]:
    spec = form(form_id).cells.get(cell) if form_id in FORM_IDS else None
    return (spec.label, spec.unit or "") if spec else ("", "")


def _safe(raw: str) -> str:
    """What stood in the report, made harmless for spreadsheet programs, which run a text that begins with =."""
    return f"'{raw}" if raw[:1] in {"=", "@", "\t", "\r"} or (raw[:1] in "+-" and not raw[1:].isdigit()) else raw
