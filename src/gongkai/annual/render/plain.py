"""A report as plain text, its tables as rows between upright bars."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.annual.model import Report
from gongkai.annual.render.grid import LaidTable, Role
from gongkai.annual.render.layout import lay_out


def to_text(report: Report) -> bytes:
    """UTF-8 text: a line for each paragraph, a row of `| … |` for each line of a table."""
    lines: list[str] = []
    for element in lay_out(report):
        if isinstance(element, LaidTable):
            lines += ["", *table_lines(element), ""]
        else:
            lines.append(element.text)
    return ("\n".join(lines).strip("\n") + "\n").encode()


def table_lines(table: LaidTable) -> Iterator[str]:
    """The table's rows.

    A column heading stands over each of its columns, every other merged cell in the upper left of its place. Tables
    in several blocks have a row for each line of a block, with as many columns as the block has.
    """
    if not table.head_rows:
        yield from _block_lines(table)
        return
    rows = [[""] * len(table.widths) for _ in range(table.height)]
    for cell in table.cells:
        text = cell.text.replace("|", "｜")
        rows[cell.row][cell.col] = text
        if cell.role is Role.HEAD:
            for col in range(cell.col, cell.col + cell.colspan):
                rows[cell.row][col] = text
    for i, row in enumerate(rows):
        yield "| " + " | ".join(row) + " |"
        if i + 1 == table.head_rows:
            yield "|" + " --- |" * len(row)


def _block_lines(table: LaidTable) -> Iterator[str]:
    rows: list[list[str]] = [[] for _ in range(table.height)]
    for cell in table.cells:
        rows[cell.row].append(cell.text.replace("|", "｜"))
    for row in rows:
        yield "| " + " | ".join(row) + " |"
