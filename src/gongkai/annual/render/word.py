"""A report as a Word document in the layout of official documents (GB/T 9704): A4, 仿宋, 黑体 and 楷体 headings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from gongkai.annual.model import Report
from gongkai.annual.render.grid import LaidCell, LaidTable, Role
from gongkai.annual.render.layout import Element, Line, Style, lay_out, subheading, title_of

TITLE, BODY, HEI, KAI, SONG = "方正小标宋简体", "仿宋", "黑体", "楷体", "宋体"
_NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TEXT_WIDTH = 8845
"""Width of the text in twentieths of a point: 156 mm."""


def to_docx(report: Report) -> bytes:
    """A .docx file: title in 二号, text in 三号 with a two-character indent, page numbers — 1 — at the foot."""
    document = new_document(report)
    fill(document, lay_out(report))
    return saved(document)


def new_document(report: Report) -> Any:
    """An empty document with the page, the styles and the footer set."""
    import docx
    from docx.shared import Mm

    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    _set_styles(document)
    _number_pages(section)
    properties = document.core_properties
    properties.title = title_of(report) or ""
    properties.author = report.agency or ""
    properties.comments = ""
    properties.language = "zh-CN"
    return document


def fill(document: Any, elements: Iterable[Element], shaded: Mapping[str, str] | None = None) -> list[Any]:
    """Appends the elements; returns their XML, one item for each. `shaded`: cell id → background as RRGGBB."""
    from docx.oxml import parse_xml

    body = document.element.body
    end = body.sectPr
    added = []
    for element in elements:
        if isinstance(element, LaidTable):
            xml = parse_xml("".join(_table(element, shaded or {})))
            end.addprevious(xml)
            end.addprevious(parse_xml(f"<w:p {_NAMESPACE}/>"))
        else:
            xml = parse_xml(_paragraph(element))
            end.addprevious(xml)
        added.append(xml)
    return added


def saved(document: Any) -> bytes:
    """The file's bytes."""
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _set_styles(document: Any) -> None:
    from docx.shared import Pt, RGBColor

    for name, font, size in (("Normal", BODY, 16), ("Title", TITLE, 22), ("Heading 1", HEI, 16)):
        style = document.styles[name]
        style.font.name, style.font.size = "Times New Roman", Pt(size)
        style.font.bold, style.font.color.rgb = False, RGBColor(0, 0, 0)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for attribute in list(fonts.attrib):
            if attribute.endswith("Theme"):
                del fonts.attrib[attribute]
        for attribute in ("ascii", "hAnsi", "cs"):
            fonts.set(_w(attribute), "Times New Roman")
        fonts.set(_w("eastAsia"), font)
        spacing = style.paragraph_format
        spacing.space_before = spacing.space_after = Pt(0)
        spacing.line_spacing = Pt(28) if name != "Title" else Pt(36)
    title = document.styles["Title"].element
    for border in title.iter(_w("pBdr")):
        border.getparent().remove(border)


def _w(name: str) -> str:
    return f"{{http://schemas.openxmlformats.org/wordprocessingml/2006/main}}{name}"


def _number_pages(section: Any) -> None:
    from docx.oxml import parse_xml

    fields = "".join(f'<w:r><w:fldChar w:fldCharType="{t}"/></w:r>' for t in ("begin", "separate", "end"))
    instruction = '<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
    fields = fields.replace("</w:r>", f"</w:r>{instruction}", 1)
    dash = '<w:r><w:t xml:space="preserve">{}</w:t></w:r>'
    xml = f'<w:p {_NAMESPACE}><w:pPr><w:jc w:val="center"/></w:pPr>{dash.format("— ")}{fields}{dash.format(" —")}</w:p>'
    footer = section.footer
    footer.is_linked_to_previous = False
    paragraph = footer.paragraphs[0]._p
    paragraph.addprevious(parse_xml(xml))
    paragraph.getparent().remove(paragraph)


