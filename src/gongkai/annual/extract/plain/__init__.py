"""Plain text: its lines, and the tables that people draw or align in it."""

from __future__ import annotations

import csv
import io
import re

from gongkai.annual.extract import limits
from gongkai.annual.extract.blanks import tidy_cell
from gongkai.annual.extract.decoding import decode
from gongkai.annual.extract.draft import Draft
from gongkai.annual.extract.plain import boxes, columns, pipes
from gongkai.annual.model import Document, GridCell

_DRAWN = re.compile(r"[|｜│┃║\t]|\+--")
"""What a line must hold somewhere for the text to have a drawn table at all."""
_MIN_CSV_LINES = 3


def read_text(data: bytes, name: str | None = None) -> Document:
    """The document in a text, Markdown or CSV file."""
    text, encoding, repairs = decode(data)
    limits.at_most(len(text), limits.MAX_TEXT, "字数", "characters")
    draft = Draft()
    draft.note(repairs)
    if not _write_csv(text, draft, (name or "").lower().endswith((".csv", ".tsv"))):
        write_text(text, draft)
    return draft.document("txt", encoding=encoding)


def write_text(text: str, draft: Draft) -> None:
    """Writes the lines and tables of a plain text."""
    if not _DRAWN.search(text):
        draft.lines(text)
        return
    lines = text.split("\n")
    start = i = 0
    while i < len(lines):
        table = pipes.read(lines, i) or boxes.read(lines, i) or columns.read(lines, i)
        if table is None:
            i += 1
            continue
        if i > start:
            draft.lines("\n".join(lines[start:i]))
        cells, i = table
        draft.grid(cells)
        start = i
    draft.lines("\n".join(lines[start:]))


def _write_csv(text: str, draft: Draft, named: bool) -> bool:
    lines = [line for line in text.split("\n") if line.strip()]
    mark = "\t" if "\t" in text[:2000] else ","
    counts = {line.count(mark) for line in lines[:50]} if named or len(lines) < 5_000 else {0}
    regular = len(counts) == 1 and len(lines) >= _MIN_CSV_LINES and min(counts) >= 2 and mark == ","
    if not (named or regular):
        return False
    try:
        rows = list(csv.reader(io.StringIO(text), delimiter=mark))
    except csv.Error:
        return False
    draft.grid(
        GridCell(tidy_cell(value), r, c)
        for r, row in enumerate(row for row in rows if any(value.strip() for value in row))
        for c, value in enumerate(row)
    )
    return len(draft) > 0
