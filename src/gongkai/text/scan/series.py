"""Compares the figures of a publication with those of earlier publications of the same series."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from gongkai.text.numbers import Number, find_numbers, parse_number
from gongkai.text.scan.model import Hit, make_hit
from gongkai.text.scan.page import page_text
from gongkai.text.scan.rules import RULES

_MARKUP = re.compile(r"<(?:p|div|table|tr|td|h[1-6]|br|span|ul|li)\b[^<>]{0,500}>", re.IGNORECASE)
_CLAUSE = re.compile(r"[，。；：,;:\n\t（）()、]")
_TIME_WORDS = re.compile(
    r"(?:[0-9]{4}年(?:度)?)?(?:[0-9]{1,2}(?:[-—–~至到][0-9]{1,2})?月(?:份)?(?:[0-9]{1,2}日)?)?(?:底|末)?"
    r"|全年|本年度?|今年|上半年|下半年|[一二三四前]{1,2}季度|本月|当月|截至|截止|期末"
)
_FILLING = re.compile(
    r"^(?:其中|另有|我[市县区局镇委]|全[市县区]|本机关|共计|总计|合计|累计|共|新增|分别|已|全年|了)+|(?:共计|总计|合计|累计|共|达到?|为|是|有|完成|约|近|超过?|了)+$"
)
_SUMMED_UP = re.compile(r"累计|截至|截止|1[-—–~至到]1?[0-9]月|上半年|前三季度|全年")
_CHINESE = re.compile(r"[\u4e00-\u9fffA-Za-z]")
_UNIT = re.compile(r"[（(](?:单位[:：]\s?)?(?P<unit>亿元|万元|元|[\u4e00-\u9fff]{1,3})[)）]")
_UNIT_LINE = re.compile(r"单位[:：]\s?(?P<unit>亿元|万元|元|[\u4e00-\u9fff]{1,3})")
_PERIODS: tuple[tuple[re.Pattern[str], int | None, bool], ...] = (
    (re.compile(r"1[-—–~至到](?P<month>1?[0-9])月"), None, True),
    (re.compile("前三季度"), 9, True),
    (re.compile("上半年"), 6, True),
    (re.compile("(?:第?一|首)季度"), 3, True),
    (re.compile(r"(?<![0-9])(?P<month>1?[0-9])月"), None, False),
    (re.compile("全年|年度"), 12, True),
)
_YEAR = re.compile(r"(?<![0-9])(?P<year>(?:19|20)[0-9]{2})年")
_IN_YUAN = {"元": Decimal(1), "万元": Decimal(10_000), "亿元": Decimal(100_000_000)}
_SLIPS = (Decimal(10_000), Decimal(100_000_000))
_ALONE = re.compile("本月|当月|当期|本季|当日")
"""What such a column counts starts anew each time."""
_RATES = ("%", "％", "‰", "个百分点", "倍", "岁")
_JUMP = 10
_LEAST = 50
"""A count that stays below this may well grow tenfold."""
_LONGEST_LABEL = 16
_LONGEST = 300_000
_OPENING = 200


@dataclass(frozen=True, slots=True)
class Indicator:
    """A figure with what it counts: money in 元, everything else in its own unit."""

    label: str
    value: Decimal
    unit: str
    start: int
    end: int
    summed_up: bool

    @property
    def key(self) -> tuple[str, str]:
        return self.label, self.unit


@dataclass(frozen=True, slots=True)
class Period:
    """What a publication reports on: its year, the month it reaches, and whether it counts from January on."""

    year: int | None = None
    month: int | None = None
    summed_up: bool = False


def compare_series(now: str, earlier: Sequence[tuple[str, str]], *, where: str = "body") -> tuple[Hit, ...]:
    """Figures that do not go with the same figures published earlier: far away, a slipped unit, a total that fell.

    `earlier` holds (title, text or HTML), the newest first; each figure is compared with the newest that has it. Places
    are those of `now`, of its `page_text` where it is HTML.
    """
    text = _plain(now)
    period = period_of(text[:_OPENING])
    older = [(title, period_of(title + "\n" + body[:_OPENING]), indicators(body)) for title, body in _read(earlier)]
    hits = []
    for key, indicator in indicators(text).items():
        found = next(((title, when, those[key]) for title, when, those in older if key in those), None)
        if found is None:
            continue
        title, when, before = found
        rule = _judge(indicator, before, period, when)
        if rule is not None:
            said = f"“{indicator.label}”现为{shown(indicator)}，《{title[:40]}》为{shown(before)}"
            said_en = f"{indicator.label}: now {shown(indicator)}, {shown(before)} in {title[:40]}"
            hits.append(
                make_hit(RULES[rule], text, indicator.start, indicator.end, where=where, detail=said, detail_en=said_en)
            )
    return tuple(sorted(hits, key=lambda hit: hit.start))


def indicators(text: str) -> dict[tuple[str, str], Indicator]:
    """Every figure of a text by what it counts, those of tables by row and column; the first of each counts."""
    found: dict[tuple[str, str], Indicator] = {}
    for indicator in (*_of_prose(text), *_of_tables(text)):
        found.setdefault(indicator.key, indicator)
    return found


def period_of(text: str) -> Period:
    """The year and month that a title or an opening speaks of."""
    year = _YEAR.search(text)
    if year is None:
        return Period()
    for pattern, month, summed_up in _PERIODS:
        if found := pattern.search(text, year.start()):
            reached = month if month is not None else int(found["month"])
            return Period(int(year["year"]), reached if 1 <= reached <= 12 else None, summed_up)
    return Period(int(year["year"]))


def _judge(now: Indicator, before: Indicator, period: Period, when: Period) -> str | None:
    """The rule that a figure breaks against an earlier one, if any."""
    if now.value == before.value or now.value <= 0 or before.value <= 0:
        return None
    ratio = now.value / before.value
    alone = _ALONE.search(now.label) is not None
    summed_up = not alone and (period.summed_up or now.summed_up) and (when.summed_up or before.summed_up)
    expected = ratio
    if summed_up and period.month and when.month:
        expected = ratio * when.month / period.month
    if now.unit == "元" and any(s / 2 <= expected <= s * 2 or s / 2 <= 1 / expected <= s * 2 for s in _SLIPS):
        return "unit_slip"
    if (expected >= _JUMP or 1 / expected >= _JUMP) and max(now.value, before.value) >= _LEAST:
        return "series_jump"
    same_year = period.year is not None and period.year == when.year
    if summed_up and same_year and (period.month or 0) > (when.month or 12) and ratio < 1:
        return "cumulative_fall"
    return None


def _of_prose(text: str) -> Iterator[Indicator]:
    for found in find_numbers(text):
        number = found.number
        if number.value is None or number.unit in _RATES or number.unit is None:
            continue
        window = text[max(0, found.start - 40) : found.start]
        if "\t" in window.rpartition("\n")[2] or text[found.end : found.end + 1] == "\t":
            continue
        clause = _CLAUSE.split(window)[-1]
        label = _label(clause)
        if len(label) >= 2:
            yield _indicator(label, number, number.unit, found.start, found.end, bool(_SUMMED_UP.search(window)))


def _label(clause: str) -> str:
    bare = "".join(_TIME_WORDS.sub("", clause).split())
    bare = _FILLING.sub("", bare)
    return bare[-_LONGEST_LABEL:] if _CHINESE.search(bare) and not any(char.isdigit() for char in bare) else ""


def _of_tables(text: str) -> Iterator[Indicator]:
    head: list[str] = []
    unit_of_table = ""
    place = 0
    for line in text.split("\n"):
        start, place = place, place + len(line) + 1
        if "\t" not in line:
            head = []
            if found := _UNIT_LINE.search(line):
                unit_of_table = found["unit"]
            elif line.strip():
                unit_of_table = ""
            continue
        cells = line.split("\t")
        if not any(parse_number(cell.strip()).is_figure for cell in cells[1:]):
            head = cells
            continue
        yield from _of_row(cells, head, unit_of_table, start)


def _of_row(cells: list[str], head: list[str], unit_of_table: str, start: int) -> Iterator[Indicator]:
    row = "".join(cells[0].split())
    place = start + len(cells[0]) + 1
    for column, cell in enumerate(cells[1:], 1):
        name = "".join(head[column].split()) if column < len(head) else ""
        number = parse_number(cell.strip())
        if number.is_figure and number.value is not None and _CHINESE.search(row) and number.unit not in _RATES:
            named = _UNIT.search(name)
            unit = number.unit or (named["unit"] if named else "") or unit_of_table
            if not re.search("[%％率比]", name):
                label = f"{row[:_LONGEST_LABEL]} {_UNIT.sub('', name)}".strip()
                yield _indicator(label, number, unit, place, place + len(cell), bool(_SUMMED_UP.search(name)))
        place += len(cell) + 1


def _indicator(label: str, number: Number, unit: str, start: int, end: int, summed_up: bool) -> Indicator:
    value = number.value or Decimal(0)
    factor = _IN_YUAN.get(unit)
    return Indicator(label, value * (factor or 1), "元" if factor else unit, start, end, summed_up)


def shown(indicator: Indicator) -> str:
    """A figure in words; money of 10,000 元 or more in 万元."""
    value = indicator.value
    if indicator.unit == "元" and value >= 10_000:
        return f"{(value / 10_000).normalize():f}万元"
    return f"{value.normalize():f}{indicator.unit}"


def _read(earlier: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    for title, body in earlier:
        yield title, _plain(body)


def _plain(source: str) -> str:
    source = source[:_LONGEST]
    return page_text(source) if _MARKUP.search(source) else source
