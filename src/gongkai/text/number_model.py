"""What a written number is once it has been read: absence, a dash and zero stay three different things."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

_IN_YUAN = {"元": Decimal(1), "万元": Decimal(10_000), "亿元": Decimal(100_000_000)}


class NumberKind(StrEnum):
    """What stands where a number is expected."""

    FIGURE = "figure"
    EMPTY = "empty"
    """Nothing, or only blanks."""
    DASH = "dash"
    """A dash or a stroke: the office says that there is nothing to count."""
    NONE_WORD = "none_word"
    """无, 无此项, 不涉及: the office says in words that there is nothing to count."""
    NOT_A_NUMBER = "not_a_number"
    """Anything else, also what could be read in two ways."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written. Only a FIGURE has a value; zero is a FIGURE."""

    raw: str
    kind: NumberKind
    value: Decimal | None = None
    """In `unit`: 2.5万元 is 2.5 with the unit 万元, 260万余条 is 2600000 with the unit 条, 88.3% is 88.3 in %."""
    approximate: bool = False
    """True where the writer says so: 余, 多, 约, 近, 超过, 左右, 以上 …"""
    unit: str | None = None
    note: str | None = None
    """What stood beside the figure, e.g. 其中修订16件."""

    @property
    def is_figure(self) -> bool:
        """Whether there is a value."""
        return self.kind is NumberKind.FIGURE

    @property
    def is_blank(self) -> bool:
        """Whether the office wrote that there is nothing: an empty cell, a dash, or a word for none. Never for zero."""
        return self.kind in (NumberKind.EMPTY, NumberKind.DASH, NumberKind.NONE_WORD)

    @property
    def yuan(self) -> Decimal | None:
        """The value in 元 where the unit is 元, 万元 or 亿元, else None."""
        factor = _IN_YUAN.get(self.unit or "")
        return None if factor is None or self.value is None else self.value * factor


@dataclass(frozen=True, slots=True)
class FoundNumber:
    """A number in prose and the characters that it takes: text[start:end] == number.raw."""

    start: int
    end: int
    number: Number
