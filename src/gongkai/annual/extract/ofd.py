"""OFD, the national layout format (GB/T 33190): its glyphs and lines, then read as a PDF's are."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from lxml import etree

from gongkai.annual.errors import DamagedFile, NoText
from gongkai.annual.extract import limits
from gongkai.annual.extract.archive import Archive
from gongkai.annual.extract.draft import Draft
from gongkai.annual.extract.pdf.flow import Sheet, sheet_of, write_sheets
from gongkai.annual.extract.pdf.glyphs import MAX_GLYPHS, Glyph, Matrix, Page, Point, Stroke
from gongkai.annual.extract.word.parts import parse_xml
from gongkai.annual.model import Document

_POINTS = 72 / 25.4
_ASCENT = 0.88
_THIN = 1.2
"""Millimetres: a filled path up to this thick is a line."""
_PATH = re.compile(r"([MLBQACS])|(-?[0-9]+(?:\.[0-9]+)?)")
_ARGUMENTS = {"M": 2, "S": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}
_UNTURNED: Matrix = (1, 0, 0, 1, 0, 0)


def read_ofd(data: bytes) -> Document:
    """The first document in an OFD file; raises `NoText` where its pages are pictures."""
    archive = Archive(data)
    root = _first(_part(archive, "OFD.xml"), "DocRoot")
    if root is None or not root.text:
        raise DamagedFile("OFD.xml")
    start = root.text.strip().lstrip("/")
    document = _part(archive, start)
    locations = [str(p.get("BaseLoc", "")) for p in document.iter("{*}Page") if p.get("BaseLoc")]
    limits.at_most(len(locations), limits.MAX_PAGES, "页数", "pages")
    default = _numbers(_text(document, "PhysicalBox") or "0 0 210 297")
    sheets = [_sheet(archive, start, location, i, default) for i, location in enumerate(locations, 1)]
    if not any(sheet.items for sheet in sheets):
        raise NoText
    draft = Draft()
    write_sheets(sheets, draft)
    return draft.document("ofd", title=_text(_part(archive, "OFD.xml"), "Title"))


def _part(archive: Archive, path: str) -> etree._Element:
    content = archive.read(posixpath.normpath(path))
    if not content:
        raise DamagedFile(path)
    return parse_xml(content, path)


def _first(element: etree._Element, name: str) -> etree._Element | None:
    return next(element.iter("{*}" + name), None)


def _text(element: etree._Element, name: str) -> str | None:
    found = _first(element, name)
    return None if found is None else found.text


def _numbers(text: str) -> list[float]:
    return [float(value) for _, value in _PATH.findall(text) if value]


def _sheet(archive: Archive, start: str, location: str, number: int, default: list[float]) -> Sheet:
    base = posixpath.dirname(start)
    page = _part(archive, location.lstrip("/") if location.startswith("/") else posixpath.join(base, location))
    box = _numbers(_text(page, "PhysicalBox") or "") or default
    if len(box) < 4:
        raise DamagedFile(location)
    glyphs = [g for item in page.iter("{*}TextObject") for g in _glyphs(item)]
    limits.at_most(len(glyphs), MAX_GLYPHS, f"第{number}页字数", f"characters on page {number}")
    horizontal: list[Stroke] = []
    vertical: list[Stroke] = []
    for item in page.iter("{*}PathObject"):
        for (xa, ya), (xb, yb) in _segments(item):
            if abs(ya - yb) <= 1 < abs(xa - xb):
                horizontal.append(Stroke((ya + yb) / 2, min(xa, xb), max(xa, xb)))
            elif abs(xa - xb) <= 1 < abs(ya - yb):
                vertical.append(Stroke((xa + xb) / 2, min(ya, yb), max(ya, yb)))
    return sheet_of(Page(number, box[2] * _POINTS, box[3] * _POINTS, glyphs, horizontal, vertical))


def _placing(item: etree._Element) -> tuple[list[float], Matrix] | None:
    """The boundary of a graphic unit and the matrix of its own coordinates."""
    boundary = _numbers(str(item.get("Boundary", "")))
    ctm = _numbers(str(item.get("CTM", "")))
    if len(boundary) < 4:
        return None
    matrix = (ctm[0], ctm[1], ctm[2], ctm[3], ctm[4], ctm[5]) if len(ctm) == 6 else _UNTURNED
    return boundary, matrix


def _point(boundary: list[float], matrix: Matrix, x: float, y: float) -> Point:
    a, b, c, d, e, f = matrix
    return (boundary[0] + a * x + c * y + e) * _POINTS, (boundary[1] + b * x + d * y + f) * _POINTS


def _glyphs(item: etree._Element) -> Iterator[Glyph]:
    placing = _placing(item)
    size = _numbers(str(item.get("Size", "")))
    if placing is None or not size:
        return
    boundary, matrix = placing
    x = y = 0.0
    for code in item.iter("{*}TextCode"):
        text = code.text or ""
        x = (_numbers(str(code.get("X", ""))) or [x])[0]
        y = (_numbers(str(code.get("Y", ""))) or [y])[0]
        across, down = _deltas(code.get("DeltaX"), len(text)), _deltas(code.get("DeltaY"), len(text))
        at, line = x, y
        for i, character in enumerate(text):
            width = size[0] * (0.5 if character.isascii() else 1.0)
            xa, ya = _point(boundary, matrix, at, line - _ASCENT * size[0])
            xb, yb = _point(boundary, matrix, at + width, line + (1 - _ASCENT) * size[0])
            if not character.isspace():
                yield Glyph(character, min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb))
            at += across[i] if i < len(across) else (0.0 if down else width)
            line += down[i] if i < len(down) else 0.0


def _deltas(text: str | None, count: int) -> list[float]:
    """Steps between glyphs; `g 3 5.0` stands for three steps of 5.0."""
    steps: list[float] = []
    tokens = (text or "").split()
    i = 0
    while i < len(tokens) and len(steps) < count:
        if tokens[i] == "g" and i + 2 < len(tokens):
            times, step = _numbers(tokens[i + 1]) or [0.0], _numbers(tokens[i + 2]) or [0.0]
            steps.extend(step * min(int(max(times[0], 0)), count))
            i += 3
        else:
            steps.extend(_numbers(tokens[i])[:1])
            i += 1
    return steps


def _segments(item: etree._Element) -> Iterator[tuple[Point, Point]]:
    placing = _placing(item)
    data = _text(item, "AbbreviatedData")
    if placing is None or not data:
        return
    boundary, matrix = placing
    if item.get("Stroke") == "false":
        yield from _thin(boundary)
        return
    start = before = (0.0, 0.0)
    for command, arguments in _commands(data):
        if command == "C":
            yield _point(boundary, matrix, *before), _point(boundary, matrix, *start)
            before = start
            continue
        point = (arguments[-2], arguments[-1])
        if command in "MS":
            start = point
        elif command == "L":
            yield _point(boundary, matrix, *before), _point(boundary, matrix, *point)
        before = point


def _thin(boundary: list[float]) -> Iterator[tuple[Point, Point]]:
    width, height = boundary[2:4]
    if height <= _THIN < width:
        yield _point(boundary, _UNTURNED, 0, height / 2), _point(boundary, _UNTURNED, width, height / 2)
    elif width <= _THIN < height:
        yield _point(boundary, _UNTURNED, width / 2, 0), _point(boundary, _UNTURNED, width / 2, height)


def _commands(data: str) -> Iterator[tuple[str, list[float]]]:
    command: str | None = None
    arguments: list[float] = []
    for letter, value in _PATH.findall(data):
        if letter:
            command, arguments = letter, []
        else:
            arguments.append(float(value))
        if command is not None and len(arguments) == _ARGUMENTS[command]:
            yield command, arguments
            command = None if command == "C" else command
            arguments = []
