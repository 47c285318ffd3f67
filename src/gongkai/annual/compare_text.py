"""Two texts sentence by sentence: what stayed, what was changed, what is only in one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from rapidfuzz import fuzz

_SENTENCE = re.compile(r"[^。！？；\n]+[。！？；]?")
_CHANGED = 60.0
"""Sentences at least this alike (of 100) are one sentence changed; others are two."""


class ChangeKind(StrEnum):
    """What became of a sentence."""

    EQUAL = "equal"
    CHANGED = "changed"
    ONLY_A = "only_a"
    ONLY_B = "only_b"


@dataclass(frozen=True, slots=True)
class Change:
    """A run of sentences that are equal, or a sentence that differs."""

    kind: ChangeKind
    a: str
    b: str
    likeness: float = 1.0
    """How alike the two are, 0 to 1."""


def sentences(text: str) -> list[str]:
    """The sentences of a text, without blanks around them."""
    return [s for m in _SENTENCE.finditer(text) if (s := m[0].strip())]


def compare_texts(a: str, b: str) -> tuple[float, tuple[Change, ...]]:
    """The share of `b` that stands in `a` sentence for sentence, and all changes in reading order."""
    first, second = sentences(a), sentences(b)
    changes = tuple(_changes(first, second))
    same = sum(len(c.b) for c in changes if c.kind is ChangeKind.EQUAL)
    total = sum(len(s) for s in second)
    return (round(same / total, 4) if total else 0.0), changes


def _changes(first: Sequence[str], second: Sequence[str]) -> Iterator[Change]:
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            text = "".join(second[j1:j2])
            yield Change(ChangeKind.EQUAL, text, text)
        else:
            yield from _replaced(first[i1:i2], second[j1:j2])


def _replaced(first: Sequence[str], second: Sequence[str]) -> Iterator[Change]:
    """Pairs sentences that are much alike, in order; the rest stand alone."""
    left = list(first)
    for sentence in second:
        scores = [fuzz.ratio(other, sentence) for other in left]
        best = max(range(len(scores)), key=scores.__getitem__, default=None)
        if best is None or scores[best] < _CHANGED:
            yield Change(ChangeKind.ONLY_B, "", sentence, 0.0)
            continue
        for skipped in left[:best]:
            yield Change(ChangeKind.ONLY_A, skipped, "", 0.0)
        yield Change(ChangeKind.CHANGED, left[best], sentence, round(scores[best] / 100, 4))
        left = left[best + 1 :]
    for skipped in left:
        yield Change(ChangeKind.ONLY_A, skipped, "", 0.0)
