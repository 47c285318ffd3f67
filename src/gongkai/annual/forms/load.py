"""Loads the forms from their data files and refuses one that contradicts itself."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any

from gongkai.annual.forms.model import (
    CellSpec,
    ChapterSpec,
    ColumnSpec,
    Equation,
    Form,
    FormError,
    RowSpec,
    TableBlock,
    TableSpec,
    Term,
)

FORM_IDS = ("gov-2008", "gov-2014", "gov-2019", "gov-2021", "university")

_TYPES = {"integer", "signed_integer", "decimal", "text"}
_OPERATOR = re.compile(r"\s*(==|<=)\s*")


@cache
def form(id: str) -> Form:
    """The form with this id; raises KeyError where there is none."""
    if id not in FORM_IDS:
        raise KeyError(id)
    text = resources.files(__package__).joinpath(f"{id}.json").read_text("utf-8")
    return parse_form(json.loads(text))


def all_forms() -> tuple[Form, ...]:
    """All forms, oldest first, the university's last."""
    return tuple(form(id) for id in FORM_IDS)


def form_for_year(year: int, *, university: bool = False) -> Form | None:
    """The form that applied to a reporting year, None before 2008 (universities: before 2010)."""
    for candidate in all_forms():
        if (candidate.id == "university") != university:
            continue
        if candidate.first_year <= year and (candidate.last_year is None or year <= candidate.last_year):
            return candidate
    return None


def parse_form(data: Mapping[str, Any]) -> Form:
    """A form from the content of its data file; raises FormError naming the place where it contradicts itself."""
    id = data["id"]
    tables = tuple(_table(t) for t in data["tables"])
    cells: dict[str, CellSpec] = {}
    for table in tables:
        for spec in _cells(table):
            if spec.id in cells:
                raise FormError(f"{id}: cell {spec.id} is there twice")
            cells[spec.id] = spec
    form = Form(
        id=id,
        name=data["name"],
        document=data["document"],
        legal_basis=tuple(data["legal_basis"]),
        first_year=data["years"]["from"],
        last_year=data["years"]["to"],
        period=MappingProxyType(data["period"]),
        deadlines=tuple(MappingProxyType(d) for d in data["deadlines"]),
        title_pattern=data["title_pattern"],
        exact_chapter_titles=data["exact_chapter_titles"],
        chapters=tuple(_chapter(c) for c in data["chapters"]),
        tables=tables,
        cells=MappingProxyType(cells),
        equations=tuple(e for c in data["checks"] for e in _equations(c, tables)),
        figures=tuple(MappingProxyType(f) for f in data.get("figures", ())),
    )
    _validate(form)
    return form


def _table(data: Mapping[str, Any]) -> TableSpec:
    blocks = tuple(
        TableBlock(
            id=b["id"],
            columns=tuple(_column(c) for c in b["columns"]),
            rows=tuple(_row(r) for r in b["rows"]),
            heading=b.get("heading"),
            row_header=b.get("row_header"),
        )
        for b in data["blocks"]
    )
    return TableSpec(
        id=data["id"],
        chapter=data["chapter"],
        title=data["title"],
        layout=data["layout"],
        blocks=blocks,
        cell_id=data["cell_id"],
        unit=data.get("unit"),
        printed_note=data.get("printed_note"),
        local_variant=data.get("local_variant", False),
    )


def _column(data: Mapping[str, Any]) -> ColumnSpec:
    return ColumnSpec(
        id=data["id"],
        label=data["label"],
        header_path=tuple(data.get("header_path", ())),
        unit=data.get("unit"),
        type=data.get("type", "integer"),
        aliases=tuple(data.get("aliases", ())),
        optional=data.get("optional", False),
    )


def _row(data: Mapping[str, Any]) -> RowSpec:
    return RowSpec(
        id=data["id"],
        label=data["label"],
        kind=data.get("kind", "data"),
        level=data.get("level", 1),
        parent=data.get("parent"),
        unit=data.get("unit"),
        type=data.get("type"),
        aliases=tuple(data.get("aliases", ())),
        printed_note=data.get("printed_note"),
        code=data.get("code"),
        local=data.get("local", False),
        verify=data.get("verify", False),
    )


def _chapter(data: Mapping[str, Any]) -> ChapterSpec:
    return ChapterSpec(
        id=data["id"],
        no=data["no"],
        title=data["title"],
        kind=data["kind"],
        table=data.get("table"),
        required=data.get("required", True),
        aliases=tuple(data.get("aliases", ())),
        must_cover=tuple(data.get("must_cover", ())),
    )


def _cells(table: TableSpec) -> Iterator[CellSpec]:
    for block in table.blocks:
        for row in block.rows:
            if row.kind == "group":
                continue
            for column in block.columns:
                id = table.cell_id.format(row=row.id, column=column.id)
                if "{column}" not in table.cell_id and column is not block.columns[0]:
                    id = f"{id}.{column.id}"
                type = row.type or column.type
                unit = row.unit or column.unit or table.unit
                yield CellSpec(id, table, block, row, column, unit, type, row.local or column.optional)


def _equations(data: Mapping[str, Any], tables: tuple[TableSpec, ...]) -> Iterator[Equation]:
    each = data.get("for_each")
    if each is None:
        yield _equation(data, "{}")
        return
    (block,) = next(t for t in tables if t.id == data["table"]).blocks
    if each == "column":
        for column in block.columns:
            yield _equation(data, f"{data['table']}.{{}}.{column.id}")
    else:
        for row in block.rows:
            if row.kind != "group":
                yield _equation(data, f"{data['table']}.{row.id}.{{}}")


def _equation(data: Mapping[str, Any], pattern: str) -> Equation:
    left, op, right = _OPERATOR.split(data["expr"])

    def terms(side: str) -> tuple[Term, ...]:
        names = [n.strip() for n in side.split("+")]
        return tuple(Term(pattern.format(n.rstrip("?")), optional=n.endswith("?")) for n in names)

    return Equation(data["id"], data["severity"], data["official"], terms(left), terms(right), op)


def _validate(form: Form) -> None:
    chapters = {c.id for c in form.chapters}
    for table in form.tables:
        if table.chapter not in chapters:
            raise FormError(f"{form.id}: table {table.id} names the chapter {table.chapter}, which is not there")
        for block in table.blocks:
            _validate_block(form, table, block)
    for chapter in form.chapters:
        if chapter.table and chapter.table not in {t.id for t in form.tables}:
            raise FormError(f"{form.id}: chapter {chapter.id} names the table {chapter.table}, which is not there")
    for equation in form.equations:
        for cell in equation.cells:
            if cell not in form.cells and not cell.startswith("fact."):
                raise FormError(f"{form.id}: check {equation.check} names the cell {cell}, which is not there")


def _validate_block(form: Form, table: TableSpec, block: TableBlock) -> None:
    seen: set[str] = set()
    for row in block.rows:
        if row.id in seen:
            raise FormError(f"{form.id}: {table.id} has the row {row.id} twice")
        if row.parent and row.parent not in seen:
            raise FormError(f"{form.id}: {table.id}.{row.id} stands before its parent {row.parent}")
        seen.add(row.id)
    for column in block.columns:
        if column.type not in _TYPES:
            raise FormError(f"{form.id}: {table.id}.{column.id} has the unknown type {column.type}")
