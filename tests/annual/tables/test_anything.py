"""No blocks at all make the reader raise, or take long."""

from __future__ import annotations

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.annual.forms.load import all_forms
from gongkai.annual.model import Block, Grid, GridCell, Paragraph
from gongkai.annual.tables import read_tables, score_forms

WORDS = sorted(
    {row.label for f in all_forms() for t in f.tables for b in t.blocks for row in b.rows}
    | {c.label for f in all_forms() for t in f.tables for b in t.blocks for c in b.columns}
    | {"行政复议", "行政诉讼", "复议后起诉", "申请人情况", "第二十条第（一）项", "信息内容", "统计指标", "单位"}
    | {"条", "件", "0", "12", "1,234", "—", "/", "无", "4.", "（一）", "29元", "（", "", " ", "\ufffd", "\U0002a6a5"}
)
pieces = st.one_of(st.sampled_from(WORDS), st.text(max_size=12), st.integers(0, 10**12).map(str))
texts = st.lists(pieces, max_size=30).flatmap(lambda p: st.sampled_from(["", " ", "\n", "\t"]).map(lambda j: j.join(p)))
cells = st.builds(
    GridCell,
    pieces,
    st.integers(0, 12),
    st.integers(0, 12),
    st.sampled_from([1, 1, 1, 2, 5]),
    st.sampled_from([1, 1, 3]),
)
blocks = st.lists(
    st.one_of(texts.map(lambda t: Paragraph(0, t)), st.lists(cells, max_size=60).map(lambda c: Grid(0, tuple(c)))),
    max_size=12,
)


def numbered(parts: list[Block]) -> tuple[Block, ...]:
    """The blocks with their indexes."""
    return tuple(Paragraph(i, b.text) if isinstance(b, Paragraph) else Grid(i, b.cells) for i, b in enumerate(parts))


@given(blocks, st.sampled_from(all_forms()))
@settings(max_examples=200, deadline=None)
def test_anything_is_read_without_an_error(parts: list[Block], form: object) -> None:
    document = numbered(parts)
    reading = read_tables(document, form, year=2016)  # type: ignore[arg-type]
    assert set(reading.cells) <= set(form.cells)  # type: ignore[attr-defined]
    assert not {u.cell for u in reading.unread if u.cell} & set(reading.cells)
    assert all(0.0 <= score <= 1.0 for score in score_forms(document).values())


def test_long_lines_and_large_grids_take_bounded_time() -> None:
    row = "1.属于国家秘密 0 0 0 0 0 0 0 （三）不予公开 （（（（ 条条条 "
    grid = Grid(2, tuple(GridCell("（一）予以公开", r, c) for r in range(3000) for c in range(10)))
    document = (Paragraph(0, row * 600), Paragraph(1, "（" * 30_000), grid)
    start = time.perf_counter()
    for form in all_forms():
        read_tables(document, form)
    assert time.perf_counter() - start < 20
