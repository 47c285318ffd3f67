"""Finds the reports in a document and tells them from what stands between them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from gongkai.annual.model import Document, Span
from gongkai.annual.reading import evidence
from gongkai.annual.reading.headings import Style
from gongkai.annual.reading.lines import Line, mark
from gongkai.annual.reading.meanings import CLOSING, Meaning
from gongkai.annual.reading.titles import Title, differ
from gongkai.annual.reading.trim import Aliens, trimmed

_BODY = 60
"""So much prose, and a text has begun."""
_SOFT_BODY = 300
"""So much prose must follow where only the wording tells that a report begins."""
_AHEAD = 40
"""So many lines are looked ahead for the chapters of a report that may begin."""
_COMPILED = re.compile(r"条例[^。]*编制|编制[^。]*条例")
_SUBJECT = re.compile(r"公开|年度工作|信息工作")
_OPENINGS = ("根据", "按照", "为", "依据", "近年来", "一年来", "今年", "去年", "我", "本", "在", "按")
_STOPS = tuple("。！？；：!?;:…”）)")


@dataclass(slots=True)
class Stretch:
    """A run of lines that belongs together."""

    first: int
    soft: bool = False
    """Its beginning was told by the wording only; where it turns out to be no report it goes back to the one before."""
    outside: bool = False
    """It stands between reports."""
    last: int = -1
    title: Title | None = None
    number: int = 0
    """Number of the last chapter."""
    chapters: int = 0
    prose: int = 0
    labels: int = 0
    closing: bool = False
    """The last chapters of a report have been reached."""

    @property
    def body(self) -> bool:
        """Whether the text itself has begun, after titles and page furniture."""
        return self.chapters > 0 or self.prose >= _BODY or self.labels >= 3


def split(document: Document) -> list[Span]:
    """The spans of all reports in a document, in order; what is no report belongs to none."""
    return [Span(first, last) for first, last in split_lines(mark(document.blocks))]


def split_lines(lines: list[Line]) -> list[tuple[int, int]]:
    """First and last index of each report among marked lines."""
    reports: list[Stretch] = []
    before: Stretch | None = None
    for stretch in _stretches(lines):
        span = None if stretch.outside else trimmed(lines, stretch.first, stretch.last)
        if span is not None and _is_report(lines[span[0] : span[1] + 1], stretch):
            reports.append(stretch)
            before = stretch
        elif stretch.soft and before is not None:
            before.last = stretch.last
        else:
            before = None
    spans = []
    for order, stretch in enumerate(reports, start=1):
        table_only = stretch.chapters == 0 and stretch.labels >= 3
        aliens = None if order == len(reports) else Aliens.AROUND_TABLE if table_only else Aliens.IN_TEXT
        span = trimmed(lines, stretch.first, stretch.last, aliens=aliens)
        if span is not None:
            spans.append(span)
    return spans


def _is_report(lines: list[Line], stretch: Stretch) -> bool:
    if stretch.soft and stretch.prose < _SOFT_BODY and stretch.chapters < 2:
        return False
    return evidence.weight(lines) >= evidence.ENOUGH


def _stretches(lines: list[Line]) -> list[Stretch]:
    found = [Stretch(0)]
    for at, line in enumerate(lines):
        current = found[-1]
        opened = _opens(lines, at, current)
        if opened is not None and opened.first >= current.first:
            current.last = opened.first - 1
            if opened.first == current.first:
                found.pop()
            found.append(opened)
            for passed in lines[opened.first : at]:
                _absorb(opened, passed)
            current = opened
        _absorb(current, line)
    found[-1].last = len(lines) - 1
    return found


def _absorb(stretch: Stretch, line: Line) -> None:
    """Takes a line into the stretch's state."""
    if line.title is not None and (stretch.title is None or not stretch.body):
        stretch.title = line.title
    if line.furniture or line.separator:
        return
    stretch.labels += line.labels
    if line.grid or line.row:
        return
    if line.title is None:
        stretch.prose += line.prose
    heading = line.heading
    if heading is None or heading.style in (Style.PAREN, Style.NONE, Style.DIGIT):
        return
    stretch.chapters += 1
    stretch.number = heading.number or stretch.number
    if heading.meanings and heading.meanings[0] in CLOSING:
        stretch.closing = True


