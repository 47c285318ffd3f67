"""Opens and writes the zipped XML files of Word, Excel and others, refusing traps and broken ones."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping
from typing import Any

from lxml import etree

from gongkai.text.unreadable import FileUnreadable

MAX_UNPACKED = 400 * 1024 * 1024
MAX_PARTS = 5000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


def read_parts(data: bytes) -> dict[str, bytes]:
    """The parts of a zipped file by name; raises FileUnreadable."""
    if not data:
        raise FileUnreadable("empty")
    if data.startswith(_OLE):
        # a protected .docx is an OLE file that holds the encrypted one
        raise FileUnreadable("encrypted" if "EncryptedPackage".encode("utf-16-le") in data else "unknown_type")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
            if len(members) > MAX_PARTS or sum(member.file_size for member in members) > MAX_UNPACKED:
                raise FileUnreadable("too_large")
            if any(member.flag_bits & 1 for member in members):
                raise FileUnreadable("encrypted")
            return {member.filename: archive.read(member) for member in members}
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, ValueError, zlib.error) as error:
        if isinstance(error, FileUnreadable):
            raise
        raise FileUnreadable("damaged") from error


def write_parts(parts: Mapping[str, bytes]) -> bytes:
    """The zipped file; always the same bytes for the same parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            stored = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data, stored)
    return out.getvalue()


def parse_xml(data: bytes) -> Any:
    """The root of an XML part, entities left alone; raises FileUnreadable."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, remove_comments=False)
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise FileUnreadable("damaged") from error


def to_xml(root: Any) -> bytes:
    """An XML part as bytes."""
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def local(element: Any) -> str:
    """The name of an element without its namespace; "" for comments and the like."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""
