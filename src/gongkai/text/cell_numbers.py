"""Reads the number that stands alone in a cell, and says so where it is none or could be read in two ways."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from gongkai.text.measure_words import ALL_UNITS
from gongkai.text.number_model import Number, NumberKind
from gongkai.text.numerals import DIGITS, chinese_numeral

NARROW = {0xFF10 + i: str(i) for i in range(10)} | {
    ord(wide): narrow for wide, narrow in zip("，．％＋－﹣−／：～￥（）　\u00a0", ",.%+---/:~¥()  ", strict=True)
}
"""Full-width forms that stand in numbers, one character for one."""

_DASH = re.compile(r"[-—–―─‐‑/\\_~]+|[－／]+")
_NONE_WORDS = frozenset(
    (
        *(
            "无",
            "無",
            "没有",
            "暂无",
            "空",
            "n/a",
            "na",
            "nil",
            "null",
            "none",
            "无数据",
            "无内容",
            "不适用",
            "不涉及",
            "未涉及",
        ),
        *(
            "无涉及",
            "无此项",
            "无该项",
            "无此项内容",
            "无此项工作",
            "无此类",
            "无该类",
            "无此类情况",
            "无此情况",
            "未发生",
        ),
        *("没有发生", "未收到", "未产生"),
    )
)
_UNITS = "|".join(re.escape(u) for u in sorted(ALL_UNITS, key=len, reverse=True)).replace(r"\%", "%")
_MAGNITUDES = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}

_CELL = re.compile(
    rf"""\s*
    (?P<before>(?:大约|约计|约|将近|近|超过|超|逾|不足|不到|至少|不少于|高达|多达|达到|达|共计|共|合计|总计|累计|计|为){{0,2}})\s*
    (?P<money>¥|人民币)?\s*
    (?P<sign>[-+]|增加|新增|增|减少|减)?\s*
    (?:(?P<arabic>[0-9]{{1,3}}(?:,[0-9]{{3}})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?)
       (?:亿(?P<rest>[0-9]{{1,4}}(?:\.[0-9]+)?)(?=万))?
      |(?P<chinese>[零〇一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟]+))
    \s*(?P<over>余|多|来)?\s*(?P<magnitude>[十百千]?[万亿](?:亿)?|[十百千])?(?P<over2>余|多)?\s*
    (?P<unit>{_UNITS})?整?\s*
    (?P<after>左右|上下|以上|以下|以内|不等|余|多)?
    \s*(?P<note>\(.+\)|[,;]?\s*其中.+|[,;]?\s*含.+)?[。；;]?\s*
    """,
    re.VERBOSE | re.DOTALL,
)
_APPROXIMATE = re.compile("约|近|超|逾|不足|不到|至少|不少于")
_LONGEST_KEPT = 40
_LONGEST = 400
"""A cell with more text than this is prose."""


def parse_number(raw: str) -> Number:
    """The number in a cell: a figure with its unit and note, or which kind of nothing stands there. Never raises.

    What could be read in two ways (1 2, 12、15, 3-5, (3), 2020年, a lone 一 that may be a dash) is NOT_A_NUMBER.
    """
    if raw.isascii() and raw.isdigit() and (len(raw) == 1 or (raw[0] != "0" and len(raw) <= 10)):
        return Number(raw, NumberKind.FIGURE, Decimal(raw))
    return _parsed(raw) if len(raw) <= _LONGEST_KEPT else _parse(raw)


def _parse(raw: str) -> Number:
    text = raw[: _LONGEST + 1].translate(NARROW)
    bare = text.strip()
    if not bare:
        return Number(raw, NumberKind.EMPTY)
    if _DASH.fullmatch(bare.replace(" ", "")):
        return Number(raw, NumberKind.DASH)
    if bare.strip("()。.；; ").replace(" ", "").lower() in _NONE_WORDS:
        return Number(raw, NumberKind.NONE_WORD)
    found = _CELL.fullmatch(text) if len(text) <= _LONGEST else None
    return (_figure(raw, found) if found else None) or Number(raw, NumberKind.NOT_A_NUMBER)


_parsed = lru_cache(maxsize=4096)(_parse)
"""The same few cells come again and again."""


def _figure(raw: str, found: re.Match[str]) -> Number | None:
    """The figure that the groups make, None where they do not make one for certain."""
    approximate = any(found[g] for g in ("over", "over2", "after")) or bool(_APPROXIMATE.search(found["before"]))
    value = _arabic(found) if found["arabic"] else _chinese(found["chinese"], approximate, found["unit"])
    if value is None:
        return None
    unit, note = found["unit"], _note(raw[slice(*found.span("note"))])
    if note is not None and (note.isdigit() or not note):
        return None
    if note in ALL_UNITS and unit is None:
        unit, note = note, None
    value, unit = scaled(value, found["magnitude"], unit or ("元" if found["money"] else None))
    if unit is not None and unit.endswith("元") and found["chinese"]:
        value, unit = scaled_money(value, unit)
    if value and found["sign"] and found["sign"][0] in "-减":
        value = -value
    if "达" in found["before"] and looks_round(value, unit):
        approximate = True
    return Number(raw, NumberKind.FIGURE, value, approximate, unit, note)


def _arabic(found: re.Match[str]) -> Decimal | None:
    digits = found["arabic"].replace(",", "")
    if len(digits) > 1 and digits[0] == "0" and digits[1] != ".":
        return None  # 00 is two cells run together, 0517 a telephone
    if len(digits) > 15 or (len(digits) == 11 and digits.isdigit() and not found["unit"]):
        return None  # identity or mobile number
    value = Decimal(digits)
    return value * 10_000 + Decimal(found["rest"]) if found["rest"] else value


def _chinese(raw: str, approximate: bool, unit: str | None) -> Decimal | None:
    """A lone 一 or 一一 may be a dash; 二〇一五 is a year: neither is a figure without a measure word."""
    if all(c in DIGITS for c in raw) and (len(raw) > 1 or (raw == "一" and unit is None)):
        return None
    if approximate and raw[0] in "百千万":
        raw = "一" + raw
    return chinese_numeral(raw)


def scaled(value: Decimal, magnitude: str | None, unit: str | None) -> tuple[Decimal, str | None]:
    """Apply 十 … 亿; before 元 the last 万 or 亿 stays in the unit, as it is printed."""
    for char in magnitude or "":
        if char in "万亿" and unit == "元" and char == (magnitude or "")[-1]:
            return value, char + unit
        value *= _MAGNITUDES[char]
    return value, unit


def scaled_money(value: Decimal, unit: str) -> tuple[Decimal, str]:
    """三百万元 is 300 with the unit 万元, as 300万元 is."""
    if unit == "元":
        for factor, larger in ((100_000_000, "亿元"), (10_000, "万元")):
            if value and value % factor == 0:
                return value / factor, larger
    return value, unit


def looks_round(value: Decimal, unit: str | None) -> bool:
    """Whether 达 before it makes it approximate: 达3000条 is, 达924条 and 达100% are not."""
    return unit != "%" and value >= 100 and value % 10 == 0


def _note(raw: str) -> str | None:
    note = raw.lstrip(",;，； \u3000")
    return (note[1:-1] if note[:1] in ("(", "（") else note).strip() if raw else None
