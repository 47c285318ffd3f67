"""Counts what is read and searched: gathered in the process and written together, without a trace of who it was."""

from __future__ import annotations

import atexit
import logging
import threading
import time
from collections import Counter

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from gongkai.publishing.models import Publication, ReadCount, SearchCount, State
from gongkai.text.personal import find_personal_data

WRITE_EVERY = 10.0
"""Seconds between two writings."""
MOST_GATHERED = 2000
MOST_CHARACTERS = 100

log = logging.getLogger(__name__)
_lock = threading.Lock()
_reads: Counter[int] = Counter()
_searches: dict[str, tuple[int, int]] = {}
_written_at = time.monotonic()


def count_read(id: int) -> None:
    """One more reader of a publication."""
    with _lock:
        _reads[id] += 1
    _write_when_due()


def count_search(query: str, found: int) -> None:
    """One more search for these words, which found so many publications; numbers of persons in it are masked."""
    words = masked(" ".join(query.split()))[:MOST_CHARACTERS]
    if not words:
        return
    with _lock:
        _searches[words] = (_searches.get(words, (0, 0))[0] + 1, found)
    _write_when_due()


def masked(text: str) -> str:
    """The text with identity, telephone and bank card numbers made unrecognisable."""
    for hit in sorted(find_personal_data(text), key=lambda h: -h.start):
        text = text[: hit.start] + hit.masked + text[hit.end :]
    return text


def _write_when_due() -> None:
    with _lock:
        due = time.monotonic() - _written_at > WRITE_EVERY or len(_reads) + len(_searches) > MOST_GATHERED
    if due:
        write()


def write() -> None:
    """Writes what was gathered; on trouble with the database the counts are given up, never the page."""
    global _written_at
    with _lock:
        reads, searches = dict(_reads), dict(_searches)
        _reads.clear()
        _searches.clear()
        _written_at = time.monotonic()
    if not reads and not searches:
        return
    try:
        with transaction.atomic():
            _write_reads(reads)
            _write_searches(searches)
    except Exception:
        log.exception("counts of %d publications and %d searches were lost", len(reads), len(searches))


def forget() -> None:
    """Gives up what was gathered and not yet written."""
    with _lock:
        _reads.clear()
        _searches.clear()


def _write_reads(reads: dict[int, int]) -> None:
    today = timezone.localdate()
    there = set(Publication.objects.filter(pk__in=reads, state=State.PUBLISHED).values_list("pk", flat=True))
    for id in sorted(there):
        row = ReadCount.objects.filter(publication=id, day=today)
        if not row.update(count=F("count") + reads[id]):
            ReadCount.objects.create(publication_id=id, day=today, count=reads[id])
        Publication.objects.filter(pk=id).update(reads=F("reads") + reads[id])


def _write_searches(searches: dict[str, tuple[int, int]]) -> None:
    today = timezone.localdate()
    for words, (times, found) in sorted(searches.items()):
        row = SearchCount.objects.filter(day=today, query=words)
        if not row.update(count=F("count") + times, found=found):
            SearchCount.objects.create(day=today, query=words, count=times, found=found)


atexit.register(write)
