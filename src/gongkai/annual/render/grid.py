"""Official tables as grids: which cell stands where, what it spans, and what is printed in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from math import lcm

from gongkai.annual.forms import ColumnSpec, RowSpec, TableBlock, TableSpec
from gongkai.annual.model import Cell, CellState


class Role(StrEnum):
    """What a cell of a printed table is for."""

    HEAD = "head"
    """A column heading."""
    NOTE = "note"
    """The printed note in the upper left corner."""
    SECTION = "section"
    """A heading over the whole width, e.g. 第二十条第（一）项."""
    GROUP = "group"
    """A label merged over the rows that it holds, e.g. （三）不予公开."""
    LABEL = "label"
    """A row's label."""
    PLAIN = "plain"
    """A unit or a number of the row."""
    VALUE = "value"
    """What the office fills in."""


@dataclass(frozen=True, slots=True)
class LaidCell:
    """A cell of a printed table."""

    text: str
    row: int
    col: int
    rowspan: int = 1
    colspan: int = 1
    role: Role = Role.VALUE
    cell: str | None = None
    """Id of the form's cell whose value stands here."""
    indent: int = 0
    """Levels below the outermost label of the column."""


@dataclass(frozen=True, slots=True)
class LaidTable:
    """A printed table. `widths` are relative, `head_rows` is how many rows repeat on each page."""

    id: str
    title: str
    cells: tuple[LaidCell, ...]
    widths: tuple[float, ...]
    head_rows: int
    height: int


def lay_table(table: TableSpec, cells: Mapping[str, Cell]) -> LaidTable:
    """The table as officially laid out, with the report's values; a cell that is not in the report stays empty.

    Rows and columns that only some places print appear where the report has values for them.
    """
    extra = frozenset(
        part
        for block in table.blocks
        for part in (*_used_rows(table, block, cells), *_used_columns(table, block, cells))
    )
    skeleton = _skeleton(_Key(table), extra)
    filled = tuple(
        LaidCell(printed(cells.get(c.cell)), c.row, c.col, c.rowspan, c.colspan, c.role, c.cell) if c.cell else c
        for c in skeleton.cells
    )
    return replace(skeleton, cells=filled)


def printed(cell: Cell | None) -> str:
    """What stands in a cell: the office's own writing where there is one, else the figure; nothing for a blank."""
    if cell is None:
        return ""
    own = legible(" ".join(cell.raw.split()))
    if own and cell.state is not CellState.CORRECTED:
        return own
    return figure(cell.value) if isinstance(cell.value, Decimal) else legible(cell.value or "")


_ILLEGIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def legible(text: str) -> str:
    """The text without characters that no file format can hold: controls and halves of surrogate pairs."""
    return _ILLEGIBLE.sub("", text)


def figure(value: Decimal) -> str:
    """A figure in digits, without an exponent and without trailing zeros."""
    if value == value.to_integral_value() and value.adjusted() < 40:
        return str(int(value))
    return format(value.normalize(), "f") if abs(value.adjusted()) < 40 else str(value)


@dataclass(frozen=True, slots=True)
class _Key:
    """A table as a cache key: a form's tables are made once, so identity will do."""

    table: TableSpec

    def __hash__(self) -> int:
        return id(self.table)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and other.table is self.table


def _used_rows(table: TableSpec, block: TableBlock, cells: Mapping[str, Cell]) -> Iterator[str]:
    local = [r for r in block.rows if r.local]
    used = {r.id for r in local if any(_id(table, block, r, c) in cells for c in block.columns)}
    for row in local:
        if row.id in used or any(child.parent == row.id and child.id in used for child in local):
            yield row.id
            if row.parent and any(r.id == row.parent for r in local):
                yield row.parent


def _used_columns(table: TableSpec, block: TableBlock, cells: Mapping[str, Cell]) -> Iterator[str]:
    for column in block.columns:
        if column.optional and any(_id(table, block, r, column) in cells for r in block.rows):
            yield column.id


