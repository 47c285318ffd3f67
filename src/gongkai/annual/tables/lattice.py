"""A grid of the source with its rows spelled out: which cell covers which place, and what kind of thing it holds."""

from __future__ import annotations

import re
from dataclasses import replace
from enum import Enum, auto
from functools import lru_cache
from operator import attrgetter

from gongkai.annual.model import Grid, GridCell, Where
from gongkai.annual.tables.repeated import put_together
from gongkai.text.numbers import parse_number

_DIGIT = re.compile(r"[0-9０-９]")
_MEASURE = re.compile(
    r"[条件次篇个人期份项元名场]|人次|[亿万]元|[人条]/[次件]|件/条|个/次|[条件篇场]次|人[（(]次[）)]|万(人次|条)|"
    r"条[（(]件[）)]|件[（(]条[）)]|次[（(]场[）)]"
)
"""What may stand alone in the 单位 column."""
_COLUMN = attrgetter("col")
_MOST_PLACES = 12_000
"""A grid with more places than this is no official table: the largest has 500."""


class Kind(Enum):
    """What a cell holds."""

    EMPTY = auto()
    FIGURE = auto()
    NOTHING = auto()
    """A dash or 无: the office says that there is nothing."""
    MEASURE = auto()
    TEXT = auto()


@lru_cache(maxsize=8192)
def kind_of(text: str) -> Kind:
    """What a cell's text is, taken by itself."""
    if text.isascii() and text.isdigit():
        return Kind.FIGURE
    bare = text.strip()
    if not bare:
        return Kind.EMPTY
    if len(bare) > 80:
        return Kind.TEXT
    if len(bare) < 6 and _MEASURE.fullmatch(bare):
        return Kind.MEASURE
    number = parse_number(bare)
    if number.is_blank:
        return Kind.NOTHING
    if number.is_figure and _DIGIT.search(bare):
        return Kind.FIGURE
    return Kind.TEXT


class Row:
    """One row of a lattice: the cells that cover it, left to right."""

    __slots__ = ("_figures", "_own", "cells", "index", "lattice")

    def __init__(self, lattice: Lattice, index: int) -> None:
        self.lattice = lattice
        self.index = index
        self.cells: list[GridCell] = []
        self._figures: bool | None = None
        self._own: tuple[GridCell, ...] | None = None

    @property
    def has_figures(self) -> bool:
        """Whether a figure begins in this row."""
        known = self._figures
        if known is None:
            known = self._figures = any(kind_of(c.text) is Kind.FIGURE for c in self.own())
        return known

    @property
    def text(self) -> str:
        """The row as one line, for reports of what could not be read."""
        return " ".join(" ".join(c.text.split()) for c in self.cells if c.row == self.index)[:300]

    def where(self, cell: GridCell | None = None) -> Where:
        """The place of a cell of this row, or of the row."""
        grid = self.lattice.grid
        return Where(grid.index, self.index, cell.col if cell else None, None, None, grid.page)

    def own(self) -> tuple[GridCell, ...]:
        """The cells that begin in this row; found once, because a lattice does not change any more when it is read."""
        known = self._own
        if known is None:
            index = self.index
            known = self._own = tuple([c for c in self.cells if c.row == index])
        return known


class Lattice:
    """A grid with its rows spelled out."""

    __slots__ = ("grid", "rows", "width")

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.width = grid.width
        height = max([c.row + 1 for c in grid.cells], default=0)
        self.rows = rows = [Row(self, i) for i in range(height)]
        for cell in sorted(grid.cells, key=_COLUMN):
            if cell.rowspan < 2:
                rows[cell.row].cells.append(cell)
                continue
            for r in range(cell.row, min(height, cell.row + cell.rowspan)):
                rows[r].cells.append(cell)


def lattice_of(grid: Grid) -> Lattice | None:
    """The lattice of a grid; None where it is far too large, or too small, to be an official table."""
    if len(grid.cells) < 2 or len(grid.cells) > _MOST_PLACES:
        return None
    if sum([min(c.rowspan, 500) for c in grid.cells]) > _MOST_PLACES:
        return None
    merged = put_together(grid.cells, lambda text: kind_of(text) is Kind.TEXT)
    return Lattice(replace(grid, cells=merged) if merged is not None else grid)
