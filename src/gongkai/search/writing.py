"""The one that writes: puts documents in, takes them out, and says up to which change the index is complete."""

from __future__ import annotations

import fcntl
import os
import time
from pathlib import Path
from types import TracebackType
from typing import IO, Self

import tantivy

from gongkai.search import schema
from gongkai.search.model import Document, SearchError, WriterBusy
from gongkai.search.suggesting import write_subjects

HEAP = 200_000_000
"""Bytes that a writer gathers before it writes a segment: larger ones make fewer merges."""
LEAST_HEAP = 15_000_000
RENEWED = 0.05
"""Part of the documents that must have changed before the subjects are gathered again."""
SMALL = 20_000
"""Documents up to which subjects are gathered at every commit."""


class Writer:
    """Use as a context manager: leaving it commits, unless by an error, which drops what was not committed."""

    def __init__(
        self, index: tantivy.Index, folder: Path, *, heap: int = HEAP, threads: int = 1, wait: float = 0
    ) -> None:
        """Raises `WriterBusy` when another one has the lock for longer than `wait` seconds."""
        self.index, self.folder = index, folder
        self._lock = _locked(folder / "writer.lock", wait)
        try:
            self._writer = index.writer(max(heap, LEAST_HEAP * threads), threads)
        except (ValueError, OSError) as error:
            self._lock.close()
            raise WriterBusy(f"cannot write to {folder}: {error}") from error
        index.reload()
        self._new: set[int] | None = set() if index.searcher().num_docs == 0 else None
        self._changed = 0
        self._pending = False

    def put(self, document: Document) -> None:
        """Index a document; one of the same id is replaced."""
        if not 0 <= document.id < 2**63:
            raise SearchError(f"the id of a document is an integer from 0 to 2**63 - 1, not {document.id}")
        self._forget(document.id)
        self._writer.add_document(schema.to_tantivy(document, self.index.schema))
        self._changed += 1
        self._pending = True

    def remove(self, id: int) -> None:
        """Take a document out; one that is not there is no error."""
        if 0 <= id < 2**63:
            self._delete(id)
            self._changed += 1
            self._pending = True

    def clear(self) -> None:
        """Take everything out at the next commit, which should be at position 0 or at that of a full copy."""
        _write_position(self.folder, 0)
        self._writer.delete_all_documents()
        self._new = None
        self._pending = True

    def commit(self, position: int | None = None) -> None:
        """Make everything so far visible and lasting. `position`: the number of the last change that is now indexed.

        The position is written after the documents: a crash between the two repeats some changes, and loses none.
        """
        if self._pending:
            self._writer.commit()
            self._pending = False
        if position is not None:
            _write_position(self.folder, position)

    def _forget(self, id: int) -> None:
        """Delete what has this id, unless nothing can: the index was empty at first and this is the first of the id."""
        if self._new is None or id in self._new:
            self._delete(id)
        else:
            self._new.add(id)

    def _delete(self, id: int) -> None:
        # Not by term: tantivy would take the integer for a signed one and find nothing.
        self._writer.delete_documents_by_query(tantivy.Query.term_query(self.index.schema, "id", id))

    def gather_subjects(self) -> None:
        """Rewrite the file that suggestions come from, if enough has changed since it was written."""
        self.index.reload()
        searcher = self.index.searcher()
        counter = self.folder / "changed"
        changed = self._changed + (int(counter.read_text() or 0) if counter.exists() else 0)
        if self._changed and (searcher.num_docs <= SMALL or changed > RENEWED * searcher.num_docs):
            write_subjects(self.folder / "subjects.tsv", searcher.terms_with_prefix("subject", ""))
            changed = 0
        counter.write_text(str(changed))

    def close(self) -> None:
        """Let merges end, renew the suggestions, give the lock back."""
        try:
            self._writer.wait_merging_threads()
            self.gather_subjects()
        finally:
            self._lock.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self.commit()
            else:
                self._writer.rollback()
        finally:
            self.close()


def _locked(path: Path, wait: float) -> IO[str]:
    """The lock file, open and locked; the system frees it when the process ends, however it ends."""
    file = path.open("a")
    until = time.monotonic() + wait
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return file
        except OSError:
            if time.monotonic() >= until:
                file.close()
                raise WriterBusy(f"another process is writing to {path.parent}") from None
            time.sleep(0.05)


def read_position(folder: Path) -> int:
    """The number of the last change that is indexed, 0 for none."""
    try:
        return int((folder / "position").read_text())
    except (OSError, ValueError):
        return 0


def _write_position(folder: Path, position: int) -> None:
    beside = folder / "position.tmp"
    with beside.open("w") as file:
        file.write(str(position))
        file.flush()
        os.fsync(file.fileno())
    os.replace(beside, folder / "position")
