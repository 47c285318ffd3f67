"""Programs that know no merged cells write a label into each of its places."""

from __future__ import annotations

from gongkai.annual.forms import form
from gongkai.annual.model import Grid, GridCell
from gongkai.annual.tables import TableReading, read_tables

NOTE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
KINDS = ["商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"]
APPLICATIONS = [
    [NOTE] * 3 + ["申请人情况"] * 7,
    [NOTE] * 3 + ["自然人"] + ["法人或其他组织"] * 5 + ["总计"],
    [NOTE] * 3 + ["自然人", *KINDS, "总计"],
    ["一、本年新收政府信息公开申请数量"] * 3 + ["6", "1", "0", "", "0", "0", "7"],
    ["二、上年结转政府信息公开申请数量"] * 3 + ["0"] * 7,
    ["三、本年度办理结果"] + ["（一）予以公开"] * 2 + ["5", "0", "0", "0", "0", "0", "5"],
    ["三、本年度办理结果", "（三）不予公开", "1.属于国家秘密", "1", "1", "0", "0", "0", "0", "2"],
    ["三、本年度办理结果", "（三）不予公开", "4.保护第三方合法权益", "0", "0", "0", "0", "0", "0", "0"],
    ["四、结转下年度继续办理"] * 3 + ["0"] * 7,
]
PUBLISHED = [
    ["第二十条第（一）项"] * 4,
    ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"],
    ["规章", "0", "0", "0"],
    ["行政规范性文件", "3", "3", "3"],
    ["第二十条第（五）项"] * 4,
    ["信息内容"] + ["本年处理决定数量"] * 3,
    ["行政许可"] + ["41"] * 3,
    ["第二十条第（八）项"] * 4,
    ["信息内容"] + ["本年收费金额（单位：万元）"] * 3,
    ["行政事业性收费", "2.5", "2.5", "9"],
]


def reading(rows: list[list[str]]) -> TableReading:
    cells = (GridCell(text, r, c) for r, row in enumerate(rows) for c, text in enumerate(row))
    return read_tables([Grid(0, tuple(cells))], form("gov-2021"))


def test_applications_are_read_under_their_columns() -> None:
    table = reading(APPLICATIONS)
    assert table.cells["t3.new_received.natural_person"].value == 6
    assert table.cells["t3.new_received.social_welfare"].value is None
    assert table.cells["t3.new_received.total"].value == 7
    assert table.cells["t3.denied_state_secret.commercial"].value == 1
    assert table.unread == ()


def test_a_figure_that_fills_several_places_is_one_figure() -> None:
    assert reading(PUBLISHED).cells["t2.licensing.decisions"].value == 41


def test_equal_figures_under_different_columns_stay_apart() -> None:
    cells = reading(PUBLISHED).cells
    assert [cells[f"t2.normative_docs.{c}"].value for c in ("issued", "repealed", "in_force")] == [3, 3, 3]


def test_different_figures_under_one_column_are_unread() -> None:
    table = reading(PUBLISHED)
    assert "t2.admin_fees.amount" not in table.cells
    assert "t2.admin_fees.amount" in {u.cell for u in table.unread}


def test_places_are_those_of_the_source() -> None:
    where = reading(APPLICATIONS).cells["t3.granted.total"].where
    assert where is not None
    assert (where.row, where.col) == (5, 9)