_PARAGRAPHS = {
    Style.TITLE: '<w:pStyle w:val="Title"/><w:spacing w:before="0" w:after="280"/><w:jc w:val="center"/>',
    Style.AGENCY: '<w:pStyle w:val="Title"/><w:jc w:val="center"/>',
    Style.PUBLISHED: '<w:spacing w:after="280"/><w:jc w:val="center"/>',
    Style.CHAPTER: '<w:pStyle w:val="Heading1"/><w:keepNext/><w:ind w:firstLineChars="200" w:firstLine="640"/>',
    Style.BODY: '<w:ind w:firstLineChars="200" w:firstLine="640"/><w:jc w:val="both"/>',
}


def _paragraph(line: Line) -> str:
    runs = _run(line.text)
    if line.style is Style.BODY:
        head, rest = subheading(line.text)
        runs = (_run(head, KAI) if head else "") + (_run(rest) if rest else "")
    return f"<w:p {_NAMESPACE}><w:pPr>{_PARAGRAPHS[line.style]}</w:pPr>{runs}</w:p>"


def _run(text: str, font: str | None = None) -> str:
    properties = f'<w:rPr><w:rFonts w:eastAsia="{font}" w:hint="eastAsia"/></w:rPr>' if font else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


@cache
def _borders() -> str:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    return "".join(f'<w:{s} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for s in sides)


def _table(table: LaidTable, shaded: Mapping[str, str]) -> Iterator[str]:
    total = sum(table.widths)
    widths = [round(w / total * _TEXT_WIDTH) for w in table.widths]
    columns = "".join(f'<w:gridCol w:w="{w}"/>' for w in widths)
    yield (
        f'<w:tbl {_NAMESPACE}><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{_borders()}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:left w:w="50" w:type="dxa"/><w:right w:w="50" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>"
    )
    at: dict[tuple[int, int], LaidCell] = {}
    for cell in table.cells:
        for row in range(cell.row, cell.row + cell.rowspan):
            at[row, cell.col] = cell
    size = 15 if len(widths) > 12 else 18 if len(widths) > 6 else 21
    for row in range(table.height):
        repeated = "<w:tblHeader/>" if row < table.head_rows else ""
        yield f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="380" w:hRule="atLeast"/>{repeated}</w:trPr>'
        col = 0
        while col < len(widths):
            cell = at.get((row, col)) or LaidCell("", row, col)
            width = sum(widths[col : col + cell.colspan])
            yield _cell(cell, row, width, size, shaded.get(cell.cell or ""))
            col += cell.colspan
        yield "</w:tr>"
    yield "</w:tbl>"


def _cell(cell: LaidCell, row: int, width: int, size: int, shade: str | None) -> str:
    properties = f'<w:tcW w:w="{width}" w:type="dxa"/>'
    if cell.colspan > 1:
        properties += f'<w:gridSpan w:val="{cell.colspan}"/>'
    if cell.rowspan > 1:
        properties += '<w:vMerge w:val="restart"/>' if row == cell.row else "<w:vMerge/>"
    if shade or cell.role is Role.SECTION:
        properties += f'<w:shd w:val="clear" w:color="auto" w:fill="{shade or "DCE6F2"}"/>'
    properties += '<w:vAlign w:val="center"/>'
    left = cell.role in (Role.LABEL, Role.GROUP, Role.NOTE) and cell.rowspan == 1
    indent = f'<w:ind w:left="{cell.indent * 210}"/>' if cell.indent else ""
    align = "left" if left else "center"
    text = cell.text if row == cell.row else ""
    # The second size makes Word keep the small type when an empty cell is filled in by hand.
    small = f'<w:rPr><w:rFonts w:eastAsia="{SONG}" w:hint="eastAsia"/><w:sz w:val="{size}"/></w:rPr>'
    run = f'<w:r>{small}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""
    lines = '<w:spacing w:line="240" w:lineRule="auto"/>'
    return (
        f"<w:tc><w:tcPr>{properties}</w:tcPr>"
        f'<w:p><w:pPr>{lines}{indent}<w:jc w:val="{align}"/>{small}</w:pPr>{run}</w:p></w:tc>'
    )
