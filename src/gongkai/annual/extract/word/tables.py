"""Where the cells of a Word table stand, merged cells as spans."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from gongkai.annual.extract import limits
from gongkai.annual.extract.word.parts import W, value

_WRAPPERS = frozenset(W + name for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo"))


@dataclass(slots=True)
class Placed:
    """A cell's element and its place; `rowspan` grows while the rows below continue it."""

    element: etree._Element
    row: int
    col: int
    rowspan: int
    colspan: int


def unwrapped(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    """The children with this tag, also where content controls or accepted insertions wrap them."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPERS:
            yield from unwrapped(child, tag)


def place(table: etree._Element) -> list[Placed]:
    """The cells of a table in reading order."""
    placed: list[Placed] = []
    above: dict[int, Placed] = {}
    row = 0
    for tr in unwrapped(table, W + "tr"):
        properties = tr.find(W + "trPr")
        if properties is not None and properties.find(W + "del") is not None:
            continue
        col = _number(value(properties, "gridBefore"))
        current: dict[int, Placed] = {}
        for tc in unwrapped(tr, W + "tc"):
            col = _put(tc, row, col, above, current, placed)
            limits.at_most(len(placed), limits.MAX_CELLS, "表格单元格数", "table cells")
        if current:
            above = current
            row += 1
    return placed


def _put(
    tc: etree._Element, row: int, col: int, above: dict[int, Placed], current: dict[int, Placed], placed: list[Placed]
) -> int:
    properties = tc.find(W + "tcPr")
    if properties is not None and properties.find(W + "cellDel") is not None:
        return col
    colspan = min(max(1, _number(value(properties, "gridSpan"))), limits.MAX_SPAN)
    if _continues(properties, "hMerge") and col - 1 in current:
        current[col - 1].colspan += colspan
        current[col] = current[col - 1]
        return col + colspan
    upper = above.get(col)
    if _continues(properties, "vMerge") and upper is not None and upper.col == col:
        upper.rowspan = row - upper.row + 1
        cell = upper
    else:
        cell = Placed(tc, row, col, 1, colspan)
        placed.append(cell)
    current[col] = cell
    current[col + colspan - 1] = cell
    return col + colspan


def _continues(properties: etree._Element | None, name: str) -> bool:
    merge = None if properties is None else properties.find(W + name)
    return merge is not None and merge.get(W + "val", "continue") == "continue"


def _number(text: str | None) -> int:
    return int(text[:6]) if text and text.isascii() and text.isdigit() else 0
