"""Writes blocks as HTML in one fixed way, so that the same text always looks the same."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from gongkai.text.rich.model import (
    MARKS,
    Block,
    Cell,
    Figure,
    Line,
    Listing,
    Paragraph,
    Picture,
    Quote,
    Run,
    Table,
)


def write(blocks: Sequence[Block]) -> str:
    """The HTML of blocks."""
    return "".join(_block(block) for block in blocks)


def inline(runs: Sequence[Run]) -> str:
    """The HTML of runs; links outside, marks inside, in a fixed order."""
    parts: list[str] = []
    open_tags: list[tuple[str, str]] = []
    for run in runs:
        wanted = _tags(run)
        common = 0
        while common < min(len(wanted), len(open_tags)) and wanted[common] == open_tags[common]:
            common += 1
        parts += [f"</{name}>" for name, _ in reversed(open_tags[common:])]
        parts += [start for _, start in wanted[common:]]
        open_tags = wanted
        parts.append(_run(run))
    parts += [f"</{name}>" for name, _ in reversed(open_tags)]
    return "".join(parts)


def _tags(run: Run) -> list[tuple[str, str]]:
    tags = [("a", f'<a href="{escape(run.href)}">')] if run.href else []
    return tags + [(mark, f"<{mark}>") for mark in MARKS if mark in run.marks]


def _run(run: Run) -> str:
    if run.picture:
        return _picture(run.picture)
    return "<br>" if run.is_break else escape(run.text, quote=False)


def _picture(picture: Picture) -> str:
    sizes = "".join(
        f' {name}="{value}"' for name, value in (("width", picture.width), ("height", picture.height)) if value
    )
    return f'<img src="{escape(picture.src)}" alt="{escape(picture.alt)}"{sizes}>'


def _block(block: Block) -> str:
    match block:
        case Paragraph():
            return _paragraph(block)
        case Listing():
            return _listing(block)
        case Table():
            return _table(block)
        case Quote():
            return f"<blockquote>{write(block.blocks)}</blockquote>"
        case Figure():
            caption = f"<figcaption>{inline(block.caption)}</figcaption>" if block.caption else ""
            return f"<figure>{_held(block.blocks)}{caption}</figure>"
        case Line():
            return "<hr>"


def _paragraph(block: Paragraph) -> str:
    tag = f"h{block.level}" if block.level else "p"
    own_id = f' id="{escape(block.id)}"' if block.id and block.level else ""
    return f"<{tag}{own_id}{_style(block.align)}>{inline(block.runs)}</{tag}>"


def _listing(block: Listing) -> str:
    tag = "ol" if block.ordered else "ul"
    start = f' start="{block.start}"' if block.ordered and block.start != 1 else ""
    items = "".join(f"<li>{_held(item)}</li>" for item in block.items)
    return f"<{tag}{start}>{items}</{tag}>"


def _held(blocks: Sequence[Block]) -> str:
    """What an item or a cell holds: a first plain paragraph without its tag if only lists follow."""
    first = blocks[0] if blocks else None
    bare = isinstance(first, Paragraph) and not (first.align or first.level)
    if bare and isinstance(first, Paragraph) and all(isinstance(block, Listing) for block in blocks[1:]):
        return inline(first.runs) + write(blocks[1:])
    return write(blocks)


def _table(block: Table) -> str:
    caption = f"<caption>{inline(block.caption)}</caption>" if block.caption else ""
    heads = "".join(_row(row) for row in block.rows[: block.heads])
    body = "".join(_row(row) for row in block.rows[block.heads :])
    head = f"<thead>{heads}</thead>" if heads else ""
    return f"<table>{caption}{head}" + (f"<tbody>{body}</tbody>" if body else "") + "</table>"


def _row(cells: Sequence[Cell]) -> str:
    return "<tr>" + "".join(_cell(cell) for cell in cells) + "</tr>"


def _cell(cell: Cell) -> str:
    tag = "th" if cell.head else "td"
    attributes = "".join(
        f' {name}="{escape(str(value))}"'
        for name, value in (
            ("colspan", cell.colspan if cell.colspan > 1 else ""),
            ("rowspan", cell.rowspan if cell.rowspan > 1 else ""),
            ("scope", cell.scope),
            ("data-formula", cell.formula),
        )
        if value
    )
    return f"<{tag}{attributes}{_style(cell.align, cell.valign)}>{_held(cell.blocks)}</{tag}>"


def _style(align: str, valign: str = "") -> str:
    parts = [f"text-align:{align}"] if align else []
    parts += [f"vertical-align:{valign}"] if valign else []
    return f' style="{";".join(parts)}"' if parts else ""
