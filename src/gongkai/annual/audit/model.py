"""What a rule is, what it is given, and how it says what it found."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import ClassVar

from gongkai.annual.forms import FORM_IDS, Form, form
from gongkai.annual.model import CellState, Chapter, Fact, Finding, Paragraph, Report, Severity, Where


class AgencyKind(StrEnum):
    """The kind of body that reports; it sets the date by which the report is due."""

    DEPARTMENT = "department"
    GOVERNMENT = "government"
    TOWNSHIP = "township"
    UNIVERSITY = "university"


@dataclass(frozen=True, slots=True)
class Context:
    """What is known beside the report itself. Everything is optional: a rule that misses something stays silent."""

    previous: Report | None = None
    """The same agency's report of the year before."""
    next: Report | None = None
    """The same agency's report of the year after."""
    others: Sequence[Report] = ()
    """Reports of other agencies: for repeated text, and as names that should not stand in this report."""
    covered: Sequence[Report] = ()
    """The reports that this report adds up, where it is a government's summary of its departments and townships."""
    places: Sequence[str] = ()
    """Names of places and agencies that belong to the reporting agency's own area, and so are never foreign."""
    published: date | None = None
    """The day of publication as the publisher's own records have it."""
    agency_kind: AgencyKind | None = None


NOTHING = Context()

_QUOTED = re.compile(r"《[^》\n]{0,80}》|<[^>\n]{2,60}>|[〔\[（]\d{4}[〕\]）]")

_CELLS_OF_A_TABLE = 3
"""A paragraph that holds so many cells holds a table."""
_WHOLE = 1 << 30


