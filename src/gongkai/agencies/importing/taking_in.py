"""Takes the tables of a file in, whole or not at all; the dry run does the same and takes everything back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from gongkai.agencies.importing.columns import AGENCIES, GROUPS, PEOPLE, STAFF, Column, Table
from gongkai.agencies.importing.reading import Row, Sheet, Unreadable, read
from gongkai.agencies.models import Agency, Person
from gongkai.agencies.rights import NotAllowed
from gongkai.trail.chain import record

ADDED, CHANGED, SAME = "added", "changed", "same"
MAX_ROWS = 1_500
"""Rows of a file; a register of more bodies is imported in several files."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in a place of a file, and what to do about it."""

    sheet: str
    row: int
    """As spreadsheet programs count; 0 where the file as a whole is meant."""
    column: str
    what: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Change:
    """What a row does: adds something, changes something, or finds everything as it says."""

    sheet: str
    row: int
    verb: str
    subject: str
    details: tuple[str, ...] = ()


@dataclass(slots=True)
class Outcome:
    """What a file does or would do."""

    problems: list[Problem] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    done: bool = False
    """Whether it has been done; False after a dry run and where there was a problem."""

    @property
    def ok(self) -> bool:
        """Whether the file can be taken in as it is."""
        return not self.problems

    @property
    def effective(self) -> list[Change]:
        """The changes that change something."""
        return [change for change in self.changes if change.verb != SAME]

    def count(self, verb: str) -> int:
        """How many rows do this."""
        return sum(1 for change in self.changes if change.verb == verb)


class _TakeBack(Exception):
    """Ends a dry run, or a run that met a problem."""


@dataclass(slots=True)
class Run:
    """One pass over a file: who acts, what has been met so far."""

    by: Person | None
    """None: the platform itself, at the command line."""
    outcome: Outcome = field(default_factory=Outcome)
    code_rows: dict[str, int] = field(default_factory=dict)
    """In which row of the file an agency stands, by its code."""

    def problem(self, sheet: Sheet, row: int, column: Column | None, what: str, remedy: object = "") -> None:
        """Notes what is wrong."""
        told = str(remedy or (column.how if column else ""))
        where = str(column.label) if column else ""
        self.outcome.problems.append(Problem(sheet.name, row, where, what.rstrip("。"), told))

    def change(self, sheet: Sheet, row: int, subject: str, *, new: bool, details: tuple[str, ...] = ()) -> None:
        """Notes what a row does."""
        verb = ADDED if new else CHANGED if details else SAME
        self.outcome.changes.append(Change(sheet.name, row, verb, subject, details))

    @contextmanager
    def attempt(self, sheet: Sheet, row: int) -> Iterator[None]:
        """Takes back what a row did when it fails, notes why, and goes on."""
        try:
            with transaction.atomic():
                yield
        except NotAllowed as error:
            self.problem(sheet, row, None, str(error), _("从文件中删去这一行，或者请有权限的人导入。"))
        except ValidationError as error:
            for id, messages in _by_field(error).items():
                column = next((c for c in sheet.table.columns if c.id == _COLUMN_OF.get(id, id)), None)
                for message in messages:
                    self.problem(sheet, row, column, message, "" if column else _("核对这一行后再导入。"))


_COLUMN_OF = {"on": "abolished", "agency": "code", "deputy": "username", "first_name": "person"}
"""Fields of actions that have another name as a column."""

Parsed = list[tuple[Row, dict[str, Any]]]
"""The rows of a sheet whose every cell could be read, with the values of the columns that the file has."""


def check(data: bytes, name: str, *, by: Person | None) -> Outcome:
    """A dry run: everything that is wrong in a file, by row, and what it would change. Nothing is kept.

    It does what `take_in` does and takes it back, so it finds what that would find.
    """
    return _run(data, name, by, keep=False)


def take_in(data: bytes, name: str, *, by: Person | None) -> Outcome:
    """Takes a file in; where anything is wrong with any row, nothing of it is kept and `done` is False."""
    return _run(data, name, by, keep=True)


def _run(data: bytes, name: str, by: Person | None, *, keep: bool) -> Outcome:
    run = Run(by)
    try:
        sheets = read(data, name)
    except Unreadable as error:
        run.outcome.problems.append(Problem(name, 0, "", str(error), ""))
        return run.outcome
    if not _within_limits(sheets, run):
        return run.outcome
    try:
        with transaction.atomic():
            _take(sheets, run)
            if not keep or not run.outcome.ok:
                raise _TakeBack
            counts = {verb: run.outcome.count(verb) for verb in (ADDED, CHANGED)}
            if run.outcome.effective:
                record("agencies.import", by=by, data={"file": name[:200], **counts})
            run.outcome.done = True
    except _TakeBack:
        pass
    run.outcome.problems.sort(key=lambda p: (p.sheet, p.row))
    return run.outcome


