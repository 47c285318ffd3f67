"""What reading the tables of a report gives: cells, what stayed unread, and the blocks that belong to tables."""

from __future__ import annotations

from dataclasses import dataclass, field

from gongkai.annual.model import Cell, Unread, Where


@dataclass(frozen=True, slots=True)
class ForeignLabel:
    """A label that the report prints in a table and that only another year's form has."""

    form: str
    """Id of the form that it belongs to."""
    table: str
    kind: str
    """row or column."""
    label: str
    """As printed."""
    where: Where


@dataclass(frozen=True, slots=True)
class TableReading:
    """The cells of a report's official tables, in the order of the form, and what could not be read."""

    cells: dict[str, Cell] = field(default_factory=dict)
    unread: tuple[Unread, ...] = ()
    table_blocks: frozenset[int] = frozenset()
    """Indexes of the blocks that are wholly part of tables: every grid, and the lines of flattened tables."""
    table_spans: dict[int, tuple[int, int]] = field(default_factory=dict)
    """Block index to the characters (start, end) that a table takes inside a paragraph which holds other text too."""
    tables: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Table id to the first and last block that it takes."""
    foreign_labels: tuple[ForeignLabel, ...] = ()
