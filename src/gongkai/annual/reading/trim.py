"""Finds where a report really begins and ends within the lines that may be its own."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.annual.reading import furniture
from gongkai.annual.reading.headings import Style
from gongkai.annual.reading.lines import Line
from gongkai.annual.reading.meanings import CLOSING
from gongkai.annual.reading.titles import Title, differ

_PROSE = 120
"""After so much prose no title can be the report's own."""


def trimmed(lines: Sequence[Line], first: int, last: int, *, table_only: bool) -> tuple[int, int] | None:
    """First and last line without separators, furniture and alien paragraphs at both ends; None if nothing is left.

    `table_only` says that the lines hold a statistics table and no chapters.
    """
    while first <= last and _is_before(lines[first]):
        first += 1
    first = _at_title(lines, first, last)
    last = _before_imprint(lines, first, last)
    while last >= first and _is_after(lines, first, last, table_only=table_only):
        last -= 1
    return (first, last) if first <= last else None


def _is_before(line: Line) -> bool:
    return not line.text or line.separator or line.end


def _at_title(lines: Sequence[Line], first: int, last: int) -> int:
    """Where the report's title stands, past navigation; metadata of the page directly above it stays with it.

    Of several titles one after the other, as in a list of links, the last one is the report's.
    """
    prose, start = 0, first
    title: Title | None = None
    for at in range(first, min(last, first + 400) + 1):
        line = lines[at]
        if line.title is not None:
            if title is None or differ(title, line.title):
                start = max(first, line.title.first - line.index + at)
            title = line.title
        elif line.preamble or line.labels or (line.heading is not None and line.heading.meanings):
            break
        else:
            prose += line.prose if not line.furniture else 0
        if prose >= _PROSE:
            break
    return start if title is None else _with_metadata(lines, start, first)


def _with_metadata(lines: Sequence[Line], at: int, floor: int) -> int:
    while at - 1 >= floor and (furniture.is_metadata(lines[at - 1].text) or _names_title(lines, at)):
        at -= 1
    return at


def _names_title(lines: Sequence[Line], at: int) -> bool:
    """Whether the line above a title without an agency is a name."""
    title = lines[at].title
    return title is not None and title.agency is None and lines[at - 1].agency is not None


def _before_imprint(lines: Sequence[Line], first: int, last: int) -> int:
    """The end without a page's imprint and links, once the last chapters have begun."""
    closing = False
    for at in range(first, last + 1):
        heading = lines[at].heading
        if heading is not None and not lines[at].row and heading.meanings[:1] and heading.meanings[0] in CLOSING:
            closing = True
        if closing and lines[at].end and not any(x.labels or _is_chapter(x) for x in lines[at : last + 1]):
            return at - 1
    return last


def _is_bare_heading(line: Line) -> bool:
    """Whether nothing but a heading stands in a line, so that the next line is its text."""
    return line.heading is not None and not line.row and line.heading.end >= len(line.text)


def _is_chapter(line: Line) -> bool:
    return line.heading is not None and bool(line.heading.meanings) and line.heading.style is not Style.NONE


def _is_after(lines: Sequence[Line], first: int, at: int, *, table_only: bool) -> bool:
    """Whether the last line of a stretch is no part of the report."""
    line = lines[at]
    if not line.text or line.furniture or line.separator:
        return True
    if line.grid or line.labels or line.title or line.agency or line.date or line.signed:
        return False
    if at > first and _is_bare_heading(lines[at - 1]):
        return False
    if table_only:
        return line.prose > 0 and "公开" not in line.text
    return len(line.text) >= 4 and not furniture.is_relevant(line.text)
