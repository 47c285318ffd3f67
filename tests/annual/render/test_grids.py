"""Tables are laid out as the official forms print them."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

import pytest

from gongkai.annual.forms import FORM_IDS, form
from gongkai.annual.model import Cell, CellState
from gongkai.annual.render.grid import LaidCell, LaidTable, Role, figure, lay_table, printed

TABLES = [(f, t.id) for f in FORM_IDS for t in form(f).tables]


def laid(form_id: str, table: str, cells: dict[str, Cell] | None = None) -> LaidTable:
    return lay_table(form(form_id).table(table), cells or {})


def find(table: LaidTable, text: str) -> LaidCell:
    (cell,) = [c for c in table.cells if c.text == text]
    return cell


@pytest.mark.parametrize(("form_id", "table"), TABLES)
def test_every_place_of_a_table_is_covered_once(form_id: str, table: str) -> None:
    grid = laid(form_id, table)
    covered = Counter(
        (row, col)
        for c in grid.cells
        for row in range(c.row, c.row + c.rowspan)
        for col in range(c.col, c.col + c.colspan)
    )
    assert set(covered) == {(r, c) for r in range(grid.height) for c in range(len(grid.widths))}
    assert set(covered.values()) == {1}


@pytest.mark.parametrize(("form_id", "table"), TABLES)
def test_every_official_cell_of_the_form_has_its_place(form_id: str, table: str) -> None:
    wanted = {id for id, c in form(form_id).cells.items() if c.table.id == table and not c.local}
    assert {c.cell for c in laid(form_id, table).cells if c.cell} == wanted


def test_the_applications_table_has_the_official_merged_heads() -> None:
    table = laid("gov-2021", "t3")
    note = find(table, "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）")
    assert (note.row, note.col, note.rowspan, note.colspan) == (0, 0, 3, 3)
    applicants, organisations = find(table, "申请人情况"), find(table, "法人或其他组织")
    assert (applicants.row, applicants.col, applicants.colspan) == (0, 3, 7)
    assert (organisations.row, organisations.col, organisations.colspan) == (1, 4, 5)
    assert (find(table, "自然人").rowspan, find(table, "商业企业").rowspan, find(table, "总计").rowspan) == (2, 1, 2)


def test_row_groups_span_their_rows() -> None:
    table = laid("gov-2021", "t3")
    results, denied, granted = (
        find(table, "三、本年度办理结果"),
        find(table, "（三）不予公开"),
        find(table, "（一）予以公开"),
    )
    assert (results.rowspan, results.col) == (22, 0)
    assert (denied.rowspan, denied.col) == (8, 1)
    assert (granted.colspan, granted.col) == (2, 1)
    assert find(table, "四、结转下年度继续办理").colspan == 3


def test_the_reconsideration_table_has_three_head_rows_and_no_labels() -> None:
    table = laid("gov-2021", "t4")
    assert (len(table.widths), table.height, table.head_rows) == (15, 4, 3)
    assert find(table, "行政诉讼").colspan == 10
    assert find(table, "未经复议直接起诉").colspan == 5


def test_publication_blocks_stand_under_their_article() -> None:
    table = laid("gov-2021", "t2")
    heads = [c for c in table.cells if c.role is Role.SECTION]
    assert [h.text for h in heads] == [f"第二十条第（{n}）项" for n in "一五六八"]
    assert {h.colspan for h in heads} == {4}
    assert [c.colspan for c in table.cells if c.cell == "t2.licensing.decisions"] == [3]


def test_rows_that_only_some_places_print_appear_where_there_are_values() -> None:
    cells = {"stat.to_archives_paper": Cell("stat.to_archives_paper", Decimal(3), "3")}
    without, with_ = laid("gov-2014", "stat"), laid("gov-2014", "stat", cells)
    labels = [c.text for c in with_.cells if c.role in (Role.LABEL, Role.GROUP)]
    assert with_.height == without.height + 2
    assert "七、向图书馆、档案馆等查阅场所报送信息数" in labels


def test_local_rows_shift_the_numbers_of_the_official_rows_after_them() -> None:
    local = ("to_archives_paper", "sites_county", "gazette_issues")
    cells = {f"stat.{id}": Cell(f"stat.{id}", Decimal(1), "1") for id in local}
    numbers = [
        c.text[: c.text.index("、")] for c in laid("gov-2014", "stat", cells).cells if c.col == 0 and "、" in c.text[:3]
    ]
    assert [n for n in numbers if not n.isdigit()] == [*"一二三四五六七八九十", "十一", "十二"]


def test_the_second_column_of_2008_appears_only_where_it_is_used() -> None:
    cells = {"stat.published.year_to_date": Cell("stat.published.year_to_date", Decimal(9), "9")}
    assert len(laid("gov-2008", "stat").widths) == 3
    assert len(laid("gov-2008", "stat", cells).widths) == 4


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""),
        (Cell("a", None, "", state=CellState.BLANK), ""),
        (Cell("a", None, "—", state=CellState.BLANK), "—"),
        (Cell("a", Decimal(0), "0"), "0"),
        (Cell("a", Decimal(22), "22（其中修订16件）", note="其中修订16件"), "22（其中修订16件）"),
        (Cell("a", Decimal(251000), "251000元", unit="元"), "251000元"),
        (Cell("a", Decimal("3E+4"), ""), "30000"),
        (Cell("a", Decimal("96171.60"), ""), "96171.6"),
        (Cell("a", Decimal(7), "1", state=CellState.CORRECTED), "7"),
        (Cell("a", Decimal(-3), "-3"), "-3"),
        (Cell("a", "按年\x00公开", "按年\x00公开"), "按年公开"),
    ],
)
def test_a_cell_prints_what_the_office_wrote_and_a_missing_one_nothing(cell: Cell | None, text: str) -> None:
    assert printed(cell) == text


def test_a_figure_prints_without_exponent_and_trailing_zeros() -> None:
    assert figure(Decimal("1.50")) == "1.5"
    assert figure(Decimal("1E+5")) == "100000"
    assert len(figure(Decimal("1E+999999"))) < 20
