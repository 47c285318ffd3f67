"""Matches the columns that a header draws with the columns of the form, and tells when it cannot be trusted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from gongkai.annual.forms.model import ColumnSpec
from gongkai.annual.model import GridCell
from gongkai.annual.tables.keys import key_of
from gongkai.annual.tables.lattice import Kind, kind_of
from gongkai.annual.tables.leaves import Leaf

_LIKE = 0.75
_SOME = 0.30
_ROW_HEADERS = ("信息内容", "统计指标", "指标名称")
"""What heads the labels cannot head a column of values."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a grid, left to right, each with its place in the form (None for one the form lacks)."""

    leaves: tuple[Leaf, ...]
    assigned: tuple[int | None, ...]
    score: float
    """Sum of likenesses over the larger of the numbers of columns: 1 where all agree exactly."""
    problem: str | None = None
    """Why no value may be read by these columns."""
    labelled: bool = True
    """False where the columns are taken over from another piece of the table."""

    def unit_of(self, cells: Sequence[GridCell]) -> str | None:
        """The unit that a row prints in a column of its own."""
        for assigned, cell in zip(self.assigned, cells, strict=True):
            if assigned is None and kind_of(cell.text) is Kind.MEASURE:
                return cell.text.strip()
        return None

    @property
    def in_order(self) -> bool:
        """Whether every column is one of the form's, in the form's order: then cells may be counted off."""
        known = [a for a in self.assigned if a is not None]
        return len(known) == len(self.assigned) and known == sorted(known)


def likeness(leaf: Leaf, column: ColumnSpec) -> float:
    """How well a header fits a column of the form, 0 to 1."""
    best = 0.0
    for label in (column.label, *column.aliases):
        wanted = key_of(label).text
        for key in leaf.names:
            if key == wanted:
                return 1.0
            if len(key) > 1:
                best = max(best, fuzz.ratio(key, wanted) / 100)
    return best


Match = tuple[tuple[int | None, ...], float, str | None]
"""The form's column of each leaf, the score, and the problem: what `Columns` says of the leaves."""
_LONGEST_KEPT = 2000
"""Headers with more characters are matched each time anew."""


def match_columns(leaves: Sequence[Leaf], columns: Sequence[ColumnSpec]) -> Columns:
    """Each column of the grid with the column of the form whose label it bears, one to one."""
    stacks = tuple([leaf.stack for leaf in leaves])
    short = sum([len(label) for stack in stacks for label in stack]) < _LONGEST_KEPT
    assigned, score, problem = (_kept_match if short else _match)(stacks, tuple(columns))
    return Columns(tuple(leaves), assigned, score, problem)


def _match(stacks: tuple[tuple[str, ...], ...], columns: tuple[ColumnSpec, ...]) -> Match:
    leaves = [Leaf(i, i + 1, stack) for i, stack in enumerate(stacks)]
    pairs = sorted(
        (
            (likeness(leaf, column), -i, -j)
            for i, leaf in enumerate(leaves)
            if leaf.stack
            for j, column in enumerate(columns)
        ),
        reverse=True,
    )
    assigned: list[int | None] = [None] * len(leaves)
    used: set[int] = set()
    total = 0.0
    for like, i, j in pairs:
        if like < _LIKE:
            break
        if assigned[-i] is None and -j not in used:
            assigned[-i] = -j
            used.add(-j)
            total += like
    required = [j for j, c in enumerate(columns) if not c.optional]
    problem = reconcile(leaves, assigned, columns, required)
    if problem is None and any(name in _ROW_HEADERS for leaf in leaves for name in leaf.names[:1]):
        problem = "columns_doubtful"
    if problem is None and _twice(leaves, assigned, columns, used):
        problem = "columns_doubtful"
    labelled = sum(1 for leaf in leaves if leaf.stack)
    return tuple(assigned), total / max(labelled, len(required), 1), problem


_kept_match = lru_cache(maxsize=256)(_match)
"""The same few headers come again and again."""


def _twice(
    leaves: Sequence[Leaf], assigned: Sequence[int | None], columns: Sequence[ColumnSpec], used: set[int]
) -> bool:
    """Whether a label stands twice: a header with a cell too many does not fit the rows below it."""
    spare = [leaf for leaf, a in zip(leaves, assigned, strict=True) if a is None and leaf.stack]
    return any(likeness(leaf, columns[j]) >= _LIKE for leaf in spare for j in used)


def reconcile(
    leaves: Sequence[Leaf], assigned: list[int | None], columns: Sequence[ColumnSpec], required: Sequence[int]
) -> str | None:
    """Settle columns whose label was not recognised; say why the header contradicts itself.

    A header that lost a cell shifts all labels after it: then a column stands without a label in one place while the
    label of another is missing elsewhere. Only where both are in the same gap is the column certain; two labels in
    one merged cell leave their columns unread, and the others as they are.
    """
    missing = [j for j in required if j not in assigned]
    unknown = [i for i, a in enumerate(assigned) if a is None]
    if not unknown or not missing:
        return None
    known = [a for a in assigned if a is not None]
    if not known:
        return "columns_unknown"
    if known != sorted(known):
        return "columns_doubtful"
    for gap_leaves, gap_columns in _gaps(assigned, missing, len(columns)):
        if not _settled(leaves, assigned, columns, gap_leaves, gap_columns):
            return "columns_doubtful"
    return None


def _settled(
    leaves: Sequence[Leaf],
    assigned: list[int | None],
    columns: Sequence[ColumnSpec],
    gap_leaves: Sequence[int],
    gap_columns: Sequence[int],
) -> bool:
    """Give the unknown leaves of one gap the missing columns of the same gap, if they are those for certain."""
    if not gap_leaves and not gap_columns:
        return True
    if len(gap_leaves) == len(gap_columns):
        if not all(_may_be(leaves[i], columns[j]) for i, j in zip(gap_leaves, gap_columns, strict=True)):
            return False
        for i, j in zip(gap_leaves, gap_columns, strict=True):
            assigned[i] = j
        return True
    names = [key_of(columns[j].label).text for j in gap_columns]
    merged = "".join(name for i in gap_leaves for name in leaves[i].names[:1])
    return bool(gap_leaves) and len(gap_leaves) < len(gap_columns) and all(name in merged for name in names)


def _may_be(leaf: Leaf, column: ColumnSpec) -> bool:
    """Whether a damaged label, between neighbours that are certain, may be this column's."""
    if not leaf.stack:
        return True
    return likeness(leaf, column) >= _SOME


def _gaps(assigned: Sequence[int | None], missing: Sequence[int], columns: int) -> list[tuple[list[int], list[int]]]:
    """Between each two known columns: the unknown leaves, and the missing columns of the form."""
    out: list[tuple[list[int], list[int]]] = []
    below = -1
    leaves: list[int] = []
    for i, a in enumerate((*assigned, columns)):
        if a is None:
            leaves.append(i)
            continue
        out.append((leaves, [j for j in missing if below < j < a]))
        leaves, below = [], a
    return out
