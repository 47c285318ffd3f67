"""Finds totals in tables that are not the sum of their parts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import accumulate, pairwise

from gongkai.text.numbers import parse_number

Rows = Sequence[Sequence[str]]
"""A table: its rows of cells."""

_TOTAL = re.compile(
    r"\s*[(（]?(?:合\s{0,4}计|总\s{0,4}计|共\s{0,4}计)(?:数|额)?(?:[(（][^()（）]{0,10}[)）])?\s*[:：]?\s*"
)
_SUBTOTAL = re.compile(r"\s*小\s{0,4}计\s*[:：]?\s*")
_NO_SUM = re.compile(
    r"率|比|%|％|幅|均|年份|年度|序号|编号|编码|代码|排名|名次|电话|单价|指数|日期|时间|备注|得分|人均|标准|同比|上年|面积单位"
)
_PART_OF = re.compile(r"其中|占|增长|比重|增幅")
_LEVELS = (
    re.compile(r"\s*[一二三四五六七八九十]{1,3}、"),
    re.compile(r"\s*[(（][一二三四五六七八九十]{1,3}[)）]"),
    re.compile(r"\s*[0-9]{1,2}[.、．]"),
)
_MOST_ROWS, _MOST_COLUMNS = 500, 40


@dataclass(slots=True)
class PlacedTable:
    """The cells of a table, and where each stands in the text."""

    cells: list[list[str]] = field(default_factory=list)
    places: list[list[tuple[int, int]]] = field(default_factory=list)
    _reaching: dict[int, tuple[int, tuple[int, int]]] = field(default_factory=dict)
    """By column, over how many more rows a cell from above goes, and its place."""

    def begin_row(self) -> None:
        """The next cells stand in a new row."""
        self.cells.append([])
        self.places.append([])
        self._fill()

    def add(self, text: str, place: tuple[int, int], columns: int = 1, rows: int = 1) -> None:
        """Adds a cell to the row. One over several columns or rows takes as many places, so that the others keep
        theirs; all but the first are blank.
        """
        for number in range(columns):
            if rows > 1:
                self._reaching[len(self.cells[-1])] = (rows - 1, place)
            self.cells[-1].append("" if number else text)
            self.places[-1].append(place)
        self._fill()

    def _fill(self) -> None:
        """Puts blanks where cells from above reach into the row: at its end, so none of its own stands there yet."""
        row, places = self.cells[-1], self.places[-1]
        while (column := len(row)) in self._reaching:
            left, place = self._reaching.pop(column)
            row.append("")
            places.append(place)
            if left > 1:
                self._reaching[column] = (left - 1, place)


def text_tables(text: str) -> Iterator[PlacedTable]:
    """The tables of a plain text: lines that follow one another and part their cells by tabs."""
    table = PlacedTable()
    place = 0
    for line in text.split("\n") if "\t" in text else ():
        start, place = place, place + len(line) + 1
        if "\t" in line:
            ends = list(accumulate((len(cell) + 1 for cell in line.split("\t")), initial=start))
            table.places.append([(begin, end - 1) for begin, end in pairwise(ends)])
            table.cells.append(line.split("\t"))
        elif table.cells:
            yield table
            table = PlacedTable()
    if table.cells:
        yield table


def uneven_sums(rows: Rows) -> Iterator[tuple[int, int, Decimal, Decimal]]:
    """Row, column, figure and true sum of every total that is not the sum of its parts.

    A column or row is only judged where every part is a plain figure and no reading of the table makes the total right:
    the sum of all rows, of the subtotals, or of the rows before or after it.
    """
    cells = [list(row[:_MOST_COLUMNS]) for row in rows[:_MOST_ROWS]]
    if len(cells) < 3 or any("其中" in cell for row in cells for cell in row[:2]):
        return
    figures = [[_figure(cell) for cell in row] for row in cells]
    yield from _down(cells, figures)
    yield from _across(cells, figures)


def _figure(cell: str) -> Decimal | None:
    """The figure of a cell; a blank or a dash counts as 0, anything else as no figure."""
    number = parse_number(cell.strip())
    if number.is_blank:
        return Decimal(0)
    return number.value if number.is_figure and not number.note and number.unit not in ("%", "％") else None


def _down(rows: list[list[str]], figures: list[list[Decimal | None]]) -> Iterator[tuple[int, int, Decimal, Decimal]]:
    head = _head(rows)
    totals = [r for r in range(head, len(rows)) if any(_TOTAL.fullmatch(cell) for cell in rows[r][:2])]
    subtotals = [r for r in range(head, len(rows)) if any(_SUBTOTAL.fullmatch(cell) for cell in rows[r][:2])]
    if len(totals) != 1 or _levels(rows[head:]) > 1:
        return
    (total,) = totals
    parts = [r for r in range(head, len(rows)) if r != total and r not in subtotals]
    if len(parts) < 2:
        return
    width = min(len(row) for row in rows[head:])
    for column in range(1, width):
        if any(_NO_SUM.search(row[column]) for row in rows[:head] if column < len(row)):
            continue
        stated = figures[total][column]
        if (
            stated is None
            or not rows[total][column].strip()
            or any(figures[r][column] is None for r in parts + subtotals)
        ):
            continue
        wholes = [parts, subtotals, [r for r in parts if r < total], [r for r in parts if r > total]]
        sums = [sum((figures[r][column] or Decimal(0) for r in whole), Decimal(0)) for whole in wholes if whole]
        if not any(_same(stated, one, len(parts)) for one in sums) and sums[0]:
            yield total, column, stated, sums[0]


def _across(rows: list[list[str]], figures: list[list[Decimal | None]]) -> Iterator[tuple[int, int, Decimal, Decimal]]:
    """Totals of rows; only where most rows of the table bear the reading out."""
    head = _head(rows)
    body = range(head, len(rows))
    if head == 0 or len(body) < 2:
        return
    names = rows[head - 1]
    for total, name in enumerate(names):
        if not (_TOTAL.fullmatch(name) or _SUBTOTAL.fullmatch(name)):
            continue
        for parts in (range(total + 1, len(names)), range(1, total)):
            if len(parts) < 2 or any(_NO_SUM.search(names[c]) or _PART_OF.search(names[c]) for c in parts):
                continue
            judged = [
                r for r in body if len(figures[r]) > max(total, parts[-1]) and _complete(figures[r], total, parts)
            ]
            sums = {r: sum((figures[r][c] or Decimal(0) for c in parts), Decimal(0)) for r in judged}
            wrong = [r for r in judged if not _same(figures[r][total] or Decimal(0), sums[r], len(parts))]
            if wrong and len(wrong) * 2 < len(judged):
                yield from ((r, total, figures[r][total] or Decimal(0), sums[r]) for r in wrong)
                break


def _complete(row: list[Decimal | None], total: int, parts: range) -> bool:
    return row[total] is not None and all(row[c] is not None for c in parts)


def _head(rows: list[list[str]]) -> int:
    """How many rows at the top hold no figures."""
    for number, row in enumerate(rows):
        if any(parse_number(cell.strip()).is_figure for cell in row[1:]):
            return number
    return len(rows)


def _levels(rows: list[list[str]]) -> int:
    """How many kinds of numbering the labels use; more than one means that rows contain one another."""
    kinds = sum(any(level.match(row[0]) for row in rows if row) for level in _LEVELS)
    codes = {len(row[0].strip()) for row in rows if row and row[0].strip().isdigit() and len(row[0].strip()) >= 3}
    return max(kinds, len(codes))


def _same(stated: Decimal, summed: Decimal, parts: int) -> bool:
    """Whether a total is its sum, what rounding of the parts may have cost left aside."""
    exponent = min(int(stated.as_tuple().exponent), int(summed.as_tuple().exponent), 0)
    slack = Decimal(0) if exponent == 0 else Decimal(parts) / 2 * Decimal(10) ** exponent
    return abs(stated - summed) <= slack
