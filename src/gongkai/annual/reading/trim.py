"""Finds where a report really begins and ends within the lines that may be its own."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from gongkai.annual.reading import furniture, years
from gongkai.annual.reading.headings import Style
from gongkai.annual.reading.lines import Line
from gongkai.annual.reading.meanings import CLOSING
from gongkai.annual.reading.titles import Title, differ

_FAR = 400
_PROSE = 120
"""After so much prose no title can be the report's own."""


class Aliens(StrEnum):
    """Which paragraphs at the end are taken for another text's, in a file where other reports follow."""

    IN_TEXT = "in_text"
    """Those without a word that a report would use."""
    AROUND_TABLE = "around_table"
    """Behind a statistics table that has no chapters: all prose that does not speak of disclosure."""


def trimmed(lines: Sequence[Line], first: int, last: int, *, aliens: Aliens | None = None) -> tuple[int, int] | None:
    """First and last line without separators and furniture at both ends; None if nothing is left.

    Alien paragraphs at the end are cut off only if asked for: in a file with one report they may be its own.
    """
    while first <= last and _is_before(lines[first]):
        first += 1
    first = _at_title(lines, first, last)
    last = _before_imprint(lines, first, last)
    while last >= first and _is_after(lines, first, last, aliens):
        last -= 1
    return (first, last) if first <= last else None


def _is_before(line: Line) -> bool:
    return not line.text or line.separator or line.end


def _at_title(lines: Sequence[Line], first: int, last: int) -> int:
    """Where the report's title stands, past navigation; metadata of the page directly above it stays with it."""
    found: list[tuple[int, Title]] = []
    prose, body = 0, first
    for body in range(first, min(last, first + _FAR) + 1):
        line = lines[body]
        if line.title is not None:
            found.append((max(first, line.title.first - line.index + body), line.title))
        elif line.preamble or line.labels or (line.heading is not None and line.heading.meanings):
            break
        else:
            prose += line.prose if not line.furniture else 0
        if prose >= _PROSE:
            break
    if not found:
        return first
    return _with_metadata(lines, _own_title(found, lines[body : min(last, body + _FAR) + 1]), first)


def _own_title(found: list[tuple[int, Title]], body: Sequence[Line]) -> int:
    """Where the report's own title begins among several, such as a list of links to other years.

    The one whose year the text speaks of, else the last of those that say most; repeated, it begins at its first.
    """
    told = max(title.telling for _, title in found)
    own = [(at, title) for at, title in found if title.telling == told]
    if any(differ(own[0][1], title) for _, title in own[1:]):
        year = years.of_text("\n".join(line.text for line in body))
        own = [x for x in own if x[1].year is not None and x[1].year.year == year] or own
    start, last = own[-1]
    for at, title in reversed(own):
        if differ(title, last):
            break
        start = at
    return start


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


def _is_after(lines: Sequence[Line], first: int, at: int, aliens: Aliens | None) -> bool:
    """Whether the last line of a stretch is no part of the report."""
    line = lines[at]
    if not line.text or line.furniture or line.separator:
        return True
    if aliens is None or line.grid or line.labels or line.title or line.agency or line.date or line.signed:
        return False
    if at > first and _is_bare_heading(lines[at - 1]):
        return False
    if aliens is Aliens.AROUND_TABLE:
        return line.prose > 0 and "公开" not in line.text
    return len(line.text) >= 4 and not furniture.is_relevant(line.text)
