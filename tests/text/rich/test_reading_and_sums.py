"""Plain text, contents, sums and the texts for other channels follow from the cleaned text."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.text.rich import clean, compute, excerpt, for_wechat, for_weibo, outline, plain, weibo_length, with_ids
from gongkai.text.rich.sums import number

_TEXT = (
    "<h2>总则</h2><p>第一条说明来由。第二条说明范围！</p><h3>目的</h3><ul><li>甲<ul><li>乙</li></ul></li></ul>"
    "<table><tbody><tr><td>项目</td><td>数</td></tr><tr><td>丙</td><td>3</td></tr></tbody></table><h2>附则</h2>"
    '<p><a href="https://yunzhou.example/">链接</a><img src="/a.png" alt="图例"></p>'
)


def _table(*rows: str) -> str:
    cells = ("".join(f"<td>{cell}</td>" for cell in row.split("|")) for row in rows)
    return clean("<table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>").html


def _shown(html: str) -> list[list[str]]:
    return [line.split("\t") for line in plain(compute(html).html).splitlines()]


def test_plain_text_has_a_line_for_each_paragraph_and_tabs_between_cells() -> None:
    assert plain(_TEXT).splitlines()[-4:] == ["项目\t数", "丙\t3", "附则", "链接图例"]


def test_an_excerpt_ends_with_a_sentence() -> None:
    assert excerpt(_TEXT, 10) == "第一条说明来由。"
    assert excerpt(_TEXT, 5) == "第一条……"


def test_contents_point_to_the_headings() -> None:
    assert [(heading.level, heading.text, heading.id) for heading in outline(_TEXT)] == [
        (2, "总则", "s1"),
        (3, "目的", "s1-1"),
        (2, "附则", "s2"),
    ]
    assert '<h3 id="s1-1">目的</h3>' in with_ids(_TEXT)
    assert clean(with_ids(_TEXT)).html == with_ids(_TEXT)


def test_sums_are_computed_again_each_time() -> None:
    html = compute(_table("项目|数", "甲|1,200.40", "乙|-77", "合计|=SUM(ABOVE)")).html

    assert '<td data-formula="SUM(ABOVE)">1,123.40</td>' in html
    assert "1,124.40" in compute(html.replace("-77", "-76")).html


def test_subtotals_are_not_counted_twice() -> None:
    html = _table("项目|数", "甲|1", "小计|=SUM(ABOVE)", "乙|2", "丙|3", "小计|=合计(上)", "合计|=SUM(ABOVE)")

    assert [row[1] for row in _shown(html)[1:]] == ["1", "1", "2", "3", "5", "6"]


def test_a_sum_to_the_left_stops_at_the_name_of_the_row() -> None:
    assert _shown(_table("单位|一季|二季|计", "财政局|1.5|（2）|=合计(左)"))[1][3] == "-0.5"


def test_a_year_over_a_column_is_not_added() -> None:
    assert _shown(_table("项目|2025", "甲|7", "计|=SUM(ABOVE)"))[2][1] == "7"


def test_blanks_and_dashes_are_nothing() -> None:
    assert _shown(_table("项目|数", "甲|——", "乙|", "丙|4", "计|=SUM(ABOVE)"))[-1][1] == "4"


def test_a_cell_that_is_no_number_makes_a_problem_with_its_place_and_no_figure() -> None:
    computed = compute(_table("项目|数", "甲|约3", "乙|4", "计|=SUM(ABOVE)"))

    assert [(problem.row, problem.column, problem.text) for problem in computed.problems] == [(4, 2, "约3")]
    assert '<td data-formula="SUM(ABOVE)"></td>' in computed.html


@given(st.lists(st.decimals(min_value=-(10**9), max_value=10**9, places=2), min_size=1, max_size=8))
def test_any_column_of_numbers_gives_its_sum(values: list[Decimal]) -> None:
    html = _table("项目|数", *(f"甲|{value:,}" for value in values), "计|=SUM(ABOVE)")

    assert number(_shown(html)[-1][1]) == sum(values)


def test_text_for_wechat_has_no_links_and_lists_its_pictures() -> None:
    text = for_wechat(_TEXT, link="https://yunzhou.example/1")

    assert "<a " not in text.html
    assert "<img" not in text.html
    assert text.images == ("/a.png",)
    assert "原文链接：https://yunzhou.example/1" in text.html
    assert text.html.count('style="') == text.html.count(" style=")
    assert not text.cut


def test_text_for_wechat_is_cut_at_a_sentence() -> None:
    text = for_wechat("<p>" + "这是一句完整的话。" * 100 + "</p>", link="https://a.example", max_chars=200)

    assert text.cut
    assert len(plain(text.html)) <= 200
    assert "完整的话。</p>" in text.html


@pytest.mark.parametrize(
    ("text", "length"),
    [("公开", 2), ("abc", 2), ("公开 2026年", 6), ("见 https://yunzhou.example/p/1234567/ 。", 13), ("", 0)],
)
def test_weibo_counts_half_for_the_keyboard_and_ten_for_an_address(text: str, length: int) -> None:
    assert weibo_length(text) == length


@pytest.mark.parametrize("length", [1, 20, 500, 5000])
def test_a_weibo_keeps_its_limits_and_its_link(length: int) -> None:
    post = for_weibo("云州市人民政府公报", "这是一句话。" * length, link="https://yunzhou.example/1")

    assert weibo_length(post.long) <= 2000
    assert weibo_length(post.short) <= 140
    assert post.short.endswith(" https://yunzhou.example/1")
    assert post.short.startswith("【云州市人民政府公报】这是一句话。")
