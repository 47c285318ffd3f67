"""The other processes of an import: those that understand rows, and the one that indexes what was stored."""

from __future__ import annotations

import gc
import logging
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing.connection import Connection

from django.db import connections

from gongkai.search import WriterBusy

_COLLECTED = (50_000, 20, 50)
"""After how many new objects Python looks for circles: an import makes many objects and next to no circles."""
_LOOK = 2.0
"""Seconds after which a child looks whether the import is still there."""

log = logging.getLogger(__name__)


@contextmanager
def few_collections() -> Iterator[None]:
    """Lets Python look for circles of objects seldom meanwhile: that took a fifth of the time."""
    before = gc.get_threshold()
    gc.set_threshold(*_COLLECTED)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def can_fork() -> bool:
    """Whether this system can start processes that have all that this one has."""
    return hasattr(os, "fork")


def can_fork_with_database() -> bool:
    """Whether a process may be started that uses the database: not while a transaction is open."""
    return can_fork() and not any(c.in_atomic_block for c in connections.all(initialized_only=True))


def pool(count: int) -> ProcessPoolExecutor:
    """Processes that understand rows; they touch no database, and end when the import is killed."""
    context = multiprocessing.get_context("fork")
    return ProcessPoolExecutor(count, mp_context=context, initializer=_begin, initargs=(os.getpid(),))


def _begin(parent: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.freeze()  # what was there before the fork
    os.nice(5)  # what is understood waits for what stores and indexes it
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_LOOK)
    os._exit(1)


class Indexer:
    """Brings the search index up to date in a process of its own while an import goes on."""

    def __init__(self) -> None:
        """Must not be made within a transaction."""
        connections.close_all()
        context = multiprocessing.get_context("fork")
        self._orders, theirs = context.Pipe()
        self._process = context.Process(target=_index, args=(theirs, os.getpid()), daemon=True)
        self._process.start()
        theirs.close()

    def more(self) -> None:
        """Says that something was stored."""
        self._say(True)

    def end(self) -> None:
        """Waits until what was stored is indexed."""
        self._say(False)
        self._process.join()
        self._orders.close()

    def _say(self, word: bool) -> None:
        try:
            self._orders.send(word)
        except OSError:
            log.warning("the process that indexes has ended; what is left is indexed at the end")


def _index(orders: Connection, parent: int) -> None:
    from gongkai.publishing.indexing import catch_up

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.freeze()

    def more() -> bool:
        if not orders.poll(_LOOK):
            return os.getppid() == parent
        try:
            word = bool(orders.recv())
            while word and orders.poll():
                word = bool(orders.recv())
        except EOFError:
            return False
        return word

    try:
        catch_up(more=more)
    except WriterBusy:
        log.info("another process is writing the search index")
    except Exception:
        log.exception("what was imported could not be indexed meanwhile; it is tried again at the end")
