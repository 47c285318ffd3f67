"""Search in a million documents: indexing, size, time of each sort of query, recall and precision, beside SQLite FTS5.

Usage: python bench/search.py [--documents 1000000] [--peer 50000] [--checked 20000] [--folder FOLDER]

Every query asks for 20 hits and for all facets, and nothing is remembered between two of them. Phrases are then asked
of a smaller index of our own and of SQLite's FTS5 (trigram; and bigrams cut by us), which counts hits and sorts by its
BM25 but has no facets. Figures are wall time of one caller; run it on an otherwise idle machine.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from itertools import chain
from pathlib import Path
from statistics import quantiles

from gongkai.search import Document, Index, Query, Sort
from gongkai.search.folding import holds, number_units, pairs, units
from notices import CATEGORIES, KINDS, OFFICES, PLACES, SUBJECTS, VERBS, name, notice

BATCH = 5_000
EACH = 100
"""Queries of each sort."""


def batch(first: int, last: int) -> list[Document]:
    """Documents of these numbers; made in other processes."""
    return [notice(number) for number in range(first, last)]


def batches(documents: int, workers: ProcessPoolExecutor) -> Iterator[list[Document]]:
    """All documents, in order, never more than a few batches ahead."""
    firsts = list(range(0, documents, BATCH))
    ahead = [workers.submit(batch, first, min(first + BATCH, documents)) for first in firsts[:4]]
    for place in range(len(firsts)):
        yield ahead.pop(0).result()
        if place + 4 < len(firsts):
            first = firsts[place + 4]
            ahead.append(workers.submit(batch, first, min(first + BATCH, documents)))


def build(folder: Path, documents: int, workers: ProcessPoolExecutor) -> Index:
    """The index, and what building it cost."""
    shutil.rmtree(folder, ignore_errors=True)
    index = Index.open(folder)
    putting = processor = 0.0
    started = time.perf_counter()
    with index.writer() as writer:
        for made in batches(documents, workers):
            at, used = time.perf_counter(), time.process_time()
            for document in made:
                writer.put(document)
            putting += time.perf_counter() - at
            processor += time.process_time() - used
        at, used = time.perf_counter(), time.process_time()
        writer.commit(position=documents)
        putting += time.perf_counter() - at
        processor += time.process_time() - used
    total = time.perf_counter() - started
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    print(f"indexed {documents:,} documents: {documents / putting:,.0f}/s while putting and committing, ", end="")
    print(
        f"{documents / processor:,.0f} per second of processor; {total:.0f} s with making them, merges and suggestions"
    )
    print(f"size on disk {size / 2**20:,.0f} MiB, {size / documents:,.0f} bytes a document")
    index.reload_if_changed()
    return index


def sorts(documents: int, chance: random.Random) -> dict[str, Callable[[], Query]]:
    """What people ask: for each sort, a maker of queries."""

    def some() -> Document:
        return notice(chance.randrange(documents))

    def piece() -> str:
        body = some().body
        at = chance.randrange(len(body) - 12)
        return body[at : at + chance.randint(4, 10)]

    pick = chance.choice
    return {
        "common word": lambda: Query(pick([*KINDS, *VERBS, "工作", "要求", "负责", "根据", "项目", "全市"])),
        "subject": lambda: Query(pick(SUBJECTS)[: chance.randint(2, 8)]),
        "two subjects": lambda: Query(f"{pick(PLACES)} {pick(SUBJECTS)[:4]}"),
        "three words": lambda: Query(f"{pick(PLACES)} {pick(OFFICES)} {pick(SUBJECTS)[:4]}"),
        "rare name": lambda: Query(f"“{name(chance)}路”"),
        "literal phrase": lambda: Query(f"“{piece().replace('“', '')}”"),
        "document number": lambda: Query(some().numbers[0].replace("〔", "[").replace("〕", "] ")),
        "index number": lambda: Query(some().numbers[1]),
        "whole title": lambda: Query(some().title),
        "either or without": lambda: Query(f"{pick(SUBJECTS)[:4]} OR {pick(SUBJECTS)[:4]} -{pick(KINDS)}"),
        "synonyms": lambda: Query(pick(SAID) + pick(["", "标准", "通知"])),
        "one character": lambda: Query(pick("水路房税医学税险")),
        "filtered by agency": lambda: Query(pick(SUBJECTS)[:4], agencies=frozenset({chance.randrange(1, 160)})),
        "filtered by kind, year": lambda: Query(
            pick(SUBJECTS)[:4], kinds=frozenset({pick(KINDS)}), years=frozenset({2004 + chance.randrange(23)})
        ),
        "one category, no words": lambda: Query(categories=frozenset({pick(CATEGORIES)})),
        "by date": lambda: Query(pick(SUBJECTS)[:4], sort=Sort.DATE),
        "second page": lambda: Query(pick(SUBJECTS)[:4], offset=20),
        "sentence without a hit": lambda: Query(f"{pick(PLACES)}{pick(SUBJECTS)}怎么办理{pick(OBJECTS_ASKED)}"),
    }


SAID = ("低保", "公积金", "拆迁", "招标", "防汛", "消防", "营商环境", "二手房", "驾照", "环评")
OBJECTS_ASKED = ("需要什么材料", "在哪里申请", "多长时间", "收费吗")


def show(label: str, times: list[float], hits: list[int]) -> None:
    """One line of figures."""
    cuts = quantiles(times, n=100, method="inclusive")
    print(f"{label:28s} {cuts[49]:8.2f} {cuts[94]:8.2f} {cuts[98]:8.2f} {sum(hits) / len(hits):12,.0f}", flush=True)


def measure(index: Index, documents: int) -> None:
    """Times of every sort of query, and of all together."""
    index.search(Query("通知", facets=True))
    print(f"\n{'milliseconds, with facets':28s} {'p50':>8s} {'p95':>8s} {'p99':>8s} {'hits (mean)':>12s}")
    everything: list[float] = []
    all_hits: list[int] = []
    for label, make in sorts(documents, random.Random(7)).items():
        times, hits = [], []
        for query in dict.fromkeys(make() for _ in range(EACH)):
            index.forget()
            at = time.perf_counter()
            results = index.search(replace(query, facets=True))
            times.append((time.perf_counter() - at) * 1000)
            hits.append(results.total)
        show(label, times if len(times) > 1 else times * 2, hits)
        # Sorts with few different queries count as much as the others.
        everything += (times * EACH)[:EACH]
        all_hits += hits
    show("all sorts alike", everything, all_hits)
    chance = random.Random(8)
    titles = [notice(chance.randrange(documents)).title for _ in range(200)]
    begun = [title[at : at + chance.randint(1, 6)] for title in titles for at in (0, title.find("关于") + 2)]
    for label, call, texts in (
        ("suggestions", index.suggest, begun),
        (
            "did you mean",
            index.did_you_mean,
            ["退役军人事物局", "住方公积金", "生活拉圾分类", "安全生厂", "农机构置补贴"],
        ),
    ):
        times, hits = [], []
        for text in texts:
            at = time.perf_counter()
            found = call(text)
            times.append((time.perf_counter() - at) * 1000)
            hits.append(len(found) if isinstance(found, list) else int(found is not None))
        show(label, times, hits)


def check_part(first: int, last: int, step: int, phrases: list[str]) -> list[set[int]]:
    """For each phrase the documents that hold it, among every `step`-th of these."""
    wanted = [(units(phrase), number_units(phrase)) for phrase in phrases]
    found: list[set[int]] = [set() for _ in phrases]
    for number in range(first, last, step):
        document = notice(number)
        texts = [units(text) for text in (document.title, document.body, document.files)]
        texts += [units(text) for text in document.numbers]
        numbers = [number_units(text) for text in document.numbers]
        joined = ["".join(text) for text in texts] + ["".join(text) for text in numbers]
        for place, (phrase, as_number) in enumerate(wanted):
            if any("".join(phrase) in text or "".join(as_number) in text for text in joined) and (
                any(holds(text, phrase) for text in texts) or any(holds(text, as_number) for text in numbers)
            ):
                found[place].add(number)
    return found


def check(index: Index, documents: int, checked: int, workers: ProcessPoolExecutor) -> None:
    """Recall and precision for literal phrases, against every document of a sample read through."""
    chance = random.Random(11)
    step = max(1, documents // checked)
    phrases: list[str] = []
    while len(phrases) < 200:
        document = notice(chance.randrange(0, documents, step))
        text = chance.choice([document.title, document.body, document.body, document.files or document.body])
        at = chance.randrange(len(text) - 10)
        phrase = text[at : at + chance.randint(1, 9)]
        if 0 < index.search(Query(f"“{phrase}”")).total <= 10_000:
            phrases.append(phrase)
    edges = range(0, documents, step * max(1, documents // step // 8))
    jobs = [workers.submit(check_part, a, min(a + edges.step, documents), step, phrases) for a in edges]
    truth = [set(chain.from_iterable(part)) for part in zip(*(job.result() for job in jobs), strict=True)]
    right = given = wanted = 0
    for phrase, true in zip(phrases, truth, strict=True):
        found = {hit.id for hit in index.search(Query(f"“{phrase}”", limit=10_000)).hits if hit.id % step == 0}
        right, given, wanted = right + len(found & true), given + len(found), wanted + len(true)
    print(
        f"\nliteral phrases: {len(phrases)} in {documents // step:,} documents read through, {wanted:,} true matches: "
    )
    print(f"recall {right / wanted:.6f}, precision {right / given:.6f}")


def beside_sqlite(folder: Path, documents: int, workers: ProcessPoolExecutor) -> None:
    """The same phrases asked of ours and of FTS5, on the same smaller number of documents."""
    print(f"\nbeside SQLite {sqlite3.sqlite_version} FTS5 on {documents:,} documents (20 best and their number)")
    index = build(folder / "small", documents, workers)
    made = list(chain.from_iterable(batches(documents, workers)))
    base = sqlite3.connect(folder / "fts.db")
    base.execute("create virtual table tri using fts5(title, body, files, tokenize='trigram', content='')")
    base.execute("create virtual table bi using fts5(title, body, files, tokenize=\"unicode61\", content='')")
    for table, cut in (("tri", lambda text: text), ("bi", lambda text: " ".join(pairs(units(text))))):
        at = time.perf_counter()
        rows = ((d.id, cut(d.title), cut(d.body), cut(d.files)) for d in made)
        base.executemany(f"insert into {table}(rowid, title, body, files) values (?, ?, ?, ?)", rows)
        base.commit()
        print(f"FTS5 {table}: {documents / (time.perf_counter() - at):,.0f} documents indexed a second")
    chance = random.Random(5)
    makers = sorts(documents, chance)
    names = ("common word", "subject", "rare name", "literal phrase")
    phrases = [makers[label]().text.strip("“”") for label in names for _ in range(EACH // 2)]
    phrases = [phrase for phrase in phrases if len(units(phrase)) > 2]

    def ask(table: str, words: str) -> int:
        text = words.replace('"', "")
        select = f"select rowid from {table} where {table} match ? order by rank limit 20"
        base.execute(select, (f'"{text}"',)).fetchall()
        return int(base.execute(f"select count(*) from {table} where {table} match ?", (f'"{text}"',)).fetchone()[0])

    print(f"{'milliseconds':28s} {'p50':>8s} {'p95':>8s} {'p99':>8s} {'hits (mean)':>12s}")
    medians = {}
    for label, call in (
        ("ours, with facets", lambda phrase: index.search(Query(f"“{phrase}”", facets=True)).total),
        ("ours, without facets", lambda phrase: index.search(Query(f"“{phrase}”")).total),
        ("FTS5 bigrams", lambda phrase: ask("bi", " ".join(pairs(units(phrase))))),
        ("FTS5 trigram", lambda phrase: ask("tri", phrase)),
    ):
        times, hits = [], []
        for phrase in phrases:
            at = time.perf_counter()
            hits.append(call(phrase))
            times.append((time.perf_counter() - at) * 1000)
        show(label, times, hits)
        medians[label] = quantiles(times, n=100, method="inclusive")
    ours = medians["ours, with facets"]
    for label in ("FTS5 bigrams", "FTS5 trigram"):
        print(
            f"{label} takes {medians[label][49] / ours[49]:.1f} times as long at p50, "
            f"{medians[label][94] / ours[94]:.1f} at p95"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=1_000_000)
    parser.add_argument("--peer", type=int, default=50_000, help="documents in the comparison with SQLite")
    parser.add_argument("--checked", type=int, default=20_000, help="documents read through for recall and precision")
    parser.add_argument("--folder", type=Path, default=Path("/tmp/gongkai-bench-search"))
    parser.add_argument("--kept", action="store_true", help="search the index that an earlier run left")
    given = parser.parse_args()
    with ProcessPoolExecutor(2) as workers:
        folder = given.folder / "index"
        index = Index.open(folder) if given.kept else build(folder, given.documents, workers)
        measure(index, given.documents)
        check(index, given.documents, given.checked, workers)
        if given.peer:
            shutil.rmtree(given.folder / "peer", ignore_errors=True)
            (given.folder / "peer").mkdir(parents=True)
            beside_sqlite(given.folder / "peer", given.peer, workers)


if __name__ == "__main__":
    main()
