"""Marks the hits of the scan inside the text of a draft, without touching its structure."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator

from django.utils.safestring import SafeString, mark_safe

from gongkai.desk.publications.scanning import HitView

_PARTS = re.compile(r"<[^>]*>|[^<]+")
_INLINE = re.compile(r"</?(?:strong|b|em|i|u|sub|sup|a|span|mark|code)\b", re.IGNORECASE)
"""Tags that stand inside a line: words may run across them."""


def marked(body: str, hits: Iterable[HitView]) -> SafeString:
    """The cleaned text of a draft with each hit between `mark` tags, `id="hit-…"` its fingerprint.

    A hit that runs across tags inside a line is marked piece by piece; one that runs over lines keeps its line in the
    list only.
    """
    wanted = [(hit, html.escape(hit.words, quote=False)) for hit in hits if hit.words]
    seen: dict[str, int] = {}
    return mark_safe("".join(piece for line in _lines(body) for piece in _with_marks(line, wanted, seen)))


def _lines(body: str) -> Iterator[list[str]]:
    """Texts and tags, in stretches between the tags of blocks."""
    line: list[str] = []
    for part in _PARTS.findall(body):
        if part.startswith("<") and not _INLINE.match(part):
            yield line
            yield [part]
            line = []
        else:
            line.append(part)
    yield line


def _with_marks(parts: list[str], wanted: list[tuple[HitView, str]], seen: dict[str, int]) -> Iterator[str]:
    text = "".join(part for part in parts if not part.startswith("<"))
    places = _without_overlaps(_places(text, wanted, seen))
    at = 0
    for part in parts:
        if part.startswith("<"):
            yield part
        else:
            yield _joined(part, at, places)
            at += len(part)


def _places(text: str, wanted: list[tuple[HitView, str]], seen: dict[str, int]) -> list[tuple[int, int, HitView]]:
    places: list[tuple[int, int, HitView]] = []
    for words in dict.fromkeys(words for _hit, words in wanted):
        start = text.find(words)
        while start >= 0:
            nth = seen.get(words, 0)
            seen[words] = nth + 1
            places += [(start, start + len(words), hit) for hit, w in wanted if w == words and hit.nth == nth]
            start = text.find(words, start + len(words))
    return places


def _without_overlaps(places: list[tuple[int, int, HitView]]) -> list[tuple[int, int, HitView]]:
    kept: list[tuple[int, int, HitView]] = []
    for place in sorted(places, key=lambda p: (p[0], -p[1])):
        if not kept or place[0] >= kept[-1][1]:
            kept.append(place)
    return kept


def _joined(part: str, at: int, places: list[tuple[int, int, HitView]]) -> str:
    """A stretch of text that begins at a place of its line, with what of each hit falls into it marked."""
    out, last = [], 0
    for start, end, hit in places:
        low, high = max(start - at, 0), min(end - at, len(part))
        if low >= high:
            continue
        id = f' id="hit-{hit.hit["fingerprint"]}"' if start >= at else ""
        level = "block" if hit.open else "warn" if hit.override is None else "allow"
        out.append(part[last:low])
        out.append(f'<mark class="desk-hit desk-hit--{level}"{id} tabindex="-1" title="{html.escape(hit.message)}">')
        out.append(f"{part[low:high]}</mark>")
        last = high
    out.append(part[last:])
    return "".join(out)
