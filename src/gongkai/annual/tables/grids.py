"""Reads the rows of ruled tables: each value under the column of its header, or not at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from gongkai.annual.forms.model import TableBlock
from gongkai.annual.model import GridCell, Unread
from gongkai.annual.tables.columns import Columns, match_columns
from gongkai.annual.tables.harvest import Harvest, foreign_blocks
from gongkai.annual.tables.headings import Evidence
from gongkai.annual.tables.lattice import Kind, Lattice, Row, kind_of
from gongkai.annual.tables.leaves import Leaf, bare_leaves, header_rows, leaves_of, right_edge
from gongkai.annual.tables.listing import list_columns
from gongkai.annual.tables.placing import crowded, place
from gongkai.annual.tables.ragged import count_off, counted_columns, spills
from gongkai.annual.tables.slots import Slot
from gongkai.text.numbers import parse_number


@dataclass(slots=True)
class Labelled:
    """A row of a grid whose label was matched with a row of the form."""

    row: Row
    slot: Slot
    label: GridCell | None
    """The last cell of the label, if it begins in this row."""
    text: str
    ambiguous: bool = False
    shared: bool = False
    """True where the label's cell holds another label too."""

    @property
    def label_end(self) -> int:
        """The grid column after the label."""
        return self.label.col + self.label.colspan if self.label else 0


@dataclass(slots=True)
class _Known:
    """The columns of a block as a piece of the table before showed them."""

    columns: Columns
    block: TableBlock


