"""Keeps the search index true to what is public: follows the log of changes, or builds the index anew.

One process writes at a time; the web processes only read, and notice what was written.
"""

from __future__ import annotations

import fcntl
import html
import logging
import os
import re
import shutil
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.models import Max
from django.utils import timezone

from gongkai.publishing.models import (
    ENDED,
    POLICY_KINDS,
    Change,
    FileText,
    Kind,
    Publication,
    PublicationCategory,
    PublicationFile,
    SearchCount,
    State,
)
from gongkai.search import Document, Index, NeedsRebuild, Writer, WriterBusy

BATCH = 500
COMMIT_EVERY = 5000
"""Publications after which what was written can be found: each time costs as much as writing hundreds."""
COMMIT_SECONDS = 10.0
"""Seconds after which it can be found even if fewer were written."""
WAIT = 60.0
"""Seconds that one who writes waits for another."""
SMALL_HEAP = 30_000_000
MOST_FILE_TEXT = 1_000_000
"""Characters of the files of one publication that are indexed."""

_BLOCK = re.compile(
    r"</?(?:p|div|li|ul|ol|tr|td|th|table|thead|tbody|caption|h[1-6]|br|hr|blockquote|figure|figcaption)\b[^>]*>"
)
_TAG = re.compile(r"<[^>]*>")
_FIELDS = (
    *("id", "agency_id", "agency__name", "title", "summary", "body", "kind", "theme", "categories", "subject_words"),
    *("document_number", "index_number", "published_at", "validity", "claim", "state"),
)

log = logging.getLogger(__name__)
_opened: tuple[int, Path, Index] | None = None
_opening = threading.Lock()


# Reading


def reader() -> Index | None:
    """The index of this process, up to date with what was written; None while there is none that can be read."""
    global _opened
    folder = Path(settings.SEARCH_FOLDER)
    with _opening:
        # A process that was forked off opens its own.
        if _opened is None or _opened[:2] != (os.getpid(), folder):
            try:
                _opened = (os.getpid(), folder, Index.open(folder))
            except NeedsRebuild:
                log.warning("the search index must be rebuilt: gongkai index --rebuild")
                return None
        index = _opened[2]
    try:
        index.reload_if_changed()
    except (ValueError, OSError):
        log.exception("the search index cannot be read again; it is opened anew the next time")
        _opened = None
        return None
    return index


# Writing


def catch_up(*, wait: float = WAIT, heap: int = SMALL_HEAP, more: Callable[[], bool] | None = None) -> int:
    """Brings the index up to date with the log of changes; returns how many publications were written or taken out.

    Where another process is writing for longer than `wait` seconds, nothing is done: that one goes on until the log
    is at its end. At the end of the log `more` is asked whether to look again; it may wait before it answers.
    """
    done = 0
    try:
        with _alone(wait):
            index = _index()
            position = index.position()
            if position > _last_change():
                log.warning("the search index knows changes that the database does not: it is built anew")
                return _build()
            if more is not None or _changed_since(position):
                with index.writer(heap=heap, wait=wait) as writer:
                    done = _follow(writer, position, more or _no_more)
    except NeedsRebuild:
        return rebuild(wait=wait)
    except WriterBusy:
        log.info("another process is writing the search index")
    if done:
        tend_database()
    return done


def _no_more() -> bool:
    return False


def _follow(writer: Writer, position: int, more: Callable[[], bool]) -> int:
    """Writes what the log says from a position on; returns how many publications."""
    done, waiting, due = 0, 0, time.monotonic() + COMMIT_SECONDS
    while True:
        if ids := _changed_since(position):
            waiting += _write(writer, {publication for _, publication in ids})
            position = ids[-1][0]
        elif not more():
            break
        if waiting >= COMMIT_EVERY or (waiting and time.monotonic() > due):
            writer.commit(position=position)
            done, waiting, due = done + waiting, 0, time.monotonic() + COMMIT_SECONDS
    writer.commit(position=position)
    return done + waiting


def tend_database() -> None:
    """Lets SQLite look at tables that have grown, so that lists go by the indexes that are made for them."""
    if connection.vendor != "sqlite":
        return
    try:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA analysis_limit = 1000")
            # Named tables, so that an index made since the last time is looked at too: half of the figures are worse
            # than none.
            for model in (Publication, PublicationCategory):
                cursor.execute(f"ANALYZE {model._meta.db_table}")
    except DatabaseError:
        log.warning("the statistics of the database could not be renewed; the next change tries again")


def rebuild(*, wait: float = WAIT, progress: Callable[[int], None] | None = None) -> int:
    """Builds the index anew beside the old one, which is searched meanwhile; returns how many publications it holds.

    Raises WriterBusy where another process is writing for longer than `wait` seconds.
    """
    with _alone(wait):
        done = _build(progress)
    tend_database()
    return done


def _build(progress: Callable[[int], None] | None = None) -> int:
    folder = Path(settings.SEARCH_FOLDER)
    building = folder.with_name(folder.name + ".building")
    shutil.rmtree(building, ignore_errors=True)
    index, position, done = Index.rebuild(building), _last_change(), 0
    with index.writer() as writer:
        for documents in _all_documents():
            for document in documents:
                writer.put(document)
            done += len(documents)
            if progress:
                progress(done)
        writer.commit(position=position)
    old = folder.with_name(folder.name + ".old")
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        folder.rename(old)
    building.rename(folder)
    shutil.rmtree(old, ignore_errors=True)
    return done


