"""One process writes; whatever happens to it, the index opens at its last commit."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from gongkai.search import Document, Index, NeedsRebuild, Query, SearchError, WriterBusy

Fill = Callable[..., Index]

KEEPS_COMMITTING = """
import sys
from gongkai.search import Document, Index
index = Index.open(sys.argv[1])
with index.writer() as writer:
    number = 0
    while True:
        for _ in range(200):
            number += 1
            writer.put(Document(number, f"第{number}号通知", body="安全生产专项整治" * 30))
        writer.commit(position=number)
        print(number, flush=True)
"""


def found(index: Index, text: str) -> set[int]:
    return {hit.id for hit in index.search(Query(text, limit=1_000)).hits}


def test_putting_again_replaces(filled: Fill) -> None:
    index = filled(Document(1, "旧的标题"), Document(1, "新的标题"))
    assert index.count() == 1
    filled(Document(1, "更新标题"))
    assert index.count() == 1
    assert found(index, "更新标题") == {1}
    assert found(index, "“新的标题”") == set()


def test_removing_takes_out_and_is_no_error_twice(filled: Fill) -> None:
    index = filled(Document(1, "通知"), Document(2, "通知"))
    with index.writer() as writer:
        writer.remove(1)
        writer.remove(1)
        writer.remove(-5)
    index.reload_if_changed()
    assert found(index, "通知") == {2}
    assert index.search(Query("通知", facets=True)).total == 1


def test_putting_after_removing_in_one_go_keeps_it(filled: Fill) -> None:
    index = filled(Document(1, "通知"))
    with index.writer() as writer:
        writer.remove(1)
        writer.put(Document(1, "公告"))
    index.reload_if_changed()
    assert found(index, "公告") == {1}


def test_clearing_empties_and_begins_at_nought(filled: Fill) -> None:
    index = filled(Document(1, "通知"))
    with index.writer() as writer:
        writer.commit(position=9)
        writer.clear()
        writer.put(Document(2, "公告"))
        writer.put(Document(2, "通告"))
        writer.commit(position=12)
    index.reload_if_changed()
    assert index.count() == 1
    assert index.position() == 12


def test_nothing_is_seen_before_it_is_committed(index: Index) -> None:
    with index.writer() as writer:
        writer.put(Document(1, "通知"))
        assert not index.reload_if_changed()
        assert index.count() == 0
        writer.commit(position=3)
        assert index.reload_if_changed()
        assert index.count() == 1
        assert index.position() == 3


def test_an_error_drops_what_was_not_committed(index: Index) -> None:
    def write() -> None:
        with index.writer() as writer:
            writer.put(Document(1, "通知"))
            writer.commit(position=1)
            writer.put(Document(2, "通知"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        write()
    index.reload_if_changed()
    assert found(index, "通知") == {1}
    assert index.position() == 1


def test_only_one_may_write(index: Index) -> None:
    with index.writer(), pytest.raises(WriterBusy), Index.open(index.folder).writer():
        pass
    with index.writer():
        pass


def test_an_id_out_of_range_is_refused_by_name(index: Index) -> None:
    with index.writer() as writer, pytest.raises(SearchError, match="id"):
        writer.put(Document(-1, "通知"))


def test_any_text_can_be_indexed(filled: Fill) -> None:
    index = filled(Document(1, "\ud800\x00通\u0301知\ufdd0", body="a" * 5_000 + "\t\v", kind="", date=-(10**12)))
    assert found(index, "通知") == {1}
    assert found(index, "a" * 150) == {1}


def test_another_process_that_reads_sees_commits(filled: Fill) -> None:
    index = filled(Document(1, "通知"))
    other = Index.open(index.folder)
    filled(Document(2, "通知"))
    assert other.count() == 1
    assert other.reload_if_changed()
    assert found(other, "通知") == {1, 2}


def test_searching_while_commits_come_in_gives_whole_answers(filled: Fill) -> None:
    index = filled(*(Document(n, f"通知{n}") for n in range(50)))
    wrong: list[object] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            index.reload_if_changed()
            hits = index.search(Query("通知", limit=200, facets=True)).hits
            if not hits or len({hit.id for hit in hits}) != len(hits) or len(hits) % 50:
                wrong.append(hits)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    with index.writer() as writer:
        for turn in range(1, 8):
            for n in range(50):
                writer.put(Document(turn % 3 * 1000 + n, f"通知{turn}"))
            writer.commit(position=turn)
    done.set()
    for reader in readers:
        reader.join()
    assert not wrong


def test_an_index_of_another_version_asks_to_be_rebuilt(filled: Fill) -> None:
    folder = filled(Document(1, "通知")).folder
    (folder / "schema").write_text("0")
    with pytest.raises(NeedsRebuild):
        Index.open(folder)
    index = Index.rebuild(folder)
    assert (index.count(), index.position()) == (0, 0)


def test_a_broken_index_asks_to_be_rebuilt(filled: Fill) -> None:
    folder = filled(Document(1, "通知")).folder
    (folder / "data" / "meta.json").write_text("{")
    with pytest.raises(NeedsRebuild):
        Index.open(folder)
    assert Index.rebuild(folder).count() == 0


@pytest.mark.parametrize("delay", [0.0, 0.013, 0.031])
def test_a_writer_killed_at_any_moment_leaves_the_last_commit(tmp_path: Path, delay: float) -> None:
    folder = tmp_path / "index"
    process = subprocess.Popen([sys.executable, "-c", KEEPS_COMMITTING, str(folder)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    for _ in range(3):
        promised = int(process.stdout.readline())
    time.sleep(delay)
    os.kill(process.pid, signal.SIGKILL)
    rest, _ = process.communicate()
    promised = max([promised, *map(int, rest.split())])
    index = Index.open(folder)
    assert index.position() >= promised
    assert index.count() >= index.position()
    assert index.count() % 200 == 0
    with index.writer() as writer:
        writer.put(Document(10**6, "接着写的公告"))
    index.reload_if_changed()
    assert found(index, "接着写的公告") == {10**6}
