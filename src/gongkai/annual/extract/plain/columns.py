"""Tables whose columns are set apart by tabs or by runs of blanks."""

from __future__ import annotations

import re

from gongkai.annual.extract.blanks import tidy_cell
from gongkai.annual.model import GridCell

_GAP = re.compile(r"[ \u3000]*\t[ \t\u3000]*| {2,}[ \u3000]*|\u3000{2,}[ \u3000]*| \u3000[ \u3000]*|\u3000 [ \u3000]*")
_FIGURE = re.compile(r"[0-9０-９][0-9０-９,，.．%％]*|[/／—-]{1,2}|无|〇")
_MAX_CELL = 40
_MAX_MEAN = 60

Table = tuple[list[GridCell], int]


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
    figures = sum(1 for row in rows for text in row[1:] if _FIGURE.fullmatch(text))
    if len(rows) < 2 or figures < len(first) - 1:
        return None
    return [GridCell(tidy_cell(text), r, c) for r, row in enumerate(rows) for c, text in enumerate(row)], i + len(rows)


def _split(line: str) -> list[str] | None:
    line = line.strip(" \t\u3000")
    if "  " not in line and "\u3000" not in line and "\t" not in line:
        return None
    cells = _GAP.split(line)
    if len(cells) < 2 or any(len(cell) > _MAX_CELL for cell in cells):
        return None
    return cells
