"""Separates the copies of a table that a report prints twice, so that one reading is never mixed from two."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence

from gongkai.annual.model import Block, Paragraph
from gongkai.annual.tables.matching import Candidate
from gongkai.annual.tables.slots import SlotIndex
from gongkai.annual.tables.stream import Unit

_CAPTION = 50
_LAST_YEAR = re.compile(r"上一?年度?|去年")
_THIS_YEAR = re.compile(r"本年|今年|当年|结转")


def copies(found: Sequence[Candidate], index: SlotIndex) -> list[list[Candidate]]:
    """The candidates of each copy of the table, in reading order; all of them as one where there is one copy."""
    firm = sorted(
        {(c.first, c.slot) for c in found if c.exact and not index.slots[c.slot].foreign and _unique(c, index)}
    )
    counts = Counter(slot for _, slot in firm)
    repeated = sum(1 for n in counts.values() if n > 1)
    if repeated < max(2 if not index.ordered else 3, 0.3 * len(counts)):
        return [list(found)]
    cuts: list[int] = []
    seen: set[int] = set()
    for unit, slot in firm:
        if slot in seen:
            cuts.append(unit)
            seen = set()
        seen.add(slot)
    parts: list[list[Candidate]] = [[] for _ in range(len(cuts) + 1)]
    for c in found:
        part = bisect_right(cuts, c.first)
        if part == bisect_right(cuts, c.last):
            parts[part].append(c)
    return parts


def of_this_year(
    parts: list[list[Candidate]], units: Sequence[Unit], blocks: Sequence[Block], year: int | None
) -> list[list[Candidate]]:
    """The copies without those whose caption says that they are the year before's, if any others are left."""
    if len(parts) < 2:
        return parts
    texts = {b.index: b.text for b in blocks if isinstance(b, Paragraph)}
    kept = [p for p in parts if p and not _of_last_year(texts.get(units[p[0].first].block - 1, ""), year)]
    return kept or parts


def _of_last_year(caption: str, year: int | None) -> bool:
    """Whether a line above a table speaks of the year before and not of this one."""
    if len(caption) > _CAPTION or _THIS_YEAR.search(caption):
        return False
    if year is not None and str(year) in caption:
        return False
    return _LAST_YEAR.search(caption) is not None or (year is not None and str(year - 1) in caption)


def _unique(candidate: Candidate, index: SlotIndex) -> bool:
    """Whether no other row has the same label."""
    keys = index.slots[candidate.slot].keys
    return all(len(index.exact.get(key, ())) == 1 for key in keys)
