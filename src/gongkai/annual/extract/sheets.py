"""Spreadsheets (.xlsx, .xls): each sheet's tables, titles and notes."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from decimal import Decimal
from io import BytesIO

from gongkai.annual.errors import DamagedFile, Encrypted, TooLarge
from gongkai.annual.extract import limits
from gongkai.annual.extract.archive import Archive
from gongkai.annual.extract.blanks import tidy_cell, visible
from gongkai.annual.extract.draft import Draft
from gongkai.annual.model import Document, GridCell

_REFERENCE = re.compile(rb'<(?:x:)?c r="([A-Z]{1,3})([0-9]{1,7})"')
_MAX_AREA = 4_000_000
"""Cells of the rectangle around all cells of a sheet, which the reader lays out in memory."""

Merged = tuple[int, int, int, int]


def read_sheets(data: bytes) -> Document:
    """The document in a workbook: its visible sheets in order."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

    if data.startswith(b"PK"):
        archive = Archive(data)
        if "content.xml" in archive.names:
            from gongkai.annual.extract.opendocument import read_ods

            return read_ods(data)
        guard_sheets(archive)
    draft = Draft()
    try:
        workbook = CalamineWorkbook.from_filelike(BytesIO(data))
        for sheet in workbook.sheets_metadata:
            if sheet.visible is SheetVisibleEnum.Visible:
                found = workbook.get_sheet_by_name(sheet.name)
                rows = found.to_python(skip_empty_area=False)
                write_rows([[shown(value) for value in row] for row in rows], _merged(found), draft)
    except PasswordError as error:
        raise Encrypted from error
    except CalamineError as error:
        raise DamagedFile(str(error)[:80]) from error
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # Rust's panics arrive outside the tree of Exception
            raise DamagedFile("workbook") from error
        raise
    return draft.document("xlsx")


def _merged(sheet: object) -> list[Merged]:
    ranges = getattr(sheet, "merged_cell_ranges", None) or ()
    return [(top, left, bottom, right) for (top, left), (bottom, right) in ranges]


def guard_sheets(archive: Archive) -> None:
    """Refuses parts that are too large, and cells so far apart that the rectangle around them would fill the memory."""
    archive.read("xl/sharedStrings.xml")
    for name in archive.names:
        if not re.search(r"worksheets/[^/]+\.xml$", name):
            continue
        right = bottom = 0
        for letters, digits in _REFERENCE.findall(archive.read(name)):
            column = 0
            for letter in letters:
                column = column * 26 + letter - 64
            right, bottom = max(right, column), max(bottom, int(digits))
        if right * bottom > _MAX_AREA:
            raise TooLarge(f"工作表 {right}×{bottom}", detail_en=f"a sheet of {right} by {bottom} cells")


def shown(value: object) -> str:
    """A cell's value as it is read: whole numbers without a decimal point, dates as 2024-01-31."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        # Excel stores 96171.6 as 96171.600000000006: a cell has 15 digits that count, twelve decimals would show noise.
        if value == 0 or 1e-9 < abs(value) < 1e15:
            text = format(Decimal(f"{value:.15g}"), "f")
            return text.rstrip("0").rstrip(".") if "." in text else text
        return repr(value)
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(" ")
    return "" if value is None else visible(str(value))


def write_rows(rows: list[list[str]], merged: Iterable[Merged], draft: Draft) -> None:
    """Writes a sheet: groups of rows between blank rows are tables of their own, lone cells above them paragraphs."""
    spans = {
        (top, left): (min(bottom - top + 1, limits.MAX_SPAN), min(right - left + 1, limits.MAX_SPAN))
        for top, left, bottom, right in merged
    }
    covered = {top for (top, _), (height, _) in spans.items() for top in range(top + 1, top + height)}
    group: list[int] = []
    for r in range(len(rows) + 1):
        if r < len(rows) and (any(value.strip() for value in rows[r]) or (group and r in covered)):
            group.append(r)
        elif group:
            _write_group(rows, group, spans, draft)
            group = []


def _write_group(
    rows: list[list[str]], group: list[int], spans: dict[tuple[int, int], tuple[int, int]], draft: Draft
) -> None:
    alone = {r: _alone(rows[r]) for r in group}
    first, last = 0, len(group)
    while first < last and alone[group[first]] is not None:
        first += 1
    while last > first and alone[group[last - 1]] is not None:
        last -= 1
    left = min((c for r in group[first:last] for c, value in enumerate(rows[r]) if value.strip()), default=0)
    while last > first and last < len(group) and _is_label(rows[group[last]], left, spans.get((group[last], left))):
        last += 1
    inside = {spans.get((r, c)) for r in group[first:last] if (c := alone[r]) is not None}
    if 0 < first < last and spans.get((group[first - 1], alone[group[first - 1]] or 0)) in inside:
        first -= 1
    for r in group[:first]:
        draft.paragraph(rows[r][alone[r] or 0])
    if first < last:
        draft.grid(_cells(rows, group[first], group[last - 1], spans))
    for r in group[last:]:
        draft.paragraph(rows[r][alone[r] or 0])


_NO_LABEL = re.compile(
    r"[。；]|^(注|备注|说明|单位|填表|填报|审核|联系|附)|^[一二三四五六七八九十]+、.*(情况|问题|事项|措施)$"
)


def _is_label(row: list[str], left: int, span: tuple[int, int] | None) -> bool:
    """Whether a lone cell right under a table is the label of a row that was left blank, not a note or a heading."""
    text = row[left].strip() if left < len(row) and _alone(row) == left else ""
    return 0 < len(text) <= 40 and (span is None or span[1] <= 3) and _NO_LABEL.search(text) is None


def _alone(row: list[str]) -> int | None:
    """The column of the only cell with text in a row, None where there are more."""
    filled = [c for c, value in enumerate(row) if value.strip()]
    return filled[0] if len(filled) == 1 else None


def _cells(
    rows: list[list[str]], top: int, bottom: int, spans: dict[tuple[int, int], tuple[int, int]]
) -> list[GridCell]:
    used = [c for r in range(top, bottom + 1) for c, value in enumerate(rows[r]) if value.strip()]
    left, right = min(used), max(used)
    for (r, c), (_, width) in spans.items():
        if top <= r <= bottom and left <= c <= right:
            right = max(right, c + width - 1)
    hidden: set[tuple[int, int]] = set()
    cells = []
    for r in range(top, bottom + 1):
        for c in range(left, right + 1):
            if (r, c) in hidden:
                continue
            height, width = spans.get((r, c), (1, 1))
            height = min(height, bottom - r + 1)
            if height * width > 1:
                hidden.update((r + dr, c + dc) for dr in range(height) for dc in range(width))
            text = rows[r][c] if c < len(rows[r]) else ""
            cells.append(GridCell(tidy_cell(text), r - top, c - left, height, width))
    return cells
