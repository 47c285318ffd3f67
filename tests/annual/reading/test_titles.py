"""Titles of reports as offices write them, on one line and broken over several."""

import pytest

from gongkai.annual.reading.titles import parse, parse_glued, parse_joined


@pytest.mark.parametrize(
    ("text", "agency", "year"),
    [
        ("云州市教育局2020年政府信息公开工作年度报告", "云州市教育局", 2020),
        ("2012年云州市教育局政务信息公开工作年度报告", "云州市教育局", 2012),
        ("云州市教育体育局2020年度政府信息公开工作年度报告。", "云州市教育体育局", 2020),
        ("临溪县人民政府办公室关于2018年度政府信息公开工作情况的报告", "临溪县人民政府办公室", 2018),
        ("石桥镇二○一二年政府信息公开年报", "石桥镇", 2012),
        ("云州师范学院2016-2017学年信息公开工作年度报告", "云州师范学院", 2016),
        ("河口区街道办事处2021年度政务公开工作总结", "河口区街道办事处", 2021),
        ("云州市政务公开办公室2020年政府信息公开工作年度报告", "云州市政务公开办公室", 2020),
        ("《国家税务总局云州市税务局2022年政府信息公开工作年度报告》", "国家税务总局云州市税务局", 2022),
        ("开发区住房和城乡建设局2018年度政府信息公开工作情况统计表", "开发区住房和城乡建设局", 2018),
        ("云州海关2023年政府信息公开工作年度报告（公开稿）", "云州海关", 2023),
        ("云州市教育局关于报送2020年政府信息公开工作年度报告的报告", "云州市教育局", 2020),
        ("云州市教育局2020年政府信息与政务公开年度报告", "云州市教育局", 2020),
        ("云州市教育局政府信息公开工作年度报告（2020年）", "云州市教育局", 2020),
        ("云州市精神卫生中心2020年度信息公开年度报告", "云州市精神卫生中心", 2020),
        ("政府信息公开工作年度报告", None, None),
        ("我局2011年政府信息公开工作总结", None, 2011),
        ("关于政务信息公开工作情况的汇报", None, None),
        ("xx县水务局关于开展信息公开工作情况的汇报", "xx县水务局", None),
    ],
)
def test_title_names_agency_and_year(text, agency, year):
    title = parse(text)
    assert title is not None
    assert title.agency == agency
    assert (title.year.year if title.year else None) == year


@pytest.mark.parametrize(
    "text",
    [
        "全年主动公开政府信息120条，编制政府信息公开年度报告",
        "关于做好2020年政府信息公开工作年度报告编制工作的通知",
        "二、主动公开政府信息情况",
        "3.按时编制政府信息公开工作年度报告",
        "对政府信息公开工作的思考",
        "上一篇：云州市教育局2019年政府信息公开工作年度报告",
        "当前位置：首页>政府信息公开年报>2020年政府信息公开工作年度报告",
        "云州市教育局2020年工作报告",
    ],
)
def test_what_only_speaks_of_reports_is_no_title(text):
    assert parse(text) is None


def test_title_of_a_statistics_table_is_told_from_a_report():
    assert parse("2015年度政府信息公开工作情况统计表").table
    assert not parse("2015年度政府信息公开工作年度报告").table


@pytest.mark.parametrize(
    "lines",
    [
        ["云州市人民政府办公室2020年", "政府信息公开工作年度报告"],
        ["云州市人民政府办公室", "2020年政府信息公开工作年度报告"],
        ["云州市人民政府办公室", "2020年", "政府信息公开工作年度报告"],
        ["云州市人民政府办公室2020年政府信息公开", "工作年度报告"],
    ],
)
def test_title_broken_over_lines_is_joined(lines):
    title = parse_joined(lines, last=7)
    assert title.agency == "云州市人民政府办公室"
    assert title.year.year == 2020
    assert title.text == "云州市人民政府办公室2020年政府信息公开工作年度报告"
    assert (title.first, title.last) == (8 - len(lines), 7)


def test_line_above_a_complete_title_stays_outside_it():
    title = parse_joined(["首页", "云州市教育局2020年政府信息公开工作年度报告"], last=1)
    assert title.first == 1
    assert title.agency == "云州市教育局"


def test_title_with_its_table_run_together_is_found_at_the_start():
    text = "- 1 - 开发区住房和城乡建设局 2018年度政府信息公开工作情况统计表 统 计 指 标 单位 统计数 一、主动公开情况"
    title = parse_glued(text, index=3)
    assert (title.agency, title.year.year, title.table, title.glued) == ("开发区住房和城乡建设局", 2018, True, True)


def test_title_with_its_text_run_together_is_found_at_the_start():
    title = parse_glued("松亭县水利局2019年政府信息公开工作年度报告 本报告根据条例编制。", index=0)
    assert (title.agency, title.year.year) == ("松亭县水利局", 2019)
