"""The form is chosen by the tables, then by the year."""

from datetime import date

import pytest

from gongkai.annual.forms import form
from gongkai.annual.model import Period
from gongkai.annual.reading.form_choice import choose_form, period_of

NONE = {"gov-2008": 0, "gov-2014": 0, "gov-2019": 0, "gov-2021": 0, "university": 0}


@pytest.mark.parametrize(
    ("year", "expected"),
    [(2008, "gov-2008"), (2013, "gov-2008"), (2014, "gov-2014"), (2019, "gov-2019"), (2024, "gov-2021")],
)
def test_without_tables_the_year_decides(year, expected):
    assert choose_form(NONE, year, university=False) == expected


def test_tables_decide_against_the_year():
    assert choose_form({**NONE, "gov-2019": 1.0, "gov-2021": 0.8}, 2022, university=False) == "gov-2019"


def test_tables_that_fit_two_forms_leave_the_choice_to_the_year():
    assert choose_form({**NONE, "gov-2019": 0.6, "gov-2021": 0.6}, 2022, university=False) == "gov-2021"
    assert choose_form({**NONE, "gov-2019": 0.6, "gov-2021": 0.6}, None, university=False) is None


def test_tables_decide_where_the_year_is_unknown():
    assert choose_form({**NONE, "gov-2014": 0.9}, None, university=False) == "gov-2014"


def test_faint_evidence_does_not_outweigh_the_year():
    assert choose_form({**NONE, "gov-2014": 0.25}, 2020, university=False) == "gov-2019"


def test_nothing_known_gives_no_form():
    assert choose_form(NONE, None, university=False) is None
    assert choose_form(NONE, 1999, university=False) is None
    assert choose_form(NONE, None, university=True) == "university"


def test_first_period_began_with_the_regulation():
    assert period_of(form("gov-2008"), 2008) == Period(date(2008, 5, 1), date(2008, 12, 31))
    assert period_of(form("gov-2008"), 2009) == Period(date(2009, 1, 1), date(2009, 12, 31))


def test_academic_year_runs_from_september():
    assert period_of(form("university"), 2016) == Period(date(2016, 9, 1), date(2017, 8, 31))
