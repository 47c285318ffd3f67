"""Years and periods from titles and sentences."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.annual.model import Period
from gongkai.annual.reading import years


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("本报告中数据统计时限自2011年1月1日起,至2011年12月31日止。", date(2011, 1, 1), date(2011, 12, 31)),
        ("报告所列统计期限自 2024 年 1 月 1 日至 2024 年 12 月 31 日。", date(2024, 1, 1), date(2024, 12, 31)),
        ("本报告统计期间为2016年9月1日至2017年8月31日。", date(2016, 9, 1), date(2017, 8, 31)),
        ("数据统计期限为2019年1月1日—12月31日。", date(2019, 1, 1), date(2019, 12, 31)),
        ("统计数据的期限自二〇〇八年5月1日至二〇〇八年12月31日止", date(2008, 5, 1), date(2008, 12, 31)),
    ],
)
def test_stated_period_is_read(text, start, end):
    assert years.stated_period(text) == Period(start, end)


def test_a_wrong_period_is_kept_as_stated():
    assert years.stated_period("数据统计期限自2018年1月1日至2018年12月31日").start.year == 2018


@pytest.mark.parametrize(
    "text",
    [
        "培训班于2016年10月31日至2016年11月4日举办，统计期限另行说明。",
        "统计期限自2019年13月1日至2019年12月31日。",
        "2019年1月1日至2019年12月31日，全局接待群众。" + "甲" * 60,
    ],
)
def test_other_spans_of_days_are_no_period(text):
    assert years.stated_period(text) is None


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2011年，我局受理申请7件。2011年，未收取费用。2012年，我局将着重加强公开。", 2011),
        ("截至2011年底，公开信息30条。2011年工作平稳。", 2011),
        ("我局依照2008年施行的条例开展工作。", None),
        ("2013年，我局公开信息。2014年，我局公开信息。", None),
        ("xx年，我局公开信息12条。", None),
        ("2016-2017学年度，学院公开信息。", 2016),
    ],
)
def test_year_of_the_prose_is_that_of_the_most_sentences(text, year):
    assert years.by_majority(text) == year


def test_title_with_two_years_names_none():
    assert years.in_title("2018年和2019年政府信息公开工作报告") is None


@given(st.text())
def test_any_text_is_survived(text):
    years.by_majority(text)
    years.stated_period(text)
    years.in_title(text)
