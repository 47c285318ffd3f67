"""Count what a query finds: all of it, what of it is not sunk, and how much has each value of each facet."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

import tantivy

from gongkai.search.model import FACETS
from gongkai.search.schema import SEPARATOR

MOST_VALUES = 5_000
"""Values of one column that are counted."""


@dataclass(frozen=True, slots=True)
class Counted:
    """Numbers of hits."""

    total: int
    live: int
    """Without those that are repealed or lapsed."""
    facets: dict[str, list[tuple[int | str, int]]]


def count(searcher: tantivy.Searcher, node: tantivy.Query, *, facets: bool) -> Counted:
    """Count in one pass."""
    names = ("sunk", *FACETS) if facets else ("sunk",)
    columns = {"category": "categories"}
    asked = {name: {"terms": {"field": columns.get(name, name), "size": MOST_VALUES}} for name in names}
    found = searcher.aggregate(node, asked)
    by_state = {int(bucket["key"]): bucket["doc_count"] for bucket in found["sunk"]["buckets"]}
    values = {name: _values(name, found[name]["buckets"]) for name in names[1:]}
    return Counted(sum(by_state.values()), by_state.get(0, 0), values)


def _values(name: str, buckets: list[dict[str, Any]]) -> list[tuple[int | str, int]]:
    """Values and counts, most first; what was left empty is no value."""
    counted: Counter[int | str] = Counter()
    for bucket in buckets:
        key = bucket["key"]
        if name == "category":
            for value in str(key).split(SEPARATOR):
                counted[value] += bucket["doc_count"]
        else:
            counted[key if isinstance(key, str) else int(key)] += bucket["doc_count"]
    return sorted(((k, n) for k, n in counted.items() if k not in ("", 0)), key=lambda kn: (-kn[1], str(kn[0])))