@dataclass(frozen=True, slots=True)
class Prose:
    """All paragraphs of a report that are not parts of tables, in one text that knows where each stood."""

    text: str
    starts: tuple[int, ...]
    paragraphs: tuple[Paragraph, ...]

    def where(self, start: int, end: int) -> Where:
        """The place of a span of `text`; the span must lie in one paragraph (it is cut at its end)."""
        i = max(bisect_right(self.starts, start) - 1, 0)
        if not self.paragraphs:
            return Where(0)
        paragraph, base = self.paragraphs[i], self.starts[i]
        return Where(paragraph.index, start=start - base, end=min(end - base, len(paragraph.text)), page=paragraph.page)

    def paragraph(self, position: int) -> Paragraph:
        """The paragraph in which a position of `text` lies."""
        return self.paragraphs[max(bisect_right(self.starts, position) - 1, 0)]

    def of(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """All matches of a pattern in the whole prose."""
        return pattern.finditer(self.text)


@dataclass(frozen=True)
class Case:
    """A report under audit with all that the rules share; derived once, used by many rules."""

    report: Report
    context: Context = field(default=NOTHING)

    @cached_property
    def form(self) -> Form | None:
        """The form that the report uses, None where it is not known."""
        return form(self.report.form) if self.report.form in FORM_IDS else None

    @cached_property
    def values(self) -> Mapping[str, Decimal | None]:
        """The figure of every cell that holds one."""
        return {id: c.value for id, c in self.report.cells.items() if isinstance(c.value, Decimal)}

    @cached_property
    def prose(self) -> Prose:
        """The prose of the report; where a table runs on inside a paragraph, its words are blanked out."""
        tables = self.report.table_blocks
        inside = _table_spans(self.report)
        paragraphs = tuple(
            _blanked(b, inside[b.index]) if b.index in inside else b
            for b in self.report.blocks
            if isinstance(b, Paragraph) and b.index not in tables
        )
        starts, at = [], 0
        for p in paragraphs:
            starts.append(at)
            at += len(p.text) + 1
        return Prose("\n".join(p.text for p in paragraphs), tuple(starts), paragraphs)

    @cached_property
    def unquoted(self) -> str:
        """The text of the prose with titles in 《》 and document numbers blanked out, every character in its place."""
        return _QUOTED.sub(lambda m: "　" * len(m[0]), self.prose.text)

    @cached_property
    def chapters(self) -> Mapping[str, Chapter]:
        """The report's chapters by the id of the form's chapter; the first where one is there twice."""
        found: dict[str, Chapter] = {}
        for chapter in self.report.chapters:
            if chapter.id is not None:
                found.setdefault(chapter.id, chapter)
        return found

    @cached_property
    def facts_by_cell(self) -> Mapping[str, Sequence[int]]:
        """Indexes of the facts that count the same thing as a cell."""
        found: dict[str, list[int]] = {}
        for i, fact in enumerate(self.report.facts):
            if fact.cell is not None:
                found.setdefault(fact.cell, []).append(i)
        return found

    def label(self, cell: str) -> str:
        """The official words for a cell, the id where the form has no such cell."""
        if self.form is None or cell not in self.form.cells:
            return cell
        return self.form.cells[cell].label

    def wheres(self, cells: Sequence[str]) -> tuple[Where, ...]:
        """Where the cells stand, as far as it is known."""
        found = (self.report.cells.get(c) for c in cells)
        return tuple(c.where for c in found if c is not None and c.where is not None)

    def blank(self, cell: str) -> bool:
        """Whether the report has the cell and nothing stands in it."""
        found = self.report.cells.get(cell)
        return found is not None and found.value is None and found.state is CellState.BLANK

    def part_of(self, fact: Fact) -> Fact | None:
        """The total that a fact is stated to be a part of."""
        return None if fact.parent is None else self.report.facts[fact.parent]


class Rule:
    """A kind of fault: what it is called, what it stands on, how it is found and what people are told.

    A rule that is not sure stays silent. `check` yields nothing on a clean report.
    """

    id: ClassVar[str]
    severity: ClassVar[Severity]
    basis: ClassVar[str]
    title: ClassVar[str]
    title_en: ClassVar[str]
    message: ClassVar[str]
    """Template of the Chinese message: what is wrong, with figures, and what to do."""
    message_en: ClassVar[str]
    about: ClassVar[str]
    """What the rule checks and when it stays silent, in Chinese, for its page."""
    about_en: ClassVar[str]
    wrong: ClassVar[str]
    """An example that it finds."""
    right: ClassVar[str]
    """The same, put right."""
    todo: ClassVar[str]
    """What to do, in Chinese."""

    @property
    def doc(self) -> str:
        """Path of the rule's page in the repository."""
        return f"docs/findings/{self.id}.md"

    def check(self, case: Case) -> Iterator[Finding]:
        """The faults of this kind in the report, in reading order."""
        raise NotImplementedError

    def found(
        self,
        *,
        where: Sequence[Where] = (),
        cells: Sequence[str] = (),
        facts: Sequence[int] = (),
        severity: Severity | None = None,
        words: Mapping[str, object] | None = None,
        **more: object,
    ) -> Finding:
        """A finding of this rule; the words fill the message templates (a word `x_en` stands for `x` in English)."""
        words = {**(words or {}), **more}
        english = words | {k[:-3]: v for k, v in words.items() if k.endswith("_en")}
        return Finding(
            rule=self.id,
            severity=severity or self.severity,
            message=self.message.format_map(words),
            message_en=self.message_en.format_map(english),
            basis=self.basis,
            where=tuple(where),
            cells=tuple(cells),
            facts=tuple(facts),
        )


def _table_spans(report: Report) -> Mapping[int, tuple[int, int]]:
    """For each paragraph that holds several cells of a table, the span from the first to the last of them."""
    spans: dict[int, list[tuple[int, int]]] = {}
    places = [*(c.where for c in report.cells.values()), *(u.where for u in report.unread)]
    for place in places:
        if place is not None and place.row is None and place.block not in report.table_blocks:
            end = place.end if place.end is not None else _WHOLE
            spans.setdefault(place.block, []).append((place.start or 0, end))
    return {b: (min(s)[0], max(e for _, e in s)) for b, s in spans.items() if len(s) >= _CELLS_OF_A_TABLE}


def _blanked(paragraph: Paragraph, span: tuple[int, int]) -> Paragraph:
    start, end = span[0], min(span[1], len(paragraph.text))
    return replace(paragraph, text=paragraph.text[:start] + " " * (end - start) + paragraph.text[end:])


def figure(value: Decimal) -> str:
    """A figure as people write it: 12, 0.5, without trailing zeros or an exponent."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
