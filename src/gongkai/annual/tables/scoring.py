"""Tells from the labels of its tables which form a report is printed in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cache

from gongkai.annual.forms.load import all_forms
from gongkai.annual.model import Block, Grid
from gongkai.annual.tables.keys import key_of
from gongkai.annual.tables.reading import may_hold_tables
from gongkai.annual.tables.stream import stream_of

_ENOUGH = 24.0
"""So much weight of labels is certainty."""


@cache
def _weights() -> dict[str, dict[str, float]]:
    """Label key to forms, each with the weight: the fewer forms print it, the more it tells."""
    holders: dict[str, set[str]] = {}
    for form in all_forms():
        for table in form.tables:
            for block in table.blocks:
                for label in (
                    *(label for row in block.rows for label in (row.label, *row.aliases)),
                    *(c.label for c in block.columns),
                ):
                    key = key_of(label).text
                    if len(key) >= 4:
                        holders.setdefault(key, set()).add(form.id)
    return {key: {f: 1.0 / len(forms) for f in forms} for key, forms in holders.items()}


def score_forms(blocks: Sequence[Block]) -> dict[str, float]:
    """For each form the evidence of the labels, 0 to 1; 0 for all where there is no table.

    Forms that share a table share its evidence; the labels that only one of them prints decide between them.
    """
    scores: defaultdict[str, float] = defaultdict(float)
    if may_hold_tables(blocks):
        weights = _weights()
        for key in _keys(blocks) & weights.keys():
            for form, weight in weights[key].items():
                scores[form] += 3.0 if weight == 1.0 else weight
    return {form.id: min(1.0, scores[form.id] / _ENOUGH) for form in all_forms()}


def _keys(blocks: Sequence[Block]) -> set[str]:
    """Keys of all labels, each once; headers of grids too."""
    keys = {unit.key.text for unit in stream_of(blocks).units}
    for block in blocks:
        if isinstance(block, Grid) and len(block.cells) < 5000:
            keys.update([key_of(c.text).text for c in block.cells if 3 < len(c.text) < 80 and not c.text.isascii()])
    return keys
