"""Tells which texts of an import are nearly the same, by a small sketch of each (one-permutation MinHash)."""

from __future__ import annotations

from array import array
from itertools import compress
from typing import TypeAlias
from zlib import crc32

BINS = 30
"""Values of a sketch; two texts agree in about as many of them as they share of their pieces."""
_BANDS, _ROWS = 6, 5
_SIMILAR = 0.75
_PIECE = 6
_LEAST, _LEAST_PIECES = 120, 20
_REMEMBERED = 200_000
_EMPTY = 0

Sketch: TypeAlias = "array[int]"


def plain(body: str) -> str:
    """The words of clean HTML in one line."""
    return "".join(part.partition(">")[2] for part in body.split("<")) if "<" in body else body


def sketch(text: str) -> Sketch | None:
    """The sketch of a text; None for one too short to tell."""
    if len(text) < _LEAST:
        return None
    data = text.encode("utf-16-le", "surrogatepass")
    # Pieces begin where the text says, not at every so many characters: an insertion must not shift them all.
    chosen = data[::2].translate(_CHOSEN)
    starts = compress(range(0, len(data) - 2 * _PIECE, 2), chosen)
    hashes = {crc32(data[at : at + 2 * _PIECE]) for at in starts}
    if len(hashes) < _LEAST_PIECES:
        return None
    # Of the hashes that fall into a bin the smallest comes last and stays.
    bins = {value % BINS: value for value in sorted(hashes, reverse=True)}
    return array("I", (bins.get(place, _EMPTY) for place in range(BINS)))


_CHOSEN = bytes(low % 4 == 0 for low in range(256))


class Likes:
    """The texts of a run so far."""

    def __init__(self) -> None:
        self._rows: dict[int, int] = {}
        self._sketches: dict[int, Sketch] = {}

    def add(self, agency: int, row: int, made: Sketch | None) -> int:
        """Remembers the text of a row; returns the row of one of the agency that is nearly the same, 0 for none.

        A publication that was there before has its id below nought for a row.
        """
        if made is None or len(self._sketches) >= _REMEMBERED:
            return 0
        like = {self._rows.setdefault(key, row) for key in _keys(agency, made)} - {row}
        self._sketches[row] = made
        return max((one for one in like if agreement(self._sketches[one], made) >= _SIMILAR), default=0)


def agreement(one: Sketch, other: Sketch) -> float:
    """The share of values in which two sketches agree, of those that either has."""
    there = [(a, b) for a, b in zip(one, other, strict=True) if a or b]
    return sum(a == b for a, b in there) / len(there) if there else 0.0


def _keys(agency: int, made: Sketch) -> list[int]:
    """What two texts share of which at least one is the same in texts that are nearly the same."""
    bands = (made[at : at + _ROWS] for at in range(0, _BANDS * _ROWS, _ROWS))
    # A band with hardly anything in it says nothing.
    return [hash((agency, place, *band)) for place, band in enumerate(bands) if band.count(_EMPTY) < _ROWS - 1]
