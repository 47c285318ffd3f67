"""Reads sources row by row: tables, JSON, WordPress and CKAN exports; a folder of files is read by `folders`."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from gongkai.publishing.importing.model import SourceRow, Unreadable, existing
from gongkai.text.decode import decode

FORMATS = ("csv", "xlsx", "jsonl", "folder", "wordpress", "ckan")
_HEAD = 65_536
_WP = "{http://wordpress.org/export/"


def format_of(source: Path) -> str:
    """What a source is, by its name and its beginning. Raises Unreadable for one of another sort."""
    path = existing(source)
    if path.is_dir():
        return "folder"
    suffix = path.suffix.lower()
    if suffix in (".csv", ".tsv", ".txt"):
        return "csv"
    if suffix in (".xlsx", ".xls", ".ods"):
        return "xlsx"
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if suffix == ".xml" and b"wordpress.org/export" in head:
        return "wordpress"
    if suffix in (".json", ".jsonl", ".ndjson"):
        return "ckan" if b'"resources"' in head else "jsonl"
    words = _("不认识“%(name)s”的格式。可以导入 CSV、XLSX、JSON Lines、WordPress 和 CKAN 的导出文件，或者一个文件夹。")
    raise Unreadable(words % {"name": path.name})


def rows(source: Path, format: str = "") -> Iterator[SourceRow]:
    """The rows of a source, one at a time. Raises Unreadable where it cannot be read at all."""
    from gongkai.publishing.importing.folders import folder_rows

    readers = {
        "csv": csv_rows,
        "xlsx": sheet_rows,
        "jsonl": json_rows,
        "folder": folder_rows,
        "wordpress": wordpress_rows,
        "ckan": ckan_rows,
    }
    return readers[format or format_of(source)](existing(source))


def fingerprint(source: Path) -> str:
    """SHA-256 of a file; of a folder, that of the names, sizes and times of the files in it."""
    digest = hashlib.sha256()
    if source.is_dir():
        for path in sorted(p for p in source.rglob("*") if p.is_file()):
            about = path.stat()
            digest.update(f"{path.relative_to(source)}\0{about.st_size}\0{about.st_mtime_ns}\n".encode())
        return digest.hexdigest()
    with source.open("rb") as file:
        while part := file.read(1 << 20):
            digest.update(part)
    return digest.hexdigest()


def csv_rows(path: Path) -> Iterator[SourceRow]:
    """The rows of a table of text, in UTF-8 or an encoding of old Chinese programs; parted by comma, tab and so on."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    encoding = decode(head[: head.rfind(b"\n") + 1] or head).encoding
    encoding = "utf-8-sig" if encoding.replace("_", "-").lower().startswith("utf-8") else encoding
    csv.field_size_limit(16 * 1024 * 1024)
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        first = file.readline()
        file.seek(0)
        sign = max("\t,;|", key=first.count)
        reader = csv.reader((line.replace("\0", "") for line in file), delimiter=sign)
        yield from _with_head(reader, path)


def _with_head(lines: Any, path: Path) -> Iterator[SourceRow]:
    """Rows under a head; empty rows are passed over, and counted so that numbers are those of the file."""
    head: list[str] | None = None
    number = 0
    try:
        for cells in lines:
            number += 1
            texts = [_text(c) for c in cells]
            if not any(texts):
                continue
            if head is None:
                head = texts
                continue
            fault = ""
            if len(texts) > len(head) and any(texts[len(head) :]):
                fault = _("这一行有%(now)d列，表头只有%(head)d列。请检查逗号和引号。") % {
                    "now": len(texts),
                    "head": len(head),
                }
            yield SourceRow(number, dict(zip(head, texts, strict=False)), folder=str(path.parent), fault=fault)
    except csv.Error as error:
        words = _("第%(row)d行不能读取：%(error)s。请检查引号是否成对。")
        raise Unreadable(words % {"row": number + 1, "error": error}) from error
    if head is None:
        words = _("“%(name)s”是空的。第一行应当是列名，如“标题”“正文”“发布日期”。")
        raise Unreadable(words % {"name": path.name})


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


def sheet_rows(path: Path) -> Iterator[SourceRow]:
    """The rows of the first sheet that has any."""
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_path(str(path))
        sheets = (book.get_sheet_by_name(name) for name in book.sheet_names)
        sheet = next((s for s in sheets if s.height > 1), None)
    except (CalamineError, OSError, ValueError) as error:
        words = _("不能读取“%(name)s”：%(error)s。请用 Excel 或 WPS 另存为 .xlsx 再试。")
        raise Unreadable(words % {"name": path.name, "error": error}) from error
    if sheet is None:
        raise Unreadable(_("“%(name)s”里没有数据。第一行应当是列名。") % {"name": path.name})
    yield from _with_head(sheet.to_python(skip_empty_area=False), path)


