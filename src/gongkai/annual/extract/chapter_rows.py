"""Takes a report that was laid out as one large table apart at its chapters' titles."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from gongkai.annual.model import GridCell

_TITLE = re.compile(
    r"\s*[一二三四五六七八]\s*[、.．]\s*(?:总\s*体\s*情\s*况|主动公开政府信息(?:的)?情况|收到和处理政府信息公开申请(?:的)?情况"
    r"|政府信息公开(?:行政复议、?|被申请行政复议、?|被提起)?(?:提起)?行政诉讼(?:的)?情况|(?:政府信息公开工作)?存在的主要问题及改进(?:措施|情况)"
    r"|其他需要(?:报告|说明)的(?:事项|情况))\s*"
)
"""Titles of the chapters since 2019; no row of an official table is called so."""

Piece = str | list[GridCell]


def pieces(cells: Sequence[GridCell]) -> list[Piece] | None:
    """The titles, the texts and the tables that a table holds one above the other; None where it holds no title."""
    if not any(_TITLE.fullmatch(c.text) for c in cells if len(c.text) < 60):
        return None
    rows: dict[int, list[GridCell]] = {}
    for cell in cells:
        rows.setdefault(cell.row, []).append(cell)
    cuts = sorted(r for r, row in rows.items() if _is_title(row) and not _crossed(cells, r))
    if not cuts:
        return None
    out: list[Piece] = []
    bounds = sorted({min(rows), *cuts, max(rows) + 1})
    for first, end in pairwise(bounds):
        begin = first
        if first in cuts:
            out.append(_words(rows[first])[0])
            begin += 1
        out.extend(_part([cell for r in range(begin, end) for cell in rows.get(r, ())], begin))
    return out


def _part(cells: list[GridCell], begin: int) -> list[Piece]:
    """What stands between two titles: a table, or texts where each row holds no more than one."""
    by_row: dict[int, list[GridCell]] = {}
    for cell in cells:
        by_row.setdefault(cell.row, []).append(cell)
    if all(len(_words(row)) <= 1 for row in by_row.values()):
        return [text for row in by_row.values() for text in _words(row)]
    return [[replace(cell, row=cell.row - begin) for cell in cells]]


def _words(row: Sequence[GridCell]) -> list[str]:
    return [c.text.strip() for c in row if c.text.strip()]


def _is_title(row: Sequence[GridCell]) -> bool:
    words = _words(row)
    return len(words) == 1 and len(words[0]) < 60 and _TITLE.fullmatch(words[0]) is not None


def _crossed(cells: Sequence[GridCell], row: int) -> bool:
    """Whether a cell from above reaches into the row."""
    return any(c.row < row < c.row + c.rowspan for c in cells) or any(c.row == row and c.rowspan > 1 for c in cells)
