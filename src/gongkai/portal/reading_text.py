"""The text of a publication as its page shows it: its headings numbered as places that an outline leads to."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe

_HEADING = re.compile(r"<(h[2-4])(?:\s[^>]*)?>(.{1,400}?)</\1>", re.S)
_CHAPTER = re.compile(
    r"<p(\s[^>]*)?>((?:\s|<(?:strong|b|span)[^>]*>)*第[一二三四五六七八九十百]{1,4}章[^<]{0,60}(?:</(?:strong|b|span)>|\s)*)</p>"
)
_STYLED = re.compile(r'(<[a-z][^<>]*?) style="([^"<>]*)"')
_PLACED = re.compile(r"(?:text|vertical)-align:\s*([a-z]+)")
"""The only styles that a cleaned text may bear; public pages allow none inside a tag, so each becomes a class."""
FEWEST = 3
"""An outline of fewer headings tells nobody anything."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A line of the outline."""

    id: str
    text: str
    level: int


def outlined(body: str) -> tuple[SafeString, list[Heading]]:
    """The body with ids on its headings, and its outline; a body with few headings gets none."""
    if 'style="' in body:
        body = _STYLED.sub(_classed, body)
    pattern = _HEADING if "<h" in body else _CHAPTER if "章" in body else None
    if pattern is None or sum(1 for _ in pattern.finditer(body)) < FEWEST:
        return mark_safe(body), []
    outline: list[Heading] = []

    def place(match: re.Match[str]) -> str:
        tag = match[1] if pattern is _HEADING else "p"
        id = f"h-{len(outline) + 1}"
        outline.append(Heading(id, " ".join(strip_tags(match[2]).split()), int(tag[1]) if tag != "p" else 2))
        attributes = "" if pattern is _HEADING else (match[1] or "")
        return f'<{tag} id="{id}"{attributes}>{match[2]}</{tag}>'

    return mark_safe(pattern.sub(place, body)), outline


def _classed(match: re.Match[str]) -> str:
    names = " ".join(f"at-{word}" for word in _PLACED.findall(match[2]))
    return f'{match[1]} class="{names}"' if names else match[1]
