"""Reads the rows of flattened tables: as many values as columns must follow the label, neither more nor fewer."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import takewhile

from gongkai.annual.forms.model import ColumnSpec
from gongkai.annual.model import Unread
from gongkai.annual.tables.harvest import Harvest, foreign_blocks
from gongkai.annual.tables.headings import Evidence, block_evidence, header_text, matrix_evidence
from gongkai.annual.tables.keys import key_of
from gongkai.annual.tables.lattice import Row
from gongkai.annual.tables.matching import Candidate
from gongkai.annual.tables.slots import Slot
from gongkai.annual.tables.stream import TextRow, Unit
from gongkai.annual.tables.tokens import Token, TokenKind
from gongkai.text.numbers import parse_number

_LIKE = 0.80
_BARE_DIGITS = re.compile(r"\s*[0-9]+(?![0-9.．、)）])")
"""3政务微信…: either a value and a label, or a label whose number lost its stop."""


@dataclass(slots=True)
class Matched:
    """A label of flattened text that was matched with a row of the form."""

    candidate: Candidate
    slot: Slot
    row: TextRow
    text: str
    following: Unit | None
    """The label after it."""
    next_slot: Slot | None = None
    """The row that the label after it was matched with."""
    ambiguous: bool = False
    line: int = 0
    """The line on which the label ends."""

    @property
    def raw(self) -> str:
        """Label and values as one line."""
        return f"{self.text} {self.row.text}".strip()[:300]


class FlatReader:
    """Reads the matched rows of one flattened table."""

    def __init__(self, harvest: Harvest, units: Sequence[Unit], children: set[str], evidence: Evidence) -> None:
        self.harvest = harvest
        self.units = units
        self.children = children
        self.evidence = evidence
        """What stands before the whole table, or in a ruled piece of it, says of the columns."""
        self.first_unit: int | None = None
        """Where the table begins, its header included."""

    def read(self, rows: Sequence[Matched]) -> None:
        """Read all rows, which come in reading order."""
        if not rows:
            return
        table = rows[0].slot.table
        for r in rows:
            self.harvest.touch(table.id, r.row.block, *(v.block for v in r.row.values[-1:]))
        if table.layout == "matrix":
            self._matrix(rows)
        elif table.layout == "blocks":
            self._blocks(rows)
        elif table.layout == "list":
            self._list(rows)

    def _reach(self, first: Matched) -> str:
        text, at = header_text(self.units, first.candidate.first)
        self.first_unit = at if self.first_unit is None else min(at, self.first_unit)
        return text

    # --- t3 -----------------------------------------------------------------------------------------------------

    def _matrix(self, rows: Sequence[Matched]) -> None:
        columns = rows[0].slot.block.columns
        evidence = matrix_evidence(self._reach(rows[0]), columns)
        evidence = self.evidence if evidence is Evidence.NONE else evidence
        for_sure = evidence is Evidence.NAMED or (
            evidence is not Evidence.AGAINST and _sums_agree(rows, len(columns), strict=evidence is Evidence.NONE)
        )
        data = [r for r in rows if not r.slot.group and r.row.values]
        short = any(len(r.row.values) < len(columns) for r in data)
        in_line = sum(_in_line(r) for r in data) * 5 >= len(data) * 3
        for r in rows:
            trusted = for_sure and (not short or _sum_agrees(r, len(columns)) is True)
            self._matrix_row(r, columns, trusted and (_in_line(r) or not in_line))

    def _matrix_row(self, r: Matched, columns: Sequence[ColumnSpec], for_sure: bool) -> None:
        if r.slot.group:
            self._group(r)
            return
        reason = None
        if not r.row.values:
            reason = "no_values"
        elif r.ambiguous:
            reason = "ambiguous_row"
        elif any(v.kind is TokenKind.GLUED for v in r.row.values):
            reason = "glued_number"
        elif len(r.row.values) != len(columns):
            reason = "too_few_values" if len(r.row.values) < len(columns) else "too_many_values"
        elif not for_sure:
            reason = "columns_unknown"
        if reason:
            self.harvest.refuse_row(r.slot, r.raw, reason, r.row.where())
            return
        self._put(r, columns, r.row.values)

    def _put(self, r: Matched, columns: Sequence[ColumnSpec], values: Sequence[Token], unit: str | None = None) -> None:
        for column, token in zip(columns, values, strict=True):
            spec = self.harvest.spec(r.slot, column)
            if spec is not None:
                self.harvest.put(spec, token.raw, r.row.where(token), unit=unit)

    def _group(self, r: Matched) -> None:
        if not r.row.has_figures:
            return
        alone = r.slot.table.layout == "matrix" and r.slot.row.id not in self.children
        reason = "row_not_in_form" if alone else "figure_on_group_row"
        if len(r.row.values) > len(r.slot.block.columns):
            reason = "too_many_values"  # whole rows went astray here: the office wrote nothing beside the heading
        self.harvest.unread.append(Unread(None, r.raw, reason, r.row.where(r.row.values[0])))

    # --- t2 -----------------------------------------------------------------------------------------------------

    def _blocks(self, rows: Sequence[Matched]) -> None:
        named: dict[tuple[str, ...], bool] = {}
        any_named = False
        here = Counter(r.slot.block.id for r in rows)
        short = any(0 < len(r.row.values) < len(r.slot.block.columns) for r in rows)
        seen: set[str] = set()
        for r in rows:
            key = tuple(c.label for c in r.slot.block.columns)
            if r.slot.block.id not in seen:
                seen.add(r.slot.block.id)
                state = self._block_state(r)
                if state is not None:
                    named[key] = state
                    any_named = any_named or state
            known = named.get(key, any_named and len(key) == 1)
            self._block_row(
                r, known and not (short and len(key) > 1 and here[r.slot.block.id] < len(r.slot.block.rows))
            )

    def _block_state(self, r: Matched) -> bool | None:
        """True where the header names the block's columns, False where it names others, None where there is none."""
        text = self._reach(r)
        own = block_evidence(text, r.slot.block.columns)
        rivals = [
            (block_evidence(text, b.columns), form, b)
            for form, b in foreign_blocks(self.harvest.form, r.slot.table.id, r.slot.block.id)
        ]
        best = max(rivals, key=lambda x: x[0], default=None)
        if best is not None and best[0] >= _LIKE and best[0] > own:
            own_labels = {c.label for c in r.slot.block.columns}
            for column in best[2].columns:
                if column.label not in own_labels:
                    self.harvest.alien(best[1], r.slot.table.id, "column", column.label, r.row.where())
            return False
        if own >= _LIKE:
            return True
        return None if own < 0.3 and "数" not in text[-12:] else False

    def _block_row(self, r: Matched, known: bool) -> None:
        columns = r.slot.block.columns
        if r.slot.foreign:
            self.harvest.alien(r.slot.foreign, r.slot.table.id, "row", r.text, r.row.where())
        reason = None
        if r.ambiguous:
            reason = "ambiguous_row"
        elif not r.row.values:
            reason = "no_values"
        elif r.slot.foreign:
            reason = "row_of_other_form"
        elif not known:
            reason = "columns_unknown"
        elif len(r.row.values) != len(columns):
            reason = "too_few_values" if len(r.row.values) < len(columns) else "too_many_values"
        if reason:
            self.harvest.refuse_row(r.slot, r.raw, reason, r.row.where())
            return
        self._put(r, columns, r.row.values, r.row.measure.raw.strip() if r.row.measure else None)

    # --- stat ---------------------------------------------------------------------------------------------------

    def _list(self, rows: Sequence[Matched]) -> None:
        if rows[0].slot.block.columns[0].type == "text":
            for r in rows:
                if not r.slot.group:
                    self.harvest.refuse_row(r.slot, r.raw, "flattened_text_table", r.row.where())
            return
        coded = _coded(rows)
        columns = self._list_columns(self._reach(rows[0]), rows, coded)
        with_values = [r for r in rows if r.row.values and not r.slot.group]
        beside = sum(_beside(r) for r in with_values) * 5 >= len(with_values) * 3
        lost = self._displaced(rows)
        after_blank = False
        for r in rows:
            stray = (beside and not _beside(r)) or (lost and (after_blank or not r.row.values))
            self._list_row(r, columns, coded, stray=stray)
            after_blank = not r.slot.group and not r.row.values

    def _displaced(self, rows: Sequence[Matched]) -> bool:
        """Whether figures stand on lines where none belong: then a row without one may have lost it to another."""
        own = {i for r in rows if not r.slot.group for i in range(r.candidate.first, r.candidate.last + 1)}
        for i in range(rows[0].candidate.first, rows[-1].candidate.last + 1):
            unit = self.units[i]
            if i in own or unit.barrier or isinstance(unit.row, Row):
                continue
            if unit.row.has_figures and any(v.line != unit.line for v in unit.row.values):
                return True
        return False

    def _list_columns(self, header: str, rows: Sequence[Matched], coded: bool) -> list[ColumnSpec]:
        """The value columns that the header names; the form's first where it names no more than one."""
        columns = rows[0].slot.block.columns
        if any(word in header[-60:] for word in ("上年", "去年", "同比", "上期")):
            return []
        named = [c for c in columns if key_of_column(c) in header]
        widest = max((len(r.row.values) - (coded and bool(r.slot.row.code)) for r in rows), default=0)
        if len(named) == len(columns):
            return named
        if widest > 1:
            return []
        return named if len(named) == 1 else [columns[0]]

    def _list_row(self, r: Matched, columns: Sequence[ColumnSpec], coded: bool, *, stray: bool) -> None:
        if r.slot.group:
            self._group(r)
            return
        values = list(r.row.values)
        reason: str | None = "ambiguous_row" if r.ambiguous else "value_apart" if stray else None
        if coded and r.slot.row.code and reason is None:
            if values and values[0].raw.strip() == r.slot.row.code:
                values = values[1:]
            else:
                reason = "code_differs"
        if reason is None:
            reason = self._list_problem(r, values, columns)
        if reason:
            self.harvest.refuse_row(r.slot, r.raw, reason, r.row.where())
            return
        unit = r.row.measure.raw.strip() if r.row.measure else None
        if not values:
            spec = self.harvest.spec(r.slot, columns[0])
            if spec is not None:
                self.harvest.put(spec, "", r.row.where(r.row.measure))
            return
        self._put(r, columns, values, unit)

    def _list_problem(self, r: Matched, values: Sequence[Token], columns: Sequence[ColumnSpec]) -> str | None:
        if not columns:
            return "columns_unknown"
        if r.row.spoiled:
            return "label_lost"
        if any(v.kind is TokenKind.GLUED for v in values):
            return "glued_number"
        if not values:
            return self._blank_problem(r, columns)
        if len(values) != len(columns):
            return "too_few_values" if len(values) < len(columns) else "too_many_values"
        if _glued(r):
            return "glued_number"
        if _may_be_numbering(r, values[-1]):
            return "number_may_be_numbering"
        return None

    def _blank_problem(self, r: Matched, columns: Sequence[ColumnSpec]) -> str | None:
        """Nothing after the unit is a blank, if the next label follows; a table cut off ends otherwise."""
        if r.row.measure is None or len(columns) != 1:
            return "no_values"
        if r.following is None:
            return None if r.slot.row is r.slot.block.rows[-1] else "cut_off"
        if _BARE_DIGITS.match(r.following.text):
            return "glued_number"
        return "glued_number" if _glued(r) else None


