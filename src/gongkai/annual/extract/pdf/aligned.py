"""Tables without lines: rows whose figures stand under each other in columns."""

from __future__ import annotations

import re
from dataclasses import dataclass

from gongkai.annual.extract.blanks import tidy_cell
from gongkai.annual.extract.pdf.lines import Line
from gongkai.annual.extract.pdf.rulings import Ruled
from gongkai.annual.model import GridCell

_FIGURE = re.compile(r"[-－]?[0-9０-９][0-9０-９,，.．]*[%％]?|[/／—-]{1,2}")
_MIN_ROWS = 3
_MIN_FIGURES = 2
_FAR = 2.6
"""Of the rows' distance: a gap this wide ends a table."""


@dataclass(slots=True)
class Aligned:
    """A table found by alignment."""

    top: float
    cells: list[GridCell]


@dataclass(slots=True)
class _Column:
    x0: float
    x1: float


def find_aligned(items: list[Line | Ruled | Aligned]) -> list[Line | Ruled | Aligned]:
    """The items of a page with runs of aligned lines replaced by tables."""
    found: list[Line | Ruled | Aligned] = []
    run: list[Line] = []
    for item in items:
        if isinstance(item, Line) and _is_row(item):
            if run and not _fits(run, item):
                found.extend(_closed(run))
                run = []
            run.append(item)
        else:
            found.extend(_closed(run))
            run = []
            found.append(item)
    found.extend(_closed(run))
    return found


def _is_row(line: Line) -> bool:
    return len(line.segments()) >= 2


def _fits(run: list[Line], line: Line) -> bool:
    return line.middle - run[-1].middle < _FAR * 1.4 * max(line.size, run[-1].size)


def _closed(run: list[Line]) -> list[Line | Ruled | Aligned]:
    """A table in place of the lines where enough of them hold aligned figures, else the lines."""
    segmented = [line.segments() for line in run]
    rows = [s for s in segmented if sum(1 for part in s if _FIGURE.fullmatch(part.text)) >= _MIN_FIGURES]
    if len(rows) < _MIN_ROWS or not _aligned(rows):
        return list(run)
    columns = _columns(segmented)
    cells = []
    for r, segments in enumerate(segmented):
        for part in segments:
            over = [i for i, c in enumerate(columns) if c.x0 < part.x1 and part.x0 < c.x1]
            if over:
                cells.append(GridCell(tidy_cell(part.text), r, over[0], 1, over[-1] - over[0] + 1))
    return [Aligned(run[0].top, cells)]


def _aligned(rows: list[list[Line]]) -> bool:
    """Whether the figures of most rows stand in the same columns: right, left or centre within a glyph."""
    widest = max(rows, key=len)
    size = widest[0].size
    marks = [(p.x0, (p.x0 + p.x1) / 2, p.x1) for p in widest]
    good = 0
    for row in rows:
        hits = sum(
            any(
                min(abs(a - b) for a, b in zip(mark, (p.x0, (p.x0 + p.x1) / 2, p.x1), strict=True)) < size
                for mark in marks
            )
            for p in row
        )
        good += hits == len(row)
    return good * 10 >= len(rows) * 8


def _columns(rows: list[list[Line]]) -> list[_Column]:
    """The columns that the row with the most parts has, widened by the parts of other rows that overlap only one."""
    columns = [_Column(p.x0, p.x1) for p in max(rows, key=len)]
    for row in rows:
        for part in row:
            over = [c for c in columns if c.x0 < part.x1 and part.x0 < c.x1]
            if len(over) == 1:
                over[0].x0, over[0].x1 = min(over[0].x0, part.x0), max(over[0].x1, part.x1)
            elif not over:
                columns.append(_Column(part.x0, part.x1))
                columns.sort(key=lambda c: c.x0)
    return columns
