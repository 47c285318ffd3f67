"""The figures of a sentence: those of `gongkai.text`, bare zeros (均为0) and the members of a list (12、34、56条)."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from gongkai.text.numbers import FoundNumber, Number, NumberKind, find_numbers

_ZERO = re.compile(r"(?:为|是|：|数|共|均)(?P<zero>零|0)(?:[件条份次起元例宗个])?(?=[，。；、）]|$)")
_ZERO_WORD = re.compile(r"(?<![0-9从归清为是])零(?=申请|投诉|举报|信访|复议|行政复议|诉讼|行政诉讼|泄密|失泄密)")
_BARE = re.compile(r"(?<![0-9.,])[0-9]{1,9}(?=[、和及与][0-9]{1,9}[^0-9年月日号时点.%])")
_TITLE = re.compile(r"《[^》]{1,80}》")
_BRACKETS = str.maketrans("", "", "（）()/")


class Figure(NamedTuple):
    """A figure and its span in the sentence."""

    start: int
    end: int
    found: FoundNumber


def figures_in(text: str) -> list[Figure]:
    """All figures of a sentence in order, none inside a title in 《》."""
    found = {n.start: Figure(n.start, n.end, n) for n in find_numbers(text)}
    if "零" in text or "0" in text:
        _zeros(text, found)
    if "分别" in text:
        _bare(text, found)
    if found and "《" in text:
        titles = [m.span() for m in _TITLE.finditer(text)]
        found = {s: f for s, f in found.items() if not any(a < s < b for a, b in titles)}
    return [found[start] for start in sorted(found)]


def whole(value: Decimal | None) -> Decimal:
    """The value without needless decimals: 1.2万 is 12000, not 12000.0."""
    value = value or Decimal(0)
    return value.quantize(Decimal(1)) if value == value.to_integral_value() and value < 10**20 else value


def plain_unit(unit: str | None) -> str | None:
    """A unit without brackets: 人（次） is 人次."""
    return unit.translate(_BRACKETS) if unit and len(unit) > 1 else unit


def _zeros(text: str, found: dict[int, Figure]) -> None:
    for match in _ZERO.finditer(text):
        start, end = match.span("zero")
        if not any(f.start <= start < f.end for f in found.values()):
            _put(text, start, end, Decimal(0), None, found)
    for match in _ZERO_WORD.finditer(text):
        if match.start() not in found:
            _put(text, match.start(), match.end(), Decimal(0), None, found)


def _bare(text: str, found: dict[int, Figure]) -> None:
    """Members of a list take the measure word of the list's last."""
    for match in reversed(list(_BARE.finditer(text, text.index("分别")))):
        start, end = match.span()
        following = next((f for f in sorted(found.values()) if f.start == end + 1), None)
        if following is not None and not any(f.start <= start < f.end for f in found.values()):
            _put(text, start, end, Decimal(match.group()), following.found.number.unit, found)


def _put(text: str, start: int, end: int, value: Decimal, unit: str | None, found: dict[int, Figure]) -> None:
    number = Number(text[start:end], NumberKind.FIGURE, value, unit=unit)
    found[start] = Figure(start, end, FoundNumber(start, end, number))
