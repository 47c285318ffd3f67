"""Finds, for each label of a report, the rows of the form that it may be, and how well it fits each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from rapidfuzz import fuzz, process

from gongkai.annual.tables.keys import Key, key_of
from gongkai.annual.tables.lattice import Row
from gongkai.annual.tables.slots import SlotIndex
from gongkai.annual.tables.stream import Run, Stream, Unit

_EXACT = 0.30
"""What an exact label is worth beyond a likeness of 1: more than any number, because offices renumber."""
_NUMBER = 0.10
"""What the right number adds, and the wrong one takes."""
_STEEP = 1.5
"""How fast the score of a damaged label falls with its likeness."""
_VALUED = 0.05
"""What makes a label with values beside it be preferred to the same label without."""
_LIKE = 0.75
_LIKE_NUMBERED = 0.60
_JOINED = 4
"""A label is split over at most so many cells or lines."""
_NUMERALS = "一二三四五六七八九十0123456789"
_REMEMBERED = 20_000
_RUNS_REMEMBERED = 32
_LONGEST_RUN = 400


class Candidate(NamedTuple):
    """The labels first to last, taken together, may be this row."""

    first: int
    last: int
    slot: int
    score: float
    exact: bool
    valued: int
    """Index of the label beside which the values stand."""


def candidates(stream: Stream, index: SlotIndex) -> list[Candidate]:
    """All rows that each label, alone or joined with those after it, may be."""
    found: list[Candidate] = []
    at = 0
    for run in stream.runs:
        found.extend(_candidates(stream.units, at, run.first, index))
        found.extend(_of_run(stream.units, run, index))
        at = run.end
    found.extend(_candidates(stream.units, at, len(stream.units), index))
    return found


def _of_run(units: Sequence[Unit], run: Run, index: SlotIndex) -> list[Candidate]:
    """The candidates of labels in grids: only what stands in the run itself tells them."""
    known = index.runs.get(run.drawn)
    if known is None:
        found = _candidates(units, run.first, run.end, index)
        if len(index.runs) >= _RUNS_REMEMBERED:
            index.runs.clear()
        if len(run.drawn) <= _LONGEST_RUN:
            index.runs[run.drawn] = tuple(_moved(found, -run.first))
        return found
    return _moved(known, run.first)


def _moved(found: Iterable[Candidate], by: int) -> list[Candidate]:
    return [Candidate(a + by, b + by, slot, score, exact, v + by) for a, b, slot, score, exact, v in found]


def _candidates(units: Sequence[Unit], begin: int, end: int, index: SlotIndex) -> list[Candidate]:
    """The candidates whose first label is one of these."""
    found: list[Candidate] = []
    for i in range(begin, end):
        unit = units[i]
        key = unit.key
        if unit.barrier or not (key.text or key.number):
            continue
        if not any(following.valued for following in units[i : i + _JOINED]):
            if key.text in index.exact:
                for slot, score, exact in fits(key, index, fuzzy=False):
                    found.append(Candidate(i, i, slot, score, exact, i))
            continue
        for last, holder, joined in _joined(units, i, index):
            valued = units[holder].valued
            more = _VALUED if valued else 0.0
            for slot, score, exact in fits(joined, index, fuzzy=valued):
                found.append(Candidate(i, last, slot, score + more, exact, holder))
    return found


def _joined(units: Sequence[Unit], first: int, index: SlotIndex) -> Iterator[tuple[int, int, Key]]:
    """The label alone, then joined with the next one, two, three, as long as only one of them has values."""
    unit = units[first]
    yield first, first, unit.key
    if unit.key.text in index.exact and len(unit.key.text) > 3 and unit.row.has_figures and not _open(unit.text):
        return
    text, valued = unit.text, first
    for last in range(first + 1, min(first + _JOINED, len(units))):
        following = units[last]
        if following.barrier or isinstance(following.row, Row) != isinstance(unit.row, Row):
            return
        if following.key.number is not None and unit.key.text:
            return  # a new number begins a new label
        if following.key.text in index.exact and len(following.key.text) > 3 and unit.key.text:
            return
        chosen = _holder(units, valued, last)
        if chosen is None:
            return
        valued = chosen
        text += following.text
        if len(text) > 160:
            return
        yield last, valued, key_of(text)


def _open(text: str) -> bool:
    """Whether a bracket is left open: the note goes on in the next line."""
    return sum(text.count(c) for c in "（(") > sum(text.count(c) for c in "）)")


def _holder(units: Sequence[Unit], valued: int, last: int) -> int | None:
    """Which of two joined labels has the values; None where both have."""
    a, b = units[valued].row, units[last].row
    if a is b:
        return valued
    if isinstance(a, Row) and isinstance(b, Row):
        if a.lattice is b.lattice and b.index - a.index > 2:
            return None
        if a.has_figures and b.has_figures:
            return None
        return valued if a.has_figures else last
    if units[valued].valued and units[last].valued:
        return None
    return valued if units[valued].valued else last


def fits(key: Key, index: SlotIndex, *, fuzzy: bool) -> list[tuple[int, float, bool]]:
    """The rows that a key may be: (slot, score, whether exactly)."""
    if not key.text:
        return []
    out = []
    exact = index.exact.get(key.text, ())
    for slot in exact:
        score = 1.0 + _EXACT + _numbers(key, index, slot) - (0.3 if len(key.text) < 3 else 0.0)
        out.append((slot, score, True))
    if not fuzzy or len(key.text) < 2:
        return out
    for slot, ratio in _alike(key.text, index):
        if slot in exact or _two_labels(key.text, index, slot):
            continue
        numbers = _numbers(key, index, slot)
        like = max(ratio, _lost(key, ratio))
        if like < _LIKE and not (like >= _LIKE_NUMBERED and numbers > 0):
            continue
        out.append((slot, 1.0 - _STEEP * (1.0 - like) + numbers, False))
    return out


def _two_labels(text: str, index: SlotIndex, slot: int) -> bool:
    """Whether the text is this row's label and another row's run together."""
    for key in index.slots[slot].keys:
        if len(text) <= len(key):
            continue
        if text.startswith(key) and text[len(key) :].removeprefix("其中").lstrip(_NUMERALS) in index.exact:
            return True
        if text.endswith(key) and text[: -len(key)].rstrip(_NUMERALS).removesuffix("其中") in index.exact:
            return True
    return False


def _numbers(key: Key, index: SlotIndex, slot: int) -> float:
    number = index.slots[slot].number
    if key.number is None or number is None:
        return 0.0
    return _NUMBER if key.number == number else -_NUMBER


def _lost(key: Key, ratio: float) -> float:
    """Likeness where characters are known to be lost: those do not count against it."""
    if not key.lost or len(key.text) < 3:
        return 0.0
    size = len(key.text)
    return min(0.95, ratio * (2 * size + key.lost) / (2 * size))


def _alike(text: str, index: SlotIndex) -> tuple[tuple[int, float], ...]:
    """Rows whose label is like the text, or begins as it does: (slot, ratio)."""
    known = index.fuzzy.get(text)
    if known is not None:
        return known
    best: dict[int, float] = {}
    for choice, score, i in process.extract(text, index.choices, scorer=fuzz.ratio, score_cutoff=40, limit=None):
        ratio = score / 100
        if len(text) >= 4 and ratio < _LIKE and (choice.startswith(text) or _shortened(text, choice)):
            ratio = _LIKE
        if ratio >= _LIKE_NUMBERED - 0.15 and len(text) <= 1.5 * len(choice) + 2:
            owner = index.owners[i]
            best[owner] = max(best.get(owner, 0.0), ratio)
    if len(index.fuzzy) > _REMEMBERED:
        index.fuzzy.clear()
    index.fuzzy[text] = result = tuple(best.items())
    return result


def _shortened(text: str, full: str) -> bool:
    """Whether the text is the full label with words left out: at least half of it, in its order."""
    if len(text) * 2 < len(full) or len(text) > len(full):
        return False
    rest = iter(full)
    return all(c in rest for c in text)
