"""Runs an import: understands rows in other processes, stores them batch by batch, goes on where it stopped."""

from __future__ import annotations

import hashlib
import itertools
import os
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.agencies.models import Agency, Person
from gongkai.agencies.rights import Right, require
from gongkai.publishing.importing import reading
from gongkai.publishing.importing.converting import Options, check, convert
from gongkai.publishing.importing.inserting import insert_many
from gongkai.publishing.importing.mapping import Mapping
from gongkai.publishing.importing.model import Candidate, Outcome, SourceRow, Unreadable
from gongkai.publishing.importing.processes import Indexer, can_fork, can_fork_with_database, few_collections, pool
from gongkai.publishing.importing.taking import Taken, Taker
from gongkai.publishing.models import ImportProblem, PublicationImport
from gongkai.publishing.queries.paths import policy_for
from gongkai.trail.chain import record

BATCH = 1000
_PIECE = 250
"""Rows that one process understands at a time."""
_AHEAD = 4
"""Pieces for each process that are understood before they are stored."""
_LOCK = 20_190_515
"""The number of the lock that imports take in PostgreSQL; any that nobody else takes."""
_FEW = 400
"""Below so many rows, other processes would cost more than they save."""

Progress = Callable[[int], None]
Report = Callable[[Sequence[ImportProblem]], None]


def run(
    source: Path,
    *,
    agency: Agency,
    by: Person,
    mapping: Mapping | None = None,
    format: str = "",
    kind: str = "",
    batch: int = BATCH,
    dry_run: bool = False,
    resume: bool = False,
    progress: Progress | None = None,
    report: Report | None = None,
    workers: int | None = None,
    index: bool = True,
) -> Outcome:
    """Imports the publications of a source into an agency and those below it that the rows name.

    Each batch of rows is one transaction; a row is wholly in or out. With `resume` an unfinished run of the same
    source goes on behind its last batch. `report` receives what was rejected or remarked, `progress` the rows done.
    Raises NotAllowed; Unreadable where the source cannot be read.
    """
    require(by, Right.IMPORT_PUBLICATIONS, agency)
    started = time.monotonic()
    mapping = mapping or Mapping()
    options = Options(mapping, kind, dict(policy_for(agency).scan_levels))
    check(options)
    rows = _rows(source, format, mapping)
    outcome = Outcome(run=None if dry_run else _begin(source, mapping, agency, by, resume))
    taker = Taker(agency, by, outcome.run, dry_run=dry_run)
    if outcome.run is not None and outcome.run.position:
        outcome.resumed_at = outcome.run.position
        rows = _behind(rows, outcome.resumed_at, mapping, taker)
        if report:
            report(list(ImportProblem.objects.filter(run=outcome.run)))
    batches = _batches(rows, batch)
    first = next(batches, [])
    count = _processes(workers, len(first), batch)
    with few_collections(), _indexing(index and not dry_run, count > 1) as stored:
        for candidates in _understood(itertools.chain([first] if first else [], batches), options, count):
            taken = _one_batch(taker, candidates, outcome, by)
            stored()
            if report:
                report(taken.problems)
            if progress:
                progress(outcome.rows)
        if not dry_run:
            PublicationImport.objects.filter(pk=outcome.run.pk).update(finished_at=timezone.now())
    outcome.seconds = time.monotonic() - started
    return outcome


def _rows(source: Path, format: str, mapping: Mapping) -> Iterator[SourceRow]:
    """The rows of a source; raises where the mapping names columns that its table does not have."""
    rows = reading.rows(source, format, mapping.names())
    first = next(rows, None)
    if first is not None and (format or reading.format_of(source)) in ("csv", "xlsx"):
        mapping.check(first.values)
    return itertools.chain([first] if first is not None else [], rows)


def _processes(wanted: int | None, rows: int, batch: int) -> int:
    """How many processes understand rows: one of their own for each core where there are many rows, else this one."""
    if rows < min(batch, _FEW) or not can_fork():
        return 1
    return wanted if wanted is not None else min(os.cpu_count() or 1, 4)


@contextmanager
def _indexing(wanted: bool, meanwhile: bool) -> Iterator[Callable[[], None]]:
    """Indexes what is stored: meanwhile in a process of its own, and whatever is left at the end."""
    from gongkai.publishing.indexing import catch_up

    indexer = Indexer() if wanted and meanwhile and can_fork_with_database() else None
    try:
        yield indexer.more if indexer else lambda: None
    finally:
        if indexer is not None:
            indexer.end()
    if wanted:
        catch_up()


