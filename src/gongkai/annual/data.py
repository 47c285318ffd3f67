"""Reports as JSON: the object that the command line, the API and the renderer exchange, and back without loss."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from importlib import resources
from typing import Any

from gongkai.annual.data_fields import Fields, NoNumber, decimal_of, number
from gongkai.annual.errors import DataError
from gongkai.annual.forms import FORM_IDS, form
from gongkai.annual.model import (
    Block,
    Cell,
    CellState,
    Chapter,
    Fact,
    Finding,
    Grid,
    GridCell,
    Paragraph,
    Period,
    Report,
    Severity,
    Source,
    Span,
    Unread,
    Where,
)
from gongkai.text import Repair

__all__ = ["DataError", "from_dict", "from_json_lines", "schema", "to_dict", "to_json_lines"]


def to_dict(report: Report, *, with_blocks: bool = False) -> dict[str, Any]:
    """The report as JSON values. Keys stand in the order of the schema, cells in the order of the form.

    Figures are JSON numbers (integers where integral), a blank cell is null, a text cell a string. The source's
    blocks are left out unless asked for: they repeat the whole document.
    """
    data: dict[str, Any] = {
        "source": _source(report.source),
        "agency": report.agency,
        "title": report.title,
        "year": report.year,
        "period": _period(report.period),
        "form": report.form,
        "chapters": [_chapter(c) for c in report.chapters],
        "cells": {id: _cell(report.cells[id]) for id in _in_form_order(report)},
        "facts": [_fact(f) for f in report.facts],
        "findings": [_finding(f) for f in report.findings],
        "unread": [_unread(u) for u in report.unread],
        "published": report.published.isoformat() if report.published else None,
    }
    if with_blocks:
        data["blocks"] = [_block(b) for b in report.blocks]
        data["table_blocks"] = sorted(report.table_blocks)
    return data


def from_dict(data: Mapping[str, Any]) -> Report:
    """The report that `to_dict` wrote.

    Only `form` and `cells` matter to a renderer, so everything may be left out that the schema does not require;
    a cell may be written as its bare value. Raises DataError naming the first field that is wrong and what to write.
    """
    fields = Fields(data)
    report = Report(
        source=_read_source(fields.child("source")),
        agency=fields.text("agency"),
        title=fields.text("title"),
        year=fields.integer("year"),
        period=_read_period(fields.child("period")),
        form=fields.choice("form", FORM_IDS),
        chapters=tuple(_read_chapter(f) for f in fields.children("chapters")),
        cells={id: _read_cell(id, f) for id, f in fields.entries("cells")},
        unread=tuple(_read_unread(f) for f in fields.children("unread")),
        facts=tuple(_read_fact(f) for f in fields.children("facts")),
        findings=tuple(_read_finding(f) for f in fields.children("findings")),
        blocks=tuple(_read_block(f) for f in fields.children("blocks")),
        published=fields.day("published"),
        table_blocks=frozenset(fields.integers("table_blocks")),
    )
    fields.close()
    return report


def to_json_lines(reports: Iterable[Report], *, with_blocks: bool = False) -> Iterator[str]:
    """One line of JSON a report, each ending in a newline and holding no other line break of any kind."""
    for report in reports:
        data = to_dict(report, with_blocks=with_blocks)
        line = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
        # Some readers take these three for line ends, and lone surrogates cannot be written as UTF-8.
        if any(c in line for c in "\x85\u2028\u2029") or not _writable(line):
            line = json.dumps(data, separators=(",", ":"))
        yield line + "\n"


def from_json_lines(lines: Iterable[str]) -> Iterator[Report]:
    """The reports in JSON Lines; blank lines are skipped. Raises DataError naming the line."""
    for number_of_line, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            data = json.loads(line, parse_float=Decimal)
        except (ValueError, RecursionError) as error:
            where = f"第{number_of_line}行不是有效的 JSON：{error}。请检查是否每行一个完整的对象"
            raise DataError(
                where, detail_en=f"line {number_of_line} is not JSON: {error}; write one object a line"
            ) from (error)
        yield from_dict(data)


def schema() -> dict[str, Any]:
    """The published JSON Schema of the object that `to_dict` returns."""
    text = resources.files("gongkai.annual").joinpath("schema.json").read_text("utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def _writable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _in_form_order(report: Report) -> list[str]:
    if report.form not in FORM_IDS:
        return list(report.cells)
    ordered = form(report.form).cells
    known = [id for id in ordered if id in report.cells]
    return known + [id for id in report.cells if id not in ordered]


def _given(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


# Writing


def _source(source: Source) -> dict[str, Any]:
    return {
        "path": source.path,
        "format": source.format,
        "encoding": source.encoding,
        "repairs": [
            {"id": r.id, "count": r.count, "samples": [list(s) for s in r.samples], "repaired": r.repaired}
            for r in source.repairs
        ],
        "span": {"first": source.span.first, "last": source.span.last},
    }


def _period(period: Period | None) -> dict[str, str] | None:
    return {"start": period.start.isoformat(), "end": period.end.isoformat()} if period else None


def _where(where: Where | None) -> dict[str, int] | None:
    if where is None:
        return None
    return _given(block=where.block, row=where.row, col=where.col, start=where.start, end=where.end, page=where.page)


def _chapter(chapter: Chapter) -> dict[str, Any]:
    return {
        "id": chapter.id,
        "no": chapter.no,
        "title": chapter.title,
        "where": _where(chapter.where),
        "last_block": chapter.last_block,
        "text": chapter.text,
    }


def _cell(cell: Cell) -> dict[str, Any]:
    value = number(cell.value) if isinstance(cell.value, Decimal) else cell.value
    data: dict[str, Any] = {"value": value, "raw": cell.raw, "where": _where(cell.where)}
    if isinstance(cell.value, Decimal) and isinstance(value, str):
        data["exact"] = True
    if cell.state != _usual_state(cell.value):
        data["state"] = str(cell.state)
    data.update(_given(unit=cell.unit, note=cell.note))
    return data


def _usual_state(value: object) -> CellState:
    return CellState.BLANK if value is None else CellState.READ


def _fact(fact: Fact) -> dict[str, Any]:
    data = {
        "kind": fact.kind,
        "value": number(fact.value),
        "unit": fact.unit,
        "raw": fact.raw,
        "sentence": fact.sentence,
        "where": _where(fact.where),
        "approximate": fact.approximate,
    }
    return data | _given(label=fact.label, parent=fact.parent, cell=fact.cell)


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "severity": str(finding.severity),
        "message": finding.message,
        "message_en": finding.message_en,
        "basis": finding.basis,
        "where": [_where(w) for w in finding.where],
        "cells": list(finding.cells),
        "facts": list(finding.facts),
    }


def _unread(unread: Unread) -> dict[str, Any]:
    return {"cell": unread.cell, "raw": unread.raw, "reason": unread.reason, "where": _where(unread.where)}


def _block(block: Block) -> dict[str, Any]:
    if isinstance(block, Paragraph):
        return {"index": block.index, "text": block.text} | _given(page=block.page, heading=block.heading)
    cells = [
        {"text": c.text, "row": c.row, "col": c.col}
        | ({"rowspan": c.rowspan} if c.rowspan != 1 else {})
        | ({"colspan": c.colspan} if c.colspan != 1 else {})
        for c in block.cells
    ]
    return {"index": block.index, "cells": cells} | _given(page=block.page)


# Reading


def _read_source(fields: Fields | None) -> Source:
    if fields is None:
        return Source(None, "json", None, (), Span(0, 0))
    span = fields.child("span")
    source = Source(
        path=fields.text("path"),
        format=fields.text("format") or "json",
        encoding=fields.text("encoding"),
        repairs=tuple(_read_repair(f) for f in fields.children("repairs")),
        span=Span(span.integer("first", 0), span.integer("last", 0)) if span else Span(0, 0),
    )
    if span:
        span.close()
    fields.close()
    return source


def _read_repair(fields: Fields) -> Repair:
    samples = fields.pairs("samples")
    repair = Repair(fields.required_text("id"), fields.integer("count", 0), samples, fields.flag("repaired", True))
    fields.close()
    return repair


def _read_period(fields: Fields | None) -> Period | None:
    if fields is None:
        return None
    period = Period(fields.required_day("start"), fields.required_day("end"))
    fields.close()
    return period


def _read_where(fields: Fields | None) -> Where | None:
    if fields is None:
        return None
    where = Where(
        fields.required_integer("block"),
        fields.integer("row"),
        fields.integer("col"),
        fields.integer("start"),
        fields.integer("end"),
        fields.integer("page"),
    )
    fields.close()
    return where


def _read_chapter(fields: Fields) -> Chapter:
    where = _read_where(fields.child("where")) or Where(0)
    chapter = Chapter(
        id=fields.text("id"),
        no=fields.text("no"),
        title=fields.required_text("title"),
        where=where,
        last_block=fields.integer("last_block", where.block),
        text=fields.text("text") or "",
    )
    fields.close()
    return chapter


def _read_cell(id: str, fields: Fields | Any) -> Cell:
    if not isinstance(fields, Fields):
        return _bare_cell(id, fields)
    value = fields.value("value", exact=fields.flag("exact", False))
    raw = fields.text("raw")
    cell = Cell(
        id=id,
        value=value,
        raw=raw if raw is not None else ("" if value is None else str(value)),
        where=_read_where(fields.child("where")),
        state=CellState(fields.choice("state", tuple(CellState)) or _usual_state(value)),
        unit=fields.text("unit"),
        note=fields.text("note"),
    )
    fields.close()
    return cell


def _bare_cell(id: str, value: Any) -> Cell:
    if value is None:
        return Cell(id, None, "", state=CellState.BLANK)
    if isinstance(value, str):
        return Cell(id, value, value)
    try:
        figure = decimal_of(value)
    except NoNumber:
        where = f'cells["{id}"]'
        raise DataError(
            f"{where} 应是数字、文字、null 或对象", detail_en=f"{where} must be a number, a string, null or an object"
        ) from None
    return Cell(id, figure, str(value))


def _read_unread(fields: Fields) -> Unread:
    unread = Unread(
        cell=fields.text("cell"),
        raw=fields.required_text("raw"),
        reason=fields.required_text("reason"),
        where=_read_where(fields.child("where")),
    )
    fields.close()
    return unread


def _read_fact(fields: Fields) -> Fact:
    fact = Fact(
        kind=fields.required_text("kind"),
        value=fields.required_number("value"),
        unit=fields.text("unit"),
        raw=fields.required_text("raw"),
        sentence=fields.required_text("sentence"),
        where=_read_where(fields.child("where")) or Where(0),
        approximate=fields.flag("approximate", False),
        label=fields.text("label"),
        parent=fields.integer("parent"),
        cell=fields.text("cell"),
    )
    fields.close()
    return fact


def _read_finding(fields: Fields) -> Finding:
    wheres = (_read_where(f) for f in fields.children("where"))
    finding = Finding(
        rule=fields.required_text("rule"),
        severity=Severity(fields.choice("severity", tuple(Severity)) or Severity.WARNING),
        message=fields.required_text("message"),
        message_en=fields.text("message_en") or "",
        basis=fields.text("basis") or "",
        where=tuple(w for w in wheres if w is not None),
        cells=fields.texts("cells"),
        facts=fields.integers("facts"),
    )
    fields.close()
    return finding


def _read_block(fields: Fields) -> Block:
    index, page = fields.required_integer("index"), fields.integer("page")
    block: Block
    if fields.has("cells"):
        block = Grid(index, tuple(_read_grid_cell(f) for f in fields.children("cells")), page)
    else:
        block = Paragraph(index, fields.required_text("text"), page, fields.integer("heading"))
    fields.close()
    return block


def _read_grid_cell(fields: Fields) -> GridCell:
    cell = GridCell(
        fields.required_text("text"),
        fields.required_integer("row"),
        fields.required_integer("col"),
        fields.integer("rowspan", 1),
        fields.integer("colspan", 1),
    )
    fields.close()
    return cell
