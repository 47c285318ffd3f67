"""How much of one text stands in another, and where: exact passages over character shingles.

Figures, years, blanks and punctuation are left out of the comparison, so that a copied paragraph with new figures is
still a copied paragraph; titles of documents and the phrases that every report must carry do not count.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

SHINGLE = 12
"""Characters in a shingle: longer than the phrases that all offices use, shorter than a sentence."""
PASSAGE = 24
"""A run of equal text shorter than this is chance or phrase, not a passage."""
_PERMUTATIONS = 64
_BANDS_THRESHOLD = 0.3

_BOILERPLATE = re.compile(
    r"《[^》\n]{0,80}》|根据[^。\n]{0,160}?编制[^。\n]{0,60}。"
    r"|(?:本报告|全文)[^。\n]{0,20}?(?:由|包括|内容包括)[^。\n]{0,220}(?:组成|等)?[^。\n]{0,20}。"
    r"|(?:本报告)?(?:中)?(?:所列)?数据的?统计期限[^。\n]*。?|如对本(?:年度)?报告[^\n]*|本报告[^。\n]{0,30}(?:下载|查阅)[^\n]*"
    r"|以公开为(?:常态|原则)[，、]?不公开为例外|谁公开[、，]谁审查[、，]谁负责|先审查[、，]后公开"
)
_KEPT = re.compile(r"[\u4e00-\u9fffA-Za-z]+")


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of text that two reports share, as it stands in the first."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much of a text stands in another: `share` of its letters, and the passages, longest first."""

    share: float
    length: int
    """Letters of the first text that count."""
    passages: tuple[Passage, ...]


def letters(text: str) -> tuple[str, tuple[int, ...]]:
    """The letters of a text that count for likeness, and where each stood."""
    masked = _BOILERPLATE.sub(lambda m: "　" * len(m[0]), text)
    kept: list[str] = []
    places: list[int] = []
    for run in _KEPT.finditer(masked):
        kept.append(run[0])
        places.extend(range(run.start(), run.end()))
    return "".join(kept), tuple(places)


def shingles(text: str) -> frozenset[str]:
    """The shingles of the letters of a text."""
    kept, _ = letters(text)
    return _shingles(kept)


def _shingles(kept: str) -> frozenset[str]:
    return frozenset(kept[i : i + SHINGLE] for i in range(len(kept) - SHINGLE + 1))


def likeness(text: str, other: str) -> Likeness:
    """How much of `text` stands in `other`."""
    kept, places = letters(text)
    if len(kept) < SHINGLE:
        return Likeness(0.0, len(kept), ())
    known = shingles(other)
    passages = []
    covered = 0
    for start, end in _runs(kept, known):
        if end - start >= PASSAGE:
            covered += end - start
            a, b = places[start], places[end - 1] + 1
            passages.append(Passage(text[a:b], a, b))
    passages.sort(key=lambda p: p.start - p.end)
    return Likeness(covered / len(kept), len(kept), tuple(passages))


def _runs(kept: str, known: frozenset[str]) -> Iterator[tuple[int, int]]:
    """The spans of letters whose every shingle is known."""
    start = None
    last = len(kept) - SHINGLE
    for i in range(last + 1):
        if kept[i : i + SHINGLE] in known:
            start = i if start is None else start
        elif start is not None:
            yield start, i - 1 + SHINGLE
            start = None
    if start is not None:
        yield start, len(kept)


def candidates(text: str, others: Sequence[str], *, least: float = _BANDS_THRESHOLD) -> Sequence[int]:
    """Indexes of the texts that may share much with a text, most alike first; by MinHash, so a few may be missed."""
    if len(others) <= 8:
        return range(len(others))
    own = _signature(shingles(text))
    found = [(own.jaccard(_signature(shingles(o))), i) for i, o in enumerate(others)]  # type: ignore[attr-defined]
    return [i for score, i in sorted(found, reverse=True) if score >= least / 3]


def alike_pairs(texts: Sequence[str], *, least: float = _BANDS_THRESHOLD) -> Sequence[tuple[int, int]]:
    """Pairs of texts that may share much, found in one pass over any number of texts (MinHash LSH)."""
    from datasketch import MinHashLSH

    index = MinHashLSH(threshold=least, num_perm=_PERMUTATIONS)
    pairs = set()
    for i, text in enumerate(texts):
        shingled = shingles(text)
        if not shingled:
            continue
        signature = _signature(shingled)
        pairs |= {(int(j), i) for j in index.query(signature)}
        index.insert(str(i), signature)
    return sorted(pairs)


def _signature(shingled: Iterable[str]) -> object:
    from datasketch import MinHash

    signature = MinHash(num_perm=_PERMUTATIONS, seed=1)
    signature.update_batch([s.encode() for s in shingled])
    return signature
