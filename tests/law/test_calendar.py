import json
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.law import Calendar, OutsideCalendar

CALENDAR = Calendar.packaged()
VECTORS = json.loads((Path(__file__).parent / "working_day_vectors.json").read_text(encoding="utf-8"))
DAYS = st.dates(date(2008, 1, 1), date(2026, 12, 31))
EARLIER = st.dates(date(2008, 1, 1), date(2025, 12, 31))
WORKING_DAYS_OF_YEARS = {
    2008: 251,
    2009: 250,
    2010: 250,
    2011: 250,
    2012: 249,
    2013: 250,
    2014: 250,
    2015: 249,
    2016: 250,
    2017: 249,
    2018: 250,
    2019: 250,
    2020: 249,
    2021: 250,
    2022: 249,
    2023: 249,
    2024: 251,
    2025: 248,
    2026: 248,
}


@pytest.mark.parametrize("vector", VECTORS, ids=[vector["case"] for vector in VECTORS])
def test_the_last_day_of_a_period(vector: dict[str, object]) -> None:
    event = date.fromisoformat(str(vector["event"]))
    n = int(str(vector["working_days"]))
    assert CALENDAR.is_working(event) is vector["event_works"]
    if vector["last_day"] is None:
        with pytest.raises(OutsideCalendar) as refusal:
            CALENDAR.add(event, n)
        assert refusal.value.year == 2027
    else:
        last = date.fromisoformat(str(vector["last_day"]))
        assert CALENDAR.add(event, n) == last
        assert CALENDAR.between(event, last) == n
        assert CALENDAR.add_provisional(event, n) == (last, False)


@pytest.mark.parametrize(("year", "days"), WORKING_DAYS_OF_YEARS.items())
def test_the_working_days_of_a_year(year: int, days: int) -> None:
    year_days = (date(year, 1, 1) + timedelta(n) for n in range(366))
    assert sum(CALENDAR.is_working(day) for day in year_days if day.year == year) == days


def test_a_day_of_a_year_without_notice_is_refused_and_says_which_years_are_loaded() -> None:
    for ask in (
        lambda: CALENDAR.is_working(date(2027, 1, 4)),
        lambda: CALENDAR.is_working(date(2007, 12, 31)),
        lambda: CALENDAR.add(date(2027, 3, 1), 0),
        lambda: CALENDAR.between(date(2026, 12, 1), date(2027, 1, 1)),
    ):
        with pytest.raises(OutsideCalendar, match="only for 2008 to 2026"):
            ask()


def test_nothing_is_left_on_the_last_day_and_less_after_it() -> None:
    due = date(2026, 11, 20)
    assert CALENDAR.remaining(date(2026, 11, 18), due) == 2
    assert CALENDAR.remaining(due, due) == 0
    assert CALENDAR.remaining(date(2026, 11, 24), due) == -2


def test_a_period_past_the_loaded_years_is_provisional_and_knows_the_days_fixed_by_law() -> None:
    assert CALENDAR.add_provisional(date(2026, 12, 31), 1) == (date(2027, 1, 4), True)  # 1 January is a Friday
    new_year_2027 = [date(2027, 2, 5) + timedelta(n) for n in range(4)]
    assert all(CALENDAR.add_provisional(day, 1)[0] not in new_year_2027 for day in new_year_2027)
    assert CALENDAR.add_provisional(date(2027, 2, 4), 1) == (date(2027, 2, 9), True)
    assert CALENDAR.add_provisional(date(2040, 4, 30), 1) == (date(2040, 5, 3), True)
    assert CALENDAR.add_provisional(date(2027, 2, 4), 0) == (date(2027, 2, 4), True)
    assert CALENDAR.between_provisional(date(2026, 12, 31), date(2027, 1, 5)) == (2, True)
    assert CALENDAR.between_provisional(date(2027, 1, 5), date(2026, 12, 31)) == (-2, True)
    assert CALENDAR.between_provisional(date(2026, 11, 20), date(2026, 12, 18)) == (20, False)


def test_what_lies_before_the_loaded_years_is_not_even_provisional() -> None:
    with pytest.raises(OutsideCalendar):
        CALENDAR.add_provisional(date(2007, 12, 31), 5)
    with pytest.raises(OutsideCalendar):
        CALENDAR.between_provisional(date(2007, 12, 31), date(2027, 1, 5))


def test_an_administrator_loads_another_year() -> None:
    calendar = CALENDAR.with_changes(
        off=[date(2027, 1, 1), date(2026, 12, 31)], make_up=[date(2027, 1, 2)], years=[2027]
    )
    assert calendar.add(date(2026, 12, 30), 1) == date(2027, 1, 2)
    assert calendar.is_working(date(2027, 1, 4))
    assert CALENDAR.is_working(date(2026, 12, 31)), "the calendar that it was made from stays as it was"


def test_a_change_overrides_what_was_declared_before() -> None:
    made_up, holiday = date(2026, 10, 10), date(2026, 10, 7)
    calendar = CALENDAR.with_changes(off=[made_up], make_up=[holiday])
    assert not calendar.is_working(made_up)
    assert calendar.is_working(holiday)


def test_changes_that_cannot_be_meant_are_refused() -> None:
    with pytest.raises(ValueError, match="gap"):
        CALENDAR.with_changes(years=[2029])
    with pytest.raises(ValueError, match="same time"):
        CALENDAR.with_changes(off=[date(2026, 5, 5)], make_up=[date(2026, 5, 5)])
    with pytest.raises(OutsideCalendar):
        CALENDAR.with_changes(off=[date(2027, 1, 1)])


def test_a_period_cannot_be_negative() -> None:
    with pytest.raises(ValueError, match="fewer than 0"):
        CALENDAR.add(date(2026, 1, 5), -1)


@given(EARLIER, st.integers(1, 200))
def test_a_period_ends_on_a_working_day_and_counts_back_to_its_length(start: date, n: int) -> None:
    end = CALENDAR.add(start, n)
    assert end > start
    assert CALENDAR.is_working(end)
    assert CALENDAR.between(start, end) == n
    assert CALENDAR.add(start, n + 1) > end


@given(DAYS, DAYS, DAYS)
def test_spans_add_up_and_turn_their_sign(one: date, two: date, three: date) -> None:
    assert CALENDAR.between(one, two) == -CALENDAR.between(two, one)
    assert CALENDAR.between(one, two) + CALENDAR.between(two, three) == CALENDAR.between(one, three)


@given(DAYS, st.integers(0, 60))
def test_a_provisional_answer_never_contradicts_a_certain_one(start: date, n: int) -> None:
    ends = [CALENDAR.add_provisional(start, n + more) for more in (0, 1)]
    assert ends[0][0] < ends[1][0]
    assert ends[0][1] == (not CALENDAR.covers(ends[0][0]))
    for (early, _), (late, _) in pairwise(ends):
        assert CALENDAR.between_provisional(early, late)[0] == 1
