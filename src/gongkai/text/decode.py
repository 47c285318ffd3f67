"""Turns bytes into text whatever their encoding is, and says when it was not the declared one."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from gongkai.text.common_characters import share_of_common
from gongkai.text.mojibake import undo_mojibake
from gongkai.text.repair_model import Repair
from gongkai.text.repairs.changes import merged

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_CHINESE = ("gb18030", "big5hkscs")
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "cp936": "gb18030", "big5": "big5hkscs", "cp950": "big5hkscs"}
"""Encodings that are part of a larger one: what is declared as the first may be read as the second."""
_NO_CHARSETS = frozenset(
    (
        "idna",
        "punycode",
        "unicode_escape",
        "unicode-escape",
        "raw_unicode_escape",
        "raw-unicode-escape",
        "undefined",
        "utf-7",
    )
)
"""Codecs of Python that no page is written in."""
_SAMPLE = 24_000
"""So many bytes tell the encoding."""
_LAST_RESORT_SAMPLE = 8_000
_PLAUSIBLE = 0.25
"""A Chinese text whose characters are common ones to a smaller share was read wrongly, or is no Chinese."""
_MAX_SAMPLES = 5


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text that was read from bytes, with the encoding and what had to be repaired."""

    text: str
    encoding: str
    repairs: tuple[Repair, ...] = ()


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """The text in `data`, line ends as they are. Never raises.

    `declared` is the encoding that the source claims; where the bytes show another one the repair `wrong_charset` says
    so. Bytes that mean nothing become U+FFFD and are counted in `lost_characters` with `repaired` False.
    """
    encoding, start = _from_bom(data) or (_from_content(data, _known(declared)), 0)
    text = data[start:].decode(encoding, errors="replace")
    repairs: list[Repair] = []
    if declared and _is_contradicted(_known(declared), encoding, data):
        repairs.append(Repair("wrong_charset", 1, ((declared[:80], encoding),)))
    undone = undo_mojibake(text)
    repairs.extend(undone.repairs)
    if "\ufffd" in undone.text and (lost := _lost(undone.text)) is not None:
        repairs.append(lost)
    return Decoded(undone.text, encoding, merged(repairs))


def _from_bom(data: bytes) -> tuple[str, int] | None:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return encoding, len(bom)
    return None


def _known(declared: str | None) -> str | None:
    """The codec for a declared name, None where there is none that makes text of bytes."""
    if not declared or len(declared) > 40:
        return None
    try:
        info = codecs.lookup(declared.strip().strip("\"'"))
        "".encode(info.name)
    except (LookupError, ValueError):
        return None
    if info.name in _NO_CHARSETS:
        return None
    return _WIDER.get(info.name, info.name)


def _from_content(data: bytes, declared: str | None) -> str:
    if data.isascii() and b"\x00" not in data:
        return "hz" if b"~{" in data and b"~}" in data and (declared == "hz" or _decodes(data, "hz")) else "utf-8"
    if b"\x00" in data[:_SAMPLE] or declared in ("utf-16", "utf-16-le", "utf-16-be"):
        wide = _wide(data)
        if wide is not None:
            return wide
    if _decodes(data, "utf-8"):
        return "utf-8"
    return _best(data, declared)


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeError:
        return False
    return True


def _wide(data: bytes) -> str | None:
    """UTF-16 without a byte order mark: the byte order that gives Chinese or ASCII."""
    sample = data[: _SAMPLE & ~1]
    for encoding in ("utf-16-le", "utf-16-be"):
        text = sample.decode(encoding, errors="replace")
        if not text or "\x00" in text:
            continue
        ascii_share = sum(c.isascii() for c in text) / len(text)
        if ascii_share > 0.9 or share_of_common(text) > _PLAUSIBLE:
            return encoding
    return None


def _best(data: bytes, declared: str | None) -> str:
    """The encoding that loses least and gives most common Chinese."""
    sample = data[:_SAMPLE]
    scores = {encoding: _score(sample, encoding) for encoding in ("utf-8", *_CHINESE)}
    if declared is not None and declared not in scores:
        scores[declared] = _score(sample, declared) - 0.1  # Western encodings accept anything
    best = max(scores, key=lambda encoding: scores[encoding])
    if scores[best] >= _PLAUSIBLE:
        return best
    if declared is not None and declared != "utf-8" and _decodes(sample, declared):
        return declared
    return _last_resort(sample) or "utf-8"


def _score(sample: bytes, encoding: str) -> float:
    try:
        text = sample.decode(encoding, errors="replace")
    except (UnicodeError, ValueError):
        return -1.0
    foreign = sum(c > "\x7f" for c in text) or 1
    lost = text.count("\ufffd") / foreign
    return share_of_common(text) - lost


def _last_resort(sample: bytes) -> str | None:
    from charset_normalizer import from_bytes

    guess = from_bytes(sample[:_LAST_RESORT_SAMPLE]).best()
    if guess is None or not _decodes(sample[:_LAST_RESORT_SAMPLE], guess.encoding):
        return None
    return str(guess.encoding)


def _is_contradicted(declared: str | None, encoding: str, data: bytes) -> bool:
    """Whether the declared encoding would have given another text; one that does not exist always would."""
    if declared is None:
        return True
    if declared == encoding or data.isascii() or declared.replace("utf-16", encoding) == encoding:
        return False
    try:
        return data[:_SAMPLE].decode(declared, "replace") != data[:_SAMPLE].decode(encoding, "replace")
    except (UnicodeError, ValueError):
        return True


def _lost(text: str) -> Repair | None:
    places: list[tuple[str, str]] = []
    count, position = 0, text.find("\ufffd")
    while position >= 0:
        count += 1
        if len(places) < _MAX_SAMPLES:
            around = text[max(0, position - 8) : position + 9]
            places.append((around, around))
        while position < len(text) and text[position] == "\ufffd":
            position += 1
        position = text.find("\ufffd", position)
    return Repair("lost_characters", count, tuple(places), repaired=False) if count else None
