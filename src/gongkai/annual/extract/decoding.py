"""From bytes to text."""

from __future__ import annotations

from gongkai.annual.errors import UnknownFormat
from gongkai.text import Repair


def decode(data: bytes, declared: str | None = None) -> tuple[str, str, tuple[Repair, ...]]:
    """The text, the encoding it was read with, and what was repaired; raises `UnknownFormat` on binary data."""
    text, encoding = _decode(data, declared)
    sample = text[:20_000]
    odd = sum(map(sample.count, _CONTROLS)) + sample.count("\ufffd") // 4
    if odd * 20 > len(sample):
        raise UnknownFormat
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", ""), encoding, ()


_CONTROLS = [chr(code) for code in range(32) if code not in (9, 10, 12, 13)]


def _decode(data: bytes, declared: str | None) -> tuple[str, str]:
    for encoding in ("utf-8-sig", declared or "gb18030", "gb18030", "big5"):
        try:
            return data.decode(encoding), encoding
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("utf-8", "replace"), "utf-8"
