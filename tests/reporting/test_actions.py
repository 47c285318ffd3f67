"""Correcting, confirming and publishing: with the right, in order, on record, and nothing overwritten."""

from decimal import Decimal

import pytest
from django.utils import timezone

from gongkai.agencies.rights import NotAllowed
from gongkai.annual.sample import sample_report
from gongkai.reporting import actions, queries
from gongkai.reporting.auditing import refresh
from gongkai.reporting.models import AnnualReport, Status
from gongkai.reporting.storing import fill, new_row
from gongkai.trail.chain import history, verify

pytestmark = pytest.mark.django_db
CELL = "t3.new_received.natural_person"


@pytest.fixture
def library(city):
    """Puts a sample report of an agency and year into the library."""

    def put(slug: str = "jiaoyu", year: int = 2024, *, status: str = Status.DRAFT, previous=None, change=None):
        report = sample_report("gov-2021", year=year, agency=city[slug].name, seed=1, previous=previous)
        if change:
            report = change(report)
        row = fill(new_row(city[slug], year), report, source=None, at=timezone.now())
        refresh(row)
        AnnualReport.objects.filter(pk=row.pk).update(status=status)
        row.refresh_from_db()
        return row

    return put


@pytest.fixture
def cell(library):
    """Id of a figure of the sample that is there."""
    row = library(year=2021)
    found = row.figures.filter(value__isnull=False, cell__startswith="t3.new_received").order_by("cell").first()
    row.delete()
    return found.cell


def test_a_correction_stands_beside_what_was_read(city, library, cell):
    row = library()
    read = queries.as_read(row).cells[cell]
    correction = actions.correct_cell(row, cell, "1,234", why="原文第3页为1234", by=city.people["drafter"])
    assert (correction.old_value, correction.new_value) == (f"{read.value:f}", "1234")
    row.refresh_from_db()
    assert queries.as_read(row).cells[cell] == read
    assert queries.effective(row).cells[cell].value == Decimal(1234)
    figure = row.figures.get(cell=cell)
    assert (figure.value, figure.corrected, figure.raw) == (Decimal(1234), True, read.raw)


def test_the_newest_correction_holds_and_all_stay(city, library, cell):
    row = library()
    for value in ("5", "６", "7"):
        actions.correct_cell(row, cell, value, why="核对", by=city.people["drafter"])
    assert [c.new_value for c in queries.corrections_of(row)[cell]] == ["5", "6", "7"]
    assert queries.effective(row).cells[cell].value == Decimal(7)


def test_an_emptied_cell_is_not_zero(city, library, cell):
    row = library()
    actions.correct_cell(row, cell, "—", why="原文未填", by=city.people["drafter"])
    assert queries.effective(row).cells[cell].value is None
    assert row.figures.get(cell=cell).value is None


def test_the_findings_follow_the_correction(city, library, cell):
    row = library()
    assert row.errors == 0
    value = queries.as_read(row).cells[cell].value
    actions.correct_cell(row, cell, str(value + 3), why="试", by=city.people["drafter"])
    assert row.errors > 0
    actions.correct_cell(row, cell, str(value), why="改回", by=city.people["drafter"])
    assert row.errors == 0


def test_next_years_findings_follow_too(city, library):
    first = library(year=2023)
    second = library(year=2024, previous=queries.as_read(first))
    assert not second.findings.exists()
    carried = "t3.carried_out.total"
    assert carried in queries.as_read(first).cells
    value = queries.as_read(first).cells[carried].value
    actions.correct_cell(first, carried, str(value + 40), why="原文如此", by=city.people["drafter"])
    assert second.findings.exists()


@pytest.mark.parametrize("typed", ["三十", "1.5", "-2", "12件", "1e5", "NaN"])
def test_what_is_no_figure_is_refused_with_what_to_type(city, library, cell, typed):
    row = library()
    with pytest.raises(actions.NotAValue):
        actions.correct_cell(row, cell, typed, why="核对", by=city.people["drafter"])
    assert not row.corrections.exists()


def test_a_reason_a_known_cell_and_a_new_value_are_needed(city, library, cell):
    row = library()
    value = str(queries.as_read(row).cells[cell].value)
    for cell_id, typed, why in ((cell, "5", "  "), ("t9.nothing", "5", "x"), (cell, value, "x")):
        with pytest.raises(actions.NotPossible):
            actions.correct_cell(row, cell_id, typed, why=why, by=city.people["drafter"])
    assert not row.corrections.exists()
    assert not history(row).exists()


