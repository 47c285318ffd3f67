"""Cuts a line of flattened text into labels, units of measure and values; prose is left whole."""

from __future__ import annotations

import re
from enum import Enum, auto
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from gongkai.annual.model import Paragraph
from gongkai.annual.tables.keys import key_of
from gongkai.annual.tables.lattice import Kind, kind_of
from gongkai.annual.tables.vocabulary import ANCHORS, is_row_label


class TokenKind(Enum):
    """What a token is."""

    LABEL = auto()
    MEASURE = auto()
    FIGURE = auto()
    NOTHING = auto()
    GLUED = auto()
    """A value run together with the number of the next label: it cannot be told where the one ends."""


class Token(NamedTuple):
    """A piece of a line and the characters that it takes in its paragraph."""

    kind: TokenKind
    raw: str
    block: int
    start: int
    end: int
    page: int | None = None
    line: int = 0
    """Number of the line in the document: block index and line in the block."""


Shape = tuple[TokenKind, int, int, int]
"""A token of a text by itself: kind, start, end, number of the line."""

_CHUNK = re.compile(r"(?:[（(][^（()）\n]{0,60}[)）]|\S)+")
_PAGE_NUMBER = re.compile(r"\s*(?:[-—–－─]\s*[0-9]{1,3}\s*[-—–－─]|第\s*[0-9]{1,3}\s*页.{0,12})\s*")
_FOLIO = re.compile(r"\s*[-—–－─]\s*[0-9]{1,3}\s*[-—–－─](?=\s)")
_NUMBER_ONLY = re.compile(
    r"(?:其中[：:]?)?(?:[（(][一二三四五六七八九十0-9]{1,3}[)）]|[一二三四五六七八九十]{1,3}[、.．]|[0-9０-９]{1,2}[.．、])|其中[：:]"
)
_NUMBERED = re.compile(
    r"(?:其中|[（(][一二三四五六七八九十0-9]|[一二三四五六七八九十]{1,3}[、.．]|[0-9０-９]{1,2}[.．、)）])"
)
_SPLIT = re.compile(
    r"(?<!第)(?=[（(][一二三四五六七八九十]{1,3}[）)])|(?<=[\u4e00-\u9fff）)”])(?=[0-9０-９]{1,2}[.．、][^0-9０-９])"
)
_MEASURED = re.compile(
    r"(人次|万元|条|件|次|篇|个|人|期|份|元)([0-9][0-9,]*(?:\.[0-9]+)?)?([、.．])?"
    r"(?=其中|[（(\u4e00-\u9fff]|$)"
)
_MEASURE_FIGURE = re.compile(r"(人次|万元|条|件|次|篇|个|人|期|份|元)([0-9][0-9,]*(?:\.[0-9]+)?)")
_HEAD_FIGURE = re.compile(r"([0-9]+(?:\.[0-9]+)?)(?=[\u4e00-\u9fff（(])")
_TAIL_FIGURE = re.compile(r"(.*[\u4e00-\u9fff）)”])([0-9０-９][0-9０-９,，]*(?:\.[0-9]+)?)")
_ALIGNED = re.compile(r"\s(?:[0-9０-９][0-9０-９,.，]{0,14}|[-—/无]{1,2})\s*$")
_WIDE_GAP = re.compile(r"\t|[ \u3000]{2}")
_DATE_WORD = re.compile("[年月日]")
_SHORT = 60
_REPEATED = 120
"""Shorter texts are remembered."""
_LONGEST_LINE = 40_000


def tokens_of(block: Paragraph) -> list[Token] | None:
    """The tokens of a paragraph; None where it is prose."""
    text, index, page = block.text, block.index, block.page
    shapes = _shapes(text) if len(text) <= _REPEATED else _cut(text)
    if shapes is None:
        return None
    first = index * 1000
    return [Token(kind, text[a:b], index, a, b, page, first + line) for kind, a, b, line in shapes]


def _cut(text: str) -> tuple[Shape, ...] | None:
    """The shapes of the tokens of a text; None where it is prose."""
    if len(text) > _SHORT and not _may_be_table(text):
        return None
    shapes: list[Shape] = []
    offset = 0
    for number, line in enumerate(text.split("\n")):
        if line.strip() and not _PAGE_NUMBER.fullmatch(line):
            found = _Line(line, offset, min(number, 999)).shapes()
            if found is None:
                return None
            shapes.extend(found)
        offset += len(line) + 1
    return tuple(shapes)


_shapes = lru_cache(maxsize=16384)(_cut)
"""Labels and small figures come again in every report."""


def _may_be_table(text: str) -> bool:
    """Whether a long paragraph may be a table run together, or a line of aligned text."""
    if len(text) > _LONGEST_LINE:
        return False
    anchors = sum(text.count(a) for a in ANCHORS)
    if anchors >= 3:
        return True
    if "。" in text or "；" in text or len(text) > 300:
        return False
    return anchors > 0 or bool(_ALIGNED.search(text)) or is_row_label(text) or len(_WIDE_GAP.findall(text)) > 1


