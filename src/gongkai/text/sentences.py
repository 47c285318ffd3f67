"""Splits Chinese prose into sentences."""

from __future__ import annotations

import re

_BOUNDARY = re.compile(r"[。！？!?；;…]+|[\n\r]+|[“‘「『（(《〈【\[〔”’」』）)》〉】\]〕\"]")
_OPENING = dict(zip("“‘「『（(《〈【[〔", "”’」』）)》〉】]〕", strict=True))
_CLOSING = frozenset(_OPENING.values())
_LONGEST_INSERT = 120
"""A bracket or quotation that has not closed after so many characters never will: it is not an insert any more."""


def sentences(text: str) -> list[tuple[int, int]]:
    """The spans of the sentences, in order, without the blanks around them.

    A sentence ends at 。；！？ or at the end of a line, closing quotation marks included; not inside brackets or
    quotation marks, unless these never close. Every character that is not blank is in exactly one sentence.
    """
    spans: list[tuple[int, int]] = []
    start = 0
    open_until: list[str] = []
    opened_at = 0
    for mark in _BOUNDARY.finditer(text):
        char, position = mark[0][0], mark.start()
        if position < start:
            continue  # the closing quotation mark was taken with its full stop
        if char in "\n\r":
            open_until.clear()
            start = _close(text, start, position, spans)
        elif char in _OPENING:
            if not open_until:
                opened_at = position
            open_until.append(_OPENING[char])
        elif char in _CLOSING:
            if open_until and char in open_until:
                del open_until[open_until.index(char) :]
            if not open_until and position and text[position - 1] in "。！？!?" and char in "”’」』":
                start = _close(text, start, mark.end(), spans)
        elif char != '"':
            if open_until and position - opened_at > _LONGEST_INSERT:
                open_until.clear()
            if not open_until:
                start = _close(text, start, _after_quote(text, mark.end()), spans)
    _close(text, start, len(text), spans)
    return spans


def _after_quote(text: str, end: int) -> int:
    """A closing quotation mark directly after the full stop belongs to the sentence."""
    while end < len(text) and text[end] in "”’」』":
        end += 1
    return end


def _close(text: str, start: int, end: int, spans: list[tuple[int, int]]) -> int:
    inner = text[start:end]
    stripped = inner.strip()
    if stripped:
        first = start + len(inner) - len(inner.lstrip())
        spans.append((first, first + len(stripped)))
    return end
