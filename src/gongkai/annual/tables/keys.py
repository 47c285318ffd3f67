"""The matching key of a label: what stays of it without its number, its bracketed notes, and its punctuation."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from gongkai.text.labels import ordinal, plain, strip_numbering

_BLANKS = re.compile(r"\s+")
_NOTES = re.compile(r"[（(\[［〔【][^（）()\[\]［］〔〕【】]*(?:[）)\]］〕】]|$)")
_AMONG = re.compile(r"其中[：:，,]?")
_BARE_NUMBER = re.compile(r"([0-9０-９]{1,2})(?=[\u4e00-\u9fff“\"（(])")
_LOST = re.compile("[?？\ufffd□]")
_LONGEST = 160


@dataclass(frozen=True, slots=True)
class Key:
    """A label taken apart."""

    text: str
    """The normal form of the words; empty where the label is only a number or a note."""
    number: int | None = None
    """Its number, 3 for （三）, 三、 and 3."""
    arabic: bool = False
    """Whether the number is written in Arabic figures."""
    lost: int = 0
    """How many characters are known to be lost."""


@lru_cache(maxsize=16384)
def key_of(label: str) -> Key:
    """The matching key of a label as printed.

    >>> key_of("（二）部分公开（区分处理的，只计这一情形）")
    Key(text='部分公开', number=2, arabic=False, lost=0)
    """
    text = _BLANKS.sub("", label[: _LONGEST * 2])
    number, text = _number(text)
    lost = len(_LOST.findall(text))
    kept = plain(_without_notes(text))[:_LONGEST]
    arabic = any(c.isdigit() for c in number)
    return Key(kept, ordinal(number) if number else None, arabic, lost)


def _number(text: str) -> tuple[str, str]:
    """The number and the rest; 其中： before or after it is dropped."""
    among = _AMONG.match(text)
    if among:
        text = text[among.end() :]
    number, rest = strip_numbering(text)
    if not number:
        bare = _BARE_NUMBER.match(text)
        if bare and not text[bare.end() :].startswith("年"):
            number, rest = bare[1], text[bare.end() :]
    among = _AMONG.match(rest)
    return number, rest[among.end() :] if among else rest


def _without_notes(text: str) -> str:
    """Without what stands in brackets; the brackets inside a word, as in 区（市）政府, are dropped with it."""
    for _ in range(3):
        shorter = _NOTES.sub("", text)
        if shorter == text:
            break
        text = shorter
    return text
