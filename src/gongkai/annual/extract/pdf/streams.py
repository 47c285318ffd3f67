"""What a PDF's compressed streams unpack to, measured before PDFium unpacks them without any limit."""

from __future__ import annotations

import base64
import re
import zlib
from typing import Final

from gongkai.annual.errors import TooLarge

MAX_CONTENT: Final = 3_000_000
"""Bytes of one stream of drawing commands."""
MAX_CONTENT_TOTAL: Final = 12_000_000
"""Bytes of all streams of drawing commands together."""
MAX_OBJECTS: Final = 32_000_000
"""Bytes of a stream of objects or of a font."""
MAX_REFERENCES: Final = 200
"""Streams that one page may be made of."""

_CONTENTS = re.compile(rb"/Contents\s*\[([^\]]{0,100000})\]")
_DICTIONARY = 3_000
"""Bytes before the word `stream` in which its dictionary is looked for."""


def guard(data: bytes) -> None:
    """Raises `TooLarge` where the streams of a PDF unpack to more than is read here."""
    for match in _CONTENTS.finditer(data):
        if match.group(1).count(b"R") > MAX_REFERENCES:
            raise TooLarge("页面内容", detail_en="a page of too many streams")
    total = 0
    at = data.find(b"stream")
    while at >= 0:
        if not data.startswith(b"end", max(0, at - 3)):
            total += _content_size(data, at)
            if total > MAX_CONTENT_TOTAL:
                raise TooLarge("页面内容", detail_en="the pages' contents")
        at = data.find(b"stream", at + 6)


def _content_size(data: bytes, at: int) -> int:
    """Bytes of drawing commands that the stream whose keyword stands at `at` unpacks to; 0 for any other stream."""
    dictionary = data[max(0, at - _DICTIONARY) : at]
    dictionary = dictionary[max(dictionary.rfind(b" obj"), dictionary.rfind(b"endstream"), 0) :]
    if b"/Image" in dictionary:
        return 0
    objects = any(mark in dictionary for mark in (b"/ObjStm", b"/XRef", b"/Length1", b"/CIDFontType0C", b"/OpenType"))
    limit = MAX_OBJECTS if objects else MAX_CONTENT
    start = at + 6
    start += 2 if data.startswith(b"\r\n", start) else 1
    end = data.find(b"endstream", start)
    packed = data[start : end if end >= 0 else len(data)]
    size = _unpacked(dictionary, packed, limit)
    if size > limit:
        raise TooLarge("页面内容", detail_en="a stream of the file")
    return 0 if objects else size


def _unpacked(dictionary: bytes, packed: bytes, limit: int) -> int:
    flate = dictionary.count(b"/FlateDecode") + dictionary.count(b"/Fl ")
    if flate > 1 or b"/LZWDecode" in dictionary:
        return limit + 1 if len(packed) > limit // 1000 else 0
    if not flate:
        return len(packed)
    if b"/ASCII85Decode" in dictionary:
        try:
            packed = base64.a85decode(packed.strip().removeprefix(b"<~").removesuffix(b"~>").strip())
        except ValueError:
            return 0
    unpacker = zlib.decompressobj()
    size = 0
    try:
        while packed and size <= limit:
            size += len(unpacker.decompress(packed, 1_000_000))
            packed = unpacker.unconsumed_tail
    except zlib.error:
        return size
    return size
