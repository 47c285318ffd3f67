"""Scans spreadsheets: the text of every sheet, and hidden sheets, rows, columns and comments."""

from __future__ import annotations

import io
import posixpath
from collections.abc import Mapping
from typing import Any

from python_calamine import CalamineWorkbook

from gongkai.text.office_parts import R, local, parse_xml
from gongkai.text.scan.file_model import Findings
from gongkai.text.scan.file_office import common
from gongkai.text.unreadable import FileUnreadable

MAX_ROWS = 200_000
"""Rows of all sheets together that are read."""


def scan_cells(data: bytes, found: Findings) -> None:
    """The text of all sheets, hidden ones included: rows as lines, cells parted by tabs."""
    left = MAX_ROWS
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for name in book.sheet_names:
            rows = book.get_sheet_by_name(name).to_python(skip_empty_area=True, nrows=left)
            left -= len(rows)
            lines = ("\t".join(_shown(value) for value in row).rstrip() for row in rows)
            found.text(f"工作表“{name}”", "\n".join(line for line in lines if line.strip()))
            if left <= 0:
                found.issue("not_all_read", f"工作表“{name}”")
                return
    except FileUnreadable:
        raise
    except Exception as error:  # the reader raises many kinds for broken files
        raise FileUnreadable("damaged") from error


def _shown(value: Any) -> str:
    """A cell as people see it: whole numbers without a fraction."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e18:
        return str(int(value))
    return str(value).replace("\n", " ").replace("\t", " ")


def scan_xlsx(data: bytes, parts: Mapping[str, bytes], found: Findings) -> None:
    """Scans an .xlsx."""
    scan_cells(data, found)
    sheets = _sheets(parts)
    hidden = [name for name, state, _ in sheets if state != "visible"]
    if hidden:
        found.issue("hidden_sheet", "工作表", "、".join(hidden))
    for name, _, path in sheets:
        if path in parts:
            _sheet(parse_xml(parts[path]), name, found)
    for path in sorted(parts):
        if path.startswith("xl/") and "omments" in path and path.endswith(".xml"):
            texts = ["".join(item.itertext()) for item in parse_xml(parts[path]).iter() if local(item) in ("text",)]
            found.text("批注", "\n".join(texts))
            if texts:
                found.issue("file_comments", "批注", f"{len(texts)} 条")
    common(parts, found)


def _sheets(parts: Mapping[str, bytes]) -> list[tuple[str, str, str]]:
    """Name, state and path of every sheet."""
    if "xl/workbook.xml" not in parts:
        raise FileUnreadable("unknown_type")
    targets: dict[str, str] = {}
    if "xl/_rels/workbook.xml.rels" in parts:
        for rel in parse_xml(parts["xl/_rels/workbook.xml.rels"]):
            target = rel.get("Target") or ""
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
            targets[rel.get("Id") or ""] = path
    sheets = [item for item in parse_xml(parts["xl/workbook.xml"]).iter() if local(item) == "sheet"]
    return [
        (item.get("name") or "", item.get("state") or "visible", targets.get(item.get(f"{R}id") or "", ""))
        for item in sheets
    ]


def _sheet(root: Any, name: str, found: Findings) -> None:
    rows: list[str] = []
    columns: list[str] = []
    for element in root.iter():
        kind = local(element)
        if element.tag and kind in ("row", "col") and element.get("hidden") in ("1", "true"):
            if kind == "row" and len(element):
                rows.append(element.get("r") or "?")
            elif kind == "col":
                columns.append(f"{element.get('min')}–{element.get('max')}")
        elif kind in ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter"):
            found.text(f"工作表“{name}”页眉页脚", element.text or "")
    shown = [f"第 {'、'.join(rows[:8])} 行"] if rows else []
    shown += [f"第 {'、'.join(columns[:8])} 列"] if columns else []
    if shown:
        found.issue("hidden_sheet", f"工作表“{name}”", "；".join(shown))


def scan_ods(data: bytes, parts: Mapping[str, bytes], found: Findings) -> None:
    """Scans an .ods: its text, hidden rows and columns, notes, properties."""
    scan_cells(data, found)
    root = parse_xml(parts["content.xml"]) if "content.xml" in parts else None
    notes = []
    hidden = 0
    for element in root.iter() if root is not None else ():
        if local(element) == "annotation":
            notes.append("".join(element.itertext()))
        hidden += any(
            key.endswith("}visibility") and value in ("collapse", "filter") for key, value in element.attrib.items()
        )
        hidden += local(element) == "table-properties" and any(
            key.endswith("}display") and value == "false" for key, value in element.attrib.items()
        )
    found.text("批注", "\n".join(notes))
    if notes:
        found.issue("file_comments", "批注", f"{len(notes)} 条")
    if hidden:
        found.issue("hidden_sheet", "工作表", f"{hidden} 处")
    common(parts, found)
