"""Reads reconsideration and litigation where an office drew it as a matrix: ways by results, either way round."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gongkai.annual.forms.model import TableSpec
from gongkai.annual.model import GridCell
from gongkai.annual.tables.dispute_labels import result_of, way_of
from gongkai.annual.tables.harvest import Harvest
from gongkai.annual.tables.lattice import Kind, Lattice, Row, kind_of
from gongkai.annual.tables.leaves import Leaf, leaves_of, right_edge
from gongkai.annual.tables.placing import place


def read_matrix(harvest: Harvest, lattice: Lattice, table: TableSpec) -> None:
    """Read the matrix in this grid, if there is one; nothing is read unless every row and column is understood."""
    body = [row for row in lattice.rows if row.has_figures]
    if not 2 <= len(body) <= 8 or body[0].index == 0:
        return
    header = lattice.rows[: body[0].index]
    start = _label_end(body)
    leaves = leaves_of(header, start, right_edge(header))
    if len(leaves) not in (3, 5):
        return
    found: dict[int, tuple[Row, GridCell]] = {}
    for row in body:
        placed = place(row, leaves, start)
        if isinstance(placed, str):
            return
        for leaf, cell in zip(leaves, placed, strict=True):
            at = _column(row, leaf, start)
            if at is None or at in found:
                return
            found[at] = (row, cell)
    if len(found) % len(leaves) or not found:
        return
    _put(harvest, found, table, lattice)


def _put(harvest: Harvest, found: dict[int, tuple[Row, GridCell]], table: TableSpec, lattice: Lattice) -> None:
    harvest.touch(table.id, lattice.grid.index)
    block = table.blocks[0]
    for at, (row, cell) in found.items():
        harvest.put(harvest.specs[table.id, block.rows[0].id, block.columns[at].id], cell.text, row.where(cell))


def _label_end(body: Sequence[Row]) -> int:
    """The grid column after the labels of the rows."""
    return max((c.col + c.colspan for row in body for c in row.cells if kind_of(c.text) is Kind.TEXT), default=0)


def _column(row: Row, leaf: Leaf, start: int) -> int | None:
    """The form's column where a row and a column meet: one of them names the way, the other the result."""
    labels = [c.text for c in row.cells if c.col < start]
    result = [r for r in (result_of(leaf.stack), result_of(labels)) if r is not None]
    way = _one(w for w in (way_of(leaf.stack), way_of(labels)) if w is not None)
    return way * 5 + result[0] if way is not None and len(result) == 1 else None


def _one(values: Iterable[int]) -> int | None:
    found = set(values)
    return found.pop() if len(found) == 1 else None
