"""The reporting year and the period, from a title and from the sentences that state them."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date

from gongkai.annual.model import Period

_CHINESE = "〇○零０OＯ一二三四五六七八九"
_DIGIT = dict(zip(_CHINESE, "000000123456789", strict=True))
_Y = rf"(?:(?:19|20)\d\d|[一二][{_CHINESE}]{{3}})"

_ACADEMIC = re.compile(rf"({_Y})\s*(?:[-—–~～－至/]|——)\s*({_Y}|\d\d)\s*(学年|年)")
_IN_TITLE = re.compile(rf"(?<!\d)({_Y})(?!\d)")
_PERIOD = re.compile(
    rf"({_Y})\s*年\s*(\d{{1,2}})\s*月\s*(\d{{1,2}})\s*日?\s*(?:起|开始)?\s*[，,]?\s*(?:[-—–~～－]{{1,2}}|至|到)\s*"
    rf"(?:({_Y})\s*年\s*)?(\d{{1,2}})\s*月\s*(\d{{1,2}})\s*日"
)
_STATISTICS = re.compile(r"统计|期限|时限|期间|时间|截止|起止|学年|数据")
_END_OF_YEAR = re.compile(rf"(?:截至|截止|至|到)\s*(?:到\s*)?({_Y})\s*年?\s*(?:底|末|12\s*月\s*31)")
_MENTION = re.compile(rf"(?<!\d)({_Y})\s*年(?!\s*[\d×xX]{{1,2}}\s*月|[以之]?来|[前后]|起)")
_OPENING = re.compile(rf"(?:^|[。；;，,：:\s])(?:在)?\s{{0,3}}({_Y})\s*年(?:度)?\s*[，,]?\s*(?![\d×]|[以之]来)")
_FUTURE = re.compile(r"将|下一步|今后|计划|打算|拟")

FIRST, LAST = 1990, 2100
_ENOUGH = 2.0


@dataclass(frozen=True, slots=True)
class YearInTitle:
    """The year that a title names; `academic` where it names an academic year."""

    year: int
    academic: bool = False


def number(text: str) -> int | None:
    """A year written in figures of either script, None where it is no plausible year."""
    figures = "".join(_DIGIT.get(c, c) for c in text)
    value = int(figures) if figures.isdecimal() and len(figures) == 4 else 0
    return value if FIRST <= value <= LAST else None


def in_title(title: str) -> YearInTitle | None:
    """The year in a title: 2016 for both 2016年度 and 2016-2017学年; None where there is none, or two different."""
    academic = _ACADEMIC.search(title)
    if academic is not None and (year := number(academic[1])) is not None:
        return YearInTitle(year, academic=academic[3] == "学年" or "学年" in title[academic.end() :][:3])
    years = {y for found in _IN_TITLE.findall(title) if (y := number(found)) is not None}
    return YearInTitle(years.pop()) if len(years) == 1 else None


def stated_period(text: str) -> Period | None:
    """The period that a sentence states for the figures (2011年1月1日起，至2011年12月31日止), even a wrong one."""
    for found in _PERIOD.finditer(text):
        start_year = number(found[1])
        end_year = number(found[4]) if found[4] else start_year
        if start_year is None or end_year is None:
            continue
        around = text[max(0, found.start() - 40) : found.end() + 6]
        if _STATISTICS.search(around) is None:
            continue
        try:
            start = date(start_year, int(found[2]), int(found[3]))
            end = date(end_year, int(found[5]), int(found[6]))
        except ValueError:
            continue
        if start < end and (end - start).days > 150:
            return Period(start, end)
    return None


def of_text(text: str) -> int | None:
    """The year that the text states or speaks of, None where neither is clear."""
    stated = stated_period(text)
    if stated is not None and (stated.start.year == stated.end.year or stated.start.month >= 7):
        return stated.start.year
    return by_majority(text)


def by_majority(text: str) -> int | None:
    """The year that the prose speaks of as its own, None where two are near each other."""
    votes: Counter[int] = Counter()
    weights: dict[int, float] = {}

    def vote(figures: str, weight: float) -> None:
        if (year := number(figures)) is not None:
            votes[year] += 1
            weights[year] = weights.get(year, 0.0) + weight

    for found in _ACADEMIC.finditer(text):
        if found[3] == "学年":
            vote(found[1], 3.0)
    for found in _END_OF_YEAR.finditer(text):
        vote(found[1], 2.0)
    for found in _OPENING.finditer(text):
        vote(found[1], 0.5 if _FUTURE.search(text, found.end(), found.end() + 24) else 1.5)
    for found in _MENTION.finditer(text):
        vote(found[1], 1.0)
    if not weights:
        return None
    (best, weight), *others = sorted(weights.items(), key=lambda item: -item[1])
    if weight < _ENOUGH or (others and others[0][1] * 1.5 > weight):
        return None
    return best
