"""A small index, and a way to put documents in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from gongkai.search import Document, Index

Fill = Callable[..., Index]


@pytest.fixture
def index(tmp_path: Path) -> Index:
    return Index.open(tmp_path / "index")


@pytest.fixture
def filled(index: Index) -> Fill:
    """Puts documents in the index and makes them visible."""

    def fill(*documents: Document) -> Index:
        with index.writer() as writer:
            for document in documents:
                writer.put(document)
        index.reload_if_changed()
        return index

    return fill
