"""The findings of a report for the staff side: each with the cells and the passages of the text that it is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gongkai.annual.model import Paragraph
from gongkai.desk.tables import CellView
from gongkai.reporting.models import AnnualReport, FindingRecord
from gongkai.reporting.queries import as_read, findings

_AROUND = 24
"""Characters of the text that are shown before and after a marked passage."""
_MOST_PASSAGES = 3


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of the report's text with the doubtful part marked."""

    before: str
    marked: str
    after: str


@dataclass(frozen=True, slots=True)
class FindingView:
    """A finding and where to look."""

    record: FindingRecord
    cells: tuple[tuple[str, CellView], ...]
    """Each cell with a short name that tells it from the others."""
    passages: tuple[Passage, ...]


def finding_views(report: AnnualReport, views: Mapping[str, CellView]) -> list[FindingView]:
    """Every finding of a report; `views` are its cells as staff see them."""
    records = findings(report)
    if not records:
        return []
    texts = {b.index: b.text for b in as_read(report).blocks if isinstance(b, Paragraph)}
    return [
        FindingView(record, _named([views[c] for c in record.cells if c in views]), _passages(record, texts))
        for record in records
    ]


def _named(cells: list[CellView]) -> tuple[tuple[str, CellView], ...]:
    """Cells of one column by their rows, of one row by their columns, others by their full labels."""
    rows, columns = {c.row for c in cells}, {c.column for c in cells}
    if len(cells) == len(rows) > len(columns) == 1:
        return tuple((c.row, c) for c in cells)
    if len(cells) == len(columns) > len(rows) == 1:
        return tuple((c.column, c) for c in cells)
    return tuple((c.label, c) for c in cells)


def _passages(record: FindingRecord, texts: Mapping[int, str]) -> tuple[Passage, ...]:
    found = []
    for where in record.data.get("where", ()):
        text = texts.get(where.get("block"))
        start, end = where.get("start"), where.get("end")
        if text and start is not None and end is not None and start < end:
            found.append(_passage(text, start, end))
    return tuple(found[:_MOST_PASSAGES])


def _passage(text: str, start: int, end: int) -> Passage:
    first, last = max(0, start - _AROUND), min(len(text), end + _AROUND)
    before, after = text[first:start], text[end:last]
    return Passage(("…" if first else "") + before, text[start:end], after + ("…" if last < len(text) else ""))
