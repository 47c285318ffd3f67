"""Says for a font of a PDF which glyphs a string has: the bytes, the text and the width of each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf

from gongkai.text.redaction.pdf_cmap import CMap, parse

_PREDEFINED = {
    "GBK": "gb18030",
    "GBpc": "gb18030",
    "GB-": "gb18030",
    "GBKp": "gb18030",
    "GBK2K": "gb18030",
    "UniGB": "utf-16-be",
    "UniCNS": "utf-16-be",
    "UniJIS": "utf-16-be",
    "UniKS": "utf-16-be",
    "ETen": "big5hkscs",
    "B5pc": "big5hkscs",
    "HKscs": "big5hkscs",
    "90ms": "cp932",
    "KSC": "cp949",
}
_NAMES: dict[str, str] = {
    name: char
    for line, chars in (
        ("zero one two three four five six seven eight nine", "0123456789"),
        ("exclam quotedbl numbersign dollar percent ampersand quotesingle parenleft parenright", "!\"#$%&'()"),
        ("asterisk plus comma hyphen minus period slash colon semicolon less equal greater", "*+,--./:;<=>"),
        ("question at bracketleft backslash bracketright underscore bar asciitilde braceleft", "?@[\\]_|~{"),
        ("braceright quoteleft quoteright quotedblleft quotedblright endash emdash bullet", "}‘’“”–—•"),
        ("ellipsis periodcentered", "…·"),
    )
    for name, char in zip(line.split(), chars, strict=True)
}
_UNI = re.compile(r"(?:uni|u)([0-9A-Fa-f]{4,6})")
_FIXED = {"Courier": 600.0, "Times": 500.0}


@dataclass(frozen=True, slots=True)
class Glyph:
    """One glyph of a string: its bytes, its text ("" if unknown), its advance in thousandths, if it is a space."""

    code: bytes
    text: str
    width: float
    is_space: bool


class Font:
    """A font as it is in the resources; tolerant of everything that is missing."""

    def __init__(self, dictionary: Any) -> None:
        self._dict = dictionary
        self.name = str(dictionary.get("/BaseFont", dictionary.get("/Name", "?"))).lstrip("/")
        self.composite = dictionary.get("/Subtype") == "/Type0"
        self._to_text = _stream_cmap(dictionary.get("/ToUnicode"))
        self._encoding = CMap()
        self._codec = ""
        self.vertical = False
        self._widths: dict[int, float] = {}
        self._default = 1000.0
        self._names: dict[int, str] = {}
        self.blind = 0
        if self.composite:
            self._composite()
        else:
            self._simple()

    def _composite(self) -> None:
        encoding = self._dict.get("/Encoding")
        if isinstance(encoding, pikepdf.Stream):
            self._encoding = _stream_cmap(encoding) or CMap()
            self.vertical = self._encoding.vertical or encoding.get("/WMode") == 1
        else:
            name = str(encoding or "/Identity-H").lstrip("/")
            self.vertical = name.endswith("-V")
            self._codec = next((codec for start, codec in _PREDEFINED.items() if name.startswith(start)), "")
        inner = self._dict.get("/DescendantFonts")
        inner = inner[0] if isinstance(inner, pikepdf.Array) and len(inner) else pikepdf.Dictionary()
        self._default = _float(inner.get("/DW"), 1000.0)
        self._read_cid_widths(inner.get("/W"))

    def _read_cid_widths(self, array: Any) -> None:
        items = list(array) if isinstance(array, pikepdf.Array) else []
        at = 0
        while at + 1 < len(items):
            first = int(_float(items[at], 0))
            if isinstance(items[at + 1], pikepdf.Array):
                for offset, width in enumerate(items[at + 1]):
                    self._widths[first + offset] = _float(width, self._default)
                at += 2
            elif at + 2 < len(items):
                for cid in range(first, min(int(_float(items[at + 1], 0)), first + 70_000) + 1):
                    self._widths[cid] = _float(items[at + 2], self._default)
                at += 3
            else:
                break

    def _simple(self) -> None:
        descriptor = self._dict.get("/FontDescriptor")
        base = next((width for name, width in _FIXED.items() if name in self.name), 556.0)
        missing = descriptor.get("/MissingWidth") if isinstance(descriptor, pikepdf.Dictionary) else None
        self._default = _float(missing, base if not self._dict.get("/Widths") else 0.0)
        scale = 1.0
        matrix = self._dict.get("/FontMatrix")
        if self._dict.get("/Subtype") == "/Type3" and isinstance(matrix, pikepdf.Array):
            scale = _float(matrix[0], 0.001) * 1000
        first = int(_float(self._dict.get("/FirstChar"), 0))
        for offset, width in enumerate(self._dict.get("/Widths") or []):
            self._widths[first + offset] = _float(width, self._default) * scale
        encoding = self._dict.get("/Encoding")
        if isinstance(encoding, pikepdf.Dictionary):
            code = 0
            for item in encoding.get("/Differences") or []:
                if isinstance(item, pikepdf.Name):
                    self._names[code] = str(item).lstrip("/")
                    code += 1
                else:
                    code = int(_float(item, 0))

    def glyphs(self, data: bytes) -> Iterator[Glyph]:
        """The glyphs of a string, in order."""
        at = 0
        while at < len(data):
            code = data[at : at + self._length(data, at)]
            at += len(code)
            text = self._text(code)
            self.blind += not text
            yield Glyph(code, text, self._width(code), code == b" ")

    def _length(self, data: bytes, at: int) -> int:
        if not self.composite:
            return 1
        if self._encoding.spaces:
            return self._encoding.length_at(data, at)
        if self._codec in ("gb18030", "big5hkscs", "cp932", "cp949"):
            return 1 if data[at] < 0x80 else 2
        return 2

    def _text(self, code: bytes) -> str:
        if self._to_text:
            found = self._to_text.texts.get(code)
            if found is None and len(code) == 2 and code[0] == 0:
                found = self._to_text.texts.get(code[1:])
            if found:
                return found
        if self.composite:
            return code.decode(self._codec, "ignore") if self._codec else ""
        name = self._names.get(code[0])
        if name is not None:
            return _named(name)
        return code.decode("cp1252", "ignore") if not self._to_text else ""

    def _width(self, code: bytes) -> float:
        if not self.composite:
            return self._widths.get(code[0], self._default)
        if self._codec and len(code) == 1:
            return 500.0
        cid = self._encoding.cids.get(code, int.from_bytes(code, "big"))
        return self._widths.get(cid, self._default)


def _named(name: str) -> str:
    """The text of a glyph by its name."""
    found = _UNI.match(name)
    if found:
        point = int(found[1], 16)
        return chr(point) if point < 0x110000 and not 0xD800 <= point < 0xE000 else ""
    if name == "space":
        return " "
    bare = name.split(".")[0]
    return bare if len(bare) == 1 else _NAMES.get(bare, "")


def _stream_cmap(stream: Any) -> CMap | None:
    if not isinstance(stream, pikepdf.Stream):
        return None
    try:
        return parse(stream.read_bytes())
    except pikepdf.PdfError:
        return None


def _float(value: Any, default: float) -> float:
    try:
        return float(value)
    except (TypeError, ValueError, ArithmeticError):
        return default
