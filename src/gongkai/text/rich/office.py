"""Makes real lists and headings of what Word and WPS only paint."""

from __future__ import annotations

import re

from gongkai.text.rich.model import Block, Cell, Figure, Listing, Paragraph, Quote, Run, Table
from gongkai.text.rich.notes import Notes

_BULLETS = frozenset("·•●○◦▪▫■□◆◇§Øü➢➤⮚\uf0b7\uf0a7\uf0d8\uf0fc\uf06c\uf075\uf0b2\uf06e\uf0e8-–—o")
_TYPED_BULLET = re.compile(r"([•●▪\uf0b7\uf06c\uf0a7·])[ \u3000]+")
_WORD_BULLET = re.compile(r"([·•●○◦▪■◆§Øü\uf0b7\uf06c\uf0a7\uf0d8\uf0fc\-])[ \u3000]+")
_NUMBER = re.compile(r"([0-9]{1,3})[.．、)）][ \u3000]*")
_WHOLE_NUMBER = re.compile(r"([0-9]{1,3})[.．)）]\Z")
MAX_LEVEL = 6


def with_lists(blocks: list[Block], notes: Notes) -> list[Block]:
    """The blocks with runs of list paragraphs made into lists, everywhere inside."""
    result: list[Block] = []
    pending: list[tuple[int, bool, int, Paragraph]] = []
    for block in blocks:
        item = _item(block) if isinstance(block, Paragraph) else None
        if item:
            pending.append(item)
            continue
        _flush(pending, result, notes)
        _inside(block, notes)
        result.append(block)
    _flush(pending, result, notes)
    return result


def shifted(blocks: list[Block]) -> list[Block]:
    """Headings on the levels 2 to 4: all one down if there is one of level 1, since the page has its own title."""
    found = [block for block in walk(blocks) if isinstance(block, Paragraph) and block.level]
    down = 1 if any(block.level == 1 for block in found) else 0
    for block in found:
        block.level = min(block.level + down, 4)
    return blocks


def walk(blocks: list[Block]) -> list[Block]:
    """All blocks in the order of reading, those inside others included."""
    result: list[Block] = []
    for block in blocks:
        result.append(block)
        for inner in inner_lists(block):
            result += walk(inner)
    return result


def inner_lists(block: Block) -> list[list[Block]]:
    """The lists of blocks that a block holds."""
    if isinstance(block, Listing):
        return block.items
    if isinstance(block, Table):
        return [cell.blocks for row in block.rows for cell in row]
    return [block.blocks] if isinstance(block, Quote | Figure) else []


def _inside(block: Block, notes: Notes) -> None:
    if isinstance(block, Listing):
        block.items = [with_lists(item, notes) for item in block.items]
    elif isinstance(block, Table):
        for cell in (cell for row in block.rows for cell in row):
            _cell(cell, notes)
    elif isinstance(block, Quote | Figure):
        block.blocks = with_lists(block.blocks, notes)


def _cell(cell: Cell, notes: Notes) -> None:
    cell.blocks = with_lists(cell.blocks, notes)


def _item(paragraph: Paragraph) -> tuple[int, bool, int, Paragraph] | None:
    """Depth, ordered, number and the paragraph without its marker; None for what is no item of a list.

    Numbers such as 一、 or （一） stay words: other documents refer to them.
    """
    marker, paragraph.marker = paragraph.marker, None
    if paragraph.level:
        if marker:
            _prepend(paragraph, marker)
        return None
    if marker:
        number = _WHOLE_NUMBER.match(marker)
        if number:
            return paragraph.depth, True, int(number[1]), paragraph
        if marker in _BULLETS:
            return paragraph.depth, False, 1, paragraph
        _prepend(paragraph, marker)
        return None
    first = paragraph.runs[0] if paragraph.runs else Run("")
    if first.picture:
        return None
    bullet = (_WORD_BULLET if marker == "" else _TYPED_BULLET).match(first.text)
    number = _NUMBER.match(first.text) if marker == "" else None
    found = bullet or number
    if not found or not paragraph.text[found.end() :].strip():
        return None
    rest = Run(first.text[found.end() :], first.marks, first.href)
    paragraph.runs = [rest, *paragraph.runs[1:]] if rest.text else paragraph.runs[1:]
    return paragraph.depth, bool(number), int(number[1]) if number else 1, paragraph


def _prepend(paragraph: Paragraph, marker: str) -> None:
    paragraph.runs.insert(0, Run(marker if marker[-1] in "、）)．" else f"{marker} "))


def _flush(pending: list[tuple[int, bool, int, Paragraph]], result: list[Block], notes: Notes) -> None:
    """Builds the lists of a stretch of items, nested by their depth."""
    stack: list[tuple[int, Listing]] = []
    for depth, ordered, number, paragraph in pending:
        depth = min(depth, MAX_LEVEL)
        while stack and stack[-1][0] > depth:
            stack.pop()
        if stack and stack[-1][0] == depth and stack[-1][1].ordered != ordered:
            stack.pop()
        if not stack or stack[-1][0] < depth:
            listing = Listing(ordered, [], number if ordered else 1)
            (stack[-1][1].items[-1] if stack else result).append(listing)
            stack.append((depth, listing))
            notes.add("lists")
        stack[-1][1].items.append([paragraph])
    pending.clear()
