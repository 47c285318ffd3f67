"""From bytes to text, refused where the bytes are no text at all."""

from __future__ import annotations

from gongkai.annual.errors import UnknownFormat
from gongkai.text import Repair
from gongkai.text import decode as decode_text

_CONTROLS = bytes((*range(9), 11, *range(14, 27), *range(28, 32)))
_SAMPLE = 20_000
_MAX_ODD = 0.05
"""Share of control characters from which bytes are no text."""
_MAX_LOST = 0.3
"""Share of characters that mean nothing from which bytes are no text."""


def decode(data: bytes, declared: str | None = None) -> tuple[str, str, tuple[Repair, ...]]:
    """The text, the encoding it was read with, and what was repaired; raises `UnknownFormat` on binary data.

    Lost characters are left to the repairs of the text, which count them where they stand.
    """
    decoded = decode_text(data, declared)
    text = decoded.text
    sample = data[:_SAMPLE] if not decoded.encoding.startswith(("utf-16", "utf-32")) else text[:_SAMPLE].encode()
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    if controls > _MAX_ODD * len(sample) or text.count("\ufffd", 0, _SAMPLE) > _MAX_LOST * len(sample):
        raise UnknownFormat
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = text.replace("\x00", "")
    return text, decoded.encoding, tuple(r for r in decoded.repairs if r.id != "lost_characters")
