"""Tables in PDFs: broken over pages, turned, with repeated headers, and without any lines."""

from __future__ import annotations

import pytest

from gongkai.annual.extract import extract
from gongkai.annual.model import Grid, GridCell

FILLER = "公开工作取得新的进展，群众满意度持续提升，各项任务按期完成，" + "继续深化政务公开，" * 4


def grids(data):
    return [b for b in extract(data).blocks if isinstance(b, Grid)]


def filled(paragraphs):
    return "\n\n".join([f'#"{FILLER}"'] * paragraphs) + "\n\n"


@pytest.fixture(scope="session")
def ruled(sample, as_typst):
    def table(**options):
        return "#text(size: 8pt)[" + as_typst(sample.tables[1], **options) + "]"

    return table


@pytest.mark.parametrize("paragraphs", [11, 13, 14])
def test_a_table_broken_over_pages_is_one_wherever_the_break_falls(paragraphs, sample, typeset, ruled):
    found = grids(typeset(filled(paragraphs) + ruled()))
    assert len(found) == 1
    assert list(found[0].cells) == sample.tables[1]
    assert found[0].page == 1


@pytest.mark.parametrize("paragraphs", [12, 14])
def test_header_rows_repeated_on_the_next_page_are_dropped(paragraphs, sample, typeset, ruled):
    lines = ruled().split("\n")
    head = [line for line in lines if line.startswith("table.cell") and int(line.split("y: ")[1].split(",")[0]) < 3]
    body = [line for line in lines if line.startswith("table.cell") and line not in head]
    begin = next(i for i, line in enumerate(lines) if "#table(" in line)
    markup = "\n".join([lines[begin], "table.header(", *head, "),", *body, ")]"])
    assert list(grids(typeset(filled(paragraphs) + markup))[0].cells) == sample.tables[1]


def test_text_between_two_tables_keeps_them_apart(sample, typeset, as_typst):
    table = as_typst(sample.tables[0])
    assert len(grids(typeset(table + "\n\n#pagebreak()\n\n二、主动公开政府信息情况\n\n" + table))) == 2


@pytest.mark.parametrize(
    "markup", ["#set page(flipped: true)\n{}", "#rotate(90deg, reflow: true)[#block(width: 20cm)[{}]]"]
)
def test_a_table_across_a_page_is_turned_upright(markup, sample, typeset, ruled):
    assert list(grids(typeset(markup.replace("{}", ruled())))[0].cells) == sample.tables[1]


def test_a_table_without_outer_lines_at_its_sides_keeps_its_first_and_last_column(sample, typeset, as_typst):
    stroke = "(x, y) => (top: 0.5pt, bottom: 0.5pt, left: if x > 0 { 0.5pt }, right: none)"
    assert list(grids(typeset(as_typst(sample.tables[0], stroke=stroke)))[0].cells) == sample.tables[0]


def test_a_number_too_wide_for_its_cell_is_joined_again(typeset, as_typst):
    cells = [GridCell("行政处罚", 0, 0), GridCell("39857581", 0, 1)]
    markup = "#table(columns: (3cm, 1.15cm), stroke: 0.5pt, inset: 4pt, [行政处罚], [3985#linebreak()7581])"
    assert [c.text for c in grids(typeset(markup))[0].cells] == [c.text for c in cells]


def test_two_figures_in_one_cell_are_never_joined(typeset):
    markup = "#table(columns: (3cm, 3cm), stroke: 0.5pt, [行政处罚], [39#linebreak()85])"
    assert [c.text for c in grids(typeset(markup))[0].cells] == ["行政处罚", "39 85"]


def test_vertical_text_in_a_narrow_cell_is_one_label(typeset):
    column = "#linebreak()".join("三、本年度办理结果")
    markup = f"#table(columns: (1cm, 3cm, 2cm), stroke: 0.5pt, table.cell(rowspan: 2)[{column}], [甲], [1], [乙], [2])"
    assert [c.text for c in grids(typeset(markup))[0].cells] == ["三、本年度办理结果", "甲", "1", "乙", "2"]


def test_a_table_without_lines_is_rebuilt_from_its_columns(sample, typeset, as_typst):
    data = typeset("#text(size: 10pt)[" + as_typst(sample.tables[0], stroke="none") + "]")
    rows = {}
    for cell in grids(data)[0].cells:
        rows.setdefault(cell.row, []).append(cell.text)
    found = list(rows.values())
    assert ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"] in found
    assert ["行政规范性文件", "3", "1", "12"] in found
    assert ["行政许可", "4318"] in found
    assert ["行政事业性收费", "126.5"] in found


def test_labels_wrapped_in_a_table_without_lines_stay_with_their_figures(typeset, ruled):
    found = [[c.text for c in g.cells] for g in grids(typeset(ruled(stroke="none")))]
    texts = [text for cells in found for text in cells]
    at = texts.index("2.其他法律行政法规禁止公开")
    assert texts[at + 1 : at + 8] == ["1", "2", "0", "0", "1", "0", "4"]


def test_prose_with_figures_is_no_table(typeset):
    lines = "\n\n".join(
        f'#"全年公开信息{n}条，受理申请{n + 1}件，办结{n + 2}件，满意率98.{n}%，较上年均有提高。"' for n in range(6)
    )
    assert grids(typeset(lines)) == []


def test_page_numbers_and_running_heads_are_left_out(typeset):
    setting = (
        "#set page(header: align(center)[临溪县政府信息公开年度报告], footer: align(center)[第 #context "
        "counter(page).display() 页])\n"
    )
    lines = [f"第{n}项工作：" + FILLER for n in range(40)]
    texts = [b.text for b in extract(typeset(setting + "\n\n".join(f'#"{line}"' for line in lines))).blocks]
    assert texts == lines


def test_a_paragraph_goes_on_over_the_page(typeset):
    long = "。".join(f"第{n}项工作已经完成，" + FILLER for n in range(40))
    assert [b.text for b in extract(typeset(f'#"{long}"')).blocks] == [long]
