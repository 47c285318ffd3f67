"""Writes rich text as a Word file (.docx) that can be edited further."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from gongkai.text.rich import cleaning
from gongkai.text.rich.model import Block, Cell, Figure, Line, Listing, Paragraph, Quote, Run, Table

_ALIGN = {"center": WD_ALIGN_PARAGRAPH.CENTER, "right": WD_ALIGN_PARAGRAPH.RIGHT, "left": WD_ALIGN_PARAGRAPH.LEFT}
_FONT = "仿宋_GB2312"
_WIDEST = 15.0


def to_docx(html: str, title: str, *, pictures: Mapping[str, bytes] | None = None, font: str = _FONT) -> bytes:
    """A Word file with a title and the text. `pictures` go by their `src`; one that is missing is its alternative."""
    document = docx.Document()
    _set_font(document, font)
    document.core_properties.title = title
    document.core_properties.author = ""
    document.core_properties.comments = ""
    if title:
        heading = document.add_heading(title, 0)
        heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _blocks(document, cleaning.blocks_of(html), pictures or {})
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _set_font(document: Any, font: str) -> None:
    for name in ("Normal", "Title", "Heading 1", "Heading 2", "Heading 3"):
        style = document.styles[name]
        style.font.name = font
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for kind in ("w:eastAsia", "w:ascii", "w:hAnsi"):
            fonts.set(qn(kind), font)
        for kind in ("w:asciiTheme", "w:eastAsiaTheme", "w:hAnsiTheme"):
            fonts.attrib.pop(qn(kind), None)
    document.styles["Normal"].font.size = Pt(12)


def _blocks(holder: Any, blocks: Sequence[Block], pictures: Mapping[str, bytes], style: str | None = None) -> None:
    for block in blocks:
        match block:
            case Paragraph():
                _paragraph(holder, block, pictures, f"Heading {block.level - 1}" if block.level else style)
            case Listing():
                for item in block.items:
                    _blocks(holder, item, pictures, "List Number" if block.ordered else "List Bullet")
            case Quote():
                _blocks(holder, block.blocks, pictures, "Quote")
            case Figure():
                _blocks(holder, block.blocks, pictures)
                _paragraph(holder, Paragraph(block.caption, align="center"), pictures, None)
            case Table():
                _table(holder, block, pictures)
            case Line():
                holder.add_paragraph("—" * 20)


def _paragraph(holder: Any, block: Paragraph, pictures: Mapping[str, bytes], style: str | None) -> None:
    paragraph = holder.add_paragraph(style=style)
    if block.align:
        paragraph.alignment = _ALIGN[block.align]
    elif style is None and not hasattr(holder, "merge"):
        paragraph.paragraph_format.first_line_indent = Pt(24)
    _runs(paragraph, block.runs, pictures)


def _runs(paragraph: Any, runs: Sequence[Run], pictures: Mapping[str, bytes]) -> None:
    for run in runs:
        written = paragraph.add_run("" if run.is_break or run.picture else run.text)
        if run.is_break:
            written.add_break()
        if run.picture:
            _picture(written, run, pictures)
        written.bold = "strong" in run.marks or None
        written.italic = "em" in run.marks or None
        written.underline = "u" in run.marks or None
        written.font.superscript = "sup" in run.marks or None
        written.font.subscript = "sub" in run.marks or None
        if run.href.startswith(("http://", "https://")) and run.href != run.text:
            following = runs[runs.index(run) + 1 :]
            if not following or following[0].href != run.href:
                paragraph.add_run(f"（{run.href}）")


def _picture(written: Any, run: Run, pictures: Mapping[str, bytes]) -> None:
    assert run.picture is not None
    data = pictures.get(run.picture.src)
    try:
        if data:
            width = min(float(run.picture.width) / 96 * 2.54, _WIDEST) if run.picture.width else None
            written.add_picture(io.BytesIO(data), width=Cm(width) if width else None)
            return
    except Exception:  # a picture of a kind that Word files cannot hold
        pass
    written.text = f"〔图：{run.picture.alt or '无说明'}〕"


def _table(holder: Any, block: Table, pictures: Mapping[str, bytes]) -> None:
    if block.caption:
        _paragraph(holder, Paragraph(block.caption, align="center"), pictures, None)
    places = list(_laid_out(block))
    width = max(x + cell.colspan for _, x, cell in places)
    height = len(block.rows)
    table = holder.add_table(height, width)
    if not hasattr(holder, "merge"):
        table.style = "Table Grid"
    for y, x, cell in places:
        target = table.cell(y, x)
        if cell.colspan > 1 or cell.rowspan > 1:
            target = target.merge(table.cell(min(y + cell.rowspan, height) - 1, x + cell.colspan - 1))
        _cell(target, cell, pictures)


def _laid_out(block: Table) -> list[tuple[int, int, Cell]]:
    """Each cell with its row and column, spans counted."""
    taken: set[tuple[int, int]] = set()
    places: list[tuple[int, int, Cell]] = []
    for y, row in enumerate(block.rows):
        x = 0
        for cell in row:
            while (y, x) in taken:
                x += 1
            places.append((y, x, cell))
            taken |= {(y + down, x + right) for down in range(cell.rowspan) for right in range(cell.colspan)}
            x += cell.colspan
    return places


def _cell(target: Any, cell: Cell, pictures: Mapping[str, bytes]) -> None:
    _blocks(target, cell.blocks, pictures)
    first = target.paragraphs[0]
    if not first.text and len(target.paragraphs) > 1:
        first._element.getparent().remove(first._element)
    for paragraph in target.paragraphs:
        if cell.align:
            paragraph.alignment = _ALIGN[cell.align]
        for run in paragraph.runs if cell.head else ():
            run.bold = True
