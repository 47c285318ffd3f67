"""Scans HTML: its text with tables and link texts, its pictures, its links, what is hidden in it, and its totals."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date
from html import unescape
from typing import Any

from lxml import etree, html

from gongkai.text.scan.levels import Policy, merge
from gongkai.text.scan.model import Hit, Level, make_hit
from gongkai.text.scan.rules import RULES
from gongkai.text.scan.scanning import scan_text, scan_words
from gongkai.text.scan.tables import PlacedTable

_BLOCK_TAGS = (
    "p div h1 h2 h3 h4 h5 h6 li ul ol table tr section article blockquote pre hr figure figcaption caption dl dt dd "
    "header footer main aside"
)
_BLOCKS = frozenset(_BLOCK_TAGS.split())
_CELLS = frozenset(("td", "th"))
_UNREAD = frozenset(("script", "style", "template", "noscript", "head", "title"))
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.0-9]*[1-9])|opacity\s*:\s*0(?![.0-9]*[1-9])"
    r"|text-indent\s*:\s*-[0-9]{3,}|(?:left|top|right)\s*:\s*-[0-9]{3,}",
    re.IGNORECASE,
)
_WHITE = re.compile(r"(?<![-\w])color\s*:\s*(?:#fff(?:fff)?|white|transparent)\b", re.IGNORECASE)
_APPROVAL = re.compile(r"审图号|[\u4e00-\u9fff]S\s?[(（][0-9]{4}[)）]\s?[0-9]+号")
_MAP = re.compile("地图|行政区划图|区位图")
_LONGEST_ADDRESS = 120
_DEEPEST = 1500
_TAG = re.compile(r"<[a-zA-Z/!][^<>]{0,5000}>")
_BLANKS = re.compile(r"[ \t\r\n\f]+")


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a page and the characters of the page's text that it takes."""

    href: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Image:
    """A picture of a page and where it stands in the page's text; `alt` is None where it has no text alternative."""

    src: str
    alt: str | None
    at: int


@dataclass(slots=True)
class Page:
    """A page taken apart: its text, and the links, pictures, hidden places and tables with where they stand in it."""

    text: str = ""
    links: list[Link] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)
    hidden: list[tuple[int, int]] = field(default_factory=list)
    tables: list[PlacedTable] = field(default_factory=list)


def read_page(source: str) -> Page:
    """The parts of an HTML page or fragment; tables become lines with tabs between the cells."""
    reader = _Reader()
    if source.strip():
        try:
            parser = html.HTMLParser(huge_tree=True)
            root = html.fragment_fromstring(source.replace("\x00", ""), create_parent="div", parser=parser)
        except (etree.ParserError, etree.XMLSyntaxError, ValueError):
            root = html.Element("div")
            root.text = source
        reader.read(root)
    if reader.deepest > _DEEPEST:  # the parser drops what lies deeper still
        return Page(text=unescape(_TAG.sub("\n", source)))
    reader.page.text = "".join(reader.parts)
    return reader.page


def page_text(source: str) -> str:
    """The text of an HTML page as it is scanned: the places of hits are places of this text."""
    return read_page(source).text


def scan_html(
    source: str,
    *,
    where: str = "body",
    levels: Policy | None = None,
    on: date | None = None,
    own_places: Collection[str] = (),
    broken: Collection[str] = (),
) -> tuple[Hit, ...]:
    """Everything that `scan_text` finds in the text of a page, and what only a page has.

    Places are those of `page_text(source)`. `broken` are the addresses that the caller found not to open. The text
    alternatives of pictures and the addresses of links are scanned too, as the parts image and link.
    """
    page = read_page(source)
    policy = merge(levels)
    hits = list(scan_words(page.text, page.tables, where=where, levels=policy, on=on, own_places=own_places))
    for hit in _of_page(page, where, policy, frozenset(broken)):
        if policy.get(hit.rule) is not Level.OFF:
            hits.append(hit)
    for image in page.images:
        hits.extend(scan_text(image.alt or "", where="image", levels=policy))
    for link in page.links:
        if link.href.lower().startswith(("mailto:", "tel:")):
            hits.extend(scan_text(link.href.partition(":")[2].partition("?")[0], where="link", levels=policy))
    return tuple(sorted(hits, key=lambda hit: (hit.where != where, hit.start, hit.end, hit.rule)))


