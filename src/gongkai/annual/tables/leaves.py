"""The columns of a grid as its header draws them: for each, the labels stacked above it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from gongkai.annual.frozen import quick
from gongkai.annual.model import GridCell
from gongkai.annual.tables.keys import key_of
from gongkai.annual.tables.lattice import Kind, Lattice, Row, kind_of

_DEEPEST = 10
"""Rows that a header may take, those of split labels and headings included."""
_UNIT = re.compile(r"(?:单位[:：]?|[（(])\s*(亿元|万元|元)")


@quick
@dataclass(frozen=True, slots=True)
class Leaf:
    """A column: the grid's columns start to end (exclusive), and the labels above it, outermost first."""

    start: int
    end: int
    stack: tuple[str, ...] = ()
    cells: tuple[GridCell, ...] = ()

    @property
    def label(self) -> str:
        """The innermost label as printed."""
        return self.stack[-1] if self.stack else ""

    @property
    def money(self) -> str | None:
        """The unit of money that the label prints, if any."""
        found = _UNIT.search(self.label)
        return found[1] if found else None

    @property
    def names(self) -> tuple[str, ...]:
        """The keys that the label may have: the innermost cell, or it joined with those above (split labels)."""
        joined: list[str] = []
        text = ""
        for part in reversed(self.stack[-3:]):
            text = part + text
            joined.append(key_of(text).text)
        return tuple(k for k in joined if k)


def header_rows(lattice: Lattice, first: int, taken: frozenset[int] | set[int]) -> list[Row]:
    """The rows above row `first` that may be its header: up to a row that is taken, or that holds figures."""
    rows: list[Row] = []
    for index in range(first - 1, max(-1, first - 1 - _DEEPEST), -1):
        row = lattice.rows[index]
        if index in taken or row.has_figures:
            break
        rows.append(row)
    rows.reverse()
    return rows


def leaves_of(rows: Sequence[Row], start: int, width: int) -> list[Leaf]:
    """The columns from grid column `start` on, as these header rows draw them."""
    stacks: list[list[GridCell]] = [[] for _ in range(width)]
    for row in rows:
        for cell in row.cells:
            if kind_of(cell.text) not in (Kind.TEXT, Kind.FIGURE):
                continue
            if cell.col < start < cell.col + cell.colspan:
                continue  # it reaches into the labels: what it heads is not certain
            for col in range(max(start, cell.col), min(width, cell.col + cell.colspan)):
                if not stacks[col] or stacks[col][-1] is not cell:
                    stacks[col].append(cell)
    leaves: list[Leaf] = []
    col = start
    while col < width:
        stack = stacks[col]
        end = col + 1
        while end < width and stack and stacks[end] and stacks[end][-1] is stack[-1]:
            end += 1
        leaves.append(Leaf(col, end, tuple(" ".join(c.text.split()) for c in stack), tuple(stack)))
        col = end
    return leaves


def right_edge(header: Sequence[Row], body: Sequence[Row] = ()) -> int:
    """The grid column after the last cell of a header, or of most rows of the body where those reach farther.

    A single row that reaches farther has a cell too many, and is not to be read by place.
    """
    edge = max((c.col + c.colspan for row in header for c in row.cells[-1:]), default=0)
    ends = Counter(row.cells[-1].col + row.cells[-1].colspan for row in body if row.cells)
    if not ends:
        return edge
    common, times = ends.most_common(1)[0]
    return max(edge, common) if times > 1 or not edge else edge


def bare_leaves(rows: Sequence[Row], start: int) -> list[Leaf]:
    """The columns of a piece of a table that has no header: those that two thirds of its rows agree on."""
    edges = Counter(tuple((c.col, c.col + c.colspan) for c in row.cells if c.col >= start) for row in rows)
    if not edges:
        return []
    common, times = edges.most_common(1)[0]
    return [Leaf(a, b) for a, b in common] if times * 3 >= len(rows) * 2 else []
