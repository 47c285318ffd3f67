"""Reading a rendered report gives the same data, in every form and file type."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from gongkai.annual import read
from gongkai.annual.model import Report
from gongkai.annual.render import FILE_TYPES, FileType, render
from gongkai.annual.sample import Size, sample_report

sys.path.insert(0, str(Path(__file__).parent))
from arbitrary_reports import Arbitrary, reports

EXAMPLES = {"html": 20, "docx": 12, "xlsx": 12, "pdf": 8, "json": 20, "txt": 20}
SAMPLES: tuple[tuple[str, int, str, Size], ...] = (
    ("gov-2008", 2011, "云州市教育局", "department"),
    ("gov-2014", 2016, "云州市交通运输局", "department"),
    ("gov-2019", 2019, "临溪县石桥镇人民政府", "town"),
    ("gov-2021", 2024, "云州市人民政府", "city"),
    ("university", 2022, "云州大学", "university"),
)


@pytest.mark.parametrize("to", FILE_TYPES)
def test_any_report_is_read_back_as_it_was(to: FileType) -> None:
    @settings(
        max_examples=EXAMPLES[to], deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate]
    )
    @given(reports())
    def comes_back(made: Arbitrary) -> None:
        assert_same(read_back(made.report, to), made.report)

    comes_back()


@pytest.mark.parametrize("to", FILE_TYPES)
@pytest.mark.parametrize(("id", "year", "agency", "size"), SAMPLES)
def test_a_natural_report_is_read_back_with_its_title_period_and_date(
    to: FileType, id: str, year: int, agency: str, size: Size
) -> None:
    report = sample_report(id, year=year, agency=agency, size=size)
    back = read_back(report, to)
    assert_same(back, report)
    assert (back.title, back.period, back.published) == (report.title, report.period, report.published)
    assert back.unread == ()
    assert {c.id: c.title for c in back.chapters} == {c.id: c.title for c in report.chapters}


def read_back(report: Report, to: FileType) -> Report:
    (back,) = read(render(report, to), name=f"report.{to}")
    return back


def assert_same(back: Report, report: Report) -> None:
    assert (back.agency, back.year, back.form) == (report.agency, report.year, report.form)
    wrong = {
        id: (cell.value, back.cells[id].value if id in back.cells else "missing")
        for id, cell in report.cells.items()
        if id not in back.cells or back.cells[id].value != cell.value
    }
    assert wrong == {}
    assert {id for id, c in back.cells.items() if c.value is not None} <= set(report.cells)
    assert [(c.id, c.text) for c in back.chapters] == [(c.id, c.text) for c in report.chapters]
