"""Says what a file really is, by its bytes, and refuses one that is too large, of another type, or a trap."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import PurePosixPath

from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

MAX_UNPACKED = 400 * 1024 * 1024
MAX_RATIO = 200
MAX_MEMBERS = 5000

TYPES: dict[str, str] = {
    "html": "text/html; charset=utf-8",
    "mht": "multipart/related",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "xls": "application/vnd.ms-excel",
    "pdf": "application/pdf",
    "ofd": "application/ofd",
    "txt": "text/plain; charset=utf-8",
    "json": "application/json",
}
"""The types of documents, and the media type of each."""

PICTURES: dict[str, str] = {"png": "image/png", "jpg": "image/jpeg", "gif": "image/gif", "webp": "image/webp"}
"""The types of pictures that browsers show by themselves; SVG is not among them, since it can hold scripts."""

_SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
MEDIA_TYPES: dict[str, str] = {**TYPES, **PICTURES, "pptx": _SLIDES, "zip": "application/zip"}
"""Every type that is ever kept."""

_TEXT_SUFFIXES = {
    "html": "html",
    "htm": "html",
    "mht": "mht",
    "mhtml": "mht",
    "json": "json",
    "jsonl": "json",
    "txt": "txt",
    "md": "txt",
    "csv": "txt",
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_HTML = re.compile(rb"<\s*(?:!doctype|html|head|body|table|div|p|meta|script)\b", re.I)
_MHT = re.compile(rb"^(?:mime-version|from|subject|content-type|date):", re.I | re.M)
_SIGNATURES = {b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpg", b"GIF87a": "gif", b"GIF89a": "gif"}
_BAD_IN_NAME = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]')


class Refused(ValueError):
    """A file that is not taken; the message says why and what to do, lazily: it can be had in both languages."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that may be kept: its clean name and what it really is."""

    name: str
    type: str
    size: int


def check(data: bytes, name: str, *, limit: int, types: Collection[str] = tuple(TYPES)) -> Checked:
    """Checks a file's size and type; raises Refused where it is not taken."""
    clean = clean_name(name)
    if not data:
        raise Refused(format_lazy(gettext_lazy("文件“{name}”是空的。请重新选择文件。"), name=clean))
    if len(data) > limit:
        words = gettext_lazy("文件“{name}”有 {size} MB，超过了 {limit} MB 的上限。请压缩其中的图片后再试。")
        raise Refused(format_lazy(words, name=clean, size=f"{len(data) / 2**20:.1f}", limit=limit // 2**20))
    type = sniff(data, clean)
    if type is None and data.startswith(_OLE):
        words = gettext_lazy("文件“{name}”是旧版 Word 或 WPS 的文件，不能直接读取。请打开后另存为 .docx 再试。")
        raise Refused(format_lazy(words, name=clean))
    if type is None or type not in types:
        words = gettext_lazy("文件“{name}”的内容不是可以接收的类型。请另存为以下类型之一：{types}。")
        raise Refused(format_lazy(words, name=clean, types=" ".join(sorted(types))))
    return Checked(clean, type, len(data))


def sniff(data: bytes, name: str) -> str | None:
    """The type of a file by its content, one of `MEDIA_TYPES`; the name decides only between kinds of text."""
    for signature, type in _SIGNATURES.items():
        if data.startswith(signature):
            return type
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    start = data[:1024].lstrip(b"\xef\xbb\xbf\x00\t\r\n ")
    if start.startswith(b"%PDF-") or b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return _packed(data)
    if data.startswith(_OLE):
        return "xls" if "Workbook".encode("utf-16-le") in data or "Book".encode("utf-16-le") in data else None
    return _text(data, name)


def clean_name(name: str) -> str:
    """A name for people and for headers: no folders, no control or direction characters, at most 150 characters."""
    base = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    base = _BAD_IN_NAME.sub("_", base).strip(" .")
    path = PurePosixPath(base or _("未命名"))
    suffix = path.suffix[:12]
    return path.stem[: 150 - len(suffix)] + suffix


def _packed(data: bytes) -> str | None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            unpacked = sum(member.file_size for member in members)
            if len(members) > MAX_MEMBERS or unpacked > MAX_UNPACKED or unpacked > MAX_RATIO * max(len(data), 10_000):
                raise Refused(gettext_lazy("文件解压后异常地大，不能接收。请重新导出文件后再试。"))
            names = {member.filename for member in members}
            if "word/document.xml" in names:
                return "docx"
            if "xl/workbook.xml" in names:
                return "xlsx"
            if "ppt/presentation.xml" in names:
                return "pptx"
            if "OFD.xml" in names:
                return "ofd"
            if "mimetype" in names and archive.read("mimetype")[:60].endswith(b"opendocument.spreadsheet"):
                return "ods"
            return "zip" if members else None
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, OSError):
        return None


def _text(data: bytes, name: str) -> str | None:
    head = data[:4096]
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    if not wide and _CONTROL.search(head):
        return None
    if not wide:
        head = head.lstrip(b"\xef\xbb\xbf \t\r\n")
        if head[:1] in (b"{", b"["):
            return "json"
        if len(_MHT.findall(head)) >= 2 and b"boundary" in data[:8192].lower():
            return "mht"
        if _HTML.search(head):
            return "html"
    return _TEXT_SUFFIXES.get(PurePosixPath(name).suffix.lower().lstrip("."), "txt")
