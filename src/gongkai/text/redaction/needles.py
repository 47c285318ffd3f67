"""Finds words in text whatever blanks, widths and forms of characters stand between them and the search."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

MIN_LENGTH = 2
"""A needle of one character would take out half of a document."""


def normal(text: str) -> str:
    """The text without blanks and invisible characters, in one form and in small letters."""
    return "".join(folded for char in text for folded in fold(char))


@lru_cache(20_000)
def fold(char: str) -> str:
    """The comparable form of one character; "" for blanks and invisible ones."""
    if char.isspace() or unicodedata.category(char) in ("Cf", "Cc", "Cn", "Zs"):
        return ""
    return "".join(part for part in unicodedata.normalize("NFKC", char).lower() if not part.isspace())


def checked(needles: Iterable[str]) -> dict[str, str]:
    """Each needle with its comparable form; raises ValueError for one that is too short."""
    found = {needle: normal(needle) for needle in needles}
    for needle, form in found.items():
        if len(form) < MIN_LENGTH:
            raise ValueError(f"要去除的内容“{needle}”太短，请至少给出 {MIN_LENGTH} 个字。")
    return found


@dataclass(frozen=True, slots=True)
class Match:
    """Where a needle is: the indexes of the pieces of text that hold it."""

    needle: str
    pieces: tuple[int, ...]


def matches(texts: Sequence[str], needles: dict[str, str]) -> list[Match]:
    """Every place of every needle in pieces of text that are read one after the other."""
    chars: list[str] = []
    owners: list[int] = []
    for index, text in enumerate(texts):
        for char in normal(text):
            chars.append(char)
            owners.append(index)
    whole = "".join(chars)
    found: list[Match] = []
    for needle, form in needles.items():
        start = whole.find(form)
        while start >= 0:
            found.append(Match(needle, tuple(dict.fromkeys(owners[start : start + len(form)]))))
            start = whole.find(form, start + 1)
    return found


def spans(text: str, needles: dict[str, str]) -> list[tuple[int, int]]:
    """The spans of all needles in one text, overlapping ones joined."""
    found = sorted((match.pieces[0], match.pieces[-1] + 1) for match in matches(list(text), needles))
    joined: list[tuple[int, int]] = []
    for start, end in found:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def contains(text: str, needles: dict[str, str]) -> list[str]:
    """The needles that are in a text."""
    form = normal(text)
    return [needle for needle, wanted in needles.items() if wanted in form]
