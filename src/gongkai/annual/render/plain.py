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
    """The table's rows; a merged cell stands in its first column and, down a group, in each of its rows."""
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
