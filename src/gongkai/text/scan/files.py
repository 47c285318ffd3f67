"""The scan of attached files: text with places, what people do not see in them, properties taken out, search text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from gongkai.text.office_parts import read_parts
from gongkai.text.scan import file_others, file_pdf, file_xlsx
from gongkai.text.scan.file_docx import scan_docx
from gongkai.text.scan.file_model import FileIssue, FileReport, Findings, TextPart
from gongkai.text.scan.file_pictures import scan_picture
from gongkai.text.scan.file_strip import strip_metadata
from gongkai.text.unreadable import FileUnreadable, Reason

__all__ = [
    "AttachmentText",
    "FileIssue",
    "FileReport",
    "FileUnreadable",
    "TextPart",
    "attachment_text",
    "inspect",
    "read_text",
    "strip_metadata",
]

MAX_BYTES = 200 * 1024 * 1024
MAX_DEPTH = 2
"""Files within files that are opened."""
MAX_TEXT = 2_000_000
"""Characters of one file that the search index takes."""


@dataclass(frozen=True, slots=True)
class AttachmentText:
    """The text of a file; where there is none `reason` says why (no_text for scans), "" otherwise."""

    text: str
    reason: Reason | str = ""


def inspect(data: bytes, type: str) -> FileReport:
    """Scans a file of a type (pdf, docx, xlsx, xls, ods, pptx, ofd, html, txt, json, zip, pictures).

    A type that is not known gives an empty report. Raises FileUnreadable for damaged, protected and too large files.
    """
    return _inspect(data, type, 0)


def _inspect(data: bytes, type: str, depth: int) -> FileReport:
    if not data:
        raise FileUnreadable("empty")
    if len(data) > MAX_BYTES:
        raise FileUnreadable("too_large")
    found = Findings(depth=depth)
    scan = _SCANS.get(type.lower().lstrip("."))
    if scan:
        try:
            scan(data, found)
        except RecursionError as error:
            raise FileUnreadable("too_large") from error
    return found.report()


def attachment_text(data: bytes, type: str) -> str:
    """The plain text of a file for the search index; "" where it cannot be read (see `read_text`). Never raises."""
    return read_text(data, type).text


def read_text(data: bytes, type: str) -> AttachmentText:
    """The plain text of a file, at most `MAX_TEXT` characters, or the reason why there is none. Never raises."""
    kind = type.lower().lstrip(".")
    try:
        if kind == "pdf" and data:
            text = _pdf_text(data)
        elif kind in ("jpeg", "jpg", "png", "gif", "webp"):
            return AttachmentText("", "no_text")
        elif kind not in _SCANS:
            return AttachmentText("", "unknown_type")
        else:
            text = inspect(data, kind).text
    except FileUnreadable as error:
        return AttachmentText("", error.reason)
    except Exception:  # any bytes may come here, and a search must not stop for them
        return AttachmentText("", "damaged")
    return AttachmentText(text[:MAX_TEXT], "" if text.strip() else "no_text")


def _pdf_text(data: bytes) -> str:
    """The text of a PDF without looking for what is hidden, which takes longer."""
    texts: list[str] = []
    size = 0
    for number, page in file_pdf.pages(data):
        text_page = page.get_textpage()
        texts.append(text_page.get_text_range().replace("\r\n", "\n").replace("\ufffe", ""))
        text_page.close()
        size += len(texts[-1])
        if size > MAX_TEXT or number >= file_pdf.MAX_PAGES:
            break
    return "\n".join(texts)


def _within(data: bytes, name: str, found: Findings) -> bool:
    """Scans a file that lies in another; whether it could be read."""
    kind = PurePosixPath(name).suffix.lower().lstrip(".")
    if kind not in _SCANS or kind == "zip" or found.depth >= MAX_DEPTH:
        return False
    try:
        found.take(_inspect(data, kind, found.depth + 1), name)
    except FileUnreadable:
        return False
    return True


def _embedded(parts: Mapping[str, bytes], found: Findings) -> None:
    """What is embedded in an office file, such as the workbook behind a chart, with all of its data."""
    for name, content in parts.items():
        if "/embeddings/" in name:
            _within(content, name.rsplit("/", 1)[1], found)


def _pdf(data: bytes, found: Findings) -> None:
    file_pdf.scan_pdf(data, found)
    for name, content in file_pdf.attached(data):
        _within(content, name, found)


def _xlsx(data: bytes, found: Findings) -> None:
    parts = read_parts(data)
    file_xlsx.scan_xlsx(data, parts, found)
    _embedded(parts, found)


def _ods(data: bytes, found: Findings) -> None:
    file_xlsx.scan_ods(data, read_parts(data), found)


def _docx(data: bytes, found: Findings) -> None:
    parts = read_parts(data)
    if "word/document.xml" not in parts:
        raise FileUnreadable("unknown_type")
    scan_docx(parts, found)
    _embedded(parts, found)


def _pptx(data: bytes, found: Findings) -> None:
    parts = read_parts(data)
    file_others.scan_pptx(parts, found)
    _embedded(parts, found)


def _ofd(data: bytes, found: Findings) -> None:
    file_others.scan_ofd(read_parts(data), found)


def _zip(data: bytes, found: Findings) -> None:
    """An archive: each file in it that can be read, and the names of all; archives in archives are not opened."""
    left: list[str] = []
    for name, content in read_parts(data).items():
        shown = _name(name)
        found.text("压缩包中的文件名", shown)
        if not _within(content, shown, found):
            left.append(shown)
    if left:
        found.issue("not_checked", "", "、".join(left[:10]))


def _name(name: str) -> str:
    """A name in an archive; Chinese systems write them in their own encoding and do not say so."""
    try:
        return name.encode("cp437").decode("gb18030")
    except UnicodeError:
        return name


_SCANS: dict[str, Callable[[bytes, Findings], None]] = {
    "pdf": _pdf,
    "docx": _docx,
    "xlsx": _xlsx,
    "xls": file_xlsx.scan_cells,
    "ods": _ods,
    "pptx": _pptx,
    "ofd": _ofd,
    "html": file_others.scan_html,
    "txt": file_others.scan_plain,
    "csv": file_others.scan_plain,
    "json": file_others.scan_plain,
    "jpeg": scan_picture,
    "jpg": scan_picture,
    "png": scan_picture,
    "gif": scan_picture,
    "webp": scan_picture,
    "zip": _zip,
}
