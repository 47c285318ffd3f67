"""Sample reports are complete, consistent, clean, each its own, and quick to make."""

from __future__ import annotations

from decimal import Decimal
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.annual.audit import check
from gongkai.annual.audit.model import Context
from gongkai.annual.facts import read_facts
from gongkai.annual.forms import FORM_IDS, form
from gongkai.annual.model import Grid, Paragraph, Report
from gongkai.annual.sample import Size, sample_report
from gongkai.annual.sample.phrases import fitting, sections

AGENCIES: dict[str, tuple[tuple[str, Size], ...]] = {
    "university": (("云州大学", "university"), ("云州职业技术学院", "university")),
    "gov": (
        ("云州市人民政府", "city"),
        ("临溪县人民政府", "county"),
        ("河口区人民政府", "county"),
        ("云州市教育局", "department"),
        ("云州市卫生健康委员会", "department"),
        ("松亭县城市管理局", "department"),
        ("临溪县石桥镇人民政府", "town"),
        ("临溪县柳溪乡人民政府", "town"),
        ("河口区望潮街道办事处", "town"),
    ),
}


@st.composite
def samples(draw: st.DrawFn) -> Report:
    id = draw(st.sampled_from(FORM_IDS))
    official = form(id)
    year = draw(st.integers(official.first_year, official.last_year or 2030))
    agency, size = draw(st.sampled_from(AGENCIES["university" if id == "university" else "gov"]))
    return sample_report(id, year=year, agency=agency, size=size, seed=draw(st.integers(0, 10**6)))


@settings(max_examples=60, deadline=None)
@given(samples())
def test_every_balance_check_of_the_form_holds(report: Report) -> None:
    official = form(cast(str, report.form))
    values = {id: report.value(id) for id in report.cells}
    assert [e.check for e in official.equations if e.holds(values) is False] == []


@settings(max_examples=60, deadline=None)
@given(samples())
def test_every_official_cell_is_filled_in_or_blank_and_knows_its_place(report: Report) -> None:
    official = form(cast(str, report.form))
    assert [id for id, c in official.cells.items() if not c.local and id not in report.cells] == []
    for cell in report.cells.values():
        assert cell.where is not None
        grid = report.blocks[cell.where.block]
        assert isinstance(grid, Grid)
        (drawn,) = [c for c in grid.cells if (c.row, c.col) == (cell.where.row, cell.where.col)]
        assert drawn.text == cell.raw


@settings(max_examples=40, deadline=None)
@given(samples())
def test_chapters_cover_the_blocks_in_order(report: Report) -> None:
    assert [c.id for c in report.chapters] == [c.id for c in form(cast(str, report.form)).chapters]
    for chapter, following in zip(report.chapters, report.chapters[1:], strict=False):
        assert chapter.where.block <= chapter.last_block == following.where.block - 1
    for chapter in report.chapters:
        inside = report.blocks[chapter.where.block + 1 : chapter.last_block + 1]
        assert chapter.text == "\n".join(b.text for b in inside if isinstance(b, Paragraph))


@settings(max_examples=40, deadline=None)
@given(samples())
def test_no_pattern_is_left_unfilled(report: Report) -> None:
    for mark in "{}[]|@":
        assert mark not in report.text


@settings(max_examples=60, deadline=None)
@given(samples())
def test_no_rule_finds_fault_with_a_sample(report: Report) -> None:
    assert [(f.rule, f.message) for f in check(facts_of(report))] == []


@pytest.mark.parametrize("start", [2008, 2014, 2018, 2021])
@pytest.mark.parametrize(("agency", "size"), [("云州市民政局", "department"), ("临溪县石桥镇人民政府", "town")])
def test_three_years_of_one_agency_follow_from_each_other(start: int, agency: str, size: Size) -> None:
    previous: Report | None = None
    for year in range(start, start + 3):
        id = next(f for f in FORM_IDS[:4] if form(f).first_year <= year <= (form(f).last_year or year))
        report = sample_report(id, year=year, agency=agency, size=size, previous=previous)
        found = check(facts_of(report), Context(previous=previous))
        assert [(f.rule, f.message) for f in found] == []
        previous = report