def _of_page(page: Page, where: str, policy: dict[str, Level], broken: frozenset[str]) -> Iterator[Hit]:
    def found(rule: str, start: int, end: int, detail: str = "", detail_en: str = "") -> Hit:
        level = policy.get(rule)
        return make_hit(
            RULES[rule], page.text, start, end, where=where, level=level, detail=detail, detail_en=detail_en or detail
        )

    approved = _APPROVAL.search(page.text) is not None
    for image in page.images:
        if image.alt is None:
            yield found("image_alt", image.at, image.at, image.src[:_LONGEST_ADDRESS])
        elif _MAP.search(image.alt) and not approved:
            yield found("map", image.at, image.at, image.alt[:_LONGEST_ADDRESS])
    for link in page.links:
        if link.href in broken:
            yield found("broken_link", link.start, link.end, link.href[:_LONGEST_ADDRESS])
    for start, end in page.hidden:
        yield found("hidden_text", start, end)


def _is_hidden(element: Any) -> bool:
    style = element.get("style") or ""
    if element.get("hidden") is not None or _HIDDEN.search(style):
        return True
    return _WHITE.search(style) is not None and not any(
        "background" in (one.get("style") or "") or one.get("bgcolor") for one in (element, *element.iterancestors())
    )


def _span(cell: Any, name: str) -> int:
    """Over how many columns or rows a cell goes; 1 where nothing sensible is said."""
    said = (cell.get(name) or "").strip()
    return min(max(int(said), 1), 50) if said.isdecimal() and len(said) < 5 else 1


class _Reader:
    """Walks through the elements of a page and writes down its text."""

    def __init__(self) -> None:
        self.page = Page()
        self.parts: list[str] = []
        self.length = 0
        self.deepest = 0
        self._tables: list[PlacedTable] = []

    def read(self, root: Any) -> None:
        """Reads an element and all that it holds; without recursion, since pasted pages nest deeply."""
        opened: list[tuple[Any, int]] = []
        for event, element in etree.iterwalk(root, events=("start", "end")):
            if not isinstance(element.tag, str):
                if event == "end":
                    self._write(element.tail)
                continue
            if event == "start":
                self._open(element)
                opened.append((element, self.length))
                self.deepest = max(self.deepest, len(opened))
                self._write(element.text if element.tag not in _UNREAD else None)
            else:
                self._close(element, opened.pop()[1])
                self._write(element.tail if element is not root else None)

    def _open(self, element: Any) -> None:
        if element.tag in _BLOCKS or element.tag == "br":
            self._break(element.tag)
        if element.tag in _CELLS and self.parts and not self.parts[-1].endswith("\n"):
            self._put("\t")
        if element.tag == "table":
            self._tables.append(PlacedTable())
        elif element.tag == "tr" and self._tables:
            self._tables[-1].begin_row()
        elif element.tag == "img":
            alt = element.get("alt")
            decorative = element.get("role") in ("presentation", "none") or element.get("aria-hidden") == "true"
            shown = alt.strip() if alt else ("" if decorative else None)
            self.page.images.append(Image(element.get("src") or "", shown, self.length))

    def _close(self, element: Any, start: int) -> None:
        if element.tag == "a" and element.get("href"):
            self.page.links.append(Link(element.get("href").strip(), start, self.length))
        if element.tag in _CELLS and self._tables and self._tables[-1].cells:
            columns, rows = _span(element, "colspan"), _span(element, "rowspan")
            self._tables[-1].add(self._since(start), (start, self.length), columns, rows)
        elif element.tag == "table" and self._tables:
            self.page.tables.append(self._tables.pop())
        if self._since(start) and _is_hidden(element):
            self.page.hidden.append((start, self.length))
        if element.tag in _BLOCKS:
            self._break(element.tag)

    def _since(self, start: int) -> str:
        written = []
        rest = self.length - start
        for part in reversed(self.parts):
            if rest <= 0:
                break
            written.append(part[-rest:])
            rest -= len(part)
        return "".join(reversed(written)).strip()

    def _write(self, text: str | None) -> None:
        if text:
            words = _BLANKS.sub(" ", text)
            if not self.parts or self.parts[-1].endswith(("\n", "\t", " ")):
                words = words.lstrip(" ")
            if words:
                self._put(words)

    def _break(self, tag: str) -> None:
        """Ends the line; inside a cell a space does, since a row of a table is one line."""
        inside = tag not in ("tr", "table") and self._tables and self._tables[-1].cells
        if self.parts and not self.parts[-1].endswith(("\n", "\t", " ") if inside else "\n"):
            self._put(" " if inside else "\n")

    def _put(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)
