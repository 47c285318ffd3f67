"""A document in the making: blocks are added in reading order and repaired on the way."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from gongkai.annual.errors import NoText
from gongkai.annual.extract import limits
from gongkai.annual.model import Block, Document, Grid, GridCell, Paragraph
from gongkai.text import Repair
from gongkai.text.repairs import repair_line, repair_text


class Draft:
    """Collects blocks in reading order; `document` hands them out once, numbered from 0."""

    def __init__(self) -> None:
        self._blocks: list[Block] = []
        self._cells = 0
        self._repairs: dict[str, Repair] = {}
        self._seen: dict[str, str] = {}

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks so far."""
        return tuple(self._blocks)

    def __len__(self) -> int:
        return len(self._blocks)

    def paragraph(self, text: str, *, heading: int | None = None, page: int | None = None) -> None:
        """Adds a paragraph; blank ones are passed over."""
        text = self._repaired(text).strip()
        for line in text.split("\n") if "\n" in text else (text,):
            line = line.strip()
            if line:
                self._blocks.append(Paragraph(self._next(), line, page, heading))

    def lines(self, text: str, *, page: int | None = None) -> None:
        """Adds each line of a text that was repaired as a whole."""
        if not text or text.isspace():
            return
        result = repair_text(text)
        self.note(result.repairs)
        for line in result.text.split("\n"):
            line = line.strip()
            if line:
                level, line = markdown_heading(line)
                self._blocks.append(Paragraph(self._next(), line, page, level))

    def grid(self, cells: Iterable[GridCell], *, page: int | None = None) -> None:
        """Adds a table; one without any text is passed over."""
        kept = tuple(self._cell(cell) for cell in cells)
        self._cells += len(kept)
        limits.at_most(self._cells, limits.MAX_CELLS, "表格单元格数", "table cells")
        if any(cell.text for cell in kept):
            self._blocks.append(Grid(self._next(), kept, page))

    def extend(self, other: Draft) -> None:
        """Adds the blocks of another draft, which were repaired already, and what was repaired in them."""
        for block in other._blocks:
            if isinstance(block, Grid):
                self._cells += len(block.cells)
            self._blocks.append(replace(block, index=self._next()))
        limits.at_most(self._cells, limits.MAX_CELLS, "表格单元格数", "table cells")
        self.note(other._repairs.values())

    def note(self, repairs: Iterable[Repair]) -> None:
        """Counts repairs made elsewhere, e.g. while the bytes were decoded."""
        for repair in repairs:
            known = self._repairs.get(repair.id)
            self._repairs[repair.id] = repair if known is None else _sum(known, repair)

    def document(self, format: str, *, encoding: str | None = None, title: str | None = None) -> Document:
        """The finished document; raises `NoText` where nothing was added."""
        if not self._blocks:
            raise NoText
        clean = title.strip() if title else None
        return Document(tuple(self._blocks), format, encoding, tuple(self._repairs.values()), clean or None)

    def _next(self) -> int:
        limits.at_most(len(self._blocks), limits.MAX_BLOCKS, "段落数", "paragraphs")
        return len(self._blocks)

    def _cell(self, cell: GridCell) -> GridCell:
        text = self._repaired(cell.text)
        if text is cell.text:
            return cell
        return GridCell(text.strip(), cell.row, cell.col, cell.rowspan, cell.colspan)

    def _repaired(self, text: str) -> str:
        if text.isascii() and text.isalnum():
            return text
        known = self._seen.get(text)
        if known is not None:
            return known
        result = repair_line(text)
        if result.repairs:
            self.note(result.repairs)
        else:
            self._seen[text] = result.text
        return result.text


def markdown_heading(line: str) -> tuple[int | None, str]:
    """The level and the text of a Markdown heading; None and the line itself where it is none."""
    if not line.startswith("#"):
        return None, line
    text = line.lstrip("#")
    level = len(line) - len(text)
    return (level, text.strip(" #\t\u3000")) if level <= 6 and text[:1] in (" ", "\t", "\u3000") else (None, line)


def _sum(a: Repair, b: Repair) -> Repair:
    return Repair(a.id, a.count + b.count, (a.samples + b.samples)[:5], a.repaired and b.repaired)
