"""Turns the text of a publication into data that the printed page is set from; nothing in it can become markup."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from typing import Any

from gongkai.text.rich.cleaning import blocks_of, clean
from gongkai.text.rich.model import Block, Cell, Figure, Line, Listing, Paragraph, Picture, Quote, Run, Table

Pictures = Callable[[Picture], "dict[str, Any] | None"]
"""Gives the file and size in points of a picture; None where it cannot be printed."""

MOST_COLUMNS = 40
MOST_ROWS = 2000
WIDTH = 468.0
"""Points between the margins: 165 mm."""
HEIGHT = 640.0
_DEEPEST = 8


def printed(html: str, pictures: Pictures) -> list[dict[str, Any]]:
    """The blocks of a text: paragraphs, headings, lists, tables with spans, pictures, rules."""
    return _blocks(blocks_of(clean(html).html), pictures, 0)


def fitting(data: bytes) -> tuple[str, float, float] | None:
    """The kind of a picture, and the size in points at which it fits on the page; None where it is no picture."""
    from PIL import Image

    try:
        with Image.open(io.BytesIO(data)) as image:
            kind, (width, height) = (image.format or "").lower(), image.size
            image.verify()
    except Exception:  # whatever Pillow raises over broken bytes, such a picture is left out and named
        return None
    if kind not in {"png", "jpeg", "gif", "webp"} or not width or not height:
        return None
    scale = min(0.75, WIDTH / width, HEIGHT / height)
    return ("jpg" if kind == "jpeg" else kind), width * scale, height * scale


def _blocks(blocks: Iterable[Block], pictures: Pictures, depth: int) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for block in blocks:
        found += _block(block, pictures, depth)
    return found


def _block(block: Block, pictures: Pictures, depth: int) -> list[dict[str, Any]]:
    if isinstance(block, Paragraph):
        return _paragraph(block, pictures)
    if depth > _DEEPEST:
        return [{"kind": "par", "runs": [{"t": _text(block)}], "align": ""}]
    if isinstance(block, Listing):
        items = [_blocks(item, pictures, depth + 1) for item in block.items]
        return [{"kind": "list", "ordered": block.ordered, "start": block.start, "items": items}]
    if isinstance(block, Table):
        return _table(block, pictures)
    if isinstance(block, Quote):
        return [{"kind": "quote", "blocks": _blocks(block.blocks, pictures, depth + 1)}]
    if isinstance(block, Figure):
        caption = {"kind": "par", "runs": _runs(block.caption, pictures), "align": "center", "small": True}
        return [*_blocks(block.blocks, pictures, depth + 1), *([caption] if block.caption else [])]
    return [{"kind": "rule"}] if isinstance(block, Line) else []


def _paragraph(block: Paragraph, pictures: Pictures) -> list[dict[str, Any]]:
    """A paragraph; pictures inside it stand on lines of their own."""
    found: list[dict[str, Any]] = []
    line: list[Run] = []
    for run in block.runs:
        if run.picture is None:
            line.append(run)
            continue
        found += _line(block, line, pictures)
        line = []
        placed = pictures(run.picture)
        if placed is not None:
            found.append({"kind": "picture", **placed})
        elif run.picture.alt:
            found.append({"kind": "par", "runs": [{"t": f"〔图：{run.picture.alt}〕"}], "align": "center"})
    return found + _line(block, line, pictures)


def _line(block: Paragraph, runs: list[Run], pictures: Pictures) -> list[dict[str, Any]]:
    if not any(run.text.strip() for run in runs):
        return []
    values = _runs(runs, pictures)
    if block.level:
        return [{"kind": "head", "level": min(block.level, 4), "runs": values}]
    return [{"kind": "par", "runs": values, "align": block.align if block.align in ("center", "right") else ""}]


def _runs(runs: Iterable[Run], pictures: Pictures) -> list[dict[str, Any]]:
    return [
        {"br": True} if run.is_break else {"t": run.text, "m": sorted(run.marks)}
        for run in runs
        if run.picture is None and (run.is_break or run.text)
    ]


def _table(table: Table, pictures: Pictures) -> list[dict[str, Any]]:
    """The table with every cell at its place, no two over one another, as the page needs it."""
    cells, columns, rows = lay_out(table)
    if not cells:
        return []
    heads = min(table.heads, rows)
    # A head that reaches into the body cannot be repeated on the next page.
    if any(y < heads < y + cell["h"] for cell, y in ((c, c["y"]) for c in cells)):
        heads = 0
    found: list[dict[str, Any]] = []
    if table.caption:
        caption = {"kind": "par", "runs": _runs(table.caption, pictures), "align": "center", "small": True}
        found.append(caption)
    for cell in cells:
        cell["head"] = cell["y"] < heads
    return [*found, {"kind": "table", "columns": _widths(cells, columns), "heads": heads, "cells": cells}]


def lay_out(table: Table) -> tuple[list[dict[str, Any]], int, int]:
    """The cells with column, row and span; how many columns and rows. Spans that would lie over others are cut."""
    taken: set[tuple[int, int]] = set()
    cells: list[dict[str, Any]] = []
    rows = table.rows[:MOST_ROWS]
    for y, row in enumerate(rows):
        x = 0
        for cell in row:
            while (x, y) in taken:
                x += 1
            if x >= MOST_COLUMNS:
                break
            width = _free(taken, x, y, min(cell.colspan, MOST_COLUMNS - x))
            height = min(cell.rowspan, len(rows) - y)
            taken |= {(x + i, y + j) for i in range(width) for j in range(height)}
            cells.append({"x": x, "y": y, "w": width, "h": height, **_content(cell)})
            x += width
    columns = max((c["x"] + c["w"] for c in cells), default=0)
    return cells, columns, len(rows)


def _free(taken: set[tuple[int, int]], x: int, y: int, wanted: int) -> int:
    width = 1
    while width < wanted and (x + width, y) not in taken:
        width += 1
    return width


def _content(cell: Cell) -> dict[str, Any]:
    paragraphs = [_runs(p.runs, lambda _picture: None) for p in _paragraphs(cell.blocks)]
    text = "".join(run.get("t", "") for runs in paragraphs for run in runs)
    align = cell.align if cell.align in ("left", "center", "right") else ("center" if len(text) <= 14 else "left")
    return {"pars": [runs for runs in paragraphs if runs], "bold": cell.head, "align": align, "text": text}


def _paragraphs(blocks: Iterable[Block]) -> Iterable[Paragraph]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        elif isinstance(block, Listing):
            for item in block.items:
                yield from _paragraphs(item)
        elif isinstance(block, Table):
            for row in block.rows:
                for cell in row:
                    yield from _paragraphs(cell.blocks)
        elif isinstance(block, Quote | Figure):
            yield from _paragraphs(block.blocks)


def _text(block: Block) -> str:
    return "".join(paragraph.text for paragraph in _paragraphs([block]))


def _widths(cells: list[dict[str, Any]], columns: int) -> list[float]:
    """How wide the columns are beside one another: by the root of their longest text, so that no column starves."""
    longest = [2.0] * columns
    for cell in cells:
        length = sum(1.0 if ord(sign) > 255 else 0.55 for sign in cell.pop("text")) / cell["w"]
        for column in range(cell["x"], cell["x"] + cell["w"]):
            longest[column] = max(longest[column], length)
    return [round(min(length, 60.0) ** 0.6, 2) for length in longest]
