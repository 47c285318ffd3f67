"""Reads a folder of pages and documents: each HTML, Word or PDF file is a row, its facts beside it or at its head."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.utils.translation import gettext as _

from gongkai.publishing.importing.mapping import NAMES, normal
from gongkai.publishing.importing.model import SourceRow
from gongkai.text.decode import decode

PAGES = (".html", ".htm")
DOCUMENTS = (".docx", ".pdf", ".ofd", ".txt", ".xlsx", ".xls", ".ods")
"""Each of these is a publication, if no page links to it; all but Word and text are kept as a file only."""
UNREAD = (".doc", ".wps", ".rtf", ".et", ".dps", ".ppt", ".mht", ".mhtml", ".odt")
"""Documents that cannot be read: named in the report, so that none is lost without a word."""
_META = {
    "articletitle": "title", "pubdate": "published_at", "contentsource": "source", "columnname": "kind",
    "keywords": "subject_words", "description": "summary",
}  # fmt: skip
_LABELS = {normal(name): field for field, names in NAMES.items() for name in names if not name.isascii()}
_LABELS.pop(normal("内容"), None)
_CONTENT = (
    "#zoom",
    "#content",
    "#article",
    ".TRS_Editor",
    ".article-content",
    ".article",
    ".content",
    "article",
    "main",
)
_NOT_CONTENT = "script, style, nav, header, footer, form, iframe, .breadcrumb, .share"
_FIGURES = "0-9一二三四五六七八九十〇零○"
_SIGNED = re.compile(rf"(?m)^[ \t\u3000]*([{_FIGURES}]{{4}}年[{_FIGURES}]{{1,2}}月[{_FIGURES}]{{1,3}}日)[ \t\u3000]*$")
_SIGNED_WITHIN = 4000
_END_OF_LINE = re.compile(r"</(?:p|h[1-6]|li|td)>|<br>")
_TAG = re.compile(r"<[^<>]*>")
_DATE = re.compile(r"(?:19|20)[0-9]{2}[-年/.][0-9]{1,2}[-月/.][0-9]{1,2}")


def folder_rows(folder: Path) -> Iterator[SourceRow]:
    """A row for each page or document, in the order of their paths; files that a page links to belong to its row."""
    paths = sorted(p for p in folder.rglob("*") if p.is_file() and not p.name.startswith((".", "~$")))
    pages = [p for p in paths if p.suffix.lower() in PAGES]
    linked: set[Path] = set()
    number = 0
    for path in pages:
        number += 1
        row, used = _page(folder, path, number)
        linked |= used
        yield row
    for path in paths:
        if path.suffix.lower() in (*DOCUMENTS, *UNREAD) and path.resolve() not in linked:
            number += 1
            yield _document(folder, path, number)


def _beside(path: Path) -> dict[str, Any]:
    """What a file `name.json` or `name.html.json` beside a file says about it."""
    for candidate in (path.with_suffix(".json"), path.with_name(path.name + ".json")):
        if candidate.is_file():
            try:
                found = json.loads(candidate.read_bytes().decode("utf-8-sig"))
            except ValueError:
                return {"__fault__": _("旁边的“%(name)s”不是有效的 JSON。") % {"name": candidate.name}}
            return found if isinstance(found, dict) else {}
    return {}


def _row(folder: Path, path: Path, number: int, values: dict[str, Any], files: Any = (), fault: str = "") -> SourceRow:
    beside = _beside(path)
    fault = fault or beside.pop("__fault__", "")
    name = readable_name(path.relative_to(folder).as_posix())
    values = {"external_id": name, "title": readable_name(path.stem), **values, **beside}
    return SourceRow(number, values, files=tuple(files), folder=str(path.parent), fault=fault)


def readable_name(name: str) -> str:
    """A name as people read it: old archives hold names in GB 18030, which the system cannot decode."""
    if name.isascii() or not any("\ud800" <= sign <= "\udfff" for sign in name):
        return name
    return os.fsencode(name).decode("gb18030", "replace")


def _page(folder: Path, path: Path, number: int) -> tuple[SourceRow, set[Path]]:
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(decode(path.read_bytes()).text)
    values: dict[str, Any] = {}
    if (title := tree.css_first("title")) is not None:
        values["title"] = title.text(strip=True)
    for meta in tree.css("meta[name]"):
        name = normal(meta.attributes.get("name") or "")
        if name in _META and meta.attributes.get("content"):
            values[_META[name]] = meta.attributes["content"]
    values |= _facts(tree)
    for node in tree.css(_NOT_CONTENT):
        node.decompose()
    content = next((n for s in _CONTENT if (n := tree.css_first(s)) is not None), None) or tree.body
    if (heading := tree.css_first("h1")) is not None and "title" not in _metas(tree):
        values["title"] = heading.text(strip=True) or values.get("title", "")
        heading.decompose()
    values["body"] = (content.html or "") if content is not None else ""
    files = list(_linked(tree, path, folder))
    return _row(folder, path, number, values, files), {Path(p).resolve() for p, _ in files}


def _metas(tree: Any) -> set[str]:
    return {_META.get(normal(m.attributes.get("name") or ""), "") for m in tree.css("meta[name]")}


def _facts(tree: Any) -> dict[str, Any]:
    """The table of facts at the head of a page: 索引号, 发文字号 and the like, each beside its value; taken out."""
    found: dict[str, Any] = {}
    for table in tree.css("table"):
        cells = [c.text(strip=True) for c in table.css("th, td")]
        names = [_LABELS.get(normal(c.rstrip("：:"))) for c in cells]
        pairs = {n: cells[i + 1] for i, n in enumerate(names[:-1]) if n and not names[i + 1] and cells[i + 1]}
        if len(pairs) >= 2 and {"index_number", "document_number", "agency", "published_at"} & set(pairs):
            found |= pairs
            table.decompose()
            break
    return found


def _linked(tree: Any, path: Path, folder: Path) -> Iterator[tuple[str, str]]:
    """Files inside the folder that a page links to; nothing outside of it is touched."""
    base = folder.resolve()
    for link in tree.css("a[href]"):
        address = urlsplit(link.attributes.get("href") or "")
        if address.scheme or address.netloc or not address.path:
            continue
        target = (path.parent / unquote(address.path)).resolve()
        if target.is_file() and target.is_relative_to(base) and target.suffix.lower() not in (*PAGES, ".json"):
            yield str(target), link.text(strip=True) or readable_name(target.stem)


def _document(folder: Path, path: Path, number: int) -> SourceRow:
    """A Word or PDF file; the file itself is kept with the row."""
    title = readable_name(path.stem)
    files = [(str(path), title)]
    if path.suffix.lower() in UNREAD:
        words = _("不能读取%(suffix)s文件。请用 Word 或 WPS 另存为 .docx 或 .pdf 再试。") % {"suffix": path.suffix}
        return _row(folder, path, number, {}, fault=words)
    named = _DATE.search(title)
    dated = {"published_at": named[0]} if named else {}
    if path.suffix.lower() == ".txt":
        text = decode(path.read_bytes()).text
        return _row(folder, path, number, dated | {"body": text, **_signed(text)})
    if path.suffix.lower() == ".docx":
        from gongkai.text.rich.word import from_docx

        try:
            read = from_docx(path.read_bytes())
        except Exception as error:
            words = _("不能读取这份 Word 文件：%(error)s。请另存为 .docx 再试。") % {"error": error}
            return _row(folder, path, number, {}, fault=words)
        values: dict[str, Any] = {"title": read.title, "body": read.html, "document_number": read.document_number}
        values |= dated | _signed(_END_OF_LINE.sub("\n", read.html))
        return _row(folder, path, number, {k: v for k, v in values.items() if v}, files)
    return _row(folder, path, number, dated, files)


def _signed(text: str) -> dict[str, str]:
    """The day under which a document is signed: alone on a line, the last such line."""
    days = _SIGNED.findall(_TAG.sub("", text[-_SIGNED_WITHIN:]))
    return {"made_on": days[-1]} if days else {}
