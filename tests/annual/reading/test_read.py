"""Reading end to end: sample reports of every form come back as they were written, alone and strung together."""

from __future__ import annotations

import html
import json
import os
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.annual import read, read_document
from gongkai.annual.data import to_dict, to_json_lines
from gongkai.annual.errors import DataError, NoReport, ReadError
from gongkai.annual.model import Block, Document, Grid, Report, Span
from gongkai.annual.sample import sample_report

YEARS = {
    "gov-2008": (2008, 2013),
    "gov-2014": (2014, 2018),
    "gov-2019": (2019, 2020),
    "gov-2021": (2021, 2024),
    "university": (2010, 2023),
}
BODIES = {
    "department": ("云州市教育局", "临溪县卫生健康局", "云州市市场监督管理局", "云州海关"),
    "county": ("临溪县人民政府", "河口区人民政府"),
    "town": ("石桥镇人民政府", "河口街道办事处"),
    "city": ("云州市人民政府",),
    "university": ("云州大学", "云州职业技术学院"),
}


@st.composite
def samples(draw: st.DrawFn) -> Report:
    form = draw(st.sampled_from(sorted(YEARS)))
    size = "university" if form == "university" else draw(st.sampled_from(["department", "county", "town", "city"]))
    year = draw(st.integers(*YEARS[form]))
    agency = draw(st.sampled_from(BODIES[size]))
    return sample_report(form, year=year, agency=agency, seed=draw(st.integers(0, 10**6)), size=size)


def strung(reports: list[Report]) -> tuple[Document, list[Span]]:
    blocks: list[Block] = []
    spans = []
    for report in reports:
        spans.append(Span(len(blocks), len(blocks) + len(report.blocks) - 1))
        blocks += [replace(block, index=len(blocks) + i) for i, block in enumerate(report.blocks)]
    return Document(tuple(blocks), "html"), spans


def page(report: Report) -> bytes:
    """The report as a plain web page."""
    parts = []
    for block in report.blocks:
        if isinstance(block, Grid):
            rows: dict[int, list[str]] = {}
            for cell in block.cells:
                spans = f' rowspan="{cell.rowspan}" colspan="{cell.colspan}"'
                rows.setdefault(cell.row, []).append(f"<td{spans}>{html.escape(cell.text)}</td>")
            parts.append("<table>" + "".join(f"<tr>{''.join(rows[r])}</tr>" for r in sorted(rows)) + "</table>")
        else:
            parts.append(f"<p>{html.escape(block.text)}</p>")
    return f"<html><head><meta charset=utf-8></head><body>{''.join(parts)}</body></html>".encode()


def identity(report: Report) -> tuple[object, ...]:
    return report.agency, report.title, report.year, report.period, report.form, report.published


def values(report: Report) -> dict[str, object]:
    return {id: cell.value for id, cell in report.cells.items()}


SLOW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@SLOW
@given(samples())
def test_sample_comes_back_whole(written: Report):
    document, _ = strung([written])
    [found] = read_document(document)
    assert identity(found) == identity(written)
    assert [(c.id, c.no, c.title, c.text) for c in found.chapters] == [
        (c.id, c.no, c.title, c.text) for c in written.chapters
    ]
    assert values(found) == values(written)
    assert found.unread == ()


@SLOW
@given(st.lists(samples(), min_size=2, max_size=4, unique_by=lambda r: (r.agency, r.year)))
def test_samples_strung_together_are_separated_exactly(written: list[Report]):
    document, spans = strung(written)
    found = read_document(document)
    assert [r.source.span for r in found] == spans
    assert [identity(r) for r in found] == [identity(r) for r in written]
    assert [values(r) for r in found] == [values(r) for r in written]


@pytest.mark.parametrize("form", sorted(YEARS))
def test_web_page_is_read_from_bytes_and_from_a_file(form: str, tmp_path: Path):
    size = "university" if form == "university" else "department"
    written = sample_report(form, year=YEARS[form][1], agency=BODIES[size][0], size=size)
    path = tmp_path / "report.html"
    path.write_bytes(page(written))
    for found in (read(path), read(str(path)), read(path.read_bytes(), name="report.html")):
        assert [identity(r) for r in found] == [identity(written)]
        assert values(found[0]) == values(written)
    assert found[0].source.format == "html"
    assert read(path)[0].source.path == str(path)


def test_tables_decide_the_form_against_the_year():
    written = sample_report("gov-2019", year=2020, agency="云州市教育局")
    title = replace(written.blocks[0], text="云州市教育局2023年政府信息公开工作年度报告")
    [found] = read_document(Document((title, *written.blocks[1:]), "html"))
    assert (found.year, found.form) == (2023, "gov-2019")


def test_own_data_is_read_back(tmp_path: Path):
    written = sample_report("gov-2021", year=2023, agency="云州市教育局")
    one = json.dumps(to_dict(written), ensure_ascii=False).encode()
    assert [identity(r) for r in read(one, name="a.json")] == [identity(written)]
    many = "".join(to_json_lines([written, written])).encode()
    assert [values(r) for r in read(many)] == [values(written)] * 2


def test_own_data_with_a_fault_is_refused():
    data = to_dict(sample_report("gov-2021", year=2023, agency="云州市教育局"))
    data["form"] = "gov-1999"
    with pytest.raises(DataError):
        read(json.dumps(data).encode())


def test_a_second_copy_for_printing_is_no_second_report():
    report = sample_report("gov-2021", year=2023, agency="临溪县司法局")
    content = page(report).decode()
    links = "<p>相关链接</p><p>版权所有：临溪县人民政府</p>"
    [back] = read(f"{content}<hr><div>{content}{links}</div>".encode())
    assert (back.agency, back.year) == ("临溪县司法局", 2023)
    assert {id: c.value for id, c in back.cells.items()} == {id: c.value for id, c in report.cells.items()}


def test_text_without_a_report_is_refused():
    with pytest.raises(NoReport):
        read("今天天气很好，市民纷纷出门散步，公园里游人如织。".encode(), name="a.txt")


def test_missing_file_is_an_os_error(tmp_path: Path):
    with pytest.raises(FileNotFoundError):
        read(tmp_path / "none.html")


def test_reports_know_their_place_in_the_file():
    document, spans = strung([sample_report("gov-2021", year=y, agency="云州市教育局") for y in (2021, 2022)])
    found = read_document(document, path="two.html")
    for report, span in zip(found, spans, strict=True):
        assert [b.index for b in report.blocks] == list(range(span.first, span.last + 1))
        assert all(span.first <= c.where.block <= c.last_block <= span.last for c in report.chapters)
        assert report.source.path == "two.html"


def test_chapter_headings_are_no_part_of_tables():
    document, _ = strung([sample_report("gov-2021", year=2023, agency="云州市教育局")])
    [found] = read_document(document)
    assert not found.table_blocks & {c.where.block for c in found.chapters}


@pytest.mark.skipif("GONGKAI_REAL_REPORTS" not in os.environ, reason="GONGKAI_REAL_REPORTS names no folder")
def test_real_reports_are_read_or_refused_with_a_reason():
    for path in sorted(Path(os.environ["GONGKAI_REAL_REPORTS"]).rglob("*")):
        if path.is_file():
            try:
                kept = all(r.chapters or r.cells or r.text for r in read(path))
            except ReadError as error:
                kept = bool(error.message)
            assert kept, path