class GridReader:
    """Reads the matched rows of one table, lattice by lattice, carrying the header over page breaks."""

    def __init__(
        self, harvest: Harvest, lattices: Sequence[Lattice], children: set[str], evidence: Evidence = Evidence.NONE
    ) -> None:
        self.harvest = harvest
        self.lattices = lattices
        self.children = children
        """Ids of groups of which a row was matched."""
        self.evidence = evidence
        """What the text before the table says of its columns, for grids without a header."""
        self.known: dict[tuple[str, ...], _Known] = {}

    def read(self, rows: Sequence[Labelled]) -> None:
        """Read all rows, which come in reading order."""
        by_lattice: dict[int, list[Labelled]] = {}
        for labelled in rows:
            by_lattice.setdefault(id(labelled.row.lattice), []).append(labelled)
        for group in by_lattice.values():
            self._lattice(group)

    def _lattice(self, rows: Sequence[Labelled]) -> None:
        taken = {r.row.index for r in rows}
        blocks: dict[str, list[Labelled]] = {}
        for labelled in rows:
            blocks.setdefault(labelled.slot.block.id, []).append(labelled)
            grid = labelled.row.lattice.grid
            self.harvest.touch(labelled.slot.table.id, grid.index)
        for group in blocks.values():
            data = [r for r in group if not r.slot.group]
            if not data:
                self._groups(group)
                continue
            start = Counter(r.label_end for r in data if r.label).most_common(1)
            columns = self._columns(data, {r.row.index for r in data}, start[0][0] if start else 0)
            counted = self._counted(data, columns, taken)
            apart = (False, False)
            ordered = data[0].slot.table.layout != "list" and columns.labelled and columns.problem is None
            if counted is None and columns.leaves and ordered:
                apart = spills([(r.row, r.label_end) for r in data if r.label], columns.leaves)
            for labelled in _once(group, self.harvest):
                self._row(labelled, counted or columns, taken, by_count=counted is not None, apart=apart)

    def _counted(self, data: Sequence[Labelled], columns: Columns, taken: set[int]) -> Columns | None:
        """The columns to count off by, where the drawing does not tell them."""
        slot, lattice = data[0].slot, data[0].row.lattice
        if slot.table.layout != "matrix" or columns.problem not in ("columns_doubtful", "columns_unknown"):
            return None
        header = header_rows(lattice, min(r.row.index for r in data), taken)
        return counted_columns(header, [r.row for r in data], slot.block.columns)

    def _columns(self, data: Sequence[Labelled], taken: set[int], start: int) -> Columns:
        slot, lattice = data[0].slot, data[0].row.lattice
        header = header_rows(lattice, min(r.row.index for r in data), taken)
        body = [r.row for r in data]
        width = right_edge(header, body)
        if slot.table.layout == "list":
            return list_columns(slot, header, body, start, width, self.harvest.year)
        leaves = leaves_of(header, start, width)
        if slot.foreign:
            return Columns(tuple(leaves), (None,) * len(leaves), 0.0, "row_of_other_form")
        key = (slot.table.id, *(c.label for c in slot.block.columns))
        if any(leaf.stack for leaf in leaves):
            columns = self._matched(slot, leaves, lattice)
            lacking = len(slot.block.columns) > sum(a is not None for a in columns.assigned)
            if columns.problem is None and ((lacking and crowded(leaves, body)) or _misfit(columns, body)):
                columns = replace(columns, problem="columns_doubtful")
            if columns.problem is None and not _order_holds(columns, slot, body):
                columns = replace(columns, problem="columns_doubtful")
            if columns.problem != "columns_unknown":
                self.known[key] = _Known(columns, slot.block)
                return columns
        return self._carried(key, data, start)

    def _matched(self, slot: Slot, leaves: Sequence[Leaf], lattice: Lattice) -> Columns:
        """The columns by their labels; where another form's block fits better, they are foreign."""
        own = match_columns(leaves, slot.block.columns)
        for form, block in foreign_blocks(self.harvest.form, slot.table.id, slot.block.id):
            other = match_columns(leaves, block.columns)
            if other.score <= own.score + 0.05:
                continue
            labels = {c.label for c in slot.block.columns}
            for leaf, j in zip(other.leaves, other.assigned, strict=True):
                if j is not None and block.columns[j].label not in labels and leaf.cells:
                    cell = leaf.cells[-1]
                    where = lattice.rows[cell.row].where(cell)
                    self.harvest.alien(form, slot.table.id, "column", leaf.label, where)
            return Columns(tuple(leaves), own.assigned, own.score, "columns_of_other_form")
        if own.problem is None and all(a is None for a in own.assigned):
            return Columns(own.leaves, own.assigned, 0.0, "columns_unknown")
        return own

    def _carried(self, key: tuple[str, ...], data: Sequence[Labelled], start: int) -> Columns:
        """A piece without a header takes the columns of the piece before, if it has exactly as many."""
        bare = bare_leaves([r.row for r in data], start)
        known = self.known.get(key)
        columns = known.columns if known else self._header_alone(data[0])
        if columns is None and len(bare) == len(data[0].slot.block.columns) and self._told([r.row for r in data], bare):
            return Columns(tuple(bare), tuple(range(len(bare))), 1.0, None, labelled=False)
        if columns is None or columns.problem or not bare or len(bare) != len(columns.leaves):
            return Columns(tuple(bare), (None,) * len(bare), 0.0, "columns_unknown", labelled=False)
        return Columns(tuple(bare), columns.assigned, columns.score, None, labelled=False)

    def _told(self, rows: Sequence[Row], bare: Sequence[Leaf]) -> bool:
        """Whether the text before a grid without a header names its columns."""
        if self.evidence is Evidence.NAMED:
            return True
        return self.evidence is Evidence.JUMBLED and _totals_hold(rows, bare)

    @property
    def settled(self) -> bool:
        """Whether a header named all columns in the form's order."""
        return any(k.columns.in_order and len(k.columns.leaves) == len(k.block.columns) for k in self.known.values())

    def _header_alone(self, first: Labelled) -> Columns | None:
        """The columns of a grid just before that holds nothing but the header."""
        at = next((i for i, lat in enumerate(self.lattices) if lat is first.row.lattice), 0)
        if at == 0:
            return None
        before = self.lattices[at - 1]
        if len(before.rows) > 8 or any(r.has_figures for r in before.rows):
            return None
        leaves = leaves_of(before.rows, 0, before.width)
        columns = match_columns(leaves, first.slot.block.columns)
        begin = next((i for i, a in enumerate(columns.assigned) if a is not None), None)
        if begin is None or any(a is None for a in columns.assigned[begin:]):
            return None
        return Columns(columns.leaves[begin:], columns.assigned[begin:], columns.score)

    def _groups(self, rows: Sequence[Labelled]) -> None:
        for labelled in rows:
            self._group(labelled)

    def _group(self, labelled: Labelled) -> None:
        """A figure beside a heading that carries none is kept as unread."""
        row, slot = labelled.row, labelled.slot
        figures = [c for c in row.own() if kind_of(c.text) is Kind.FIGURE and c.col >= labelled.label_end]
        if not figures or any(
            kind_of(c.text) is Kind.TEXT
            and c is not labelled.label
            and c.col > (labelled.label.col if labelled.label else -1)
            for c in row.own()
        ):
            return
        alone = slot.table.layout == "matrix" and slot.row.id not in self.children
        reason = "row_not_in_form" if alone else "figure_on_group_row"
        self.harvest.unread.append(Unread(None, row.text, reason, row.where(figures[0])))

    def _row(
        self,
        labelled: Labelled,
        columns: Columns,
        taken: set[int],
        *,
        by_count: bool = False,
        apart: tuple[bool, bool] = (False, False),
    ) -> None:
        row, slot, harvest = labelled.row, labelled.slot, self.harvest
        if slot.group:
            self._group(labelled)
            return
        if slot.foreign:
            harvest.alien(slot.foreign, slot.table.id, "row", labelled.text, row.where(labelled.label))
        reason = "ambiguous_row" if labelled.ambiguous else columns.problem or _shared(labelled)
        if reason:
            harvest.refuse_row(slot, row.text, reason, row.where())
            return
        start = labelled.label_end or columns.leaves[0].start
        if by_count:
            placed = count_off(row, labelled.label, len(columns.leaves))
        else:
            placed = place(row, columns.leaves, start, by_count=columns.in_order)
        if not isinstance(placed, str) and slot.table.layout != "list" and _overfull(columns, placed):
            placed = "too_many_values"
        if not isinstance(placed, str) and _maybe_shifted(placed, apart):
            placed = "columns_doubtful"
        if isinstance(placed, str):
            harvest.refuse_row(slot, row.text, placed, row.where())
            return
        self._cells(labelled, columns, placed, taken)

    def _cells(self, labelled: Labelled, columns: Columns, placed: Sequence[GridCell], taken: set[int]) -> None:
        row, slot, harvest = labelled.row, labelled.slot, self.harvest
        unit = columns.unit_of(placed)
        for leaf, j, cell in zip(columns.leaves, columns.assigned, placed, strict=True):
            if j is None:
                continue
            spec = harvest.spec(slot, slot.block.columns[j])
            if spec is None:
                continue
            spans = sum(r in taken for r in range(cell.row, cell.row + cell.rowspan)) if cell.rowspan > 1 else 1
            if spans > 1 and spec.type != "text" and kind_of(cell.text) is not Kind.EMPTY:
                harvest.refuse([spec], cell.text, "merged_rows", row.where(cell))
                continue
            money = leaf.money if spec.unit in ("元", "万元") else None
            harvest.put(spec, cell.text, row.where(cell), unit=unit or money)


