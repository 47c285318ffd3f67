"""Each file type looks as official documents do and survives odd reports."""

from __future__ import annotations

import io
import json
import re
import zipfile
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from gongkai.annual.data import from_dict
from gongkai.annual.model import Chapter, Finding, Report, Severity, Unread, Where
from gongkai.annual.render import FILE_TYPES, FileType, marked_docx, render
from gongkai.annual.render.fonts import NoFont, find
from gongkai.annual.render.layout import subheading
from gongkai.annual.render.typeset import title_lines
from gongkai.annual.sample import sample_report

AGENCY = "云州市教育局"


@pytest.fixture(scope="module")
def report() -> Report:
    return sample_report("gov-2021", year=2024, agency=AGENCY)


@pytest.mark.parametrize("to", FILE_TYPES)
def test_a_report_with_nothing_in_it_can_still_be_written(to: FileType) -> None:
    assert render(from_dict({"form": None, "cells": {}}), to)


@pytest.mark.parametrize("to", FILE_TYPES)
def test_cells_alone_are_printed_under_the_official_headings(to: FileType) -> None:
    data = {"form": "gov-2021", "agency": AGENCY, "year": 2024, "cells": {"t3.new_received.total": 3}}
    assert render(from_dict(data), to)


def test_cells_alone_bring_the_official_chapter_and_no_other() -> None:
    report = from_dict({"form": "gov-2021", "agency": AGENCY, "year": 2024, "cells": {"t3.new_received.total": 3}})
    text = render(report, "txt").decode()
    assert text.startswith("云州市教育局2024年政府信息公开工作年度报告\n三、收到和处理政府信息公开申请情况\n")
    assert "四、" not in text.replace("四、结转下年度继续办理", "")


@pytest.mark.parametrize("to", FILE_TYPES)
def test_characters_that_no_file_can_hold_are_left_out(to: FileType, report: Report) -> None:
    odd = report.with_(chapters=(Chapter("c1", "一", "总体情况", Where(0), 0, "甲\x00乙\x0b丙\ud800丁\ufffe<&>|戊"),))
    assert render(odd, to)


@pytest.mark.parametrize("to", ["html", "docx", "xlsx", "txt", "pdf"])
def test_a_report_in_no_official_form_keeps_its_own_chapters_and_tables(to: FileType, report: Report) -> None:
    assert render(report.with_(form=None), to)


def test_a_file_type_that_is_not_known_is_refused(report: Report) -> None:
    with pytest.raises(ValueError, match="doc"):
        render(report, "doc")  # type: ignore[arg-type]


def test_the_same_report_gives_the_same_bytes(report: Report) -> None:
    for to in ("html", "txt", "json", "pdf"):
        assert render(report, to) == render(report, to)


def test_the_web_page_scopes_its_heads_and_its_styles(report: Report) -> None:
    page = render(report, "html").decode()
    assert '<html lang="zh-Hans">' in page
    assert '<th scope="colgroup" colspan="7">申请人情况</th>' in page
    assert '<th scope="rowgroup" rowspan="8">（三）不予公开</th>' in page
    assert 'data-cell="t3.granted.total"' in page
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)
    assert style
    flat = re.sub(r"@media print\{(.*)\}", r"\1", style[1], flags=re.DOTALL)
    selectors = [s.strip() for rule in re.findall(r"([^{}]+)\{", flat) for s in rule.split(",")]
    assert selectors
    assert [s for s in selectors if not s.startswith(".gk-report")] == []


def test_the_web_page_does_not_let_a_report_bring_markup() -> None:
    bad = "<script>alert(1)</script>"
    data = {"form": "gov-2021", "title": bad, "cells": {"t3.granted.total": {"value": None, "raw": bad}}}
    data["chapters"] = [{"title": bad, "text": bad}]
    assert "<script" not in render(from_dict(data), "html").decode()


