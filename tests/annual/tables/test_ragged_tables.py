"""Tables copied out of a page lose their merged cells: their rows are read by counting, or not at all."""

from __future__ import annotations

from decimal import Decimal

from gongkai.annual.forms import form
from gongkai.annual.model import Grid, GridCell
from gongkai.annual.tables import TableReading, read_tables

HEADER = [
    ["（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", "申请人情况"],
    ["自然人", "法人或其他组织", "总计"],
    ["商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"],
]
BODY = [
    ["一、本年新收政府信息公开申请数量", "5", "1", "", "0", "—", "0", "6"],
    ["二、上年结转政府信息公开申请数量", "0", "0", "0", "0", "0", "0", "0"],
    ["三、本年度办理结果", "（一）予以公开", "4", "1", "0", "0", "0", "0", "5"],
    ["（二）部分公开（区分处理的，只计这一情形，不计其他情形）", "1", "0", "0", "0", "0", "0", "1"],
    ["（三）不予公开", "1.属于国家秘密", "0", "0", "0", "0", "0", "", ""],
    ["2.其他法律行政法规禁止公开", "0", "0", "0", "0", "0", "0"],
    ["四、结转下年度继续办理", "0", "0", "0", "0", "0", "0", "0"],
]
DENIED = ("属于国家秘密", "其他法律行政法规禁止公开", "危及“三安全一稳定”", "保护第三方合法权益")


def reading(*rows: list[str]) -> TableReading:
    cells = (GridCell(text, r, c) for r, row in enumerate(rows) for c, text in enumerate(row))
    return read_tables([Grid(0, tuple(cells))], form("gov-2021"))


def value(table: TableReading, id: str) -> Decimal | str | None:
    return table.cells[id].value


def test_rows_without_their_merged_cells_are_counted_off() -> None:
    table = reading(*HEADER, *BODY)
    assert value(table, "t3.new_received.natural_person") == 5
    assert value(table, "t3.new_received.total") == 6
    assert value(table, "t3.granted.natural_person") == 4
    assert value(table, "t3.granted.total") == 5
    assert value(table, "t3.carried_out.total") == 0


def test_a_blank_cell_keeps_its_place() -> None:
    table = reading(*HEADER, *BODY)
    assert value(table, "t3.new_received.research") is None
    assert value(table, "t3.new_received.social_welfare") == 0
    assert value(table, "t3.denied_state_secret.total") is None


def test_a_row_with_a_cell_too_few_is_unread() -> None:
    table = reading(*HEADER, *BODY)
    assert not [id for id in table.cells if id.startswith("t3.denied_law_prohibits.")]
    assert {u.reason for u in table.unread} == {"too_few_values"}


def test_another_column_in_the_header_forbids_counting() -> None:
    header = [*HEADER[:2], [*HEADER[2], "备注"]]
    assert reading(*header, *BODY).cells == {}


def test_another_order_of_columns_forbids_counting() -> None:
    header = [HEADER[0], ["总计", "自然人", "法人或其他组织"], HEADER[2]]
    assert reading(*header, *BODY).cells == {}


def test_whole_looking_rows_beside_shifted_ones_are_unread() -> None:
    header = [
        ["", "", "", "申请人情况", "", "", "", "", "", ""],
        ["", "", "", "自然人", "法人或其他组织", "", "", "", "", "总计"],
        ["", "", "", "", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", ""],
    ]
    shifted = ["一、本年新收政府信息公开申请数量", "", "5", "1", "0", "0", "0", "0", "6", ""]
    looks_whole = ["二、上年结转政府信息公开申请数量", "", "", "3", "0", "0", "0", "0", "3", ""]
    right = [
        ["", "（一）予以公开", "", "4", "1", "0", "0", "0", "0", "5"],
        ["", "（二）部分公开", "", "1", "0", "0", "0", "0", "0", "1"],
        *(["", "", f"{i}.{label}", "0", "0", "0", "0", "0", "0", "0"] for i, label in enumerate(DENIED, 1)),
    ]
    table = reading(*header, shifted, looks_whole, *right)
    assert not [id for id in table.cells if id.startswith(("t3.new_received.", "t3.carried_in."))]
    assert value(table, "t3.granted.total") == 5


def out_of_order(total: str) -> list[list[str]]:
    """Rows under a header in which 总计 stands second, as it does where the cell over the organisations was lost."""
    return [
        ["项目", "自然人", "总计", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"],
        ["一、本年新收政府信息公开申请数量", "5", total, "1", "0", "0", "0", "0"],
        ["二、上年结转政府信息公开申请数量", "2", "2" if total == "6" else "0", "0", "0", "0", "0", "0"],
        ["（一）予以公开", "4", "4" if total == "6" else "1", "0", "0", "0", "0", "0"],
    ]


def test_another_order_of_columns_is_read_where_the_totals_bear_it_out() -> None:
    assert value(reading(*out_of_order("6")), "t3.new_received.total") == 6


def test_another_order_of_columns_is_unread_where_the_totals_do_not_hold() -> None:
    assert reading(*out_of_order("1")).cells == {}


DISPUTES = [
    ["行政复议", "行政诉讼"],
    ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计", "未经复议直接起诉", "复议后起诉"],
    ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"] * 2,
    ["3", "", "0", "0", "3", "1", "0", "0", "0", "1", "0", "0", "2", "0", "2"],
]


def test_disputes_without_their_merged_cells_are_counted_off() -> None:
    table = reading(*DISPUTES)
    assert value(table, "t4.review.total") == 3
    assert value(table, "t4.review.corrected") is None
    assert value(table, "t4.lit_direct.upheld") == 1
    assert value(table, "t4.lit_after_review.other") == 2


def test_disputes_with_a_figure_too_few_are_unread() -> None:
    assert reading(*DISPUTES[:3], DISPUTES[3][1:]).cells == {}


def test_a_blank_column_beside_the_disputes_is_passed_over() -> None:
    spans = [[5, 10], [1, 1, 1, 1, 1, 5, 5], [1] * 10, [1] * 15]
    cells: list[GridCell] = []
    for r, (row, widths) in enumerate(zip(DISPUTES, spans, strict=True)):
        col = 5 if r == 2 else 0
        for text, width in zip(row, widths, strict=True):
            down = 2 if r == 1 and width == 1 else 1
            cells.append(GridCell(text, r, col, rowspan=down, colspan=width))
            col += width
        cells.append(GridCell("", r, 15))
    table = read_tables([Grid(0, tuple(cells))], form("gov-2021"))
    assert value(table, "t4.lit_after_review.total") == 2
