"""Reads the official tables of a report: which labels are there, which rows they are, what stands beside them."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.annual.forms.model import Form, TableSpec
from gongkai.annual.model import Block, Grid, Paragraph, Unread
from gongkai.annual.tables.aligning import Alignment, align, unordered
from gongkai.annual.tables.copies import copies, of_this_year
from gongkai.annual.tables.disputes import read_disputes
from gongkai.annual.tables.extents import clusters, flat_extent, spans_of
from gongkai.annual.tables.flat import FlatReader, Matched
from gongkai.annual.tables.grids import GridReader, Labelled
from gongkai.annual.tables.harvest import Harvest
from gongkai.annual.tables.headings import Evidence, header_text, matrix_evidence
from gongkai.annual.tables.lattice import Kind, Row, kind_of
from gongkai.annual.tables.matching import Candidate, candidates
from gongkai.annual.tables.model import TableReading
from gongkai.annual.tables.slots import SlotIndex, slot_index
from gongkai.annual.tables.stream import Stream, Unit, stream_of
from gongkai.annual.tables.vocabulary import ANCHORS

_FAR_BETTER = 0.2
_FEWEST_ROWS = 4
"""A flattened list or matrix with fewer rows recognised is no table."""


def read_tables(blocks: Sequence[Block], form: Form, *, year: int | None = None) -> TableReading:
    """The cells of the form's tables that stand in the blocks, read by their labels.

    `year` tells which of two columns counts where two years stand side by side. Never raises; what is not certain is
    listed as unread with its reason, and no cell is filled in for it.
    """
    grids = frozenset(b.index for b in blocks if isinstance(b, Grid))
    if not may_hold_tables(blocks):
        return TableReading(table_blocks=grids)
    harvest = Harvest(form, year)
    stream = stream_of(blocks)
    used: list[tuple[int, int]] = []
    for table in form.tables:
        if table.layout == "single_row":
            used.extend(read_disputes(harvest, stream, table))
        else:
            used.extend(_read_table(harvest, stream, table, blocks))
    whole, parts = spans_of(blocks, stream, used)
    cells = {id: harvest.cells[id] for id in form.cells if id in harvest.cells}
    unread = tuple(dict.fromkeys(u for u in harvest.unread if u.cell is None or u.cell not in cells))
    return TableReading(
        cells=cells,
        unread=unread,
        table_blocks=grids | whole,
        table_spans=parts,
        tables={id: (min(at), max(at)) for id, at in harvest.extent.items()},
        foreign_labels=tuple(dict.fromkeys(harvest.foreign)),
    )


def may_hold_tables(blocks: Sequence[Block]) -> bool:
    """Whether any word stands in the blocks without which there is no official table."""
    if any(isinstance(b, Grid) for b in blocks):
        return True
    text = "".join("".join(b.text for b in blocks if isinstance(b, Paragraph)).split())
    return any(anchor in text for anchor in ANCHORS)


def _read_table(harvest: Harvest, stream: Stream, table: TableSpec, blocks: Sequence[Block]) -> list[tuple[int, int]]:
    """Read one table; the spans of units (first, last) that its flattened rows take."""
    index = slot_index(harvest.form, table)
    found = candidates(stream, index)
    parts = of_this_year(copies(found, index), stream.units, blocks, harvest.year)
    best, part = _best_copy(parts, index, stream.units)
    if best is None:
        return []
    chosen = [*best.chosen, *_strays(best, part, index, stream.units)]
    chosen.sort(key=lambda c: c.valued)
    children = {p for c in chosen if (p := index.slots[c.slot].row.parent)}
    labelled, matched = _split(chosen, best, part, index, stream.units)
    evidence = Evidence.NONE
    if table.layout == "matrix":
        evidence = matrix_evidence(header_text(stream.units, chosen[0].first)[0], table.blocks[0].columns)
    reader = GridReader(harvest, stream.lattices, children, evidence)
    reader.read(labelled)
    _unmatched_rows(harvest, labelled)
    pieces = clusters(stream.units, matched)
    flat = FlatReader(harvest, stream.units, children, Evidence.NAMED if reader.settled else evidence)
    flat.read([m for piece in pieces for m in piece])
    return flat_extent(stream.units, pieces, flat.first_unit)


def _best_copy(
    parts: Sequence[list[Candidate]], index: SlotIndex, units: Sequence[Unit]
) -> tuple[Alignment | None, list[Candidate]]:
    """The fullest copy of the table, the first where they are alike; None where there is no table."""
    best: Alignment | None = None
    best_part: list[Candidate] = []
    for part in parts:
        alignment = align(part, len(index.slots)) if index.ordered else unordered(part)
        if not _is_table(alignment, index, units):
            continue
        if best is None or alignment.score > best.score + 1.0:
            best, best_part = alignment, part
    return best, best_part


def _is_table(alignment: Alignment, index: SlotIndex, units: Sequence[Unit]) -> bool:
    """Whether enough rows were recognised to call it the table."""
    rows = [c for c in alignment.chosen if not index.slots[c.slot].group and units[c.valued].valued]
    if not rows:
        return False
    needed = 1 if index.table.layout == "blocks" else _FEWEST_ROWS
    if all(isinstance(units[c.valued].row, Row) for c in rows):
        needed = min(needed, 2)
    return len(rows) >= needed


def _strays(best: Alignment, part: Sequence[Candidate], index: SlotIndex, units: Sequence[Unit]) -> list[Candidate]:
    """Rows out of order: an exact label that only one row has, inside the table, where row and label are both free."""
    if not index.ordered or not best.chosen:
        return []
    first, last = best.chosen[0].first, best.chosen[-1].last
    taken = {c.slot for c in best.chosen}
    busy = {i for c in best.chosen for i in range(c.first, c.last + 1)}
    out: dict[int, list[Candidate]] = {}
    for c in part:
        slot = index.slots[c.slot]
        free = c.slot not in taken and not any(i in busy for i in range(c.first, c.last + 1))
        firm = c.exact and len(slot.keys[0]) >= 5 and all(len(index.exact[k]) == 1 for k in slot.keys)
        numbered = units[c.first].key.number in (None, slot.number)
        if free and firm and numbered and first <= c.first and c.last <= last and not slot.group:
            out.setdefault(c.slot, []).append(c)
    return [cs[0] for cs in out.values() if len(cs) == 1]


def _split(
    chosen: Sequence[Candidate],
    best: Alignment,
    part: Sequence[Candidate],
    index: SlotIndex,
    units: Sequence[Unit],
) -> tuple[list[Labelled], list[Matched]]:
    """The matched rows that stand in grids, and those that stand in flattened text."""
    labelled: list[Labelled] = []
    matched: list[Matched] = []
    found: dict[tuple[int, int], float] = {}
    for c in part:
        found[c.first, c.last] = max(c.score, found.get((c.first, c.last), 0.0))
    group_at = {k for c in chosen if index.slots[c.slot].group for k in range(c.first, c.last + 1)}
    slot_at = {c.first: index.slots[c.slot] for c in chosen}
    for c in chosen:
        unit, slot = units[c.valued], index.slots[c.slot]
        ambiguous = c.slot in best.ambiguous or _elsewhere(c, found)
        alone = c.first == c.last
        text = unit.text if alone else "".join([units[k].text for k in range(c.first, c.last + 1)])
        if isinstance(unit.row, Row):
            taken = (unit,) if alone else units[c.first : c.last + 1]
            own = [u.cell for u in taken if u.row is unit.row and u.cell is not None]
            label = max(own, key=lambda cell: cell.col) if own else None
            labelled.append(Labelled(unit.row, slot, label, text, ambiguous, _shares(units, c, group_at, index)))
        else:
            following = units[c.last + 1] if c.last + 1 < len(units) and not units[c.last + 1].barrier else None
            if following is not None and isinstance(following.row, Row):
                following = None
            matched.append(
                Matched(c, slot, unit.row, text, following, slot_at.get(c.last + 1), ambiguous, units[c.last].line)
            )
    return labelled, matched


def _elsewhere(c: Candidate, found: dict[tuple[int, int], float]) -> bool:
    """Whether the label's words fit another row far better than the row that the sequence leaves for it."""
    return c.score < found[c.first, c.last] - _FAR_BETTER


