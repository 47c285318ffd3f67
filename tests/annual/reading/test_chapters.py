"""Chapters are found and matched to the form by meaning."""

from gongkai.annual.model import Grid, GridCell, Paragraph
from gongkai.annual.reading.chapters import read_chapters
from gongkai.annual.reading.lines import mark


def chapters(*texts, form="gov-2019", tables=()):
    blocks = tuple(Paragraph(i, text) for i, text in enumerate(texts))
    return read_chapters(mark(blocks), blocks, form, frozenset(tables))


def ids(*texts, form="gov-2019", tables=()):
    return [(c.no, c.id) for c in chapters(*texts, form=form, tables=tables)]


def test_official_chapters_get_their_ids():
    titles = ["一、总体情况", "二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况"]
    titles += ["四、政府信息公开行政复议、行政诉讼情况", "五、存在的主要问题及改进情况", "六、其他需要报告的事项"]
    assert ids(*titles) == list(zip("一二三四五六", ["c1", "c2", "c3", "c4", "c5", "c6"], strict=True))


def test_renamed_chapters_are_matched_by_meaning_and_foreign_ones_stay_unmatched():
    found = ids(
        *[
            "一、概述",
            "二、组织领导和制度建设情况",
            "三、主动公开政府信息以及公开平台建设情况",
            "四、政府信息公开申请的办理情况",
        ],
        *[
            "五、政府信息公开的收费及减免情况",
            "六、政府信息公开复议、诉讼情况",
            "七、保密审查及监督检查情况",
            "八、存在的主要问题及改进情况",
        ],
        *["九、需要说明的事项", "十、附表：政府信息公开工作情况统计表"],
        form="gov-2014",
    )
    expected = ["c1", None, "c2", "c3", "c4", "c5", None, "c6", "c7", "annex"]
    assert [id for _, id in found] == expected


def test_heading_glued_to_its_text_is_cut_off():
    (first, second) = chapters(
        "一、概述 2018 年，我委严格落实条例，完善制度。",
        "八、存在的主要问题及改进情况2018年，仍不够完善。",
        form="gov-2014",
    )
    assert (first.title, first.text) == ("概述", "2018 年，我委严格落实条例，完善制度。")
    assert (second.title, second.text, second.id) == ("存在的主要问题及改进情况", "2018年，仍不够完善。", "c6")


def test_text_is_the_prose_without_heading_tables_and_rows():
    blocks = (
        Paragraph(4, "二、主动公开政府信息情况"),
        Paragraph(5, "详见下表。"),
        Grid(6, (GridCell("规章", 0, 0), GridCell("3", 0, 1))),
        Paragraph(7, "规范性文件"),
        Paragraph(8, "12"),
        Paragraph(9, "以上为全年数据。"),
    )
    (chapter,) = read_chapters(mark(blocks), blocks, "gov-2019", frozenset([6, 7, 8]))
    assert chapter.text == "详见下表。\n以上为全年数据。"
    assert (chapter.where.block, chapter.last_block) == (4, 9)


def test_sections_and_points_are_no_chapters():
    texts = [
        "一、总体情况",
        "（一）主动公开情况",
        "1.公开信息20条。",
        "一是加强领导。二是完善制度。",
        "（二）依申请公开情况",
        "二、主动公开政府信息情况",
    ]
    assert ids(*texts) == [("一", "c1"), ("二", "c2")]


def test_rows_of_a_table_are_no_chapters():
    texts = [
        "三、收到和处理政府信息公开申请情况",
        "申请人情况",
        "一、本年新收政府信息公开申请数量",
        "0",
        "二、上年结转政府信息公开申请数量",
        "0",
    ]
    texts += ["三、本年度办理结果", "四、结转下年度继续办理", "0", "四、政府信息公开行政复议、行政诉讼情况"]
    assert ids(*texts) == [("三", "c3"), ("四", "c4")]


def test_points_that_begin_the_count_again_are_no_chapters():
    texts = [
        "一、总体情况",
        "全年平稳。",
        "五、存在的主要问题及改进情况",
        "一、加强学习，提高认识",
        "二、完善制度，落实责任",
        "六、其他需要报告的事项",
    ]
    assert ids(*texts) == [("一", "c1"), ("五", "c5"), ("六", "c6")]


def test_table_of_contents_gives_no_chapters():
    texts = [
        "目录",
        "一、总体情况",
        "二、主动公开政府信息情况",
        "一、总体情况",
        "全年公开信息二十条，工作平稳。",
        "二、主动公开政府信息情况",
    ]
    assert [c.where.block for c in chapters(*texts)] == [3, 5]


def test_empty_chapters_are_chapters():
    assert [
        c.text
        for c in chapters(
            "一、总体情况", "全年平稳。", "二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况"
        )
    ] == ["全年平稳。", "", ""]


def test_headings_without_numbers_are_found_by_their_titles():
    assert [c.id for c in chapters("总体情况", "全年平稳。", "主动公开政府信息情况", "存在的主要问题及改进情况")] == [
        "c1",
        "c2",
        "c5",
    ]


def test_arabic_numbers_count_where_there_are_no_chinese_ones():
    assert ids("1.总体情况", "全年平稳。", "2.主动公开政府信息情况") == [("1", "c1"), ("2", "c2")]


def test_report_in_one_paragraph_is_taken_apart():
    text = (
        "一、总体情况 2020年，我局认真贯彻条例，"
        + "全年工作平稳有序，" * 30
        + "没有失泄密。五、存在的主要问题及改进情况 培训不够。六、其他需要报告的事项 无。"
    )
    found = chapters(text)
    assert [(c.id, c.where.block) for c in found] == [("c1", 0), ("c5", 0), ("c6", 0)]
    assert found[0].text.startswith("2020年")
    assert found[0].text.endswith("没有失泄密。")
    assert [c.text for c in found[1:]] == ["培训不够。", "无。"]


def test_of_two_chapters_with_one_meaning_the_official_title_has_the_id():
    assert ids("一、存在的困难和问题", "甲。", "二、总体情况", "乙。", "五、存在的主要问题及改进情况") == [
        ("一", None),
        ("二", "c1"),
        ("五", "c5"),
    ]


def test_without_a_form_chapters_have_no_ids():
    assert ids("一、总体情况", form=None) == [("一", None)]


def test_place_of_the_heading_is_exact():
    text = "  一、总体情况 2020年，我局认真贯彻条例，公开工作平稳有序，没有发生失泄密事件，各方面反映良好。"
    (chapter,) = chapters(text)
    assert text[chapter.where.start : chapter.where.end] == "一、总体情况"
