"""Puts merged cells together again where a program wrote their text into each of their places."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from gongkai.annual.model import GridCell

_RUN = 3
"""So many equal labels side by side tell that merged cells were written out."""
_LONG = 4

Rows = list[list[GridCell]]


def put_together(cells: Sequence[GridCell], is_label: Callable[[str], bool]) -> tuple[GridCell, ...] | None:
    """The cells with equal neighbours merged; None where no merged cell was written out.

    Labels are merged wherever they repeat; figures only side by side below a label that was merged over exactly
    these columns, and only where all are equal.
    """
    if not _written_out(cells):
        return None
    rows: dict[int, list[GridCell]] = {}
    for cell in cells:
        rows.setdefault(cell.row, []).append(cell)
    spans: dict[int, int] = {}
    wide: Rows = []
    for number in sorted(rows):
        row = sorted(rows[number], key=lambda c: c.col)
        wide.append(_side_by_side(row, spans, is_label))
    return tuple(cell for row in _on_top_of_each_other(wide, is_label) for cell in row)


def _written_out(cells: Sequence[GridCell]) -> bool:
    """Whether a grid without any merged cell repeats a long label side by side."""
    run = 1
    before: GridCell | None = None
    found = False
    for cell in cells:
        if cell.rowspan > 1 or cell.colspan > 1:
            return False
        same = before is not None and before.row == cell.row and before.text == cell.text
        run = run + 1 if same and before is not None and before.col + 1 == cell.col else 1
        found = found or (run >= _RUN and len(cell.text) >= _LONG and not cell.text.isascii())
        before = cell
    return found


def _side_by_side(row: Sequence[GridCell], spans: dict[int, int], is_label: Callable[[str], bool]) -> list[GridCell]:
    """A row with equal neighbours merged; `spans` keeps how wide the label is that heads a column."""
    out: list[GridCell] = []
    at = 0
    while at < len(row):
        cell, end = row[at], at + 1
        while end < len(row) and row[end].text == cell.text and row[end].col == cell.col + end - at:
            end += 1
        width = end - at
        if is_label(cell.text):
            spans[cell.col] = width
        else:
            headed = spans.get(cell.col, 1)
            width = headed if cell.text and headed <= width else 1
        out.append(replace(cell, colspan=width) if width > 1 else cell)
        at += width
    return out


def _on_top_of_each_other(rows: Rows, is_label: Callable[[str], bool]) -> Rows:
    """The rows with equal labels of the same width merged downwards."""
    above: dict[tuple[int, int], tuple[int, int]] = {}
    out: Rows = []
    for number, row in enumerate(rows):
        kept: list[GridCell] = []
        for cell in row:
            place = above.get((cell.col, cell.colspan))
            top = out[place[0]][place[1]] if place is not None else None
            if place is not None and top is not None and _goes_on(top, cell) and is_label(cell.text):
                out[place[0]][place[1]] = replace(top, rowspan=top.rowspan + 1)
                continue
            above[cell.col, cell.colspan] = (number, len(kept))
            kept.append(cell)
        out.append(kept)
    return out


def _goes_on(top: GridCell, cell: GridCell) -> bool:
    """Whether a cell is the next piece of the one above it."""
    return top.text == cell.text and top.row + top.rowspan == cell.row