def _begin(source: Path, mapping: Mapping, agency: Agency, by: Person, resume: bool) -> PublicationImport:
    text = f"{reading.fingerprint(source)}\n{mapping.fingerprint()}\n{agency.pk}"
    print_ = hashlib.sha256(text.encode()).hexdigest()
    if resume:
        found = PublicationImport.objects.filter(fingerprint=print_, finished_at__isnull=True).first()
        if found is not None:
            return found
    return PublicationImport.objects.create(source=str(source)[-300:], fingerprint=print_, agency=agency, started_by=by)


def _one_batch(taker: Taker, candidates: list[Candidate], outcome: Outcome, by: Person) -> Taken:
    """Stores a batch with its problems, its place in the source and its entry on record: all of it or nothing."""
    if taker.dry_run:
        with transaction.atomic():
            taken = taker.take(candidates)
            transaction.set_rollback(True)
        _count(outcome, taken, candidates)
        return taken
    try:
        with transaction.atomic():
            _one_at_a_time()
            taken = taker.take(candidates)
            _keep(outcome.run, taken, candidates, taker.agency, by)
    except BaseException:
        taker.discard()
        raise
    taker.stored.clear()
    _count(outcome, taken, candidates)
    return taken


def _keep(run: Any, taken: Taken, candidates: list[Candidate], agency: Agency, by: Person) -> None:
    """Keeps what became of a batch, beside what it stored."""
    insert_many(taken.problems)
    counts = taken.counts()
    PublicationImport.objects.filter(pk=run.pk).update(
        position=candidates[-1].number, **{name: F(name) + n for name, n in counts.items()}
    )
    data = counts | {"rows": [candidates[0].number, candidates[-1].number], "ids": [r.pk for r in taken.new]}
    record("publishing.import", by=by, agency=agency, target=run, data=data)


def _one_at_a_time() -> None:
    """Lets the batches of two imports follow one another, so that each sees what the other has stored.

    SQLite has one writer at a time anyway.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _behind(rows: Iterable[SourceRow], position: int, mapping: Mapping, taker: Taker) -> Iterator[SourceRow]:
    """The rows behind a position; the taker remembers those before it."""
    rows = iter(rows)
    rest: list[SourceRow] = []

    def before() -> Iterator[dict[str, Any]]:
        for row in rows:
            if row.number > position:
                rest.append(row)
                return
            yield mapping.read(row)

    taker.remember(before())
    return itertools.chain(rest, rows)


def _count(outcome: Outcome, taken: Taken, candidates: list[Candidate]) -> None:
    outcome.rows += len(candidates)
    outcome.problems += len(taken.problems)
    for name, n in taken.counts().items():
        setattr(outcome, name, getattr(outcome, name) + n)


def _understood(batches: Iterable[list[SourceRow]], options: Options, count: int) -> Iterator[list[Candidate]]:
    """Batches of rows, understood in order; in so many other processes where there are several."""
    if count < 2:
        yield from (convert(some, options) for some in batches)
        return
    waiting: deque[list[Future[list[Candidate]]]] = deque()
    processes = pool(count)
    try:
        for some in batches:
            pieces = (some[at : at + _PIECE] for at in range(0, len(some), _PIECE))
            waiting.append([processes.submit(convert, piece, options) for piece in pieces])
            if sum(map(len, waiting)) > _AHEAD * count:
                yield _joined(waiting.popleft())
        while waiting:
            yield _joined(waiting.popleft())
    finally:
        processes.shutdown(wait=True, cancel_futures=True)


def _joined(pieces: Iterable[Future[list[Candidate]]]) -> list[Candidate]:
    return [candidate for piece in pieces for candidate in piece.result()]


def _batches(rows: Iterable[SourceRow], size: int) -> Iterator[list[SourceRow]]:
    iterator = iter(rows)
    while some := list(itertools.islice(iterator, size)):
        yield some


def readable(source: Path, format: str = "") -> list[str]:
    """The columns of a source. Raises Unreadable where it has no row."""
    first: Any = next(iter(reading.rows(source, format)), None)
    if first is None:
        raise Unreadable(_("“%(name)s”里没有可以导入的内容。") % {"name": source.name})
    return list(first.values)
