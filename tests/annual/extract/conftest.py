"""One invented report, and a builder that writes it into each file type."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from pathlib import Path

import pytest

from gongkai.annual.model import Document, Grid, GridCell, Paragraph

Cells = list[GridCell]


@dataclass(frozen=True)
class Sample:
    """A report's content: paragraphs as strings, tables as lists of cells."""

    blocks: tuple[str | Cells, ...]

    @property
    def tables(self) -> list[Cells]:
        return [b for b in self.blocks if not isinstance(b, str)]

    @property
    def paragraphs(self) -> list[str]:
        return [b for b in self.blocks if isinstance(b, str)]


def _row(row: int, texts: list[str], start: int = 0, spans: list[int] | None = None) -> Cells:
    cells, col = [], start
    for i, text in enumerate(texts):
        width = spans[i] if spans else 1
        cells.append(GridCell(text, row, col, 1, width))
        col += width
    return cells


def _published() -> Cells:
    return [
        *_row(0, ["第二十条第（一）项"], spans=[4]),
        *_row(1, ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"]),
        *_row(2, ["规章", "0", "0", "0"]),
        *_row(3, ["行政规范性文件", "3", "1", "12"]),
        *_row(4, ["第二十条第（五）项"], spans=[4]),
        *_row(5, ["信息内容", "本年处理决定数量"], spans=[1, 3]),
        *_row(6, ["行政许可", "4318"], spans=[1, 3]),
        *_row(7, ["第二十条第（八）项"], spans=[4]),
        *_row(8, ["信息内容", "本年收费金额（单位：万元）"], spans=[1, 3]),
        *_row(9, ["行政事业性收费", "126.5"], spans=[1, 3]),
    ]


_DENIED = ["1.属于国家秘密", "2.其他法律行政法规禁止公开", "3.危及“三安全一稳定”", "4.保护第三方合法权益"]
_UNAVAILABLE = ["1.本机关不掌握相关政府信息", "2.没有现成信息需要另行制作", "3.补正后申请内容仍不明确"]


def _applications() -> Cells:
    cells = [
        GridCell("（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", 0, 0, 3, 3),
        GridCell("申请人情况", 0, 3, 1, 7),
        GridCell("自然人", 1, 3, 2, 1),
        GridCell("法人或其他组织", 1, 4, 1, 5),
        GridCell("总计", 1, 9, 2, 1),
        *_row(2, ["商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"], start=4),
    ]
    row = 3

    def figures(seed: int) -> Cells:
        return _row(row, [str(seed), "2", "0", "0", "1", "0", str(seed + 3)], start=3)

    cells += [GridCell("一、本年新收政府信息公开申请数量", row, 0, 1, 3), *figures(1031)]
    row += 1
    cells += [GridCell("二、上年结转政府信息公开申请数量", row, 0, 1, 3), *figures(4)]
    row += 1
    cells.append(GridCell("三、本年度办理结果", row, 0, 2 + len(_DENIED) + len(_UNAVAILABLE), 1))
    for label, seed in (("（一）予以公开", 21), ("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", 17)):
        cells += [GridCell(label, row, 1, 1, 2), *figures(seed)]
        row += 1
    for group, labels in (("（三）不予公开", _DENIED), ("（四）无法提供", _UNAVAILABLE)):
        cells.append(GridCell(group, row, 1, len(labels), 1))
        for i, label in enumerate(labels):
            cells += [GridCell(label, row, 2), *figures(i)]
            row += 1
    cells += [GridCell("四、结转下年度继续办理", row, 0, 1, 3), *figures(6)]
    return sorted(cells, key=lambda c: (c.row, c.col))


def _disputes() -> Cells:
    outcomes = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    return [
        GridCell("行政复议", 0, 0, 1, 5),
        GridCell("行政诉讼", 0, 5, 1, 10),
        *[GridCell(text, 1, i, 2, 1) for i, text in enumerate(outcomes)],
        GridCell("未经复议直接起诉", 1, 5, 1, 5),
        GridCell("复议后起诉", 1, 10, 1, 5),
        *_row(2, outcomes * 2, start=5),
        *_row(3, ["1", "0", "2", "0", "3", "4", "0", "0", "1", "5", "0", "0", "0", "0", "0"]),
    ]


_PROSE = (
    "本报告依据《中华人民共和国政府信息公开条例》编制，所列数据的统计期限自2023年1月1日起至2023年12月31日止，"
    "由总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况等六部分组成。"
)
_WORK = (
    "2023年，临溪县坚持以公开为常态、不公开为例外，全年通过县政府网站主动公开政府信息5128条，发布政策解读46篇，"
    "举办新闻发布会6场，办理网民留言312件，群众满意度持续提升，政务公开工作取得新的进展。"
)


@pytest.fixture(scope="session")
def sample() -> Sample:
    return Sample(
        (
            "临溪县人民政府2023年政府信息公开工作年度报告",
            _PROSE,
            "一、总体情况",
            _WORK,
            "二、主动公开政府信息情况",
            _published(),
            "三、收到和处理政府信息公开申请情况",
            _applications(),
            "四、政府信息公开行政复议、行政诉讼情况",
            _disputes(),
            "五、存在的主要问题及改进情况",
            "一是公开的及时性仍需加强；二是基层人员力量不足。下一步将加强培训。",
            "六、其他需要报告的事项",
            "本年度未收取政府信息公开信息处理费。",
        )
    )


def rows(cells: Cells) -> list[Cells]:
    found: list[Cells] = [[] for _ in range(max(c.row for c in cells) + 1)]
    for cell in cells:
        found[cell.row].append(cell)
    return found


def html_table(cells: Cells, wrap: str = "{}") -> str:
    def attributes(cell: GridCell) -> str:
        return (f' rowspan="{cell.rowspan}"' if cell.rowspan > 1 else "") + (
            f' colspan="{cell.colspan}"' if cell.colspan > 1 else ""
        )

    body = "".join(
        "<tr>" + "".join(f"<td{attributes(c)}>{wrap.format(escape(c.text))}</td>" for c in row) + "</tr>"
        for row in rows(cells)
    )
    return f"<table border=1>{body}</table>"


@pytest.fixture(scope="session")
def table_markup() -> Callable[..., str]:
    return html_table


@pytest.fixture(scope="session")
def article(sample: Sample) -> str:
    """The report as the HTML that Word writes, without the page around it."""
    wrap = '<p class="MsoNormal" align="center"><span style="font-family:宋体">{}</span><o:p></o:p></p>'
    title, *others = sample.blocks
    parts = [f"<h1>{title}</h1>"]
    for block in others:
        parts.append(f"<p>　　{escape(block)}</p>" if isinstance(block, str) else html_table(block, wrap))
    return "\n".join(parts)


@pytest.fixture(scope="session")
def html_file(article: str) -> bytes:
    page = (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>年度报告</title></head><body>{article}</body></html>'
    )
    return page.encode()


@pytest.fixture(scope="session")
def docx_file(sample: Sample) -> bytes:
    import docx

    file = docx.Document()
    for block in sample.blocks:
        if isinstance(block, str):
            file.add_paragraph(block)
            continue
        height, width = len(rows(block)), max(c.col + c.colspan for c in block)
        table = file.add_table(height, width)
        for cell in block:
            first = table.cell(cell.row, cell.col)
            if cell.rowspan * cell.colspan > 1:
                first = first.merge(table.cell(cell.row + cell.rowspan - 1, cell.col + cell.colspan - 1))
            first.text = cell.text
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


@pytest.fixture(scope="session")
def xlsx_file(sample: Sample) -> bytes:
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("年度报告")
    at = 0
    for block in sample.blocks:
        if isinstance(block, str):
            sheet.write_string(at, 0, block)
            at += 2
            continue
        for cell in block:
            value: str | float = float(cell.text) if cell.text.replace(".", "", 1).isdigit() else cell.text
            if cell.rowspan * cell.colspan > 1:
                bottom, right = at + cell.row + cell.rowspan - 1, cell.col + cell.colspan - 1
                sheet.merge_range(at + cell.row, cell.col, bottom, right, value)
            else:
                sheet.write(at + cell.row, cell.col, value)
        at += len(rows(block)) + 1
    book.close()
    return out.getvalue()


@pytest.fixture(scope="session")
def ods_file(sample: Sample) -> bytes:
    names = "".join(
        f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"' for short in ("office", "table", "text")
    )
    lines = []
    for block in sample.blocks:
        if isinstance(block, str):
            lines.append(
                f"<table:table-row><table:table-cell><text:p>{block}</text:p></table:table-cell></table:table-row>"
            )
        else:
            lines.extend(_ods_rows(block))
        lines.append('<table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>')
    content = (
        f"<office:document-content{names}><office:body><office:spreadsheet><table:table>{''.join(lines)}</table:table>"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content})


