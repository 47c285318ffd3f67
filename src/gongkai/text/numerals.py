"""Chinese numerals as figures: 三百二十, 一千二百, 二〇一五, 贰佰."""

from __future__ import annotations

from decimal import Decimal

DIGITS = {
    **{c: i for i, c in enumerate("零一二三四五六七八九")},
    **{c: i for i, c in enumerate("零壹贰叁肆伍陆柒捌玖")},
    "〇": 0,
    "○": 0,
    "两": 2,
    "兩": 2,
    "貳": 2,
    "參": 3,
    "陸": 6,
}
TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
MYRIADS = {"万": 10_000, "萬": 10_000, "亿": 100_000_000, "億": 100_000_000}

_LONGEST = 32
"""No figure of a report is longer; a longer run is a list or damage."""


def chinese_numeral(raw: str) -> Decimal | None:
    """The figure that a Chinese numeral means, None where it is not well formed.

    Both the counting form (三百二十) and the reading of single digits (二〇一五) are understood. A numeral whose last
    unit is left out (一百五 for 150) is understood as people say it.
    """
    if not raw or len(raw) > _LONGEST:
        return None
    if all(c in DIGITS for c in raw):
        return Decimal("".join(str(DIGITS[c]) for c in raw))
    total = 0
    section = ""
    last_unit = None
    for char in raw:
        unit = MYRIADS.get(char)
        if unit is None:
            section += char
            continue
        value = _section(section)
        if last_unit is not None and unit >= last_unit:
            if section:
                return None
            total *= unit  # 万亿
        elif value is None:
            return None
        else:
            total += value * unit
        last_unit, section = unit, ""
    if section:
        value = _section(section)
        if value is None:
            return None
        if last_unit is not None and len(section) == 1 and value:
            value *= last_unit // 10  # 三万五 is 35000
        total += value
    return Decimal(total)


def _section(raw: str) -> int | None:
    """A run below ten thousand: 三百二十, 十二, 一百零五, 一百五."""
    total = 0
    digit: int | None = None
    last_unit = 10_000
    zero = False
    for index, char in enumerate(raw):
        if char in DIGITS:
            if digit:
                return None
            digit = DIGITS[char]
            zero = zero or digit == 0
            continue
        unit = TENS.get(char)
        if unit is None or unit >= last_unit or (not digit and (unit != 10 or (index and not zero))):
            return None
        total += (digit or 1) * unit
        last_unit, digit, zero = unit, None, False
    if not raw:
        return None
    if digit:
        shortened = last_unit < 10_000 and not zero
        total += digit * (last_unit // 10 if shortened else 1)
    return total
