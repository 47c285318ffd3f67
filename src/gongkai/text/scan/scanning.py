"""Scans a text: every detector in turn, overlaps settled, every hit with its words, its level and a masked excerpt."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date

from gongkai.text.scan.addresses import addresses
from gongkai.text.scan.columns import Column, personal_columns
from gongkai.text.scan.content import content
from gongkai.text.scan.identifiers import identifiers, owner_of
from gongkai.text.scan.levels import Policy, merge
from gongkai.text.scan.masking import masked_at
from gongkai.text.scan.model import Hit, Level, make_hit
from gongkai.text.scan.people import people
from gongkai.text.scan.rules import RULES
from gongkai.text.scan.secrecy import secrecy
from gongkai.text.scan.tables import PlacedTable, text_tables, uneven_sums
from gongkai.text.scan.view import Found, View

_NUMBERS = ("idcard18", "bankcard", "uscc", "mobile", "idcard15", "bankacct", "passport", "landline", "plate")
"""Of two that take the same characters, the one that stands earlier here holds."""
_OWNED = frozenset((*_NUMBERS, "address")) - {"uscc", "plate"}


def scan_text(
    text: str,
    *,
    where: str = "body",
    levels: Policy | None = None,
    on: date | None = None,
    own_places: Collection[str] = (),
) -> tuple[Hit, ...]:
    """Everything in a text that must not be released or was left in by mistake, in the order of the text.

    `where` names the part of the item (title, body, a file); `levels` is the office's policy. Dates and ages are only
    judged where `on`, the day of release, is given; names of other places only where `own_places` are. Lines with tabs
    are read as tables.
    """
    return scan_words(text, text_tables(text), where=where, levels=levels, on=on, own_places=own_places)


def scan_words(
    text: str,
    tables: Iterable[PlacedTable],
    *,
    where: str,
    levels: Policy | None,
    on: date | None,
    own_places: Collection[str],
) -> tuple[Hit, ...]:
    """Like `scan_text`, for a text whose tables are known already."""
    if not text or text.isspace():
        return ()
    view = View(text)
    known = list(tables)
    columns = list(personal_columns(text, known))
    found = _settled((*_everything(view, on, own_places, columns), *_uneven(known)))
    if not found:
        return ()
    found = sorted({*found, *_owners(view, found)}, key=lambda one: (one.start, one.end, one.rule))
    policy = merge(levels)
    told = [(one.rule, one.start, one.end) for one in found]
    masked = masked_at(text, [*told, *((c.masked_as, *place) for c in columns for place in c.bare)])
    return tuple(
        make_hit(
            RULES[one.rule],
            text,
            one.start,
            one.end,
            where=where,
            level=policy.get(one.rule, one.level),
            masked_text=masked,
            detail=one.detail,
            detail_en=one.detail_en,
        )
        for one in found
        if policy.get(one.rule) is not Level.OFF
    )


def _everything(view: View, on: date | None, own_places: Collection[str], columns: Sequence[Column]) -> Iterator[Found]:
    yield from identifiers(view, on)
    yield from addresses(view)
    yield from people(view, columns)
    yield from secrecy(view)
    yield from content(view, on, own_places)


def _uneven(tables: Iterable[PlacedTable]) -> Iterator[Found]:
    for table in tables:
        for row, column, stated, summed in uneven_sums(table.cells):
            said, said_en = f"写的是{stated}，各项之和为{summed}", f"{stated} stands there, the sum is {summed}"
            yield Found("uneven_sum", *table.places[row][column], None, said, said_en)


def _settled(found: Iterable[Found]) -> list[Found]:
    """Without the weaker of two numbers that overlap, and without the same rule twice over the same characters."""
    rank = {rule: place for place, rule in enumerate(_NUMBERS)}
    kept: list[Found] = []
    numbers: list[tuple[int, int]] = []
    last_of_rule: dict[str, int] = {}
    for one in sorted(found, key=lambda one: (rank.get(one.rule, len(rank)), one.start, -one.end)):
        if one.rule in rank:
            at = bisect_left(numbers, (one.start, one.end))
            if any(one.start < end and start < one.end for start, end in numbers[max(0, at - 1) : at + 1]):
                continue
            numbers.insert(at, (one.start, one.end))
        elif one.start < last_of_rule.get(one.rule, 0):
            continue
        last_of_rule[one.rule] = one.end
        kept.append(one)
    return kept


def _owners(view: View, found: Iterable[Found]) -> Iterator[Found]:
    """The names that stand beside personal data, so that they can be masked with it."""
    for one in found:
        if one.rule in _OWNED:
            name = owner_of(view, one.start) or (view.name_near(one.start, one.end) if one.rule == "address" else None)
            if name is not None:
                yield Found("name", name.start, name.end)
        elif one.rule in ("health", "household"):
            name = view.name_near(one.start, one.end)
            if name is not None:
                yield Found("name", name.start, name.end)
