"""Word files are read as their reader sees them: accepted changes, automatic numbers, text boxes, nested tables."""

from __future__ import annotations

import pytest

from gongkai.annual.extract import extract
from gongkai.annual.extract.word.numbering import counting, numeral
from gongkai.annual.model import Grid, Paragraph

NS = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)


def p(text, properties="", run=""):
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t>{text}</w:t></w:r></w:p>"


def tc(content, properties=""):
    inner = content if content.startswith("<") else p(content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def table(*rows):
    return "<w:tbl>" + "".join(f"<w:tr>{''.join(cells)}</w:tr>" for cells in rows) + "</w:tbl>"


@pytest.fixture
def read(make_zip):
    def read_body(body, **parts):
        members = {"word/document.xml": f"<w:document {NS}><w:body>{body}</w:body></w:document>"}
        members.update({f"word/{name}.xml": f"<w:{name} {NS}>{part}</w:{name}>" for name, part in parts.items()})
        return extract(make_zip(members))

    return read_body


def texts(document):
    return [b.text for b in document.blocks if isinstance(b, Paragraph)]


def cells(document):
    return [
        [(c.text, c.row, c.col, c.rowspan, c.colspan) for c in b.cells] for b in document.blocks if isinstance(b, Grid)
    ]


def test_insertions_are_kept_and_deletions_dropped(read):
    body = (
        "<w:p><w:r><w:t>公开</w:t></w:r><w:ins><w:r><w:t>12</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>11</w:delText></w:r></w:del><w:r><w:t>条</w:t></w:r></w:p>"
    )
    assert texts(read(body)) == ["公开12条"]


def test_hidden_and_struck_runs_are_dropped_and_field_codes_are_not_text(read):
    body = (
        "<w:p><w:r><w:t>共</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r>"
        "<w:r><w:rPr><w:strike/></w:rPr><w:t>3</w:t></w:r>"
        "<w:r><w:instrText> SUM(ABOVE) </w:instrText></w:r><w:r><w:t>5件</w:t></w:r></w:p>"
    )
    assert texts(read(body)) == ["共5件"]


def test_automatic_chapter_numbers_are_restored(read):
    level = '<w:lvl w:ilvl="{}"><w:start w:val="1"/><w:numFmt w:val="{}"/><w:lvlText w:val="{}"/></w:lvl>'
    numbering = (
        '<w:abstractNum w:abstractNumId="7">'
        + level.format(0, "chineseCounting", "%1、")
        + level.format(1, "chineseCounting", "（%2）")
        + level.format(2, "decimal", "%3.")
        + '</w:abstractNum><w:num w:numId="2"><w:abstractNumId w:val="7"/></w:num>'
    )

    def item(text, at):
        return p(text, f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="2"/></w:numPr>')

    body = (
        item("总体情况", 0)
        + item("主动公开", 1)
        + item("2023年", 2)
        + item("管理", 1)
        + item("公开", 0)
        + item("其他", 1)
    )
    assert texts(read(body, numbering=numbering)) == [
        "一、总体情况",
        "（一）主动公开",
        "1. 2023年",
        "（二）管理",
        "二、公开",
        "（一）其他",
    ]


def test_headings_are_known_by_style_and_by_look(read):
    styles = '<w:style w:styleId="a1"><w:name w:val="heading 2"/></w:style>'
    body = (
        p("年度报告", '<w:jc w:val="center"/>', "<w:b/>")
        + p("一、总体情况", '<w:pStyle w:val="a1"/>')
        + p("居中", '<w:jc w:val="center"/>')
    )
    assert [b.heading for b in read(body, styles=styles).blocks] == [1, 2, None]


def test_merged_cells_down_and_across(read):
    body = table(
        [tc("三、结果", '<w:vMerge w:val="restart"/>'), tc("申请人", '<w:gridSpan w:val="2"/>')],
        [tc("<w:p/>", "<w:vMerge/>"), tc("1"), tc("2")],
        [tc("合计"), tc("3"), tc("4")],
    )
    assert cells(read(body)) == [
        [
            ("三、结果", 0, 0, 2, 1),
            ("申请人", 0, 1, 1, 2),
            ("1", 1, 1, 1, 1),
            ("2", 1, 2, 1, 1),
            ("合计", 2, 0, 1, 1),
            ("3", 2, 1, 1, 1),
            ("4", 2, 2, 1, 1),
        ]
    ]


def test_a_row_that_begins_further_right_keeps_its_columns(read):
    indented = '<w:trPr><w:gridBefore w:val="1"/></w:trPr>'
    body = "<w:tbl><w:tr>" + tc("甲") + tc("1") + f"</w:tr><w:tr>{indented}" + tc("2") + "</w:tr></w:tbl>"
    assert cells(read(body))[0][-1] == ("2", 1, 1, 1, 1)


def test_a_nested_table_becomes_its_own_and_a_frame_dissolves(read):
    inner = table([tc("内"), tc("9")], [tc("层"), tc("8")])
    data = table([tc("甲"), tc("1")], [tc("乙"), tc("2")], [tc("附"), tc(inner + "<w:p/>")])
    assert [len(g) for g in cells(read(data))] == [6, 4]
    framed = read(table([tc(p("一、总体情况") + inner + p("以上"))]))
    assert texts(framed) == ["一、总体情况", "以上"]
    assert len(cells(framed)[0]) == 4


def test_text_boxes_are_read_once(read):
    box = f"<w:txbxContent>{p('框中文字')}</w:txbxContent>"
    body = (
        f"<w:p><w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
        "</mc:AlternateContent><w:t>正文</w:t></w:r></w:p>"
    )
    assert texts(read(body)) == ["正文", "框中文字"]


def test_line_breaks_separate_and_paragraphs_in_a_cell_join(read):
    body = "<w:p><w:r><w:t>第一行</w:t><w:br/><w:t>第二行</w:t></w:r></w:p>"
    body += table([tc(p("行政规范") + p("性文件")), tc(p("1") + p("2"))])
    document = read(body)
    assert texts(document) == ["第一行", "第二行"]
    assert [c[0] for c in cells(document)[0]] == ["行政规范性文件", "1 2"]


@pytest.mark.parametrize(
    ("number", "format", "text"),
    [
        (10, "chineseCounting", "十"),
        (11, "chineseCountingThousand", "十一"),
        (20, "japaneseCounting", "二十"),
        (103, "chineseCounting", "一百零三"),
        (3, "chineseLegalSimplified", "叁"),
        (4, "upperRoman", "IV"),
        (28, "lowerLetter", "bb"),
        (3, "decimalEnclosedCircle", "③"),
        (2, "ideographTraditional", "乙"),
        (5, "decimal", "5"),
        (5, "none", ""),
    ],
)
def test_number_formats(number, format, text):
    assert numeral(number, format) == text


def test_counting_up_to_ninety_nine_never_repeats():
    assert len({counting(n) for n in range(1000)}) == 1000
