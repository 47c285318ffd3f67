"""Word files (.docx): paragraphs, tables and text boxes in reading order."""

from __future__ import annotations

from lxml import etree

from gongkai.annual.errors import DamagedFile
from gongkai.annual.extract.archive import Archive
from gongkai.annual.extract.blanks import tidy_cell, visible
from gongkai.annual.extract.draft import Draft
from gongkai.annual.extract.word import paragraphs, parts, tables
from gongkai.annual.extract.word.numbering import Numbering
from gongkai.annual.extract.word.parts import W
from gongkai.annual.model import Document, GridCell

_DC_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_SKIPPED = frozenset(W + name for name in ("del", "moveFrom", "sectPr", "sdtPr", "sdtEndPr"))
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_MAX_TITLE = 80


def read_docx(data: bytes) -> Document:
    """The document in a Word file; page headers and footers are left out."""
    archive = Archive(data)
    main = parts.main_part(archive)
    content = archive.read(main)
    if not content:
        raise DamagedFile(main)
    body = parts.parse_xml(content, main).find(W + "body")
    if body is None:
        raise DamagedFile(main)
    styles = parts.Styles.read(parts.sibling(archive, main, "styles.xml"))
    numbering = Numbering(parts.sibling(archive, main, "numbering.xml"))
    draft = Draft()
    Writer(draft, styles, numbering).write(body)
    return draft.document("docx", title=_title(archive))


def _title(archive: Archive) -> str | None:
    core = archive.read("docProps/core.xml", 100_000)
    found = parts.parse_xml(core, "core.xml").find(_DC_TITLE) if core else None
    return None if found is None else found.text


class Writer:
    """Writes block elements into a draft."""

    def __init__(self, draft: Draft, styles: parts.Styles, numbering: Numbering) -> None:
        self._draft = draft
        self._styles = styles
        self._numbering = numbering

    def write(self, container: etree._Element) -> None:
        """Writes everything in a body, a text box, or a cell of a table that only lays the page out."""
        for child in container:
            if child.tag == W + "p":
                self._paragraph(child)
            elif child.tag == W + "tbl":
                self._table(child)
            elif isinstance(child.tag, str) and child.tag not in _SKIPPED and child.tag != _FALLBACK:
                self.write(child)

    def _paragraph(self, element: etree._Element) -> None:
        properties = element.find(W + "pPr")
        style = self._styles.style(parts.value(properties, "pStyle"))
        content = paragraphs.collect(element)
        text = content.text
        if text.strip():
            number = self._number(properties, style)
            heading = self._heading(properties, style, content)
            self._draft.paragraph(_numbered(number, visible(text).strip()), heading=heading)
        for box in content.boxes:
            self.write(box)

    def _number(self, properties: etree._Element | None, style: parts.Style) -> str:
        id = parts.value(properties, "numPr/numId") or style.number
        if id is None or id == "0":
            return ""
        level = parts.value(properties, "numPr/ilvl")
        return self._numbering.next(id, int(level) if level and level.isdigit() else style.level)

    def _heading(
        self, properties: etree._Element | None, style: parts.Style, content: paragraphs.Content
    ) -> int | None:
        outline = parts.value(properties, "outlineLvl")
        if outline and outline.isdigit():
            return int(outline) + 1 if int(outline) < 6 else None
        if style.outline is not None:
            return style.outline
        jc = parts.value(properties, "jc")
        centered = jc == "center" if jc else style.centered
        length = len("".join(content.text.split()))
        prominent = style.bold or content.prominent >= length
        return 1 if centered and prominent and length <= _MAX_TITLE else None

    def _table(self, element: etree._Element) -> None:
        placed = tables.place(element)
        if not placed:
            return
        if max(cell.col + cell.colspan for cell in placed) <= 1 or self._frames(placed):
            for cell in placed:
                self.write(cell.element)
            return
        inner: list[etree._Element] = []
        cells = [
            GridCell(tidy_cell(self._cell_text(p.element, inner)), p.row, p.col, p.rowspan, p.colspan) for p in placed
        ]
        self._draft.grid(cells)
        for table in inner:
            self._table(table)

    def _frames(self, placed: list[tables.Placed]) -> bool:
        """Whether the table only lays out the page: most of its cells hold tables themselves."""
        framed = sum(1 for p in placed if p.element.find(W + "tbl") is not None)
        return framed > 0 and len(placed) < 2 * framed + 2

    def _cell_text(self, cell: etree._Element, inner: list[etree._Element]) -> str:
        lines: list[str] = []
        for child in cell:
            if child.tag == W + "p":
                content = paragraphs.collect(child)
                properties = child.find(W + "pPr")
                number = ""
                if content.text.strip():
                    number = self._number(properties, self._styles.style(parts.value(properties, "pStyle")))
                lines.append(_numbered(number, content.text))
                lines.extend(self._cell_text(box, inner) for box in content.boxes)
            elif child.tag == W + "tbl":
                inner.append(child)
            elif isinstance(child.tag, str) and child.tag not in _SKIPPED and child.tag != _FALLBACK:
                lines.append(self._cell_text(child, inner))
        return "\n".join(lines)


def _numbered(number: str, text: str) -> str:
    """A paragraph with its automatic number; a blank keeps `1.` and `2019年` apart."""
    return f"{number} {text}" if number[-1:].isascii() and number and text[:1].isdigit() else number + text
