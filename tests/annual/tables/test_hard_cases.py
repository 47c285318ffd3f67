"""Shapes and faults that are met in real reports, one by one."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal

from table_layouts import (
    NOTE,
    Td,
    TdRow,
    as_lines,
    paragraphs,
    random_values,
    stat_rows,
    t2_rows,
    t3_rows,
    t4_rows,
    to_grid,
)

from gongkai.annual.forms.load import form
from gongkai.annual.model import CellState, Grid, GridCell, Paragraph
from gongkai.annual.tables import TableReading, read_tables, score_forms

G21, G19, G14, G08 = form("gov-2021"), form("gov-2019"), form("gov-2014"), form("gov-2008")


def plain_grid(rows: list[list[str]], index: int = 0) -> Grid:
    """A grid without merged cells."""
    return Grid(index, tuple(GridCell(t, r, c) for r, row in enumerate(rows) for c, t in enumerate(row)))


def value(reading: TableReading, id: str) -> Decimal | str | None:
    """The value of a cell that must have been read."""
    return reading.cells[id].value


def reasons(reading: TableReading) -> set[str]:
    """Why cells are unread."""
    return {u.reason for u in reading.unread}


def zeros(the_form_id: str) -> dict[str, Decimal | None]:
    """A report in which nothing happened."""
    return {id: Decimal(0) for id in form(the_form_id).cells}


# --- cells ----------------------------------------------------------------------------------------------------------


def edit(rows: list[TdRow], label: str, column: int, text: str) -> None:
    """Write a text into the n-th value cell of a row."""
    for row in rows:
        if any(td.text == label for td in row):
            at = [i for i, td in enumerate(row) if td.kind == "value"][column]
            row[at] = replace(row[at], text=text)


def test_a_note_in_a_cell_is_kept_beside_the_figure() -> None:
    rows = t2_rows(G21, zeros("gov-2021"))[0]
    edit(rows, "行政规范性文件", 0, "22（其中修订16件）")
    cell = read_tables([to_grid(rows, 0)], G21).cells["t2.normative_docs.issued"]
    assert (cell.value, cell.raw, cell.note) == (22, "22（其中修订16件）", "其中修订16件")


def test_an_amount_in_yuan_is_converted_and_says_so() -> None:
    rows = t2_rows(G21, zeros("gov-2021"))[3]
    edit(rows, "行政事业性收费", 0, "251000元")
    cell = read_tables([to_grid(rows, 0)], G21).cells["t2.admin_fees.amount"]
    assert (cell.value, cell.raw, cell.unit) == (Decimal("25.1"), "251000元", "元")


def test_a_header_in_yuan_converts_the_column() -> None:
    rows = t2_rows(G21, zeros("gov-2021"))[3]
    rows[1][1] = replace(rows[1][1], text="本年收费金额（单位：元）")
    edit(rows, "行政事业性收费", 0, "98000")
    cell = read_tables([to_grid(rows, 0)], G21).cells["t2.admin_fees.amount"]
    assert (cell.value, cell.unit) == (Decimal("9.8"), "元")


def test_dashes_and_blanks_are_blank_and_zero_is_zero() -> None:
    rows = t3_rows(G21, zeros("gov-2021"))
    for i, text in enumerate(["/", "—", "", "无", "0", "０"]):
        edit(rows, "（一）予以公开", i, text)
    reading = read_tables([to_grid(rows, 0)], G21)
    columns = [c.id for c in G21.table("t3").blocks[0].columns]
    states = [reading.cells[f"t3.granted.{c}"].state for c in columns[:6]]
    assert states == [CellState.BLANK] * 4 + [CellState.READ] * 2
    assert value(reading, "t3.granted.legal_service") == 0


def test_what_is_no_number_is_unread() -> None:
    rows = t3_rows(G21, zeros("gov-2021"))
    edit(rows, "（一）予以公开", 0, "约20-30")
    reading = read_tables([to_grid(rows, 0)], G21)
    assert "t3.granted.natural_person" not in reading.cells
    assert [(u.cell, u.raw, u.reason) for u in reading.unread] == [
        ("t3.granted.natural_person", "约20-30", "not_a_number")
    ]


def test_a_value_cell_over_several_columns_is_ambiguous() -> None:
    rows = t3_rows(G21, zeros("gov-2021"))
    rows[3] = [rows[3][0], Td("7", colspan=7, kind="value")]
    reading = read_tables([to_grid(rows, 0)], G21)
    assert not any(id.startswith("t3.new_received") for id in reading.cells)
    assert value(reading, "t3.carried_in.total") == 0


# --- labels ---------------------------------------------------------------------------------------------------------


def test_a_group_glued_to_its_first_row_does_not_hide_the_row() -> None:
    values = random_values(G21, random.Random(3))
    rows = t3_rows(G21, values)
    for row in rows:
        labels = [i for i, td in enumerate(row) if td.kind == "label"]
        if len(labels) == 2 and row[labels[0]].text.startswith("（"):
            row[labels[1]] = replace(row[labels[1]], text=row[labels[0]].text + " " + row[labels[1]].text)
    reading = read_tables([to_grid(rows, 0)], G21)
    assert {id: c.value for id, c in reading.cells.items()} == {i: v for i, v in values.items() if i.startswith("t3")}


def test_vertical_and_broken_labels_are_read() -> None:
    values = random_values(G21, random.Random(4))
    rows = t3_rows(G21, values)
    for row in rows:
        for i, td in enumerate(row):
            if td.text == "三、本年度办理结果":
                row[i] = replace(td, text="三\n、\n本\n年\n度\n办\n理\n结\n果")
            elif td.kind == "header" and len(td.text) > 3:
                row[i] = replace(td, text=td.text[:2] + "\n" + td.text[2:])
            elif td.text == "（五）不予处理":
                row[i] = replace(td, text="（五）不\n予处理")
    reading = read_tables([to_grid(rows, 0)], G21)
    assert {id: c.value for id, c in reading.cells.items()} == {i: v for i, v in values.items() if i.startswith("t3")}
    assert reading.unread == ()


def test_misprints_in_labels_are_tolerated() -> None:
    values = random_values(G14, random.Random(5))
    rows = stat_rows(G14, values)
    swap = {"维持具体": "位置具体", "报送信息": "保守信息", "重大舆情": "重大舆請", "查阅点": "査阅点"}
    for row in rows:
        for wrong, right in swap.items():
            row[0] = replace(row[0], text=row[0].text.replace(wrong, right))
    reading = read_tables([to_grid(rows, 0)], G14)
    assert {id: c.value for id, c in reading.cells.items()} == values


def test_an_unknown_row_is_reported_and_shifts_nothing() -> None:
    values = random_values(G14, random.Random(6))
    rows = stat_rows(G14, values)
    rows.insert(9, [Td("4.政务抖音公开政府信息数"), Td("条"), Td("33", kind="value")])
    reading = read_tables([to_grid(rows, 0)], G14)
    wrong = {id for id, c in reading.cells.items() if c.value != values[id]}
    assert not wrong
    assert any("33" in u.raw for u in reading.unread)


def test_renumbered_rows_follow_their_words() -> None:
    rows = [["统计指标", "单位", "统计数"], ["一、主动公开情况", "——", "——"], ["（一）主动公开政府信息数", "条", "90"]]
    rows += [["1、政府网站公开政府信息数", "条", "41"], ["2、政务微博公开政府信息数", "条", "42"]]
    rows += [["3、政务微信公开政府信息数", "条", "43"], ["4、其他方式公开政府信息数", "条", "44"]]
    reading = read_tables([plain_grid(rows)], G14)
    found = {id: int(c.value) for id, c in reading.cells.items() if c.value is not None}  # type: ignore[arg-type]
    assert found == {
        "stat.published": 90,
        "stat.ch_website": 41,
        "stat.ch_weibo": 42,
        "stat.ch_wechat": 43,
        "stat.ch_other": 44,
    }


def test_a_blank_before_a_renumbered_row_is_blank() -> None:
    lines = [
        "统计指标 单位 统计数 一、主动公开情况",
        "——",
        "（一）主动公开政府信息数",
        "条",
        "90",
        "1、政府网站公开政府信息数",
    ]
    lines += [
        "条",
        "41",
        "2、政务微博公开政府信息数",
        "条",
        "3、政务微信公开政府信息数",
        "条",
        "4、其他方式公开政府信息数",
        "条",
    ]
    lines += ["7", "二、回应解读情况", "——", "（一）回应公众关注热点或重大舆情数", "次", "0"]
    reading = read_tables(paragraphs(lines), G14)
    found = {id: c.value for id, c in reading.cells.items()}
    assert found == {
        "stat.published": 90,
        "stat.ch_website": 41,
        "stat.ch_weibo": None,
        "stat.ch_wechat": None,
        "stat.ch_other": 7,
        "stat.responded": 0,
    }


def test_rows_out_of_order_are_read_by_labels_that_only_one_row_has() -> None:
    values = random_values(G19, random.Random(8))
    rows = t3_rows(G19, values)
    rows[12], rows[17] = rows[17], rows[12]
    reading = read_tables([to_grid(rows, 0)], G19)
    assert {id: c.value for id, c in reading.cells.items()} == {i: v for i, v in values.items() if i.startswith("t3")}


def test_the_same_label_under_two_parents_is_ambiguous_when_the_parents_are_gone() -> None:
    rows = [["统计指标", "单位", "统计数"], ["（一）收到申请数", "件", "9"], ["1.当面申请数", "件", "8"]]
    rows += [["2.传真申请数", "件", "7"], ["（三）其他情形数", "件", "5"], ["（二）举办各类培训班数", "次", "4"]]
    reading = read_tables([plain_grid(rows)], G14)
    assert not {"stat.rv_other", "stat.lt_other", "stat.cp_other"} & reading.cells.keys()
    assert "ambiguous_row" in reasons(reading)
    assert value(reading, "stat.trainings") == 4


# --- columns --------------------------------------------------------------------------------------------------------


def test_columns_in_another_order_follow_their_labels() -> None:
    values = random_values(G21, random.Random(9))
    rows = t2_rows(G21, values)[0]
    for row in rows[1:]:
        row[1], row[3] = row[3], row[1]
    reading = read_tables([to_grid(rows, 0)], G21)
    assert {id: c.value for id, c in reading.cells.items()} == {
        id: v for id, v in values.items() if id.startswith(("t2.rules", "t2.normative"))
    }


def test_a_header_that_lost_a_cell_gives_no_value() -> None:
    rows = t3_rows(G21, random_values(G21, random.Random(10)))
    del rows[2][1]
    reading = read_tables([to_grid(rows, 0)], G21)
    assert reading.cells == {}
    assert reasons(reading) == {"columns_doubtful"}


def test_spacer_columns_are_passed_over() -> None:
    values = random_values(G21, random.Random(11))
    rows = [[replace(td, colspan=td.colspan * 2) for td in row] for row in t3_rows(G21, values)]
    for row in rows[3:]:
        row[-7:] = [t for td in row[-7:] for t in (replace(td, colspan=1), Td("", kind="other"))]
    reading = read_tables([to_grid(rows, 0)], G21)
    assert {id: c.value for id, c in reading.cells.items()} == {i: v for i, v in values.items() if i.startswith("t3")}


def test_columns_of_the_year_before_are_recognised_as_foreign() -> None:
    values = random_values(G19, random.Random(12))
    rows = [row for block in t2_rows(G19, values) for row in block]
    reading = read_tables([to_grid(rows, 0)], G21)
    assert reading.cells == {}
    foreign = {(f.form, f.kind, f.label) for f in reading.foreign_labels}
    assert ("gov-2019", "column", "本年新制作数量") in foreign
    assert ("gov-2019", "row", "政府集中采购") in foreign
    assert "columns_of_other_form" in reasons(reading)


def test_foreign_columns_are_recognised_in_flattened_text() -> None:
    lines = as_lines([[row for block in t2_rows(G19, random_values(G19, random.Random(13))) for row in block]])
    reading = read_tables(paragraphs(lines), G21)
    assert reading.cells == {}
    assert {f.form for f in reading.foreign_labels} == {"gov-2019"}


def test_a_report_in_its_own_form_prints_nothing_foreign() -> None:
    for the_form in (G19, G21):
        rows = [row for block in t2_rows(the_form, random_values(the_form, random.Random(14))) for row in block]
        assert read_tables([to_grid(rows, 0)], the_form).foreign_labels == ()
        assert read_tables(paragraphs(as_lines([rows])), the_form).foreign_labels == ()


def test_the_old_name_of_a_row_under_the_new_columns_is_the_same_row() -> None:
    rows = t2_rows(G21, random_values(G21, random.Random(15)))[0]
    rows[3][0] = Td("规范性文件")
    assert "t2.normative_docs.issued" in read_tables([to_grid(rows, 0)], G21).cells


def test_two_years_side_by_side_give_the_reporting_year() -> None:
    rows = [["统计指标", "单位", "2015年", "2016年"], ["（一）收到申请数", "件", "1", "11"]]
    rows += [["1.当面申请数", "件", "2", "12"], ["2.传真申请数", "件", "3", "13"], ["3.网络申请数", "件", "4", "14"]]
    reading = read_tables([plain_grid(rows)], G14, year=2016)
    assert value(reading, "stat.received") == 11
    assert read_tables([plain_grid(rows)], G14).cells == {}
    rows[0][2:] = ["上年", "本年"]
    assert value(read_tables([plain_grid(rows)], G14), "stat.rc_online") == 14


# --- t3's sixth item, t4 --------------------------------------------------------------------------------------------


def test_other_processing_as_a_single_row_is_kept_as_unread_where_the_form_divides_it() -> None:
    rows = t3_rows(G19, random_values(G19, random.Random(16)))
    edit(rows, "（六）其他处理", 0, "77")
    reading = read_tables([to_grid(rows, 0)], G21)
    single = [u for u in reading.unread if u.reason == "row_not_in_form"]
    assert len(single) == 1
    assert "77" in single[0].raw
    assert not any(id.startswith("t3.other_") for id in reading.cells)


def test_a_figure_on_a_heading_row_is_kept_as_unread() -> None:
    rows = stat_rows(G14, zeros("gov-2014"))
    row = next(r for r in rows if r[0].text.startswith("（二）通过不同渠道和方式公开"))
    row[2] = replace(row[2], text="29")
    reading = read_tables([to_grid(rows, 0)], G14)
    assert [(u.cell, u.reason) for u in reading.unread] == [(None, "figure_on_group_row")]


def test_disputes_drawn_as_a_matrix_are_read_either_way_round() -> None:
    ways = ["行政复议", "未经复议直接起诉", "复议后起诉"]
    results = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    numbers = [[str(w * 10 + r) for r in range(5)] for w in range(3)]
    by_way = [["", *results], *([way, *row] for way, row in zip(ways, numbers, strict=True))]
    by_result = [["", *ways], *([res, *(numbers[w][r] for w in range(3))] for r, res in enumerate(results))]
    wanted = [int(n) for row in numbers for n in row]
    for rows in (by_way, by_result):
        reading = read_tables([plain_grid(rows)], G21)
        assert [int(c.value) for c in reading.cells.values()] == wanted  # type: ignore[arg-type]


def test_disputes_with_all_labels_in_one_row_are_read() -> None:
    columns = G21.table("t4").blocks[0].columns
    rows = [["".join((*c.header_path, c.label)) for c in columns], [str(i) for i in range(15)]]
    reading = read_tables([plain_grid(rows)], G21)
    assert [int(c.value) for c in reading.cells.values()] == list(range(15))  # type: ignore[arg-type]


def test_disputes_in_two_tables_are_read() -> None:
    values = random_values(G21, random.Random(17))
    rows = t4_rows(G21, values)
    first = [rows[0][:1], [replace(td, rowspan=1) for td in rows[1][:5]], rows[3][:5]]
    second = [rows[0][1:], rows[1][5:], rows[2], rows[3][5:]]
    reading = read_tables([to_grid(first, 0), to_grid(second, 1)], G21)
    assert {id: c.value for id, c in reading.cells.items()} == {i: v for i, v in values.items() if i.startswith("t4")}


def test_a_row_of_numbers_without_a_header_is_nothing() -> None:
    assert read_tables([plain_grid([[str(i) for i in range(15)]])], G21).cells == {}


# --- flattened text -------------------------------------------------------------------------------------------------


def test_a_row_with_a_value_too_few_is_unread_and_shifts_nothing() -> None:
    values = random_values(G21, random.Random(18))
    lines = as_lines([t3_rows(G21, values)])
    at = lines.index("4.保护第三方合法权益")
    del lines[at + 3]
    reading = read_tables(paragraphs(lines), G21)
    unread = {u.cell for u in reading.unread}
    assert {f"t3.denied_third_party.{c.id}" for c in G21.table("t3").blocks[0].columns} <= unread
    assert all(c.value == values[id] for id, c in reading.cells.items())


def test_numbering_after_a_missing_value_is_not_the_value() -> None:
    text = (
        "统计数 （一）主动公开政府信息数 条 29 1. 政府公报公开政府信息数 条 0 2. 政府网站公开政府信息数 条 25 3. "
        "政务微博公开政府信息数 条 4. 政务微信公开政府信息数 条 4 5. 其他方式公开政府信息数 条 二、回应解读情况"
    )
    reading = read_tables([Paragraph(0, text)], G14)
    assert reading.cells["stat.ch_weibo"].state is CellState.BLANK
    assert (value(reading, "stat.ch_wechat"), value(reading, "stat.ch_website")) == (4, 25)


def test_a_number_that_may_be_the_next_labels_is_unread() -> None:
    text = (
        "统计指标 单位 统计数 （一）主动公开政府信息数 条 29 1. 政府公报公开政府信息数 条 0 2. 政府网站公开政府信息数 "
        "条 3 政务微博公开政府信息数 条 7 4. 政务微信公开政府信息数 条 45.其他方式公开政府信息数 条 6 二、回应解读情况"
    )
    reading = read_tables([Paragraph(0, text)], G14)
    assert "stat.ch_website" not in reading.cells
    assert "stat.ch_wechat" not in reading.cells
    assert value(reading, "stat.ch_weibo") == 7


def test_a_statistics_table_without_any_blank_is_read() -> None:
    text = (
        "（一）主动公开政府信息数条872其中：主动公开规范性文件数条409制发规范性文件总数件421"
        "（二）通过不同渠道和方式公开政府信息的情况1.政府公报公开政府信息数条2.政府网站公开政府信息数条298"
    )
    reading = read_tables([Paragraph(0, text)], G14)
    found = {id: c.value for id, c in reading.cells.items() if c.value is not None}
    assert found == {
        "stat.published": 872,
        "stat.published_norm_docs": 409,
        "stat.issued_norm_docs": 421,
        "stat.ch_website": 298,
    }


def test_a_table_cut_off_leaves_the_rest_absent() -> None:
    lines = as_lines([stat_rows(G14, random_values(G14, random.Random(19)))])
    cut = lines.index("（二）申请办结数")
    reading = read_tables(paragraphs([*lines[:cut], "（二）申请办结"]), G14)
    assert "stat.closed" not in reading.cells
    assert "stat.rc_letter" in reading.cells


def test_page_numbers_between_rows_are_passed_over() -> None:
    values = random_values(G21, random.Random(20))
    lines = as_lines([t3_rows(G21, values)])
    lines.insert(lines.index("2.重复申请"), "- 4 -")
    reading = read_tables(paragraphs(lines), G21)
    assert {id: c.value for id, c in reading.cells.items()} == {i: v for i, v in values.items() if i.startswith("t3")}


def test_a_matrix_without_a_header_is_read_only_where_its_totals_hold() -> None:
    for balanced in (True, False):
        values = random_values(G21, random.Random(21), balanced=balanced)
        lines = as_lines([t3_rows(G21, values)[3:]])
        assert bool(read_tables(paragraphs(lines), G21).cells) is balanced


def test_prose_around_a_table_is_not_part_of_it() -> None:
    lines = ["一、总体情况", "2024年，云州市临溪县主动公开政府信息90条，收到政府信息公开申请12件，均已按期答复。"]
    table = as_lines([t3_rows(G21, random_values(G21, random.Random(22)))])
    after = [
        "五、存在的主要问题及改进情况",
        "2024 年存在的问题主要是公开的主动性不够。",
        "六、其他需要报告的事项",
        "无。",
    ]
    reading = read_tables(paragraphs([*lines, "三、收到和处理政府信息公开申请情况", *table, *after]), G21)
    first = 3
    assert reading.table_blocks == frozenset(range(first, first + len(table)))
    assert reading.tables["t3"][1] == first + len(table) - 1


def test_prose_alone_holds_no_cells() -> None:
    text = (
        "（一）主动公开政府信息数。全年主动公开政府信息872条，其中政府网站公开298条。（二）收到申请数。共收到申请12件，"
        "当面申请数3件，网络申请数9件。行政复议数量0件，行政诉讼数量0件。"
    )
    reading = read_tables([Paragraph(0, "一、概述"), Paragraph(1, text), Paragraph(2, "二、其他")], G14)
    assert reading == TableReading()


# --- whole reports --------------------------------------------------------------------------------------------------


def test_a_table_printed_twice_is_read_once_from_one_copy() -> None:
    first, second = (random_values(G14, random.Random(s)) for s in (23, 24))
    blocks = [to_grid(stat_rows(G14, first), 0), to_grid(stat_rows(G14, second), 1)]
    reading = read_tables(blocks, G14)
    assert {id: c.value for id, c in reading.cells.items()} == first


def test_copies_are_never_mixed() -> None:
    first, second = (random_values(G19, random.Random(s)) for s in (25, 26))
    damaged = t3_rows(G19, first)
    for r in (5, 9, 14):
        damaged[r] = [replace(td, text="") if td.kind == "label" else td for td in damaged[r]]
    reading = read_tables([to_grid(damaged, 0), to_grid(t3_rows(G19, second), 1)], G19)
    values = {id: c.value for id, c in reading.cells.items()}
    assert values in (
        {id: v for id, v in first.items() if id in values},
        {id: v for id, v in second.items() if id in values},
    )


def test_the_universitys_list_is_read_as_text() -> None:
    university = form("university")
    rows = [["序号", "类别", "公开事项", "链接网址", "备注"]]
    block = university.table("list").blocks[0]
    links = {}
    group = ""
    for row in block.rows:
        if row.kind == "group":
            group = row.label
            continue
        links[row.id] = f"http://xxgk.yunzhou-univ.example/{row.id}.htm"
        rows.append([row.code or "", group, row.label, links[row.id], ""])
    reading = read_tables([plain_grid(rows)], university)
    assert {id: value(reading, f"list.{id}.link") for id in links} == links
    assert reading.cells["list.u01.note"].state is CellState.BLANK


def test_each_form_is_told_by_its_labels() -> None:
    for the_form in (G08, G14, G19, G21):
        values = random_values(the_form, random.Random(27))
        tables = (
            [stat_rows(the_form, values)]
            if the_form in (G08, G14)
            else [[row for block in t2_rows(the_form, values) for row in block], t3_rows(the_form, values)]
        )
        for blocks in ([to_grid(t, i) for i, t in enumerate(tables)], paragraphs(as_lines(tables))):
            scores = score_forms(blocks)
            assert max(scores, key=lambda id: scores[id]) == the_form.id


def test_the_note_above_the_matrix_is_no_row() -> None:
    assert NOTE not in {u.raw for u in read_tables([to_grid(t3_rows(G21, zeros("gov-2021")), 0)], G21).unread}