def _shares(units: Sequence[Unit], c: Candidate, groups: set[int], index: SlotIndex) -> bool:
    """Whether the label shares its cell with another that is no heading: then the values may be the other's."""
    cells = {id(u.cell) for u in units[c.first : c.last + 1] if u.mates}
    if not cells:
        return False
    near = range(max(0, c.first - 6), min(len(units), c.last + 7))
    mates = [k for k in near if id(units[k].cell) in cells and not c.first <= k <= c.last and k not in groups]
    return any(not all(index.slots[s].group for s in index.exact.get(units[k].key.text, (-1,))) for k in mates)


def _unmatched_rows(harvest: Harvest, labelled: Sequence[Labelled]) -> None:
    """Rows with figures among the matched rows of a grid whose label fits no row of the form."""
    by_lattice: dict[int, list[Row]] = {}
    for item in labelled:
        by_lattice.setdefault(id(item.row.lattice), []).append(item.row)
    for rows in by_lattice.values():
        known = {r.index for r in rows}
        lattice = rows[0].lattice
        for row in lattice.rows[min(known) : max(known) + 1]:
            if row.index in known or not row.has_figures:
                continue
            if any(kind_of(c.text) is Kind.TEXT for c in row.own()) or len(row.own()) > 1:
                harvest.unread.append(Unread(None, row.text, "row_not_matched", row.where()))
