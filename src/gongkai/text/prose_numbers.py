"""Finds the figures that a sentence counts with, and passes over dates, articles, document numbers and set phrases."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from gongkai.text.cell_numbers import NARROW, looks_round, scaled, scaled_money
from gongkai.text.measure_words import ARABIC_ONLY, COUNTS, MONEY, RATES, unit_pattern
from gongkai.text.number_model import FoundNumber, Number, NumberKind
from gongkai.text.numerals import DIGITS, TENS, chinese_numeral

_CN = "零〇○一二两三四五六七八九十百千万亿"
_CN_UNITS = unit_pattern((*MONEY, *RATES, *COUNTS))
_UNITS = unit_pattern((*MONEY, *RATES, *COUNTS, *ARABIC_ONLY))
_ARABIC = r"(?:[0-9]{1,3}(?:,[0-9]{3})++(?:\.[0-9]++)?|[0-9]++(?:\.[0-9]++)?)(?![0-9])"
_TIME = "年|月|日(?!常|均)|号|时(?!刻)|点(?!击)|世纪|季度|学年|周年|届"

_A = r"[0-9]++"
_D = r"[0-9]++(?:\.[0-9]++)?"
_C = rf"[{_CN}]++"
_START = re.compile(rf"[第0-9{_CN}]")
_PASSED_OVER = re.compile(
    "|".join(
        (
            # 第九、十条, 第36条第1、2款
            rf"第\s?(?>(?:[（(]?(?:{_A}|{_C})[）)]?[、,，和至及到或\-—~～\s]?(?:第|条第|条|款第|款|项第|项)?)+)",
            # 9时30分, 9:30
            r"[0-9]{1,2}\s?[时点]\s?[0-9]{1,2}\s?分|[0-9]{1,2}[:：][0-9]{2}(?![0-9])",
            # 2015年, 1-3月
            rf"{_A}(?:\s?[-—–~～至到/、]\s?{_A}){{0,6}}+\s?(?:{_TIME})",
            # 0517-83600000, 3-5条, 3至5条
            rf"{_A}(?:[-—–~～]{{1,2}}{_A})++[万亿]?|{_D}\s?[至到]\s?{_D}[万亿]?",
            # 2020.12.31, 2020/12/31, 2015起, 4G
            rf"{_A}(?:\.{_A}){{2,}}|[0-9]{{1,4}}/[0-9/]++|(?:19|20)[0-9]{{2}}[起底初]|{_D}[A-Za-z]",
            # 三分之二, 三月, 九、十、十一
            rf"{_C}(?:分之(?![{_CN}0-9])|\s?(?:{_TIME}))|{_C}(?:[至到、—\-~]{_C})++",
        )
    )
)
_PERCENT = re.compile(rf"百分之(?:(?P<chinese>{_C})(?:点(?P<point>[零〇一二三四五六七八九]++))?|(?P<arabic>{_ARABIC}))")
_FIGURE = re.compile(
    rf"""
    (?P<arabic>{_ARABIC})
        (?:亿(?P<rest>[0-9]{{1,4}}(?:\.[0-9]++)?)(?=万))?
        \s?(?P<over>余|多(?!数|样|元|种|次|项|个|方|家)|来)?
        (?P<magnitude>[十百千]?[万亿]亿?|[十百千](?![一二三四五六七八九]))?(?P<over2>余|多)?
        \s?(?P<unit>{_UNITS})?(?P<after>\s?(?:左右|上下|以上|以下|以内))?
    | (?P<chinese>{_C})(?P<over3>余|多|来)?(?P<magnitude2>[万亿])?
        (?P<unit2>{_CN_UNITS})(?P<after2>左右|上下|以上|以下|以内)?
    """,
    re.VERBOSE,
)
_BEFORE = re.compile(r"(?:大约|约|接近|将近|近|不超过|超过|超|逾|不足|不到|至少|不少于|上|突破|达到?)\s?$")
_NOT_AFTER = frozenset("统唯单同逐每某几数新初高期其某另惟之专星拜进")
"""Before a Chinese numeral these make a word of it: 统一, 唯一, 逐一, 数十, 星期三."""
_COUNTED = re.compile(r"(?:共计|总计|合计|累计|共|数量?|总数|总量|分别)(?:为|是|达|有)?\s?[:：]?\s?$")
_NO_COUNT = re.compile(r"(?:邮编|邮政编码|电话|热线|传真|编号|号码|代码|文号|账号|QQ)\D{0,4}$")
_ENDS_BARE = "，。；、,;）)\n"
_FIGURE_GLUE = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._@#$&=")


def find_numbers(text: str) -> list[FoundNumber]:
    """Every figure of a text with its measure word, in order and without overlaps.

    A figure without a measure word counts only where it is approximate (260万余) or follows 共, 数 or 合计. Years,
    dates, times, ordinals, articles, ranges, document and telephone numbers do not count, nor do set phrases in
    quotation marks (“一门式”).
    """
    return list(_found(text, text.translate(NARROW) if _has_wide(text) else text))


_WIDE = re.compile("[０-９．％－／～（）\u3000\u00a0]|[0-9]，[0-9]{3}")


def _has_wide(text: str) -> bool:
    return _WIDE.search(text) is not None


def _found(raw: str, text: str) -> Iterator[FoundNumber]:
    position = 0
    for candidate in _START.finditer(text):
        start = candidate.start()
        if start < position or text[start - 1 : start + 2 : 2] == "\n\n":  # a cell alone in its line is no prose
            continue
        passed = _PASSED_OVER.match(text, start)
        if passed is not None:
            position = passed.end()
            continue
        found = _PERCENT.match(text, start) or _FIGURE.match(text, start)
        if found is None:
            position = _past(text, start)
            continue
        position = found.end()
        if (number := _number(raw, text, found)) is not None:
            yield number


_WORD = re.compile(rf"[0-9.]+|[{_CN}]+|第")


def _past(text: str, start: int) -> int:
    word = _WORD.match(text, start)
    return word.end() if word else start + 1


def _number(raw: str, text: str, found: re.Match[str]) -> FoundNumber | None:
    start = found.start()
    before = text[max(0, start - 8) : start]
    unit: str | None
    if found.re is _PERCENT:
        value, unit, approximate = _percent(found), "%", False
    elif found["arabic"]:
        if before[-1:] in _FIGURE_GLUE and before:
            return None
        value, unit, approximate = _arabic(found)
        if unit is None and not _counts_without_unit(text, found, before, approximate):
            return None
    else:
        if before and (before[-1] in _NOT_AFTER or before[-1] in '“‘「『"'):
            return None
        value, unit, approximate = _chinese(found, before)
    if value is None:
        return None
    prefix = _BEFORE.search(before)
    if prefix is not None and not (prefix[0][0] == "上" and found.groupdict().get("arabic")):
        exact = prefix[0].startswith("达") and not looks_round(value, unit)
        start, approximate = start - len(prefix[0]), approximate or not exact
    end = found.end()
    return FoundNumber(start, end, Number(raw[start:end], NumberKind.FIGURE, value, approximate, unit))


def _percent(found: re.Match[str]) -> Decimal | None:
    if found["arabic"]:
        return Decimal(found["arabic"].replace(",", ""))
    value = Decimal(100) if found["chinese"] == "百" else chinese_numeral(found["chinese"])
    if value is not None and found["point"]:
        value += Decimal("0." + "".join(str(DIGITS[c]) for c in found["point"]))
    return value


def _arabic(found: re.Match[str]) -> tuple[Decimal | None, str | None, bool]:
    digits = found["arabic"].replace(",", "")
    approximate = bool(found["over"] or found["over2"] or found["after"])
    if len(digits) > 15 or (len(digits) > 1 and digits[0] == "0" and digits[1] != "."):
        return None, None, approximate
    value = Decimal(digits)
    if found["rest"]:
        value = value * 10_000 + Decimal(found["rest"])
    return *scaled(value, found["magnitude"], found["unit"]), approximate


def _counts_without_unit(text: str, found: re.Match[str], before: str, approximate: bool) -> bool:
    following = text[found.end() : found.end() + 1]
    if found["magnitude"] or approximate:
        return following not in ("年", "月", "日", "个", "届") and not following.isdigit()
    if following and following not in _ENDS_BARE:
        return False
    return bool(_COUNTED.search(before)) and not _NO_COUNT.search(before)


def _chinese(found: re.Match[str], before: str) -> tuple[Decimal | None, str | None, bool]:
    digits, unit = found["chinese"], found["unit2"]
    approximate = bool(found["over3"] or found["after2"])
    if digits in "零〇○":
        return None, unit, approximate  # 零件, 零报告
    if digits[0] in TENS or digits[0] in "万亿":
        if digits[0] != "十" and (approximate or _BEFORE.search(before)):
            digits = "一" + digits
    elif len(digits) > 1 and all(c in DIGITS for c in digits):
        return None, unit, approximate  # 二三个 is a range, 一二〇件 too rare to trust
    value = chinese_numeral(digits)
    if value is None:
        return None, unit, approximate
    scaled_value, scaled_unit = scaled(value, found["magnitude2"], unit)
    if scaled_unit == "元":
        scaled_value, scaled_unit = scaled_money(scaled_value, scaled_unit)
    return scaled_value, scaled_unit, approximate