def _id(table: TableSpec, block: TableBlock, row: RowSpec, column: ColumnSpec) -> str:
    id = table.cell_id.format(row=row.id, column=column.id)
    if "{column}" not in table.cell_id and column is not block.columns[0]:
        id = f"{id}.{column.id}"
    return id


@lru_cache(maxsize=256)
def _skeleton(key: _Key, extra: frozenset[str]) -> LaidTable:
    table = key.table
    blocks = tuple(
        replace(
            b,
            rows=tuple(r for r in b.rows if not r.local or r.id in extra),
            columns=tuple(c for c in b.columns if not c.optional or c.id in extra),
        )
        for b in table.blocks
    )
    table = replace(table, blocks=blocks)
    if table.layout == "blocks":
        return _blocks(table)
    if table.layout == "list":
        return (
            _catalogue(table) if any(r.code and r.parent for r in blocks[0].rows) and _is_text(table) else _list(table)
        )
    return _matrix(table)


def _is_text(table: TableSpec) -> bool:
    return all(c.type == "text" for c in table.blocks[0].columns)


def _blocks(table: TableSpec) -> LaidTable:
    width = lcm(*(len(b.columns) for b in table.blocks))
    cells: list[LaidCell] = []
    row = 0
    for block in table.blocks:
        if block.heading:
            cells.append(LaidCell(block.heading, row, 0, colspan=width + 1, role=Role.SECTION))
            row += 1
        span = width // len(block.columns)
        cells.append(LaidCell(block.row_header or "信息内容", row, 0, role=Role.HEAD))
        cells += [
            LaidCell(c.label, row, 1 + i * span, colspan=span, role=Role.HEAD) for i, c in enumerate(block.columns)
        ]
        row += 1
        for spec in block.rows:
            cells.append(LaidCell(spec.label, row, 0, role=Role.LABEL))
            for i, c in enumerate(block.columns):
                cells.append(LaidCell("", row, 1 + i * span, colspan=span, cell=_id(table, block, spec, c)))
            row += 1
    return LaidTable(table.id, table.title, tuple(cells), (3.0, *[6.6 / width] * width), 0, row)


def _matrix(table: TableSpec) -> LaidTable:
    (block,) = table.blocks
    bare = table.layout == "single_row"
    depth = 0 if bare else max(_depth(block.rows).values()) + 1
    head = 1 + max(len(c.header_path) for c in block.columns)
    cells = [] if bare else [LaidCell(table.printed_note or "", 0, 0, head, depth, Role.NOTE)]
    cells += _headings(block.columns, head, depth)
    row = head
    for spec, labels in _labelled(block.rows, depth):
        cells += [replace(c, row=row) for c in labels if depth]
        if spec.kind == "group":
            continue
        for i, c in enumerate(block.columns):
            cells.append(LaidCell("", row, depth + i, cell=_id(table, block, spec, c)))
        row += 1
    widths = (0.9, 1.7, 5.2)[:depth] + (1.4,) * len(block.columns)
    return LaidTable(table.id, table.title, tuple(cells), widths, head, row)


def _headings(columns: tuple[ColumnSpec, ...], height: int, left: int) -> list[LaidCell]:
    cells = []
    for level in range(height - 1):
        i = 0
        while i < len(columns):
            path = columns[i].header_path[: level + 1]
            if len(path) <= level:
                i += 1
                continue
            end = i
            while end < len(columns) and columns[end].header_path[: level + 1] == path:
                end += 1
            cells.append(LaidCell(path[level], level, left + i, colspan=end - i, role=Role.HEAD))
            i = end
    for i, column in enumerate(columns):
        top = len(column.header_path)
        cells.append(LaidCell(column.label, top, left + i, rowspan=height - top, role=Role.HEAD))
    return sorted(cells, key=lambda c: (c.row, c.col))