def _ods_rows(cells: Cells) -> list[str]:
    width = max(c.col + c.colspan for c in cells)
    starts = {(c.row, c.col): c for c in cells}
    lines = []
    for r in range(len(rows(cells))):
        line = ""
        for c in range(width):
            cell = starts.get((r, c))
            if cell is None:
                line += "<table:covered-table-cell/>"
                continue
            spans = f' table:number-rows-spanned="{cell.rowspan}" table:number-columns-spanned="{cell.colspan}"'
            line += f"<table:table-cell{spans}><text:p>{cell.text}</text:p></table:table-cell>"
        lines.append(f"<table:table-row>{line}</table:table-row>")
    return lines


@pytest.fixture(scope="session")
def markdown_file(sample: Sample) -> bytes:
    lines: list[str] = []
    for block in sample.blocks:
        if isinstance(block, str):
            lines += [block, ""]
            continue
        for i, row in enumerate(rows(block)):
            lines.append("| " + " | ".join(c.text for c in row) + " |")
            if i == 0:
                lines.append("|" + "---|" * len(row))
        lines.append("")
    return "\n".join(lines).encode()


def zipped(members: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


@pytest.fixture(scope="session")
def make_zip() -> Callable[[dict[str, str | bytes]], bytes]:
    return zipped


@pytest.fixture(scope="session")
def typeset() -> Callable[[str], bytes]:
    """Sets Typst markup as a PDF in a Chinese font."""
    import pylopdf_fonts_zh_cn
    import typst

    fonts = str(Path(pylopdf_fonts_zh_cn.__file__).parent)

    def compile_(markup: str) -> bytes:
        head = (
            '#set text(font: "Noto Serif SC", size: 12pt, lang: "zh")\n'
            "#set par(first-line-indent: (amount: 2em, all: true), justify: true)\n"
        )
        return bytes(typst.compile((head + markup).encode(), font_paths=[fonts]))

    return compile_


def typst_table(cells: Cells, columns: str | None = None, stroke: str = "0.5pt") -> str:
    width = max(c.col + c.colspan for c in cells)
    columns = columns or "(" + "1fr, " * width + ")"
    inner = "\n".join(
        f"table.cell(x: {c.col}, y: {c.row}, rowspan: {c.rowspan}, colspan: {c.colspan})"
        f"[#par(first-line-indent: 0pt)[#{_quoted(c.text)}]],"
        for c in cells
    )
    return f"#table(columns: {columns}, stroke: {stroke}, inset: 4pt,\n{inner}\n)\n"


@pytest.fixture(scope="session")
def as_typst() -> Callable[..., str]:
    return typst_table


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


@pytest.fixture(scope="session")
def pdf_markup(sample: Sample) -> str:
    parts = ["#set page(footer: context align(center)[\\- #counter(page).get().first() \\-])"]
    for i, block in enumerate(sample.blocks):
        if not isinstance(block, str):
            parts.append("#text(size: 8pt)[" + typst_table(block) + "]")
        elif i == 0:
            parts.append(f"#align(center, text(size: 20pt, weight: 700)[#{_quoted(block)}])")
        else:
            parts.append(f"#{_quoted(block)}")
    return "\n\n".join(parts)


@pytest.fixture(scope="session")
def pdf_file(pdf_markup: str, typeset: Callable[[str], bytes]) -> bytes:
    return typeset(pdf_markup)


@pytest.fixture(scope="session")
def shown() -> Callable[[Document], tuple[list[str], list[Cells]]]:
    """A document's paragraphs and tables, cells in reading order."""

    def split(document: Document) -> tuple[list[str], list[Cells]]:
        paragraphs = [b.text for b in document.blocks if isinstance(b, Paragraph)]
        tables = [sorted(b.cells, key=lambda c: (c.row, c.col)) for b in document.blocks if isinstance(b, Grid)]
        return paragraphs, tables

    return split


@pytest.fixture(scope="session")
def ofd_file() -> bytes:
    """A page with a line of text and a table of two columns, as the national layout format stores them."""
    texts = [("一、总体情况", 20, 20), ("规章", 22, 38), ("12", 62, 38), ("行政规范性文件", 22, 48), ("7", 62, 48)]
    items = "".join(
        f'<ofd:TextObject ID="{i}" Boundary="{x} {y} 60 5" Font="1" Size="4">'
        f'<ofd:TextCode X="0" Y="4" DeltaX="g {len(text) - 1} {2 if text.isascii() else 4}">{text}</ofd:TextCode>'
        "</ofd:TextObject>"
        for i, (text, x, y) in enumerate(texts)
    )
    strokes = [(20, y, 80, 0) for y in (35, 45, 55)] + [(x, 35, 0, 20) for x in (20, 60, 100)]
    items += "".join(
        f'<ofd:PathObject ID="{90 + i}" Boundary="{x} {y} {max(w, 0.1)} {max(h, 0.1)}" LineWidth="0.2">'
        f"<ofd:AbbreviatedData>M 0 0 L {w} {h}</ofd:AbbreviatedData></ofd:PathObject>"
        for i, (x, y, w, h) in enumerate(strokes)
    )
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    return zipped(
        {
            "OFD.xml": f"<ofd:OFD {space}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody>"
            "</ofd:OFD>",
            "Doc_0/Document.xml": f"<ofd:Document {space}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297"
            "</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData><ofd:Pages>"
            '<ofd:Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/></ofd:Pages></ofd:Document>',
            "Doc_0/Pages/Page_0/Content.xml": f"<ofd:Page {space}><ofd:Content><ofd:Layer>{items}</ofd:Layer>"
            "</ofd:Content></ofd:Page>",
        }
    )
