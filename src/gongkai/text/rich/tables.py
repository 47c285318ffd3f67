"""Reads tables: heads, spans, formulas; unwraps those that only serve the layout."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lxml.html import HtmlElement

from gongkai.text.rich import styles
from gongkai.text.rich.formulas import canonical
from gongkai.text.rich.model import Block, Cell, Paragraph, Run, Table

if TYPE_CHECKING:
    from gongkai.text.rich.reader import Reader, _Format

_MAX_SPAN = 1000
_SCOPES = frozenset(("row", "col", "rowgroup", "colgroup"))


def read(reader: Reader, element: HtmlElement, format: _Format) -> list[Block]:
    """The table as blocks: itself, or what its only cell holds."""
    caption: list[Run] = []
    for found in element.xpath("./caption"):
        caption += reader.line(found, format)
    rows: list[list[Cell]] = []
    heads = 0
    for row, in_head in _rows(element):
        cells = [_cell(reader, cell, format) for cell in row if cell.tag in ("td", "th")]
        if cells:
            heads += in_head and heads == len(rows)
            rows.append(cells)
    before: list[Block] = [Paragraph(caption)] if caption else []
    if not any(cell.blocks or cell.formula for row in rows for cell in row):
        return before
    if element.get("role") in ("presentation", "none") or (len(rows) == 1 and len(rows[0]) == 1):
        reader.notes.add("layout_table")
        return before + [block for row in rows for cell in row for block in cell.blocks]
    if not heads:
        heads = _leading_heads(rows)
    return [Table(rows, heads, caption)]


def _rows(table: HtmlElement) -> Iterator[tuple[HtmlElement, bool]]:
    for part in table:
        if part.tag == "tr":
            yield part, False
        elif part.tag in ("thead", "tbody", "tfoot"):
            for row in part:
                if row.tag == "tr":
                    yield row, part.tag == "thead"


def _leading_heads(rows: list[list[Cell]]) -> int:
    """The number of first rows that hold head cells only; a table of nothing else has none."""
    for number, row in enumerate(rows):
        if not all(cell.head for cell in row):
            return number
    return 0


def _cell(reader: Reader, element: HtmlElement, format: _Format) -> Cell:
    look = styles.style(element)
    head = element.tag == "th"
    align = styles.align(element, look, cell=True)
    blocks = reader.blocks(element, format._replace(in_cell=True, align=""))
    if len(blocks) == 1 and isinstance(blocks[0], Paragraph):
        align = align or blocks[0].align
        blocks[0].align = ""
    scope = (element.get("scope") or "").lower()
    return Cell(
        blocks,
        head,
        _span(element.get("colspan")),
        _span(element.get("rowspan")),
        scope if head and scope in _SCOPES else "",
        align,
        styles.valign(element, look),
        canonical(element.get("data-formula") or ""),
    )


def _span(value: str | None) -> int:
    value = (value or "").strip()
    return int(value) if value.isascii() and value.isdecimal() and 1 < int(value[:5]) <= _MAX_SPAN else 1
