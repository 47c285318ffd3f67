"""Reads a CSV or XLSX file into the rows of the tables that it holds, whatever its encoding and order of columns."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongkai.agencies.importing.columns import TABLES, Column, Table
from gongkai.agencies.importing.values import in_each_language
from gongkai.annual.errors import ReadError
from gongkai.annual.extract.archive import Archive
from gongkai.annual.extract.sheets import guard_sheets, shown
from gongkai.text.decode import decode

HEADER_WITHIN = 10
"""The heading of a table stands in one of so many first rows."""
MAX_COLUMNS = 200
ABOUT = gettext_lazy("填写说明")
_IN_BRACKETS = re.compile(r"[(\[].*?[)\]]")
_ENDANGERED = re.compile(r"'[=+\-@\t\r]")


class Unreadable(ValueError):
    """A file that holds none of the tables; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: its number as spreadsheet programs count, and the text of its cells by column id."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as it stands in a file."""

    table: Table
    name: str
    header_row: int
    columns: tuple[Column, ...]
    unknown: tuple[str, ...]
    """Headings that stand for no column; their cells are not read."""
    twice: tuple[str, ...]
    rows: list[Row] = field(default_factory=list)


def read(data: bytes, name: str) -> list[Sheet]:
    """The tables in a file. Raises Unreadable, also for a workbook that is damaged, encrypted or a trap."""
    if not data.strip():
        raise Unreadable(_("文件是空的。请重新选择文件。"))
    packed = data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0"))
    try:
        grids = _workbook(data) if packed else {name: _csv(data)}
    except ReadError as error:
        raise Unreadable(error.message) from error
    sheets = [sheet for title, grid in grids.items() if (sheet := _sheet(title, grid)) is not None]
    if not sheets:
        raise Unreadable(_("没有认出表头。请下载模板，把内容填入模板后再导入。"))
    return sheets


def _workbook(data: bytes) -> dict[str, list[list[str]]]:
    from python_calamine import CalamineError, CalamineWorkbook

    if data.startswith(b"PK"):
        guard_sheets(Archive(data))
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        return {
            name: [[shown(value) for value in row[:MAX_COLUMNS]] for row in _rows(workbook, name)]
            for name in workbook.sheet_names
            if name not in in_each_language(ABOUT)
        }
    except (CalamineError, ValueError, KeyError) as error:
        raise Unreadable(_("工作簿已损坏或者有密码。请用表格软件打开后另存为 .xlsx 再试。")) from error
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # Rust's panics arrive outside the tree of Exception
            raise Unreadable(_("工作簿已损坏。请用表格软件打开后另存为 .xlsx 再试。")) from error
        raise


def _rows(workbook: object, name: str) -> list[list[object]]:
    sheet = workbook.get_sheet_by_name(name)  # type: ignore[attr-defined]
    found: list[list[object]] = sheet.to_python(skip_empty_area=False)
    return found


def _csv(data: bytes) -> list[list[str]]:
    content = decode(data).text.replace("\x00", "")
    first = content.lstrip("\r\n").split("\n", 1)[0]
    delimiter = max(",\t;，", key=first.count)
    try:
        return [row[:MAX_COLUMNS] for row in csv.reader(io.StringIO(content, newline=""), delimiter=delimiter)]
    except csv.Error as error:
        raise Unreadable(_("文件不是表格：%(why)s。请用表格软件另存为 CSV 或 .xlsx 再试。") % {"why": error}) from error


def _sheet(name: str, grid: Sequence[Sequence[str]]) -> Sheet | None:
    """The table in a grid of cells; None where no row is the heading of one."""
    best: tuple[int, int, Table] | None = None
    for index, line in enumerate(grid[:HEADER_WITHIN]):
        for table in TABLES.values():
            score = len(_headed(table, line)[0])
            if score >= 2 and (best is None or score > best[0]):
                best = (score, index, table)
    if best is None:
        return None
    _score, top, table = best
    places, unknown, twice = _headed(table, grid[top])
    rows = []
    for index, line in enumerate(grid[top + 1 :], top + 2):
        cells = {column.id: _cell(line[place]) if place < len(line) else "" for column, place in places.items()}
        if any(cells.values()):
            rows.append(Row(index, cells))
    return Sheet(table, name, top + 1, tuple(places), unknown, twice, rows)


def _headed(table: Table, line: Sequence[str]) -> tuple[dict[Column, int], tuple[str, ...], tuple[str, ...]]:
    """Which column stands where under a row of headings; the headings that mean none, and those that come twice."""
    known = _known(table)
    places: dict[Column, int] = {}
    unknown, twice = [], []
    for place, words in enumerate(line):
        column = known.get(_heading(words))
        if column is None:
            unknown += [words.strip()[:30]] if words.strip() else []
        elif column in places:
            twice.append(str(column.label))
        else:
            places[column] = place
    return places, tuple(unknown), tuple(twice)


@cache
def _known(table: Table) -> dict[str, Column]:
    """The columns of a table by all that may stand at their head: Chinese, English, other words in use, the id."""
    found: dict[str, Column] = {}
    for column in table.columns:
        for words in (column.id, *column.aliases, *in_each_language(column.label)):
            found[_heading(words)] = column
    return found


def _heading(words: str) -> str:
    bare = re.sub(r"[\s*:_]", "", unicodedata.normalize("NFKC", words)).lower()
    return _IN_BRACKETS.sub("", bare) or bare


def _cell(value: str) -> str:
    """The text of a cell without the apostrophe that an export puts before what a spreadsheet would run."""
    value = value.strip("\ufeff\u200b \t\r\n\u3000")
    return value[1:] if _ENDANGERED.match(value) else value
