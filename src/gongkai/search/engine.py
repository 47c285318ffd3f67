"""The index in its folder: opens it, notices commits, hands queries to the state that is current."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Mapping
from pathlib import Path

import tantivy

from gongkai.search import schema
from gongkai.search.answering import Search
from gongkai.search.folding import units
from gongkai.search.model import NeedsRebuild, Query, Results
from gongkai.search.suggesting import Asked, Subjects
from gongkai.search.writing import HEAP, Writer, read_position


class Index:
    """One index in a folder. Safe to share between threads; every web process opens its own."""

    def __init__(self, folder: Path, index: tantivy.Index) -> None:
        """Use `Index.open`."""
        self.folder = folder
        self._index = index
        # Never by itself: a search must see one commit from its beginning to its end.
        index.config_reader("manual")
        self._lock = threading.Lock()
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
        if not version.exists() or version.read_text(errors="replace").strip() != str(schema.VERSION):
            raise NeedsRebuild(f"the index in {folder} is of another version: rebuild it")
        try:
            opened = cls(folder, tantivy.Index.open(str(folder / "data")))
            # A damaged file shows only when it is read.
            opened.search(Query(text="公告"))
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException as error:  # tantivy's panics are no Exception
            raise NeedsRebuild(f"the index in {folder} cannot be read ({error}): rebuild it") from error
        return opened

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
        return self._search.count()

    def reload_if_changed(self) -> bool:
        """See what was committed since. Costs a look at a file when nothing was: call it before every search."""
        stamp = self._look()
        if stamp == self._stamp:
            return False
        with self._lock:
            self._index.reload()
            self._load()
            self._stamp = stamp
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
        self._search = Search(self._index.searcher(), self._index.schema)
        self._subjects = Subjects(self.folder / "subjects.tsv")
        self._asked = Asked(self.folder / "asked.json")

    def search(self, query: Query) -> Results:
        """What a query finds. Never raises, whatever the query says."""
        return self._search.search(query)

    def did_you_mean(self, text: str) -> str | None:
        """The text with one character of a term mended so that more is found, or nothing better."""
        return self._search.did_you_mean(text)

    def forget(self) -> None:
        """Drop the counts that are remembered: for measuring."""
        self._search.forget()

    def suggest(self, prefix: str, limit: int = 8) -> list[str]:
        """What begins like this: what others asked for, then subjects of titles."""
        key = "".join(units(prefix[:60])).rstrip("_")
        if not key:
            return []
        offered = self._asked.beginning(key, limit) + self._subjects.beginning(key, limit)
        different: dict[str, str] = {}
        for text in offered:
            different.setdefault("".join(units(text)), text)
        return list(different.values())[:limit]

    def learn_queries(self, counted: Mapping[str, int]) -> None:
        """Replace what others asked for, with how often; leave out what is not fit to be shown to everybody."""
        Asked.write(self.folder / "asked.json", counted)
