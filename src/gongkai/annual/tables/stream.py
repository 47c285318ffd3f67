"""Turns a report's blocks into one stream of labels in reading order, each with the values that stand beside it.

A row of a grid and a line of flattened text become the same thing here, so that labels are aligned in one way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from gongkai.annual.model import Block, Grid, GridCell, Paragraph, Where
from gongkai.annual.tables.keys import Key, key_of
from gongkai.annual.tables.lattice import Kind, Lattice, Row, kind_of, lattice_of
from gongkai.annual.tables.tokens import Token, TokenKind, tokens_of
from gongkai.annual.tables.vocabulary import is_header_word

_SPLIT = re.compile(
    r"(?<!第)\s*(?=[（(](?:[一二三四五六七八九十]{1,3}|[0-9]{1,2})[）)])"
    r"|(?<=[\u4e00-\u9fff）)”])\s*(?=其中[:：])"
    r"|(?<=[\u4e00-\u9fff）)”])\s*(?=(?:其中[:：])?[0-9０-９]{1,2}[.．、][^0-9０-９])"
)


_MOST_LABELS = 8_000
"""What comes after so many labels is no report's table any more."""


@dataclass(slots=True)
class TextRow:
    """The values that follow a label in flattened text."""

    block: int
    page: int | None
    start: int
    end: int
    values: list[Token] = field(default_factory=list)
    measure: Token | None = None
    spoiled: bool = False
    """True where a second unit of measure stands in it: the label of another row was lost."""

    @property
    def has_figures(self) -> bool:
        """Whether a figure stands in it."""
        return any(v.kind is TokenKind.FIGURE for v in self.values)

    @property
    def text(self) -> str:
        """Its values as one line."""
        return " ".join(v.raw for v in self.values)[:300]

    def where(self, token: Token | None = None) -> Where:
        """The place of a value, or of the label."""
        if token is None:
            return Where(self.block, start=self.start, end=self.end, page=self.page)
        return Where(token.block, start=token.start, end=token.end, page=token.page)


@dataclass(slots=True)
class Unit:
    """A label as it stands in the report."""

    key: Key
    text: str
    row: Row | TextRow
    cell: GridCell | None = None
    """The grid's cell that holds it."""
    mates: int = 0
    """How many other labels share its cell."""
    barrier: bool = False
    """True for prose: no label and no table goes on across it."""
    line: int = 0
    """Number of the line of text, to know what stands on one line."""

    valued: bool = True
    """Whether values, or the unit of a value, stand beside it; always so in a grid."""

    @property
    def block(self) -> int:
        """Index of the block it stands in."""
        return self.row.lattice.grid.index if isinstance(self.row, Row) else self.row.block


Drawn = tuple[tuple[str, int, int, bool], ...]
"""How labels stand in grids: for each its text, the number of its grid, its row, and whether figures stand there."""


class Run(NamedTuple):
    """Labels one after another that all stand in grids."""

    first: int
    end: int
    """Index of the unit after the last."""
    drawn: Drawn
    """All that can tell which rows of a form they are: runs that are drawn alike are matched alike."""


@dataclass(slots=True)
class Stream:
    """All labels of a report, and its grids."""

    units: list[Unit] = field(default_factory=list)
    lattices: list[Lattice] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)


_last: tuple[tuple[Block, ...], Stream] | None = None


def stream_of(blocks: Sequence[Block]) -> Stream:
    """The labels of a report in reading order; remembered for the blocks asked for last, which are asked for twice."""
    global _last
    known = _last
    if known is not None and known[0] is blocks:
        return known[1]
    stream = _build(blocks)
    if isinstance(blocks, tuple):
        _last = (blocks, stream)
    return stream


def _build(blocks: Sequence[Block]) -> Stream:
    stream = Stream()
    for block in blocks:
        if len(stream.units) > _MOST_LABELS:
            break
        if isinstance(block, Grid):
            lattice = lattice_of(block)
            if lattice is not None:
                stream.lattices.append(lattice)
                stream.units.extend(_grid_units(lattice))
        else:
            _add_paragraph(stream.units, block)
    for unit in stream.units:
        if isinstance(unit.row, TextRow):
            unit.valued = bool(unit.row.values) or unit.row.measure is not None
    stream.runs = _runs(stream.units)
    return stream


def _runs(units: Sequence[Unit]) -> list[Run]:
    runs: list[Run] = []
    first, number = 0, 0
    drawn: list[tuple[str, int, int, bool]] = []
    lattice: Lattice | None = None
    for at, unit in enumerate(units):
        row = unit.row
        if isinstance(row, Row):
            if not drawn:
                first, number, lattice = at, 0, row.lattice
            elif row.lattice is not lattice:
                number, lattice = number + 1, row.lattice
            drawn.append((unit.text, number, row.index, row.has_figures))
        elif drawn:
            runs.append(Run(first, at, tuple(drawn)))
            drawn = []
    if drawn:
        runs.append(Run(first, len(units), tuple(drawn)))
    return runs


def _grid_units(lattice: Lattice) -> Iterable[Unit]:
    for row in lattice.rows:
        own = row.own()
        texts = [c for c in own if kind_of(c.text) is Kind.TEXT]
        if sum(is_header_word(c.text) for c in texts) >= 3 and not row.has_figures:
            continue
        for cell in texts:
            if len(cell.text) > 200:
                continue
            labels = _labels(cell.text)
            for key, label in labels:
                yield Unit(key, label, row, cell, len(labels) - 1)


@lru_cache(maxsize=4096)
def _labels(text: str) -> tuple[tuple[Key, str], ...]:
    """The labels in a cell, each with its key; kept, because the official ones come in every report."""
    return tuple((key_of(piece), piece.strip()) for piece in _pieces(text))


def _pieces(text: str) -> list[str]:
    """The labels that a cell runs together; 其中： goes with the label after it."""
    pieces: list[str] = []
    kept = ""
    for piece in _SPLIT.split(text):
        kept += piece
        if key_of(kept).text:
            pieces.append(kept)
            kept = ""
    if kept.strip() and pieces:
        pieces[-1] += kept
    return pieces


def _add_paragraph(units: list[Unit], block: Paragraph) -> None:
    tokens = tokens_of(block)
    if tokens is None:
        if not units or not units[-1].barrier:
            row = TextRow(block.index, block.page, 0, 0)
            units.append(Unit(Key(""), "", row, barrier=True))
        return
    for token in tokens:
        last = units[-1] if units and isinstance(units[-1].row, TextRow) else None
        if token.kind is TokenKind.LABEL:
            row = TextRow(block.index, block.page, token.start, token.end)
            units.append(Unit(key_of(token.raw), token.raw, row, line=token.line))
        elif last is not None and not last.barrier and isinstance(last.row, TextRow):
            if token.kind is TokenKind.MEASURE:
                if last.row.measure is None and not last.row.values:
                    last.row.measure = token
                else:
                    last.row.spoiled = True
            else:
                last.row.values.append(token)
