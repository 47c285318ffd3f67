"""Tells whether a grid whose merged cells fell apart, as in copied text, may be read by counting cells off."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.annual.forms.model import ColumnSpec
from gongkai.annual.model import GridCell
from gongkai.annual.tables.columns import Columns
from gongkai.annual.tables.headings import Evidence, matrix_evidence
from gongkai.annual.tables.keys import key_of
from gongkai.annual.tables.lattice import Kind, Row, kind_of
from gongkai.annual.tables.leaves import Leaf
from gongkai.text.labels import plain

_OVER_ALL = frozenset(("申请人情况", "法人或其他组织"))
"""What is printed above the columns of the table of applications."""
_RELATION = "勾稽关系"


def counted_columns(header: Sequence[Row], body: Sequence[Row], columns: Sequence[ColumnSpec]) -> Columns | None:
    """The form's columns in order, where the header names exactly these and the grid has lost its row spans.

    None where any other column is named, where the drawing is whole, or where the order is not the form's.
    """
    ends = {row.cells[-1].col + row.cells[-1].colspan for row in (*header, *body) if row.cells}
    if not header or len(ends) < 2 or any(c.rowspan > 1 for row in body for c in row.cells):
        return None
    texts = [c.text for row in header for c in row.own() if kind_of(c.text) is not Kind.EMPTY]
    names = [key_of(t).text for t in texts if _RELATION not in t]
    known = {key_of(c.label).text for c in columns}
    if not known <= set(names) or any(n not in known and n not in _OVER_ALL for n in names):
        return None
    if (
        len(names) != len(set(names))
        or matrix_evidence("".join(plain(t) for t in texts), columns) is not Evidence.NAMED
    ):
        return None
    count = len(columns)
    return Columns(tuple(Leaf(i, i + 1) for i in range(count)), tuple(range(count)), 1.0, labelled=False)


def count_off(row: Row, label: GridCell | None, count: int) -> list[GridCell] | str:
    """The cells after the label where there is one for each column, be it blank; else why the row is unread."""
    if label is None:
        return "no_value_cells"
    after = [c for c in row.cells if c.col > label.col]
    if len(after) != count:
        return "too_few_values" if len(after) < count else "too_many_values"
    if any(c.colspan > 1 for c in after):
        return "merged_values"
    return "columns_doubtful" if any(kind_of(c.text) is Kind.TEXT for c in after) else after


def spills(rows: Sequence[tuple[Row, int]], leaves: Sequence[Leaf]) -> tuple[bool, bool]:
    """Whether values of some row, given with the grid column after its label, stand left or right of all columns.

    Then its neighbours may be shifted too, and one that ends or begins with a blank looks whole all the same.
    """
    left = right = False
    for row, label_end in rows:
        for cell in row.cells:
            if cell.col >= label_end and kind_of(cell.text) in (Kind.FIGURE, Kind.NOTHING):
                left = left or cell.col + cell.colspan <= leaves[0].start
                right = right or cell.col >= leaves[-1].end
    return left, right
