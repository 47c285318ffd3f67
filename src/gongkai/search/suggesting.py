"""Offer what somebody may be about to type: the subjects of titles, and what others asked for.

The writer keeps a file of subjects, sorted by their folded form; a reader maps it and looks up a beginning by halving.
"""

from __future__ import annotations

import json
import mmap
import os
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import groupby, islice
from pathlib import Path

from gongkai.search.folding import units

SEPARATOR = "\t"
SHORTEST, LONGEST = 2, 40
"""Units of a subject."""
MOST = 300_000
"""Subjects that are kept, the most frequent."""
SCANNED = 1_000
"""Subjects with one beginning that are looked through; beginnings of more have their best ones listed beforehand."""
LISTED = 20
LISTED_QUERIES = 5_000

CORE = re.compile(r"关于(?:印发|公布|发布|转发|批转|下达|同意|做好|开展|加强|进一步|公开征求|征求|对)?(.+)$")
QUOTED = re.compile(r"《([^《》]{2,60})》")
ENDING = re.compile(r"的?(?:通知|公告|通告|意见|决定|批复|函|请示|报告|通报|公示|说明|解读|的)$")


def subjects(title: str) -> list[str]:
    """What a title offers: itself, what is in its 《》, what follows its 关于, each with its folded form before it."""
    title = " ".join(title.replace(SEPARATOR, " ").split())
    offered = [title, *QUOTED.findall(title)]
    if core := CORE.search(title):
        offered.append(ENDING.sub("", core[1]).strip("《》"))
    found: dict[str, str] = {}
    for text in offered:
        key = units(text)
        if SHORTEST <= len(key) <= LONGEST:
            found.setdefault("".join(key), text)
    return [f"{key}{SEPARATOR}{_sendable(text)}" for key, text in found.items()]


def _sendable(text: str) -> str:
    return text.encode("utf-8", "ignore").decode("utf-8")


def write_subjects(path: Path, counted: Iterable[tuple[str, int]]) -> None:
    """Keep the most frequent of these: `key⇥count⇥text` sorted by key, and apart the best of frequent beginnings."""
    kept = sorted(islice(counted, MOST))
    rows = [(*term.partition(SEPARATOR)[::2], count) for term, count in kept]
    best: dict[str, list[str]] = {}
    _list_best(rows, 1, best)
    _replace(path, "".join(f"{key}\t{count}\t{text}\n" for key, text, count in rows))
    _replace(_best_path(path), json.dumps(best, ensure_ascii=False))


def _list_best(rows: list[tuple[str, str, int]], length: int, best: dict[str, list[str]]) -> None:
    for start, group in groupby(rows, key=lambda row: row[0][:length]):
        members = list(group)
        if len(members) > SCANNED and length < 30:
            top = sorted(members, key=lambda row: (-row[2], len(row[0])))[:LISTED]
            best[start] = [text for _, text, _ in top]
            _list_best(members, length + 1, best)


def _best_path(path: Path) -> Path:
    return path.with_suffix(".best.json")


def _replace(path: Path, text: str) -> None:
    """Write beside and rename, so that readers see the old or the new one whole."""
    beside = path.with_suffix(f".{os.getpid()}.tmp")
    beside.write_text(text, encoding="utf-8")
    os.replace(beside, path)


class Subjects:
    """The file of subjects, mapped for reading."""

    def __init__(self, path: Path) -> None:
        """An empty or missing file has no subjects."""
        self.best: dict[str, list[str]] = {}
        self.lines: mmap.mmap | bytes = b""
        try:
            self.best = json.loads(_best_path(path).read_text(encoding="utf-8"))
            with path.open("rb") as file:
                self.lines = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except (OSError, ValueError):
            return

    def beginning(self, key: str, limit: int) -> list[str]:
        """Subjects whose folded form begins so, the most frequent first."""
        if key in self.best:
            return self.best[key][:limit]
        wanted = key.encode()
        found: list[tuple[int, int, str]] = []
        at = self._first(wanted)
        while at < len(self.lines) and len(found) < SCANNED:
            end = self.lines.find(b"\n", at)
            line = self.lines[at:end]
            if not line.startswith(wanted):
                break
            _, count, text = line.decode().split("\t", 2)
            found.append((-int(count), len(text), text))
            at = end + 1
        return [text for _, _, text in sorted(found)[:limit]]

    def _first(self, wanted: bytes) -> int:
        """Where the first line is that is not before `wanted`."""
        low, high = 0, len(self.lines)
        while low < high:
            middle = (low + high) // 2
            start = self.lines.rfind(b"\n", low, middle) + 1 or low
            end = self.lines.find(b"\n", start) + 1
            if self.lines[start:end] < wanted:
                low = end
            else:
                high = start
        return low


class Asked:
    """What others asked for, with how often; the caller decides what is fit to be shown."""

    def __init__(self, path: Path) -> None:
        try:
            rows = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            rows = []
        self.rows: list[tuple[str, str, int]] = sorted((str(k), str(t), int(n)) for k, t, n in rows)

    @staticmethod
    def write(path: Path, counted: Mapping[str, int]) -> None:
        """Keep the most frequent `LISTED_QUERIES` queries."""
        most = Counter(counted).most_common(LISTED_QUERIES)
        _replace(path, json.dumps([("".join(units(text)), _sendable(text), n) for text, n in most]))

    def beginning(self, key: str, limit: int) -> list[str]:
        """Queries whose folded form begins so, the most frequent first."""
        found = []
        for row in self.rows[bisect_left(self.rows, (key,)) :]:
            if not row[0].startswith(key):
                break
            found.append(row)
        return [text for _, text, _ in sorted(found, key=lambda row: (-row[2], len(row[1])))[:limit]]
