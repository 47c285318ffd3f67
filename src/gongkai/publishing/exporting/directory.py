"""The coverage of a standard directory as a workbook: each row and agency with what fills it."""

from __future__ import annotations

import io

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.publishing.queries.coverage import Cell, Coverage

_WIDTHS = (8, 22, 28, 50, 30, 24, 10, 50, 14, 14, 10, 8, 44)


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