def _opens(lines: list[Line], at: int, current: Stretch) -> Stretch | None:
    """The stretch that opens at a line, None where the line goes on with the current one."""
    line = lines[at]
    if not line.text:
        return None
    if line.separator:
        return Stretch(at)
    if line.title is not None:
        return _opens_with_title(lines, at, current, line.title)
    if current.outside:
        return _opens_from_outside(lines, at, current)
    if line.end and current.body and (current.closing or current.labels >= 8):
        return Stretch(at, outside=True)
    if line.preamble and current.body and _preamble_opens(lines, at, current):
        return Stretch(_with_name(lines, _sentence_start(lines, at, current.first), current.first), soft=not line.own)
    if line.article and current.closing and current.body and not _follows_heading(lines, at):
        return Stretch(_with_headline(lines, at, current.first), outside=True)
    if _restarts(lines, at, current):
        return Stretch(_lookback(lines, at, current.first), soft=True)
    return None


def _with_headline(lines: list[Line], at: int, floor: int) -> int:
    """The headline above a news item."""
    if at - 1 <= floor or not lines[at].prose:
        return at
    above = lines[at - 1]
    told = above.prose or above.heading or above.grid or above.row or above.date or above.signed or above.agency
    return at if told or not 4 <= len(above.text) <= 40 or _follows_heading(lines, at - 1) else at - 1


def _opens_with_title(lines: list[Line], at: int, current: Stretch, title: Title) -> Stretch | None:
    first = _with_name(lines, title.first, current.first)
    if current.outside:
        return Stretch(first)
    if not current.body:
        return None
    if differ(current.title, title):
        return Stretch(first)
    again = _numbers_restart(lines, at + 1, current) or (
        not title.table and _begins_soon(lines, at + 1) and (current.closing or _says_more(title, current))
    )
    again = again or (current.closing and not title.table and _is_new_title(lines, at, current, title))
    return Stretch(first) if again else None


def _is_new_title(lines: list[Line], at: int, current: Stretch, title: Title) -> bool:
    """Whether a title after the last chapters is not the running head of the same report."""
    if current.title is not None and current.title.text.endswith(title.text):
        return False
    following = _next_chapter(lines, at + 1)
    number = following.heading.number if following is not None and following.heading is not None else None
    return number is None or number != current.number + 1


def _says_more(title: Title, current: Stretch) -> bool:
    """Whether a title names an agency where the one before, long past, named none."""
    known = current.title is not None and current.title.agency is not None
    return title.agency is not None and not known and current.prose >= 5 * _BODY


def _opens_from_outside(lines: list[Line], at: int, current: Stretch) -> Stretch | None:
    line = lines[at]
    if line.preamble:
        return Stretch(_with_name(lines, at, current.first))
    heading = line.heading
    top = heading is not None and heading.style in (Style.HAN, Style.PART) and not line.row
    if top and heading is not None and heading.meanings and len(_subjects_ahead(lines, at)) >= 2:
        return Stretch(_lookback(lines, at, current.first))
    return None


def _preamble_opens(lines: list[Line], at: int, current: Stretch) -> bool:
    """Whether a sentence such as 现将…报告如下 begins another report instead of going on with this one."""
    if _follows_heading(lines, at):
        return False
    following = _next_chapter(lines, at + 1)
    number = following.heading.number if following is not None and following.heading is not None else None
    if lines[at].own:
        if current.chapters == 0 and current.labels >= 3:
            return True
        if number is not None:
            return current.chapters >= 1 and number <= current.number
        return current.closing and _COMPILED.search(lines[at].text) is not None
    if not current.closing or not _SUBJECT.search(lines[at].text):
        return False
    return number is None or number != current.number + 1


def _follows_heading(lines: list[Line], at: int) -> bool:
    """Whether a line stands directly below a heading, and so is the text of that chapter."""
    before = next((x for x in reversed(lines[max(0, at - 3) : at]) if x.text and not x.furniture), None)
    if before is None or before.heading is None or before.row:
        return False
    return bool(before.heading.meanings) or before.heading.style in (Style.HAN, Style.PART, Style.NONE)


