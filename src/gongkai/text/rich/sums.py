"""Computes the sums in tables: a cell with SUM(ABOVE) or SUM(LEFT) always shows the sum of the cells beside it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from gongkai.text.rich import cleaning, gate, office, writer
from gongkai.text.rich.model import Cell, Paragraph, Run, Table
from gongkai.text.rich.reading import words

_NUMBER = re.compile(r"[+\-]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,18})(?:\.[0-9]{1,8})?\Z|[+\-]?\.[0-9]{1,8}\Z")
_IN_BRACKETS = re.compile(r"\(([0-9][0-9,.]*)\)\Z")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}\Z")
_EMPTY = frozenset(("", "-", "--", "---", "/", "\\", "*", "…", "……", "无", "——", "—"))
_MINUS = str.maketrans({"−": "-", "–": "-", "﹣": "-", "‐": "-"})


@dataclass(frozen=True, slots=True)
class SumProblem:
    """A sum that could not be computed: where (from 1), which text is no number, and what to do."""

    table: int
    row: int
    column: int
    text: str
    message: str
    message_en: str


@dataclass(frozen=True, slots=True)
class Computed:
    """The text with its sums and those that could not be computed (their cells stay empty)."""

    html: str
    problems: tuple[SumProblem, ...] = ()


def compute(html: str) -> Computed:
    """Computes every sum again. Blanks and dashes count as nothing; a cell with other words makes a problem.

    A sum in a row that says 小计 begins after the sum before it; any other adds all cells above, and no sum twice.
    """
    blocks = cleaning.blocks_of(html)
    problems: list[SumProblem] = []
    tables = [block for block in office.walk(blocks) if isinstance(block, Table)]
    for number, table in enumerate(tables, 1):
        _Sheet(number, table, problems).compute()
    if not any(cell.formula for table in tables for row in table.rows for cell in row):
        return Computed(html)
    return Computed(gate.safe(writer.write(blocks)), tuple(problems))


def number(text: str) -> Decimal | None:
    """The number that a cell shows; None if it shows something else. Blanks and dashes are 0."""
    bare = "".join(unicodedata.normalize("NFKC", text).translate(_MINUS).split()).replace("，", ",")
    if bare in _EMPTY or not bare.strip("-—–"):
        return Decimal(0)
    bracketed = _IN_BRACKETS.match(bare)
    if bracketed:
        bare = "-" + bracketed[1]
    return Decimal(bare.replace(",", "")) if len(bare) < 40 and _NUMBER.match(bare) else None


class _Sheet:
    """A table laid out on its grid, spans resolved."""

    def __init__(self, number: int, table: Table, problems: list[SumProblem]) -> None:
        self._number = number
        self._table = table
        self._problems = problems
        self._grid: dict[tuple[int, int], Cell] = {}
        self._origin: dict[int, tuple[int, int]] = {}
        self._done: dict[int, Decimal | None] = {}
        self._lay_out()

    def _lay_out(self) -> None:
        for y, row in enumerate(self._table.rows):
            x = 0
            for cell in row:
                while (y, x) in self._grid:
                    x += 1
                self._origin[id(cell)] = (y, x)
                for down in range(min(cell.rowspan, len(self._table.rows) - y)):
                    for right in range(cell.colspan):
                        self._grid[y + down, x + right] = cell
                x += cell.colspan

    def compute(self) -> None:
        """Fills every cell that has a formula."""
        for row in self._table.rows:
            for cell in row:
                if cell.formula:
                    self._value(cell, frozenset())

    def _value(self, cell: Cell, asking: frozenset[int]) -> Decimal | None:
        """The number of a cell, computing it first if it has a formula; None if there is none."""
        if not cell.formula:
            return number(_text(cell))
        if id(cell) not in self._done:
            if id(cell) in asking:
                return None
            self._done[id(cell)] = self._sum(cell, asking | {id(cell)})
        return self._done[id(cell)]

    def _sum(self, cell: Cell, asking: frozenset[int]) -> Decimal | None:
        total, places, grouped = Decimal(0), 0, False
        for other in self._summed(cell):
            value = self._value(other, asking)
            if value is None:
                self._problem(cell, _text(other))
                _write(cell, "")
                return None
            total += value
            places = max(places, -int(value.as_tuple().exponent))
            grouped = grouped or "," in unicodedata.normalize("NFKC", _text(other))
        _write(cell, f"{total:{',' if grouped else ''}.{places}f}")
        return total

    def _summed(self, cell: Cell) -> list[Cell]:
        """The cells that a formula adds: up to the head, or left to the columns that name the row."""
        y, x = self._origin[id(cell)]
        above = cell.formula == "SUM(ABOVE)"
        in_part = above and "小计" in _text(self._grid[y, 0])
        places = [(at, x) for at in range(y - 1, -1, -1)] if above else [(y, at) for at in range(x - 1, -1, -1)]
        found: list[Cell] = []
        for at in places:
            other = self._grid.get(at)
            if other is None or any(other is before for before in found):
                continue
            if other.head or at[0] < self._table.heads or (above and self._names_columns(at)):
                break
            if not above and self._names_rows(at[1]):
                break
            if other.formula == cell.formula:
                if in_part:
                    break
                continue  # a sum of the same direction: its cells are added themselves
            found.append(other)
        return found

    def _names_columns(self, at: tuple[int, int]) -> bool:
        """Whether the place is in a first row of names: words, or a year, in a table without a head."""
        if at[0] or self._table.heads:
            return False
        text = _text(self._grid[at])
        return number(text) is None or bool(_YEAR.match(text))

    def _names_rows(self, x: int) -> bool:
        """Whether a column holds words only, below the head."""
        rows = range(self._table.heads, len(self._table.rows))
        texts = [_text(cell) for y in rows if (cell := self._grid.get((y, x))) and not (cell.head or cell.formula)]
        filled = [text for text in texts if number(text) != 0]
        return bool(filled) and all(number(text) is None for text in filled)

    def _problem(self, cell: Cell, text: str) -> None:
        y, x = self._origin[id(cell)]
        shown = text[:20] or "（空）"
        self._problems.append(
            SumProblem(
                self._number,
                y + 1,
                x + 1,
                text,
                f"第 {self._number} 个表格第 {y + 1} 行第 {x + 1} 列无法求和：“{shown}”不是数字。"
                "请改正该单元格或去掉公式。",
                f"Table {self._number}, row {y + 1}, column {x + 1} cannot be summed: “{shown}” is not a number. "
                "Correct that cell or remove the formula.",
            )
        )


def _text(cell: Cell) -> str:
    """The words of a cell."""
    return " ".join(words(block.runs) for block in office.walk(cell.blocks) if isinstance(block, Paragraph)).strip()


def _write(cell: Cell, text: str) -> None:
    cell.blocks = [Paragraph([Run(text)])] if text else []
