"""Tells which blocks, or which characters of a paragraph, the flattened tables of a report take."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from gongkai.annual.model import Block, Paragraph
from gongkai.annual.tables.flat import Matched
from gongkai.annual.tables.stream import Stream, TextRow, Unit
from gongkai.annual.tables.vocabulary import header_words
from gongkai.text.labels import plain

_FAR = 12
"""So many labels in a row that fit no row of the form end a flattened table."""


def clusters(units: Sequence[Unit], matched: Sequence[Matched]) -> list[list[Matched]]:
    """The matched rows of each piece of a flattened table; headings of prose that only look like rows are left out."""
    pieces: list[list[Matched]] = []
    last = -1
    for m in matched:
        near = pieces and m.candidate.first - last <= _FAR and not _barred(units, last, m.candidate.first)
        if not near:
            pieces.append([])
        pieces[-1].append(m)
        last = m.candidate.last
    return [p for p in pieces if any(m.row.values or m.row.measure for m in p if not m.slot.group)]


def flat_extent(
    units: Sequence[Unit], pieces: Sequence[Sequence[Matched]], header: int | None
) -> list[tuple[int, int]]:
    """The spans of units, first and last, that the pieces of a flattened table take, its header included."""
    spans = [(p[0].candidate.first, p[-1].candidate.last) for p in pieces]
    if spans and header is not None and spans[0][0] > header:
        spans[0] = (header_begin(units, header, spans[0][0]), spans[0][1])
    return spans


def _barred(units: Sequence[Unit], a: int, b: int) -> bool:
    return any(units[i].barrier for i in range(a + 1, b))


def header_begin(units: Sequence[Unit], start: int, first: int) -> int:
    """Where the header begins: backwards from the first row, over lines that are words of a header or pieces of one."""
    at = first
    while at > start and _of_header(units[at - 1]):
        at -= 1
    return at


def _of_header(unit: Unit) -> bool:
    """Whether a line is made of the words of a header, or is a piece of one; a numbered heading is not."""
    text = plain(unit.text)
    if not text or "勾稽关系" in text or "第一项加第二项" in text:
        return True
    if unit.key.number is not None or len(text) > 120:
        return False
    rest = text
    for word in _longest_first():
        if word in rest:
            rest = rest.replace(word, "")
    if len(rest) * 3 <= len(text) or _ITEM.fullmatch(rest):
        return True
    return len(text) >= 2 and any(text in word for word in _longest_first())


_ITEM = re.compile("第二十条第[一二三四五六七八九十]项")


@cache
def _longest_first() -> tuple[str, ...]:
    return tuple(sorted(header_words(), key=len, reverse=True))


def spans_of(
    blocks: Sequence[Block], stream: Stream, used: Sequence[tuple[int, int]]
) -> tuple[frozenset[int], dict[int, tuple[int, int]]]:
    """Blocks that are wholly table, and the characters that tables take of blocks which are so only in part."""
    taken: dict[int, list[int]] = {}
    for first, last in used:
        for unit in stream.units[first : last + 1]:
            if isinstance(unit.row, TextRow) and not unit.barrier:
                _take(taken, unit.row)
    whole: set[int] = set()
    parts: dict[int, tuple[int, int]] = {}
    for block in blocks:
        at = taken.get(block.index)
        if at is None or not isinstance(block, Paragraph):
            continue
        start, end = min(at), max(at)
        if block.text[:start].strip() or block.text[end:].strip():
            parts[block.index] = (start, end)
        else:
            whole.add(block.index)
    return frozenset(whole), parts


def _take(taken: dict[int, list[int]], row: TextRow) -> None:
    taken.setdefault(row.block, []).extend((row.start, row.end))
    for token in (*row.values, *((row.measure,) if row.measure else ())):
        taken.setdefault(token.block, []).extend((token.start, token.end))
