"""Puts the blanks and breaks of a paragraph in order and cuts it where the author meant a new paragraph."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gongkai.text.rich.model import Run

SOFT = "\r"
"""Stands for a line end of the source inside a text, until it is known what is on both sides."""
_PICTURE = "\ufffc"
_BLANKS = re.compile("[ \t\r\xa0\n\u3000]+")
_SPACES = re.compile("[ \t\r\xa0]+")
_SOURCE_BLANKS = re.compile(r"[ \t\f\v\r\n]+")
_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffc]")
_EDGE = " \u3000\n"
_WIDE = re.compile("[\u2014\u2018-\u201d\u2026\u2e80-\ua4cf\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef]")


def source_text(text: str) -> str:
    """Text of the source with its line ends marked as soft and without invisible characters."""
    text = _INVISIBLE.sub("", text.replace("\u2028", " ").replace("\u2029", " ").replace("\x85", " "))
    return _SOURCE_BLANKS.sub(lambda found: SOFT if "\n" in found[0] or "\r" in found[0] else " ", text)


def paragraphs(runs: Sequence[Run], *, split: bool = True) -> list[list[Run]]:
    """The runs as paragraphs: blanks collapsed, indents gone, and cut at double breaks if `split`."""
    if not any(run.picture for run in runs) and (shape := _shape(runs)) is not None:
        return _alike("".join([run.text for run in runs]), shape, split)
    text = "".join(_PICTURE if run.picture else run.text for run in runs)
    owners = [index for index, run in enumerate(runs) for _ in range(1 if run.picture else len(run.text))]
    pieces: list[list[tuple[str, int]]] = [[]]
    position = 0
    for found in _BLANKS.finditer(text):
        pieces[-1].extend(zip(text[position : found.start()], owners[position : found.start()], strict=True))
        position = found.end()
        kept = _blank(found[0], text[found.start() - 1 : found.start()], text[found.end() : found.end() + 1])
        if kept is None and split:
            pieces.append([])
        else:
            kept = "\n" if kept is None else kept
            owner = owners[found.start() + max(found[0].find("\n"), 0)] if kept == "\n" else owners[found.start()]
            pieces[-1].extend((char, owner) for char in kept)
    pieces[-1].extend(zip(text[position:], owners[position:], strict=True))
    return [_grouped(stripped, runs) for piece in pieces if (stripped := _stripped(piece))]


def _shape(runs: Sequence[Run]) -> Run | None:
    """A run with the marks and the address that all of the words have; None where they differ."""
    shape = None
    for run in runs:
        if shape is None:
            shape = run if run.text not in ("", "\n") else None
        elif run.text not in ("", "\n") and (run.marks, run.href) != (shape.marks, shape.href):
            return None
    return shape if shape is not None else Run("")


def _alike(text: str, shape: Run, split: bool) -> list[list[Run]]:
    """`paragraphs` for words that all look alike, which is most of them: without a look at each character."""
    pieces = [""]
    position = 0
    for found in _BLANKS.finditer(text):
        kept = _blank(found[0], text[found.start() - 1 : found.start()], text[found.end() : found.end() + 1])
        pieces[-1] += text[position : found.start()] + ("\n" if kept is None and not split else kept or "")
        position = found.end()
        if kept is None and split:
            pieces.append("")
    pieces[-1] += text[position:]
    return [_lines(stripped, shape) for piece in pieces if (stripped := piece.strip(_EDGE))]


def _lines(text: str, shape: Run) -> list[Run]:
    lines = [part for line in text.split("\n") for part in ("\n", line)][1:]
    return [Run("\n") if part == "\n" else Run(part, shape.marks, shape.href) for part in lines if part]


def _blank(blank: str, before: str, after: str) -> str | None:
    """What remains of a stretch of blanks; None where a new paragraph begins."""
    if "\n" in blank:
        indent = blank.rsplit("\n", 1)[1]
        indented = len(indent) >= 2 and set(indent) <= set("\u3000\xa0 \r") and ("\u3000" in indent or "\xa0" in indent)
        return None if blank.count("\n") > 1 or indented else "\n"
    if "\u3000" in blank:
        return _SPACES.sub("", blank)
    if SOFT in blank and "\xa0" not in blank and _WIDE.match(before) and _WIDE.match(after):
        return ""
    return " "


def _stripped(piece: list[tuple[str, int]]) -> list[tuple[str, int]]:
    start, end = 0, len(piece)
    while start < end and piece[start][0] in _EDGE:
        start += 1
    while end > start and piece[end - 1][0] in _EDGE:
        end -= 1
    return piece[start:end]


def _grouped(chars: Sequence[tuple[str, int]], runs: Sequence[Run]) -> list[Run]:
    """Runs again, as long as possible."""
    grouped: list[Run] = []
    buffer: list[str] = []
    current: Run | None = None
    for char, owner in chars:
        run = runs[owner]
        same = current is not None and (current.marks, current.href) == (run.marks, run.href)
        if char in (_PICTURE, "\n") or not same:
            if buffer and current is not None:
                grouped.append(Run("".join(buffer), current.marks, current.href))
            buffer, current = [], None
        if char == _PICTURE:
            grouped.append(run)
        elif char == "\n":
            grouped.append(Run("\n"))
        else:
            buffer.append(char)
            current = run
    if buffer and current is not None:
        grouped.append(Run("".join(buffer), current.marks, current.href))
    return grouped
