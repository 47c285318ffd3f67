"""Strips from files who made them, and where; the content stays as it is."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any

import pikepdf

from gongkai.text.office_parts import W, local, parse_xml, read_parts, to_xml, write_parts
from gongkai.text.scan.file_office import SCHEMA_PROPERTIES
from gongkai.text.scan.file_pictures import strip_picture
from gongkai.text.unreadable import FileUnreadable

_KEPT_INFO = frozenset(("/Title", "/CreationDate", "/ModDate", "/Producer", "/Trapped"))
_META = re.compile(rb"<meta\b[^<>]{0,2000}>", re.I)
_NAMES_SOMEBODY = re.compile(rb"\bname\s*=\s*[\"']?(?:author|generator|copyright|progid|originator|editor)\b", re.I)


def strip_metadata(data: bytes, type: str) -> bytes:
    """The same file without author, company, place and editing marks; a type that holds none comes back as it is.

    Word, Excel, PowerPoint and OpenDocument: properties, custom properties, editing session marks (rsid), and those
    of JPEG and PNG pictures inside. PDF: Info except the title and dates, XMP. Pictures: EXIF, XMP, comments. Web
    pages: meta of author and software. Comments and tracked changes are content: `inspect` reports them.
    Raises FileUnreadable.
    """
    strip = _BY_TYPE.get(type)
    return strip(data) if strip else data


def _office(data: bytes) -> bytes:
    parts = read_parts(data)
    for name, content in parts.items():
        if name in ("docProps/core.xml", "docProps/app.xml", "meta.xml"):
            parts[name] = _without_people(content)
        elif name == "docProps/custom.xml":
            root = parse_xml(content)
            for child in list(root):
                root.remove(child)
            parts[name] = to_xml(root)
        elif name.startswith("word/") and name.endswith(".xml"):
            parts[name] = _without_rsids(content)
        elif name.lower().endswith((".jpg", ".jpeg", ".png", ".webp")):
            parts[name] = _picture_or_same(content)
    return write_parts(parts)


def _without_people(content: bytes) -> bytes:
    root = parse_xml(content)
    for element in list(root.iter()):
        if local(element) in SCHEMA_PROPERTIES:
            element.text = ""
        elif local(element) == "user-defined":
            element.getparent().remove(element)
    return to_xml(root)


def _without_rsids(content: bytes) -> bytes:
    if b"rsid" not in content:
        return content
    root = parse_xml(content)
    for element in list(root.iter()):
        if local(element) in ("rsids", "rsid", "rsidRoot") and element.getparent() is not None:
            element.getparent().remove(element)
            continue
        for name in [name for name in element.attrib if name.startswith(f"{W}rsid")]:
            del element.attrib[name]
    return to_xml(root)


def _picture_or_same(content: bytes) -> bytes:
    try:
        return strip_picture(content)
    except FileUnreadable:
        return content


def _pdf(data: bytes) -> bytes:
    out = io.BytesIO()
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            info = pdf.trailer.get("/Info")
            if isinstance(info, pikepdf.Dictionary):
                for key in [key for key, _ in info.items() if key not in _KEPT_INFO]:
                    del info[key]
            for item in list(pdf.objects):
                if isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
                    _drop(item, "/Metadata", "/PieceInfo")
            pdf.save(out, encryption=False)
    except pikepdf.PasswordError as error:
        raise FileUnreadable("encrypted") from error
    except (pikepdf.PdfError, TypeError, KeyError, AttributeError) as error:
        raise FileUnreadable("damaged") from error
    return out.getvalue()


def _drop(holder: Any, *keys: str) -> None:
    for key in keys:
        if key in holder:
            del holder[key]


def _html(data: bytes) -> bytes:
    return _META.sub(lambda found: b"" if _NAMES_SOMEBODY.search(found[0]) else found[0], data)


_BY_TYPE: dict[str, Callable[[bytes], bytes]] = {
    "docx": _office,
    "xlsx": _office,
    "pptx": _office,
    "ods": _office,
    "odt": _office,
    "pdf": _pdf,
    "jpeg": strip_picture,
    "jpg": strip_picture,
    "png": strip_picture,
    "webp": strip_picture,
    "html": _html,
}
