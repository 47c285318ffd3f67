"""A document in the making: blocks are added in reading order and repaired when it is finished."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice

from gongkai.annual.errors import NoText
from gongkai.annual.extract import chapter_rows, limits
from gongkai.annual.model import Block, Document, Grid, GridCell, Paragraph
from gongkai.text import Repair, repair_line, repair_text


class Draft:
    """Collects blocks in reading order; `document` hands them out once, repaired and numbered from 0."""

    def __init__(self) -> None:
        self._blocks: list[Block] = []
        self._repaired: set[int] = set()
        """Indexes of blocks whose text was repaired before it was split into lines."""
        self._cells = 0
        self._length = 0
        self._repairs: dict[str, Repair] = {}

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks so far, not all of them repaired."""
        return tuple(self._blocks)

    def __len__(self) -> int:
        return len(self._blocks)

    def paragraph(self, text: str, *, heading: int | None = None, page: int | None = None) -> None:
        """Adds a paragraph, each line as its own; blank ones are passed over."""
        self._count(len(text))
        if heading is not None:
            text = _SHEET.sub("", text)
        for line in text.split("\n") if "\n" in text else (text,):
            line = line.strip()
            if line:
                self._blocks.append(Paragraph(self._next(), line, page, heading))

    def lines(self, text: str) -> None:
        """Adds each line of a plain text, which is repaired as a whole first."""
        if not text or text.isspace():
            return
        self._count(len(text))
        result = repair_text(text)
        self.note(result.repairs)
        for line in result.text.split("\n"):
            line = line.strip()
            if line:
                level, line = markdown_heading(line)
                self._repaired.add(len(self._blocks))
                self._blocks.append(Paragraph(self._next(), line, None, level))

    def grid(self, cells: Iterable[GridCell], *, page: int | None = None) -> None:
        """Adds a table; one without any text is passed over."""
        kept = tuple(islice(cells, limits.MAX_CELLS + 1))
        self._count(sum(len(cell.text) for cell in kept))
        self._cells += len(kept)
        limits.at_most(self._cells, limits.MAX_CELLS, "表格单元格数", "table cells")
        if not any(cell.text for cell in kept):
            return
        for piece in chapter_rows.pieces(kept) or (kept,):
            if isinstance(piece, str):
                self._blocks.append(Paragraph(self._next(), piece, page))
            else:
                self._blocks.append(Grid(self._next(), tuple(piece), page))

    def extend(self, other: Draft) -> None:
        """Adds the blocks of another draft, and what was repaired in them."""
        self._cells += other._cells
        limits.at_most(self._cells, limits.MAX_CELLS, "表格单元格数", "table cells")
        self._count(other._length)
        offset = len(self._blocks)
        for block in other._blocks:
            self._blocks.append(replace(block, index=self._next()))
        self._repaired.update(index + offset for index in other._repaired)
        self.note(other._repairs.values())

    def note(self, repairs: Iterable[Repair]) -> None:
        """Counts repairs made elsewhere, e.g. while the bytes were decoded."""
        for repair in repairs:
            known = self._repairs.get(repair.id)
            self._repairs[repair.id] = repair if known is None else _sum(known, repair)

    def document(self, format: str, *, encoding: str | None = None, title: str | None = None) -> Document:
        """The finished document; raises `NoText` where nothing was added."""
        blocks = self._blocks if self._is_clean() else list(self._mended())
        if not blocks:
            raise NoText
        clean = title.strip() if title else None
        return Document(tuple(blocks), format, encoding, tuple(self._repairs.values()), clean or None)

    def _count(self, length: int) -> None:
        self._length += length
        limits.at_most(self._length, limits.MAX_TEXT, "字数", "characters")

    def _next(self) -> int:
        limits.at_most(len(self._blocks), limits.MAX_BLOCKS, "段落数", "paragraphs")
        return len(self._blocks)

    def _is_clean(self) -> bool:
        """Whether nothing is to be repaired. One look at all texts together is far cheaper than one at each."""
        texts: list[str] = []
        for i, block in enumerate(self._blocks):
            if isinstance(block, Grid):
                texts.extend(cell.text for cell in block.cells if not cell.text.isalnum() or not cell.text.isascii())
            elif i not in self._repaired:
                texts.append(block.text)
        joined = "\n".join(texts)
        return not joined or not repair_line(joined).repairs

    def _mended(self) -> Iterator[Block]:
        """The blocks with every paragraph and cell repaired on its own; those left blank fall away."""
        done: dict[str, str] = {}
        index = 0
        for i, block in enumerate(self._blocks):
            mended: Block
            if isinstance(block, Grid):
                mended = replace(block, index=index, cells=tuple(self._mended_cell(cell, done) for cell in block.cells))
            else:
                text = block.text if i in self._repaired else self._mend(block.text, done)
                if not text:
                    continue
                mended = replace(block, index=index, text=text)
            index += 1
            yield mended

    def _mended_cell(self, cell: GridCell, done: dict[str, str]) -> GridCell:
        text = self._mend(cell.text, done)
        return cell if text == cell.text else replace(cell, text=text)

    def _mend(self, text: str, done: dict[str, str]) -> str:
        known = done.get(text)
        if known is None:
            result = repair_line(text)
            self.note(result.repairs)
            known = " ".join(result.text.split("\n")).strip()
            if not result.repairs:
                done[text] = known
        return known


_SHEET = re.compile(r"^\s*Sheet \d{1,3}:\s*(?=\S)")
"""What LibreOffice writes before a sheet's name in a web page."""
_ATTRIBUTES = re.compile(r"\s*\{[#.][^{}]{0,200}\}$")
_EMPHASIS = re.compile(r"^(\*\*|__)(?=\S)(.{1,80}?)(?<=\S)\1")


def markdown_heading(line: str) -> tuple[int | None, str]:
    """The level and the text of a Markdown heading; None and the line where it is none.

    First words in bold lose their marks. Asterisks elsewhere stay: offices write 张** for names that they withhold.
    """
    if not line.startswith("#"):
        return None, _EMPHASIS.sub(r"\2", line) if line[:2] in ("**", "__") else line
    text = line.lstrip("#")
    level = len(line) - len(text)
    if level > 6 or text[:1] not in (" ", "\t", "\u3000"):
        return None, line
    return level, _EMPHASIS.sub(r"\2", _ATTRIBUTES.sub("", text).strip(" #\t\u3000"))


def _sum(a: Repair, b: Repair) -> Repair:
    return Repair(a.id, a.count + b.count, (a.samples + b.samples)[:5], a.repaired and b.repaired)
