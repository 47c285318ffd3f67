"""Cleaning keeps the structure of pasted text, drops the junk and lets nothing unsafe through."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.text.rich import clean, place_images

_WORD_ITEM = (
    "<p class=MsoListParagraph style='mso-list:l0 level{level} lfo1'>"
    "<![if !supportLists]><span style='mso-list:Ignore'>{marker}<span>&nbsp;&nbsp;</span></span>"
    "<![endif]>{text}</p>"
)
_ATTACKS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='jav&#x09;ascript:alert(1)'>x</a>",
    "<a href=' &#14; javascript:alert(1)'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<a href='vbscript:msgbox(1)'>x</a>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<p style='background:url(javascript:alert(1))'>x</p>",
    "<td style='text-align:center;behavior:url(x)'>x</td>",
    "<img src='data:image/svg+xml;base64,PHN2Zz48c2NyaXB0PmFsZXJ0KDEpPC9zY3JpcHQ+PC9zdmc+'>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<!--[if gte IE 4]><script>alert(1)</script><![endif]-->",
    "<a href=\"x\" onclick='alert(1)' style='expression(alert(1))'>x</a>",
    "<img alt='\"><script>alert(1)</script>' src=a.png>",
    '<p id="s1" onfocus=alert(1)><h2 id=\'s1" onload="alert(1)\'>x</h2>',
    "<template><script>alert(1)</script></template><base href='https://evil.example/'>",
    "<object data=x.swf></object><embed src=x><link rel=stylesheet href=x><meta http-equiv=refresh content=0>",
    "<td data-formula='SUM(ABOVE)\" onclick=\"alert(1)'>x",
)


@pytest.mark.parametrize("attack", _ATTACKS)
def test_no_attack_survives(attack: str) -> None:
    for html in (attack, f"<table><tr><td>{attack}</td><td>1</td></tr></table>", f"<p><b>{attack}"):
        tags = " ".join(re.findall(r"<[^>]*>", clean(html).html)).lower()
        bare = re.sub(r'"[^"]*"', '""', tags)
        assert not re.search(r"<(script|svg|math|iframe|style|form|object|embed|base|meta|link|template)", bare)
        assert not re.search(r"\son\w+\s*=", bare)
        assert not re.search(r'(?:href|src)="\s*(?:javascript|vbscript|data)', tags)
        assert "url(" not in tags
        assert "expression" not in tags


def test_word_lists_become_real_lists() -> None:
    pasted = (
        _WORD_ITEM.format(level=1, marker="·", text="公开目录")
        + _WORD_ITEM.format(level=2, marker="1.", text="序号")
        + _WORD_ITEM.format(level=1, marker="·", text="公开指南")
    )

    assert clean(pasted).html == "<ul><li>公开目录<ol><li>序号</li></ol></li><li>公开指南</li></ul>"


def test_a_chinese_number_of_word_stays_in_the_words_since_others_refer_to_it() -> None:
    assert clean(_WORD_ITEM.format(level=1, marker="（一）", text="范围")).html == "<p>（一）范围</p>"


def test_a_list_that_begins_later_keeps_its_number() -> None:
    assert clean(_WORD_ITEM.format(level=1, marker="3.", text="甲")).html == '<ol start="3"><li>甲</li></ol>'


def test_headings_go_down_one_level_since_the_page_has_its_own_title() -> None:
    assert clean("<h1>总则</h1><h2>目的</h2><h5>注</h5>").html == "<h2>总则</h2><h3>目的</h3><h4>注</h4>"


def test_titles_and_headings_of_word_become_headings() -> None:
    pasted = "<p class=MsoTitle align=center>方案</p><p class=MsoHeading2>要求</p>"

    assert clean(pasted).html == '<h2 style="text-align:center">方案</h2><h3>要求</h3>'


def test_junk_of_word_goes() -> None:
    pasted = (
        "<!--[if gte mso 9]><xml><w:WordDocument/></xml><![endif]--><style>p.MsoNormal{}</style>"
        "<p class=MsoNormal style='text-indent:32pt;mso-pagination:none'><font face=仿宋><span lang=EN-US>"
        "&nbsp;　　各县（区）<o:p></o:p></span></font></p><p class=MsoNormal>&nbsp;</p>"
    )

    assert clean(pasted).html == "<p>各县（区）</p>"


def test_line_ends_of_the_source_leave_no_blank_between_chinese_characters() -> None:
    assert clean("<p>政府信\n  息公开 <b>work\nplan</b></p>").html == "<p>政府信息公开 <strong>work plan</strong></p>"


def test_double_breaks_and_indented_lines_are_paragraphs() -> None:
    assert clean("甲<br><br>乙<br>　　丙<br>丁").html == "<p>甲</p><p>乙</p><p>丙<br>丁</p>"


def test_tables_keep_spans_heads_scope_and_formula() -> None:
    html = (
        "<table><caption>收支</caption><thead><tr><th scope=col colspan=2 class=x>项目</th></tr></thead>"
        "<tr><td rowspan=2 style='color:red;text-align:right'>甲</td><td data-formula='sum(above)' valign=center>3</td>"
        "</tr><tr><td>1</td></tr></table>"
    )

    assert clean(html).html == (
        '<table><caption>收支</caption><thead><tr><th colspan="2" scope="col">项目</th></tr></thead><tbody><tr>'
        '<td rowspan="2" style="text-align:right">甲</td>'
        '<td data-formula="SUM(ABOVE)" style="vertical-align:middle">3</td></tr><tr><td>1</td></tr></tbody></table>'
    )


def test_a_table_of_one_cell_is_unwrapped() -> None:
    cleaned = clean("<table><tr><td><p>甲</p><p>乙</p></td></tr></table>")

    assert cleaned.html == "<p>甲</p><p>乙</p>"
    assert [note.id for note in cleaned.notes] == ["layout_table"]


def test_deleted_and_hidden_words_of_word_do_not_come_along() -> None:
    cleaned = clean(
        "<p>定稿<del>旧稿</del><span style='mso-hide:all'>批注</span><span style='display:none'>暗</span></p>"
    )

    assert cleaned.html == "<p>定稿</p>"
    assert {note.id for note in cleaned.notes} == {"tracked_deletion", "hidden_text"}


def test_links_lose_what_follows_readers() -> None:
    html = clean("<a href='https://yunzhou.example/a?id=7&utm_source=x&spm=1'>甲</a>").html

    assert html == '<p><a href="https://yunzhou.example/a?id=7">甲</a></p>'


def test_pasted_pictures_are_handed_out_and_placed() -> None:
    cleaned = clean('<img src="data:image/png;base64,iVBORw0KGgo=" alt="位置图" width="120px">')

    assert [(image.key, image.type, image.alt) for image in cleaned.images] == [("#pasted-1", "image/png", "位置图")]
    assert clean(cleaned.html).html == cleaned.html
    assert 'src="/files/1.png"' in place_images(cleaned.html, {"#pasted-1": "/files/1.png"})
    assert "img" not in place_images(cleaned.html, {})


def test_pictures_of_the_authors_computer_and_of_other_sites_are_named() -> None:
    html = '<img src="file:///C:/1.png"><img src="https://other.example/1.png"><img src="https://own.example/2.png">'
    cleaned = clean(html, base_allowed=("https://own.example/",))

    assert cleaned.html == '<p><img src="https://own.example/2.png" alt=""></p>'
    assert {note.id for note in cleaned.notes} == {"lost_picture", "foreign_picture"}


@pytest.mark.parametrize("html", ["<div>" * 20_000, "<b>" * 20_000, "<table><tr><td>" * 3_000, "<ul><li>" * 3_000])
def test_words_survive_any_nesting(html: str) -> None:
    assert "末尾" in clean(html + "末尾").html


_PIECES = st.sampled_from(
    (
        *_ATTACKS,
        *[
            "<p>",
            "</p>",
            "<div align=center>",
            "</div>",
            "<b>",
            "</b>",
            "<i>",
            "<a href=/x>",
            "</a>",
            "<br>",
            " ",
            "\n",
            "&nbsp;",
            "\u3000",
            "甲",
            "abc",
            "<ul>",
            "<ol start=3>",
        ],
        *[
            "<li>",
            "</ul>",
            "<table>",
            "<tr>",
            "<td>",
            "<th>",
            "• ",
            "</table>",
            "<h1>",
            "</h1>",
            "<h4 id=s1>",
            "<blockquote>",
            "<figure>",
            "<figcaption>",
        ],
        *[
            "<hr>",
            "<sup>",
            "&lt;b&gt;",
            "</figure>",
            "<span style='font-weight:bold;text-align:center'>",
            "</span>",
            "<pre>",
            "\u200b",
        ],
        *[
            "<p class=MsoListParagraph>",
            "1. ",
            "<img src=/a.png>",
            "<caption>",
            "<thead>",
            "<td colspan=2 align=left>",
            "&amp;",
        ],
        *[
            "=SUM(ABOVE)",
            "<p class=MsoTitle>",
            "<center>",
            "</center>",
            "<dl>",
            "<dt>",
            "<del>",
            "<s>",
            "</s>",
            "<td role=x>",
            "\x00",
            "<p",
        ],
    )
)


@given(st.lists(_PIECES, max_size=14))
@settings(max_examples=400, deadline=None)
def test_cleaning_what_is_clean_changes_nothing(pieces: list[str]) -> None:
    once = clean("".join(pieces)).html

    assert clean(once).html == once