def key_of_column(column: ColumnSpec) -> str:
    """The key of a column's label."""
    return key_of(column.label).text


def _coded(rows: Sequence[Matched]) -> bool:
    """Whether the rows print their codes before the values."""
    coded = [r for r in rows if r.slot.row.code and r.row.values]
    same = sum(r.row.values[0].raw.strip() == r.slot.row.code for r in coded)
    return len(coded) >= 3 and same * 2 > len(coded) and any(len(r.row.values) > 1 for r in coded)


def _in_line(r: Matched) -> bool:
    """Whether all values stand on one line."""
    return len({v.line for v in r.row.values}) == 1


def _beside(r: Matched) -> bool:
    """Whether the value stands on the line of its label, or of its unit."""
    at = {v.line for v in r.row.values}
    return at <= {r.line, r.row.measure.line if r.row.measure else r.line}


def _same_line(r: Matched) -> bool:
    """Whether the next label stands in the same block as the end of this row."""
    end = r.row.values[-1] if r.row.values else r.row.measure
    return r.following is not None and end is not None and end.line == r.following.line


def _may_be_numbering(r: Matched, last: Token) -> bool:
    """Whether the last value may be the number of the label after it, its full stop lost."""
    following, slot = r.following, r.next_slot
    if following is None or slot is None or slot.number is None or not _same_line(r):
        return False
    return following.key.number is None and last.raw.strip() == str(slot.number)


