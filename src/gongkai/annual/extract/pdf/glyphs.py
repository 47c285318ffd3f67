"""What a PDF page draws: its characters and its ruling lines, upright, in points from the upper left corner."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from gongkai.annual.extract import limits

MAX_GLYPHS = 60_000
"""Characters on one page."""
MAX_SEGMENTS = 60_000
"""Strokes on one page."""
_THIN = 3.5
"""A filled rectangle up to this thick is a line."""
_SHORT = 4.0
_HUGE = 40.0
"""A glyph's box this high is checked against its ink."""
_MAX_FORMS = 12

Point = tuple[float, float]
Matrix = tuple[float, float, float, float, float, float]


@dataclass(slots=True)
class Glyph:
    """A character and the box it occupies; y grows downwards."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def size(self) -> float:
        """Height of the box, about the font's size."""
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        """Vertical centre."""
        return (self.top + self.bottom) / 2

    @property
    def center(self) -> float:
        """Horizontal centre."""
        return (self.x0 + self.x1) / 2


@dataclass(frozen=True, slots=True)
class Stroke:
    """A horizontal or vertical line: its position across and its extent along."""

    at: float
    start: float
    end: float


@dataclass(slots=True)
class Page:
    """A page's content."""

    number: int
    width: float
    height: float
    glyphs: list[Glyph]
    horizontal: list[Stroke]
    vertical: list[Stroke]


def read_page(page: pdfium.PdfPage, number: int) -> Page:
    """The characters and lines of a page; `number` counts from 1."""
    left, bottom, right, top = page.get_cropbox()
    width, height = right - left, top - bottom
    text_page = page.get_textpage()
    try:
        count = raw.FPDFText_CountChars(text_page.raw)
        limits.at_most(count, MAX_GLYPHS, f"第{number}页字数", f"characters on page {number}")
        turn = _turn_of_text(text_page.raw, count)
        turn = page.get_rotation() // 90 % 4 if turn is None else turn
        upright = _turned(turn, left, bottom, width, height)
        glyphs = _glyphs(text_page.raw, count, upright)
    finally:
        text_page.close()
    horizontal, vertical = _strokes(page, upright, number)
    if turn % 2:
        width, height = height, width
    return Page(number, width, height, glyphs, horizontal, vertical)


def _turn_of_text(text_page: object, count: int) -> int | None:
    """Quarter turns, clockwise, that set most of the page's text upright; None where there is too little to tell."""
    votes = [0, 0, 0, 0]
    for i in range(0, count, max(1, count // 80)):
        if raw.FPDFText_IsGenerated(text_page, i) == 1 or raw.FPDFText_GetUnicode(text_page, i) <= 32:
            continue
        angle = raw.FPDFText_GetCharAngle(text_page, i)
        if angle >= 0:
            votes[round(angle / (math.pi / 2)) % 4] += 1
    best = max(range(4), key=votes.__getitem__)
    return -best % 4 if votes[best] * 10 > sum(votes) * 8 else None


def _turned(turn: int, left: float, bottom: float, width: float, height: float) -> Callable[[float, float], Point]:
    if turn == 1:
        return lambda x, y: (y - bottom, x - left)
    if turn == 2:
        return lambda x, y: (width - (x - left), y - bottom)
    if turn == 3:
        return lambda x, y: (height - (y - bottom), width - (x - left))
    return lambda x, y: (x - left, height - (y - bottom))


def _glyphs(text_page: object, count: int, upright: Callable[[float, float], Point]) -> list[Glyph]:
    box = raw.FS_RECTF()
    pointer = ctypes.byref(box)
    glyphs: list[Glyph] = []
    for i in range(count):
        code = raw.FPDFText_GetUnicode(text_page, i)
        if code in (0, 0xFFFE, 0xFFFF, 13, 10) or 0xD800 <= code < 0xDC00 or code > 0x10FFFF:
            continue
        if raw.FPDFText_IsGenerated(text_page, i) == 1 or not raw.FPDFText_GetLooseCharBox(text_page, i, pointer):
            continue
        if box.top - box.bottom > _HUGE:
            _use_tight_box(text_page, i, box)
        xa, ya = upright(box.left, box.top)
        xb, yb = upright(box.right, box.bottom)
        text = _character(text_page, i, code)
        glyph = Glyph(text, min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb))
        if glyph.size > 0.5 and not _overprinted(glyph, glyphs):
            glyphs.append(glyph)
    return glyphs


def _use_tight_box(text_page: object, i: int, box: raw.FS_RECTF) -> None:
    """Replaces the loose box of a glyph of vertical type, which PDFium draws a thousand units wide, by its ink's."""
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    if not raw.FPDFText_GetCharBox(text_page, i, left, right, bottom, top):
        return
    ink = max(right.value - left.value, top.value - bottom.value)
    if ink * 2.5 < box.top - box.bottom:
        box.left, box.right, box.bottom, box.top = left.value, right.value, bottom.value, top.value


def _character(text_page: object, i: int, code: int) -> str:
    if 0xDC00 <= code < 0xE000 and i:
        high = raw.FPDFText_GetUnicode(text_page, i - 1)
        if 0xD800 <= high < 0xDC00:
            return chr(0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00))
        return "\ufffd"
    return chr(code)


