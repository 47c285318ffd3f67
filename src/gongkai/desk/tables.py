"""A report's official tables for the staff side: each cell with what was read, the raw text and the corrections."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from gongkai.annual.forms import FORM_IDS, form
from gongkai.annual.forms.model import CellSpec
from gongkai.annual.model import Report
from gongkai.annual.render.grid import LaidCell, Role, lay_table
from gongkai.reporting.correcting import written
from gongkai.reporting.models import AnnualReport, Correction, FindingRecord, Grade
from gongkai.reporting.queries import as_read, corrections_of, findings

_RANK = {"error": 0, "warning": 1, "info": 2}


@dataclass(frozen=True, slots=True)
class CellView:
    """One cell that an office fills in, as staff see it."""

    id: str
    label: str
    row: str
    column: str
    table: str
    unit: str
    present: bool
    """Whether the report has the cell at all."""
    raw: str
    read: str | None
    """What was read; None for an empty cell."""
    value: str | None
    """What holds: the newest correction, else what was read."""
    unread: str
    """The text that could not be read, if any."""
    corrections: tuple[Correction, ...]
    findings: tuple[FindingRecord, ...]

    @property
    def severity(self) -> str:
        """The gravest finding on the cell: error, warning, info, or nothing."""
        return min((f.severity for f in self.findings), key=lambda s: _RANK.get(s, 9), default="")

    @property
    def severity_label(self) -> str:
        """The word for it."""
        return str(Grade(self.severity).label) if self.severity else ""

    @property
    def last(self) -> Correction | None:
        """The correction that holds."""
        return self.corrections[-1] if self.corrections else None

    @property
    def undoable(self) -> bool:
        """Whether what was read can be put back in one step."""
        return self.corrected and self.present and self.value != self.read

    @property
    def to_check(self) -> bool:
        """Whether a person should look at it: unread, corrected, or part of a finding."""
        return bool(self.unread or self.corrections or self.findings)

    @property
    def corrected(self) -> bool:
        """Whether a person put another value in place of what was read."""
        return bool(self.corrections)


@dataclass(frozen=True, slots=True)
class Square:
    """A square of a table as it is drawn: the printed cell and, where the office fills it in, what is known of it."""

    laid: LaidCell
    view: CellView | None

    @property
    def heading(self) -> bool:
        """Whether it is a heading for the cells below or beside it."""
        return self.laid.role.value in {"head", "section", "group", "label", "note"}

    @property
    def scope(self) -> str:
        """What a heading heads: the column, the row, or nothing certain."""
        return {Role.HEAD: "col", Role.LABEL: "row"}.get(self.laid.role, "")


@dataclass(frozen=True, slots=True)
class TableView:
    """An official table: rows of squares, and its cells in the order of the form."""

    id: str
    title: str
    rows: tuple[tuple[Square, ...], ...]
    head_rows: int
    cells: tuple[CellView, ...]

    @property
    def head(self) -> tuple[tuple[Square, ...], ...]:
        """The rows that stay in sight."""
        return self.rows[: self.head_rows]

    @property
    def body(self) -> tuple[tuple[Square, ...], ...]:
        """The rows below."""
        return self.rows[self.head_rows :]

    @property
    def to_check(self) -> tuple[CellView, ...]:
        """The cells that a person should look at."""
        return tuple(c for c in self.cells if c.to_check)

    @property
    def unread(self) -> int:
        """How many cells could not be read."""
        return sum(1 for c in self.cells if c.unread)


def tables_of(report: AnnualReport, views: Mapping[str, CellView]) -> tuple[TableView, ...]:
    """The tables of a report's form; none where the form is not known. `views` are its `cell_views`."""
    if report.form not in FORM_IDS:
        return ()
    read = as_read(report)
    return tuple(
        _table(laid.id, laid.title, laid.cells, laid.head_rows, views)
        for laid in (lay_table(table, read.cells) for table in form(report.form).tables)
    )


def cell_views(report: AnnualReport) -> dict[str, CellView]:
    """Every cell of the report's form by id."""
    if report.form not in FORM_IDS:
        return {}
    read = as_read(report)
    corrections = corrections_of(report)
    marks: dict[str, list[FindingRecord]] = defaultdict(list)
    for finding in findings(report):
        for cell in finding.cells:
            marks[cell].append(finding)
    unread = {u.cell: u.raw for u in read.unread if u.cell}
    return {
        id: _view(spec, read, corrections.get(id, ()), marks.get(id, ()), unread.get(id, ""))
        for id, spec in form(report.form).cells.items()
    }


def _view(
    spec: CellSpec, read: Report, corrections: Iterable[Correction], marks: Iterable[FindingRecord], unread: str
) -> CellView:
    cell = read.cells.get(spec.id)
    was = written(cell.value) if cell else None
    history = tuple(corrections)
    return CellView(
        id=spec.id,
        label=spec.label,
        row=spec.row.label,
        column=spec.column.label,
        table=spec.table.title,
        unit=spec.unit or "",
        present=cell is not None,
        raw=cell.raw if cell else "",
        read=was,
        value=history[-1].new_value if history else was,
        unread=unread,
        corrections=history,
        findings=tuple(marks),
    )


def _table(id: str, title: str, cells: Iterable[LaidCell], head_rows: int, views: Mapping[str, CellView]) -> TableView:
    rows: dict[int, list[Square]] = defaultdict(list)
    shown: list[CellView] = []
    for laid in sorted(cells, key=lambda c: (c.row, c.col)):
        view = views.get(laid.cell) if laid.cell else None
        rows[laid.row].append(Square(laid, view))
        if view is not None:
            shown.append(view)
    return TableView(id, title, tuple(tuple(rows[r]) for r in sorted(rows)), head_rows, tuple(shown))
