"""The automatic numbers of lists and headings in a Word file, restored as the reader of the page sees them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from lxml import etree

from gongkai.annual.extract.word.parts import W, value

_PLACE = re.compile(r"%([1-9])")
_DIGITS = "〇一二三四五六七八九"
_FORMAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_COUNTING = frozenset(
    (
        "chineseCounting",
        "chineseCountingThousand",
        "taiwaneseCounting",
        "taiwaneseCountingThousand",
        "japaneseCounting",
        "koreanCounting",
    )
)


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is numbered."""

    start: int = 1
    format: str = "decimal"
    text: str = ""


class Numbering:
    """The lists of a file with their running counters."""

    def __init__(self, root: etree._Element | None) -> None:
        self._levels: dict[str, dict[int, Level]] = {}
        self._abstract: dict[str, str] = {}
        self._overrides: dict[str, dict[int, int]] = {}
        self._counters: dict[str, list[int | None]] = {}
        if root is not None:
            self._read(root)

    def _read(self, root: etree._Element) -> None:
        abstracts = {
            str(e.get(W + "abstractNumId")): {_index(lvl): _level(lvl) for lvl in e.iterfind(W + "lvl")}
            for e in root.iterfind(W + "abstractNum")
        }
        for num in root.iterfind(W + "num"):
            id, abstract = str(num.get(W + "numId")), value(num, "abstractNumId") or ""
            levels = dict(abstracts.get(abstract, {}))
            for override in num.iterfind(W + "lvlOverride"):
                own = override.find(W + "lvl")
                if own is not None:
                    levels[_index(override)] = _level(own)
                start = value(override, "startOverride")
                if start and start.isdigit():
                    self._overrides.setdefault(id, {})[_index(override)] = int(start)
            self._levels[id], self._abstract[id] = levels, abstract

    def next(self, id: str, level: int) -> str:
        """The number of the next paragraph of list `id` on `level`, e.g. 一、 or （二）; "" for a bullet."""
        levels = self._levels.get(id)
        if not levels or level not in levels or not 0 <= level <= 8:
            return ""
        counters = self._counters.setdefault(self._abstract[id], [None] * 9)
        for at, start in self._overrides.pop(id, {}).items():
            if 0 <= at <= 8:
                counters[at] = None
                levels[at] = replace(levels.get(at, Level()), start=start)
        own = counters[level]
        counters[level] = levels[level].start if own is None else own + 1
        counters[level + 1 :] = [None] * (8 - level)
        if levels[level].format == "bullet":
            return ""

        def number(match: re.Match[str]) -> str:
            at = int(match.group(1)) - 1
            spec = levels.get(at, Level())
            count = counters[at]
            return numeral(spec.start if count is None else count, spec.format)

        return _PLACE.sub(number, levels[level].text)


def numeral(number: int, format: str) -> str:
    """A counter's value in one of Word's number formats; decimal where the format is not known."""
    if format == "none":
        return ""
    if format in _COUNTING:
        return counting(number)
    if format in ("ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital"):
        return "".join(_DIGITS[int(d)] for d in str(number))
    if format == "chineseLegalSimplified":
        return counting(number, _FORMAL, "拾佰仟")
    for cycle, name in ((_STEMS, "ideographTraditional"), (_BRANCHES, "ideographZodiac")):
        if format == name and number > 0:
            return cycle[(number - 1) % len(cycle)]
    if format.endswith("Roman") and 0 < number < 400:
        return _cased(_roman(number), format)
    if format.endswith("Letter") and number > 0:
        return _cased(chr(65 + (number - 1) % 26) * ((number - 1) // 26 % 9 + 1), format)
    if format.startswith("decimalEnclosed") and 1 <= number <= 20:
        first = {"decimalEnclosedParen": 0x2474, "decimalEnclosedFullstop": 0x2488}.get(format, 0x2460)
        return chr(first + number - 1)
    return str(number)


def counting(number: int, digits: str = _DIGITS, units: str = "十百千") -> str:
    """A number from 0 to 9999 as Chinese counts: 十, 十一, 二十, 一百零三; decimal beyond."""
    if not 0 <= number <= 9999:
        return str(number)
    if number < 10:
        return digits[number]
    written, gap = "", False
    for place in range(len(str(number)) - 1, -1, -1):
        digit = number // 10**place % 10
        if digit:
            written += ("零" if gap else "") + digits[digit] + (units[place - 1] if place else "")
        gap = not digit
    return written[1:] if 10 <= number < 20 and units[0] == "十" else written


def _roman(number: int) -> str:
    written = ""
    for size, letters in _ROMAN:
        written += letters * (number // size)
        number %= size
    return written


def _cased(text: str, format: str) -> str:
    return text.lower() if format.startswith("lower") else text


def _index(element: etree._Element) -> int:
    text = str(element.get(W + "ilvl", "0"))
    return int(text) if text.isdigit() else 0


def _level(element: etree._Element) -> Level:
    start = value(element, "start") or "1"
    return Level(
        int(start) if start.isdigit() else 1, value(element, "numFmt") or "decimal", value(element, "lvlText") or ""
    )