def _next_chapter(lines: list[Line], start: int) -> Line | None:
    for line in lines[start : start + _AHEAD]:
        if line.separator or (line.title is not None and (line.title.agency or line.title.year)):
            return None
        heading = line.heading
        if heading is not None and heading.style in (Style.HAN, Style.PART) and not line.row:
            return line
    return None


def _numbers_restart(lines: list[Line], start: int, current: Stretch) -> bool:
    """Whether the next chapter begins the count again."""
    following = _next_chapter(lines, start)
    if following is None or following.heading is None or following.heading.number is None or current.chapters < 2:
        return False
    return following.heading.number == 1 and current.number >= 2


def _begins_soon(lines: list[Line], start: int) -> bool:
    """Whether a preamble or an overview stands within the next lines."""
    for line in [x for x in lines[start : start + 8] if x.text][:4]:
        if line.preamble or (line.heading is not None and Meaning.OVERVIEW in line.heading.meanings):
            return True
    return False


def _subjects_ahead(lines: list[Line], at: int) -> set[Meaning]:
    """What the chapters from a line on treat, up to where the count begins again."""
    subjects: set[Meaning] = set()
    last = 0
    for line in lines[at : at + 4 * _AHEAD]:
        heading = line.heading
        if line.separator or (line.title is not None and last):
            break
        if heading is None or line.row or heading.style not in (Style.HAN, Style.PART) or heading.number is None:
            continue
        if heading.number <= last:
            break
        last = heading.number
        subjects.update(heading.meanings[:1])
    return subjects


def _restarts(lines: list[Line], at: int, current: Stretch) -> bool:
    """Whether a heading begins the count again after a report has reached its last chapters."""
    line = lines[at]
    heading = line.heading
    if heading is None or line.row or heading.style not in (Style.HAN, Style.PART) or heading.number is None:
        return False
    if current.chapters < 2 or current.number < 2 or heading.number >= current.number or heading.number > 2:
        return False
    if not current.closing or current.prose < _BODY:
        return False
    if heading.number == 2 and not heading.meanings:
        return False
    if _in_statistics(lines, at):
        return False
    return len(_subjects_ahead(lines, at)) >= 2


def _in_statistics(lines: list[Line], at: int) -> bool:
    """Whether a line is the first group of a statistics table, whose groups are numbered as chapters are."""
    named = any("统计表" in x.text and len(x.text) <= 40 for x in lines[max(0, at - 6) : at])
    return named and sum(x.labels > 0 for x in lines[at + 1 : at + 7]) >= 2


def _with_name(lines: list[Line], at: int, floor: int) -> int:
    """The line above a title or preamble that names its agency, where there is one."""
    if at - 1 > floor and lines[at].title is not None and lines[at].agency is None:
        title, above = lines[at].title, lines[at - 1]
        if title is not None and title.agency is None and above.agency and not lines[at - 2].signed:
            return at - 1
    if at - 1 >= floor and lines[at].title is None:
        title_above = lines[at - 1].title
        if title_above is not None:
            return title_above.first
    return at


def _sentence_start(lines: list[Line], at: int, floor: int) -> int:
    """Where the paragraph of a line begins that was broken over several lines."""
    while at - 1 > floor and not lines[at].own and not lines[at].text.startswith(_OPENINGS):
        before = lines[at - 1]
        if before.prose < 30 or before.heading is not None or before.text.endswith(_STOPS):
            break
        at -= 1
    return at


def _lookback(lines: list[Line], at: int, floor: int) -> int:
    """Where the opening words before the first chapter begin: paragraphs that belong to no chapter before it."""
    first = at
    for back in range(at - 1, max(floor, at - 5), -1):
        line = lines[back]
        if not line.text:
            continue
        stops = line.heading or line.separator or line.end or line.grid or line.row or line.date or line.signed
        if stops or not _is_opening(line) or _follows_heading(lines, back):
            break
        first = back
    return first


def _is_opening(line: Line) -> bool:
    text = line.text
    if line.title is not None or line.preamble:
        return True
    return text[:1].isdigit() or text.startswith(_OPENINGS)
