"""Which format a file is in, by its content first and by its name second."""

from __future__ import annotations

import re
from enum import StrEnum

from gongkai.annual.errors import EmptyFile, Encrypted, NoText, OldOfficeFormat, UnknownFormat


class Format(StrEnum):
    """A format that is read here."""

    HTML = "html"
    MHTML = "mhtml"
    DOCX = "docx"
    SHEET = "xlsx"
    PDF = "pdf"
    OFD = "ofd"
    JSON = "json"
    TEXT = "txt"


_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*", b"RIFF")
_OTHER = (b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf", b"\x7fELF", b"MZ", b"BZh", b"\xfd7zXZ")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML_START = re.compile(
    rb"\s*(?:<!--.{0,2000}?-->\s*|<\?xml[^>]{0,200}>\s*)*<(?:!doctype\s+html|html|head|body|meta|table|div|p|h[1-6]|span)\b",
    re.I | re.S,
)
_HTML_TAG = re.compile(rb"<(?:/?(?:html|body|table|tr|td|div|p|span|br)\b[^<>]{0,300})>", re.I)
_MHTML = re.compile(rb"(?:^|\n)(?:MIME-Version:|Content-Type:\s*multipart/related|Snapshot-Content-Location:)", re.I)
_HTML_NAMES = (".html", ".htm", ".shtml", ".xhtml", ".jsp", ".aspx")


def detect(data: bytes, name: str | None = None) -> Format:
    """The format of `data`.

    Raises `EmptyFile`, `NoText` (a picture), `Encrypted`, `OldOfficeFormat`, or `UnknownFormat`.
    """
    head = data[:4096]
    if not data or (len(data) < 4096 and not data.strip(b" \t\r\n\x00")):
        raise EmptyFile
    if b"%PDF-" in head[:1024]:
        return Format.PDF
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped(data)
    if head.startswith(_OLE):
        return _compound(data)
    if head.startswith(_PICTURES) and _binary(head):
        raise NoText("图片", detail_en="a picture")
    if head.startswith(b"{\\rtf"):
        raise OldOfficeFormat("RTF")
    if head.startswith(_OTHER) and _binary(head):
        raise UnknownFormat
    return _textual(data, (name or "").lower())


def _binary(head: bytes) -> bool:
    return sum(byte < 9 for byte in head[:512]) > 0


def _zipped(data: bytes) -> Format:
    from gongkai.annual.extract.archive import Archive

    archive = Archive(data)
    names = archive.names
    if "OFD.xml" in names:
        return Format.OFD
    if any(n.startswith("word/") for n in names):
        return Format.DOCX
    if any(n.startswith("xl/") for n in names):
        return Format.SHEET
    if "mimetype" in names:
        kind = archive.read("mimetype", 200)
        if b"spreadsheet" in kind:
            return Format.SHEET
        if b"opendocument.text" in kind:
            raise OldOfficeFormat("ODT")
    raise UnknownFormat("压缩包，请解压后逐个提供", detail_en="an archive; unpack it and give its files one by one")


def _compound(data: bytes) -> Format:
    def holds(name: str) -> bool:
        return name.encode("utf-16-le") in data

    if holds("EncryptedPackage"):
        raise Encrypted
    if holds("WordDocument"):
        raise OldOfficeFormat
    if holds("Workbook") or holds("Book"):
        return Format.SHEET
    raise OldOfficeFormat


def _textual(data: bytes, name: str) -> Format:
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = data[:8192].replace(b"\x00", b"")[2:]
    if _MHTML.search(head[:2048]) and not head.startswith(b"<"):
        return Format.MHTML
    if _HTML_START.match(head):
        return Format.HTML
    if head.startswith((b"{", b"[")) and data.rstrip(b" \t\r\n\x00;)").endswith((b"}", b"]")):
        return Format.JSON
    if name.endswith((".json", ".jsonl")):
        return Format.JSON
    sample = data[:200_000]
    tags = len(_HTML_TAG.findall(sample))
    if tags >= 3 and (name.endswith(_HTML_NAMES) or tags * 400 >= len(sample)):
        return Format.HTML
    return Format.TEXT
