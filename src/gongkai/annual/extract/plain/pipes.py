"""Tables written with vertical bars: | a | b | and the a | b | of text copied from web pages."""

from __future__ import annotations

import re

from gongkai.annual.extract.blanks import tidy_cell
from gongkai.annual.model import GridCell

_RULE = re.compile(r"[\s|｜:：—–\-─=+]*[—–\-─=]{2,}[\s|｜:：—–\-─=+]*")
_BREAK = re.compile(r"<br\s*/?>", re.I)
_ESCAPED_BAR = "\ue000"

Table = tuple[list[GridCell], int]


def read(lines: list[str], i: int) -> Table | None:
    """The table that begins at line `i` and the line after it, or None."""
    if _cells(lines[i]) is None:
        return None
    rows: list[list[str]] = []
    taken = 0
    end = i
    while end < len(lines):
        line = lines[end]
        if not line.strip():
            if end + 1 >= len(lines) or _cells(lines[end + 1]) is None:
                break
        else:
            cells = _cells(line)
            if cells is None:
                break
            taken += 1
            if not _RULE.fullmatch(line):
                rows.append(cells)
        end += 1
    if taken < 2 or not rows:
        return None
    return [GridCell(tidy_cell(text), r, c) for r, row in enumerate(rows) for c, text in enumerate(row)], end


def _cells(line: str) -> list[str] | None:
    if "|" not in line and "｜" not in line:
        return None
    line = line.strip().replace("｜", "|")
    marked = "\\|" in line or "<" in line or "**" in line
    if marked:
        line = line.replace("\\|", _ESCAPED_BAR)
    edged = line.startswith("|")
    cells = line[1:].split("|") if edged else line.split("|")
    if line.endswith("|") and len(cells) > 1:
        cells.pop()
    if len(cells) < 2 and not (edged and line.endswith("|") and len(line) > 1):
        return None
    if not marked and _ESCAPED_BAR not in line:
        return [cell.strip() for cell in cells]
    return [_BREAK.sub("\n", cell).replace(_ESCAPED_BAR, "|").replace("**", "").strip() for cell in cells]
