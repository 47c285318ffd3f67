"""Tables drawn with box characters (┌─┬─┐ │ │) or with + - |, merged cells included."""

from __future__ import annotations

from bisect import bisect_left
from unicodedata import east_asian_width

from gongkai.annual.extract.blanks import tidy_cell
from gongkai.annual.model import GridCell

_VERTICAL = frozenset("│┃║┆┇┊┋|｜")
_CORNERS = frozenset("┌┍┎┏┐┑┒┓└┕┖┗┘┙┚┛├┝┞┟┠┡┢┣┤┥┦┧┨┩┪┫┬┭┮┯┰┱┲┳┴┵┶┷┸┹┺┻┼┽┾┿╀╁╂╃╄╅╆╇╈╉╊╋╔╗╚╝╠╣╦╩╬╒╓╕╖╘╙╛╜╞╟╡╢╤╥╧╨╪╫+")
_RULES = frozenset("─━═┄┅┈┉-=—－")
_EDGES = _VERTICAL | _CORNERS

_LAST = frozenset("└┕┖┗╚╘╙")

Table = tuple[list[GridCell], int]
Segment = tuple[int, int, str]


def read(lines: list[str], i: int) -> Table | None:
    """The table that begins with the rule at line `i` and the line after it, or None."""
    if not _is_rule(lines[i].strip()):
        return None
    end = i
    while end < len(lines) and lines[end].strip()[:1] in _EDGES and lines[end].strip():
        end += 1
        if lines[end - 1].strip()[0] in _LAST:
            break
    drawn = [line.strip() for line in lines[i:end]]
    if len(drawn) < 3:
        return None
    cells = _build(min((_scan(drawn, wide) for wide in (1, 2)), key=lambda s: len({x for row in s for x, _, _ in row})))
    return (cells, end) if cells else None


def _is_rule(line: str) -> bool:
    return len(line) >= 3 and line[0] in _CORNERS and all(ch in _RULES or ch in _CORNERS for ch in line)


def _scan(lines: list[str], ambiguous: int) -> list[list[Segment]]:
    """Each line as segments (left, left of the next, text) between its vertical strokes, in display columns."""
    rows = []
    for line in lines:
        row: list[Segment] = []
        x = left = 0
        text = ""
        for ch in line:
            if ch in _EDGES:
                after = x + (ambiguous if ord(ch) > 127 else 1)
                if text:
                    row.append((left, after, text))
                text = ""
                x = left = after
            else:
                text += ch
                kind = east_asian_width(ch)
                x += 2 if kind in "WF" else ambiguous if kind == "A" else 1
        rows.append(row)
    return rows


def _build(rows: list[list[Segment]]) -> list[GridCell]:
    starts = _starts(rows)
    cells: list[GridCell] = []
    open_cells: dict[int, tuple[int, int, list[str]]] = {}
    row = 0
    written = False
    for segments in rows:
        rules = [(a, b) for a, b, text in segments if text and all(ch in _RULES for ch in text)]
        for a, b in rules:
            _close(open_cells, cells, _column(starts, a), _column(starts, b), row)
        if rules and written:
            row, written = row + 1, False
        for a, b, text in segments:
            if (a, b) in rules:
                continue
            first, last = _column(starts, a), _column(starts, b)
            if first not in open_cells:
                open_cells[first] = (max(last, first + 1), row, [])
            open_cells[first][2].append(text)
            written = written or not rules
    _close(open_cells, cells, 0, len(starts), row if written else row - 1)
    return sorted(cells, key=lambda cell: (cell.row, cell.col))


def _starts(rows: list[list[Segment]]) -> list[int]:
    """Where columns begin; strokes that are one place off belong to the same column."""
    starts: list[int] = []
    for x in sorted({left for row in rows for left, _, _ in row}):
        if not starts or x - starts[-1] > 1:
            starts.append(x)
    return starts


def _column(starts: list[int], x: int) -> int:
    return bisect_left(starts, x - 1)


def _close(
    open_cells: dict[int, tuple[int, int, list[str]]], cells: list[GridCell], first: int, last: int, row: int
) -> None:
    for col in [c for c in open_cells if first <= c < last]:
        end, top, texts = open_cells.pop(col)
        cells.append(GridCell(tidy_cell("\n".join(texts)), top, col, max(1, row - top + 1), end - col))
