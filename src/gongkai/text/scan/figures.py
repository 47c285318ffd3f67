"""Finds the figures of a whole area (全市, 我县) with their period, to be compared with those of other offices."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from gongkai.text.scan.page import page_text
from gongkai.text.scan.series import Indicator, Period, indicators, period_of, shown

MOST = 200
"""Figures of one text that are kept."""
_LONGEST = 100_000
_SENTENCE = 160
_WHOLE = re.compile(r"[全我](?:省|市|州|县|区|旗|镇|乡|街道)")
_PART_OF = re.compile(
    r"上年|去年|上月|上期|同期|同比|环比|比上|[增减]长?加?$|增长|下降|净增|计划|目标|预计|力争|预算数|年均|其中|占|本级|市直|城区|排名|第$"
)
"""In the clause of a figure: it is not the one of the area in the period."""
_ONE_BODY = re.compile(r"部门|本级|本部门|本单位|局|委员会|办公室|中心|医院|学校|学院|大学")
"""In a title: its tables are about one body."""
_OF_ONE_BODY = re.compile(r"(?:部门|单位|本级)[\u4e00-\u9fff]{0,6}[预决]算|三公")
"""In a title: all its figures are those of one body, whatever they are called."""
_CLAUSE_END = re.compile(r"[，,。；;\n（）()]")
_DIGITS = re.compile(r"[0-9][0-9,]*(?:\.(?P<decimals>[0-9]+))?")
_UNIT_END = re.compile("[\u4e00-\u9fff]$")
_LEAST_LABEL = 4
_BEFORE_LABEL = re.compile(rf"^(?:{_WHOLE.pattern})?(?:共有|拥有|现有|有)?")


@dataclass(frozen=True, slots=True)
class AreaFigure:
    """What an office says of its area: the indicator with its unit, the period, the value, and how exact it is."""

    label: str
    unit: str
    period: Period
    value: Decimal
    step: Decimal
    """The worth of its last decimal: 512.3万人 is exact to 1,000."""
    shown: str
    start: int
    end: int

    @property
    def key(self) -> str:
        """Equal for figures that should be equal."""
        when = self.period
        whole_year = when.month in (None, 12)
        part = "" if whole_year else f"{when.month}{'+' if when.summed_up else ''}"
        return f"{self.label}|{self.unit}|{when.year}|{part}"

    def differs(self, value: Decimal, step: Decimal) -> bool:
        """Whether another value of the same figure cannot be the same one rounded."""
        return abs(self.value - value) > (self.step + step) / 2


def area_figures(title: str, source: str, names: Collection[str] = ()) -> list[AreaFigure]:
    """The figures of a publication that speak of its whole area in a stated year.

    `names` are those of the area itself. Figures of other periods in the same sentence, of growth, of plans and of
    parts are left out, and the tables of a title that names one body; the budget of one body has none.
    """
    if _OF_ONE_BODY.search(title):
        return []
    own = re.compile("|".join([_WHOLE.pattern, *(re.escape(name) for name in names if len(name) > 1)]))
    if not own.search(title) and not own.search(source):
        return []
    text = page_text(source[:_LONGEST]) if "<" in source else source[:_LONGEST]
    when = period_of(f"{title}\n{text[:200]}")
    by_table = own.search(title) is not None and not _ONE_BODY.search(title)
    found: dict[str, AreaFigure] = {}
    for one in indicators(text).values():
        period = _period(text, one, own, when, by_table)
        if period is not None and period.year and len(one.label) >= _LEAST_LABEL:
            figure = _figure(text, one, period)
            found.setdefault(figure.key, figure)
    return list(found.values())[:MOST]


def _period(text: str, one: Indicator, own: re.Pattern[str], when: Period, by_table: bool) -> Period | None:
    """The period that a figure of the area speaks of; None for one that does not speak of the area."""
    line = text[text.rfind("\n", 0, one.start) + 1 : one.start]
    if "\t" in line:
        return when if by_table and not _PART_OF.search(one.label) else None
    sentence = re.split("[。；;]", line[-_SENTENCE:])[-1]
    clause = next(reversed([part for part in _CLAUSE_END.split(sentence) if part.strip()]), "")
    if not own.search(sentence) or _PART_OF.search(clause):
        return None
    stated = period_of(sentence)
    return stated if stated.year and (stated.month or stated.year != when.year) else when


def _figure(text: str, one: Indicator, period: Period) -> AreaFigure:
    said = text[one.start : one.end].strip()
    digits = _DIGITS.search(said)
    decimals = len(digits["decimals"] or "") if digits else 0
    number = Decimal(digits[0].replace(",", "")) if digits else one.value
    scale = one.value / number if number else Decimal(1)
    return AreaFigure(
        _core(one.label),
        one.unit,
        period,
        one.value,
        scale.scaleb(-decimals),
        said if _UNIT_END.search(said) else shown(one),
        one.start,
        one.end,
    )


def _core(label: str) -> str:
    """What is counted, without the name of the area before it."""
    return _BEFORE_LABEL.sub("", label).strip() or label
