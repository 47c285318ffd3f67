"""Finds the words that say what a figure counts, each with its concept, in one pass over a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import resources
from typing import NamedTuple


class Token(NamedTuple):
    """A word of the lexicon in a text: its span and the bit of its concept."""

    start: int
    end: int
    bit: int


_IGNORE = "IGNORE"
_TITLE = re.compile(r"《[^》]{1,80}》")


class Lexicon:
    """The words and concepts of lexicon.txt. A set of concepts is an int with one bit a concept."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.bits: dict[str, int] = {}
        self._concepts: dict[str, int] = {}
        self._masks: dict[str, int] = {}
        for line in lines:
            if not line.strip() or line.startswith("#"):
                continue
            name, _, words = line.partition(":")
            bit = 0 if name == _IGNORE else self.bits.setdefault(name, 1 << len(self.bits))
            for word in words.split():
                if word in self._concepts:
                    raise ValueError(f"lexicon: {word} is there twice")
                self._concepts[word] = bit
        self._pattern = re.compile(_trie(self._concepts))

    def mask(self, names: str) -> int:
        """The set of these concepts, named with blanks between; raises KeyError for an unknown one."""
        found = self._masks.get(names)
        if found is None:
            found = 0
            for name in names.split():
                found |= self.bits[name]
            self._masks[names] = found
        return found

    def tokens(self, text: str) -> list[Token]:
        """All words of the lexicon in a text, longest first and without overlaps. Titles in 《》 hold none but 公报."""
        concepts = self._concepts
        found = [Token(m.start(), m.end(), bit) for m in self._pattern.finditer(text) if (bit := concepts[m.group()])]
        if "《" in text and found:
            titles = [m.span() for m in _TITLE.finditer(text)]
            gazette = self.bits["GAZETTE"]
            found = [
                t
                for t in found
                if not any(a < t.start < b for a, b in titles) or (t.bit == gazette and text[t.end : t.end + 1] == "》")
            ]
        return found


def _trie(words: Iterable[str]) -> str:
    """A regular expression that takes the longest of these words without trying them one by one."""
    root: dict[str, dict] = {}  # type: ignore[type-arg]
    for word in words:
        node = root
        for char in word:
            node = node.setdefault(char, {})
        node[""] = {}
    return _branches(root)


def _branches(node: dict[str, dict]) -> str:  # type: ignore[type-arg]
    parts = list(_parts(node))
    joined = parts[0] if len(parts) == 1 else f"(?:{'|'.join(parts)})"
    return f"(?:{joined})?" if "" in node and parts else joined


def _parts(node: dict[str, dict]) -> Iterator[str]:  # type: ignore[type-arg]
    for char, below in sorted(node.items()):
        if char:
            yield re.escape(char) + (_branches(below) if set(below) != {""} else "")


@cache
def lexicon() -> Lexicon:
    """The lexicon, built when the first sentence is read."""
    text = resources.files(__package__).joinpath("lexicon.txt").read_text("utf-8")
    return Lexicon(text.splitlines())
