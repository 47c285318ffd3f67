"""Runs an import: understands rows in other processes, stores them batch by batch, goes on where it stopped."""

from __future__ import annotations

import hashlib
import itertools
import multiprocessing
import os
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.agencies.models import Agency, Person
from gongkai.agencies.rights import Right, require
from gongkai.publishing.importing import reading
from gongkai.publishing.importing.converting import Options, convert
from gongkai.publishing.importing.mapping import Mapping
from gongkai.publishing.importing.model import Candidate, Outcome, SourceRow, Unreadable
from gongkai.publishing.importing.taking import Taken, Taker
from gongkai.publishing.models import ImportProblem, PublicationImport
from gongkai.publishing.queries.paths import policy_for
from gongkai.trail.chain import record

BATCH = 1000
INDEX_EVERY = 5000
"""Rows after which the search index is brought up to date."""
_AHEAD = 4
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
    rows = reading.rows(source, format)
    outcome = Outcome(run=None if dry_run else _begin(source, mapping, agency, by, resume))
    if outcome.run is not None and outcome.run.position:
        outcome.resumed_at = outcome.run.position
        rows = itertools.dropwhile(lambda row: row.number <= outcome.resumed_at, rows)
    taker = Taker(agency, by, outcome.run, dry_run=dry_run)
    since = 0
    for candidates in _understood(rows, options, batch, workers):
        taken = _one_batch(taker, candidates, outcome, by)
        since += len(candidates)
        if report:
            report(taken.problems)
        if progress:
            progress(outcome.rows)
        if index and not dry_run and since >= INDEX_EVERY:
            _index()
            since = 0
    if not dry_run:
        PublicationImport.objects.filter(pk=outcome.run.pk).update(finished_at=timezone.now())
        if index:
            _index()
    outcome.seconds = time.monotonic() - started
    return outcome


def _index() -> None:
    from gongkai.publishing.indexing import catch_up

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
    with transaction.atomic():
        taken = taker.take(candidates)
        ImportProblem.objects.bulk_create(taken.problems, batch_size=1000)
        run = outcome.run
        counts = taken.counts()
        PublicationImport.objects.filter(pk=run.pk).update(
            position=candidates[-1].number, **{name: F(name) + n for name, n in counts.items()}
        )
        data = counts | {"rows": [candidates[0].number, candidates[-1].number], "ids": [r.pk for r in taken.new]}
        record("publishing.import", by=by, agency=taker.agency, target=run, data=data)
    _count(outcome, taken, candidates)
    return taken


def _count(outcome: Outcome, taken: Taken, candidates: list[Candidate]) -> None:
    outcome.rows += len(candidates)
    outcome.problems += len(taken.problems)
    for name, n in taken.counts().items():
        setattr(outcome, name, getattr(outcome, name) + n)


def _understood(
    rows: Iterable[SourceRow], options: Options, batch: int, workers: int | None
) -> Iterator[list[Candidate]]:
    """Batches of rows, understood in order; in other processes where there are many rows and several cores."""
    batches = _batches(rows, batch)
    first = next(batches, None)
    if first is None:
        return
    count = workers if workers is not None else min(os.cpu_count() or 1, 4)
    if count < 2 or len(first) < min(batch, _FEW) or not hasattr(os, "fork"):
        for some in itertools.chain([first], batches):
            yield convert(some, options)
        return
    # Forked, because the children need Django set up; they touch no database.
    pool = ProcessPoolExecutor(count, mp_context=multiprocessing.get_context("fork"))
    waiting: deque[Future[list[Candidate]]] = deque()
    try:
        for some in itertools.chain([first], batches):
            waiting.append(pool.submit(convert, some, options))
            if len(waiting) > _AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


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
