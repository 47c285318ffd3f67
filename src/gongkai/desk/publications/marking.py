"""Marks the hits of the scan inside the text of a draft, without touching its structure."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator

from django.utils.safestring import SafeString, mark_safe

from gongkai.desk.publications.scanning import HitView

_PARTS = re.compile(r"<[^>]*>|[^<]+")


def marked(body: str, hits: Iterable[HitView]) -> SafeString:
    """The cleaned text of a draft with each hit between `mark` tags, `id="hit-…"` its fingerprint.

    Only words that stand within one stretch of text are marked: a hit that runs over tags keeps its line in the list.
    """
    wanted = [(hit, html.escape(hit.words, quote=False)) for hit in hits if hit.words]
    return mark_safe("".join(_pieces(body, wanted)))


def _pieces(body: str, wanted: list[tuple[HitView, str]]) -> Iterator[str]:
    seen: dict[str, int] = {}
    for part in _PARTS.findall(body):
        yield part if part.startswith("<") else _with_marks(part, wanted, seen)


def _with_marks(text: str, wanted: list[tuple[HitView, str]], seen: dict[str, int]) -> str:
    places: list[tuple[int, int, HitView]] = []
    for words in dict.fromkeys(words for _hit, words in wanted):
        start = text.find(words)
        while start >= 0:
            nth = seen.get(words, 0)
            seen[words] = nth + 1
            places += [(start, start + len(words), hit) for hit, w in wanted if w == words and hit.nth == nth]
            start = text.find(words, start + len(words))
    return _joined(text, sorted(places, key=lambda p: (p[0], -p[1])))


def _joined(text: str, places: list[tuple[int, int, HitView]]) -> str:
    out, last = [], 0
    for start, end, hit in places:
        if start < last:
            continue
        id = f"hit-{hit.hit['fingerprint']}"
        level = "block" if hit.open else "warn" if hit.override is None else "allow"
        title = html.escape(hit.message)
        out.append(text[last:start])
        out.append(f'<mark class="desk-hit desk-hit--{level}" id="{id}" tabindex="-1" title="{title}">')
        out.append(f"{text[start:end]}</mark>")
        last = end
    out.append(text[last:])
    return "".join(out)
