"""What is drawn in any of the usual shapes is read back exactly."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from table_layouts import (
    Td,
    Values,
    as_aligned,
    as_grids,
    as_lines,
    as_one_paragraph,
    page_broken,
    paragraphs,
    random_values,
    stat_rows,
    t2_rows,
    t3_rows,
    t4_rows,
    tables_of,
    to_grid,
)

from gongkai.annual.forms.load import form
from gongkai.annual.model import Paragraph
from gongkai.annual.tables import TableReading, read_tables

FORMS = st.sampled_from(["gov-2008", "gov-2014", "gov-2019", "gov-2021"])
SEEDS = st.integers(0, 2**32)
BLANKS = st.sampled_from(["", "—", "/", "无", "　"])


def exactly(reading: TableReading, values: Values, *, but: tuple[str, ...] = ()) -> None:
    """Every cell is read, with its value."""
    wanted = {id: v for id, v in values.items() if not id.startswith(but or ("\0",))}
    found = {id: c.value for id, c in reading.cells.items()}
    assert found == wanted, {
        id: (wanted.get(id, "absent"), found.get(id, "unread"))
        for id in wanted.keys() | found.keys()
        if wanted.get(id, "absent") != found.get(id, "unread")
    }
    assert reading.unread == ()


@given(FORMS, SEEDS, BLANKS)
@settings(max_examples=60, deadline=None)
def test_ruled_tables_are_read_back(form_id: str, seed: int, blank: str) -> None:
    values = random_values(form(form_id), random.Random(seed), blanks=0.2)
    reading = read_tables(as_grids(tables_of(form_id, values, blank)), form(form_id))
    exactly(reading, values)


@given(st.sampled_from(["gov-2014", "gov-2019", "gov-2021"]), SEEDS)
@settings(max_examples=40, deadline=None)
def test_one_cell_a_line_is_read_back(form_id: str, seed: int) -> None:
    rng = random.Random(seed)
    blanks = 0.3 if form_id == "gov-2014" else 0.0
    values = random_values(form(form_id), rng, blanks=blanks)
    reading = read_tables(paragraphs(as_lines(tables_of(form_id, values))), form(form_id))
    exactly(reading, values)


@given(st.sampled_from(["gov-2008", "gov-2014", "gov-2019", "gov-2021"]), SEEDS, st.sampled_from(["  ", "\t", "　 "]))
@settings(max_examples=40, deadline=None)
def test_aligned_text_is_read_back(form_id: str, seed: int, gap: str) -> None:
    values = random_values(form(form_id), random.Random(seed))
    reading = read_tables(paragraphs(as_aligned(tables_of(form_id, values), gap)), form(form_id))
    exactly(reading, values)


@given(SEEDS)
@settings(max_examples=40, deadline=None)
def test_a_statistics_table_run_together_is_read_back(seed: int) -> None:
    rng = random.Random(seed)
    values = random_values(form("gov-2014"), rng, blanks=0.3)
    text = "云州市2016年度政府信息公开工作情况统计表 " + as_one_paragraph(stat_rows(form("gov-2014"), values))
    reading = read_tables([Paragraph(0, text)], form("gov-2014"))
    last = list(values)[-1]
    exactly(reading, {id: v for id, v in values.items() if id != last or v is not None or id in reading.cells})
    assert 0 in reading.table_blocks or reading.table_spans[0][1] == len(text)


@given(SEEDS)
@settings(max_examples=30, deadline=None)
def test_the_national_statistics_table_without_local_rows_is_read_back(seed: int) -> None:
    the_form = form("gov-2014")
    values = random_values(the_form, random.Random(seed), blanks=0.2)
    values = {id: v for id, v in values.items() if not the_form.cell(id).local}
    for blocks in (
        as_grids([stat_rows(the_form, values, local=False)]),
        paragraphs(as_lines([stat_rows(the_form, values, local=False)])),
    ):
        exactly(read_tables(blocks, the_form), values)


@given(st.sampled_from(["gov-2019", "gov-2021"]), SEEDS, st.integers(4, 29), st.sampled_from([0, 3]))
@settings(max_examples=60, deadline=None)
def test_a_table_broken_over_pages_is_read_back(form_id: str, seed: int, at: int, repeat: int) -> None:
    the_form = form(form_id)
    values = random_values(the_form, random.Random(seed), blanks=0.2)
    t3 = t3_rows(the_form, values)
    at = min(at, len(t3) - 1)
    tables = [*t2_rows(the_form, values), *page_broken(t3, at, repeat_header=repeat), t4_rows(the_form, values)]
    exactly(read_tables([to_grid(rows, i) for i, rows in enumerate(tables)], the_form), values)


@given(st.sampled_from(["gov-2019", "gov-2021"]), SEEDS)
@settings(max_examples=20, deadline=None)
def test_all_tables_in_one_grid_are_read_back(form_id: str, seed: int) -> None:
    the_form = form(form_id)
    values = random_values(the_form, random.Random(seed), blanks=0.1)
    rows = [row for table in tables_of(form_id, values) for row in table]
    reading = read_tables([to_grid(rows, 0)], the_form)
    exactly(reading, values)


@given(SEEDS, st.booleans())
@settings(max_examples=30, deadline=None)
def test_labels_without_numbers_are_read_back(seed: int, renumbered: bool) -> None:
    the_form = form("gov-2014")
    values = random_values(the_form, random.Random(seed))
    rows = stat_rows(the_form, values)
    for r, row in enumerate(rows[1:], start=1):
        bare = row[0].text.lstrip("0123456789.（）一二三四五六七八九十、")
        row[0] = Td(f"{r}、{bare}" if renumbered else bare)
    exactly(read_tables([to_grid(rows, 0)], the_form), values)


@pytest.mark.parametrize("split", [1, 2, 3])
@given(SEEDS)
@settings(max_examples=15, deadline=None)
def test_labels_wrapped_over_lines_are_read_back(split: int, seed: int) -> None:
    the_form = form("gov-2021")
    rng = random.Random(seed)
    values = random_values(the_form, rng)
    lines = []
    for row in t3_rows(the_form, values):
        for td in row:
            if td.kind == "label" and len(td.text) > 8:
                cuts = sorted(rng.sample(range(3, len(td.text) - 2, 2), min(split, 2)))  # no piece is a lone unit
                pieces = [td.text[a:b] for a, b in zip([0, *cuts], [*cuts, len(td.text)], strict=True)]
                lines.extend(pieces)
            else:
                lines.append(td.text)
    reading = read_tables(paragraphs(lines), the_form)
    exactly(reading, {id: v for id, v in values.items() if id.startswith("t3")})
