"""Tables without lines: texts and figures that stand under each other in columns."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from gongkai.annual.extract.blanks import tidy_cell
from gongkai.annual.extract.pdf.lines import Line
from gongkai.annual.extract.pdf.rulings import Ruled
from gongkai.annual.model import GridCell

_FIGURE = re.compile(r"[-－]?[0-9０-９][0-9０-９,，.．]*[%％]?")
_SENTENCE = re.compile("[，。；]")
_MIN_FIGURES = 2
_MIN_ROWS = 2
_FAR = 3.6
"""Times the font's size: a distance between lines that ends a table."""
_SAME_CELL = 1.15
"""Times the smallest distance between lines: lines this close belong to one row, if other lines are farther apart."""
_NARROW = 0.5
"""Of the table's width: a line up to this long may be the end of a wrapped label."""
_DENSE = 0.6


@dataclass(slots=True)
class Aligned:
    """A table found by alignment."""

    top: float
    cells: list[GridCell]


@dataclass(slots=True)
class _Row:
    line: Line
    parts: list[Line]

    @property
    def figures(self) -> list[Line]:
        return [part for part in self.parts if _FIGURE.fullmatch(part.text)]


@dataclass(slots=True)
class _Column:
    x0: float
    x1: float


Item = Line | Ruled | Aligned


def find_aligned(items: list[Item]) -> list[Item]:
    """The items of a page with runs of aligned lines replaced by tables."""
    found: list[Item] = []
    run: list[_Row] = []
    for item in items:
        row = _row(item, run) if isinstance(item, Line) else None
        if row is None or (run and item.top - run[-1].line.top > _FAR * row.line.size):
            found.extend(_closed(run))
            run = []
        if row is None:
            found.append(item)
        elif len(row.parts) > 1 or run:
            run.append(row)
        else:
            found.append(item)
    found.extend(_closed(run))
    return found


def _row(line: Line, run: list[_Row]) -> _Row | None:
    """The line as a row of a table, or as part of a row of the table that has begun; None for a line of prose."""
    parts = line.segments()
    if len(parts) > 1:
        return _Row(line, [piece for part in parts for piece in part.label_and_figure()])
    if run and _SENTENCE.search(line.text):
        width = max(row.line.x1 for row in run) - min(row.line.x0 for row in run)
        if line.x1 - line.x0 > _NARROW * width:
            return None
    return _Row(line, parts)


def _closed(run: list[_Row]) -> list[Item]:
    """A table in place of the rows where enough of them hold aligned figures, else the lines."""
    last = len(run)
    while last and len(run[last - 1].parts) < 2:
        last -= 1
    rows, rest = run[:last], run[last:]
    many = [row for row in rows if len(row.parts) > 1]
    if len(many) < _MIN_ROWS or sum(len(row.figures) for row in rows) < _MIN_FIGURES or not _is_columnar(many):
        return [row.line for row in run]
    table = Aligned(rows[0].line.top, _cells(rows))
    return [table, *(row.line for row in rest)]


def _is_columnar(rows: list[_Row]) -> bool:
    """Whether a row has several figures, or figures of different rows stand under each other."""
    if any(len(row.figures) > 2 for row in rows):
        return True
    figures = [part for row in rows for part in row.figures]
    return any(_overlap(a, b) for i, a in enumerate(figures[:50]) for b in figures[i + 1 : 50])


def _overlap(a: Line | _Column, b: Line | _Column) -> bool:
    return a.x0 < b.x1 and b.x0 < a.x1


def _cells(rows: list[_Row]) -> list[GridCell]:
    columns = _columns(rows)
    cells: list[GridCell] = []
    for r, group in enumerate(_groups(rows, columns)):
        for first, last, texts in _merged([(*_place(part, columns), part) for row in group for part in row.parts]):
            cells.append(GridCell(tidy_cell("\n".join(texts)), r, first, 1, last - first + 1))
    return cells


def _merged(placed: list[tuple[int, int, Line]]) -> list[tuple[int, int, list[str]]]:
    """First column, last column and texts of each cell; parts that lie over the same column are one cell."""
    spans: list[tuple[int, int]] = []
    for first, last, _ in sorted(placed, key=lambda p: p[:2]):
        if spans and first <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], last))
        else:
            spans.append((first, last))
    return [(a, b, [part.text for first, _, part in placed if a <= first <= b]) for a, b in spans]


def _place(part: Line, columns: list[_Column]) -> tuple[int, int]:
    """First and last column that a part lies over; the nearest one where it lies over none."""
    over = [i for i, column in enumerate(columns) if _overlap(part, column)]
    if over:
        return over[0], over[-1]
    middle = (part.x0 + part.x1) / 2
    nearest = min(range(len(columns)), key=lambda i: abs((columns[i].x0 + columns[i].x1) / 2 - middle))
    return nearest, nearest


def _columns(rows: list[_Row]) -> list[_Column]:
    """The columns of the rows with most parts; what overlaps in any two of them is one column."""
    most = max(len(row.parts) for row in rows)
    parts = [part for row in rows if len(row.parts) >= _DENSE * most for part in row.parts]
    columns: list[_Column] = []
    for part in sorted(parts, key=lambda p: p.x0):
        if columns and part.x0 < columns[-1].x1:
            columns[-1].x1 = max(columns[-1].x1, part.x1)
        else:
            columns.append(_Column(part.x0, part.x1))
    return columns


def _groups(rows: list[_Row], columns: list[_Column]) -> list[list[_Row]]:
    """Lines that make one row together, because a cell's text is wrapped; each line alone where that is unclear."""
    steps = [b.line.middle - a.line.middle for a, b in pairwise(rows)]
    near = min((s for s in steps if s > 0), default=0.0) * _SAME_CELL
    if not steps or max(steps) <= near:
        return [[row] for row in rows]
    groups = [[rows[0]]]
    for step, row in zip(steps, rows[1:], strict=True):
        if step <= near:
            groups[-1].append(row)
        else:
            groups.append([row])
    for group in groups:
        if sum(1 for row in group if row.figures) > 1:
            return [[row] for row in rows]
    return groups
