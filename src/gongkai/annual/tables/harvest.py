"""Collects the cells, the unread pieces and the foreign labels of one report while its tables are read."""

from __future__ import annotations

from collections.abc import Iterable

from gongkai.annual.forms.model import CellSpec, ColumnSpec, Form, TableBlock
from gongkai.annual.model import Cell, Unread, Where
from gongkai.annual.tables.figures import read_cell
from gongkai.annual.tables.model import ForeignLabel
from gongkai.annual.tables.slots import Slot, government_forms

_specs: dict[str, tuple[Form, dict[tuple[str, str, str], CellSpec]]] = {}


def specs_of(form: Form) -> dict[tuple[str, str, str], CellSpec]:
    """The form's cells by (table, row, column)."""
    known = _specs.get(form.id)
    if known is None or known[0] is not form:
        known = (form, {(s.table.id, s.row.id, s.column.id): s for s in form.cells.values()})
        _specs[form.id] = known
    return known[1]


class Harvest:
    """What has been read so far. The first reading of a cell wins."""

    def __init__(self, form: Form, year: int | None = None) -> None:
        self.form = form
        self.year = year
        self.specs = specs_of(form)
        self.cells: dict[str, Cell] = {}
        self.unread: list[Unread] = []
        self.foreign: list[ForeignLabel] = []
        self.extent: dict[str, list[int]] = {}

    def spec(self, slot: Slot, column: ColumnSpec) -> CellSpec | None:
        """The cell where a row and a column meet; None for a foreign row."""
        return None if slot.foreign else self.specs.get((slot.table.id, slot.row.id, column.id))

    def touch(self, table: str, *blocks: int) -> None:
        """Note that a table takes these blocks."""
        self.extent.setdefault(table, []).extend(blocks)

    def put(self, spec: CellSpec, raw: str, where: Where, *, unit: str | None = None, note: str | None = None) -> None:
        """Read a cell."""
        if spec.id in self.cells:
            return
        found = read_cell(spec, raw, where, printed_unit=unit)
        if isinstance(found, Cell):
            self.cells[spec.id] = found
        else:
            self.unread.append(found)

    def refuse(self, specs: Iterable[CellSpec], raw: str, reason: str, where: Where) -> None:
        """Report cells that are in the report and cannot be read for certain."""
        for spec in specs:
            self.unread.append(Unread(spec.id, raw, reason, where))

    def refuse_row(self, slot: Slot, raw: str, reason: str, where: Where) -> None:
        """Report all cells of a row as unread."""
        if slot.foreign or slot.group:
            self.unread.append(Unread(None, raw, reason, where))
            return
        specs = (self.spec(slot, c) for c in slot.block.columns if not c.optional)
        self.refuse([s for s in specs if s is not None], raw, reason, where)

    def alien(self, form: str, table: str, kind: str, label: str, where: Where) -> None:
        """Note a label that only another year's form has."""
        self.foreign.append(ForeignLabel(form, table, kind, " ".join(label.split()), where))


def foreign_blocks(form: Form, table: str, block: str) -> list[tuple[str, TableBlock]]:
    """The same block of the same table in the other forms of the regulation of 2019, with their ids."""
    out: list[tuple[str, TableBlock]] = []
    for other in government_forms():
        if other.id == form.id or form.id not in ("gov-2019", "gov-2021"):
            continue
        for candidate in other.tables:
            if candidate.id == table:
                out.extend((other.id, b) for b in candidate.blocks if b.id == block)
    return out
