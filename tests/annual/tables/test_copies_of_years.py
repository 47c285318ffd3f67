"""Where last year's table is printed above this year's, this year's is read."""

from __future__ import annotations

import pytest

from gongkai.annual.forms import form
from gongkai.annual.model import Block, Grid, GridCell, Paragraph
from gongkai.annual.tables import read_tables

NAMES = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
ROWS = [
    "一、本年新收政府信息公开申请数量",
    "二、上年结转政府信息公开申请数量",
    "（一）予以公开",
    "（二）部分公开",
    "（七）总计",
    "四、结转下年度继续办理",
]


def table(index: int, value: str) -> Grid:
    rows = [["", *NAMES], *([label, value, "0", "0", "0", "0", "0", value] for label in ROWS)]
    return Grid(index, tuple(GridCell(text, r, c) for r, row in enumerate(rows) for c, text in enumerate(row)))


@pytest.mark.parametrize("caption", ["上年度情况：", "2022年情况：", "附：去年数据"])
def test_the_copy_under_a_caption_of_last_year_is_passed_over(caption: str) -> None:
    blocks: list[Block] = [Paragraph(0, caption), table(1, "9"), Paragraph(2, "本年度情况："), table(3, "4")]
    reading = read_tables(blocks, form("gov-2021"), year=2023)
    assert reading.cells["t3.new_received.natural_person"].value == 4


def test_the_first_of_two_copies_counts_where_no_caption_tells() -> None:
    blocks: list[Block] = [Paragraph(0, "具体如下："), table(1, "9"), Paragraph(2, "其中县本级："), table(3, "4")]
    reading = read_tables(blocks, form("gov-2021"), year=2023)
    assert reading.cells["t3.new_received.natural_person"].value == 9


def test_one_table_is_read_whatever_its_caption_says() -> None:
    blocks: list[Block] = [Paragraph(0, "上年度情况："), table(1, "9")]
    assert read_tables(blocks, form("gov-2021"), year=2023).cells["t3.new_received.total"].value == 9
