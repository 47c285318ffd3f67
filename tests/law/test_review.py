from datetime import date

import pytest

from gongkai.law import CHECKLIST, PRINCIPLES, Classification, Outcome, Withheld
from gongkai.law.review import declassified_on


def test_only_open_outcomes_lead_to_publication() -> None:
    assert [outcome for outcome in Outcome if outcome.may_publish] == [Outcome.OPEN, Outcome.OPEN_REDACTED]


def test_withholding_names_its_article() -> None:
    assert {outcome for outcome in Outcome if outcome.needs_article} == {Outcome.WITHHOLD, Outcome.OPEN_REDACTED}
    assert {ground.article for ground in Withheld} == {"第十四条", "第十五条", "第十六条第一款", "第十六条第二款"}


def test_only_article_16_leaves_the_agency_a_choice() -> None:
    assert {ground for ground in Withheld if not ground.mandatory} == {
        Withheld.INTERNAL,
        Withheld.PROCESS,
        Withheld.CASE_FILE,
    }


def test_everything_has_words_in_both_languages() -> None:
    for said in (*Outcome, *Withheld, *Classification, *PRINCIPLES, *CHECKLIST):
        assert said.label
        assert said.label_en


def test_every_question_points_to_a_ground() -> None:
    assert len(CHECKLIST) == 9
    assert all(question.grounds for question in CHECKLIST)
    assert {ground for question in CHECKLIST for ground in question.grounds} == set(Withheld)


@pytest.mark.parametrize(
    ("classification", "years"),
    [(Classification.TOP_SECRET, 30), (Classification.SECRET, 20), (Classification.CONFIDENTIAL, 10)],
)
def test_a_class_has_its_longest_period(classification: Classification, years: int) -> None:
    assert declassified_on(classification, date(2020, 3, 5)) == date(2020 + years, 3, 5)
    with pytest.raises(ValueError, match="classified for"):
        declassified_on(classification, date(2020, 3, 5), years + 1)


def test_a_leap_day_moves_to_the_first_of_march() -> None:
    assert declassified_on(Classification.CONFIDENTIAL, date(2024, 2, 29), 1) == date(2025, 3, 1)
