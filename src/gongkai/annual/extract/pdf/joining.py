"""Tables as PDF pages show them, joined where a page break tore one apart."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from gongkai.annual.extract.pdf.lines import cell_text
from gongkai.annual.extract.pdf.rulings import TOLERANCE, Ruled
from gongkai.annual.model import GridCell

_ENUMERATED = re.compile(r"[（(]?[一二三四五六七八九十0-9１-９]{1,3}[）)、.．]|第[一二三四五六七八九十]")
_FIGURE = re.compile(r"[-－]?[0-9０-９][0-9０-９,，.．]*[%％]?")
_LONG_LABEL = 6
_SAME_WIDTH = 8.0

Cells = list[GridCell]


@dataclass(slots=True)
class Torn:
    """A table, or the part of one that stands on one page."""

    page: int
    tables: list[Ruled]

    @property
    def width(self) -> float:
        """Width in points."""
        return self.tables[0].x1 - self.tables[0].x0

    def continues(self, ruled: Ruled) -> bool:
        """Whether `ruled`, at the top of the next page, is drawn between the same outer lines."""
        return abs(ruled.x1 - ruled.x0 - self.width) <= _SAME_WIDTH


def cells_of(table: Torn) -> Cells:
    """The cells of a table over all its pages as one grid."""
    edges = _clustered([x - t.x0 for t in table.tables for b in t.boxes for x in (b.x0, b.x1)])
    joined: Cells = []
    for ruled in table.tables:
        part = _grid(ruled, edges)
        joined = _join(joined, part) if joined else part
    return joined


def _clustered(positions: list[float]) -> list[float]:
    found: list[float] = []
    for position in sorted(positions):
        if not found or position - found[-1] > TOLERANCE:
            found.append(position)
    return found


def _nearest(edges: list[float], position: float) -> int:
    return min(range(len(edges)), key=lambda i: abs(edges[i] - position))


def _grid(ruled: Ruled, xs: list[float]) -> Cells:
    ys = _clustered([y for b in ruled.boxes for y in (b.top, b.bottom)])
    cells = []
    for box in ruled.boxes:
        left, right = _nearest(xs, box.x0 - ruled.x0), _nearest(xs, box.x1 - ruled.x0)
        top, bottom = _nearest(ys, box.top), _nearest(ys, box.bottom)
        text = cell_text(box.glyphs, box.x1 - box.x0)
        cells.append(GridCell(text, top, left, max(1, bottom - top), max(1, right - left)))
    return sorted(cells, key=lambda c: (c.row, c.col))


def _join(upper: Cells, lower: Cells) -> Cells:
    lower = _without_repeated_header(upper, lower)
    if not lower:
        return upper
    height = max(c.row + c.rowspan for c in upper)
    touching = {(c.col, c.colspan): c for c in upper if c.row + c.rowspan == height}
    first = [c for c in lower if c.row == 0]
    spanning = {id(touching[c.col, c.colspan]): c for c in first if _spans_break(touching.get((c.col, c.colspan)), c)}
    gone = {id(c) for c in spanning.values()}
    whole = [c for c in first if id(c) not in gone]
    torn = _row_is_torn(touching, whole)
    pieces = {id(touching[c.col, c.colspan]): c for c in whole} if torn else {}
    gone |= {id(c) for c in pieces.values()}
    upper = [
        _extended(c, spanning.get(id(c)), torn) if id(c) in spanning else _extended(c, pieces.get(id(c)), torn)
        for c in upper
    ]
    rest = [replace(c, row=c.row + height - torn) for c in lower if id(c) not in gone]
    return sorted(upper + rest, key=lambda c: (c.row, c.col))


def _extended(cell: GridCell, lower: GridCell | None, torn: bool) -> GridCell:
    """The cell with what stands of it on the next page; the two parts of a torn row count as one row."""
    if lower is None:
        return cell
    return replace(cell, text=cell.text + lower.text, rowspan=cell.rowspan + lower.rowspan - torn)


def _spans_break(upper: GridCell | None, lower: GridCell) -> bool:
    """Whether a label beside several rows goes on in `lower`, its text perhaps torn too."""
    if upper is None or (upper.rowspan == 1 and lower.rowspan == 1):
        return False
    return not _FIGURE.fullmatch(lower.text) and not (lower.text and upper.text and _ENUMERATED.match(lower.text))


def _row_is_torn(touching: dict[tuple[int, int], GridCell], first: Cells) -> bool:
    """Whether the page break went through a row: its label goes on and its figures all stand on one page."""
    if not first or any((c.col, c.colspan) not in touching or c.rowspan > 1 for c in first):
        return False
    pairs = [(touching[c.col, c.colspan], c) for c in first]
    figures = [(u, c) for u, c in pairs if _FIGURE.fullmatch(u.text)]
    labels = [(u, c) for u, c in pairs if u.text and c.text]
    return (
        len(figures) >= 2
        and all(not c.text for _, c in figures)
        and len(labels) == 1
        and len(labels[0][0].text) >= _LONG_LABEL
        and not _ENUMERATED.match(labels[0][1].text)
    )


def _without_repeated_header(upper: Cells, lower: Cells) -> Cells:
    """The lower part without the rows at its top that repeat the table's first rows."""
    height = max(c.row + c.rowspan for c in lower)
    same = 0
    while same < height:
        a, b = _row(upper, same), _row(lower, same)
        if a != b or any(_FIGURE.fullmatch(text) for _, _, _, text in a) or not any(text for _, _, _, text in a):
            break
        same += 1
    while same and any(c.row < same < c.row + c.rowspan for c in lower):
        same -= 1
    return [replace(c, row=c.row - same) for c in lower if c.row >= same]


def _row(cells: Cells, row: int) -> list[tuple[int, int, int, str]]:
    return [(c.col, c.rowspan, c.colspan, c.text) for c in cells if c.row == row]
