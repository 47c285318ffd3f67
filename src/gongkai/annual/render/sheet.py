"""A report as an Excel workbook: a sheet for each chapter, in the official order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from io import BytesIO
from typing import Any

from gongkai.annual.model import Report
from gongkai.annual.render.grid import LaidCell, LaidTable, Role, figure
from gongkai.annual.render.layout import Element, Line, Style, lay_out, title_of

_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
_NUMBER = re.compile(r"-?(?=[\d.]{1,15}$)\d+(\.\d{1,6})?")
_LONGEST = 32767
"""Characters that Excel allows in a cell."""
_WIDTH = 96
"""Width of a sheet in characters of half width."""


def to_xlsx(report: Report) -> bytes:
    """A workbook; figures are numbers, merged cells are those of the official tables."""
    import xlsxwriter

    buffer = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties({"title": title_of(report) or "", "author": report.agency or ""})
        formats = _formats(book)
        names: set[str] = set()
        for elements in _sheets(lay_out(report)):
            sheet = book.add_worksheet(_name(elements, names))
            sheet.set_paper(9)
            sheet.fit_to_pages(1, 0)
            sheet.hide_gridlines(0)
            _write(sheet, elements, formats)
    return buffer.getvalue()


def _sheets(elements: tuple[Element, ...]) -> Iterator[list[Element]]:
    """The elements by chapter; what stands before the first chapter is on its sheet."""
    sheet: list[Element] = []
    for element in elements:
        begins = isinstance(element, Line) and element.style is Style.CHAPTER
        if begins and any(isinstance(e, Line) and e.style is Style.CHAPTER for e in sheet):
            yield sheet
            sheet = []
        sheet.append(element)
    if sheet:
        yield sheet


def _name(elements: list[Element], used: set[str]) -> str:
    heads = (e.text for e in elements if isinstance(e, Line) and e.style in (Style.CHAPTER, Style.TITLE))
    chapters = [e.text for e in elements if isinstance(e, Line) and e.style is Style.CHAPTER]
    text = _FORBIDDEN.sub("", chapters[0] if chapters else next(heads, "年度报告")).strip() or "年度报告"
    name, count = text[:31], 1
    while name.lower() in used:
        count += 1
        name = f"{text[:27]}({count})"
    used.add(name.lower())
    return name


def _formats(book: Any) -> dict[str, Any]:
    base = {"font_name": "宋体", "font_size": 10.5, "valign": "vcenter", "text_wrap": True}
    boxed = base | {"border": 1, "align": "center"}
    return {
        Style.TITLE: book.add_format(base | {"font_name": "方正小标宋简体", "font_size": 18, "align": "center"}),
        Style.AGENCY: book.add_format(base | {"font_name": "方正小标宋简体", "font_size": 18, "align": "center"}),
        Style.PUBLISHED: book.add_format(base | {"align": "center"}),
        Style.CHAPTER: book.add_format(base | {"font_name": "黑体", "font_size": 14}),
        Style.BODY: book.add_format(base | {"font_name": "仿宋", "font_size": 12, "indent": 2}),
        Role.HEAD: book.add_format(boxed | {"bold": True}),
        Role.SECTION: book.add_format(boxed | {"bold": True, "bg_color": "#DCE6F2"}),
        Role.GROUP: book.add_format(boxed),
        Role.NOTE: book.add_format(boxed | {"align": "left"}),
        Role.LABEL: book.add_format(boxed | {"align": "left"}),
        Role.PLAIN: book.add_format(boxed),
        Role.VALUE: book.add_format(boxed),
    }


def _write(sheet: Any, elements: list[Element], formats: dict[str, Any]) -> None:
    tables = [e for e in elements if isinstance(e, LaidTable)]
    widths = max((t.widths for t in tables), key=len, default=(1.0,))
    for i, width in enumerate(widths):
        sheet.set_column(i, i, width / sum(widths) * _WIDTH)
    row = 0
    for element in elements:
        if isinstance(element, LaidTable):
            _write_table(sheet, element, row, formats)
            row += element.height + 1
        else:
            _write_line(sheet, element, row, len(widths), formats)
            row += 1


def _write_line(sheet: Any, line: Line, row: int, columns: int, formats: dict[str, Any]) -> None:
    size = {Style.TITLE: 18, Style.AGENCY: 18, Style.CHAPTER: 14}.get(line.style, 12)
    per_line = max(1, int(_WIDTH * 5.2 / size))
    sheet.set_row(row, min(400, size * 1.6 * (1 + len(line.text) // per_line)))
    if columns > 1:
        sheet.merge_range(row, 0, row, columns - 1, "", formats[line.style])
    sheet.write_string(row, 0, line.text[:_LONGEST], formats[line.style])


def _write_table(sheet: Any, table: LaidTable, top: int, formats: dict[str, Any]) -> None:
    for cell in table.cells:
        row, col, form = top + cell.row, cell.col, formats[cell.role]
        if cell.rowspan > 1 or cell.colspan > 1:
            sheet.merge_range(row, col, row + cell.rowspan - 1, col + cell.colspan - 1, "", form)
        _put(sheet, cell, row, form)
    for row in range(table.height):
        sheet.set_row(top + row, _height(table, row))


def _height(table: LaidTable, row: int) -> float:
    unit = _WIDTH / sum(table.widths)
    lines = 1.0
    for cell in table.cells:
        if cell.row == row and cell.rowspan == 1:
            width = sum(table.widths[cell.col : cell.col + cell.colspan]) * unit
            lines = max(lines, -(-len(cell.text) * 2 // max(1, int(width - 1))))
    return 16.0 * lines + 4


def _put(sheet: Any, cell: LaidCell, row: int, form: Any) -> None:
    """Writes the cell: a number where its text is nothing but a figure that Excel holds exactly."""
    if not cell.text:
        sheet.write_blank(row, cell.col, None, form)
    elif cell.role is Role.VALUE and _NUMBER.fullmatch(cell.text) and figure(Decimal(cell.text)) == cell.text:
        sheet.write_number(row, cell.col, float(cell.text), form)
    else:
        sheet.write_string(row, cell.col, cell.text[:_LONGEST], form)
