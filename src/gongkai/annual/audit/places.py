"""Names of provinces, prefectures and counties, and which of them lie in or above which.

The names are those of GB/T 2260 in all its editions since 1980, so that reports of any year can be judged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources

_SUFFIX = re.compile("[省市县区旗州盟]")
_LONGEST = 15
_SHORTEST = 3


@cache
def codes() -> Mapping[str, frozenset[str]]:
    """The codes that each name has or had: 江北区 names places in several cities."""
    lines = resources.files(__package__).joinpath("places.txt").read_text("utf-8").splitlines()
    found = {}
    for line in lines:
        if line and not line.startswith("#"):
            name, _, numbers = line.partition(" ")
            found[name] = frozenset(numbers.split(","))
    return found


def places_in(text: str) -> Iterator[tuple[int, int]]:
    """The spans of the names of places in a text; of two that end together the longer."""
    known = codes()
    for suffix in _SUFFIX.finditer(text):
        end = suffix.end()
        for start in range(max(end - _LONGEST, 0), end - _SHORTEST + 1):
            if text[start:end] in known:
                yield start, end
                break


def related(a: str, b: str) -> bool:
    """Whether one place may be the other, lie in it, or share its prefecture; True where either is unknown."""
    first, second = codes().get(a), codes().get(b)
    if first is None or second is None:
        return True
    return any(_near(x, y) for x in first for y in second)


def _near(a: str, b: str) -> bool:
    if a[:2] != b[:2]:
        return False
    return a[2:] == "0000" or b[2:] == "0000" or a[:4] == b[:4]
