"""Show where in a text a query was found. The caller brings the text; the index keeps none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from gongkai.search.folding import TABLE, WORD_END, Units, fold, number_units
from gongkai.search.language import Parsed
from gongkai.search.model import Snippet

LONGEST_TEXT = 200_000
"""Characters of a text that are looked through for a snippet."""
BLOCK = 4_000
LEAD = 0.25
"""How much of the width is shown before the first hit."""


def _spellings(parsed: Parsed) -> list[Units]:
    """What to mark, longest first, so that the longest wins where two begin together."""
    found: dict[Units, None] = {}
    for clause in parsed.clauses:
        for term in clause:
            if parsed.relaxed and not term.quoted:
                found |= dict.fromkeys(term.units[i : i + 2] for i in range(max(1, len(term.units) - 1)))
            found |= dict.fromkeys(term.variants or (term.units,))
            if term.is_number:
                found[tuple(number_units(term.text))] = None
    return sorted((spelling for spelling in found if spelling), key=len, reverse=True)


@lru_cache(maxsize=500)
def _pattern(parsed: Parsed) -> re.Pattern[str] | None:
    """All spellings as one pattern over folded text."""
    spellings = [_GAPS.join(map(_unit, spelling)) for spelling in _spellings(parsed)]
    return re.compile("|".join(spellings)) if spellings else None


_GAPS = " *"
"""What parts words is nothing between the units of a phrase."""


def _unit(unit: str) -> str:
    """One unit: a whole word, or a character."""
    if not unit.endswith(WORD_END):
        return re.escape(unit)
    kin = "0-9" if unit[0].isdigit() else "a-z"
    return f"(?<![{kin}]){unit[:-1]}(?![{kin}])"


def spans(parsed: Parsed, text: str) -> tuple[tuple[int, int], ...]:
    """Start and end of everything in the text that was looked for, in order; what touches is one."""
    pattern = _pattern(parsed)
    if pattern is None:
        return ()
    folded = fold(text)
    match = pattern.search(folded)
    origin = _origin(text) if match else ()
    ranges: list[tuple[int, int]] = []
    while match:
        first, after = match.span()
        start, end = origin[first], origin[after - 1] + 1
        if ranges and start <= ranges[-1][1]:
            ranges[-1] = (ranges[-1][0], max(end, ranges[-1][1]))
        else:
            ranges.append((start, end))
        # What begins within a hit may reach further.
        match = pattern.search(folded, first + 1)
    return tuple(ranges)


def _origin(text: str) -> Sequence[int]:
    """For each character of the folded text, where it came from."""
    if not any(character in text for character in TABLE.uneven):
        return range(len(text))
    return [place for place, character in enumerate(text) for _ in TABLE[ord(character)]]


def highlight(parsed: Parsed, text: str, width: int = 120) -> Snippet:
    """The piece of the text with most hits, `width` characters at most; its beginning when there is none.

    Blanks and line breaks in a row become one blank.
    """
    text = " ".join(text[:LONGEST_TEXT].split())
    ranges = spans(parsed, text)
    width = max(width, 10)
    if len(text) <= width:
        return Snippet(text, ranges)
    start = _best_start(ranges, width, len(text))
    end = min(start + width, len(text))
    inside = tuple((max(a, start) - start, min(b, end) - start) for a, b in ranges if a < end and b > start)
    return Snippet(text[start:end], inside, cut_before=start > 0, cut_after=end < len(text))


def _best_start(ranges: tuple[tuple[int, int], ...], width: int, length: int) -> int:
    """Where to begin, so that most hits are in sight, the earliest such place."""
    best, most, last = 0, 0, 0
    for first, (start, _) in enumerate(ranges):
        last = max(last, first)
        while last < len(ranges) and ranges[last][1] <= start + width * (1 - LEAD):
            last += 1
        if last - first > most:
            best, most = start, last - first
    if not ranges:
        return 0
    lead = best or ranges[0][0]
    return max(0, min(lead - int(width * LEAD), length - width))