def _overprinted(glyph: Glyph, glyphs: list[Glyph]) -> bool:
    """Whether the glyph is printed over the same one before it, as some programs do for bold type."""
    for other in glyphs[-3:]:
        near = abs(other.x0 - glyph.x0) < 0.15 * glyph.size and abs(other.top - glyph.top) < 0.15 * glyph.size
        if near and other.text == glyph.text:
            return True
    return False


def _strokes(
    page: pdfium.PdfPage, upright: Callable[[float, float], Point], number: int
) -> tuple[list[Stroke], list[Stroke]]:
    horizontal: list[Stroke] = []
    vertical: list[Stroke] = []
    for seen, (a, b) in enumerate(_segments(page)):
        limits.at_most(seen, MAX_SEGMENTS, f"第{number}页线条数", f"lines on page {number}")
        (xa, ya), (xb, yb) = upright(*a), upright(*b)
        if abs(xa - xb) >= _SHORT and abs(ya - yb) <= 1.0:
            horizontal.append(Stroke((ya + yb) / 2, min(xa, xb), max(xa, xb)))
        elif abs(ya - yb) >= _SHORT and abs(xa - xb) <= 1.0:
            vertical.append(Stroke((xa + xb) / 2, min(ya, yb), max(ya, yb)))
    return horizontal, vertical


def _segments(page: pdfium.PdfPage) -> Iterator[tuple[Point, Point]]:
    for i in range(raw.FPDFPage_CountObjects(page.raw)):
        yield from _object(raw.FPDFPage_GetObject(page.raw, i), (1, 0, 0, 1, 0, 0), 0)


def _object(item: object, outer: Matrix, depth: int) -> Iterator[tuple[Point, Point]]:
    kind = raw.FPDFPageObj_GetType(item)
    if kind == raw.FPDF_PAGEOBJ_PATH:
        yield from _path(item, outer)
    elif kind == raw.FPDF_PAGEOBJ_IMAGE:
        yield from _thin_box(item, outer)
    elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _MAX_FORMS:
        inner = _times(_matrix(item), outer)
        for i in range(raw.FPDFFormObj_CountObjects(item)):
            yield from _object(raw.FPDFFormObj_GetObject(item, i), inner, depth + 1)


def _matrix(item: object) -> Matrix:
    m = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(item, ctypes.byref(m))
    return (m.a, m.b, m.c, m.d, m.e, m.f)


def _times(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )


def _apply(matrix: Matrix, x: float, y: float) -> Point:
    a, b, c, d, e, f = matrix
    return (a * x + c * y + e, b * x + d * y + f)


def _thin_box(item: object, outer: Matrix) -> Iterator[tuple[Point, Point]]:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not raw.FPDFPageObj_GetBounds(item, left, bottom, right, top):
        return
    (x0, y0), (x1, y1) = _apply(outer, left.value, bottom.value), _apply(outer, right.value, top.value)
    if abs(y1 - y0) <= _THIN < abs(x1 - x0):
        yield (x0, (y0 + y1) / 2), (x1, (y0 + y1) / 2)
    elif abs(x1 - x0) <= _THIN < abs(y1 - y0):
        yield ((x0 + x1) / 2, y0), ((x0 + x1) / 2, y1)


def _path(item: object, outer: Matrix) -> Iterator[tuple[Point, Point]]:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(item, fill, stroke)
    if not stroke.value:
        if fill.value:
            yield from _thin_box(item, outer)
        return
    matrix = _times(_matrix(item), outer)
    x, y = ctypes.c_float(), ctypes.c_float()
    start = before = (0.0, 0.0)
    for i in range(min(raw.FPDFPath_CountSegments(item), MAX_SEGMENTS)):
        segment = raw.FPDFPath_GetPathSegment(item, i)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point = _apply(matrix, x.value, y.value)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == raw.FPDF_SEGMENT_LINETO:
            yield before, point
        if raw.FPDFPathSegment_GetClose(segment):
            yield point, start
        before = point
