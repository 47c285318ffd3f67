"""Headings of chapters, also glued to their text."""

import timeit

import pytest

from gongkai.annual.reading.headings import Style, heading_of, is_contents_line
from gongkai.annual.reading.meanings import Meaning


@pytest.mark.parametrize(
    ("text", "no", "title", "rest"),
    [
        ("一、总体情况", "一", "总体情况", ""),
        ("  二、主动公开政府信息情况  ", "二", "主动公开政府信息情况", ""),
        (
            "一、概述 2018 年，在市政府的领导下，我委严格落实条例。",
            "一",
            "概述",
            " 2018 年，在市政府的领导下，我委严格落实条例。",
        ),
        (
            "五、存在的主要问题及改进情况2020 年，我局取得成效。",
            "五",
            "存在的主要问题及改进情况",
            "2020 年，我局取得成效。",
        ),
        ("五存在的主要问题及改进情况", "五", "存在的主要问题及改进情况", ""),
        ("一、概 述", "一", "概 述", ""),
        ("六、其他需要报告的事项：无。", "六", "其他需要报告的事项", "：无。"),
        (
            "二、组织领导和制度建设情况 一是设立领导小组，明确分管领导。二是细化任务。",
            "二",
            "组织领导和制度建设情况",
            " 一是设立领导小组，明确分管领导。二是细化任务。",
        ),
        (
            "二、组织领导和制度建设情况一是设立领导小组，明确分管领导。二是细化任务，落实到人，形成合力。",
            "二",
            "组织领导和制度建设情况",
            "一是设立领导小组，明确分管领导。二是细化任务，落实到人，形成合力。",
        ),
        ("九、需要说明的事项本报告中的数据均以年末为准。", "九", "需要说明的事项", "本报告中的数据均以年末为准。"),
        (
            "五、政府信息公开的收费及减免情况遵循便民原则，所有资料全部免费，没有收取费用，也没有减免。",
            "五",
            "政府信息公开的收费及减免情况",
            "遵循便民原则，所有资料全部免费，没有收取费用，也没有减免。",
        ),
        ("第一部分 概述", "一", "概述", ""),
        ("十二、附表:2015 年政府信息公开工作情况统计表", "十二", "附表:2015 年政府信息公开工作情况统计表", ""),
        (
            "三、主动公开政府信息工作扎实推进。全年公开信息20条，其中文件3件。",
            "三",
            "主动公开政府信息工作扎实推进",
            "。全年公开信息20条，其中文件3件。",
        ),
    ],
)
def test_heading_is_told_from_the_text_behind_it(text, no, title, rest):
    heading = heading_of(text)
    assert (heading.no, heading.title) == (no, title)
    assert text[heading.end :].rstrip() == rest.rstrip()


@pytest.mark.parametrize(
    "text", ["一是加强领导，落实责任。", "2020年，我局公开信息。", "", "   ", "全年公开信息20条。", "一"]
)
def test_sentences_are_no_headings(text):
    assert heading_of(text) is None


def test_annex_is_a_chapter_of_its_own():
    heading = heading_of("附：政府信息公开情况统计表")
    assert (heading.no, heading.title, heading.meanings) == ("附", "政府信息公开情况统计表", (Meaning.ANNEX,))


def test_sections_are_told_from_chapters():
    assert heading_of("（一）主动公开情况").style is Style.PAREN
    assert heading_of("1.主动公开情况").style is Style.DIGIT
    assert heading_of("一、主动公开情况").style is Style.HAN
    assert heading_of("总体情况").style is Style.NONE


@pytest.mark.parametrize(
    ("title", "meaning"),
    [
        ("因政府信息公开申请行政复议、提起行政诉讼的情况", Meaning.LITIGATION),
        ("政府信息申请公开的办理情况", Meaning.APPLICATIONS),
        ("依申请公开政府信息收费情况", Meaning.FEES),
        ("存在的不足及下一步工作打算", Meaning.PROBLEMS),
        ("其他需要报告的事项及附表", Meaning.OTHER),
        ("需要说明的事项", Meaning.OTHER),
        ("主动公开政府信息以及公开平台建设情况", Meaning.PROACTIVE),
    ],
)
def test_chapter_is_known_by_what_it_is_about(title, meaning):
    assert heading_of(f"三、{title}").meanings[0] is meaning


def test_contents_lines_are_recognised():
    assert is_contents_line("一、总体情况……………………3")
    assert is_contents_line("一、总体情况\t3")
    assert not is_contents_line("一、总体情况")


def test_wide_gaps_take_no_time():
    line = "1.政府公报公开政府信息数" + " " * 78 + "条"
    assert timeit.timeit(lambda: heading_of(line), number=20) < 0.2
    assert is_contents_line("一、概述" + " " * 60 + "3")
    assert is_contents_line("一、概述……………… - 3 -")
    assert not is_contents_line("一、概述 3")
