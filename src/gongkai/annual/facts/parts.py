"""Keeps track of which figure is stated to be part of which total."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from gongkai.annual.facts.kinds import KINDS
from gongkai.annual.model import Fact

_OPENS = re.compile(r"其中|包括|包含|(?<!包)含(?![义量])|具体[为是]|分为")
_CLOSES = re.compile(r"此外|另外|另有|另[，有]|除此|同时|全年|还(?!有)|年内")
_AS_PART = {
    "published.total": "published.category",
    "published.new": "published.category",
    "applications.received": "applications.category",
    "interpretations.published": "interpretations.category",
    "consultations.total": "consultations.other",
}
_RATES = ("%", "‰", "个百分点", "百分点")


class Parts:
    """The totals and parts of one passage, as they are told."""

    def __init__(self) -> None:
        self.last: int | None = None
        """The figure told last, None where the last figure was not understood."""
        self.used = 0
        """Where the noun ends that the figure before used up, in the sentence."""
        self.fresh = True
        """Whether the sentence does not go on with the one before."""
        self._run: list[int] = []
        self._parents: dict[int, int] = {}
        self._total: int | None = None
        self._enumerating = False
        self._aside = False
        """Whether the parts are told in brackets."""

    @property
    def enumerating(self) -> bool:
        """Whether a list of published information is being told."""
        return self._enumerating

    def begin(self, sentence: str) -> None:
        """A new sentence: it goes on with the one before only where it begins with 其中."""
        self.used = 0
        self.fresh = not sentence.startswith(("其中", "在", "按", "从", "含", "包括"))
        if self.fresh:
            self._run, self._total, self._enumerating, self._aside = [], None, False, False
            self.last = None

    def look(self, text: str, start: int, end: int) -> None:
        """Look at the words between two figures for those that open or close a list of parts."""
        between = text[start:end]
        opened = _OPENS.search(between)
        if self._aside and "）" in between:
            self._total, self._aside = None, False
        if opened or (start and between.startswith("：")):
            self._total = self._opened(between, opened.start() if opened else 0)
            self._aside = "（" in between[: opened.start() if opened else 0]
        elif _CLOSES.search(between):
            self._total, self._enumerating = None, False

    def _opened(self, between: str, at: int) -> int | None:
        """The figure whose parts are to be told: the last, or the one that an aside before was about."""
        if not self._run:
            return self._total
        last = self._run[-1]
        return self._parents.get(last, last) if "）" in between[:at] else last

    def lose(self) -> None:
        """The last figure was not understood."""
        self.last = None

    def told(self, index: int, parent: int | None) -> None:
        """A figure was told, part of another or of none."""
        if parent is not None:
            self._parents[index] = parent
        self._run.append(index)
        self.last = index

    def as_part(self, kind: str, unit: str | None, facts: Sequence[Fact]) -> str:
        """The kind of a figure, given that it may be part of a total of the same kind."""
        part = kind
        if self._total is not None:
            total = facts[self._total]
            same = KINDS[kind].family == KINDS[total.kind].family
            if kind == total.kind == "published.cumulative":
                part = "published.new"
            elif same and kind in _AS_PART and total.kind != "published.cumulative" and _countable(unit, total.unit):
                part = _AS_PART[kind]
        self._enumerating = KINDS[part].family == "published"
        return part

    def parent(self, kind: str, value: Decimal, unit: str | None, facts: Sequence[Fact]) -> int | None:
        """The total that the figure is part of, None where none is stated."""
        if unit in _RATES:
            return None
        if self._total is not None and self._total < len(facts):
            total = facts[self._total]
            nearer = self._nearest(kind, value, unit, facts, self._total)
            if nearer is not None:
                return nearer
            same = KINDS[kind].family == KINDS[total.kind].family and (kind != total.kind or value <= total.value)
            if (same or total.kind in KINDS[kind].part_of) and _countable(unit, total.unit):
                return self._total
            return None
        return self._nearest(kind, value, unit, facts, -1)

    def _nearest(self, kind: str, value: Decimal, unit: str | None, facts: Sequence[Fact], after: int) -> int | None:
        """The nearest figure of this sentence that is a total of this kind."""
        for index in reversed(self._run):
            total = facts[index]
            if index <= after:
                break
            if total.kind in KINDS[kind].part_of and _countable(unit, total.unit) and value <= total.value:
                return index
        return None


_MONEY = ("元", "万元", "亿元")


def _countable(unit: str | None, other: str | None) -> bool:
    """Whether figures with these units can be added: both count, or both are money of the same unit."""
    if unit in _MONEY or other in _MONEY or unit in _RATES or other in _RATES:
        return unit == other
    return True
