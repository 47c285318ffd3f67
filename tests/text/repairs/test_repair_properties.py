import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.text import REPAIRS, Repaired, repair_line, repair_text
from gongkai.text.repairs import RepairFunction

CLAUSES = [
    "我局认真贯彻落实政府信息公开条例",
    "成立了由局长任组长的政务公开领导小组",
    "全年主动公开政府信息1600余条",
    "其中规范性文件类信息20条",
    "受理政府信息公开申请77件",
    "答复率达100%",
    "占88.3%",
    "接受群众咨询6400余人次",
    "召开新闻发布会3次",
    "推行“一门式”服务",
    "未收取任何费用",
    "编制《信息公开指南》（试行）",
    "根据国办发〔2014〕32号文件要求",
    "在门户网站开设“回应关切”专栏",
]
HEADINGS = ["一、总体情况", "（一）主动公开情况", "二、主动公开政府信息情况", "1.存在的主要问题", "第二十条第（一）项"]
CELLS = [
    "信息内容",
    "规章",
    "规范性文件",
    "0",
    "12",
    "3,581",
    "—",
    "（三）不予公开",
    "1.属于国家秘密",
    "总计",
    "条",
    "",
]
DIRT = [
    *(
        "(bào)",
        "（lǐng）",
        "&nbsp;",
        "<br>",
        "<span>",
        "</p>",
        "\u200b",
        "\ufeff",
        "\u00a0",
        "\u3000",
        " ",
        "  ",
        "\t",
        "\n",
        "?",
        "？",
        "□",
    ),
    *(
        "\ufffd",
        "１２",
        "％",
        "&amp;lt;",
        'span id="a" class="b">',
        "報告",
        "總計",
        "學",
        "(a)",
        "（",
        "）",
        "“",
        "”",
        "zhí)",
        "<",
        ">",
        "&",
        ";",
    ),
    *(
        "版权所有",
        "打印本页",
        "- 1 -",
        "推荐阅读",
        "-凯发k8官网",
        "凡本网注明来源",
        "年",
        "月",
        "件",
        "一、",
        "\r\n",
        "\ud800",
        "\ue863",
        "a",
        "Z9",
    ),
]

sentence = st.lists(st.sampled_from(CLAUSES), min_size=1, max_size=6).map(lambda clauses: "，".join(clauses) + "。")
paragraph = st.lists(sentence, min_size=1, max_size=3).map("".join)
clean_line = st.one_of(paragraph, st.sampled_from(HEADINGS), st.sampled_from(CELLS))
clean_text = st.lists(clean_line, min_size=1, max_size=15).map("\n".join)
pieces = st.one_of(st.sampled_from(CLAUSES + HEADINGS + CELLS), st.sampled_from(DIRT), st.sampled_from("，。；、：\n "))
dirty_text = st.lists(pieces, max_size=25).map("".join)
any_text = st.one_of(dirty_text, st.text(max_size=80), st.text(alphabet=st.characters(codec=None), max_size=40))

each_repair = pytest.mark.parametrize("repair", REPAIRS, ids=lambda r: r.id)


@each_repair
@settings(max_examples=60, deadline=None)
@given(text=clean_text)
def test_repairing_clean_text_changes_nothing(repair: RepairFunction, text: str) -> None:
    assert repair.apply(text) == Repaired(text)


@each_repair
@settings(max_examples=120, deadline=None)
@given(text=any_text)
def test_repairing_twice_changes_nothing_more(repair: RepairFunction, text: str) -> None:
    once = repair.apply(text).text
    assert repair.apply(once).text == once


@each_repair
@settings(max_examples=60, deadline=None)
@given(text=any_text)
def test_a_change_is_reported_and_a_report_is_a_change(repair: RepairFunction, text: str) -> None:
    result = repair.apply(text)
    assert (result.text != text) == any(r.repaired for r in result.repairs)


@each_repair
@settings(max_examples=60, deadline=None)
@given(text=any_text)
def test_a_text_without_its_triggers_is_clean_for_a_repair(repair: RepairFunction, text: str) -> None:
    if repair.triggers is not None and repair.triggers.isdisjoint(text):
        assert repair.apply(text) == Repaired(text)


@settings(deadline=None)
@given(text=clean_text)
def test_the_whole_leaves_clean_text_alone(text: str) -> None:
    assert repair_text(text) == Repaired(text)
    assert repair_line(text) == Repaired(text)


@settings(max_examples=250, deadline=None)
@given(text=any_text)
def test_the_whole_changes_nothing_more_the_second_time(text: str) -> None:
    once = repair_text(text).text
    assert repair_text(once).text == once
    line = repair_line(text).text
    assert repair_line(line).text == line


@pytest.mark.parametrize("repair", [*(r.apply for r in REPAIRS), repair_text], ids=[*(r.id for r in REPAIRS), "all"])
@pytest.mark.parametrize(
    "unit",
    [
        "<",
        "<b",
        "&",
        "&amp;",
        "(bà",
        "?",
        "报 告 ",
        "\n ",
        "（\n",
        " \n",
        "-凯",
        'a="b" ',
        "<script>",
        "一、\n",
        "總",
        "，\n公",
        "0 ",
        "”>",
        "span a='b'",
    ],
)
def test_no_text_takes_long(repair: object, unit: str) -> None:
    text = unit * (40_000 // len(unit))
    start = time.process_time()
    repair(text)  # type: ignore[operator]
    assert time.process_time() - start < 3
