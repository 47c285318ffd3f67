"""A text made ready for scanning: its half-width form, character by character, with its lines, addresses and names."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import accumulate

from gongkai.text.scan.model import Level
from gongkai.text.scan.names import FoundName, find_names

_NARROW = (
    {0xFF01 + i: 0x21 + i for i in range(0x5E)}
    | dict.fromkeys((0x3000, 0xA0, *range(0x2000, 0x2010), 0x202F, 0x2060, 0xFEFF, 0xAD), 0x20)
    | dict.fromkeys((0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2212, 0xFE63), 0x2D)
)
"""Full-width signs, every kind of space (also those without width) and every kind of hyphen: one sign for one."""
_NARROW_SIGNS = {chr(wide): chr(narrow) for wide, narrow in _NARROW.items()}
_WIDE = frozenset(_NARROW_SIGNS)
_LONG_NUMBER = re.compile(r"[0-9](?:[ \-]?[0-9]){6,63}")
_LONGEST_NAME = 12
_URL = re.compile(r"(?:https?://|www\.)[A-Za-z0-9./?=&%_#:;~+\-]{1,500}")


@dataclass(frozen=True, slots=True)
class Found:
    """What a detector found: a rule's id, the place, and what it knows better than the rule."""

    rule: str
    start: int
    end: int
    level: Level | None = None
    detail: str = ""
    detail_en: str = ""


class View:
    """A text as detectors look at it; all positions are those of `text` and `plain` alike."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.plain = text
        signs = frozenset(text)
        wide = _WIDE & signs
        for sign in wide:  # far quicker than `translate` where only few kinds of them occur
            self.plain = self.plain.replace(sign, _NARROW_SIGNS[sign])
        self.signs = signs - wide | {_NARROW_SIGNS[sign] for sign in wide}
        """The different characters of `plain`: a word whose first is not among them need not be looked for."""

    def has(self, words: tuple[str, ...]) -> bool:
        """Whether any of the words stands in the text; a cheap question before a dear one."""
        return any(word in self.plain for word in self._possible(words))

    def has_signs(self, words: tuple[str, ...]) -> bool:
        """Whether the first sign of any of the words stands in the text; without it none of them does."""
        return not _by_beginning(words)[0].isdisjoint(self.signs)

    def _possible(self, words: tuple[str, ...]) -> Iterable[str]:
        """The words whose first sign stands in the text."""
        signs, by_sign = _by_beginning(words)
        if signs.isdisjoint(self.signs):
            return ()
        return [word for sign in signs & self.signs for word in by_sign[sign]]

    @cached_property
    def number_windows(self) -> list[tuple[int, int]]:
        """Where runs of seven digits or more stand, single spaces or hyphens inside, with a few signs around each.

        Those that touch are one, so that none ends within a number.
        """
        windows: list[tuple[int, int]] = []
        for found in _LONG_NUMBER.finditer(self.plain):
            start, end = max(0, found.start() - 4), found.end() + 40
            if windows and start <= windows[-1][1]:
                start = windows.pop()[0]
            windows.append((start, end))
        return windows

    def in_numbers(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """The matches of a pattern that holds a long number."""
        done = 0
        for start, end in self.number_windows:
            for found in pattern.finditer(self.plain, max(start, done), end):
                yield found
                done = found.end()

    def lines_with(self, words: tuple[str, ...]) -> list[tuple[int, int]]:
        """Where the lines start and end that hold any of the words, in order."""
        lines = set()
        for word in self._possible(words):
            place = self.plain.find(word)
            while place >= 0:
                line = self.line(place)
                lines.add(line)
                place = self.plain.find(word, max(line[1], place + len(word)))
        return sorted(lines)

    def matches(self, pattern: re.Pattern[str], words: tuple[str, ...]) -> Iterator[re.Match[str]]:
        """The matches of a pattern on the lines that hold any of the words, without which it cannot match."""
        for start, end in self.lines_with(words):
            yield from pattern.finditer(self.plain, start, end)

    @cached_property
    def starts(self) -> list[int]:
        """Where each line starts."""
        return list(accumulate((len(line) + 1 for line in self.plain.split("\n")[:-1]), initial=0))

    def line_number(self, place: int) -> int:
        """The number of the line that holds a place, from 0."""
        return bisect_right(self.starts, place) - 1

    def line(self, place: int) -> tuple[int, int]:
        """Where the line that holds a place starts and ends, without its line break."""
        number = self.line_number(place)
        end = self.starts[number + 1] - 1 if number + 1 < len(self.starts) else len(self.plain)
        return self.starts[number], end

    def before(self, place: int, most: int) -> str:
        """The characters before a place on its line, at most so many."""
        return self.plain[max(self.line(place)[0], place - most) : place]

    def after(self, place: int, most: int) -> str:
        """The characters from a place on to the end of its line, at most so many."""
        return self.plain[place : min(self.line(place)[1], place + most)]

    @cached_property
    def head(self) -> int:
        """Where the first ten lines that are not empty end."""
        seen = 0
        for start in self.starts:
            end = self.line(start)[1]
            seen += bool(self.plain[start:end].strip())
            if seen == 10:
                return end
        return len(self.plain)

    @cached_property
    def urls(self) -> list[tuple[int, int]]:
        """Where web addresses stand."""
        if "://" not in self.plain and "www." not in self.plain:
            return []
        return [found.span() for found in _URL.finditer(self.plain)]

    def in_url(self, place: int) -> bool:
        """Whether a place lies in a web address."""
        number = bisect_right(self.urls, (place, len(self.plain))) - 1
        return number >= 0 and place < self.urls[number][1]

    @cached_property
    def names(self) -> list[FoundName]:
        """The names of persons that their surroundings give away."""
        return find_names(self.plain)

    def name_near(self, start: int, end: int, most: int = 25) -> FoundName | None:
        """A name on the same line, at most so many characters away."""
        line = self.line(start)
        first, last = max(line[0], start - most), min(line[1], end + most)
        for name in self.names[bisect_left(self.names, first - _LONGEST_NAME, key=_start) :]:
            if name.start > last:
                return None
            if line[0] <= name.start and first <= name.end <= line[1]:
                return name
        return None


@cache
def _by_beginning(words: tuple[str, ...]) -> tuple[frozenset[str], dict[str, list[str]]]:
    found: dict[str, list[str]] = {}
    for word in words:
        found.setdefault(word[0], []).append(word)
    return frozenset(found), found


def _start(name: FoundName) -> int:
    return name.start
