"""Reads the table of reconsideration and litigation: one row of fifteen figures under a header of three levels."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gongkai.annual.forms.model import ColumnSpec, TableSpec
from gongkai.annual.model import GridCell
from gongkai.annual.tables.columns import reconcile
from gongkai.annual.tables.dispute_labels import is_head, result_of, way_of
from gongkai.annual.tables.dispute_matrix import read_matrix
from gongkai.annual.tables.extents import header_begin
from gongkai.annual.tables.harvest import Harvest
from gongkai.annual.tables.headings import Evidence, dispute_evidence, header_text
from gongkai.annual.tables.keys import key_of
from gongkai.annual.tables.lattice import Kind, Lattice, Row, kind_of
from gongkai.annual.tables.leaves import Leaf, leaves_of, right_edge
from gongkai.annual.tables.placing import crowded, place
from gongkai.annual.tables.stream import Stream, TextRow, Unit
from gongkai.annual.tables.tokens import TokenKind
from gongkai.text.labels import plain

_PIECE = re.compile(r"[0-9０-９,，.．\s]+")
"""A piece of a figure that was broken over lines: then the figures before it are not one for each column."""


def read_disputes(harvest: Harvest, stream: Stream, table: TableSpec) -> list[tuple[int, int]]:
    """Read the table wherever it stands; the spans of units that a flattened one takes."""
    for at, lattice in enumerate(stream.lattices):
        following = stream.lattices[at + 1] if at + 1 < len(stream.lattices) else None
        _read_lattice(harvest, lattice, following, table)
    if table.id not in harvest.extent:
        for lattice in stream.lattices:
            if table.id not in harvest.extent and any(is_head(c.text) for c in lattice.grid.cells if len(c.text) < 40):
                read_matrix(harvest, lattice, table)
    if table.id in harvest.extent:
        return []
    return _read_text(harvest, stream.units, table)


# --- in grids -------------------------------------------------------------------------------------------------------


def _read_lattice(harvest: Harvest, lattice: Lattice, following: Lattice | None, table: TableSpec) -> None:
    start = 0
    while (first := _head_row(lattice, start)) is not None:
        value = _value_row(lattice, first)
        header = lattice.rows[first : value.index if value else len(lattice.rows)]
        if value is None and following is not None:
            value = _only_row(following)
        if value is not None and len(header) <= 12:
            _read_row(harvest, header, value, table)
        if value is None or value.lattice is not lattice:
            return
        start = value.index + 1


def _head_row(lattice: Lattice, start: int) -> int | None:
    """The first row that names reconsideration or litigation in a cell of its own, with results below."""
    for row in lattice.rows[start:]:
        if any(is_head(c.text) for c in row.own() if len(c.text) < 40):
            below = "".join(key_of(c.text).text for r in lattice.rows[row.index : row.index + 10] for c in r.own())
            if "维持" in below or "纠正" in below or "审结" in below:
                return row.index
    return None


def _value_row(lattice: Lattice, first: int) -> Row | None:
    """The first row below the header that holds nothing but figures, dashes or blanks."""
    for row in lattice.rows[first + 1 :]:
        own = row.own()
        texts = [c for c in own if kind_of(c.text) is Kind.TEXT]
        if row.has_figures or (not texts and sum(kind_of(c.text) is Kind.NOTHING for c in own) >= 2):
            return row if _plain_row(row) else None
        if not texts and len(own) >= 5 and all(c.row == row.index for c in row.cells):
            return row
    return None


def _plain_row(row: Row) -> bool:
    """Whether at most the first cell is a label."""
    return all(kind_of(c.text) is not Kind.TEXT for c in row.own()[1:])


def _only_row(lattice: Lattice) -> Row | None:
    """The first row of a grid that continues the table on the next page."""
    row = lattice.rows[0] if lattice.rows else None
    if row is None or not row.has_figures or any(kind_of(c.text) is Kind.TEXT for c in row.cells):
        return None
    return row


def _read_row(harvest: Harvest, header: Sequence[Row], value: Row, table: TableSpec) -> None:
    columns = table.blocks[0].columns
    lattice = header[0].lattice
    leaves = leaves_of(header, 0, right_edge(header))
    while leaves and result_of(leaves[0].stack) is None and way_of(leaves[0].stack) is None:
        leaves = leaves[1:]
    if not any(result_of(leaf.stack) is not None for leaf in leaves):
        return
    assigned, problem = _assign(leaves, columns)
    harvest.touch(table.id, lattice.grid.index, value.lattice.grid.index)
    if value.lattice is not lattice and len(value.cells) != len(leaves):
        problem = problem or "columns_unknown"
    if not _margins_only(leaves, assigned, value, len(columns)):
        problem = problem or "columns_doubtful"
    if None in assigned or len(assigned) < len(columns):
        problem = problem or ("columns_doubtful" if crowded(leaves, [value]) else None)
    in_order = None not in assigned and list(assigned) == sorted(a for a in assigned if a is not None)
    placed = problem or place(value, leaves, _begin(value, leaves), by_count=in_order)
    if isinstance(placed, str) and (counted := _counted(header, value, len(columns))):
        assigned, placed, problem = list(range(len(columns))), counted, None
    specs = [harvest.specs[table.id, table.blocks[0].rows[0].id, c.id] for c in columns]
    if isinstance(placed, str):
        claimed = [specs[j] for j in assigned if j is not None] or specs
        claimed = specs if problem else claimed
        harvest.refuse([s for s in claimed if s.id not in harvest.cells], value.text, placed, value.where())
        return
    for j, cell in zip(assigned, placed, strict=True):
        if j is not None:
            harvest.put(specs[j], cell.text, value.where(cell))


def _margins_only(leaves: Sequence[Leaf], assigned: Sequence[int | None], value: Row, columns: int) -> bool:
    """Whether columns without a label, if any, are blank ones beside all the form's columns."""
    bare = [leaf for leaf, j in zip(leaves, assigned, strict=True) if j is None and not leaf.stack]
    if not bare:
        return True
    if len({j for j in assigned if j is not None}) < columns:
        return False
    under = [c for leaf in bare for c in value.cells if leaf.start < c.col + c.colspan and c.col < leaf.end]
    return all(kind_of(c.text) is Kind.EMPTY for c in under)


