"""What goes into the index, what is asked of it, and what comes back."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gongkai.search.language import Parsed

MAX_QUERY = 200
"""Characters of a query that are read; what follows is cut off."""
MAX_OFFSET = 10_000
"""Hits that can be paged through; who wants more exports the list."""
FACETS = ("agency", "category", "theme", "kind", "year", "validity")


class SearchError(Exception):
    """Something about the index itself; a query, whatever it says, never raises."""


class NeedsRebuild(SearchError):
    """The folder holds an index of another version, or a broken one: `Index.rebuild(folder)` and index everything."""


class WriterBusy(SearchError):
    """Another process is writing: only one may."""


class Sort(StrEnum):
    RELEVANCE = "relevance"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Document:
    """One thing that can be found. Texts are plain; the index keeps none of them."""

    id: int
    """0 ≤ id < 2**63; putting the same id again replaces."""
    title: str
    numbers: tuple[str, ...] = ()
    """Document number, index number: found in any spelling of brackets and blanks."""
    body: str = ""
    files: str = ""
    """Text of the attachments."""
    date: int = 0
    """Seconds since 1970 (UTC), for sorting, `date_from`/`date_to` and freshness."""
    agency: int = 0
    kind: str = ""
    theme: str = ""
    categories: tuple[str, ...] = ()
    year: int = 0
    validity: str = ""
    sunk: bool = False
    """Repealed or lapsed: comes after all that are not, in either order, and can be left out."""
    boost: float = 1.0
    """Multiplies the score, 0.1 to 10."""


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked. An empty set of a filter means "any"; several values mean "one of"."""

    text: str = ""
    agencies: frozenset[int] = frozenset()
    categories: frozenset[str] = frozenset()
    themes: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    years: frozenset[int] = frozenset()
    validities: frozenset[str] = frozenset()
    date_from: int | None = None
    """Seconds since 1970, included."""
    date_to: int | None = None
    """Seconds since 1970, not included."""
    sort: Sort = Sort.RELEVANCE
    offset: int = 0
    limit: int = 20
    facets: bool = False
    include_sunk: bool = True


@dataclass(frozen=True, slots=True)
class Hit:
    """A document that was found."""

    id: int
    score: float
    """Comparable within one list only; 0 when sorted by date."""
    sunk: bool = False


@dataclass(frozen=True, slots=True)
class Results:
    """An answer: one page of hits, and what is true of all of them."""

    total: int
    hits: tuple[Hit, ...]
    parsed: Parsed
    """What was understood; hand it to `highlight` with the text of a hit."""
    facets: dict[str, list[tuple[int | str, int]]] = field(default_factory=dict)
    """For each of `FACETS`: value and number of hits, most first. Empty unless asked for."""
    relaxed: bool = False
    """Nothing held the words as they were typed, so these hits hold most of their parts."""
    corrected: str | None = None
    """"Did you mean": offered only when nothing, or next to nothing, was found."""
    took_ms: float = 0.0


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of text to show, and the places in it that were looked for."""

    text: str
    ranges: tuple[tuple[int, int], ...]
    """Start and end in `text`, in order, not touching."""
    cut_before: bool = False
    cut_after: bool = False

    def parts(self) -> list[tuple[str, bool]]:
        """The text in pieces, each with whether it is highlighted: for a template that escapes by itself."""
        pieces: list[tuple[str, bool]] = []
        at = 0
        for start, end in self.ranges:
            if start > at:
                pieces.append((self.text[at:start], False))
            pieces.append((self.text[start:end], True))
            at = end
        if at < len(self.text):
            pieces.append((self.text[at:], False))
        return pieces