@pytest.mark.parametrize("username", ["reviewer", "leader", "supervisor", "county", "town"])
def test_who_may_not_correct_changes_nothing(city, library, cell, username):
    row = library()
    with pytest.raises(NotAllowed):
        actions.correct_cell(row, cell, "5", why="x", by=city.people[username])
    assert not row.corrections.exists()


def test_what_is_published_is_corrected_only_by_who_may_publish(city, library, cell):
    row = library(status=Status.PUBLISHED)
    with pytest.raises(NotAllowed):
        actions.correct_cell(row, cell, "5", why="x", by=city.people["drafter"])
    actions.correct_cell(row, cell, "5", why="x", by=city.people["officer"])
    assert queries.effective(row).cells[cell].value == Decimal(5)


def test_a_report_is_confirmed_then_published_then_withdrawn(city, library):
    row = library()
    assert not queries.published().exists()
    actions.confirm(row, by=city.people["head"])
    assert not queries.published().exists()
    actions.publish(row, by=city.people["officer"])
    assert [r.pk for r in queries.published()] == [row.pk]
    assert row.published_on is not None
    actions.withdraw(row, why="重复公布", by=city.people["officer"])
    assert not queries.published().exists()
    assert [e.action.split(".")[1] for e in history(row)] == ["withdraw", "publish", "confirm"]
    assert "第四十九条" in history(row)[0].basis
    assert verify().ok


def test_a_draft_cannot_be_published(city, library):
    row = library()
    with pytest.raises(actions.NotPossible, match="待确认"):
        actions.publish(row, by=city.people["officer"])


def test_who_may_not_confirm_or_publish(city, library):
    row = library()
    with pytest.raises(NotAllowed):
        actions.confirm(row, by=city.people["drafter"])
    actions.confirm(row, by=city.people["head"])
    with pytest.raises(NotAllowed):
        actions.publish(row, by=city.people["head"])
    row.refresh_from_db()
    assert row.status == Status.CONFIRMED


def test_withdrawing_needs_a_reason(city, library):
    row = library(status=Status.PUBLISHED)
    with pytest.raises(actions.NotPossible, match="理由"):
        actions.withdraw(row, why=" ", by=city.people["officer"])


def test_a_discarded_draft_stays_on_record_and_frees_the_year(city, library):
    row = library()
    actions.discard(row, why="导错了", by=city.people["drafter"])
    again = library()
    assert again.pk != row.pk
    assert set(queries.library(queries.visible_reports(city.people["drafter"]))) == {again}


def test_series_of_a_cell_across_years_with_corrections(city, library, cell):
    rows = {year: library(year=year, status=Status.PUBLISHED) for year in (2024, 2022, 2023)}
    library(year=2025)
    actions.correct_cell(rows[2023], cell, "77", why="x", by=city.people["officer"])
    points = queries.series(city["jiaoyu"], cell)
    assert [p.year for p in points] == [2022, 2023, 2024]
    assert (points[1].value, points[1].corrected) == (Decimal(77), True)
    assert not points[0].corrected


def test_the_library_is_narrowed_by_agency_year_form_and_words(city, library):
    a = library("jiaoyu", 2024, status=Status.PUBLISHED)
    b = library("caizheng", 2023, status=Status.PUBLISHED)
    library("shuili", 2024)
    assert set(queries.library()) == {a, b}
    assert set(queries.library(agency=city["jiaoyu"])) == {a}
    assert set(queries.library(year=2023)) == {b}
    assert set(queries.library(form="gov-2019")) == set()
    assert set(queries.library(query="财政局 2023")) == {b}
    assert queries.years() == [2024, 2023]
    assert [x.slug for x in queries.agencies_with_reports()] == ["jiaoyu", "caizheng"]


def test_a_confirmation_is_taken_back_by_who_may_confirm(city, library):
    row = library(status=Status.CONFIRMED)
    with pytest.raises(NotAllowed):
        actions.reopen(row, by=city.people["drafter"])
    assert actions.reopen(row, by=city.people["head"]).status == Status.DRAFT
    assert history(row)[0].action == "reporting.reopen"
    with pytest.raises(actions.NotPossible, match="已确认"):
        actions.reopen(row, by=city.people["head"])


def test_a_discarded_report_comes_back_unless_another_took_its_year(city, library):
    row = library()
    actions.discard(row, why="重复", by=city.people["drafter"])
    assert actions.restore(row, by=city.people["drafter"]).status == Status.DRAFT
    actions.discard(row, why="重复", by=city.people["drafter"])
    library()
    with pytest.raises(actions.NotPossible, match="另有一份"):
        actions.restore(row, by=city.people["drafter"])