def _within_limits(sheets: list[Sheet], run: Run) -> bool:
    total = sum(len(sheet.rows) for sheet in sheets)
    if total > MAX_ROWS:
        what = _("文件有 %(n)s 行，超过一次导入的上限 %(limit)s 行") % {"n": total, "limit": MAX_ROWS}
        run.problem(sheets[0], 0, None, what, _("请分成几个文件导入，上级机构在前。"))
    elif not total:
        run.problem(sheets[0], 0, None, _("表头下面没有内容"), _("填写后再导入。"))
    return run.outcome.ok


def _take(sheets: list[Sheet], run: Run) -> None:
    from gongkai.agencies.importing import agencies, people

    takers: dict[str, Callable[[Sheet, Parsed, Run], None]] = {
        AGENCIES.id: agencies.take,
        PEOPLE.id: people.take_posts,
        STAFF.id: people.take_staff,
        GROUPS.id: people.take_groups,
    }
    order = list(takers)
    for sheet in sorted(sheets, key=lambda s: order.index(s.table.id)):
        _note_headings(sheet, run)
        missing = _missing_columns(sheet, run)
        parsed = _parsed(sheet, run)
        if not missing:
            takers[sheet.table.id](sheet, parsed, run)


def _note_headings(sheet: Sheet, run: Run) -> None:
    for label in sheet.twice:
        what = _("列“%(label)s”出现了两次") % {"label": label}
        run.problem(sheet, sheet.header_row, None, what, _("只保留其中一列。"))
    if sheet.unknown:
        words = _("工作表“%(sheet)s”中这些列不会导入：%(columns)s")
        run.outcome.notices.append(words % {"sheet": sheet.name, "columns": "、".join(sheet.unknown[:20])})


def _missing_columns(sheet: Sheet, run: Run) -> bool:
    """Whether a column without which no row can be found is missing."""
    keys = {"agencies": {"code"}, "people": {"username", "code", "role"}}.get(sheet.table.id)
    there = {column.id for column in sheet.columns}
    missing = [c for c in sheet.table.columns if c.id not in there and (c.id in keys if keys else c.required)]
    for column in missing:
        run.problem(sheet, sheet.header_row, column, _("缺少这一列"), _("按模板的表头补上这一列。"))
    return bool(missing)


def _parsed(sheet: Sheet, run: Run) -> Parsed:
    found: Parsed = []
    for row in sheet.rows:
        values: dict[str, Any] = {}
        whole = True
        for column in sheet.columns:
            raw = row.cells[column.id]
            if column.required and not raw:
                run.problem(sheet, row.number, column, _("没有填写"))
                whole = False
                continue
            try:
                values[column.id] = column.parse(raw)
            except ValueError as error:
                run.problem(sheet, row.number, column, str(error))
                whole = False
        if whole:
            found.append((row, values))
    return found


def duplicates(sheet: Sheet, parsed: Parsed, run: Run, *keys: str) -> Parsed:
    """Leaves out, as a problem, every row that says again what an earlier one said."""
    seen: dict[tuple[object, ...], int] = {}
    left: Parsed = []
    for row, values in parsed:
        key = tuple(values.get(k) for k in keys)
        if key in seen:
            what = _("与第 %(row)s 行重复") % {"row": seen[key]}
            run.problem(sheet, row.number, _column(sheet.table, keys[0]), what, _("删去其中一行。"))
        else:
            seen[key] = row.number
            left.append((row, values))
    return left


def agency_of(sheet: Sheet, row: Row, code: str, run: Run) -> Agency | None:
    """The agency with a code, by then perhaps added from the same file; None, and a problem, where there is none."""
    agency = Agency.objects.select_related("parent", "successor").filter(code=code).first()
    if agency is None:
        what = _("没有代码为 %(code)s 的机构") % {"code": code}
        run.problem(sheet, row.number, _column(sheet.table, "code"), what)
        return None
    name = row.cells.get("agency", "")
    if name and name not in {agency.name, agency.short_name, *(n.name for n in agency.former_names.all())}:
        what = _("代码 %(code)s 的机构是%(name)s，与填写的不一致") % {"code": code, "name": agency.name}
        run.problem(sheet, row.number, _column(sheet.table, "agency"), what, _("核对代码和名称。"))
        return None
    return agency


def _column(table: Table, id: str) -> Column:
    return table.column(id)


def _by_field(error: ValidationError) -> dict[str, list[str]]:
    return error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
