"""Sheets give tables, and paragraphs where a cell stands alone."""

from __future__ import annotations

import datetime
import io

import pytest
import xlsxwriter

from gongkai.annual.extract import extract
from gongkai.annual.extract.sheets import shown
from gongkai.annual.model import Grid


@pytest.fixture
def book():
    def write(*sheets):
        out = io.BytesIO()
        file = xlsxwriter.Workbook(out, {"in_memory": True})
        for fill in sheets:
            fill(file.add_worksheet())
        file.close()
        return extract(out.getvalue())

    return write


def summary(document):
    return [[c.text for c in b.cells] if isinstance(b, Grid) else b.text for b in document.blocks]


@pytest.mark.parametrize(
    ("value", "text"),
    [(12.0, "12"), (0.0, "0"), (126.5, "126.5"), (0.1 + 0.2, "0.3"), (447228.0, "447228"), (None, ""), (7, "7")],
)
def test_figures_are_shown_as_people_wrote_them(value, text):
    assert shown(value) == text


def test_dates_are_shown_as_dates():
    assert shown(datetime.datetime(2024, 1, 31)) == "2024-01-31"
    assert shown(datetime.date(2024, 1, 31)) == "2024-01-31"


def test_blank_rows_part_tables_and_lone_cells_are_paragraphs(book):
    def fill(sheet):
        sheet.write(0, 0, "临溪县年度报告")
        sheet.write_row(2, 0, ["规章", 1, 2])
        sheet.write_row(4, 0, ["许可", 3])
        sheet.write(6, 0, "注：以上为全年数据")

    assert summary(book(fill)) == ["临溪县年度报告", ["规章", "1", "2"], ["许可", "3"], "注：以上为全年数据"]


def test_a_title_over_a_table_is_a_paragraph_but_its_first_section_stays(book):
    def fill(sheet):
        sheet.merge_range(0, 0, 0, 2, "二、主动公开政府信息情况")
        sheet.merge_range(1, 0, 1, 2, "第二十条第（一）项")
        sheet.write_row(2, 0, ["规章", 0, 1])
        sheet.merge_range(3, 0, 3, 2, "第二十条第（五）项")
        sheet.write_row(4, 0, ["许可", 5, 6])

    title, table = summary(book(fill))
    assert title == "二、主动公开政府信息情况"
    assert table == ["第二十条第（一）项", "规章", "0", "1", "第二十条第（五）项", "许可", "5", "6"]


def test_hidden_sheets_are_left_out(book):
    def seen(sheet):
        sheet.write_row(0, 0, ["甲", 1])

    def hidden(sheet):
        sheet.write_row(0, 0, ["密", 2])
        sheet.hide()

    assert summary(book(seen, hidden)) == [["甲", "1"]]


def test_a_table_may_begin_anywhere_on_the_sheet(book):
    def fill(sheet):
        sheet.write_row(5, 3, ["甲", 1])
        sheet.write_row(6, 3, ["乙", 2])

    document = book(fill)
    assert summary(document) == [["甲", "1", "乙", "2"]]
    assert (document.blocks[0].width, document.blocks[0].height) == (2, 2)


def test_the_label_of_a_last_row_left_blank_stays_in_its_table(book):
    def fill(sheet):
        sheet.write_row(0, 0, ["行政处罚", 12])
        sheet.write(1, 0, "行政事业性收费")

    assert summary(book(fill)) == [["行政处罚", "12", "行政事业性收费", ""]]


@pytest.mark.parametrize("words", ["注：数据截至年底", "以上数据均已核对。", "三、收到和处理政府信息公开申请情况"])
def test_a_note_or_a_heading_right_under_a_table_is_a_paragraph(book, words):
    def fill(sheet):
        sheet.write_row(0, 0, ["行政处罚", 12])
        sheet.write(1, 0, words)

    assert summary(book(fill)) == [["行政处罚", "12"], words]
