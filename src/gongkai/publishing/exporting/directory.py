"""Standard directories as workbooks: the official form, filled or empty; the coverage by row and agency."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.law.catalogue import directory_columns
from gongkai.publishing.queries.coverage import Cell, Coverage

Rows = Sequence[Sequence[str | None]]
_FORM_WIDTHS = (6, 14, 18, 36, 30, 18, 18, 30, 8, 12, 6, 8, 6, 6)
_WIDTHS = (8, 22, 28, 50, 30, 24, 10, 50, 14, 14, 10, 8, 44)


def official_form(title: str, sheets: Mapping[str, Rows]) -> bytes:
    """A workbook in the official columns, a sheet for each field; None in a row goes on with the cell above it."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_urls": False, "strings_to_formulas": False})
    heading = book.add_format({"bold": True, "font_size": 16, "align": "center", "valign": "vcenter"})
    head = book.add_format({"bold": True, "border": 1, "align": "center", "valign": "vcenter", "text_wrap": True})
    cell = book.add_format({"border": 1, "valign": "vcenter", "text_wrap": True})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name[:31])
        sheet.set_landscape()
        sheet.set_paper(8)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(1, 2)
        sheet.merge_range(0, 0, 0, len(_FORM_WIDTHS) - 1, title, heading)
        _form_head(sheet, head)
        for column in range(len(_FORM_WIDTHS)):
            sheet.set_column(column, column, _FORM_WIDTHS[column])
            _form_column(sheet, column, [row[column] for row in rows], cell)
    book.close()
    return out.getvalue()


def _form_head(sheet: Any, head: Any) -> None:
    """Two rows of heading; a column without children is merged over both."""
    place = 0
    for column in directory_columns():
        for under, child in enumerate(column.children):
            sheet.write_string(2, place + under, child.label, head)
        if column.children:
            sheet.merge_range(1, place, 1, place + len(column.children) - 1, column.label, head)
        else:
            sheet.merge_range(1, place, 2, place, column.label, head)
        place += len(column.children) or 1


def _form_column(sheet: Any, column: int, values: Sequence[str | None], cell: Any) -> None:
    first = 0
    for line in range(1, len(values) + 1):
        if line < len(values) and values[line] is None:
            continue
        if line - first > 1:
            sheet.merge_range(first + 3, column, line + 2, column, values[first], cell)
        else:
            sheet.write_string(first + 3, column, values[first] or "", cell)
        first = line


def coverage_xlsx(coverage: Coverage) -> bytes:
    """Each row and agency of the coverage as it was narrowed, for handing out the work."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"constant_memory": True, "strings_to_urls": False, "strings_to_formulas": False})
    head = book.add_format({"bold": True, "bg_color": "#E8EEF6", "border": 1, "text_wrap": True})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    sheet = book.add_worksheet(_("覆盖情况")[:31])
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(1, 0)
    for column, name in enumerate(_heads()):
        sheet.write_string(0, column, name, head)
    line = 0
    for row in coverage.rows:
        for cell in row.cells:
            line += 1
            for column, value in enumerate(_cells(cell)):
                if isinstance(value, int):
                    sheet.write_number(line, column, value, wrap)
                else:
                    sheet.write_string(line, column, value, wrap)
    sheet.autofilter(0, 0, line, len(_WIDTHS) - 1)
    book.close()
    return out.getvalue()


def _heads() -> list[str]:
    return [
        _("序号"),
        _("一级事项"),
        _("二级事项"),
        _("公开内容（要素）"),
        _("公开时限"),
        _("公开主体"),
        _("状态"),
        _("最近公开的信息"),
        _("成文日期"),
        _("发布日期"),
        _("距今（天）"),
        _("条数"),
        _("网址"),
    ]


def _cells(cell: Cell) -> list[str | int]:
    newest = cell.newest or {}
    address = reverse("portal:publication", args=[newest["id"]]) if newest else ""
    return [
        cell.row.number,
        cell.row.level1,
        cell.row.level2,
        cell.row.content,
        cell.row.time_limit,
        cell.agency.name,
        str(cell.state.label),
        newest.get("title", ""),
        newest["made_on"].isoformat() if newest.get("made_on") else "",
        timezone.localdate(newest["published_at"]).isoformat() if newest else "",
        "" if cell.age is None else cell.age,
        cell.count,
        settings.WAGTAILADMIN_BASE_URL + address if address else "",
    ]
