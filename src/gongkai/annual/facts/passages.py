"""Turns the paragraphs of a report into passages without blanks that remember where each character stood."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from gongkai.annual.model import Block, Paragraph, Where

_NARROW = tuple(zip("％．:;()!﹪", "%.：；（）！%", strict=True))
_WIDE_DIGIT = re.compile("[０-９]")
_DIGITS = {0xFF10 + i: str(i) for i in range(10)}
_COMMA = re.compile(r"(?<![0-9０-９]),|,(?![0-9０-９]{3}(?![0-9０-９]))")
_BLANK = re.compile(r"[\s\u3000\u00a0\u200b\ufeff]+")
_UNTIDY = re.compile(r"[\s\u3000\u00a0\u200b\ufeff０-９％．:;()!﹪,]")
"""A text without any of these stays as it is."""
_STOPS = re.compile("[，。,]")
_SENTENCE = re.compile("[。；，]")
_CHAPTER = re.compile(r"(?:第[一二三四五六七八九十]+[部章]|[一二三四五六七八九十]{1,3}、)")
_TELLS = re.compile(r"[0-9][^0-9、.）]{0,3}$|[。]")
_WORDS = re.compile(r"[A-Za-z0-9]$"), re.compile(r"[A-Za-z0-9]")
_NUMBERED = re.compile(
    r"(?:第[一二三四五六七八九十]+[部章节]|[（(]?[一二三四五六七八九十]{1,3}[）)、.．]|[（(]?[0-9]{1,2}[）)、.．]|[①-⑳]|[一二三四五六七八九]是)"
)
_ENDS = "。！？；：…”』」）"
_WRAPPED = 18
"""A line shorter than this that ends without a stop is a heading or a cell, not a line that was broken."""
_HEADING = 45


@dataclass(frozen=True, slots=True)
class _Piece:
    start: int
    block: Paragraph
    offsets: tuple[int, ...] | None
    """Index in the block of each character, None where nothing was taken out."""

    def offset(self, position: int) -> int:
        index = position - self.start
        return index if self.offsets is None else self.offsets[index]


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph, or several lines of a paragraph that was broken, without blanks and with full-width stops."""

    text: str
    pieces: tuple[_Piece, ...]
    level: int | None
    """1 for a chapter's heading, 2 and 3 below it, None for prose."""

    def locate(self, start: int, end: int) -> tuple[Where, str]:
        """Where these characters stand in the source, and their words there. The first block where they span two."""
        piece = self._piece(start)
        last = end - 1
        index = self.pieces.index(piece)
        if index + 1 < len(self.pieces):
            last = min(last, self.pieces[index + 1].start - 1)
        a, b = piece.offset(start), piece.offset(last) + 1
        where = Where(block=piece.block.index, start=a, end=b, page=piece.block.page)
        return where, piece.block.text[a:b]

    def words(self, start: int, end: int) -> str:
        """These characters as they stand in the source where they lie in one block, else without blanks."""
        piece = self._piece(start)
        if piece is not self._piece(end - 1):
            return self.text[start:end]
        return piece.block.text[piece.offset(start) : piece.offset(end - 1) + 1]

    def _piece(self, position: int) -> _Piece:
        if len(self.pieces) == 1:
            return self.pieces[0]
        return self.pieces[bisect_right([p.start for p in self.pieces], position) - 1]


def passages(blocks: Iterable[Block], skip: frozenset[int], headings: frozenset[int]) -> Iterator[Passage]:
    """The passages of a report in order; grids and skipped blocks part what stands before and behind them."""
    lines: list[Paragraph] = []
    for block in blocks:
        if not isinstance(block, Paragraph) or block.index in skip:
            yield from _flush(lines, headings)
            lines = []
            continue
        if lines and not _goes_on(lines[-1].text, block, headings):
            yield from _flush(lines, headings)
            lines = []
        if block.text.strip():
            lines.append(block)
    yield from _flush(lines, headings)


def _goes_on(before: str, block: Paragraph, headings: frozenset[int]) -> bool:
    before = before.rstrip()
    if len(before) < _WRAPPED or before[-1] in _ENDS or before[-1] == ";" or block.heading or block.index in headings:
        return False
    if _NUMBERED.match(before) and len(before) < _HEADING and not _STOPS.search(before):
        return False
    text = block.text.lstrip()
    return bool(text) and not _NUMBERED.match(text)


def _flush(lines: Sequence[Paragraph], headings: frozenset[int]) -> Iterator[Passage]:
    if not lines:
        return
    parts: list[str] = []
    pieces: list[_Piece] = []
    length = 0
    for line in lines:
        text, offsets = _compact(line.text)
        if text:
            pieces.append(_Piece(length, line, offsets))
            parts.append(text)
            length += len(text)
    if pieces:
        yield Passage("".join(parts), tuple(pieces), _level(parts, lines, headings))


def _level(parts: Sequence[str], lines: Sequence[Paragraph], headings: frozenset[int]) -> int | None:
    text = parts[0]
    if len(parts) > 1 or len(text) > _HEADING or _SENTENCE.search(text[:-1]):
        return None
    if lines[0].index in headings or _CHAPTER.match(text):
        return 1
    if lines[0].heading:
        return 2
    if _NUMBERED.match(text) and not _TELLS.search(text):
        return 2 if text[0] in "（(" else 3
    return None


def _compact(text: str) -> tuple[str, tuple[int, ...] | None]:
    if not _UNTIDY.search(text):
        return text, None
    plain = text
    for wide, narrow in _NARROW:
        if wide in plain:
            plain = plain.replace(wide, narrow)
    if _WIDE_DIGIT.search(plain):
        plain = plain.translate(_DIGITS)
    if "," in plain:
        plain = _COMMA.sub("，", plain)
    if not _BLANK.search(plain):
        return plain, None
    kept: list[str] = []
    offsets: list[int] = []
    position = 0
    for blank in _BLANK.finditer(plain):
        a, b = blank.span()
        kept.append(plain[position:a])
        offsets.extend(range(position, a))
        if _WORDS[0].search(plain[max(0, a - 1) : a]) and _WORDS[1].match(plain[b : b + 1]):
            kept.append(" ")
            offsets.append(a)
        position = b
    kept.append(plain[position:])
    offsets.extend(range(position, len(plain)))
    return "".join(kept), tuple(offsets)
