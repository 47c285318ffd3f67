"""Puts the cells of a grid's row under the columns of its header, or says why that cannot be done for certain."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from gongkai.annual.model import GridCell
from gongkai.annual.tables.lattice import Kind, Row, kind_of
from gongkai.annual.tables.leaves import Leaf

Placed = list[GridCell] | str
"""One cell for each column, or the reason why the row is unread."""


def place(row: Row, leaves: Sequence[Leaf], label_end: int, *, by_count: bool = False) -> Placed:
    """The cell of each column, in the columns' order.

    Cells that lie exactly within their columns are taken by their place. Where the drawing is ragged and `by_count`
    allows it, as many filled cells as columns are taken in their order. Anything else may be shifted, and is refused.
    """
    after = [c for c in row.cells if c.col >= label_end]
    if not leaves or not after:
        return "no_value_cells"
    if _coincide(after, leaves):
        return after
    by_place = _by_place(after, leaves, label_end)
    if by_place is not None:
        return by_place
    filled = [c for c in after if kind_of(c.text) is not Kind.EMPTY]
    if by_count and len(after) == len(filled) == len(leaves) and all(kind_of(c.text) is not Kind.TEXT for c in filled):
        return filled
    if by_count and len(after) == len(leaves) and all(_nearest(c, leaves) == i for i, c in enumerate(after)):
        return after
    if any(c.colspan > 1 and sum(_overlap(c, leaf) for leaf in leaves) > 1 for c in filled):
        return "merged_values"
    return "too_few_values" if len(after) < len(leaves) else "too_many_values"


def _coincide(after: Sequence[GridCell], leaves: Sequence[Leaf]) -> bool:
    """Whether each cell is as wide as its column and one follows on the other: most tables are drawn so."""
    if len(after) != len(leaves):
        return False
    at = leaves[0].start
    for cell, leaf in zip(after, leaves, strict=True):
        if cell.col != at or leaf.start != at or cell.colspan < 1:
            return False
        at += cell.colspan
        if leaf.end != at:
            return False
    return True


def _by_place(after: Sequence[GridCell], leaves: Sequence[Leaf], label_end: int) -> list[GridCell] | None:
    """The cells by their place; None unless they fill the columns exactly, each column with one filled cell at most."""
    if after[0].col > leaves[0].start or min(label_end, after[0].col) > leaves[0].start:
        return None
    if after[-1].col + after[-1].colspan != leaves[-1].end:
        return None
    chosen: list[GridCell] = []
    at = 0
    for cell in after:
        if cell.col < leaves[0].start:
            if kind_of(cell.text) is not Kind.EMPTY or cell.col + cell.colspan > leaves[0].start:
                return None
            continue
        while at < len(leaves) and cell.col >= leaves[at].end:
            at += 1
        if at == len(leaves) or cell.col < leaves[at].start or cell.col + cell.colspan > leaves[at].end:
            return None
        if len(chosen) == at:
            chosen.append(cell)
        elif len(chosen) == at + 1:
            if kind_of(chosen[at].text) is Kind.EMPTY:
                chosen[at] = cell
            elif kind_of(cell.text) is not Kind.EMPTY:
                return None
        else:
            return None
    covered = all(leaf.end == following.start for leaf, following in pairwise(leaves))
    width = sum(c.colspan for c in after if c.col >= leaves[0].start)
    if len(chosen) != len(leaves) or not covered or width != leaves[-1].end - leaves[0].start:
        return None
    return chosen


def crowded(leaves: Sequence[Leaf], rows: Sequence[Row]) -> bool:
    """Whether most rows have two cells under one column: the header lost a label there."""
    if not rows:
        return False
    for leaf in leaves:
        if leaf.end - leaf.start > 1:
            times = sum(sum(leaf.start <= c.col < leaf.end for c in row.cells) > 1 for row in rows)
            if times * 2 >= len(rows):
                return True
    return False


def _overlap(cell: GridCell, leaf: Leaf) -> int:
    """How many grid columns the two share."""
    return max(0, min(cell.col + cell.colspan, leaf.end) - max(cell.col, leaf.start))


def _nearest(cell: GridCell, leaves: Sequence[Leaf]) -> int | None:
    """The column that the cell lies under more than under any other; None where two have the same share."""
    shares = sorted(((_overlap(cell, leaf), i) for i, leaf in enumerate(leaves)), reverse=True)
    if not shares or shares[0][0] == 0 or (len(shares) > 1 and shares[0][0] == shares[1][0]):
        return None
    return shares[0][1]
