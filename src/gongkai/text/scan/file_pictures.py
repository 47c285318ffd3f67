"""Reads and strips what pictures tell besides the picture: author, place, software."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from gongkai.text.scan.file_model import Findings
from gongkai.text.unreadable import FileUnreadable

_PNG = b"\x89PNG\r\n\x1a\n"
_GIF = (b"GIF87a", b"GIF89a")
_PNG_WORDS = frozenset((b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME"))
_TAGS = {0x013B: "作者", 0x8298: "版权", 0x9C9D: "作者", 0x010F: "设备", 0x0110: "设备"}
_WEBP_WORDS = 0b1100
"""The bits of its head that stand for EXIF and XMP."""
_ORIENTATION, _GPS = 0x0112, 0x8825


def scan_picture(data: bytes, found: Findings) -> None:
    """The properties of a JPEG, PNG, GIF or WebP; the words that it shows are for a person to read."""
    found.pictures.append("")
    tags: dict[int, bytes] = {}
    if data.startswith(_GIF):
        return
    if data[:4] == b"RIFF":
        tags = next((_exif(body.removeprefix(b"Exif\0\0")) for kind, body in _riff(data) if kind == b"EXIF"), {})
    elif data.startswith(_PNG):
        for kind, body in _chunks(data):
            if kind in (b"tEXt", b"iTXt") and body[:6].lower() == b"author":
                found.issue("file_metadata", "图片属性", body[7:].strip(b"\0").decode("utf-8", "replace"))
            if kind == b"eXIf":
                tags |= _exif(body)
    else:
        for marker, body in _segments(data):
            if marker == 0xE1 and body.startswith(b"Exif\0\0"):
                tags |= _exif(body[6:])
    named = [
        f"{_TAGS[tag]}：{_words(tag, value)}" for tag, value in tags.items() if tag in _TAGS and _words(tag, value)
    ]
    if named:
        found.issue("file_metadata", "图片属性", "；".join(dict.fromkeys(named)))
    if _GPS in tags:
        found.issue("picture_location", "图片属性")


def strip_picture(data: bytes) -> bytes:
    """The same picture without words, place and software; only how it has to be turned stays."""
    if data[:4] == b"RIFF":
        return _without_words(data)
    if data.startswith(_PNG):
        return _PNG + b"".join(_chunk(kind, body) for kind, body in _chunks(data) if kind not in _PNG_WORDS)
    kept = [b"\xff\xd8"]
    for marker, body in _segments(data):
        if marker == 0xE1 and body.startswith(b"Exif\0\0"):
            turned = _exif(body[6:]).get(_ORIENTATION)
            if turned and turned[:2] not in (b"\0\1", b"\1\0"):
                kept.append(_segment(0xE1, _orientation(turned)))
        elif marker not in (0xE1, 0xED, 0xFE):
            kept.append(_segment(marker, body))
        if marker == 0xDA:
            break
    return b"".join(kept) + _scan_data(data)


def _words(tag: int, value: bytes) -> str:
    text = value.decode("utf-16-le", "ignore") if tag == 0x9C9D else value.decode("utf-8", "replace")
    return text.strip("\0 ").strip()


def _orientation(value: bytes) -> bytes:
    number = max(value[0], value[1])
    entry = struct.pack(">HHIHH", _ORIENTATION, 3, 1, number if number <= 8 else 1, 0)
    return b"Exif\0\0MM\0*" + struct.pack(">IH", 8, 1) + entry + b"\0\0\0\0"


def _segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The segments of a JPEG up to the picture itself; raises FileUnreadable."""
    if not data.startswith(b"\xff\xd8"):
        raise FileUnreadable("unknown_type")
    for marker, start, end in _places(data):
        yield marker, data[start:end]


def _places(data: bytes) -> Iterator[tuple[int, int, int]]:
    at = 2
    while at + 4 <= len(data):
        if data[at] != 0xFF:
            raise FileUnreadable("damaged")
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        size = int.from_bytes(data[at + 2 : at + 4], "big")
        if size < 2 or at + 2 + size > len(data):
            raise FileUnreadable("damaged")
        yield marker, at + 4, at + 2 + size
        if marker == 0xDA:
            return
        at += 2 + size
    raise FileUnreadable("damaged")


def _scan_data(data: bytes) -> bytes:
    """What follows the head: the picture. Bytes after its end (previews, videos of phones) go."""
    start = next(end for marker, _, end in _places(data) if marker == 0xDA)
    rest = data[start:]
    end = rest.rfind(b"\xff\xd9")
    return rest[: end + 2] if end >= 0 else rest


def _segment(marker: int, body: bytes) -> bytes:
    return bytes((0xFF, marker)) + (len(body) + 2).to_bytes(2, "big") + body


def _riff(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The chunks of a WebP; raises FileUnreadable."""
    at = 12
    while at + 8 <= len(data):
        size = int.from_bytes(data[at + 4 : at + 8], "little")
        if at + 8 + size > len(data):
            raise FileUnreadable("damaged")
        yield data[at : at + 4], data[at + 8 : at + 8 + size]
        at += 8 + size + size % 2


def _without_words(data: bytes) -> bytes:
    """A WebP without EXIF and XMP; its head no longer says that it has them."""
    body = bytearray(b"WEBP")
    for kind, chunk in _riff(data):
        if kind in (b"EXIF", b"XMP "):
            continue
        if kind == b"VP8X" and chunk:
            chunk = bytes((chunk[0] & ~_WEBP_WORDS,)) + chunk[1:]
        body += kind + len(chunk).to_bytes(4, "little") + chunk + b"\0" * (len(chunk) % 2)
    return b"RIFF" + len(body).to_bytes(4, "little") + bytes(body)


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(_PNG)
    while at + 8 <= len(data):
        size = int.from_bytes(data[at : at + 4], "big")
        kind = data[at + 4 : at + 8]
        if at + 12 + size > len(data):
            raise FileUnreadable("damaged")
        yield kind, data[at + 8 : at + 8 + size]
        at += 12 + size
        if kind == b"IEND":
            return
    raise FileUnreadable("damaged")


def _chunk(kind: bytes, body: bytes) -> bytes:
    import zlib

    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def _exif(data: bytes) -> dict[int, bytes]:
    """The tags of the first directory; empty for what is no EXIF."""
    if data[:4] not in (b"MM\0*", b"II*\0"):
        return {}
    order = "big" if data.startswith(b"MM") else "little"

    def number(at: int, size: int) -> int:
        return int.from_bytes(data[at : at + size], "big" if order == "big" else "little")

    tags: dict[int, bytes] = {}
    start = number(4, 4)
    for index in range(min(number(start, 2), 500)):
        at = start + 2 + 12 * index
        if at + 12 > len(data):
            break
        size = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 7: 1}.get(number(at + 2, 2), 1) * number(at + 4, 4)
        place = at + 8 if size <= 4 else number(at + 8, 4)
        tags[number(at, 2)] = data[place : place + min(size, 2000)]
    return tags
