"""Separates the copies of a table that a report prints twice, so that one reading is never mixed from two."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence

from gongkai.annual.tables.matching import Candidate
from gongkai.annual.tables.slots import SlotIndex


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


def _unique(candidate: Candidate, index: SlotIndex) -> bool:
    """Whether no other row has the same label."""
    keys = index.slots[candidate.slot].keys
    return all(len(index.exact.get(key, ())) == 1 for key in keys)
