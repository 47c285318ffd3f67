"""Scans the other kinds of files: slides, OFD, web pages, plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from gongkai.text.decode import decode
from gongkai.text.office_parts import A, local, parse_xml
from gongkai.text.rich import clean, plain
from gongkai.text.scan.file_model import Findings
from gongkai.text.scan.file_office import common
from gongkai.text.unreadable import FileUnreadable

_NUMBER = re.compile(r"[0-9]+")
_META = re.compile(r"<meta\b([^<>]{0,2000})>", re.I)
_AUTHOR = re.compile(r"\bname\s*=\s*[\"']?author\b", re.I)
_CONTENT = re.compile(r"\bcontent\s*=\s*[\"']?([^\"']{1,100})", re.I)
_HTML_NOTES = {"hidden_text": "hidden_text", "tracked_deletion": "tracked_changes", "active_content": "active_content"}


def scan_pptx(parts: Mapping[str, bytes], found: Findings) -> None:
    """Slides and their notes."""
    if "ppt/presentation.xml" not in parts:
        raise FileUnreadable("unknown_type")
    for name in sorted(parts, key=_order):
        slide = re.fullmatch(r"ppt/(slides/slide|notesSlides/notesSlide|comments/\w*?)([0-9]+)\.xml", name)
        if not slide:
            continue
        root = parse_xml(parts[name])
        lines = ["".join(item.text or "" for item in paragraph.iter(f"{A}t")) for paragraph in root.iter(f"{A}p")]
        kind = slide[1].split("/")[0]
        where = {"slides": "第 {} 张", "notesSlides": "第 {} 张备注"}.get(kind, "批注").format(slide[2])
        if kind == "comments":
            lines = ["".join(item.itertext()) for item in root.iter() if local(item) == "text"]
            found.issue("file_comments", where, f"{len(lines)} 条")
        if kind == "slides" and root.get("show") in ("0", "false"):
            found.issue("hidden_sheet", where)
        found.text(where, "\n".join(line for line in lines if line.strip()))
    common(parts, found)


def scan_ofd(parts: Mapping[str, bytes], found: Findings) -> None:
    """The text codes of an OFD by page, its author, attachments."""
    pages = [name for name in sorted(parts, key=_order) if re.search(r"/Pages/[^/]+/Content\.xml\Z", name)]
    for number, name in enumerate(pages, 1):
        codes = [item.text or "" for item in parse_xml(parts[name]).iter() if local(item) == "TextCode"]
        found.text(f"第 {number} 页", "\n".join(codes))
        if not any(code.strip() for code in codes):
            found.pictures.append(f"第 {number} 页")
    if pages and not found.parts:
        found.issue("no_text", "全文")
    if "OFD.xml" in parts:
        named = [item.text or "" for item in parse_xml(parts["OFD.xml"]).iter() if local(item) == "Author"]
        if any(name.strip() for name in named):
            found.issue("file_metadata", "文件属性", "作者：" + "、".join(named))
    if any("/Attachs/" in name or "/Attachments/" in name for name in parts):
        found.issue("embedded_file", "附件")
    notes = [name for name in parts if "/Annots/" in name and name.endswith(".xml") and "Annotations" not in name]
    for name in notes:
        words = [item.text or "" for item in parse_xml(parts[name]).iter() if local(item) in ("TextCode", "Remark")]
        if any(word.strip() for word in words):
            found.text("批注", "\n".join(words))
            found.issue("file_comments", "批注")


def scan_html(data: bytes, found: Findings) -> None:
    """A web page: its text, and what it hides."""
    source = decode(data).text
    cleaned = clean(source)
    found.text("正文", plain(cleaned.html))
    for note in cleaned.notes:
        if note.id in _HTML_NOTES:
            found.issue(_HTML_NOTES[note.id], "正文", f"{note.count} 处")
    for meta in _META.finditer(source):
        author = _CONTENT.search(meta[1]) if _AUTHOR.search(meta[1]) else None
        if author:
            found.issue("file_metadata", "文件属性", f"作者：{author[1].strip()}")
            break
    comments = list(_comments(source))
    if comments:
        found.text("注释", "\n".join(comments))
        found.issue("file_comments", "注释", f"{len(comments)} 处")


def _comments(source: str) -> Iterator[str]:
    """The comments of a page, those for old browsers left out."""
    start = source.find("<!--")
    while start >= 0:
        end = source.find("-->", start + 4)
        if end < 0:
            return
        text = source[start + 4 : end].strip()
        if text and not text.startswith("[if"):
            yield text
        start = source.find("<!--", end + 3)


def scan_plain(data: bytes, found: Findings) -> None:
    """Plain text of any encoding."""
    found.text("正文", decode(data).text)


def _order(name: str) -> tuple[int, str]:
    numbers = _NUMBER.findall(name)
    return int(numbers[-1][:9]) if numbers else 0, name
