"""Tables whose columns are set apart by tabs."""

from __future__ import annotations

from gongkai.annual.extract.blanks import tidy_cell
from gongkai.annual.model import GridCell

_MAX_MEAN = 60

Table = tuple[list[GridCell], int]


def read(lines: list[str], i: int) -> Table | None:
    """The table that begins at line `i` and the line after it, or None.

    Columns set apart by blanks alone are left as lines: a blank cell is not seen there, and cells broken over lines
    tear such a table to pieces, whereas each line by itself still says which row it is.
    """
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