def test_the_word_file_has_the_page_and_the_faces_of_official_documents(report: Report) -> None:
    import docx

    document = docx.Document(io.BytesIO(render(report, "docx")))
    section = document.sections[0]
    sizes = (section.page_width, section.page_height, section.top_margin, section.left_margin)
    assert [round(s.mm) for s in sizes if s is not None] == [210, 297, 37, 28]
    xml = document.styles.element.xml + document.element.xml
    for face in ("方正小标宋简体", "仿宋", "黑体", "楷体", "宋体"):
        assert f'w:eastAsia="{face}"' in xml
    assert "PAGE" in section.footer._element.xml
    assert document.paragraphs[0].text == report.title
    assert len(document.tables) == 3
    assert document.tables[1].cell(3, 3).text == str(report.value("t3.new_received.natural_person"))


def test_the_workbook_has_a_sheet_a_chapter_and_numbers_in_its_cells(report: Report) -> None:
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(io.BytesIO(render(report, "xlsx")))
    assert book.sheet_names[2] == "三、收到和处理政府信息公开申请情况"
    rows = book.get_sheet_by_index(2).to_python()
    assert rows[4][3] == float(report.value("t3.new_received.natural_person") or 0)


@pytest.mark.parametrize("amount", ["96171.6", "19825.35", "0.07", "123456789.12"])
def test_an_amount_comes_back_from_a_workbook_without_the_noise_of_binary_fractions(amount: str) -> None:
    from gongkai.annual import read

    data = {"form": "gov-2021", "agency": AGENCY, "year": 2024, "cells": {"t2.admin_fees.amount": float(amount)}}
    (back,) = read(render(from_dict(data), "xlsx"), name="a.xlsx")
    assert back.value("t2.admin_fees.amount") == Decimal(amount)


def test_a_formula_in_a_cell_stays_text_in_the_workbook() -> None:
    raw = '=HYPERLINK("http://xxgk.test")'
    data = {"form": "gov-2021", "cells": {"t3.granted.total": {"value": None, "raw": raw}}}
    with zipfile.ZipFile(io.BytesIO(render(from_dict(data), "xlsx"))) as book:
        assert "<f>" not in "".join(book.read(n).decode() for n in book.namelist() if "sheets/" in n)


def test_json_is_the_data_of_the_report(report: Report) -> None:
    assert from_dict(json.loads(render(report, "json"), parse_float=Decimal)) == report.with_(
        blocks=(), table_blocks=frozenset()
    )


def text_of(pdf: bytes) -> str:
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    return "".join(page.get_textpage().get_text_range() for page in document)


@pytest.mark.parametrize("character", "镕喆䶮")
def test_rare_characters_in_names_are_printed(character: str, report: Report) -> None:
    odd = report.with_(chapters=(Chapter("c1", "一", "总体情况", Where(0), 0, f"（一）朱{character}同志主持工作。"),))
    assert f"朱{character}同志" in text_of(render(odd, "pdf"))


def test_the_pdf_embeds_its_fonts_and_numbers_its_pages(report: Report) -> None:
    pdf = render(report, "pdf")
    assert pdf.startswith(b"%PDF-")
    text = text_of(pdf)
    assert "— 1 —" in text
    assert "— 2 —" in text


def test_a_figure_too_long_for_its_cell_is_set_smaller_not_over_the_border() -> None:
    from gongkai.annual import read

    cells = {f"t3.{row}.total": 10**8 + i for i, row in enumerate(("new_received", "carried_in", "granted"))}
    data = {"form": "gov-2021", "agency": AGENCY, "year": 2024, "cells": cells}
    (back,) = read(render(from_dict(data), "pdf"), name="a.pdf")
    assert {id: back.value(id) for id in cells} == cells


def test_there_is_a_face_for_each_kind_of_type_on_a_bare_machine() -> None:
    stacks = find().stacks()
    assert set(stacks) == {"title", "body", "hei", "kai", "song"}
    assert all(any("Noto S" in face for face in faces) for faces in stacks.values())