def _maybe_shifted(placed: Sequence[GridCell], apart: tuple[bool, bool]) -> bool:
    """Whether a row beside shifted ones begins or ends with a blank, so that it may be shifted itself."""
    left, right = apart
    return (left and kind_of(placed[-1].text) is Kind.EMPTY) or (right and kind_of(placed[0].text) is Kind.EMPTY)


def _order_holds(columns: Columns, slot: Slot, body: Sequence[Row]) -> bool:
    """Whether a header in another order than the form's is borne out by the totals.

    A header that lost the cell over the kinds of organisations looks as if 总计 stood second.
    """
    known = [a for a in columns.assigned if a is not None]
    last = len(slot.block.columns) - 1
    if slot.table.layout != "matrix" or known == sorted(known) or last not in known:
        return True
    return _totals_hold(body, columns.leaves, columns.assigned.index(last))


def _totals_hold(rows: Sequence[Row], leaves: Sequence[Leaf], total: int = -1) -> bool:
    """Whether in most rows the last figure, or the one in the column named, is the sum of the others."""
    right = wrong = 0
    for row in rows:
        placed = place(row, leaves, leaves[0].start)
        if isinstance(placed, str):
            continue
        values = [parse_number(c.text).value or Decimal(0) for c in placed]
        if sum(values, Decimal(0)) == 2 * values[total]:
            right += 1
        else:
            wrong += 1
    return wrong <= right


def _misfit(columns: Columns, body: Sequence[Row]) -> bool:
    """Whether most rows end elsewhere than the header, or figures stand in a column without a label."""
    end = columns.leaves[-1].end
    apart = sum(row.cells[-1].col + row.cells[-1].colspan != end for row in body if row.cells)
    if apart * 2 > len(body) and not columns.in_order:
        return True
    bare = [leaf for leaf, j in zip(columns.leaves, columns.assigned, strict=True) if j is None and not leaf.stack]
    return any(
        leaf.start <= c.col < leaf.end and kind_of(c.text) is Kind.FIGURE
        for leaf in bare
        for row in body
        for c in row.cells
    )


def _overfull(columns: Columns, placed: Sequence[GridCell]) -> bool:
    """Whether something stands in a column without a label."""
    return None in columns.assigned and any(
        j is None and not leaf.stack and kind_of(cell.text) is not Kind.EMPTY
        for leaf, j, cell in zip(columns.leaves, columns.assigned, placed, strict=True)
    )


def _shared(labelled: Labelled) -> str | None:
    """Why the row has no label of its own: the label's cell goes on over other rows that have figures."""
    label, row = labelled.label, labelled.row
    if labelled.shared:
        return "merged_labels"
    if label is None or label.rowspan < 2:
        return None
    below = row.lattice.rows[row.index + 1 : row.index + label.rowspan]
    return "merged_labels" if any(r.has_figures for r in below) else None


def _once(rows: Sequence[Labelled], harvest: Harvest) -> list[Labelled]:
    """Rows with one label each: where two labels that want figures share a row, neither gets them."""
    wanting = Counter(id(r.row) for r in rows if not r.slot.group)
    out = []
    for labelled in rows:
        if not labelled.slot.group and wanting[id(labelled.row)] > 1:
            harvest.refuse_row(labelled.slot, labelled.row.text, "merged_labels", labelled.row.where(labelled.label))
        elif labelled.slot.group and wanting[id(labelled.row)]:
            continue
        else:
            out.append(labelled)
    return out
