"""OpenDocument spreadsheets (.ods): the cells as they are shown, with their merged ranges."""

from __future__ import annotations

from lxml import etree

from gongkai.annual.errors import DamagedFile, Encrypted
from gongkai.annual.extract import limits
from gongkai.annual.extract.archive import Archive
from gongkai.annual.extract.draft import Draft
from gongkai.annual.extract.sheets import Merged, write_rows
from gongkai.annual.extract.word.parts import parse_xml
from gongkai.annual.model import Document

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT_P = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}p"
_CELLS = (_TABLE + "table-cell", _TABLE + "covered-table-cell")
_MAX_REPEAT = 1_000


def read_ods(data: bytes) -> Document:
    """The document in an OpenDocument spreadsheet."""
    archive = Archive(data)
    if b"manifest:encryption-data" in archive.read("META-INF/manifest.xml"):
        raise Encrypted
    content = archive.read("content.xml")
    if not content:
        raise DamagedFile("content.xml")
    draft = Draft()
    for table in parse_xml(content, "content.xml").iter(_TABLE + "table"):
        rows, merged = _read(table)
        write_rows(rows, merged, draft)
    return draft.document("xlsx")


def _read(table: etree._Element) -> tuple[list[list[str]], list[Merged]]:
    rows: list[list[str]] = []
    merged: list[Merged] = []
    cells = 0
    for element in table.iter(_TABLE + "table-row"):
        row: list[str] = []
        for cell in element:
            if cell.tag in _CELLS:
                _add(cell, row, len(rows), merged)
        while row and not row[-1]:
            row.pop()
        repeat = _number(element, "number-rows-repeated")
        cells += len(row) * repeat
        limits.at_most(cells, limits.MAX_CELLS, "表格单元格数", "table cells")
        rows.extend([row] * (repeat if row else 1))
        limits.at_most(len(rows), limits.MAX_BLOCKS, "行数", "rows")
    return rows, merged


def _add(cell: etree._Element, row: list[str], r: int, merged: list[Merged]) -> None:
    text = "" if cell.tag == _CELLS[1] else "\n".join("".join(str(t) for t in p.itertext()) for p in cell.iter(_TEXT_P))
    height, width = _number(cell, "number-rows-spanned"), _number(cell, "number-columns-spanned")
    if height * width > 1:
        merged.append((r, len(row), r + height - 1, len(row) + width - 1))
    row.extend([text] * _number(cell, "number-columns-repeated"))


def _number(element: etree._Element, name: str) -> int:
    text = str(element.get(_TABLE + name, "1"))
    return min(max(1, int(text[:7])), _MAX_REPEAT) if text.isascii() and text.isdigit() else 1
