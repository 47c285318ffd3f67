"""Show where in a text a query was found. The caller brings the text; the index keeps none."""

from __future__ import annotations

from gongkai.search.folding import Units, located_units, number_units
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


def spans(parsed: Parsed, text: str) -> tuple[tuple[int, int], ...]:
    """Start and end of everything in the text that was looked for, in order; what touches is one."""
    by_first: dict[str, list[Units]] = {}
    for spelling in _spellings(parsed):
        by_first.setdefault(spelling[0], []).append(spelling)
    found = located_units(text)
    names = tuple(unit for unit, _, _ in found)
    ranges: list[tuple[int, int]] = []
    for at, name in enumerate(names):
        for spelling in by_first.get(name, ()):
            if names[at : at + len(spelling)] == spelling:
                start, end = found[at][1], found[at + len(spelling) - 1][2]
                if ranges and start <= ranges[-1][1]:
                    ranges[-1] = (ranges[-1][0], max(end, ranges[-1][1]))
                else:
                    ranges.append((start, end))
                break
    return tuple(ranges)


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
