"""A report laid out for a page: its prose cut where figures and faults begin and end, its tables in place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from gongkai.annual.forms import TableSpec, form
from gongkai.annual.model import Cell, Finding, Grid, Paragraph, Report, Severity, Unread

_AT_THE_END = 1 << 30
_RANK = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of text with the same marks."""

    text: str
    severity: str | None = None
    """The gravest finding on it."""
    fact: str | None = None
    """The kind of the figure that it is, if any."""
    anchors: tuple[int, ...] = ()
    """Numbers of the findings whose place begins here."""


@dataclass(frozen=True, slots=True)
class Prose:
    """A paragraph, or a chapter's heading."""

    segments: tuple[Segment, ...]
    heading: bool = False
    kind: str = "prose"


@dataclass(frozen=True, slots=True)
class MarkedTable:
    """An official table with its cells and what is doubtful in them."""

    spec: TableSpec
    cells: Mapping[str, Cell]
    severities: Mapping[str, str]
    unread: Mapping[str, Unread] = field(default_factory=dict)
    kind: str = "table"


@dataclass(frozen=True, slots=True)
class SourceGrid:
    """A table of the source that is none of the form's tables, shown as it stands."""

    rows: tuple[tuple[str, ...], ...]
    kind: str = "grid"


Part = Prose | MarkedTable | SourceGrid


@dataclass(frozen=True, slots=True)
class Place:
    """A finding, and the anchor on the page that it leads to (None where it has no place)."""

    number: int
    finding: Finding
    anchor: str | None


def places(report: Report) -> list[Place]:
    """Every finding with the anchor of its place on the page, gravest first."""
    shown = {b.index for b in report.blocks if isinstance(b, Paragraph) and b.index not in report.table_blocks}
    listed = []
    for number, finding in enumerate(report.findings):
        anchor = None
        if finding.cells and finding.cells[0] in _known_cells(report):
            anchor = f"c-{finding.cells[0]}"
        elif finding.where and finding.where[0].block in shown:
            anchor = f"p{number}"
        listed.append(Place(number, finding, anchor))
    return sorted(listed, key=lambda p: _RANK[p.finding.severity])


def parts(report: Report) -> list[Part]:
    """The report in reading order: prose with marks, each official table where it stood."""
    if not report.blocks:
        return [*_chapters_only(report), *(table for _, tables in _tables(report) for table in tables)]
    tables = dict(_tables(report))
    marks = _marks(report)
    headings = {c.where.block for c in report.chapters}
    drawn: list[Part] = []
    for block in report.blocks:
        if block.index in tables:
            drawn.extend(tables.pop(block.index))
        if block.index in report.table_blocks:
            continue
        if isinstance(block, Paragraph):
            drawn.append(Prose(_segments(block.text, marks[block.index]), heading=block.index in headings))
        else:
            drawn.append(_source_grid(block))
    for rest in tables.values():
        drawn.extend(rest)
    return drawn


def _known_cells(report: Report) -> Mapping[str, object]:
    return form(report.form).cells if report.form else {}


def _chapters_only(report: Report) -> Iterator[Part]:
    for chapter in report.chapters:
        number = f"{chapter.no}、" if chapter.no else ""
        yield Prose((Segment(f"{number}{chapter.title}"),), heading=True)
        for line in filter(None, chapter.text.split("\n")):
            yield Prose((Segment(line),))


def _tables(report: Report) -> Iterator[tuple[int, list[MarkedTable]]]:
    """Each table of the form that has a cell in the report, with the block where it begins."""
    if report.form is None:
        return
    spec = form(report.form)
    severities = _severities(report)
    unread = {u.cell: u for u in report.unread if u.cell}
    first: dict[str, int] = {}
    for id, cell in report.cells.items():
        if id in spec.cells:
            name = spec.cells[id].table.id
            block = cell.where.block if cell.where else _AT_THE_END
            first[name] = min(first.get(name, block), block)
    starts: dict[int, list[MarkedTable]] = defaultdict(list)
    for table in spec.tables:
        if table.id in first:
            starts[first[table.id]].append(MarkedTable(table, report.cells, severities, unread))
    yield from starts.items()


def _severities(report: Report) -> dict[str, str]:
    gravest: dict[str, str] = {}
    for finding in sorted(report.findings, key=lambda f: _RANK[f.severity], reverse=True):
        for cell in finding.cells:
            gravest[cell] = finding.severity.value
    return gravest


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    severity: Severity | None = None
    fact: str | None = None
    number: int | None = None


def _marks(report: Report) -> dict[int, list[_Mark]]:
    marks: dict[int, list[_Mark]] = defaultdict(list)
    lengths = {b.index: len(b.text) for b in report.blocks if isinstance(b, Paragraph)}
    for fact in report.facts:
        if fact.where.start is not None and fact.where.end is not None:
            marks[fact.where.block].append(_Mark(fact.where.start, fact.where.end, fact=fact.kind))
    for number, finding in enumerate(report.findings):
        for place, where in enumerate(finding.where):
            end = where.end if where.end is not None else lengths.get(where.block, 0)
            anchor = number if place == 0 else None
            marks[where.block].append(_Mark(where.start or 0, end, finding.severity, number=anchor))
    return marks


def _segments(text: str, marks: list[_Mark]) -> tuple[Segment, ...]:
    cuts = sorted({0, len(text), *(m.start for m in marks), *(m.end for m in marks)})
    cuts = [c for c in cuts if 0 <= c <= len(text)]
    segments = []
    for start, end in pairwise(cuts):
        over = [m for m in marks if m.start < end and m.end > start]
        severities = sorted((m.severity for m in over if m.severity), key=_RANK.__getitem__)
        segments.append(
            Segment(
                text[start:end],
                severity=severities[0].value if severities else None,
                fact=next((m.fact for m in over if m.fact), None),
                anchors=tuple(m.number for m in over if m.number is not None and m.start in (start, -1)),
            )
        )
    return tuple(segments) or (Segment(text),)


def _source_grid(grid: Grid) -> SourceGrid:
    rows: dict[int, list[str]] = defaultdict(list)
    for cell in grid.cells:
        rows[cell.row].append(cell.text)
    return SourceGrid(tuple(tuple(rows[r]) for r in sorted(rows)))
