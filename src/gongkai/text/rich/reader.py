"""Reads a tree of HTML into blocks, keeping what means something and counting what goes."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from lxml.html import HtmlElement

from gongkai.text.rich import addresses, runs, styles
from gongkai.text.rich.model import Block, Figure, Line, Listing, Mark, Paragraph, PastedPicture, Picture, Quote, Run
from gongkai.text.rich.notes import Notes

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_PARAGRAPHS = frozenset(("p", "pre", "dt", "dd", "summary", "legend"))
_CONTAINERS = frozenset(
    [
        "div",
        "section",
        "article",
        "main",
        "header",
        "footer",
        "aside",
        "nav",
        "address",
        "center",
        "details",
        "fieldset",
        "form",
        "dl",
        "body",
        "li",
    ]
)
_PLAIN = frozenset(("p", "span", "div", "font", "pre"))
"""Elements that mark no words by themselves."""
_STRUCK = frozenset(("s", "strike"))
_KEPT_IDS = re.compile(r"s[0-9]+(?:-[0-9]+)*\Z")
MAX_DEPTH = 40
"""Blocks nested deeper than this are flattened: no document of an office needs them."""


class _Format(NamedTuple):
    marks: frozenset[Mark] = frozenset()
    href: str = ""
    align: str = ""
    depth: int = 0
    keeps_lines: bool = False
    in_cell: bool = False
    level: int = 0


@dataclass(slots=True)
class _Flow:
    """The blocks read so far and the paragraph that is being read."""

    blocks: list[Block] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    shape: Paragraph = field(default_factory=lambda: Paragraph([]))

    def close(self) -> None:
        """Ends the paragraph; drops it if nothing is in it."""
        if self.runs:
            for piece in runs.paragraphs(self.runs, split=not self.shape.level):
                self.blocks.append(replace(self.shape, runs=piece))
        self.runs, self.shape = [], Paragraph([])

    def open(self, shape: Paragraph) -> None:
        self.close()
        self.shape = shape

    def add(self, block: Block) -> None:
        self.close()
        self.blocks.append(block)


class Reader:
    """Reads one document; `images` and `notes` fill while it reads."""

    def __init__(self, notes: Notes, *, base_allowed: Collection[str] | None, ids: Collection[str]) -> None:
        self.notes = notes
        self.images: list[PastedPicture] = []
        self._allowed = base_allowed
        self._ids = ids

    def read(self, root: HtmlElement) -> list[Block]:
        """The blocks of the whole document."""
        return self.blocks(root, _Format())

    def blocks(self, element: HtmlElement, format: _Format) -> list[Block]:
        """The blocks inside an element."""
        flow = _Flow()
        flow.shape.align = format.align
        self._walk(element, flow, format)
        flow.close()
        return flow.blocks

    def _walk(self, element: HtmlElement, flow: _Flow, format: _Format) -> None:
        self._text(element.text, flow, format)
        for child in element:
            if isinstance(child.tag, str):
                self._element(child, flow, format)
            self._text(child.tail, flow, format)

    def _text(self, text: str | None, flow: _Flow, format: _Format) -> None:
        if not text:
            return
        if not flow.runs and not flow.shape.align:
            flow.shape.align = format.align
        lines = text.splitlines() if format.keeps_lines else [text]
        for number, line in enumerate(lines):
            if number:
                flow.runs.append(Run("\n"))
            flow.runs.append(Run(runs.source_text(line), format.marks, format.href))

    def _element(self, element: HtmlElement, flow: _Flow, format: _Format) -> None:
        tag, look = element.tag, styles.style(element)
        if element.get("hidden") is not None or styles.is_hidden(look):
            self._note_if_text(element, "hidden_text")
        elif tag == "del":
            self._note_if_text(element, "tracked_deletion")
        elif look.get("mso-list") == "ignore":
            flow.shape.marker = runs.source_text(element.text_content()).replace("\xa0", " ").strip()
        elif tag == "br":
            flow.runs.append(Run("\n"))
        elif tag == "img":
            self._picture(element, look, flow, format)
        elif tag == "hr":
            flow.add(Line())
        elif format.depth < MAX_DEPTH and tag in ("ul", "ol", "menu", "dir"):
            flow.add(self._list(element, format))
        elif format.depth < MAX_DEPTH and tag in ("table", "blockquote", "figure"):
            self._structure(element, look, flow, format)
        else:
            self._words(element, look, flow, format)

    def _words(self, element: HtmlElement, look: dict[str, str], flow: _Flow, format: _Format) -> None:
        """Paragraphs, headings, containers and marked words."""
        tag = element.tag
        if tag in _PARAGRAPHS or tag in _HEADINGS:
            self._paragraph(element, look, flow, format)
        elif tag in _CONTAINERS or tag in ("ul", "ol", "menu", "dir", "table", "tr", "blockquote", "figure"):
            if format.depth >= MAX_DEPTH:
                self.notes.add("nested")
            align = styles.align(element, look) or ("center" if tag == "center" else format.align)
            flow.close()
            self._walk(element, flow, format if align == format.align else format._replace(align=align))
            flow.close()
        else:
            self._walk(element, flow, self._marked(element, look, format))

    def _paragraph(self, element: HtmlElement, look: dict[str, str], flow: _Flow, format: _Format) -> None:
        level = _HEADINGS.get(element.tag, 0) or styles.heading_level(element, look)
        in_list, depth = (False, 1) if level else styles.word_list(element, look)
        own_id = element.get("id") or ""
        align = styles.align(element, look) or ("" if look.get("text-align") else format.align)
        marks = set(format.marks)
        if level and format.in_cell:
            level = 0
            marks.add("strong")
        shape = Paragraph([], level, align, own_id if level and _KEPT_IDS.match(own_id) else "", None, depth)
        if in_list:
            shape.marker = ""
        flow.open(shape)
        inner = format._replace(marks=frozenset(marks), align=align, keeps_lines=element.tag == "pre", level=level)
        self._walk(element, flow, inner if level else self._marked(element, look, inner))
        flow.close()

    def _marked(self, element: HtmlElement, look: dict[str, str], format: _Format) -> _Format:
        """The format inside an inline element."""
        tag = element.tag
        if not look and tag in _PLAIN and not format.level:
            return format
        add, drop = styles.marks(tag, look)
        marks = (format.marks | add) - drop
        if format.level:
            marks -= {"strong"}
        if tag in _STRUCK or "line-through" in look.get("text-decoration", ""):
            self._note_if_text(element, "struck_text")
        href = format.href
        if tag == "a" and element.get("href") is not None:
            found = addresses.link(element.get("href") or "", self._ids)
            href = found.url
            if found.tracked:
                self.notes.add("tracking")
            if not href and not (element.get("href") or "").startswith("#"):
                self.notes.add("bad_link")
        return format._replace(marks=frozenset(marks), href=href)

    def _picture(self, element: HtmlElement, look: dict[str, str], flow: _Flow, format: _Format) -> None:
        src = element.get("src") or element.get("data-src") or ""
        alt = " ".join((element.get("alt") or "").split())[:500]
        if src.strip().lower().startswith("data:"):
            key = self._pasted(src, alt)
        else:
            found = addresses.picture(src, self._allowed)
            key = found.url if isinstance(found, addresses.Address) else ""
            if isinstance(found, str):
                self.notes.add(found)
        if key:
            width, height = (styles.pixels(element, name, look) for name in ("width", "height"))
            flow.runs.append(Run("", href=format.href, picture=Picture(key, alt, width, height)))

    def _pasted(self, src: str, alt: str) -> str:
        found = addresses.pasted(src)
        if not found:
            self.notes.add("large_picture")
            return ""
        key = f"#pasted-{len(self.images) + 1}"
        self.images.append(PastedPicture(key, found[1], f"image/{found[0]}", alt))
        return key

    def _list(self, element: HtmlElement, format: _Format) -> Listing:
        items: list[list[Block]] = []
        inner = format._replace(depth=format.depth + 1, align="", level=0)
        for child in element:
            if not isinstance(child.tag, str):
                continue
            if child.tag == "li":
                items.append(self.blocks(child, inner))
            else:  # a list directly in a list belongs to the item before it
                holder = element.makeelement("div")
                holder.append(child.__copy__())
                blocks = self.blocks(holder, inner)
                if items:
                    items[-1].extend(blocks)
                elif blocks:
                    items.append(blocks)
        start = element.get("start") or "1"
        first = int(start) if start.isdecimal() and start.isascii() and len(start) < 5 else 1
        return Listing(element.tag == "ol", [item for item in items if item], first if element.tag == "ol" else 1)

    def _structure(self, element: HtmlElement, look: dict[str, str], flow: _Flow, format: _Format) -> None:
        from gongkai.text.rich import tables

        inner = format._replace(depth=format.depth + 1, align="", level=0)
        if element.tag == "table":
            flow.close()
            flow.blocks.extend(tables.read(self, element, inner))
        elif element.tag == "blockquote":
            blocks = self.blocks(element, inner)
            if blocks:
                flow.add(Quote(blocks))
        else:
            self._figure(element, flow, inner)

    def _figure(self, element: HtmlElement, flow: _Flow, format: _Format) -> None:
        caption: list[Run] = []
        for child in element.xpath("./figcaption|./div/figcaption"):
            caption += self.line(child, format)
            child.tail, tail = None, child.tail
            parent = child.getparent()
            parent.remove(child)
            if tail and tail.strip():
                parent.text = (parent.text or "") + tail
        blocks = self.blocks(element, format)
        if not blocks:
            if caption:
                flow.add(Paragraph(caption))
            return
        flow.close()
        flow.blocks.extend([Figure(blocks, caption)] if caption else blocks)

    def line(self, element: HtmlElement, format: _Format) -> list[Run]:
        """The words of an element as one line of runs (captions)."""
        line: list[Run] = []
        for block in self.blocks(element, format._replace(align="")):
            if isinstance(block, Paragraph):
                line += [Run(" "), *block.runs] if line else block.runs
        pieces = runs.paragraphs(line, split=False)
        return pieces[0] if pieces else []

    def _note_if_text(self, element: HtmlElement, id: str) -> None:
        if element.text_content().strip():
            self.notes.add(id)
