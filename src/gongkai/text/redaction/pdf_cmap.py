"""Reads the character maps of PDF fonts: which bytes are one code, and which text or glyph a code means."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_TOKEN = re.compile(rb"<([0-9A-Fa-f\s]*)>|(\[)|(\])|(-?[0-9]+)|/?([A-Za-z][A-Za-z0-9_\-.]*)|%[^\r\n]*")
_MAX_RANGE = 70_000
_MAX_ENTRIES = 400_000


@dataclass(slots=True)
class CMap:
    """A character map: `texts` by code (bytes), `cids` by code, `lengths` of the codes in bytes."""

    texts: dict[bytes, str] = field(default_factory=dict)
    cids: dict[bytes, int] = field(default_factory=dict)
    spaces: list[tuple[bytes, bytes]] = field(default_factory=list)
    vertical: bool = False

    def length_at(self, data: bytes, at: int) -> int:
        """How many bytes the code at a place has."""
        for low, high in self.spaces:
            part = data[at : at + len(low)]
            if len(part) == len(low) and all(a <= b <= c for a, b, c in zip(low, part, high, strict=True)):
                return len(low)
        return min((len(low) for low, _ in self.spaces), default=1)


def parse(data: bytes) -> CMap:
    """The map in a CMap stream; what cannot be understood is left out."""
    cmap = CMap(vertical=bool(re.search(rb"/WMode\s+1\b", data)))
    pending: list[bytes | int | list[bytes]] = []
    for kind, value in _tokens(data):
        if kind == "word":
            _section(cmap, str(value), pending)
            pending = []
        elif not isinstance(value, str):
            pending.append(value)
        if len(cmap.texts) > _MAX_ENTRIES:
            break
    cmap.spaces.sort(key=lambda space: len(space[0]))
    return cmap


def _tokens(data: bytes) -> Iterator[tuple[str, bytes | int | list[bytes] | str]]:
    array: list[bytes] | None = None
    for found in _TOKEN.finditer(data):
        if found[1] is not None:
            digits = re.sub(rb"\s", b"", found[1])
            code = bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())
            if array is not None:
                array.append(code)
            else:
                yield "value", code
        elif found[2]:
            array = []
        elif found[3] and array is not None:
            yield "value", array
            array = None
        elif found[4] and array is None:
            yield "value", int(found[4][:9])
        elif found[5] and array is None:
            yield "word", found[5].decode("latin-1")


def _section(cmap: CMap, word: str, values: list[bytes | int | list[bytes]]) -> None:
    if word == "endcodespacerange":
        for low, high in zip(values[::2], values[1::2], strict=False):
            if isinstance(low, bytes) and isinstance(high, bytes) and 0 < len(low) == len(high) <= 4:
                cmap.spaces.append((low, high))
    elif word in ("endbfchar", "endcidchar"):
        for code, target in zip(values[::2], values[1::2], strict=False):
            if isinstance(code, bytes):
                _put(cmap, code, target, 0)
    elif word in ("endbfrange", "endcidrange"):
        for low, high, target in zip(values[::3], values[1::3], values[2::3], strict=False):
            if isinstance(low, bytes) and isinstance(high, bytes):
                _range(cmap, low, high, target)


def _range(cmap: CMap, low: bytes, high: bytes, target: bytes | int | list[bytes]) -> None:
    first, last = int.from_bytes(low, "big"), int.from_bytes(high, "big")
    for offset in range(min(last - first + 1, _MAX_RANGE)):
        code = (first + offset).to_bytes(len(low), "big")
        if isinstance(target, list):
            if offset < len(target):
                _put(cmap, code, target[offset], 0)
        else:
            _put(cmap, code, target, offset)


def _put(cmap: CMap, code: bytes, target: bytes | int | list[bytes], offset: int) -> None:
    if isinstance(target, int):
        cmap.cids[code] = target + offset
    elif isinstance(target, bytes) and target:
        if offset:
            width = len(target)
            target = ((int.from_bytes(target, "big") + offset) % (1 << (8 * width))).to_bytes(width, "big")
        text = target.decode("utf-16-be", "ignore") if len(target) > 1 else target.decode("latin-1")
        cmap.texts[code] = text
