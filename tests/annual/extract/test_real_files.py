"""Real reports, where a folder of them is at hand: GONGKAI_REAL_REPORTS names it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from gongkai.annual.extract import extract
from gongkai.annual.model import Grid

FOLDER = os.environ.get("GONGKAI_REAL_REPORTS")
pytestmark = pytest.mark.skipif(not FOLDER, reason="GONGKAI_REAL_REPORTS is not set")


def files(*suffixes):
    return [p for p in sorted(Path(FOLDER or "/nonexistent").glob("*")) if p.suffix.lower() in suffixes]


@pytest.mark.parametrize("path", files(".pdf", ".docx"), ids=lambda p: p.name)
def test_the_three_tables_of_the_current_form_come_out_whole(path):
    grids = [b for b in extract(path.read_bytes(), name=path.name).blocks if isinstance(b, Grid)]
    assert [g.width for g in grids] == [4, 10, 15]
    for grid in grids:
        covered = [(c.row + r, c.col + k) for c in grid.cells for r in range(c.rowspan) for k in range(c.colspan)]
        assert sorted(covered) == [(r, c) for r in range(grid.height) for c in range(grid.width)]