def _glued(r: Matched) -> bool:
    """Whether the number before the next label has too many digits: 292. may be 29 and 2."""
    if r.following is None or not _same_line(r):
        return False
    digits = "".join(takewhile(str.isdigit, r.following.text.lstrip()))
    number = r.next_slot.number if r.next_slot else None
    return len(digits) >= 2 and digits != str(number)


def _sum_agrees(r: Matched, width: int) -> bool | None:
    """Whether the last value is the sum of the others; None where that cannot be said."""
    if r.slot.group or len(r.row.values) != width:
        return None
    values: list[Decimal] = []
    for token in r.row.values:
        number = parse_number(token.raw)
        if not number.is_blank and number.value is None:
            return None
        values.append(number.value or Decimal(0))
    return sum(values[:-1], Decimal(0)) == values[-1]


def _sums_agree(rows: Sequence[Matched], width: int, *, strict: bool) -> bool:
    """Whether the rows' totals hold: never used to change a value, only to trust a header that was lost or jumbled."""
    known = [(r, agrees) for r in rows if (agrees := _sum_agrees(r, width)) is not None]
    wrong = sum(not agrees for _, agrees in known)
    if strict:
        return wrong == 0 and (len(known) > 3 or any(_not_zero(r) for r, _ in known))
    return wrong * 2 <= len(known)


def _not_zero(r: Matched) -> bool:
    return any((parse_number(v.raw).value or 0) != 0 for v in r.row.values)
