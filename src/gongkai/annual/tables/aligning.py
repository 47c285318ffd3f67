"""Aligns the sequence of labels of a report with the sequence of rows of a form, and tells what is ambiguous.

The best chain of candidates that keeps both orders is found by dynamic programming from both ends, so that for each
candidate the score of the best chain through it is known. A label that a chain nearly as good would give to another
row is ambiguous, and stays unread.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from gongkai.annual.tables.matching import Candidate

MARGIN = 0.30
"""A second reading whose score comes so near is a reading that cannot be excluded."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """The candidates chosen, and those of them that a chain nearly as good would place elsewhere."""

    chosen: tuple[Candidate, ...]
    ambiguous: frozenset[int]
    """Slots of chosen candidates that are not certain."""
    score: float


Solution = tuple[tuple[int, ...], frozenset[int], float]
"""Which candidates are chosen, by their place in the list, which slots are ambiguous, and the score."""
_MOST_KEPT = 400
"""Longer lists of candidates are aligned each time anew."""


def align(found: Sequence[Candidate], slots: int) -> Alignment:
    """The best order-preserving assignment of labels to rows."""
    if not found:
        return Alignment((), frozenset(), 0.0)
    if len(found) > _MOST_KEPT:
        chosen_at, ambiguous, score = _solve(tuple(found), slots)
    else:
        # Counted from the first label, the candidates of a table are the same wherever it stands in a report.
        at = found[0].first
        alike = tuple([(a - at, b - at, slot, score, exact, v - at) for a, b, slot, score, exact, v in found])
        chosen_at, ambiguous, score = _kept_solution(alike, slots)
    return Alignment(tuple([found[i] for i in chosen_at]), ambiguous, score)


@lru_cache(maxsize=128)
def _kept_solution(alike: tuple[tuple[int, int, int, float, bool, int], ...], slots: int) -> Solution:
    """The solution for candidates given as bare tuples; kept, because most reports print a table alike."""
    return _solve(tuple([Candidate(*c) for c in alike]), slots)


def _solve(found: Sequence[Candidate], slots: int) -> Solution:
    forward, back = _forward(found, slots)
    backward = _backward(found, slots)
    total = max(forward)
    chosen_at: list[int] = []
    at: int = forward.index(total)
    while at >= 0:
        chosen_at.append(at)
        at = back[at]
    chosen_at.reverse()
    through = [f + b - c.score for f, b, c in zip(forward, backward, found, strict=True)]
    chosen = tuple(found[i] for i in chosen_at)
    return tuple(chosen_at), _ambiguous(found, chosen, through, total), total


def _forward(found: Sequence[Candidate], slots: int) -> tuple[list[float], list[int]]:
    """For each candidate the best chain that ends in it, and its predecessor (-1 where it begins)."""
    best = [0.0] * (slots + 1)
    by = [-1] * (slots + 1)
    score = [0.0] * len(found)
    back = [-1] * len(found)
    order = sorted(range(len(found)), key=lambda i: found[i].first)
    ends = sorted(range(len(found)), key=lambda i: found[i].last)
    done = 0
    for i in order:
        c = found[i]
        while done < len(ends) and found[ends[done]].last < c.first:
            j = ends[done]
            _raise(best, by, found[j].slot + 1, score[j], j)
            done += 1
        score[i] = c.score + best[c.slot]
        back[i] = by[c.slot]
    return score, back


def _backward(found: Sequence[Candidate], slots: int) -> list[float]:
    """For each candidate the best chain that begins with it."""
    mirrored = [Candidate(-c.last, -c.first, slots - 1 - c.slot, c.score, c.exact, c.valued) for c in found]
    return _forward(mirrored, slots)[0]


def _raise(best: list[float], by: list[int], slot: int, score: float, at: int) -> None:
    """Keep `best` the running maximum over slots below each index."""
    for s in range(slot, len(best)):
        if best[s] >= score:
            break
        best[s] = score
        by[s] = at


def _ambiguous(
    found: Sequence[Candidate], chosen: Sequence[Candidate], through: Sequence[float], total: float
) -> frozenset[int]:
    """Slots of chosen candidates whose label another chain, nearly as good, gives to another row."""
    near = [c for c, score in zip(found, through, strict=True) if score >= total - MARGIN]
    rivals: dict[int, set[int]] = defaultdict(set)
    holders: dict[int, list[Candidate]] = defaultdict(list)
    for c in near:
        rivals[c.valued].add(c.slot)
        holders[c.slot].append(c)
    return frozenset(
        c.slot
        for c in chosen
        if len(rivals[c.valued]) > 1 or any(o.last < c.first or o.first > c.last for o in holders[c.slot])
    )


def unordered(found: Sequence[Candidate]) -> Alignment:
    """The assignment where order is no evidence: each row to its best label; ties between labels are ambiguous."""
    by_slot: dict[int, list[Candidate]] = defaultdict(list)
    by_label: dict[int, list[Candidate]] = defaultdict(list)
    for c in found:
        by_slot[c.slot].append(c)
        by_label[c.valued].append(c)
    chosen: list[Candidate] = []
    ambiguous: set[int] = set()
    for slot, rivals in by_slot.items():
        best = max(rivals, key=lambda c: (c.score, -c.first))
        others = [c for c in by_label[best.valued] if c.slot != slot]
        if any(c.score > best.score for c in others):
            continue
        if any(c.score > best.score - MARGIN and not (best.exact and not c.exact) for c in others):
            ambiguous.add(slot)
        chosen.append(best)
    chosen.sort(key=lambda c: c.first)
    return Alignment(tuple(chosen), frozenset(ambiguous), sum(c.score for c in chosen))