def test_without_any_chinese_face_the_pdf_is_refused_with_a_remedy(
    monkeypatch: pytest.MonkeyPatch, report: Report
) -> None:
    import typst

    from gongkai.annual.render import fonts

    monkeypatch.setattr(fonts, "_packaged", lambda: None)
    monkeypatch.setattr(fonts, "_fetched", lambda: None)
    real = typst.Fonts
    monkeypatch.setattr(typst, "Fonts", lambda **options: real(**{**options, "include_system_fonts": False}))
    fonts.find.cache_clear()
    try:
        with pytest.raises(NoFont, match="make setup"):
            render(report, "pdf")
    finally:
        fonts.find.cache_clear()


def test_a_long_title_breaks_after_the_agency() -> None:
    title = f"{AGENCY}2024年政府信息公开工作年度报告"
    assert title_lines(title, AGENCY) == [AGENCY, "2024年政府信息公开工作年度报告"]
    assert title_lines("2024年度报告", AGENCY) == ["2024年度报告"]


def test_a_paragraph_begins_with_its_own_heading() -> None:
    assert subheading("（一）主动公开情况。全年公开3条。") == ("（一）主动公开情况。", "全年公开3条。")
    assert subheading("（二）平台建设") == ("（二）平台建设", "")
    assert subheading("（三）收到申请3件，办结2件。") == ("", "（三）收到申请3件，办结2件。")


def comments(data: bytes) -> list[tuple[str, str]]:
    """The text of each comment, and of what it is set on."""
    import docx
    from docx.oxml.ns import qn

    document = docx.Document(io.BytesIO(data))
    found = []
    for comment in document.comments:
        body: Any = document.element.body
        inside, words = False, []
        for element in body.iter():
            if element.tag == qn("w:commentRangeStart") and element.get(qn("w:id")) == str(comment.comment_id):
                inside = True
            if element.tag == qn("w:commentRangeEnd") and element.get(qn("w:id")) == str(comment.comment_id):
                inside = False
            if inside and element.tag == qn("w:t"):
                words.append(element.text or "")
        found.append((comment.text, "".join(words)))
    return found


def finding(**places: Any) -> Finding:
    return Finding("T3-BALANCE", Severity.ERROR, "收支不平，请核对。", "Does not balance.", "", **places)


def test_findings_become_comments_on_the_cell_and_on_the_words(report: Report) -> None:
    block = next(b for b in report.blocks if getattr(b, "text", "").startswith("（一）"))
    text = block.text  # type: ignore[union-attr]
    start = text.index("全年") if "全年" in text else 12
    marked = report.with_(
        findings=(
            finding(cells=("t3.results_total.total",)),
            finding(where=(Where(block.index, start=start, end=start + 6),)),
            finding(),
        )
    )
    made = comments(marked_docx(marked))
    assert [words for _, words in made] == [
        str(report.value("t3.results_total.total")),
        text[start : start + 6],
        report.title,
    ]
    assert all("收支不平" in text and "T3-BALANCE" in text for text, _ in made)


def test_doubtful_and_unread_cells_are_shaded(report: Report) -> None:
    marked = report.with_(
        findings=(finding(cells=("t3.results_total.total",)),),
        unread=(Unread("t3.granted.total", "1O", "not_a_number"),),
    )
    import docx

    xml = docx.Document(io.BytesIO(marked_docx(marked))).element.xml
    assert xml.count('w:fill="F8CBAD"') == 1
    assert xml.count('w:fill="E7E6E6"') == 1


def test_a_clean_report_has_no_comments(report: Report) -> None:
    assert comments(marked_docx(report)) == []


def test_the_date_of_publication_is_printed_under_the_title(report: Report) -> None:
    text = render(report.with_(published=date(2025, 1, 9)), "txt").decode()
    assert text.splitlines()[1] == "发布日期：2025年1月9日"
