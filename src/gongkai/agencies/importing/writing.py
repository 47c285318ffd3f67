"""Writes agencies, people and posts as XLSX and CSV, in the columns that an import takes; also the empty template."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from gongkai.agencies.importing.columns import AGENCIES, GROUPS, PEOPLE, STAFF, TABLES, Column, Table
from gongkai.agencies.importing.reading import ABOUT
from gongkai.agencies.models import Agency, AgencyStaff, LeadingGroupMember, Post

_ENDANGERING = ("=", "+", "-", "@", "\t", "\r")
_LISTED = 1_000
"""So many rows below the heading get a list to choose from."""


def rows_of(table: Table, agencies: QuerySet[Agency]) -> Iterator[list[str]]:
    """The rows of a table for some agencies, as text, in the order of its columns."""
    for item in _items(table, agencies):
        values = _values(table, item)
        yield [written(column, values[column.id]) for column in table.columns]


def to_csv(table: Table, agencies: QuerySet[Agency], *, encoding: str = "utf-8-sig") -> bytes:
    """A table as CSV: UTF-8 with a mark, or GB 18030 for old programs. No cell is run by a spreadsheet program."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([str(column.label) for column in table.columns])
    for row in rows_of(table, agencies):
        writer.writerow([_harmless(cell) for cell in row])
    return out.getvalue().encode(encoding)


def to_xlsx(agencies: QuerySet[Agency], *, people_of: QuerySet[Agency] | None = None) -> bytes:
    """A workbook with a sheet for each table; the people only of `people_of` where it is given.

    Every cell is text: codes keep their digits, nothing is a formula.
    """
    named = agencies if people_of is None else people_of
    return _workbook((table, rows_of(table, named if table is PEOPLE else agencies)) for table in TABLES.values())


def template() -> bytes:
    """The empty workbook that an import takes, with lists to choose from and how each column is filled in."""
    return _workbook(((table, iter(())) for table in TABLES.values()), about=True)


def written(column: Column, value: Any) -> str:
    """A value as it stands in a cell: the official label of a choice, the code of another agency, 2024-03-01."""
    if value is None:
        return ""
    if isinstance(value, Agency):
        return str(value.code)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return "；".join(str(part) for part in value)
    if column.choices:
        return next((str(label) for label in column.choices if column.parse(str(label)) == value), str(value))
    return str(value)


def _items(table: Table, agencies: QuerySet[Agency]) -> Iterable[Model]:
    within = agencies.order_by().values("pk")
    if table is AGENCIES:
        return agencies.select_related("parent", "successor")
    order = ("agency__order", "agency__code")
    if table is PEOPLE:
        posts = Post.objects.filter(agency__in=within).select_related("agency", "person")
        return posts.order_by(*order, "role", "since", "pk")
    if table is STAFF:
        return AgencyStaff.objects.filter(agency__in=within).select_related("agency").order_by(*order, "year")
    members = LeadingGroupMember.objects.filter(agency__in=within).select_related("agency")
    return members.order_by(*order, "order", "pk")


def _values(table: Table, item: Any) -> dict[str, Any]:
    if table is AGENCIES:
        return {column.id: getattr(item, column.id) for column in table.columns}
    about = {"code": item.agency.code, "agency": item.agency.name}
    if table is PEOPLE:
        person = {"username": item.person.username, "person": str(item.person), "email": item.person.email}
        return {**about, **person, "role": item.role, "since": item.since, "until": item.until}
    own = [column.id for column in table.columns if column.id not in about]
    return {**about, **{id: getattr(item, id) for id in own}}


def _harmless(cell: str) -> str:
    """A cell that a spreadsheet program does not run; an import takes the apostrophe away again."""
    return f"'{cell}" if cell.startswith(_ENDANGERING) else cell


def _workbook(tables: Iterable[tuple[Table, Iterator[list[str]]]], *, about: bool = False) -> bytes:
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        styles = {
            "head": book.add_format({"bold": True, "bg_color": "#E8EEF4", "border": 1, "text_wrap": True}),
            "text": book.add_format({"num_format": "@"}),
            "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
        }
        for table, rows in tables:
            _sheet(book.add_worksheet(str(table.title)[:31]), table, rows, styles)
        if about:
            _about(book.add_worksheet(str(ABOUT)), styles)
    return out.getvalue()


def _sheet(sheet: Any, table: Table, rows: Iterator[list[str]], styles: dict[str, Any]) -> None:
    sheet.freeze_panes(1, 2)
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, column.width, styles["text"])
        sheet.write_string(0, place, f"{column.label}*" if column.required else str(column.label), styles["head"])
        choices = [str(label) for label in column.choices]
        # Excel takes a list of at most 255 characters, and a comma parts its entries.
        if choices and len(",".join(choices)) <= 255 and not any("," in label for label in choices):
            sheet.data_validation(1, place, _LISTED, place, {"validate": "list", "source": choices})
    for number, row in enumerate(rows, 1):
        for place, cell in enumerate(row):
            sheet.write_string(number, place, cell, styles["text"])


def _about(sheet: Any, styles: dict[str, Any]) -> None:
    widths = (14, 18, 8, 80)
    for place, (head, width) in enumerate(zip((_("工作表"), _("列"), _("必填"), _("填写方法")), widths, strict=True)):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, head, styles["head"])
    lines = [(table, column) for table in (AGENCIES, PEOPLE, STAFF, GROUPS) for column in table.columns]
    for number, (table, column) in enumerate(lines, 1):
        cells = (str(table.title), str(column.label), _("是") if column.required else "", str(column.how))
        for place, cell in enumerate(cells):
            sheet.write_string(number, place, cell, styles["wrap"])
