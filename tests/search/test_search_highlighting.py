"""What was looked for is marked in the text that is shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.search import highlight, parse, spans
from gongkai.search.folding import holds, units


@pytest.mark.parametrize(
    ("query", "text", "marked"),
    [
        ("公积金 提取", "住房公积金的提取", ["公积金", "提取"]),
        ("公積金", "住房公积金", ["公积金"]),
        ("低保", "最低生活保障标准", ["最低生活保障"]),
        ("“低保”", "最低生活保障标准", []),
        ("云政发[2024]12号", "见云政发〔2024〕第012号文", []),
        ("2024年1月", "于２０２４年 1 月施行", ["２０２４年 1 月"]),
        ("1月", "11月和1月", ["1月"]),
        ("公积金 -贷款", "公积金贷款", ["公积金"]),
        ("标题:预算", "部门预算", ["预算"]),
        ("公开 开放", "公开开放", ["公开开放"]),
        ("", "通知", []),
    ],
)
def test_hits_are_marked(query: str, text: str, marked: list[str]) -> None:
    assert [text[a:b] for a, b in spans(parse(query), text)] == marked


def test_a_snippet_shows_where_most_is_found() -> None:
    text = "住房" + "无关内容" * 100 + "住房公积金提取住房公积金" + "其他" * 100
    snippet = highlight(parse("住房 公积金"), text, width=40)
    assert len(snippet.text) == 40
    assert snippet.cut_before
    assert snippet.cut_after
    assert [part for part, on in snippet.parts() if on] == ["住房公积金", "住房公积金"]


def test_without_hits_the_beginning_is_shown() -> None:
    snippet = highlight(parse("没有"), "一" * 300, width=50)
    assert (snippet.text, snippet.ranges, snippet.cut_before, snippet.cut_after) == ("一" * 50, (), False, True)


def test_lines_become_one() -> None:
    assert highlight(parse("公开"), "政府\n\n  公开").text == "政府 公开"


@given(st.text(max_size=60), st.text(max_size=400), st.integers(min_value=-5, max_value=200))
def test_ranges_lie_in_the_snippet_in_order(query: str, text: str, width: int) -> None:
    snippet = highlight(parse(query), text, width)
    edges = [edge for pair in snippet.ranges for edge in pair]
    assert edges == sorted(edges)
    assert all(0 <= edge <= len(snippet.text) for edge in edges)
    assert "".join(part for part, _ in snippet.parts()) == snippet.text


def test_marks_lie_on_the_text_as_it_was_given() -> None:
    text = "面積１２㎡，\u200bＧＤＰ"
    assert [text[a:b] for a, b in spans(parse("積12 m gdp"), text)] == ["積１２㎡", "ＧＤＰ"]
    assert [text[a:b] for a, b in spans(parse("gdp"), text)] == ["ＧＤＰ"]


LETTERS = st.text(alphabet=st.sampled_from("公开條例 1２，a㎡"), max_size=12)


@given(LETTERS.filter(units), LETTERS)
def test_something_is_marked_just_where_the_phrase_stands(phrase: str, text: str) -> None:
    marked = spans(parse(f"“{phrase}”"), text)
    assert bool(marked) == holds(units(text), units(phrase))
    for start, end in marked:
        assert holds(units(text[start:end]), units(phrase)) or "㎡" in text[start:end]
