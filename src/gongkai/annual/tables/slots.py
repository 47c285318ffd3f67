"""The rows of an official table made ready for matching: keys, numbers, and what other forms print instead."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from gongkai.annual.forms.load import all_forms
from gongkai.annual.forms.model import Form, RowSpec, TableBlock, TableSpec
from gongkai.annual.tables.keys import key_of

if TYPE_CHECKING:
    from gongkai.annual.tables.matching import Candidate
    from gongkai.annual.tables.stream import Drawn


@dataclass(frozen=True, slots=True)
class Slot:
    """A row of the form, waiting for its counterpart in the report."""

    index: int
    table: TableSpec
    block: TableBlock
    row: RowSpec
    keys: tuple[str, ...]
    number: int | None
    foreign: str | None = None
    """Id of the form that it belongs to, where that is not the report's."""

    @property
    def group(self) -> bool:
        """Whether the row is a heading that carries no figure."""
        return self.row.kind == "group"


@dataclass(frozen=True, slots=True)
class SlotIndex:
    """All rows of one table, and the ways to find them."""

    table: TableSpec
    slots: tuple[Slot, ...]
    exact: dict[str, tuple[int, ...]]
    choices: tuple[str, ...]
    owners: tuple[int, ...]
    ordered: bool
    """Whether the order of rows is evidence; t2's labels tell by themselves."""
    fuzzy: dict[str, tuple[tuple[int, float], ...]] = field(default_factory=dict, compare=False)
    """What was looked up before: key to (slot, ratio)."""
    runs: dict[Drawn, tuple[Candidate, ...]] = field(default_factory=dict, compare=False)
    """Runs of labels that were matched before, each with its candidates, counted from its first label."""


_indexes: dict[tuple[str, str], tuple[Form, SlotIndex]] = {}


def slot_index(form: Form, table: TableSpec) -> SlotIndex:
    """The rows of a form's table, ready for matching; made once for each form."""
    known = _indexes.get((form.id, table.id))
    if known is None or known[0] is not form:
        known = (form, _build(form, table))
        _indexes[form.id, table.id] = known
    return known[1]


def _build(form: Form, table: TableSpec) -> SlotIndex:
    slots: list[Slot] = []
    for block in table.blocks:
        for row in block.rows:
            if row.label:
                slots.append(_slot(len(slots), table, block, row))
    for other, block, row in _foreign_rows(form, table):
        slots.append(_slot(len(slots), table, block, row, other))
    exact: dict[str, tuple[int, ...]] = {}
    choices: list[str] = []
    owners: list[int] = []
    for slot in slots:
        for key in slot.keys:
            exact[key] = (*exact.get(key, ()), slot.index)
            choices.append(key)
            owners.append(slot.index)
    return SlotIndex(table, tuple(slots), exact, tuple(choices), tuple(owners), table.layout != "blocks")


def _slot(index: int, table: TableSpec, block: TableBlock, row: RowSpec, foreign: str | None = None) -> Slot:
    labels = (row.label, *row.aliases)
    keys = tuple(dict.fromkeys(k for k in (key_of(label).text for label in labels) if k))
    extra = _ALSO.get(keys[0], ()) if table.layout == "blocks" else ()
    return Slot(index, table, block, row, (*keys, *extra), key_of(row.label).number, foreign)


_ALSO = {"规范性文件": ("行政规范性文件",), "行政规范性文件": ("规范性文件",)}
"""The same row under the name of the form before or after: the columns tell which form is meant."""


def _foreign_rows(form: Form, table: TableSpec) -> Iterable[tuple[str, TableBlock, RowSpec]]:
    """Rows of t2 that only another year's form has (t3's differ under one group and would disturb the order)."""
    if table.layout != "blocks":
        return
    own = {key_of(row.label).text for block in table.blocks for row in block.rows}
    own |= {also for key in own for also in _ALSO.get(key, ())}
    for other in government_forms():
        if other.id == form.id:
            continue
        for candidate in other.tables:
            if candidate.id != table.id:
                continue
            for block in candidate.blocks:
                for row in block.rows:
                    if key_of(row.label).text not in own:
                        yield other.id, block, row


@cache
def government_forms() -> tuple[Form, ...]:
    """The forms whose tables are those of the regulation of 2019."""
    return tuple(f for f in all_forms() if f.id in ("gov-2019", "gov-2021"))
