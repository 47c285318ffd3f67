"""Guess what was meant when what was typed is found nowhere: one character wrong, missing, too many or swapped."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import tantivy

from gongkai.search.compiling import Compiler
from gongkai.search.folding import WORD_END, Units, written
from gongkai.search.language import Parsed, Term

LONGEST = 16
"""Units of a term that is tried."""
TRIED = 120
"""Spellings of one term that are looked up."""
NEIGHBOURS = 12
"""Characters tried in one place, those that stand most often beside its neighbours."""


def correction(parsed: Parsed, searcher: tantivy.Searcher, compiler: Compiler) -> str | None:
    """The query with its first term that is found nowhere mended, if that can be done."""
    for clause in parsed.clauses:
        for term in clause:
            if len(term.units) < 2 or len(term.units) > LONGEST or _found(compiler, searcher, term.units, term.field):
                continue
            better = _best(compiler, searcher, term)
            if better and term.text in parsed.text:
                return parsed.text.replace(term.text, written(better), 1)
    return None


def _best(compiler: Compiler, searcher: tantivy.Searcher, term: Term) -> Units | None:
    """The spelling that most titles have; one that is shorter only when no other is in any."""
    best: dict[bool, tuple[int, Units]] = {}
    tried = 0
    for spelling in _near(searcher, term.units):
        if tried < TRIED and compiler.frequency("title", spelling):
            tried += 1
            found, shorter = _found(compiler, searcher, spelling, "title"), len(spelling) < len(term.units)
            if found > best.get(shorter, (0, ()))[0]:
                best[shorter] = found, spelling
    chosen = best.get(False) or best.get(True)
    return chosen[1] if chosen else None


def _found(compiler: Compiler, searcher: tantivy.Searcher, spelling: Units, field: str) -> int:
    node = compiler.phrase(field or "text", spelling)
    found: Any = searcher.search(node, 1)
    return int(found.count)


def _near(searcher: tantivy.Searcher, term: Units) -> Iterator[Units]:
    """Spellings one step away whose characters do stand beside each other in titles."""
    for at in range(len(term)):
        if at + 1 < len(term):
            yield (*term[:at], term[at + 1], term[at], *term[at + 2 :])
        if len(term) > 2:
            yield (*term[:at], *term[at + 1 :])
        for unit in _between(searcher, term[at - 1] if at else "", term[at + 1] if at + 1 < len(term) else ""):
            yield (*term[:at], unit, *term[at + 1 :])
        if at:
            for unit in _between(searcher, term[at - 1], term[at]):
                yield (*term[:at], unit, *term[at:])


def _between(searcher: tantivy.Searcher, left: str, right: str) -> list[str]:
    """Characters that stand after the one and before the other in titles, the most frequent first."""
    after = _beside(searcher, "title", left) if left else None
    before = _beside(searcher, "title_back", right) if right else None
    if after is not None and before is not None:
        both = {unit: min(count, before[unit]) for unit, count in after.items() if unit in before}
    else:
        both = after or before or {}
    return sorted(both, key=lambda unit: -both[unit])[:NEIGHBOURS]


def _beside(searcher: tantivy.Searcher, name: str, unit: str) -> dict[str, int]:
    return {
        term[len(unit) :]: count
        for term, count in searcher.terms_with_prefix(name, unit, limit=2_000)
        if len(term) == len(unit) + 1 and term[-1] != WORD_END
    }
