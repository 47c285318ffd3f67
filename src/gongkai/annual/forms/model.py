"""What an official form is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any


class FormError(ValueError):
    """A form's data file contradicts itself; the message names the form and the place."""


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """A column: its stable id, official label and the labels printed above it, outermost first."""

    id: str
    label: str
    header_path: tuple[str, ...] = ()
    unit: str | None = None
    type: str = "integer"
    """integer, signed_integer, decimal or text."""
    aliases: tuple[str, ...] = ()
    optional: bool = False


@dataclass(frozen=True, slots=True)
class RowSpec:
    """A row: its stable id, official label with its number, and its place in the tree of rows."""

    id: str
    label: str
    kind: str = "data"
    """data, total, or group (a heading that carries no figure)."""
    level: int = 1
    parent: str | None = None
    unit: str | None = None
    type: str | None = None
    aliases: tuple[str, ...] = ()
    printed_note: str | None = None
    code: str | None = None
    local: bool = False
    """True for a row that some places added; it is absent from the national form."""
    verify: bool = False


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A rectangle of rows and columns; t2 of the government forms has one for each item of article 20."""

    id: str
    columns: tuple[ColumnSpec, ...]
    rows: tuple[RowSpec, ...]
    heading: str | None = None
    row_header: str | None = None


@dataclass(frozen=True, slots=True)
class TableSpec:
    """An official table. `layout` is blocks, matrix, single_row or list."""

    id: str
    chapter: str
    title: str
    layout: str
    blocks: tuple[TableBlock, ...]
    cell_id: str
    unit: str | None = None
    printed_note: str | None = None
    local_variant: bool = False


@dataclass(frozen=True, slots=True)
class CellSpec:
    """A cell that an office fills in."""

    id: str
    table: TableSpec
    block: TableBlock
    row: RowSpec
    column: ColumnSpec
    unit: str | None
    type: str
    local: bool

    @property
    def label(self) -> str:
        """The official words for the cell: row and column, e.g. 一、本年新收政府信息公开申请数量 · 自然人."""
        path = "·".join((*self.column.header_path, self.column.label))
        if self.table.layout == "single_row":
            return path
        return self.row.label if self.table.layout == "list" else f"{self.row.label}·{path}"


@dataclass(frozen=True, slots=True)
class ChapterSpec:
    """A chapter that the form asks for."""

    id: str
    no: str
    title: str
    kind: str
    """narrative or table."""
    table: str | None = None
    required: bool = True
    aliases: tuple[str, ...] = ()
    must_cover: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Term:
    """One summand of a balance check. An optional term counts 0 where its cell is not in the report."""

    cell: str
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Equation:
    """A balance check (勾稽关系) over cells: sum(left) `op` sum(right), op one of ==, <=."""

    check: str
    severity: str
    official: bool
    left: tuple[Term, ...]
    right: tuple[Term, ...]
    op: str = "=="

    @property
    def cells(self) -> tuple[str, ...]:
        """Ids of all the cells in it."""
        return tuple(t.cell for t in (*self.left, *self.right))

    def sides(self, values: Mapping[str, Decimal | None]) -> tuple[Decimal, Decimal] | None:
        """Both sums, or None where a cell that is needed has no value."""
        sums = []
        for side in (self.left, self.right):
            total = Decimal(0)
            for term in side:
                value = values.get(term.cell)
                if value is None:
                    if term.optional:
                        continue
                    return None
                total += value
            sums.append(total)
        return sums[0], sums[1]

    def holds(self, values: Mapping[str, Decimal | None]) -> bool | None:
        """Whether it holds; None where a cell that is needed has no value."""
        sides = self.sides(values)
        if sides is None:
            return None
        return sides[0] == sides[1] if self.op == "==" else sides[0] <= sides[1]


@dataclass(frozen=True, slots=True)
class Form:
    """An official form of the annual report."""

    id: str
    name: str
    document: str
    """The official document that set it, with its number."""
    legal_basis: tuple[str, ...]
    first_year: int
    last_year: int | None
    """Last reporting year that it applies to, None where it is in force."""
    period: Mapping[str, Any]
    deadlines: tuple[Mapping[str, Any], ...]
    title_pattern: str
    exact_chapter_titles: bool
    chapters: tuple[ChapterSpec, ...]
    tables: tuple[TableSpec, ...]
    cells: Mapping[str, CellSpec]
    """Every cell by id, in the order of the official layout."""
    equations: tuple[Equation, ...]
    figures: tuple[Mapping[str, Any], ...] = ()

    def cell(self, id: str) -> CellSpec:
        """The cell with this id; raises KeyError where the form has none."""
        return self.cells[id]

    def table(self, id: str) -> TableSpec:
        """The table with this id; raises KeyError where the form has none."""
        for table in self.tables:
            if table.id == id:
                return table
        raise KeyError(id)

    def chapter(self, id: str) -> ChapterSpec:
        """The chapter with this id; raises KeyError where the form has none."""
        for chapter in self.chapters:
            if chapter.id == id:
                return chapter
        raise KeyError(id)
