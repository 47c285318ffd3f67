"""Planted faults are in the report that comes out, and nowhere else."""

from __future__ import annotations

from typing import cast

import pytest

from gongkai.annual.audit import check
from gongkai.annual.audit.model import Context
from gongkai.annual.facts import read_facts
from gongkai.annual.forms import FORM_IDS, form
from gongkai.annual.model import Report
from gongkai.annual.sample import FAULTS, NotApplicable, Size, dirty, sample_report

CASES: tuple[tuple[str, int, str, Size], ...] = (
    ("gov-2008", 2012, "云州市教育局", "department"),
    ("gov-2014", 2016, "云州市交通运输局", "department"),
    ("gov-2019", 2020, "临溪县人民政府", "county"),
    ("gov-2021", 2024, "云州市人民政府", "city"),
    ("university", 2022, "云州大学", "university"),
)
NEEDS_EXACT_FORM = {"carried_in", "renamed_chapter", "chapter_order"}


@pytest.fixture(scope="module")
def years() -> dict[str, tuple[Report, Report]]:
    """Form → last year's report and this year's."""
    made = {}
    for id, year, agency, size in CASES:
        previous = sample_report(id, year=year - 1, agency=agency, size=size)
        made[id] = previous, sample_report(id, year=year, agency=agency, size=size, previous=previous)
    return made


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("form_id", FORM_IDS)
def test_the_rule_that_should_find_a_planted_fault_finds_it(
    form_id: str, fault: str, years: dict[str, tuple[Report, Report]]
) -> None:
    previous, clean = years[form_id]
    if fault in NEEDS_EXACT_FORM and form_id not in ("gov-2019", "gov-2021"):
        with pytest.raises(NotApplicable):
            dirty(clean, [fault], previous=previous)
        return
    report, (planted,) = dirty(clean, [fault], previous=previous)
    found = check(facts_of(report), Context(previous=previous, published=report.published))
    assert planted.fault == fault
    assert planted.rule in {f.rule for f in found}


@pytest.mark.parametrize("fault", ["other_agency", "placeholder", "wrong_year_plan", "wrong_sum", "personal_data"])
def test_what_was_planted_stands_in_the_blocks(fault: str, years: dict[str, tuple[Report, Report]]) -> None:
    _, clean = years["gov-2021"]
    report, (planted,) = dirty(clean, [fault], seed=5)
    assert planted.text in report.text
    assert planted.text not in clean.text


def test_several_faults_can_be_planted_at_once(years: dict[str, tuple[Report, Report]]) -> None:
    previous, clean = years["gov-2021"]
    report, planted = dirty(clean, ["unbalanced_total", "placeholder", "late"], previous=previous)
    found = {f.rule for f in check(report, Context(published=report.published))}
    assert {p.rule for p in planted} <= found


def test_the_changed_cell_is_the_one_that_is_named(years: dict[str, tuple[Report, Report]]) -> None:
    _, clean = years["gov-2014"]
    report, (planted,) = dirty(clean, ["unbalanced_total"], seed=7)
    changed = [id for id in clean.cells if report.cells[id].value != clean.cells[id].value]
    assert changed == list(planted.cells)


def test_a_fault_that_is_not_known_is_refused(years: dict[str, tuple[Report, Report]]) -> None:
    with pytest.raises(KeyError):
        dirty(years["gov-2021"][1], ["no_such_fault"])


def test_copied_text_needs_the_report_of_last_year(years: dict[str, tuple[Report, Report]]) -> None:
    with pytest.raises(NotApplicable):
        dirty(years["gov-2021"][1], ["copied_text"])


def facts_of(report: Report) -> Report:
    """The report as it is read: with the figures in its prose."""
    official = form(cast(str, report.form))
    return report.with_(
        facts=read_facts(report.blocks, form=official, chapters=report.chapters, skip=report.table_blocks)
    )