def _depth(rows: tuple[RowSpec, ...]) -> dict[str, int]:
    """How many groups stand to the left of each row."""
    depth: dict[str, int] = {}
    groups = {r.id for r in rows if r.kind == "group"}
    for row in rows:
        depth[row.id] = depth[row.parent] + (row.parent in groups) if row.parent else 0
    return depth


def _labelled(rows: tuple[RowSpec, ...], width: int) -> Iterator[tuple[RowSpec, list[LaidCell]]]:
    """Each row with the labels that begin on its line; a group's label comes before that of its first row."""
    depth = _depth(rows)
    for i, row in enumerate(rows):
        left = depth[row.id]
        if row.kind == "group":
            span = sum(r.kind != "group" for r in _descendants(rows, i))
            yield row, [LaidCell(row.label, 0, left, span, 1, Role.GROUP)] if span else []
        else:
            yield row, [LaidCell(row.label, 0, left, 1, width - left, Role.LABEL)]


def _descendants(rows: tuple[RowSpec, ...], i: int) -> Iterator[RowSpec]:
    for row in rows[i + 1 :]:
        if row.level <= rows[i].level:
            return
        yield row


def _list(table: TableSpec) -> LaidTable:
    (block,) = table.blocks
    names = ("统计指标" if len(block.columns) == 1 else "指标名称", "单位")
    cells = [LaidCell(n, 0, i, role=Role.HEAD) for i, n in enumerate(names)]
    cells += [LaidCell(c.label, 0, 2 + i, role=Role.HEAD) for i, c in enumerate(block.columns)]
    labels = list(_renumbered(block.rows))
    for row, (spec, label) in enumerate(zip(block.rows, labels, strict=True), 1):
        group = spec.kind == "group"
        role = Role.GROUP if group else Role.LABEL
        text = label + (spec.printed_note or "")
        cells.append(LaidCell(text, row, 0, role=role, indent=spec.level - 1))
        cells.append(LaidCell("" if group else (spec.unit or table.unit or ""), row, 1, role=Role.PLAIN))
        for i, c in enumerate(block.columns):
            id = None if group else _id(table, block, spec, c)
            cells.append(LaidCell("", row, 2 + i, role=Role.VALUE, cell=id))
    widths = (7.0, 1.1, *[1.9] * len(block.columns))
    return LaidTable(table.id, table.title, tuple(cells), widths, 1, len(block.rows) + 1)


_ORDINAL = re.compile(r"^([一二三四五六七八九十]+)、")
_ORDINALS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三", "十四", "十五")


def _renumbered(rows: tuple[RowSpec, ...]) -> Iterator[str]:
    """The labels; where local rows shift the numbering, the official alias with the number that comes next."""
    count = 0
    for row in rows:
        label = row.label
        if row.level == 1 and _ORDINAL.match(label):
            number = f"{_ORDINALS[count]}、"
            count += 1
            if not label.startswith(number):
                label = next((a for a in row.aliases if a.startswith(number)), label)
        yield label


def _catalogue(table: TableSpec) -> LaidTable:
    (block,) = table.blocks
    heads = ("序号", "类别", "公开事项", *(c.label for c in block.columns))
    cells = [LaidCell(h, 0, i, role=Role.HEAD) for i, h in enumerate(heads)]
    row = 1
    for i, spec in enumerate(block.rows):
        if spec.kind == "group":
            span = sum(1 for _ in _descendants(block.rows, i))
            cells.append(LaidCell(spec.label, row, 1, rowspan=span, role=Role.GROUP))
            continue
        cells.append(LaidCell(spec.code or str(row), row, 0, role=Role.PLAIN))
        cells.append(LaidCell(spec.label, row, 2, role=Role.LABEL))
        for j, c in enumerate(block.columns):
            cells.append(LaidCell("", row, 3 + j, cell=_id(table, block, spec, c)))
        row += 1
    cells.sort(key=lambda c: (c.row, c.col))
    return LaidTable(table.id, table.title, tuple(cells), (0.7, 1.2, 4.2, 4.6, 1.3), 1, row)
