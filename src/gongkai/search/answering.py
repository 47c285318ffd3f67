"""Answer queries from one state of the index: what is committed meanwhile is seen by the next one."""

from __future__ import annotations

import os
import threading
import time
from collections import OrderedDict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cache
from typing import Any

import tantivy
from tantivy import Query as Node

from gongkai.search import schema
from gongkai.search.compiling import Compiler, all_of
from gongkai.search.correcting import correction
from gongkai.search.counting import Counted, count
from gongkai.search.language import Parsed, parse
from gongkai.search.model import MAX_OFFSET, Hit, Query, Results, Sort

REMEMBERED = 500
"""Counts of queries that are kept until the index changes."""
TOGETHER = 10_000
"""Documents to look at from which a query is counted and ranked at the same time."""
BROAD = 30_000
"""Documents to look at from which those with the words in the title come first, then the newest, whatever the score."""
ONE_PASS = 200
"""Hits up to the end of the page that are ranked without parting live from sunk."""
FEW = 2
"""Hits up to which a correction is offered."""
MAX_LIMIT = 10_000
BEST, NEWEST = {"weight_by_field": "weight"}, {"order_by_field": "rank"}


class Search:
    """The documents of one commit. Safe to share between threads."""

    def __init__(self, searcher: tantivy.Searcher, fields: tantivy.Schema) -> None:
        """Of a searcher, which sees one commit as long as it lives."""
        self._searcher = searcher
        self._compiler = Compiler(fields, searcher)
        self._any_sunk = searcher.doc_freq("sunk", 1) > 0
        self._lock = threading.Lock()
        self._remembered: OrderedDict[tuple[Query, Parsed], Counted] = OrderedDict()

    def count(self) -> int:
        """Documents that can be found."""
        return int(self._searcher.num_docs)

    def forget(self) -> None:
        """Drop the counts that are remembered: for measuring."""
        self._remembered.clear()

    def did_you_mean(self, text: str) -> str | None:
        """The text with one character of a term mended so that more is found, or nothing better."""
        return correction(parse(text), self._searcher, self._compiler)

    def search(self, query: Query) -> Results:
        """What a query finds. Never raises, whatever the query says."""
        started = time.perf_counter()
        parsed = parse(query.text)
        results = self._run(query, parsed)
        if not results.total and (parts := parsed.for_relaxing()) and not self._counted(Query(), parsed).total:
            eased = self._run(query, parts)
            results = replace(eased, relaxed=True) if eased.total else results
        if parsed.clauses and (results.relaxed or results.total <= FEW):
            results = replace(results, corrected=self.did_you_mean(query.text))
        return replace(results, took_ms=(time.perf_counter() - started) * 1000)

    def _run(self, query: Query, parsed: Parsed) -> Results:
        offset = min(max(query.offset, 0), MAX_OFFSET)
        query = replace(query, offset=offset, limit=min(max(query.limit, 0), MAX_LIMIT))
        ranked = bool(parsed.clauses) and query.sort == Sort.RELEVANCE
        find = self._by_relevance if ranked else self._by_date
        if self._compiler.breadth(parsed) > TOGETHER:
            # Counting and ranking take about as long as each other, and neither holds Python's lock.
            counting = _pool().submit(self._counted, query, parsed)
            hits = find(query, parsed)
            counted = counting.result()
        else:
            counted = self._counted(query, parsed)
            hits = find(query, parsed) if counted.total > offset else []
        facets = {name: list(values) for name, values in counted.facets.items()}
        return Results(counted.total, tuple(hits), parsed, facets)

    def _by_date(self, query: Query, parsed: Parsed) -> list[Hit]:
        """Newest first; `rank` has the sunk ones below all others."""
        node = Node.const_score_query(self._compiler.whole(query, parsed, scored=False), 1.0)
        found, _ = self._page(node, query.limit, query.offset, order_by_field="rank")
        return [Hit(id, 0.0, key < 1 << schema.SUNK_BIT) for id, (key, _) in zip(self._ids(found), found, strict=True)]

    def _by_relevance(self, query: Query, parsed: Parsed) -> list[Hit]:
        """The best by score, tier after tier."""
        first = self._first_tier(query, parsed)
        if first is not None:
            return first
        hits: list[Hit] = []
        offset = query.offset
        for node, sunk, order in self._tiers(query, parsed):
            if len(hits) == query.limit:
                break
            found, tier = self._page(node, query.limit - len(hits), offset, **order)
            scored = order is BEST
            hits += [
                Hit(id, score if scored else 0.0, sunk) for id, (score, _) in zip(self._ids(found), found, strict=True)
            ]
            offset = max(0, offset - tier)
        return hits

    def _first_tier(self, query: Query, parsed: Parsed) -> list[Hit] | None:
        """The page if it lies in the first tier or holds all there is: then one pass is enough.

        Sunk ones have a hundredth of the weight, so they are seldom in the way; when one is, this gives up.
        """
        need = query.offset + query.limit
        if not query.limit or need > ONE_PASS:
            return None
        broad = self._is_broad(parsed)
        node = self._compiler.whole(query, parsed, scored=True, titles_only=broad)
        found, total = self._page(node, need, 0, weight_by_field="weight")
        sunk = [bool(key) for key in self._searcher.fast_field_values("sunk", [a for _, a in found])] if found else []
        if any(sunk) and (total > len(found) or sunk != sorted(sunk)):
            return None
        if broad and len(found) < need:
            return None
        hits = [Hit(id, score, flag) for id, (score, _), flag in zip(self._ids(found), found, sunk, strict=True)]
        return hits[query.offset :]

    def _is_broad(self, parsed: Parsed) -> bool:
        return not parsed.relaxed and self._compiler.breadth(parsed) > BROAD

    def _tiers(self, query: Query, parsed: Parsed) -> Iterator[tuple[Node, bool, dict[str, str]]]:
        """What comes wholly before what follows, whether it is sunk, and its order.

        Live before sunk; of very many, the best of those with the words in the title, then the newest of the others.
        """
        compiler = self._compiler
        both = replace(query, include_sunk=True)
        if self._is_broad(parsed):
            titles = compiler.whole(both, parsed, scored=True, titles_only=True)
            plain = compiler.whole(both, parsed, scored=False, titles_only=True)
            others = compiler.without(compiler.whole(both, parsed, scored=False), plain)
            nodes = [(titles, BEST), (Node.const_score_query(others, 1.0), NEWEST)]
        else:
            nodes = [(compiler.whole(both, parsed, scored=True), BEST)]
        if not self._any_sunk:
            yield from ((node, False, order) for node, order in nodes)
            return
        sunk = compiler.sunk()
        yield from ((compiler.without(node, sunk), False, order) for node, order in nodes)
        if query.include_sunk:
            yield from ((all_of([node, sunk]), True, order) for node, order in nodes)

    def _page(self, node: Node, limit: int, offset: int, **how: Any) -> tuple[list[tuple[Any, Any]], int]:
        """Scores or sort keys of a page with the addresses of the documents; and how many there are on all pages."""
        if not limit:
            return [], 0
        found: Any = self._searcher.search(node, limit, offset=offset, **how)
        return found.hits, found.count

    def _ids(self, hits: list[tuple[Any, Any]]) -> list[int]:
        ids: list[Any] = self._searcher.fast_field_values("id", [address for _, address in hits]) if hits else []
        return ids

    def _counted(self, query: Query, parsed: Parsed) -> Counted:
        """How many there are, by each value of each facet; remembered until the index changes."""
        key = (replace(query, text="", sort=Sort.DATE, offset=0, limit=0), parsed)
        remembered = self._remembered
        found = remembered.get(key)
        if found is None:
            node = Node.const_score_query(self._compiler.whole(query, parsed, scored=False), 1.0)
            found = count(self._searcher, node, facets=query.facets)
            with self._lock:
                remembered[key] = found
                if len(remembered) > REMEMBERED:
                    remembered.popitem(last=False)
        return found


@cache
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(2, thread_name_prefix="search")


# Threads do not survive a fork; a child makes its own.
os.register_at_fork(after_in_child=_pool.cache_clear)
