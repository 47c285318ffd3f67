"""What a report is once it has been read: frozen values that know where in the source they stood."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from gongkai.annual.frozen import quick
from gongkai.text import Repair

Value = Decimal | str | None
"""A cell's value: a figure, a text (only in cells of type `text`), or None where the office wrote nothing."""


@quick
@dataclass(frozen=True, slots=True)
class Where:
    """A place in a document: the block's index, then the grid's cell or the span of characters in the paragraph."""

    block: int
    row: int | None = None
    col: int | None = None
    start: int | None = None
    end: int | None = None
    page: int | None = None


@quick
@dataclass(frozen=True, slots=True)
class Paragraph:
    """A run of text that stands alone in the source: a paragraph, a heading, or a line of a text file."""

    index: int
    text: str
    page: int | None = None
    heading: int | None = None
    """Heading level 1-6 where the source marks one, else None."""


@quick
@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of a grid as the source draws it; `row` and `col` count from 0 at its upper left corner."""

    text: str
    row: int
    col: int
    rowspan: int = 1
    colspan: int = 1


@quick
@dataclass(frozen=True, slots=True)
class Grid:
    """A table of the source, merged cells kept as spans."""

    index: int
    cells: tuple[GridCell, ...]
    page: int | None = None

    @property
    def height(self) -> int:
        """Number of rows."""
        return max((c.row + c.rowspan for c in self.cells), default=0)

    @property
    def width(self) -> int:
        """Number of columns."""
        return max((c.col + c.colspan for c in self.cells), default=0)


Block = Paragraph | Grid


@dataclass(frozen=True, slots=True)
class Document:
    """A file's content in reading order, after the repairs of `gongkai.text`. Block i has `index` i."""

    blocks: tuple[Block, ...]
    format: str
    """One of html, docx, xlsx, pdf, ofd, txt, json."""
    encoding: str | None = None
    """The encoding that the bytes were read with; None for binary formats."""
    repairs: tuple[Repair, ...] = ()
    title: str | None = None
    """The title that the file itself carries (HTML <title>, document properties); often wrong."""


@dataclass(frozen=True, slots=True)
class Span:
    """The blocks of a document that belong to one report: first and last index, both inclusive."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Source:
    """Where a report came from."""

    path: str | None
    format: str
    encoding: str | None
    repairs: tuple[Repair, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Period:
    """The period that a report covers, both days inclusive."""

    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter as it stands in the report; `id` is the form's chapter where it could be matched."""

    id: str | None
    no: str | None
    """The number as printed: 一, 二, 1."""
    title: str
    """The title as printed, without its number."""
    where: Where
    last_block: int
    """Index of the last block that belongs to the chapter."""
    text: str = ""
    """The prose of the chapter: its paragraphs without the heading and without tables, joined by newlines."""


class CellState(StrEnum):
    """How a cell came to its value."""

    READ = "read"
    BLANK = "blank"
    """The cell is in the report and nothing (or a dash, or 无) stands in it: value None, which is not zero."""
    CORRECTED = "corrected"
    """A person corrected what was read."""


@quick
@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of an official table: its stable id, the value, the raw text, and where it was found."""

    id: str
    value: Value
    raw: str
    where: Where | None = None
    state: CellState = CellState.READ
    unit: str | None = None
    """The unit printed in the cell itself, if any."""
    note: str | None = None
    """What stood beside the figure in the cell, e.g. 其中修订16件."""


@dataclass(frozen=True, slots=True)
class Unread:
    """Something that looked like part of a table and could not be read; nothing was filled in for it."""

    cell: str | None
    """The cell's id where it is known, else None."""
    raw: str
    reason: str
    """A short English id of the reason, e.g. not_a_number, row_not_matched, too_few_values."""
    where: Where | None = None


@quick
@dataclass(frozen=True, slots=True)
class Fact:
    """A figure that the office wrote in a sentence."""

    kind: str
    """Stable id such as published.total, applications.received, consultations.phone (see `facts.KINDS`)."""
    value: Decimal
    unit: str | None
    raw: str
    """The words of the figure as written, e.g. 1600余条, 未收到."""
    sentence: str
    where: Where
    """The block and the span of `raw` in it."""
    approximate: bool = False
    label: str | None = None
    """What the figure counts, as written, e.g. 机构领导、设置及人事类信息."""
    parent: int | None = None
    """Index in `Report.facts` of the total that this figure is stated to be a part of."""
    cell: str | None = None
    """The table cell of the report's form that counts the same thing, if there is one."""


class Severity(StrEnum):
    """How grave a finding is."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is wrong in a report."""

    rule: str
    """Id of the rule, e.g. T3-BALANCE; its documentation page is `docs/findings/<rule>.md`."""
    severity: Severity
    message: str
    """In Chinese: what is wrong and what to do."""
    message_en: str
    basis: str
    """The official basis, e.g. 国办公开办函〔2021〕30号."""
    where: tuple[Where, ...] = ()
    cells: tuple[str, ...] = ()
    """Ids of the cells that it is about."""
    facts: tuple[int, ...] = ()
    """Indexes in `Report.facts` that it is about."""


@dataclass(frozen=True, slots=True)
class Report:
    """An annual report as data."""

    source: Source
    agency: str | None
    title: str | None
    year: int | None
    """The reporting year; for a university the year in which the academic year begins."""
    period: Period | None
    form: str | None
    """Id of the form: gov-2008, gov-2014, gov-2019, gov-2021, university."""
    chapters: tuple[Chapter, ...] = ()
    cells: dict[str, Cell] = field(default_factory=dict)
    unread: tuple[Unread, ...] = ()
    facts: tuple[Fact, ...] = ()
    findings: tuple[Finding, ...] = ()
    blocks: tuple[Block, ...] = ()
    """The report's own slice of the document; a block's `index` stays the document's."""
    published: date | None = None
    """The date of publication printed on the page, if any."""
    table_blocks: frozenset[int] = frozenset()
    """Indexes of the blocks that are parts of tables (grids, and the lines of flattened tables)."""

    @property
    def text(self) -> str:
        """All paragraphs of the report, joined by newlines, without tables."""
        return "\n".join(b.text for b in self.blocks if isinstance(b, Paragraph))

    def value(self, cell: str) -> Decimal | None:
        """The figure in a cell, None where the cell is blank, unread, or a text."""
        found = self.cells.get(cell)
        return found.value if found is not None and isinstance(found.value, Decimal) else None

    def with_(self, **changes: object) -> Report:
        """A copy with some fields replaced."""
        return replace(self, **changes)  # type: ignore[arg-type]
