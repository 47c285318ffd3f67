"""Mistakes that offices really make, put into some of the demo's reports so that there is something to find."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

from gongkai.annual.model import Cell, Report

Change = Callable[[Report, Report | None], Report]
PageChange = Callable[[str], str]


def add(cell: str, amount: int) -> Change:
    """A figure mistyped by so much; nothing else is adjusted, so that sums do not add up."""

    def change(report: Report, previous: Report | None) -> Report:
        found = report.cells.get(cell)
        if found is None or not isinstance(found.value, Decimal):
            return report
        value = found.value + amount
        return report.with_(cells={**report.cells, cell: replace(found, value=value, raw=str(value))})

    return change


def carried(amount: int) -> Change:
    """Cases carried in that the year before did not carry out, with the row's total adjusted to hide it."""

    def change(report: Report, previous: Report | None) -> Report:
        for row in ("natural_person", "total"):
            report = add(f"t3.carried_in.{row}", amount)(report, previous)
        return report

    return change


def blank(prefix: str) -> Change:
    """A row left empty where zeros belong."""

    def change(report: Report, previous: Report | None) -> Report:
        def emptied(cell: Cell) -> Cell:
            return replace(cell, value=None, raw="") if cell.id.startswith(prefix) else cell

        return report.with_(cells={id: emptied(c) for id, c in report.cells.items()})

    return change


def without_chapter(number: str) -> Change:
    """A chapter forgotten."""

    def change(report: Report, previous: Report | None) -> Report:
        return report.with_(chapters=tuple(c for c in report.chapters if c.no != number))

    return change


def last_years_words(report: Report, previous: Report | None) -> Report:
    """Last year's prose under this year's title."""
    if previous is None:
        return report
    old = {c.id: c.text for c in previous.chapters}
    return report.with_(chapters=tuple(replace(c, text=old.get(c.id, c.text)) for c in report.chapters))


def late(month: int, day: int) -> Change:
    """Published long after the last day."""

    def change(report: Report, previous: Report | None) -> Report:
        return report.with_(published=date((report.year or 2000) + 1, month, day))

    return change


def sentence(words: str) -> PageChange:
    """A sentence at the end of the first paragraph of the prose."""

    def change(page: str) -> str:
        head, mark, rest = page.partition("一、")
        return head + mark + re.sub(r"。</p>", f"。{words}</p>", rest, count=1)

    return change


def lost_characters(page: str) -> str:
    """Characters that an old system could not write."""
    head, mark, rest = page.partition("一、")
    return head + mark + rest.replace("信息公开", "信息公??", 2)


BEFORE_PRINTING: dict[tuple[str, int], tuple[Change, ...]] = {
    ("caizheng", 2023): (add("t3.new_received.total", 2),),
    ("caizheng", 2025): (add("t3.granted.total", 1),),
    ("jiaoyu", 2025): (add("t3.new_received.natural_person", 3), carried(2)),
    ("shuili", 2022): (carried(4),),
    ("minzheng", 2024): (last_years_words,),
    ("gongan", 2021): (late(6, 18),),
    ("shangwu", 2023): (without_chapter("五"),),
    ("liubao", 2023): (without_chapter("六"),),
    ("baisha", 2021): (last_years_words, late(5, 8)),
    ("shiqiao", 2025): (add("t3.new_received.total", 1), blank("t4.")),
    ("linxi", 2022): (add("t3.results_total.total", 5),),
    ("keji", 2020): (add("t3.new_received.total", -1),),
}
PAGES: dict[tuple[str, int], tuple[PageChange, ...]] = {
    ("wenlv", 2024): (sentence("截至年底，共组织政务公开培训××次，参训人员〇〇人次。"),),
    ("liubao", 2020): (sentence("申请人联系电话为13800138000，已当面答复。"),),
    ("nongye", 2021): (lost_characters,),
    ("shijian", 2022): (sentence("全年通过政府网站主动公开信息100条，其中机构职能类60条，重点领域类50条。"),),
    ("songting", 2023): (sentence("本报告所列数据的统计期限为2022年1月1日至2022年12月31日。"),),
}
