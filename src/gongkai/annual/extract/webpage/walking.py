"""From the tree of a web page to blocks in reading order."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from gongkai.annual.extract import plain
from gongkai.annual.extract.blanks import tidy_cell, tidy_line
from gongkai.annual.extract.draft import Draft
from gongkai.annual.extract.webpage import grids
from gongkai.annual.extract.webpage.parsing import attribute, parse
from gongkai.annual.model import GridCell

_ESCAPED = re.compile(r"<(?:table|tbody|tr|td|p|div|span|br)\b[^<>]{0,500}>", re.I)
_HEADINGS = {f"h{n}": n for n in range(1, 7)}
_BOLD = frozenset(("b", "strong"))
_CENTERED = re.compile(r"text-align\s*:\s*center", re.I)
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)|font-size\s*:\s*(?:1[89]|2\d|3\d)(?:\.\d+)?pt", re.I)
_MAX_TITLE = 80
_MAX_FRAGMENTS = 3


class Walker:
    """Walks a tree once and writes its paragraphs and tables into a draft."""

    def __init__(
        self, tree: LexborHTMLParser, draft: Draft, *, dropped: frozenset[int] = frozenset(), depth: int = 0
    ) -> None:
        self._draft = draft
        self._dropped = dropped
        self._depth = depth
        self._holders = grids.nesting_tables(tree)
        self._styled = tree.css_first("[style],[align],center") is not None
        self._parts: list[str] = []
        self._heading: int | None = None
        self._centered = self._bold = 0
        self._plain_length = 0

    def walk(self, root: LexborNode) -> None:
        """Writes everything below `root`."""
        stack: list[LexborNode | None] = [root.child]
        opened: list[tuple[bool, int, int, int | None]] = []
        while stack:
            node = stack[-1]
            if node is None:
                stack.pop()
                if opened:
                    self._leave(*opened.pop())
                continue
            stack[-1] = node.next
            tag = node.tag or ""
            if tag == "-text":
                self._text(node.text_content or "")
            elif tag in grids.SILENT or (self._dropped and node.mem_id in self._dropped):
                continue
            elif not self._whole(node, tag):
                opened.append(self._enter(node, tag))
                stack.append(node.child)
        self._flush()

    def _text(self, text: str) -> None:
        self._parts.append(text)
        if not self._bold:
            self._plain_length += len(text.strip())

    def _whole(self, node: LexborNode, tag: str) -> bool:
        """Handles an element that is not walked into; False for any other."""
        if tag == "br":
            self._flush()
        elif tag == "table":
            rows = grids.rows_of(node)
            if grids.is_layout(rows, node.mem_id in self._holders):
                return False
            self._flush()
            self._table(node, rows)
        elif tag in ("pre", "xmp"):
            self._flush()
            plain.write_text(node.text(deep=True), self._draft)
        elif tag == "input":
            self._parts.append(grids.field_value(node))
        else:
            return False
        return True

    def _enter(self, node: LexborNode, tag: str) -> tuple[bool, int, int, int | None]:
        breaks = tag in grids.BREAKS
        if breaks:
            self._flush()
        centered, bold = int(tag == "center"), int(tag in _BOLD)
        before = self._heading
        if tag in _HEADINGS:
            self._heading = _HEADINGS[tag]
        if self._styled and tag not in ("a", "font", "img"):
            style = attribute(node, "style")
            if style:
                bold |= bool(_BOLD_STYLE.search(style))
                centered |= breaks and bool(_CENTERED.search(style))
            if breaks and not centered:
                centered = int(attribute(node, "align").lower() == "center")
        self._centered += centered
        self._bold += bold
        return breaks, centered, bold, before

    def _leave(self, breaks: bool, centered: int, bold: int, before: int | None) -> None:
        if breaks:
            self._flush()
        self._centered -= centered
        self._bold -= bold
        self._heading = before

    def _flush(self) -> None:
        if not self._parts:
            return
        text = tidy_line("".join(self._parts))
        self._parts.clear()
        unbolded, self._plain_length = self._plain_length, 0
        if not text:
            return
        if "<" in text and self._depth < _MAX_FRAGMENTS and _ESCAPED.search(text):
            write_fragment(text, self._draft, depth=self._depth + 1)
            return
        heading = self._heading
        if heading is None and self._centered and not unbolded and len(text) <= _MAX_TITLE:
            heading = 1
        self._draft.paragraph(text, heading=heading)

    def _table(self, table: LexborNode, rows: list[list[LexborNode]]) -> None:
        caption = table.child
        while caption is not None and caption.tag != "caption":
            caption = caption.next
        if caption is not None:
            self._draft.paragraph(tidy_line(grids.cell_text(caption, [])))
        nested: list[LexborNode] = []
        intricate = grids.intricate_cells(table)

        def text(cell: LexborNode) -> str:
            return grids.cell_text(cell, nested) if cell.mem_id in intricate else cell.text(deep=True)

        placed = grids.place(table, rows)
        self._draft.grid([GridCell(tidy_cell(text(node)), *place) for node, *place in placed])
        for inner in nested:
            inner_rows = grids.rows_of(inner)
            if grids.is_layout(inner_rows, inner.mem_id in self._holders):
                self._nested_layout(inner)
            else:
                self._table(inner, inner_rows)

    def _nested_layout(self, table: LexborNode) -> None:
        inner: list[LexborNode] = []
        text = grids.cell_text(table, inner)
        for line in text.split("\n"):
            self._draft.paragraph(tidy_line(line))
        for node in inner:
            self._table(node, grids.rows_of(node))


def write_fragment(markup: str, draft: Draft, *, depth: int = 0) -> None:
    """Writes the blocks of a piece of HTML that stood in a string."""
    tree = parse(markup)
    if tree.body is not None:
        Walker(tree, draft, depth=depth).walk(tree.body)
