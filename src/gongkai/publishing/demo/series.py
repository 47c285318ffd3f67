# ruff: noqa: E501 - whole sentences in one line
"""Statistics that come out month by month or quarter by quarter, and the budgets of each agency year by year."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from gongkai.agencies.demo import BODIES
from gongkai.agencies.models import Kind as Sort
from gongkai.publishing.demo.items import BY_SLUG, Item, at, place_of, there, weekday
from gongkai.publishing.demo.texts import About, day, paragraphs, table
from gongkai.publishing.demo.texts_office import AREAS, WRITERS
from gongkai.publishing.demo.words import topics_of

FIRST_BUDGET = 2020


@dataclass(frozen=True)
class Series:
    """Something that is measured regularly."""

    agency: str
    name: str
    theme: str
    since: int
    months: int
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    category: str = "statistics"
    kind: str = "statistics"


SERIES = (
    Series("tongji", "居民消费价格指数", "T0304", 2019, 1, ("食品烟酒", "衣着", "居住", "生活用品及服务", "交通和通信", "教育文化和娱乐", "医疗保健"), ("环比（%）", "同比（%）")),
    Series("huanjing", "环境空气质量状况", "T1003", 2020, 1, AREAS[:4], ("优良天数（天）", "细颗粒物（微克/立方米）")),
    Series("tongji", "地区生产总值", "T0303", 2017, 3, AREAS, ("累计总量（亿元）", "增速（%）")),
    Series("caizheng", "财政收支情况", "T0401", 2022, 1, ("一般公共预算收入", "其中：税收收入", "一般公共预算支出", "其中：民生支出"), ("当月（亿元）", "累计（亿元）"), "budget"),
    Series("qixiang", "气候影响评价", "T1005", 2022, 1, AREAS[:4], ("平均气温（℃）", "降水量（毫米）")),
    Series("zhujian", "商品房销售情况", "T1002", 2023, 1, AREAS[:4], ("销售面积（万平方米）", "成交均价（元/平方米）")),
    Series("shangwu", "社会消费品零售总额", "T0802", 2021, 3, AREAS[:4], ("累计零售额（亿元）", "增速（%）")),
)  # fmt: skip
_WARM = (2, 5, 10, 16, 21, 25, 28, 27, 23, 17, 11, 5)
_WET = (28, 40, 66, 88, 120, 190, 160, 128, 80, 52, 40, 24)


def _values(series: Series, year: int, month: int, rng: Random) -> list[tuple[str, ...]]:
    """The rows of a number of a series; what is counted up grows through the year, parts are smaller than the whole."""
    if series.name == "财政收支情况":
        return _money(year, month)
    return [(row, *_pair(series.name, place, year, month, rng)) for place, row in enumerate(series.rows)]


def _pair(name: str, place: int, year: int, month: int, rng: Random) -> tuple[str, str]:
    grown = 1.06 ** (year - 2017) * (1.0, 0.9, 1.6, 1.2, 0.8)[place % 5]
    growth = f"{rng.uniform(3.1, 7.4):.1f}"
    match name:
        case "居民消费价格指数":
            return f"{rng.uniform(-0.6, 0.8):.1f}", f"{rng.uniform(-0.9, 2.8):.1f}"
        case "环境空气质量状况":
            winter = 12 if month in (12, 1, 2) else 0
            return str(rng.randint(25 - winter // 3, 28)), str(rng.randint(18, 30) + winter)
        case "地区生产总值":
            return f"{210 * grown * (month / 12) ** 1.06:.1f}", growth
        case "气候影响评价":
            return f"{_WARM[month - 1] + rng.uniform(-1.4, 1.8):.1f}", f"{_WET[month - 1] * rng.uniform(0.6, 1.5):.1f}"
        case "商品房销售情况":
            return f"{rng.uniform(6, 14) * (0.6 if month == 2 else 1):.1f}", str(
                rng.randint(58, 64) * 100 + 900 * (place == 2)
            )
        case _:
            return f"{74 * grown * month / 12:.1f}", growth


def _money(year: int, month: int) -> list[tuple[str, ...]]:
    """Money in and out: each month is made of its own chance, so that what is counted up agrees with the months."""
    rows: list[tuple[str, ...]] = []
    for row, usual in (("一般公共预算收入", 15.0), ("一般公共预算支出", 26.0)):
        months = [
            usual * 1.04 ** (year - 2022) * Random(f"{row} {year}-{m}").uniform(0.82, 1.2) for m in range(1, month + 1)
        ]
        whole = [round(v, 1) for v in months]
        share, part = (0.71, "其中：税收收入") if "收入" in row else (0.76, "其中：民生支出")
        parts = [round(v * share, 1) for v in whole]
        rows += [(row, f"{whole[-1]:.1f}", f"{sum(whole):.1f}"), (part, f"{parts[-1]:.1f}", f"{sum(parts):.1f}")]
    return rows


def _said(row: tuple[str, ...], columns: tuple[str, ...]) -> str:
    """A row as a sentence: `临溪县优良天数27天，细颗粒物21微克/立方米`."""
    pairs = (column.removesuffix("）").partition("（") for column in columns)
    return row[0].removeprefix("其中：") + "，".join(f"{n}{v}{u}" for (n, _, u), v in zip(pairs, row[1:], strict=True))


def monthly(today: date) -> Iterator[Item]:
    """All numbers of all series until the last month that is over."""
    for series in SERIES:
        for year in range(series.since, today.year + 1):
            for month in range(series.months, 13, series.months):
                end = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
                out = weekday(end + timedelta(days=14))
                if out < today and there(series.agency, out):
                    yield _number(series, year, month, out)


def _number(series: Series, year: int, month: int, out: date) -> Item:
    key = f"series {series.name} {year}-{month}"
    rng = Random(key)
    quarter = {3: "一季度", 6: "上半年", 9: "前三季度", 12: "全年"}
    when = f"{year}年{quarter[month]}" if series.months == 3 else f"{year}年{month}月份"
    rows = _values(series, year, month, rng)
    head = ("项目", *series.columns)
    lead = f"{when}云州市{series.name}总体平稳：" + "；".join(_said(row, series.columns) for row in rows[:2]) + "。"
    note = f"注：数据由{BY_SLUG[series.agency].short}于{day(out)}发布，与后续修订数据不一致的，以修订数据为准。"
    body = paragraphs([lead]) + table(f"{when}云州市{series.name}", head, rows) + paragraphs([note])
    return Item(
        key, series.agency, series.kind, f"{when}云州市{series.name}", body, out, at(out, rng), series.category,
        series.theme, series.name, series=f"云州市{series.name}",
    )  # fmt: skip


def budgets(today: date) -> Iterator[Item]:
    """The budget of each agency each year in February, and its final accounts in September."""
    for year in range(FIRST_BUDGET, today.year + 1):
        for body in BODIES:
            if body.kind in (Sort.TOWN,) and year < today.year - 1:
                continue
            for form, month, name in (("budget", 2, f"{year}年部门预算"), ("final", 9, f"{year - 1}年度部门决算")):
                out = weekday(date(year, month, 10 + len(body.slug)))
                if out < today and there(body.slug, out):
                    yield _account(body.slug, form, name, out)


def _account(slug: str, form: str, name: str, out: date) -> Item:
    key = f"budget {slug} {form} {out.year}"
    rng = Random(key)
    body, topic = BY_SLUG[slug], topics_of(slug)[0]
    short = body.short or body.name
    title = f"{short}{name}"
    about = About(body.name, short, place_of(slug), topic, out, rng, title)
    made = weekday(out - timedelta(days=5))
    return Item(
        key, slug, "budget", title, WRITERS[form](about), made, at(out, rng), "budget", "T0401", "预决算公开",
        series=f"{short}{'预算' if form == 'budget' else '决算'}",
    )  # fmt: skip
