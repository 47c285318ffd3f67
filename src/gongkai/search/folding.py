"""Fold text to what counts when texts are compared, and cut it into the units that are matched.

Two texts are the same to the search when their units are: compatibility forms, letter case, accents, traditional
characters, punctuation and blanks do not count. A unit is a run of Latin letters, a run of digits, or one character of
any other script. A phrase is found where its units follow one another, so `1月` is not found in `11月`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from itertools import islice, zip_longest
from operator import add

Units = tuple[str, ...]

DIGITS = frozenset("0123456789")
GAP = " "
"""What punctuation and blanks become: it parts words, and is nothing between other characters."""
LONGEST = 40
"""Letters or digits of a unit; longer runs are cut alike in documents and in queries."""
WORD = re.compile(rf"([a-z]{{1,{LONGEST}}}|[0-9]{{1,{LONGEST}}})")
WORD_END = "_"
"""Ends every word, so that 12·3 and 1·23 differ when units are joined. No folded text holds it."""
BARRIER = "\ufdd0"
"""A unit of its own that no phrase has: stands between texts that share a field. No letter, so no text means it."""
CIRCLES = {"○": "〇", "◯": "〇", "Ｏ": "o"}
"""Typists write the zero of 二〇二四 in many ways."""


@cache
def simplified() -> dict[str, str]:
    """Traditional and variant characters, each with the simplified one."""
    lines = files("gongkai.search").joinpath("data/simplified.txt").read_text(encoding="utf-8").split()
    once = {line[0]: line[1] for line in lines}
    return {traditional: once.get(simple, simple) for traditional, simple in once.items()}


def _fold_character(character: str) -> str:
    if character == BARRIER:
        return BARRIER
    character = CIRCLES.get(character, character)
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", character).lower())
    bare = "".join(c for c in apart if unicodedata.category(c) not in ("Mn", "Me", "Cf"))
    if apart and not bare:
        return ""
    together = unicodedata.normalize("NFKC", bare)
    return "".join(simplified().get(c, c) if unicodedata.category(c)[0] in "LN" else GAP for c in together)


class _Table(dict[int, str]):
    """What each character becomes, filled as characters are met, for `str.translate`."""

    def __init__(self) -> None:
        self.uneven = ""
        """The characters met so far that become none or several."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _fold_character(chr(code))
        if len(folded) != 1:
            self.uneven += chr(code)
        return folded


TABLE = _Table()


def fold(text: str) -> str:
    """The text with everything that does not count removed or made equal; what parts words is one blank each."""
    return text.translate(TABLE)


def units(text: str) -> list[str]:
    """The units of a text, in order; words end in `WORD_END`, so that units can be joined without doubt."""
    found: list[str] = []
    # Every second piece is a word: faster by half than matching unit after unit.
    for number, piece in enumerate(WORD.split(fold(text))):
        if number % 2:
            found.append(piece + WORD_END)
        elif piece:
            found += piece.replace(GAP, "")
    return found


def number_units(number: str) -> list[str]:
    """The units of a document number as anybody may spell it: without 第 before its digits, nor zeros before them."""
    return without_padding(units(number))


def without_padding(found: list[str]) -> list[str]:
    """Units without 第 before digits, and digits without zeros before them."""
    return [
        (u[:-1].lstrip("0") or "0") + WORD_END if u[0] in DIGITS else u
        for u, following in zip_longest(found, found[1:], fillvalue=" ")
        if not (u == "第" and following[0] in DIGITS)
    ]


def pairs(found: Sequence[str]) -> list[str]:
    """The terms of all neighbouring units, in order: what is indexed, at every position exactly one."""
    return list(map(add, found, islice(found, 1, None)))


def written(found: Sequence[str]) -> str:
    """Units as people read them."""
    return "".join(
        unit.rstrip(WORD_END) + (" " if unit[-1] == following[-1] == WORD_END else "")
        for unit, following in zip_longest(found, found[1:], fillvalue=" ")
    )


def holds(text: Sequence[str], phrase: Sequence[str]) -> bool:
    """Whether the units of a phrase follow one another in those of a text: the definition of a literal match."""
    n = len(phrase)
    return any(text[i : i + n] == phrase for i in range(len(text) - n + 1))