def _index() -> Index:
    return Index.open(Path(settings.SEARCH_FOLDER))


@contextmanager
def _alone(wait: float) -> Iterator[None]:
    """No other process writes or replaces the index meanwhile; the system frees the lock however a process ends."""
    folder = Path(settings.SEARCH_FOLDER)
    folder.parent.mkdir(parents=True, exist_ok=True)
    until = time.monotonic() + wait
    with folder.with_name(folder.name + ".lock").open("a") as lock:
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except OSError:
                if time.monotonic() >= until:
                    raise WriterBusy(f"another process is writing to {folder}") from None
                time.sleep(0.05)
        yield


def _last_change() -> int:
    """The number of the last change, up to which all are there.

    PostgreSQL gives numbers before the commit, so a smaller one may come after a larger one: waiting for those who are
    writing makes sure that none is passed over. SQLite has one writer at a time.
    """
    if connection.vendor != "postgresql":
        return _highest_change()
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {Change._meta.db_table} IN SHARE MODE")
        return _highest_change()


def _highest_change() -> int:
    return int(Change.objects.aggregate(last=Max("pk"))["last"] or 0)


def _changed_since(position: int) -> list[tuple[int, int]]:
    last = _last_change()
    rows = Change.objects.filter(pk__gt=position, pk__lte=last).order_by("pk")
    return list(rows.values_list("pk", "publication_id")[:BATCH])


def _write(writer: Writer, ids: set[int]) -> int:
    found = _documents(Publication.objects.filter(pk__in=ids, state=State.PUBLISHED))
    for document in found:
        writer.put(document)
    for id in ids - {document.id for document in found}:
        writer.remove(id)
    return len(ids)


# Documents


def _all_documents() -> Iterator[list[Document]]:
    last = 0
    while True:
        found = Publication.objects.filter(state=State.PUBLISHED, pk__gt=last).order_by("pk")
        documents = _documents(found[:BATCH])
        if not documents:
            return
        last = documents[-1].id
        yield documents


def _documents(publications: Any) -> list[Document]:
    rows = [dict(zip(_FIELDS, row, strict=True)) for row in publications.values_list(*_FIELDS)]
    files = file_texts([row["id"] for row in rows])
    return [document(row, files.get(row["id"], "")) for row in rows]


def document(row: dict[str, Any], files: str = "") -> Document:
    """What is found of a publication; its agency, its summary and its subject words are found like its text."""
    words = " ".join(map(str, row["subject_words"]))
    body = "\n".join(filter(None, [row["summary"], row["claim"], plain(row["body"]), words, row["agency__name"]]))
    at = row["published_at"]
    return Document(
        id=row["id"],
        title=row["title"],
        numbers=tuple(filter(None, (row["document_number"], row["index_number"]))),
        body=body,
        files=files,
        date=int(at.timestamp()),
        agency=row["agency_id"],
        kind=row["kind"],
        theme=row["theme"][:3],
        categories=tuple(row["categories"]),
        year=timezone.localtime(at).year,
        validity=row["validity"],
        sunk=row["validity"] in ENDED,
        boost=_BOOST.get(row["kind"], 1.0),
    )


_BOOST: dict[Any, float] = {
    **dict.fromkeys(POLICY_KINDS, 1.3),
    Kind.INTERPRETATION: 1.1,
    Kind.NEWS: 0.7,
}
"""Documents come before what was said about them, and that before what was reported."""


def plain(body: str) -> str:
    """The words of clean HTML, a line for each block."""
    return html.unescape(_TAG.sub("", _BLOCK.sub("\n", body))).strip() if "<" in body or "&" in body else body


def file_texts(ids: Iterable[int]) -> dict[int, str]:
    """The titles and texts of the files of publications; a file that was never read is read now."""
    rows = list(
        PublicationFile.objects.filter(publication__in=list(ids), in_text=False)
        .order_by("publication", "order")
        .values_list("publication_id", "attachment_id", "title")
    )
    if not rows:
        return {}
    texts = dict(FileText.objects.filter(attachment__in={row[1] for row in rows}).values_list("attachment_id", "text"))
    found: dict[int, list[str]] = {}
    for publication, attachment, title in rows:
        if attachment not in texts:
            texts[attachment] = _read_now(attachment)
        found.setdefault(publication, []).extend((title, texts[attachment]))
    return {id: "\n".join(parts)[:MOST_FILE_TEXT] for id, parts in found.items()}


def _read_now(attachment: int) -> str:
    from gongkai.files.models import Attachment
    from gongkai.publishing.actions.spreading import keep_text

    try:
        keep_text(Attachment.objects.get(pk=attachment))
    except Exception:
        # One file that cannot be read must not keep all others from being found.
        log.exception("the text of attachment %d cannot be read; it is found by its title only", attachment)
        return ""
    return str(FileText.objects.values_list("text", flat=True).get(attachment=attachment))


# What others asked for


def learn_queries(least: int = 3, most: int = 20_000) -> int:
    """Offers what was searched at least so often, and found, as suggestions; returns how many."""
    from django.db.models import Sum

    rows = SearchCount.objects.filter(found__gt=0).values("query").annotate(times=Sum("count")).order_by("-times")
    counted = {row["query"]: row["times"] for row in rows.filter(times__gte=least)[:most] if "*" not in row["query"]}
    with _alone(WAIT):
        _index().learn_queries(counted)
    return len(counted)
