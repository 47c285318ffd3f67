"""The article is found among a site's menus, and its tables keep their shape however they are nested."""

from __future__ import annotations

import json

import pytest

from gongkai.annual.errors import TooLarge
from gongkai.annual.extract import extract
from gongkai.annual.model import Grid, Paragraph

MENU = "".join(
    f'<li><a href="/c{i}">{name}</a></li>' for i, name in enumerate(("首页", "政务公开", "政务服务", "互动交流") * 5)
)
NEWS = "".join(
    f'<li><a href="/n{i}">临溪县召开第{i}次专题工作会议</a><span>2024-01-{i:02}</span></li>' for i in range(1, 20)
)
FOOTER = '<div class="footer"><p>主办：临溪县人民政府办公室　网站标识码：1234567890　公网安备</p></div>'


def site(content: str, *, title: str = "临溪县人民政府2023年政府信息公开工作年度报告") -> bytes:
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title>
    <style>td{{color:red}}</style></head>
    <body><div class="header"><ul class="nav">{MENU}</ul></div>
    <div class="crumb">当前位置：<a href="/">首页</a> &gt; <a href="/zw">政务公开</a> &gt; <a href="/nb">年报</a></div>
    <div class="wrap"><div class="left"><ul>{NEWS}</ul></div>
    <div class="main"><div class="title">{title}</div><div class="meta">发布日期：2024-01-31　来源：县政府办</div>
    <div class="share"><a>微信</a><a>微博</a><a>打印</a></div>
    <div id="zoom"><div class="TRS_Editor">{content}</div></div></div></div>
    {FOOTER}<script>var a = "<p>统计代码统计代码</p>";</script></body></html>""".encode()


def texts(data: bytes) -> list[str]:
    return [b.text for b in extract(data).blocks if isinstance(b, Paragraph)]


def grids(data: bytes) -> list[list[str]]:
    return [[c.text for c in b.cells] for b in extract(data).blocks if isinstance(b, Grid)]


def page(body: str) -> bytes:
    return f'<html><head><meta charset="utf-8"></head><body>{body}</body></html>'.encode()


def test_menus_news_lists_and_footers_are_dropped(article, sample, shown):
    paragraphs, tables = shown(extract(site(article)))
    assert tables == sample.tables
    title = sample.paragraphs[0]
    assert paragraphs == [title, "发布日期：2024-01-31 来源：县政府办", *sample.paragraphs]


def test_an_article_without_any_tables_is_found():
    content = "".join(f"<p>{no}、标题</p><p>本年度工作情况，公开信息若干条，按时答复。</p>" for no in "一二三四五六")
    found = texts(site(content))
    assert found[-12:] == [
        t for no in "一二三四五六" for t in (f"{no}、标题", "本年度工作情况，公开信息若干条，按时答复。")
    ]
    assert not any("首页" in text or "专题工作会议" in text or "标识码" in text for text in found)


def test_sections_side_by_side_are_all_kept(table_markup, sample):
    prose = "".join(f"<p>{text}</p>" for text in sample.paragraphs[1:4])
    last = "<p>六、其他需要报告的事项</p><p>无。</p>"
    table = table_markup(sample.tables[1])
    content = f'<div class="Section1">{prose}</div><div class="Section2">{table}</div><div>{last}</div>'
    assert texts(site(content))[-2:] == ["六、其他需要报告的事项", "无。"]


def test_hidden_elements_are_dropped():
    shown = texts(page('<p>可见文字</p><p style="DISPLAY: none">隐藏文字</p><div hidden>也隐藏</div>'))
    assert shown == ["可见文字"]


def test_a_page_that_hides_its_article_until_a_script_runs_is_still_read():
    assert texts(page('<p>加载中</p><div style="display:none"><p>' + "本年度公开信息。" * 20 + "</p></div>"))[
        1
    ].startswith("本年度")


def test_line_breaks_and_blocks_separate_paragraphs_but_inline_elements_do_not():
    assert texts(page("<p>主动<b>公</b><span>开</span>信息<br>第二段</p><div>第三<font>段</font></div>")) == [
        "主动公开信息",
        "第二段",
        "第三段",
    ]


def test_headings_and_centred_bold_lines_are_marked():
    body = '<p align="center"><b>2023年年度报告</b></p><h2>一、总体情况</h2><p>正文</p><p align="center">居中正文</p>'
    assert [b.heading for b in extract(page(body)).blocks] == [1, 2, None, None]


def test_words_split_over_elements_in_a_cell_are_joined_but_figures_never():
    cells = "<td><p>规范性</p><p>文件</p></td><td><p>1</p><p>2</p></td><td><span>1</span><span>2</span></td>"
    body = f"<table><tr>{cells}</tr></table>"
    assert grids(page(body)) == [["规范性文件", "1 2", "12"]]


def test_struck_and_raised_figures_never_run_into_the_figure_beside_them():
    body = "<table><tr><td>件数</td><td><s>3</s>5</td><td>22<sup>1</sup></td></tr></table>"
    assert grids(page(body)) == [["件数", "5", "22 1"]]


def test_a_layout_table_dissolves_into_its_content():
    inner = "<table border=1><tr><td>甲</td><td>乙</td></tr><tr><td>1</td><td>2</td></tr></table>"
    body = f"<table><tr><td>左栏</td><td><p>一、总体情况</p>{inner}<p>以上。</p></td></tr></table>"
    document = extract(page(body))
    assert texts(page(body)) == ["左栏", "一、总体情况", "以上。"]
    assert grids(page(body)) == [["甲", "乙", "1", "2"]]
    assert isinstance(document.blocks[2], Grid)


def test_a_table_inside_a_cell_of_a_data_table_becomes_its_own():
    inner = "<table><tr><td>内甲</td><td>7</td></tr></table>"
    rows = "".join(f"<tr><td>项目{i}</td><td>{i}</td></tr>" for i in range(4))
    body = f"<table>{rows}<tr><td>附</td><td>{inner}</td></tr></table>"
    assert [len(g) for g in grids(page(body))] == [10, 2]
    assert grids(page(body))[1] == ["内甲", "7"]


@pytest.mark.parametrize(
    ("rowspan", "colspan", "expected"),
    [("0", "1", (3, 1)), ("99", "1", (3, 1)), ("x", "2", (1, 2)), ("-1", "", (1, 1))],
)
def test_odd_spans_end_at_the_table(rowspan, colspan, expected):
    first = f'<td rowspan="{rowspan}" colspan="{colspan}">合计</td><td>1</td>'
    body = f"<table><tr>{first}</tr><tr><td>2</td></tr><tr><td>3</td></tr></table>"
    cell = extract(page(body)).blocks[0].cells[0]
    assert (cell.rowspan, cell.colspan) == expected


@pytest.mark.parametrize("quote", [json.dumps, lambda s: json.dumps(s, ensure_ascii=False).replace("</", "<\\/")])
def test_an_article_inside_a_script_is_found(article, sample, shown, quote):
    escaped = quote(article).replace("<", "\\u003c").replace(">", "\\u003e")
    data = site("正在加载").replace(
        b"</body>", f"<script>var detail = {{content: {escaped}}};</script></body>".encode()
    )
    paragraphs, tables = shown(extract(data))
    assert tables == sample.tables
    assert paragraphs[-len(sample.paragraphs) :] == sample.paragraphs


def test_an_article_that_a_script_repeats_is_read_once(article, sample):
    data = site(article).replace(b"</body>", f"<script>var c = {json.dumps(article)};</script></body>".encode())
    assert len([b for b in extract(data).blocks if isinstance(b, Grid)]) == len(sample.tables)


def test_escaped_markup_in_the_text_is_read_as_markup(article, sample, shown):
    from html import escape

    assert shown(extract(page(f"<div>{escape(article)}</div>")))[1] == sample.tables


def test_tags_that_make_a_parser_grow_without_end_are_refused():
    opened = "".join(f'<p><b id="{i}">' for i in range(1500)) + "</p>" + "<p>字" * 20_000
    with pytest.raises(TooLarge):
        extract(page(opened))


def test_nesting_without_end_is_refused():
    with pytest.raises(TooLarge):
        extract(page("<div>" * 30_000 + "文字"))


def test_nested_tables_without_end_are_read_or_refused_in_time():
    assert extract(page("<table><tr><td>一" * 900 + "二")).blocks
