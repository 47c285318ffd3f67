"""Draws a form's tables in the shapes in which offices publish them, from known values, whole and damaged."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from decimal import Decimal

from gongkai.annual.forms.load import form as load_form
from gongkai.annual.forms.model import CellSpec, Form, TableBlock, TableSpec
from gongkai.annual.model import Block, Grid, GridCell, Paragraph

NOTE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
Values = dict[str, Decimal | None]


@dataclass(frozen=True)
class Td:
    """A cell as HTML writes it; kind is label, header, unit, value or other."""

    text: str
    rowspan: int = 1
    colspan: int = 1
    kind: str = "label"


TdRow = list[Td]


def random_values(form: Form, rng: random.Random, *, blanks: float = 0.0, balanced: bool = False) -> Values:
    """A value for each cell, nearly all different, so that a shift by one place is seen."""
    values: Values = {}
    for spec in form.cells.values():
        if spec.type == "text":
            continue
        if rng.random() < blanks:
            values[spec.id] = None
        elif spec.type == "decimal":
            values[spec.id] = Decimal(rng.randrange(1, 10**6)) / 100
        else:
            values[spec.id] = Decimal(rng.randrange(0, 10**5))
    if balanced:
        for row in {s.row.id for s in form.cells.values() if s.table.id == "t3"}:
            ids = [f"t3.{row}.{c.id}" for c in form.table("t3").blocks[0].columns]
            values[ids[-1]] = sum((values[i] or Decimal(0) for i in ids[:-1]), Decimal(0))
    return values


def shown(value: Decimal | None, blank: str = "") -> str:
    """A value as an office prints it."""
    return blank if value is None else f"{value:f}"


def cell_of(form: Form, table: TableSpec, row: str, column: str) -> CellSpec:
    """The cell where a row and a column of a table meet."""
    return next(s for s in form.cells.values() if (s.table.id, s.row.id, s.column.id) == (table.id, row, column))


def to_grid(rows: list[TdRow], index: int) -> Grid:
    """Places cells as a browser does."""
    taken: set[tuple[int, int]] = set()
    cells = []
    for r, row in enumerate(rows):
        col = 0
        for td in row:
            while (r, col) in taken:
                col += 1
            cells.append(GridCell(td.text, r, col, td.rowspan, td.colspan))
            taken.update((r + i, col + j) for i in range(td.rowspan) for j in range(td.colspan))
            col += td.colspan
    return Grid(index, tuple(cells))


def block_rows(form: Form, table: TableSpec, block: TableBlock, values: Values, width: int, blank: str) -> list[TdRow]:
    """One item of article 20: heading, header, rows."""
    rest = width - 1
    spans = [rest // len(block.columns)] * len(block.columns)
    spans[-1] += rest - sum(spans)
    rows = [[Td(block.heading or "", colspan=width, kind="header")]]
    head = [Td(block.row_header or "", kind="header")]
    rows.append(head + [Td(c.label, colspan=s, kind="header") for c, s in zip(block.columns, spans, strict=True)])
    for row in block.rows:
        tds = [Td(row.label)]
        for column, span in zip(block.columns, spans, strict=True):
            spec = cell_of(form, table, row.id, column.id)
            tds.append(Td(shown(values[spec.id], blank), colspan=span, kind="value"))
        rows.append(tds)
    return rows


def t2_rows(form: Form, values: Values, blank: str = "") -> list[list[TdRow]]:
    """The blocks of t2, each as its rows."""
    table = form.table("t2")
    return [block_rows(form, table, b, values, 4, blank) for b in table.blocks]


def t3_rows(form: Form, values: Values, blank: str = "") -> list[TdRow]:
    """t3 with its header of three levels and its vertical group cells."""
    table = form.table("t3")
    block = table.blocks[0]
    rows: list[TdRow] = [
        [Td(NOTE, 3, 3, "header"), Td("申请人情况", 1, 7, "header")],
        [Td("自然人", 2, 1, "header"), Td("法人或其他组织", 1, 5, "header"), Td("总计", 2, 1, "header")],
        [Td(c.label, kind="header") for c in block.columns[1:-1]],
    ]
    children = {r.id: [c for c in block.rows if c.parent == r.id] for r in block.rows}
    pending: list[Td] = []
    for row in block.rows:
        if row.kind == "group":
            height = sum(1 for c in block.rows if _under(block, c, row.id) and c.kind != "group")
            pending.append(Td(row.label, rowspan=height))
            continue
        span = 3 if row.level == 1 else 2 if row.level == 2 else 1
        label = Td(row.label, colspan=span)
        tds = [Td(shown(values[cell_of(form, table, row.id, c.id).id], blank), kind="value") for c in block.columns]
        rows.append([*pending, label, *tds])
        pending = []
    assert children
    return rows


def _under(block: TableBlock, row: object, group: str) -> bool:
    parents = {r.id: r.parent for r in block.rows}
    at = parents[row.id]  # type: ignore[attr-defined]
    while at is not None:
        if at == group:
            return True
        at = parents[at]
    return False


def t4_rows(form: Form, values: Values, blank: str = "") -> list[TdRow]:
    """t4 with its header of three levels."""
    columns = form.table("t4").blocks[0].columns
    first, rest = columns[:5], columns[5:]
    return [
        [Td("行政复议", 1, 5, "header"), Td("行政诉讼", 1, 10, "header")],
        [
            *(Td(c.label, 2, 1, "header") for c in first),
            Td("未经复议直接起诉", 1, 5, "header"),
            Td("复议后起诉", 1, 5, "header"),
        ],
        [Td(c.label, kind="header") for c in rest],
        [Td(shown(values[f"t4.{c.id}"], blank), kind="value") for c in columns],
    ]


def stat_rows(form: Form, values: Values, *, local: bool = True, blank: str = "", codes: bool = False) -> list[TdRow]:
    """The statistics table: label, unit, (code,) value or values."""
    table = form.table("stat")
    block = table.blocks[0]
    names = ["统计指标", "单位", *(["代码"] if codes else []), *(c.label for c in block.columns)]
    rows: list[TdRow] = [[Td(n, kind="header") for n in names]]
    for row in block.rows:
        if row.local and not local:
            continue
        tds = [Td(row.label), Td(row.unit or "——", kind="unit")]
        if codes:
            tds.append(Td(row.code or "", kind="other"))
        for column in block.columns:
            if row.kind == "group":
                tds.append(Td("——", kind="other"))
            else:
                spec = cell_of(form, table, row.id, column.id)
                tds.append(Td(shown(values[spec.id], blank), kind="value"))
        rows.append(tds)
    return rows


def government_tables(form: Form, values: Values, blank: str = "") -> list[list[TdRow]]:
    """t2 in one table, t3, t4."""
    return [
        [row for block in t2_rows(form, values, blank) for row in block],
        t3_rows(form, values, blank),
        t4_rows(form, values, blank),
    ]


def tables_of(form_id: str, values: Values, blank: str = "", *, local: bool = True) -> list[list[TdRow]]:
    """All tables of a form as rows of cells."""
    form = load_form(form_id)
    if form_id in ("gov-2019", "gov-2021"):
        return government_tables(form, values, blank)
    return [stat_rows(form, values, local=local, blank=blank, codes=form_id == "gov-2008")]


def as_grids(tables: list[list[TdRow]]) -> list[Block]:
    """Each table as a grid, with a heading before it."""
    blocks: list[Block] = []
    for i, rows in enumerate(tables):
        blocks.append(Paragraph(len(blocks), f"{'二三四五六七八'[i]}、云州市有关情况"))
        blocks.append(to_grid(rows, len(blocks)))
    return blocks


def as_lines(tables: list[list[TdRow]]) -> list[str]:
    """One cell a line; what is blank leaves no line."""
    return [td.text for rows in tables for row in rows for td in row if td.text.strip()]


def as_aligned(tables: list[list[TdRow]], gap: str = "   ") -> list[str]:
    """One row a line, blanks between the columns."""
    return [gap.join(td.text for td in row if td.text.strip()) for rows in tables for row in rows]


def as_one_paragraph(rows: list[TdRow]) -> str:
    """The whole table run together."""
    return " ".join(td.text for row in rows for td in row if td.text.strip() and td.text != "——")


def paragraphs(lines: list[str]) -> list[Block]:
    """Each line a paragraph."""
    return [Paragraph(i, line) for i, line in enumerate(lines)]


def page_broken(rows: list[TdRow], at: int, *, repeat_header: int = 0) -> list[list[TdRow]]:
    """The table in two pieces; cells that span the break are continued by an empty one."""
    first = [list(r) for r in rows[:at]]
    second = [list(r) for r in rows[at:]]
    for r, row in enumerate(first):
        for i, td in enumerate(row):
            over = r + td.rowspan - at
            if over > 0:
                row[i] = replace(td, rowspan=at - r)
                if second:
                    second[0].insert(_level(td), replace(td, text="", rowspan=over))
    return [first, [list(r) for r in rows[:repeat_header]] + second]


def _level(td: Td) -> int:
    return 0 if td.text.startswith("三、") else 1
