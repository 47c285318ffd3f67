"""Words of the field that mean the same: what people say, and what documents call it.

`data/synonyms.txt` holds one group a line, parted by `=`. A query that holds one of a group also looks for the others,
unless it is quoted.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from gongkai.search.folding import Units, holds, units

MOST_VARIANTS = 8
"""Spellings of one term that are looked for."""


@dataclass(frozen=True)
class Synonyms:
    """Groups of words, ready to be found inside a term."""

    members: dict[str, tuple[tuple[Units, int], ...]]
    """By first unit: the members that begin with it, longest first, with the group of each."""
    groups: tuple[tuple[Units, ...], ...]

    @classmethod
    def read(cls, text: str) -> Synonyms:
        """From the lines of the file; `#` begins a comment."""
        groups: list[tuple[Units, ...]] = []
        for line in text.splitlines():
            words = [tuple(units(word)) for word in line.split("#")[0].split("=")]
            group = tuple(dict.fromkeys(word for word in words if word))
            if len(group) > 1:
                groups.append(group)
        members: dict[str, list[tuple[Units, int]]] = {}
        for number, group in enumerate(groups):
            for word in group:
                members.setdefault(word[0], []).append((word, number))
        ordered = {k: tuple(sorted(v, key=lambda member: -len(member[0]))) for k, v in members.items()}
        return cls(ordered, tuple(groups))

    def variants(self, term: Units) -> tuple[Units, ...]:
        """The term first, then what else it may be called, at most `MOST_VARIANTS` together.

        What holds the term itself is left out: whoever looks for 公积金 finds 住房公积金 anyway.
        """
        found: dict[Units, None] = {term: None}
        at = 0
        while at < len(term):
            length = 1
            for word, group in self.members.get(term[at], ()):
                if term[at : at + len(word)] == word:
                    for other in self.groups[group]:
                        found.setdefault(term[:at] + other + term[at + len(word) :])
                    length = len(word)
                    break
            at += length
        others = [other for other in found if other != term and not holds(other, term)]
        return (term, *others)[:MOST_VARIANTS]


@cache
def synonyms() -> Synonyms:
    """The groups that come with the program."""
    return Synonyms.read(files("gongkai.search").joinpath("data/synonyms.txt").read_text(encoding="utf-8"))
