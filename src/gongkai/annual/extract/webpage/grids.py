"""The tables of a web page: which hold data and which only lay the page out, and where each cell stands."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser, LexborNode

from gongkai.annual.extract import limits
from gongkai.annual.extract.webpage.parsing import attribute, words

BREAKS = words(
    "address article aside blockquote br caption center dd div dl dt fieldset figure footer form h1 h2 h3 "
    "h4 h5 h6 header hr legend li main nav ol p pre section table tbody td tfoot th thead tr ul"
)
"""Elements that begin and end a paragraph."""
SILENT = words(
    "script style noscript iframe template select datalist button object embed svg canvas audio video map "
    "head title del s strike nav textarea -comment !doctype rp rt"
)
"""Elements whose text is not part of what the page says."""
_GROUPS = frozenset(("thead", "tbody", "tfoot"))


_INTRICATE = "p ~ p, br, div, sup, li, table, input, s, strike, del, script, style, select, button, textarea"


Placed = tuple[LexborNode, int, int, int, int]
"""A cell's element with its row, column, rowspan and colspan."""


def rows_of(table: LexborNode) -> list[list[LexborNode]]:
    """The cells of each row of a table, not those of tables inside it."""
    rows: list[list[LexborNode]] = []
    pending = [table.child]
    while pending:
        node = pending.pop()
        while node is not None:
            tag = node.tag
            if tag == "tr":
                cells = [c for c in _children(node) if c.tag in ("td", "th")]
                rows.append(cells)
            elif tag in _GROUPS:
                pending.append(node.next)
                node = node.child
                continue
            node = node.next
    return [row for row in rows if row]


def _children(node: LexborNode) -> list[LexborNode]:
    found = []
    child = node.child
    while child is not None:
        found.append(child)
        child = child.next
    return found


def place(table: LexborNode, rows: list[list[LexborNode]]) -> list[Placed]:
    """Where the cells stand, by the rules of HTML; spans end at the table's edge and before a cell from above."""
    merged = {node.mem_id for node in table.css("[rowspan],[colspan]")}
    placed: list[Placed] = []
    free_from: list[int] = []
    height = len(rows)
    for r, row in enumerate(rows):
        c = 0
        for node in row:
            while c < len(free_from) and free_from[c] > r:
                c += 1
            rowspan = colspan = 1
            if node.mem_id in merged:
                rowspan, colspan = _span(node, "rowspan", height - r), _span(node, "colspan", limits.MAX_SPAN)
            width = 1
            while width < colspan and (c + width >= len(free_from) or free_from[c + width] <= r):
                width += 1
            if len(free_from) < c + width:
                free_from.extend([r] * (c + width - len(free_from)))
            for k in range(c, c + width):
                free_from[k] = r + rowspan
            placed.append((node, r, c, rowspan, width))
            c += width
        limits.at_most(len(placed), limits.MAX_CELLS, "表格单元格数", "table cells")
    return placed


def _span(node: LexborNode, name: str, most: int) -> int:
    value = attribute(node, name).strip()
    if not value or not value.isascii() or not value.isdigit():
        return 1
    number = int(value[:6])
    return min(number, most, limits.MAX_SPAN) if number else (most if name == "rowspan" else 1)


def intricate_cells(table: LexborNode) -> set[int]:
    """Ids of the cells whose text is more than all their text nodes put together."""
    found = set()
    for match in table.css(_INTRICATE):
        node: LexborNode | None = match
        while node is not None and node.tag not in ("td", "th"):
            node = node.parent
        if node is not None:
            found.add(node.mem_id)
    return found


def cell_text(cell: LexborNode, nested: list[LexborNode]) -> str:
    """All text of a cell, block elements and <br> as line breaks; tables inside it are put into `nested`."""
    first = cell.child
    if first is None:
        return ""
    if first.next is None and first.tag == "-text":
        return first.text_content or ""
    parts: list[str] = []
    stack: list[LexborNode | None] = [first]
    while stack:
        node = stack.pop()
        if node is None:
            parts.append("\n")
            continue
        if node.next is not None:
            stack.append(node.next)
        tag = node.tag
        if tag == "-text":
            parts.append(node.text_content or "")
        elif tag == "table":
            nested.append(node)
        elif tag == "input":
            parts.append(field_value(node))
        elif tag not in SILENT:
            if tag in BREAKS:
                parts.append("\n")
                stack.append(None)
            elif tag == "sup":
                parts.append(" ")
            if node.child is not None:
                stack.append(node.child)
    return "".join(parts)


def field_value(node: LexborNode) -> str:
    """What a visible input field shows."""
    kind = attribute(node, "type").lower()
    return f" {attribute(node, 'value')} " if kind in ("", "text", "number") else ""


def nesting_tables(tree: LexborHTMLParser) -> set[int]:
    """Ids of the tables that hold another table directly."""
    holders = set()
    for table in tree.css("table table"):
        parent = table.parent
        while parent is not None and parent.tag != "table":
            parent = parent.parent
        if parent is not None:
            holders.add(parent.mem_id)
    return holders


def is_layout(rows: list[list[LexborNode]], holds_tables: bool) -> bool:
    """Whether a table only lays out the page: one column, a frame around other tables, or prose in cells."""
    if not rows or max(map(len, rows)) <= 1:
        return True
    if not holds_tables and len(rows) > 12:
        return False
    short = long = framed = 0
    prose = total = 0
    for row in rows:
        for cell in row:
            text = cell.text(deep=True).strip()
            total += len(text)
            if holds_tables and cell.css_first("table") is not None:
                framed += 1
            elif len(text) > 200 and text.count("。") >= 3:
                long += 1
                prose += len(text)
            elif text and len(text) < 80:
                short += 1
    if framed:
        return long > 0 or short < 2 * framed + 2
    return prose * 2 > total and (max(map(len, rows)) <= 2 or len(rows) <= 3)