class _Line:
    """A line while it is being cut."""

    def __init__(self, line: str, offset: int, number: int) -> None:
        self.line = line
        self.offset = offset
        self.number = number
        self.out: list[Shape] = []
        self.start = -1
        self.end = -1
        self.closed = True
        """Whether the label that is open may not be continued by the next chunk."""

    def shapes(self) -> list[Shape] | None:
        """All tokens; None where the line is a sentence that begins with a figure, or ends as a sentence ends."""
        if len(self.line) > 15 and self.line.rstrip().endswith(("。", "；")) and len(self.line) <= _SHORT:
            return None
        folio = _FOLIO.match(self.line)
        begin = folio.end() if folio else 0
        chunks = [(m.start(), m.end()) for m in _CHUNK.finditer(self.line, begin)]
        for i, (start, end) in enumerate(chunks):
            following = self.line[chunks[i + 1][0]] if i + 1 < len(chunks) else ""
            self._chunk(start, end, bool(following and _DATE_WORD.match(following)))
        self._flush()
        if self.out and self.out[0][0] in (TokenKind.FIGURE, TokenKind.GLUED):
            at = self.offset
            labels = [self.line[a - at : b - at] for kind, a, b, _ in self.out if kind is TokenKind.LABEL]
            if labels and not any(is_row_label(label) for label in labels):
                return None
        return self.out

    def _chunk(self, start: int, end: int, before_date_word: bool) -> None:
        text = self.line[start:end]
        kind = kind_of(text)
        if kind is Kind.FIGURE and not before_date_word:
            self._put(TokenKind.FIGURE, start, end)
        elif kind is Kind.NOTHING:
            self._put(TokenKind.NOTHING, start, end)
        elif kind is Kind.MEASURE:
            self._put(TokenKind.MEASURE, start, end)
        elif together := _MEASURE_FIGURE.fullmatch(text):
            self._put(TokenKind.MEASURE, start + together.start(1), start + together.end(1))
            self._put(TokenKind.FIGURE, start + together.start(2), end)
        elif _NUMBER_ONLY.fullmatch(text):
            if self.start < 0 or not _NUMBER_ONLY.fullmatch(self.line[self.start : self.end].strip()):
                self._flush()
                self.start = start
            self.end, self.closed = end, False
        else:
            self._text(start, end)

    def _text(self, start: int, end: int) -> None:
        for piece_start, piece_end in _pieces(self.line, start, end):
            head = _HEAD_FIGURE.match(self.line, piece_start, piece_end)
            if head and self._figure_before_label(head, piece_end):
                piece_start = head.end()
            if kind_of(self.line[piece_start:piece_end]) is Kind.FIGURE:
                self._put(TokenKind.FIGURE, piece_start, piece_end)
            else:
                self._label(piece_start, piece_end)

    def _figure_before_label(self, head: re.Match[str], end: int) -> bool:
        """Cut 12其中：… where a label without its own number follows; 3政务微信… may be the label's number."""
        rest = self.line[head.end() : end]
        if not is_row_label(rest) or (key_of(rest).number is None and len(head[1]) < 3 and not rest.startswith("其中")):
            return False
        self._put(TokenKind.FIGURE, *head.span(1))
        return True

    def _label(self, start: int, end: int) -> None:
        """A piece that begins with a label; values run together with it are cut off."""
        text = self.line[start:end]
        whole = text if self.start < 0 else self.line[self.start : end]
        if not is_row_label(text) and not is_row_label(whole):
            cut = self._measured(start, end)
            if cut:
                return
            tail = _TAIL_FIGURE.fullmatch(text)
            if tail and not tail[1].endswith("范围"):
                self._extend(start, start + tail.end(1))
                self._put(TokenKind.FIGURE, start + tail.start(2), end)
                return
        self._extend(start, end)

    def _measured(self, start: int, end: int) -> bool:
        """Cut 主动公开政府信息数条872其中… where what stands before the unit is exactly a label."""
        at, done = start, False
        for found in _MEASURED.finditer(self.line, start, end):
            if found.start() <= at or not is_row_label(self.line[at : found.start()]):
                continue
            if _open_bracket(self.line[at : found.start()]):
                continue  # 工作人员 in an aside of the label holds no unit
            done = True
            self._extend(at, found.start())
            self._put(TokenKind.MEASURE, found.start(1), found.end(1))
            at = found.end()
            if found[2] and found[3]:
                if len(found[2]) > 1:
                    self._put(TokenKind.GLUED, found.start(2), found.end(3))
                else:
                    at = found.start(2)
            elif found[2]:
                self._put(TokenKind.FIGURE, found.start(2), found.end(2))
        if done and at < end:
            self._extend(at, end)
        return done

    def _extend(self, start: int, end: int) -> None:
        """Open a label, or continue the open one where neither is a label by itself."""
        text = self.line[start:end]
        fresh = bool(_NUMBERED.match(text)) or is_row_label(text)
        open_number = self.start >= 0 and _NUMBER_ONLY.fullmatch(self.line[self.start : self.end].strip())
        if self.start >= 0 and not self.closed and (open_number or not fresh):
            self.end = end
        else:
            self._flush()
            self.start, self.end = start, end
        self.closed = is_row_label(self.line[self.start : self.end])

    def _flush(self) -> None:
        if self.start >= 0:
            self._put(TokenKind.LABEL, self.start, self.end, flush=False)
        self.start = -1
        self.closed = True

    def _put(self, kind: TokenKind, start: int, end: int, *, flush: bool = True) -> None:
        if flush:
            self._flush()
        self.out.append((kind, self.offset + start, self.offset + end, self.number))


def _pieces(line: str, start: int, end: int) -> list[tuple[int, int]]:
    """The spans of the labels that one chunk runs together: （三）不予公开1.属于国家秘密 is two."""
    cuts = [start, *(m.start() for m in _SPLIT.finditer(line, start, end) if m.start() > start), end]
    return [(a, b) for a, b in pairwise(cuts) if b > a]


def _open_bracket(text: str) -> bool:
    """Whether a bracket is open at the end of the text."""
    return max(text.rfind("（"), text.rfind("(")) > max(text.rfind("）"), text.rfind(")"))
