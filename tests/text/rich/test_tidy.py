"""What is told to be tidy at a look is left by the cleaning as it is; and words that look alike go the short way."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.text.rich import clean
from gongkai.text.rich.tidy import is_tidy

_WORDS = st.sampled_from(
    [
        "甲",
        "甲 乙",
        "甲　乙",
        "a &amp; b",
        "（一）甲",
        "1. 甲",
        "· 甲",
        "•甲",
        "=SUM(ABOVE)",
        "＝甲",
        "",
        " ",
        "甲\xa0乙",
        "℃",
    ]
)
_MARKED = st.builds(lambda mark, words: f"<{mark}>{words}</{mark}>", st.sampled_from(["strong", "em", "sub"]), _WORDS)
_LINE = st.lists(st.one_of(_WORDS, _MARKED, st.just("<br>")), min_size=1, max_size=4).map("".join)
_LOOK = st.sampled_from(["", "", ' style="text-align:right"', ' style="text-align:left"', ' align="center"'])
_PARAGRAPH = st.builds(
    lambda tag, look, line: f"<{tag}{look}>{line}</{tag}>", st.sampled_from(["p", "p", "h2", "h3"]), _LOOK, _LINE
)
_LIST = st.builds(
    lambda tag, items: f"<{tag}>{''.join(f'<li>{one}</li>' for one in items)}</{tag}>",
    st.sampled_from(["ul", "ol"]),
    st.lists(_WORDS, min_size=1, max_size=3),
)
_CELL = st.builds(lambda look, words: f"<td{look}>{words}</td>", _LOOK, _WORDS)
_ROW = st.lists(_CELL, min_size=1, max_size=3).map(lambda cells: f"<tr>{''.join(cells)}</tr>")
_HEAD = st.sampled_from(["", "<caption>甲</caption>", '<thead><tr><th scope="col">甲</th></tr></thead>'])
_TABLE = st.builds(
    lambda head, rows: f"<table>{head}<tbody>{''.join(rows)}</tbody></table>",
    _HEAD,
    st.lists(_ROW, min_size=1, max_size=3),
)


@given(st.lists(st.one_of(_PARAGRAPH, _LIST, _TABLE, st.just("<hr>")), min_size=1, max_size=3).map("".join))
@settings(max_examples=120, deadline=None)
def test_what_is_tidy_the_cleaning_leaves_as_it_is(html: str) -> None:
    if is_tidy(html):
        # Something behind it that is not tidy makes the whole cleaning run.
        assert clean(f"{html}<p>末 <b>尾</b></p>").html == f"{html}<p>末 <strong>尾</strong></p>"


@pytest.mark.parametrize(
    "html",
    [
        "<p>第一条 为了加强管理。</p>",
        '<h2>第一章</h2><p><strong>第一条</strong> 甲</p><p style="text-align:right">云州市</p>',
        "<ul><li>甲</li></ul><table><tbody><tr><td>甲</td><td></td></tr></tbody></table><hr>",
    ],
)
def test_usual_texts_are_tidy(html: str) -> None:
    assert is_tidy(html)
    assert clean(html).html == html


@pytest.mark.parametrize(
    "html",
    [
        "<p>• 甲</p>", "<p>甲  乙</p>", "<p> 甲</p>", "<p>甲\u200b</p>", "<p>甲</p>乙", "<p><b>甲</b></p>", "<p></p>",
        "<h1>甲</h1>", "<p onclick='x'>甲</p>", "<script>x</script>",
        "<table><tbody><tr><td>甲</td></tr></tbody></table>",
    ],
)  # fmt: skip
def test_what_the_cleaning_would_change_is_not_tidy(html: str) -> None:
    assert not is_tidy(html)


@pytest.mark.parametrize("html", ["<p>" + "中 " * 500_000, "<p>甲</p>" * 100_000 + "x", "<table><tbody>" * 50_000])
def test_a_long_text_is_told_in_little_time(html: str) -> None:
    started = time.process_time()
    is_tidy(html)
    assert time.process_time() - started < 2
