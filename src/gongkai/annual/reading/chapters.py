"""Finds the chapters of a report and says which chapter of its form each one is."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from rapidfuzz import fuzz

from gongkai.annual.forms import form as form_by_id
from gongkai.annual.model import Block, Chapter, Paragraph, Where
from gongkai.annual.reading.headings import Heading, Style, known_heading_within
from gongkai.annual.reading.lines import Line, row_labels
from gongkai.annual.reading.meanings import Meaning, chapter_ids, known_titles
from gongkai.text.labels import plain

_GAP = 4
"""A count may skip this many numbers: chapters are left out, or their headings are damaged."""
_INLINE = 200
"""Headings inside a paragraph are looked for in paragraphs from this length on."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A heading that may open a chapter, at its place among the lines."""

    at: int
    heading: Heading


def read_chapters(
    lines: Sequence[Line], blocks: Sequence[Block], form: str | None, table_blocks: frozenset[int]
) -> tuple[Chapter, ...]:
    """The chapters among a report's lines, which mark these blocks; `form` is the id of the report's form."""
    texts = [block.text if isinstance(block, Paragraph) else "" for block in blocks]
    found = _candidates(lines, texts, table_blocks)
    found = _top_level(found)
    found = _without_contents(found, lines)
    found = _in_sequence(found)
    ids = _ids(found, form)
    chapters = []
    for order, (candidate, id) in enumerate(zip(found, ids, strict=True)):
        following = found[order + 1] if order + 1 < len(found) else None
        chapters.append(_chapter(candidate, following, id, lines, texts, table_blocks))
    return tuple(chapters)


def _candidates(lines: Sequence[Line], texts: Sequence[str], table_blocks: frozenset[int]) -> list[Candidate]:
    found = []
    for at, line in enumerate(lines):
        heading = line.heading
        if line.grid or line.row or line.furniture:
            continue
        if line.index in table_blocks and (heading is None or not _is_known(heading.title)):
            continue
        if heading is not None and heading.end > heading.start:
            found.append(Candidate(at, heading))
        if line.prose >= _INLINE and (line.title is None or line.title.glued):
            start = heading.end if heading is not None else 0
            found.extend(Candidate(at, h) for h in known_heading_within(texts[at], start))
    return found


def _top_level(found: list[Candidate]) -> list[Candidate]:
    """The headings of the outermost style; unnumbered ones are kept where they carry a known title."""
    for style, least in ((Style.PART, 2), (Style.HAN, 2), (Style.HAN, 1), (Style.DIGIT, 2), (Style.PAREN, 2)):
        of_style = [c for c in found if c.heading.style is style]
        subjects = {c.heading.meanings[0] for c in of_style if c.heading.meanings}
        if (
            len(of_style) >= least
            and (style in (Style.PART, Style.HAN) or len(subjects) >= least)
            and (least > 1 or subjects)
        ):
            unnumbered = _unnumbered(found, subjects)
            return sorted([*of_style, *unnumbered], key=lambda c: (c.at, c.heading.start))
    return [c for c in found if c.heading.style is Style.NONE and c.heading.meanings]


def _unnumbered(found: list[Candidate], taken: set[Meaning]) -> list[Candidate]:
    kept = []
    for candidate in found:
        heading = candidate.heading
        if heading.style is Style.NONE and heading.meanings and heading.meanings[0] not in taken:
            kept.append(candidate)
    return kept


def _without_contents(found: list[Candidate], lines: Sequence[Line]) -> list[Candidate]:
    """Drops a table of contents: headings with nothing between them that come again further down."""
    last_place = {plain(c.heading.title): c.at for c in found}
    kept = []
    for order, candidate in enumerate(found):
        again = last_place[plain(candidate.heading.title)]
        following = found[order + 1].at if order + 1 < len(found) else len(lines)
        empty = not any(x.prose or x.grid or x.labels for x in lines[candidate.at + 1 : following])
        glued = candidate.heading.end < len(lines[candidate.at].text)
        if again != candidate.at and empty and not glued:
            continue
        kept.append(candidate)
    return kept


def _in_sequence(found: list[Candidate]) -> list[Candidate]:
    """Drops numbered points inside a chapter: a count that begins again, or jumps."""
    kept: list[Candidate] = []
    last = 0
    for candidate in found:
        number = candidate.heading.number
        if number is None:
            kept.append(candidate)
        elif last < number <= last + _GAP or (not last and number <= 12):
            kept.append(candidate)
            last = number
        elif candidate.heading.meanings and _is_known(candidate.heading.title):
            kept.append(candidate)
            last = max(last, number) if number <= last + _GAP else last
    return kept


def _is_known(title: str) -> bool:
    return plain(title) in _official_titles()


@cache
def _official_titles() -> frozenset[str]:
    return frozenset(plain(t) for t in known_titles()) - row_labels()


def _ids(found: list[Candidate], form: str | None) -> list[str | None]:
    """The form's chapter for each; where two mean the same chapter, the one with the more similar title has it."""
    if form is None:
        return [None] * len(found)
    by_meaning = chapter_ids(form)
    official = {c.id: plain(c.title) for c in form_by_id(form).chapters}
    ids: list[str | None] = []
    best: dict[str, tuple[float, int]] = {}
    for order, candidate in enumerate(found):
        id = _id(candidate.heading.meanings, by_meaning)
        ids.append(id)
        if id is not None:
            likeness = fuzz.ratio(plain(candidate.heading.title), official[id])
            if id not in best or likeness > best[id][0]:
                best[id] = (likeness, order)
    return [id if id is not None and best[id][1] == order else None for order, id in enumerate(ids)]


def _id(meanings: tuple[Meaning, ...], by_meaning: Mapping[Meaning, str]) -> str | None:
    for meaning in meanings:
        if meaning in by_meaning:
            return by_meaning[meaning]
        if meaning not in (Meaning.COMPLAINTS, Meaning.LITIGATION):
            return None
    return None


def _chapter(
    candidate: Candidate,
    following: Candidate | None,
    id: str | None,
    lines: Sequence[Line],
    texts: Sequence[str],
    table_blocks: frozenset[int],
) -> Chapter:
    heading, at = candidate.heading, candidate.at
    end = len(lines) if following is None else following.at
    same = following is not None and following.at == at
    parts = [texts[at][heading.end : following.heading.start if same and following else None]]
    for place in range(at + 1, end):
        line = lines[place]
        part_of_table = line.grid or line.row or line.index in table_blocks or _ITEM.match(line.text)
        if line.text and not part_of_table:
            parts.append(texts[place])
    if following is not None and not same and following.heading.start > 0:
        parts.append(texts[following.at][: following.heading.start])
        end += 1
    text = "\n".join(p for p in (_clean(part) for part in parts) if p)
    last = at if same else max(at, end - 1)
    where = Where(lines[at].index, start=heading.start, end=heading.end)
    return Chapter(id, heading.no, heading.title, where, lines[last].index, text)


_ITEM = re.compile(r"\s*第二十条\s*第\s*[（(].{1,3}[）)]\s*项\s*$")
"""The heading of a block of the second table: it belongs to the table."""
_LEFT_OVER = re.compile(r"^[\s：:。.、，,]+")


def _clean(part: str) -> str:
    return _LEFT_OVER.sub("", part).rstrip()
