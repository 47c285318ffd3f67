"""What surrounds a sentence: chapters, tables, plans, broken lines, other years, and the form's cells."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.annual.facts import KINDS, read_facts
from gongkai.annual.forms import all_forms, form
from gongkai.annual.model import Fact, Grid, GridCell, Paragraph


def told(*lines: str, form_id: str | None = None, skip: frozenset[int] = frozenset()) -> tuple[Fact, ...]:
    blocks = [Paragraph(i, line) for i, line in enumerate(lines)]
    return read_facts(blocks, form=form(form_id) if form_id else None, skip=skip)


def kinds(*lines: str) -> list[str]:
    return [f.kind for f in told(*lines)]


def test_every_cell_of_a_kind_is_a_cell_of_its_form() -> None:
    for kind in KINDS.values():
        for id, cell in kind.cells.items():
            assert cell in form(id).cells, kind.id


def test_every_figure_of_a_kind_is_asked_for_by_its_form() -> None:
    for kind in KINDS.values():
        for id, figure in kind.figures.items():
            assert figure in {f["id"] for f in form(id).figures}, kind.id


def test_every_figure_that_a_form_asks_for_in_prose_has_a_kind_or_is_a_category() -> None:
    known = {(id, figure) for kind in KINDS.values() for id, figure in kind.figures.items()}
    for each in all_forms():
        asked = {f["id"] for f in each.figures if not f["id"].startswith("cat_")}
        assert {(each.id, figure) for figure in asked} <= known


def test_a_kind_is_part_of_kinds_that_exist() -> None:
    for kind in KINDS.values():
        assert set(kind.part_of) <= set(KINDS)
        assert kind.zh
        assert kind.en


@pytest.mark.parametrize(
    ("form_id", "cell"),
    [
        ("gov-2008", "stat.requests"),
        ("gov-2014", "stat.received"),
        ("gov-2019", "t3.new_received.total"),
        ("gov-2021", "t3.new_received.total"),
        ("university", "figures.requests"),
    ],
)
def test_applications_received_are_held_against_the_cell_of_each_form(form_id: str, cell: str) -> None:
    (fact,) = told("全年收到政府信息公开申请12件。", form_id=form_id)
    assert fact.cell == cell


@pytest.mark.parametrize(
    "sentence",
    [
        "县政府办公室代表县政府受理政府信息公开申请12件。",
        "其中局本级收到政府信息公开申请12件。",
        "各部门收到政府信息公开申请12件。",
        "上半年收到政府信息公开申请12件。",
    ],
)
def test_a_figure_of_a_part_of_the_agency_or_the_year_is_held_against_no_cell(sentence: str) -> None:
    (fact,) = told(sentence, form_id="gov-2021")
    assert (fact.kind, fact.cell) == ("applications.received", None)


def test_the_sum_of_lawsuits_has_a_cell_only_where_the_form_counts_it_in_one() -> None:
    assert told("信息公开行政诉讼3件。", form_id="gov-2014")[0].cell == "stat.s5"
    assert told("信息公开行政诉讼3件。", form_id="gov-2021")[0].cell is None


def test_money_keeps_the_unit_as_printed() -> None:
    (fact,) = told("投入政府信息公开专项经费15.5万元。", form_id="gov-2014")
    assert (fact.value, fact.unit, fact.cell) == (Decimal("15.5"), "万元", "stat.budget")


def test_paragraphs_of_tables_tell_nothing() -> None:
    assert told("收到政府信息公开申请12件。", skip=frozenset({0})) == ()


def test_grids_tell_nothing() -> None:
    grid = Grid(0, (GridCell("收到政府信息公开申请12件。", 0, 0),))
    assert read_facts([grid], form=None) == ()


def test_a_heading_says_what_the_figures_below_it_count() -> None:
    assert kinds("四、政府信息公开申请的办理情况", "全年共受理12件。") == ["applications.received"]
    assert kinds("二、机构概况", "全年共受理12件。") == []


def test_the_heading_of_an_item_names_its_channel() -> None:
    assert kinds("2．政务微博。全年发布信息120条。") == ["published.weibo"]
    assert kinds("（二）政务微博建设情况。全年发布信息120条。") == ["published.total"]


def test_other_reconsiderations_of_a_government_are_not_those_about_disclosure() -> None:
    sentence = "全县行政机关共办理行政复议案件36件、行政应诉案件28件。"
    assert kinds("（一）主动公开情况", sentence) == []
    assert kinds("四、行政复议、行政诉讼情况", sentence) == ["reconsideration.total", "litigation.total"]


def test_a_chapter_of_plans_tells_nothing() -> None:
    assert kinds("三、下一步工作打算", "（一）加强培训。举办政务公开培训4次。", "召开新闻发布会6次。") == []


def test_plans_go_on_to_the_end_of_the_chapter_on_problems() -> None:
    told_kinds = kinds(
        "五、存在的主要问题及改进情况",
        "本年度针对上年问题举办政务公开培训2次。下一步，重点做好以下工作：",
        "一是加强解读，发布政策解读30篇。",
        "六、其他需要报告的事项",
        "全年发出收费通知0件，属依申请公开。",
    )
    assert told_kinds == ["trainings.held", "fees.notices"]


def test_figures_of_another_year_are_left_out() -> None:
    facts = told(
        "2021年，我局主动公开政府信息120条。2020年，收到政府信息公开申请30件。",
        "2021年，我局收到政府信息公开申请12件。",
    )
    assert [(f.kind, f.value) for f in facts] == [("published.total", 120), ("applications.received", 12)]


def test_a_broken_line_is_read_as_one_sentence() -> None:
    facts = told(
        "2024 年，我县通过政府门户网站公开各类政府信息 1360 条，全年共受理政府",
        "信息公开申请 27 件，均已在法定期限内予以答复。",
    )
    assert [(f.kind, f.value, f.where.block) for f in facts] == [
        ("published.website", 1360, 0),
        ("applications.received", 27, 1),
    ]


def test_blanks_in_the_source_do_not_move_the_place_of_a_figure() -> None:
    line = "全 年 共 收到 政府信息公开申请　1 , 208".replace(" , ", ",") + " 件。"
    (fact,) = told(line)
    assert fact.value == 1208
    assert line[fact.where.start : fact.where.end] == fact.raw == "1,208 件"


def test_the_words_of_denial_are_the_raw_figure() -> None:
    (fact,) = told("2022年，本机关未收到政府信息公开申请。")
    assert (fact.raw, fact.value, fact.label) == ("未收到", 0, "政府信息公开申请")


def test_the_label_is_what_is_counted_as_written() -> None:
    facts = told("全年主动公开政府信息260条，其中机构设置、人事任免类信息35条，通知公告类信息225条。")
    assert [f.label for f in facts] == ["政府信息", "机构设置、人事任免类信息", "通知公告类信息"]


def test_parts_may_stand_in_the_next_sentence() -> None:
    facts = told("全年收到政府信息公开申请9件。其中，信函申请4件，网上申请5件。")
    assert [(f.kind, f.parent) for f in facts] == [
        ("applications.received", None),
        ("applications.letter", 0),
        ("applications.online", 0),
    ]


def test_a_list_that_no_word_opens_has_parts_only_of_kinds_that_can_be_parts() -> None:
    facts = told("收到政府信息公开申请9件，信函申请4件，网上申请5件，举办政务公开培训2次。")
    assert [f.parent for f in facts] == [None, 0, 0, None]


def test_parts_end_where_the_sentence_turns_to_something_else() -> None:
    facts = told("收到政府信息公开申请9件，其中网上申请5件。此外，收到政府信息公开举报投诉1件。")
    assert [f.parent for f in facts] == [None, 0, None]


def test_a_total_stands_before_its_parts() -> None:
    facts = told("信息公开行政复议7件，其中结果维持5件，结果纠正2件；行政诉讼3件，其中结果维持3件。")
    assert all(f.parent is None or f.parent < i for i, f in enumerate(facts))


_WORDS = st.sampled_from(
    [
        *("政府信息", "公开", "申请", "收到", "未收到", "其中", "12件", "3.5万元", "88%", "分别", "行政复议", "微博"),
        *("共", "约", "每", "2021年", "零", "无", "的", "一是", "将", "1,234", "余条", *"《》（），。；：、"),
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(_WORDS, st.text(max_size=6)), max_size=60).map("".join))
def test_any_text_at_all_is_read_and_every_fact_stands_where_it_says(text: str) -> None:
    for index, fact in enumerate(told(text)):
        assert text[fact.where.start : fact.where.end] == fact.raw
        assert fact.kind in KINDS
        assert fact.parent is None or fact.parent < index


@pytest.mark.parametrize(
    "unit", ["局", "各类", "共计", "其中，", "12件、", "未收到", "（", "《", "分别为1、", "将", "9,"]
)
def test_a_long_run_of_anything_takes_no_long_time(unit: str) -> None:
    import time

    began = time.process_time()
    told("主动公开政府信息" + unit * 20_000 + "12条。")
    assert time.process_time() - began < 3
