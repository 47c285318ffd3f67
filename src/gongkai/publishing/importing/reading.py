"""Reads sources row by row: tells what a source is, and reads JSON; each other sort has a module of its own."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from gongkai.publishing.importing.exports import ckan_rows, wordpress_rows
from gongkai.publishing.importing.folders import folder_rows
from gongkai.publishing.importing.mapping import KNOWN_NAMES
from gongkai.publishing.importing.model import SourceRow, Unreadable, existing
from gongkai.publishing.importing.tables import csv_rows, sheet_rows

FORMATS = ("csv", "xlsx", "jsonl", "folder", "wordpress", "ckan")
_HEAD = 65_536


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


def rows(source: Path, format: str = "", names: frozenset[str] = KNOWN_NAMES) -> Iterator[SourceRow]:
    """The rows of a source, one at a time; `names` are those by which the head of a table is told.

    Raises Unreadable where it cannot be read at all.
    """
    path, sort = existing(source), format or format_of(source)
    if (sort == "folder") != path.is_dir():
        words = _("“%(path)s”不能按 %(format)s 读取：文件夹用 folder，其他格式要给出一个文件。")
        raise Unreadable(words % {"path": path, "format": sort})
    match sort:
        case "csv":
            return csv_rows(path, names)
        case "xlsx":
            return sheet_rows(path, names)
        case "folder":
            return folder_rows(path)
        case "wordpress":
            return wordpress_rows(path)
        case "ckan":
            return ckan_rows(_objects(path), path)
        case _:
            return json_rows(path)


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
                yield (
                    number,
                    {},
                    _("这一行不是 JSON：%(error)s。请检查引号和逗号，并用 UTF-8 保存。") % {"error": error},
                )
                continue
            yield (number, one, "") if isinstance(one, dict) else (number, {}, _("这一行不是“列名: 值”的对象。"))


def _listed(path: Path) -> list[Any]:
    try:
        data = json.loads(path.read_bytes().decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        words = _("“%(name)s”不是有效的 JSON：%(error)s。请用 UTF-8 重新导出。")
        raise Unreadable(words % {"name": path.name, "error": error}) from error
    while isinstance(data, dict):
        inner = next((data[k] for k in ("result", "results", "packages", "items", "data") if k in data), None)
        if inner is None:
            return [data]
        data = inner
    return data if isinstance(data, list) else []
