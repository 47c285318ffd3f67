"""Reads tables: text parted by commas and the like in any usual encoding, and workbooks."""

from __future__ import annotations

import codecs
import csv
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from itertools import chain, islice
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from gongkai.publishing.importing.mapping import KNOWN_NAMES, normal
from gongkai.publishing.importing.model import Fault, SourceRow, Unreadable
from gongkai.text.decode import decode

_HEAD = 65_536
_LONGEST_CELL = 16 * 1024 * 1024
_SIGNS = "\t,;|"
_LOOKED = 20
"""Rows among which the names of the columns are looked for: lists often begin with a title over all columns."""


def csv_rows(path: Path, names: frozenset[str] = KNOWN_NAMES) -> Iterator[SourceRow]:
    """The rows of a table of text, in UTF-8, UTF-16 or an encoding of old Chinese programs."""
    encoding = _encoding(path)
    csv.field_size_limit(_LONGEST_CELL)
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        sign = _sign(file)
        lines = csv.reader((line.replace("\0", "") for line in file), delimiter=sign)
        yield from _with_head(lines, path, names)


def _encoding(path: Path) -> str:
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    found = decode(head[: head.rfind(b"\n") + 1] or head).encoding
    if not found.replace("_", "-").lower().startswith("utf-8"):
        return found
    # The beginning may be plain ASCII and the Chinese further on in another encoding.
    return "utf-8-sig" if _reads(path, "utf-8") or not _reads(path, "gb18030") else "gb18030"


def _reads(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as file:
            while part := file.read(1 << 20):
                decoder.decode(part)
        decoder.decode(b"", True)
    except UnicodeError:
        return False
    return True


def _sign(file: Any) -> str:
    """What parts the columns; leaves the file at its first row. Excel may name it in a line before the first."""
    first = file.readline()
    if first.lower().startswith("sep=") and len(first.strip()) == 5:
        return str(first[4])
    lines = [first, *islice(file, _LOOKED)]
    file.seek(0)
    line = next((line for line in lines if any(sign in line for sign in _SIGNS)), "")
    return max(_SIGNS, key=line.count) if line else ","


def sheet_rows(path: Path, names: frozenset[str] = KNOWN_NAMES) -> Iterator[SourceRow]:
    """The rows of the first sheet that has any; a cell that is merged over several rows counts for each of them."""
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_path(str(path))
        sheets = [s for s in (book.get_sheet_by_name(name) for name in book.sheet_names) if s.height > 1]
        cells = _unmerged(sheets[0]) if sheets else []
    except (CalamineError, OSError, ValueError) as error:
        words = _("不能读取“%(name)s”：%(error)s。有密码的请先去掉密码，再用 Excel 或 WPS 另存为 .xlsx。")
        raise Unreadable(words % {"name": path.name, "error": error}) from error
    if not sheets:
        raise Unreadable(_("“%(name)s”里没有数据。第一行应当是列名。") % {"name": path.name})
    remarks: tuple[Fault, ...] = ()
    if others := "、".join(sheet.name for sheet in sheets[1:]):
        words = _("只读取了工作表“%(sheet)s”，没有读取：%(others)s。") % {"sheet": sheets[0].name, "others": others}
        remarks = (Fault("", words, _("需要时请把它们另存为单独的文件再导入。")),)
    rows = _with_head(cells, path, names)
    for row in islice(rows, 1):
        yield SourceRow(row.number, row.values, folder=row.folder, fault=row.fault, remarks=remarks)
    yield from rows


def _unmerged(sheet: Any) -> list[list[Any]]:
    cells: list[list[Any]] = sheet.to_python(skip_empty_area=False)
    for (top, left), (bottom, _right) in sheet.merged_cell_ranges or ():
        for row in cells[top + 1 : bottom + 1]:
            if left < len(row) and row[left] in ("", None):
                row[left] = cells[top][left]
    return cells


def _with_head(lines: Iterable[Any], path: Path, names: frozenset[str]) -> Iterator[SourceRow]:
    """Rows under a head; empty rows are passed over, and counted so that numbers are those of the file."""
    number = 0
    try:
        texts = ((number, [_text(cell) for cell in cells]) for number, cells in enumerate(lines, 1))
        filled = (one for one in texts if any(one[1]))
        first = list(islice(filled, _LOOKED))
        if not first:
            words = _("“%(name)s”是空的。第一行应当是列名，如“标题”“正文”“发布日期”。")
            raise Unreadable(words % {"name": path.name})
        at = next((at for at, (_n, cells) in enumerate(first) if len(names.intersection(map(normal, cells))) > 1), 0)
        number, head = first[at][0], _different(first[at][1])
        for number, cells in chain(first[at + 1 :], filled):
            yield SourceRow(
                number, dict(zip(head, cells, strict=False)), folder=str(path.parent), fault=_fault(head, cells)
            )
    except csv.Error as error:
        words = _("第%(row)d行之后不能读取：%(error)s。请检查引号是否成对。")
        raise Unreadable(words % {"row": number, "error": error}) from error


def _different(head: list[str]) -> list[str]:
    """Names of columns of which no two are the same: the second 标题 is 标题2."""
    seen: Counter[str] = Counter()
    different = []
    for name in head:
        seen[name] += 1
        different.append(name if seen[name] == 1 else f"{name}{seen[name]}")
    return different


def _fault(head: list[str], cells: list[str]) -> str:
    if len(cells) > len(head) and any(cells[len(head) :]):
        words = _("这一行有%(now)d列，表头只有%(head)d列。请检查逗号和引号。")
        return words % {"now": len(cells), "head": len(head)}
    if len(cells) < len(head) and "\n" in cells[-1]:
        words = _("这一行只有%(now)d列，最后一列里有换行，可能吞掉了后面的行。请检查引号是否成对。")
        return words % {"now": len(cells)}
    return ""


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.isoformat(" ") if cell.time() != time() else cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()