def _counted(header: Sequence[Row], value: Row, columns: int) -> list[GridCell] | None:
    """The figures in order, where copying took the merged cells apart and the header names all columns in order."""
    cells = [c for row in (*header, value) for c in row.cells]
    if any(c.colspan > 1 or c.rowspan > 1 for c in cells) or len(value.cells) != columns:
        return None
    if any(kind_of(c.text) is Kind.TEXT for c in value.cells) or len({len(row.cells) for row in (*header, value)}) < 3:
        return None
    text = "".join(plain(c.text) for row in header for c in row.cells)
    return list(value.cells) if dispute_evidence(text) is Evidence.NAMED else None


def _begin(value: Row, leaves: Sequence[Leaf]) -> int:
    """Where the figures begin in the row: after its label, if it has one."""
    first = value.cells[0]
    if kind_of(first.text) is Kind.TEXT:
        return first.col + first.colspan
    return min(leaves[0].start, first.col) if first.col >= leaves[0].start else leaves[0].start


def _assign(leaves: Sequence[Leaf], columns: Sequence[ColumnSpec]) -> tuple[list[int | None], str | None]:
    """The form's column of each leaf, and why the header cannot be trusted."""
    results = [result_of(leaf.stack) for leaf in leaves]
    ways = [way_of(leaf.stack) for leaf in leaves]
    if len(leaves) == 15 and all(r is None or r == i % 5 for i, r in enumerate(results)):
        known = sum(r is not None for r in results)
        agree = all(w is None or w == i // 5 for i, w in enumerate(ways))
        if known >= 13 and agree and {0, 1, 2} <= {w for w in ways if w is not None}:
            return list(range(15)), None
    assigned: list[int | None] = [
        w * 5 + r if w is not None and r is not None else None for w, r in zip(ways, results, strict=True)
    ]
    known_columns = [a for a in assigned if a is not None]
    if len(known_columns) != len(set(known_columns)) or not known_columns:
        return [None] * len(leaves), "columns_doubtful"
    problem = reconcile(leaves, assigned, columns, range(len(columns)))
    return assigned, problem


# --- in flattened text ----------------------------------------------------------------------------------------------


def _read_text(harvest: Harvest, units: Sequence[Unit], table: TableSpec) -> list[tuple[int, int]]:
    columns = table.blocks[0].columns
    for i, unit in enumerate(units):
        row = unit.row
        if isinstance(row, Row) or len(row.values) < 5:
            continue
        text, at = _header(units, i)
        evidence = dispute_evidence(text)
        if evidence is Evidence.NONE:
            continue
        harvest.touch(table.id, row.block, *(v.block for v in row.values[-1:]))
        specs = [harvest.specs[table.id, table.blocks[0].rows[0].id, c.id] for c in columns]
        reason = _text_problem(row, evidence, len(columns))
        if reason is None and i + 1 < len(units) and _PIECE.fullmatch(units[i + 1].text):
            reason = "too_many_values"
        if reason:
            harvest.refuse(specs, row.text, reason, row.where(row.values[0]))
        else:
            for spec, token in zip(specs, row.values, strict=True):
                harvest.put(spec, token.raw, row.where(token))
        return [(header_begin(units, at, i), i)]
    return []


def _header(units: Sequence[Unit], i: int) -> tuple[str, int]:
    """The labels up to and including the one beside which the figures stand."""
    text, at = header_text(units, i)
    return text + plain(units[i].text), at


def _text_problem(row: TextRow, evidence: Evidence, columns: int) -> str | None:
    if evidence is Evidence.AGAINST:
        return "columns_unknown"
    if any(v.kind is TokenKind.GLUED for v in row.values):
        return "glued_number"
    if len(row.values) != columns:
        return "too_few_values" if len(row.values) < columns else "too_many_values"
    return None
