"""What was read before makes reading faster and changes nothing."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from damage import damage_grids
from table_layouts import as_grids, as_lines, paragraphs, random_values, tables_of

from gongkai.annual.forms import FORM_IDS, all_forms
from gongkai.annual.forms import form as form_by_id
from gongkai.annual.model import Block, Paragraph
from gongkai.annual.tables import aligning, columns, dispute_labels, keys, lattice, stream, tokens, vocabulary
from gongkai.annual.tables.model import TableReading
from gongkai.annual.tables.reading import read_tables
from gongkai.annual.tables.slots import slot_index

_KEPT = (
    aligning._kept_solution,
    columns._kept_match,
    dispute_labels._is_head,
    dispute_labels._kept_result,
    dispute_labels._kept_way,
    keys.key_of,
    lattice.kind_of,
    stream._labels,
    tokens._shapes,
    vocabulary._heads,
)


def forget() -> None:
    """Read as a fresh process reads."""
    for kept in _KEPT:
        kept.cache_clear()
    for form in all_forms():
        for table in form.tables:
            index = slot_index(form, table)
            index.fuzzy.clear()
            index.runs.clear()


def variants(form_id: str) -> list[tuple[Block, ...]]:
    """Tables of one form: whole, damaged, in lines, and under more headings than before."""
    rng = random.Random(form_id)
    documents: list[tuple[Block, ...]] = []
    for times in (0, 0, 1, 2, 4, 8):
        values = random_values(form_by_id(form_id), rng, blanks=rng.choice((0.0, 0.2)))
        tables = tables_of(form_id, values)
        damage_grids(tables, rng, times)
        documents.append(tuple(as_grids(tables)))
        heading = [Paragraph(0, "一、总体情况"), Paragraph(1, "其他"), Paragraph(2, "（一）主动公开")]
        shifted = [*heading, *as_grids(tables)]
        documents.append(tuple(_at(block, i) for i, block in enumerate(shifted)))
        documents.append(tuple(paragraphs(as_lines(tables))))
    return documents


def _at(block: Block, index: int) -> Block:
    return replace(block, index=index)


def read(blocks: tuple[Block, ...], form_id: str) -> TableReading:
    return read_tables(blocks, form_by_id(form_id), year=2023)


@pytest.mark.parametrize("form_id", ["gov-2008", "gov-2014", "gov-2019", "gov-2021"])
def test_tables_read_alike_whatever_was_read_before(form_id: str) -> None:
    documents = variants(form_id)
    fresh = []
    for document in documents:
        forget()
        fresh.append(read(document, form_id))
    others = [id for id in FORM_IDS if id != form_id]
    for other in others:  # the same labels under other forms
        for document in documents:
            read(document, other)
    assert [read(document, form_id) for document in documents] == fresh
    assert [read(document, form_id) for document in reversed(documents)] == fresh[::-1]
    assert any(reading.cells for reading in fresh)


def test_what_is_remembered_is_bounded() -> None:
    form = form_by_id("gov-2021")
    for seed in range(80):
        rng = random.Random(seed)
        tables = tables_of(form.id, random_values(form, rng))
        damage_grids(tables, rng, 3)
        read(tuple(as_grids(tables)), form.id)
    assert all(len(slot_index(form, table).runs) <= 64 for table in form.tables)
