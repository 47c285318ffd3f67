"""Count what a query finds: all of it, and how much has each value of each facet."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

import tantivy

from gongkai.search.model import FACETS
from gongkai.search.schema import SEPARATOR

EVERY = "year"
"""A column that has one value in every document, so that its counts add up to all."""
MOST_VALUES = 5_000
"""Values of one column that are counted."""


@dataclass(frozen=True, slots=True)
class Counted:
    """Numbers of hits."""

    total: int
    facets: dict[str, list[tuple[int | str, int]]]


def count(searcher: tantivy.Searcher, node: tantivy.Query, *, facets: bool) -> Counted:
    """Count in one pass."""
    columns = {"category": "categories"}
    names = FACETS if facets else (EVERY,)
    found = searcher.aggregate(node, {n: {"terms": {"field": columns.get(n, n), "size": MOST_VALUES}} for n in names})
    years = found[EVERY]
    total = sum(bucket["doc_count"] for bucket in years["buckets"]) + years.get("sum_other_doc_count", 0)
    values = {name: _values(name, found[name]["buckets"]) for name in names} if facets else {}
    return Counted(total, values)


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
