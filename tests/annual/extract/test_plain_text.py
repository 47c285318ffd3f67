"""Tables that people draw or align in plain text are found; prose and flattened tables stay lines."""

from __future__ import annotations

from gongkai.annual.extract import extract
from gongkai.annual.model import Grid, GridCell, Paragraph


def blocks(text, name=None):
    return extract(text.encode(), name=name).blocks


def texts(text):
    return [b.text for b in blocks(text) if isinstance(b, Paragraph)]


def rows(text, name=None):
    """The rows of the first table as lists of texts."""
    grid = next(b for b in blocks(text, name) if isinstance(b, Grid))
    found = [[] for _ in range(grid.height)]
    for cell in grid.cells:
        found[cell.row].append(cell.text)
    return found


def test_each_line_is_a_paragraph_and_blank_lines_are_none():
    assert texts("标题\n\n　　一、总体情况\r\n本年度公开信息12条。\n") == [
        "标题",
        "一、总体情况",
        "本年度公开信息12条。",
    ]


def test_a_flattened_table_stays_one_paragraph_a_cell():
    assert texts("规章\n\n0\n\n0\n\n12\n\n行政规范性文件\n\n3\n\n1\n\n7") == [
        "规章",
        "0",
        "0",
        "12",
        "行政规范性文件",
        "3",
        "1",
        "7",
    ]


def test_pipe_table_with_a_rule():
    assert rows("| 指标 | 数量 |\n|:---|---:|\n| 规章 | 0 |") == [["指标", "数量"], ["规章", "0"]]


def test_pipe_table_as_pages_are_turned_into_text():
    text = (
        "指标名称 | 单位 | 统计数 |\n---|---|---|\n主动公开数 | 条 | 12 |\n其中：规范性文件 | 件 |  |\n以上为统计表。"
    )
    assert rows(text) == [["指标名称", "单位", "统计数"], ["主动公开数", "条", "12"], ["其中：规范性文件", "件", ""]]
    assert texts(text) == ["以上为统计表。"]


def test_pipe_table_with_blank_lines_between_its_rows():
    assert rows("| 甲 | 1 |\n\n| 乙 | 2 |\n\n正文") == [["甲", "1"], ["乙", "2"]]


def test_one_line_with_bars_is_no_table():
    assert texts("首页 | 政务公开 | 互动\n正文一段。")[-1] == "正文一段。"
    assert not any(isinstance(b, Grid) for b in blocks("甲 | 乙\n正文一段。"))


BOX = """附表
┌────┬──────────┬────┐
│项目│   数量   │合计│
│    ├────┬─────┤    │
│    │上年│ 本年│    │
├────┼────┼─────┼────┤
│规章│ 1  │  2  │ 3  │
├────┴────┼─────┼────┤
│ 无对应  │  5  │ 6  │
└─────────┴─────┴────┘
正文"""


def test_drawn_table_keeps_its_merged_cells():
    grid = next(b for b in blocks(BOX) if isinstance(b, Grid))
    assert GridCell("项目", 0, 0, 2, 1) in grid.cells
    assert GridCell("数量", 0, 1, 1, 2) in grid.cells
    assert GridCell("合计", 0, 3, 2, 1) in grid.cells
    assert GridCell("本年", 1, 2) in grid.cells
    assert [c.text for c in grid.cells if c.row == 2] == ["规章", "1", "2", "3"]
    assert GridCell("无对应", 3, 0, 1, 2) in grid.cells
    assert texts(BOX) == ["附表", "正文"]


def test_table_drawn_with_plus_and_minus():
    text = "+------+----+\n| 规章 | 12 |\n+------+----+\n| 规范 | 3  |\n| 文件 |    |\n+------+----+"
    assert rows(text) == [["规章", "12"], ["规范文件", "3"]]


def test_tabs_keep_empty_cells():
    assert rows("指标\t上年\t本年\n规章\t\t3\n\t1\t2\n") == [
        ["指标", "上年", "本年"],
        ["规章", "", "3"],
        ["", "1", "2"],
    ]


def test_columns_set_apart_by_blanks_stay_lines():
    text = "第二十条第（一）项\n规章              0    0    12\n行政规范性文件    3    1     7\n说明"
    assert [b.text.split() for b in blocks(text)] == [
        ["第二十条第（一）项"],
        ["规章", "0", "0", "12"],
        ["行政规范性文件", "3", "1", "7"],
        ["说明"],
    ]


def test_rows_that_each_lack_another_cell_are_no_table():
    text = "重复申请  1    2  0  0\n公开出版物  1  2    0  0\n"
    assert not any(isinstance(b, Grid) for b in blocks(text))


def test_prose_with_wide_blanks_is_no_table():
    text = "　　一、总体情况　　本年度\n　　二、主动公开　　较上年"
    assert not any(isinstance(b, Grid) for b in blocks(text))


def test_comma_separated_values_are_one_table():
    assert rows('指标,上年,本年\n规章,0,1\n"收费,万元",12,"1,234"\n', "a.csv") == [
        ["指标", "上年", "本年"],
        ["规章", "0", "1"],
        ["收费,万元", "12", "1,234"],
    ]


def test_markdown_headings_are_marked():
    assert [b.heading for b in blocks("# 年度报告\n## 一、总体情况\n#标签\n正文")] == [1, 2, None, None]


def test_markdown_marks_of_other_programs_are_no_text():
    lines = blocks("# 临溪县司法局2023年政府信息公开工作年度报告 {#a .b}\n**（一）主动公开。**全年12条。\n申请人张**")
    assert [b.text for b in lines] == [
        "临溪县司法局2023年政府信息公开工作年度报告",
        "（一）主动公开。全年12条。",
        "申请人张**",
    ]


def test_repairs_are_counted_once_for_the_whole_file():
    document = extract("本年度公开政府信息１２条，受理申请３件。\n２０２３年".encode())
    assert [b.text for b in document.blocks] == ["本年度公开政府信息12条，受理申请3件。", "2023年"]
    assert [(r.id, r.repaired) for r in document.repairs] == [("full_width", True)]