def test_what_is_carried_out_is_carried_in_the_next_year() -> None:
    first = sample_report("gov-2019", year=2020, agency="云州市人民政府", size="city")
    second = sample_report("gov-2021", year=2021, agency="云州市人民政府", size="city", previous=first)
    for column in ("natural_person", "commercial", "total"):
        assert second.value(f"t3.carried_in.{column}") == first.value(f"t3.carried_out.{column}")


def test_the_same_arguments_give_the_same_report_and_another_seed_another() -> None:
    one, same, other = (sample_report("gov-2021", year=2023, agency="云州市水务局", seed=seed) for seed in (1, 1, 2))
    assert one == same
    assert one.cells != other.cells


def test_two_agencies_and_two_years_share_little_text() -> None:
    first = sample_report("gov-2021", year=2023, agency="云州市水务局")
    neighbour = sample_report("gov-2021", year=2023, agency="云州市审计局")
    later = sample_report("gov-2021", year=2024, agency="云州市水务局", previous=first)
    assert shared(first, neighbour) < 0.25
    assert shared(first, later) < 0.15


def test_prose_states_the_figures_of_the_table() -> None:
    report = sample_report("gov-2021", year=2024, agency="云州市人民政府", size="city")
    received = report.value("t3.new_received.total")
    assert f"申请{received}件" in report.chapters[0].text


def test_a_town_speaks_of_villages_and_a_department_of_its_trade() -> None:
    town = sample_report("gov-2021", year=2024, agency="临溪县石桥镇人民政府", size="town")
    school = sample_report("gov-2021", year=2024, agency="云州市教育局")
    assert "我镇" in town.text
    assert "我局" not in town.text
    assert "我局" in school.text
    assert "村务" not in school.text


def test_figures_are_of_the_size_of_the_agency() -> None:
    def received(agency: str, size: Size) -> Decimal:
        report = sample_report("gov-2021", year=2024, agency=agency, size=size)
        return report.value("t3.new_received.total") or Decimal(0)

    assert received("临溪县石桥镇人民政府", "town") < received("云州市教育局", "department") + 5
    assert received("云州市教育局", "department") < received("云州市人民政府", "city")


@pytest.mark.parametrize("section", ["overview", "proactive", "applications", "management", "platform", "supervision"])
def test_a_chapter_is_written_from_at_least_forty_sentences(section: str) -> None:
    variants = sum(variety(t.parts) for t in fitting(section, "department", 2024))
    assert variants >= 40


@pytest.mark.parametrize("year", range(2008, 2031))
def test_every_section_has_enough_patterns_for_each_kind_of_agency_in_each_year(year: int) -> None:
    for size in ("department", "town", "county", "city"):
        for section in ("overview", "management", "platform", "supervision", "proactive", "problems", "improvements"):
            assert len(fitting(section, size, year)) >= 8, (section, size)
        assert fitting("preamble", size, year)


def test_all_sections_are_there() -> None:
    assert {"overview", "fees", "u_overview", "figures_proactive", "u_preamble"} <= set(sections())


def facts_of(report: Report) -> Report:
    """The report as it is read: with the figures in its prose."""
    official = form(cast(str, report.form))
    return report.with_(
        facts=read_facts(report.blocks, form=official, chapters=report.chapters, skip=report.table_blocks)
    )


def variety(parts: tuple[object, ...]) -> int:
    """How many different sentences a pattern gives, whatever the slots hold."""
    count = 1
    for part in parts:
        if isinstance(part, tuple):
            count *= len(part)
    return count


def shared(a: Report, b: Report) -> float:
    """The share of the ten-character shingles of one report's text that the other has too."""
    one, other = ({t[i : i + 10] for i in range(len(t) - 9)} for t in (a.text, b.text))
    return len(one & other) / len(one)
