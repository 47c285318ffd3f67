"""Redacts plain and rich text: the words are replaced, across tags and in what stands for pictures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from gongkai.text.decode import decode
from gongkai.text.redaction.model import Redacted
from gongkai.text.redaction.needles import checked, contains, matches, spans
from gongkai.text.rich import gate


class Style(StrEnum):
    """What stands in the place of words that were taken out."""

    BLOCKS = "blocks"
    """■ for each character"""
    LABEL = "label"
    """〔已隐去〕, which does not tell how long the words were"""
    MASK = "mask"
    """the first and last characters stay: 138****8000, 张＊"""


@dataclass(frozen=True, slots=True)
class RedactedHtml:
    """Rich text without the needles, and how often each was taken out."""

    html: str
    counts: Mapping[str, int]


def replacement(words: str, style: Style) -> str:
    """What stands in the place of some words."""
    if style is Style.LABEL:
        return "〔已隐去〕"
    if style is Style.BLOCKS:
        return "█" * len(words)
    head = 1 if len(words) <= 6 else 3
    # the end of a number tells whose it is to those who know it; the end of an address tells everybody the door
    tail = 0 if len(words) <= 6 or not words[-1].isascii() else 4 if len(words) >= 11 else 2
    return words[:head] + "*" * (len(words) - head - tail) + (words[-tail:] if tail else "")


def redact_text(text: str, spans: Sequence[tuple[int, int]], style: Style = Style.BLOCKS) -> str:
    """The text with every span replaced; spans that overlap count as one, those outside of the text are cut."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted((max(start, 0), min(end, len(text))) for start, end in spans):
        if start >= end:
            continue
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    parts: list[str] = []
    position = 0
    for start, end in joined:
        parts += [text[position:start], replacement(text[start:end], style)]
        position = end
    return "".join([*parts, text[position:]])


def redact_plain(data: bytes, needles: Sequence[str]) -> Redacted:
    """A plain text file without the needles, as UTF-8. Raises ValueError for needles that are too short."""
    wanted = checked(needles)
    text = decode(data).text
    counts = Counter(match.needle for match in matches(list(text), wanted))
    fresh = redact_text(text, spans(text, wanted))
    return Redacted(fresh.encode(), {needle: counts[needle] for needle in wanted}, tuple(contains(fresh, wanted)))


_INLINE = frozenset(("strong", "em", "u", "sub", "sup", "a", "span", "b", "i", "font", "small", "mark", "code"))
_ATTRIBUTES = ("alt", "title", "data-src", "aria-label")


def redact_html(html: str, needles: Sequence[str], style: Style = Style.BLOCKS) -> RedactedHtml:
    """Rich text without the needles, also where tags stand inside them, in text alternatives and in links.

    Blanks and full or half width do not matter. A link whose address holds a needle is taken off its words.
    Raises ValueError for needles that are too short.
    """
    wanted = checked(needles)
    root = gate.parse(html)
    counts: Counter[str] = Counter()
    group: list[_Text] = []
    for item in [*_texts(root), None]:
        if item is None:
            counts += _redact_group(group, wanted, style)
            group = []
        else:
            group.append(item)
    for element in root.iter():
        counts += _redact_attributes(element, wanted, style)
    return RedactedHtml(gate.safe(gate.inner_html(root)), {needle: counts[needle] for needle in wanted})


@dataclass(frozen=True, slots=True)
class _Text:
    """A text of the tree, and where to write it."""

    element: Any
    is_tail: bool

    @property
    def text(self) -> str:
        return str((self.element.tail if self.is_tail else self.element.text) or "")

    def write(self, text: str) -> None:
        if self.is_tail:
            self.element.tail = text
        else:
            self.element.text = text


def _texts(element: Any) -> list[_Text | None]:
    """The texts in the order of reading, with None between blocks."""
    found: list[_Text | None] = [_Text(element, False)]
    for child in element:
        if not isinstance(child.tag, str):
            found.append(_Text(child, True))
            continue
        around: list[_Text | None] = [] if child.tag in _INLINE or child.tag in ("br", "img") else [None]
        found += [*around, *_texts(child), *around, _Text(child, True)]
    return found


def _redact_group(group: Sequence[_Text], needles: dict[str, str], style: Style) -> Counter[str]:
    whole = "".join(item.text for item in group)
    found = spans(whole, needles)
    position = 0
    for item in group:
        text, parts, done = item.text, [], 0
        for start, end in found:
            first, last = max(start - position, 0), min(end - position, len(text))
            if first < last:
                words = replacement(whole[start:end], style) if start >= position else ""
                parts += [text[done:first], words]
                done = last
        if done:
            item.write("".join([*parts, text[done:]]))
        position += len(text)
    return Counter(match.needle for match in matches([whole], needles))


def _redact_attributes(element: Any, needles: dict[str, str], style: Style) -> Counter[str]:
    counts: Counter[str] = Counter()
    for name in _ATTRIBUTES:
        value = element.get(name)
        if value:
            found = spans(value, needles)
            if found:
                counts += Counter(match.needle for match in matches([value], needles))
                element.set(name, redact_text(value, found, style))
    href = element.get("href")
    if href and spans(href, needles):
        counts += Counter(match.needle for match in matches([href], needles))
        del element.attrib["href"]
    return counts
