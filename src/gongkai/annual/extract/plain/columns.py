"""Tables whose columns are set apart by tabs or by runs of blanks."""

from __future__ import annotations

import re
from itertools import pairwise
from unicodedata import east_asian_width

from gongkai.annual.extract.blanks import tidy_cell
from gongkai.annual.model import GridCell

_GAP = re.compile(r"[ \u3000]*\t[ \t\u3000]*| {2,}[ \u3000]*|\u3000{2,}[ \u3000]*| \u3000[ \u3000]*|\u3000 [ \u3000]*")
_FIGURE = re.compile(r"[0-9０-９][0-9０-９,，.．%％]*|[/／—-]{1,2}|无|〇")
_MAX_CELL = 40
_MAX_MEAN = 60

Table = tuple[list[GridCell], int]
Piece = tuple[str, tuple[int, int], tuple[int, int]]
"""A cell's text, the places on the screen that it takes, and the places among the characters of its line."""


def read(lines: list[str], i: int) -> Table | None:
    """The table that begins at line `i` and the line after it, or None."""
    return _tabbed(lines, i) or _aligned(lines, i)


def _tabbed(lines: list[str], i: int) -> Table | None:
    end = i
    while end < len(lines) and _is_tabbed(lines[end]):
        end += 1
    if end - i < 2:
        return None
    rows = [lines[k].split("\t") for k in range(i, end)]
    widths = {len(row) for row in rows}
    if len(widths) > 1 and max(widths) < 3:
        return None
    count = sum(widths_of := [len(row) for row in rows])
    if sum(len(lines[k]) for k in range(i, end)) > _MAX_MEAN * count or not widths_of:
        return None
    return [GridCell(tidy_cell(text), r, c) for r, row in enumerate(rows) for c, text in enumerate(row)], end


def _is_tabbed(line: str) -> bool:
    return "\t" in line and ("\t" in line.strip(" \t\u3000") or (line.count("\t") >= 2 and bool(line.strip())))


def _aligned(lines: list[str], i: int) -> Table | None:
    first = _split(lines[i])
    if first is None:
        return None
    rows = [first]
    while i + len(rows) < len(lines):
        row = _split(lines[i + len(rows)])
        if row is None or len(row) != len(first):
            break
        rows.append(row)
    figures = sum(1 for row in rows for piece in row[1:] if _FIGURE.fullmatch(piece[0]))
    if len(rows) < 2 or figures < len(first) - 1 or not _stand_in_columns(rows):
        return None
    cells = [GridCell(tidy_cell(piece[0]), r, c) for r, row in enumerate(rows) for c, piece in enumerate(row)]
    return cells, i + len(rows)


def _stand_in_columns(rows: list[list[Piece]]) -> bool:
    """Whether each cell stands under the one above it, be it on the screen or by the count of characters.

    Rows that lost a blank cell each in another place have as many pieces as one another and yet other columns.
    """
    columns = list(zip(*rows, strict=True))
    return _apart([[p[1] for p in column] for column in columns]) or _apart(
        [[p[2] for p in column] for column in columns]
    )


def _apart(columns: list[list[tuple[int, int]]]) -> bool:
    """Whether the columns do not overlap, and all cells of each stand above or below its widest."""
    spans = [(min(start for start, _ in column), max(end for _, end in column)) for column in columns]
    if not all(left[1] <= right[0] for left, right in pairwise(spans)):
        return False
    widest = [max(column, key=lambda cell: cell[1] - cell[0]) for column in columns]
    return all(
        start < wide_end and end > wide_start
        for (wide_start, wide_end), column in zip(widest, columns, strict=True)
        for start, end in column
    )


def _split(line: str) -> list[Piece] | None:
    if "  " not in line and "\u3000" not in line and "\t" not in line:
        return None
    line = line.rstrip()
    pieces: list[Piece] = []
    at = place = 0
    for start, end in (*(gap.span() for gap in _GAP.finditer(line)), (len(line), len(line))):
        width = _width(line[at:start])
        if width:
            pieces.append((line[at:start], (place, place + width), (at, start)))
        place += width + _width(line[start:end])
        at = end
    if len(pieces) < 2 or any(len(piece[0]) > _MAX_CELL for piece in pieces):
        return None
    return pieces


def _width(text: str) -> int:
    """How wide a text is on the screen: a Chinese character takes two places."""
    return sum(2 if east_asian_width(c) in "WFA" else 1 for c in text)
