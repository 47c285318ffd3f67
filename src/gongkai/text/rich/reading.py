"""Reads cleaned rich text: its plain words, its contents, its first sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gongkai.text.rich import cleaning, gate, office, writer
from gongkai.text.rich.model import Block, Figure, Line, Listing, Paragraph, Quote, Run, Table
from gongkai.text.sentences import sentences


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading for a table of contents; `level` is 2 to 4, `id` the anchor that `with_ids` gives it."""

    level: int
    text: str
    id: str


def plain(html: str) -> str:
    """The words of rich text, a line for each paragraph; rows of tables are lines whose cells are parted by tabs."""
    return "\n".join(_lines(cleaning.blocks_of(html)))


def excerpt(html: str, limit: int) -> str:
    """The beginning of the text in at most `limit` characters, cut at the end of a sentence where there is one.

    Headings and tables are left out; a first sentence that is too long is cut and ends with ……
    """
    paragraphs = [
        block.text.replace("\n", "")
        for block in office.walk(_without_tables(cleaning.blocks_of(html)))
        if isinstance(block, Paragraph) and not block.level
    ]
    return cut("".join(paragraphs) or plain(html).replace("\n", " "), limit)


def cut(text: str, limit: int) -> str:
    """At most `limit` characters of a text, cut at the end of a sentence if one ends after a third of them."""
    text = text.strip()
    if limit <= 0 or len(text) <= limit:
        return text if limit > 0 else ""
    ends = [end for _, end in sentences(text[: limit + 200]) if end <= limit]
    ends = [end for end in ends if text[end - 1] in "。！？!?…”’」』；;\n" or text[end : end + 1] == "\n"]
    if ends and ends[-1] >= limit // 3:
        return text[: ends[-1]]
    return text[: max(limit - 2, 0)].rstrip() + "……"[: min(limit, 2)]


def outline(html: str) -> tuple[Heading, ...]:
    """The headings, each with the id that `with_ids` puts on it."""
    return tuple(Heading(block.level, block.text.replace("\n", " "), block.id) for block in _numbered(html)[1])


def with_ids(html: str) -> str:
    """The text with an id on every heading (s1, s1-2, …), so that a table of contents can point to it."""
    return gate.safe(writer.write(_numbered(html)[0]))


def _numbered(html: str) -> tuple[list[Block], list[Paragraph]]:
    blocks = cleaning.blocks_of(html)
    headings = [block for block in office.walk(blocks) if isinstance(block, Paragraph) and block.level]
    counts: list[int] = []
    for heading in headings:
        depth = heading.level - 1
        counts = [*counts[:depth], *([0] * (depth - len(counts)))]
        counts[-1] += 1
        heading.id = "s" + "-".join(str(count) for count in counts)
    return blocks, headings


def _without_tables(blocks: Sequence[Block]) -> list[Block]:
    return [block for block in blocks if not isinstance(block, Table | Figure)]


def _lines(blocks: Sequence[Block]) -> list[str]:
    lines: list[str] = []
    for block in blocks:
        match block:
            case Paragraph():
                lines.append(words(block.runs))
            case Listing():
                lines += [line for item in block.items for line in _lines(item)]
            case Table():
                lines += _table(block)
            case Quote():
                lines += _lines(block.blocks)
            case Figure():
                lines += [*_lines(block.blocks), words(block.caption)]
            case Line():
                pass
    return [line for line in lines if line]


def words(runs: Sequence[Run]) -> str:
    """The words of runs; a picture is its text alternative."""
    return "".join(run.picture.alt if run.picture else run.text for run in runs)


def _table(table: Table) -> list[str]:
    caption = [words(table.caption)] if table.caption else []
    rows = ["\t".join(" ".join(_lines(cell.blocks)).replace("\n", " ") for cell in row) for row in table.rows]
    return caption + [row for row in rows if row.strip()]