def json_rows(path: Path) -> Iterator[SourceRow]:
    """The objects of a JSON Lines file or of a JSON list."""
    yield from (SourceRow(n, v, folder=str(path.parent), fault=fault) for n, v, fault in _objects(path))


def _objects(path: Path) -> Iterator[tuple[int, dict[str, Any], str]]:
    with path.open("rb") as file:
        start = file.read(4096).lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if start == b"[" or path.suffix.lower() == ".json":
        for number, one in enumerate(_listed(path), 1):
            yield (number, one, "") if isinstance(one, dict) else (number, {}, _("这一项不是“列名: 值”的对象。"))
        return
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            if not line.strip():
                continue
            try:
                one = json.loads(line.lstrip(b"\xef\xbb\xbf"))
            except (ValueError, RecursionError) as error:
                yield number, {}, _("这一行不是 JSON：%(error)s。") % {"error": error}
                continue
            yield (number, one, "") if isinstance(one, dict) else (number, {}, _("这一行不是“列名: 值”的对象。"))


def _listed(path: Path) -> list[Any]:
    try:
        data = json.loads(path.read_bytes().decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise Unreadable(_("“%(name)s”不是有效的 JSON：%(error)s。") % {"name": path.name, "error": error}) from error
    while isinstance(data, dict):
        inner = next((data[k] for k in ("result", "results", "packages", "items", "data") if k in data), None)
        if inner is None:
            return [data]
        data = inner
    return data if isinstance(data, list) else []


def ckan_rows(path: Path) -> Iterator[SourceRow]:
    """The packages of a CKAN export: what the API gives, or a line for each."""
    for number, package, fault in _objects(path):
        values: dict[str, Any] = {k: v for k, v in package.items() if isinstance(v, str | int | float)}
        values |= {str(e.get("key")): e.get("value") for e in package.get("extras") or () if isinstance(e, dict)}
        resources = [r for r in package.get("resources") or () if isinstance(r, dict)]
        organisation = package.get("organization")
        notes = str(package.get("notes") or "")
        links = [f"{r.get('name') or r.get('url')}：{r.get('url')}" for r in resources if r.get("url")]
        values |= {
            "body": "\n".join([notes, *links]).strip(),
            "external_id": str(package.get("id") or package.get("name") or ""),
            "published_at": package.get("metadata_created") or package.get("metadata_modified") or "",
            "tags": [
                t.get("display_name") or t.get("name") if isinstance(t, dict) else t for t in package.get("tags") or ()
            ],
            "agency": organisation.get("title", "") if isinstance(organisation, dict) else "",
        }
        local = tuple(
            (str(path.parent / r["url"]), str(r.get("name") or ""))
            for r in resources
            if r.get("url") and "://" not in str(r["url"]) and (path.parent / str(r["url"])).is_file()
        )
        yield SourceRow(number, values, files=local, folder=str(path.parent), fault=fault)


def wordpress_rows(path: Path) -> Iterator[SourceRow]:
    """The published posts and pages of a WordPress export (WXR)."""
    from lxml import etree

    number = 0
    options: dict[str, Any] = {
        "events": ("end",),
        "tag": "item",
        "resolve_entities": False,
        "no_network": True,
        "recover": True,
        "huge_tree": True,
    }
    try:
        for _event, item in etree.iterparse(io.BytesIO(path.read_bytes()), **options):
            number += 1
            row = _wordpress_row(item, number, path)
            item.clear()
            if row is not None:
                yield row
    except etree.XMLSyntaxError as error:
        words = _("“%(name)s”不是完整的 WordPress 导出文件：%(error)s。请重新导出。")
        raise Unreadable(words % {"name": path.name, "error": error}) from error


def _wordpress_row(item: Any, number: int, path: Path) -> SourceRow | None:
    values: dict[str, Any] = {}
    tags: list[str] = []
    for child in item:
        if not isinstance(child.tag, str):
            continue
        name = child.tag.rpartition("}")[2]
        if child.tag.startswith(_WP) and name in ("post_id", "post_date", "post_type", "status"):
            values[name] = (child.text or "").strip()
        elif name == "encoded":
            values["body" if "content" in child.tag else "excerpt"] = child.text or ""
        elif name == "category":
            where = child.get("domain", "")
            if where == "post_tag":
                tags.append(child.text or "")
            elif where == "category":
                values.setdefault("栏目", child.text or "")
        elif name in ("title", "link", "pubDate"):
            values[name] = (child.text or "").strip()
    if values.get("post_type", "post") not in ("post", "page") or values.get("status", "publish") != "publish":
        return None
    values |= {"external_id": f"wordpress:{values.get('post_id') or values.get('link')}", "tags": tags}
    values["published_at"] = values.get("post_date") or values.get("pubDate", "")
    return SourceRow(number, values, folder=str(path.parent))
