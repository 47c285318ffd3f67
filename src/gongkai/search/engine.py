"""The index that is searched: opens it, answers queries, notices commits."""

from __future__ import annotations

import shutil
import threading
import time
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import tantivy
from tantivy import Query as Node

from gongkai.search import schema
from gongkai.search.compiling import Compiler, all_of
from gongkai.search.correcting import correction
from gongkai.search.folding import units
from gongkai.search.language import Parsed, parse
from gongkai.search.model import FACETS, MAX_OFFSET, Hit, NeedsRebuild, Query, Results, Sort
from gongkai.search.suggesting import Asked, Subjects
from gongkai.search.writing import HEAP, Writer, read_position

FACET_VALUES = 1_000
"""Values of one facet that are counted."""
REMEMBERED = 500
"""Facets that are kept until the index changes."""
FEW = 2
"""Hits up to which a correction is offered."""
MAX_LIMIT = 10_000

Facets = dict[str, list[tuple[int | str, int]]]


class Index:
    """One index in a folder. Safe to share between threads; every web process opens its own."""

    def __init__(self, folder: Path, index: tantivy.Index) -> None:
        """Use `Index.open`."""
        self.folder = folder
        self._index = index
        self._schema = index.schema
        self._lock = threading.Lock()
        self._facets: OrderedDict[Query, Facets] = OrderedDict()
        self._stamp = self._look()
        self._load()

    @classmethod
    def open(cls, folder: Path | str) -> Index:
        """The index of a folder, a new empty one if there is none. Raises `NeedsRebuild`."""
        folder = Path(folder)
        folder.mkdir(parents=True, exist_ok=True)
        version = folder / "schema"
        if not version.exists() and not any(folder.glob("data/meta.json")):
            (folder / "data").mkdir(exist_ok=True)
            tantivy.Index(schema.build(), path=str(folder / "data"))
            version.write_text(str(schema.VERSION))
        if not version.exists() or version.read_text().strip() != str(schema.VERSION):
            raise NeedsRebuild(f"the index in {folder} is of another version: rebuild it")
        try:
            return cls(folder, tantivy.Index.open(str(folder / "data")))
        except (ValueError, OSError) as error:
            raise NeedsRebuild(f"the index in {folder} cannot be read ({error}): rebuild it") from error

    @classmethod
    def rebuild(cls, folder: Path | str) -> Index:
        """A new empty index in place of whatever is in the folder; position 0."""
        folder = Path(folder)
        for name in ("schema", "position", "subjects.tsv", "subjects.best.json", "changed"):
            (folder / name).unlink(missing_ok=True)
        shutil.rmtree(folder / "data", ignore_errors=True)
        return cls.open(folder)

    def writer(self, *, heap: int = HEAP, threads: int = 1, wait: float = 0) -> Writer:
        """The writer, of which there is one: raises `WriterBusy` after `wait` seconds if another process has it."""
        return Writer(self._index, self.folder, heap=heap, threads=threads, wait=wait)

    def position(self) -> int:
        """The number of the last change that is indexed, as given to `commit`; 0 for none."""
        return read_position(self.folder)

    def count(self) -> int:
        """Documents that can be found."""
        return int(self._searcher.num_docs)

    def reload_if_changed(self) -> bool:
        """See what was committed since. Costs a look at a file when nothing was: call it before every search."""
        stamp = self._look()
        if stamp == self._stamp:
            return False
        with self._lock:
            self._stamp = stamp
            self._index.reload()
            self._load()
        return True

    def _look(self) -> tuple[tuple[int, int], ...]:
        names = ("data/meta.json", "subjects.tsv", "asked.json")
        found = []
        for name in names:
            try:
                state = (self.folder / name).stat()
                found.append((state.st_mtime_ns, state.st_ino))
            except OSError:
                found.append((0, 0))
        return tuple(found)

    def _load(self) -> None:
        self._searcher = self._index.searcher()
        self._compiler = Compiler(self._schema, self._searcher)
        self._any_sunk = self._searcher.doc_freq("sunk", 1) > 0
        self._subjects = Subjects(self.folder / "subjects.tsv")
        self._asked = Asked(self.folder / "asked.json")
        self._facets = OrderedDict()

    def search(self, query: Query) -> Results:
        """What a query finds. Never raises, whatever the query says."""
        started = time.perf_counter()
        parsed = parse(query.text)
        results = self._run(query, parsed)
        if not results.total and parsed.clauses and (parts := parsed.for_relaxing()) and not self._count(parsed):
            results = replace(self._run(query, parts), relaxed=True)
            results = results if results.total else replace(results, relaxed=False, parsed=parsed)
        if parsed.clauses and (results.relaxed or results.total <= FEW):
            results = replace(results, corrected=self.did_you_mean(query.text))
        return replace(results, took_ms=(time.perf_counter() - started) * 1000)

    def _run(self, query: Query, parsed: Parsed) -> Results:
        offset = min(max(query.offset, 0), MAX_OFFSET)
        limit = min(max(query.limit, 0), MAX_LIMIT)
        node = self._compiler.whole(query, parsed)
        if not self._any_sunk:
            query = replace(query, include_sunk=True)
        if not query.include_sunk:
            node = self._without_sunk(node)
        if query.sort == Sort.DATE or not parsed.clauses:
            total, hits = self._by_date(node, offset, limit)
        else:
            total, hits = self._by_relevance(node, offset, limit, sunk_too=query.include_sunk and self._any_sunk)
        facets = self._counted(node, replace(query, sort=Sort.DATE, offset=0, limit=0), parsed) if query.facets else {}
        return Results(total, hits, parsed, facets)

    def _by_date(self, node: Node, offset: int, limit: int) -> tuple[int, tuple[Hit, ...]]:
        found = self._searcher.search(
            Node.const_score_query(node, 1.0), max(limit, 1), offset=offset, order_by_field="rank"
        )
        ids = self._ids(found.hits[:limit])
        sunk = [key < 1 << schema.SUNK_BIT for key, _ in found.hits]
        return found.count, tuple(Hit(id, 0.0, flag) for id, flag in zip(ids, sunk, strict=False))

    def _by_relevance(self, node: Node, offset: int, limit: int, *, sunk_too: bool) -> tuple[int, tuple[Hit, ...]]:
        """Live ones first; the sunk ones follow where those end."""
        live = self._without_sunk(node) if sunk_too else node
        total, hits = self._page(live, offset, limit, sunk=False)
        if sunk_too:
            lower = all_of([node, self._compiler.sunk()])
            others, rest = self._page(lower, max(0, offset - total), limit - len(hits), sunk=True)
            return total + others, hits + rest
        return total, hits

    def _page(self, node: Node, offset: int, limit: int, *, sunk: bool) -> tuple[int, tuple[Hit, ...]]:
        if limit <= 0:
            return self._searcher.search(Node.const_score_query(node, 1.0), 1, order_by_field="rank").count, ()
        found = self._searcher.search(node, limit, offset=offset, weight_by_field="weight")
        ids = self._ids(found.hits)
        return found.count, tuple(Hit(id, score, sunk) for id, (score, _) in zip(ids, found.hits, strict=True))

    def _ids(self, hits: list[Any]) -> list[int]:
        addresses = [address for _, address in hits]
        return self._searcher.fast_field_values("id", addresses) if addresses else []

    def _without_sunk(self, node: Node) -> Node:
        return Node.boolean_query([(tantivy.Occur.Must, node), (tantivy.Occur.MustNot, self._compiler.sunk())])

    def _count(self, parsed: Parsed) -> int:
        """Documents that hold the words, whatever the filters."""
        return int(self._searcher.search(self._compiler.whole(Query(), parsed), 1).count)

    def _counted(self, node: Node, key: Query, parsed: Parsed) -> Facets:
        """Hits by each value of each facet, remembered until the index changes."""
        remembered = self._facets
        if (found := remembered.get(key)) is None or parsed.relaxed:
            asked = {name: {"terms": {"field": name, "size": FACET_VALUES}} for name in FACETS}
            counted = self._searcher.aggregate(Node.const_score_query(node, 1.0), asked)
            found = {name: _values(counted[name]["buckets"], whole=name in ("agency", "year")) for name in FACETS}
            if not parsed.relaxed:
                with self._lock:
                    remembered[key] = found
                    if len(remembered) > REMEMBERED:
                        remembered.popitem(last=False)
        return {name: list(values) for name, values in found.items()}

    def suggest(self, prefix: str, limit: int = 8) -> list[str]:
        """What begins like this: what others asked for, then subjects of titles."""
        key = "".join(units(prefix[:60])).rstrip("_")
        if not key:
            return []
        offered = self._asked.beginning(key, limit) + self._subjects.beginning(key, limit)
        return list({"".join(units(text)): text for text in reversed(offered)}.values())[::-1][:limit]

    def did_you_mean(self, text: str) -> str | None:
        """The text with one character of a term mended so that more is found, or nothing better."""
        return correction(parse(text), self._searcher, self._compiler)

    def learn_queries(self, counted: Mapping[str, int]) -> None:
        """Replace what others asked for, with how often; leave out what is not fit to be shown to everybody."""
        Asked.write(self.folder / "asked.json", counted)


def _values(buckets: list[dict[str, Any]], *, whole: bool) -> list[tuple[int | str, int]]:
    """Values and counts, most first; what was left empty is no value."""
    return [
        (int(bucket["key"]) if whole else bucket["key"], bucket["doc_count"])
        for bucket in buckets
        if bucket["key"] not in ("", 0)
    ]
