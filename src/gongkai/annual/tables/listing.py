"""Finds the value column of a list-like table: beside it stand units, codes, remarks, and other years' figures."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from gongkai.annual.tables.columns import Columns, likeness
from gongkai.annual.tables.keys import key_of
from gongkai.annual.tables.lattice import Kind, Row, kind_of
from gongkai.annual.tables.leaves import Leaf, bare_leaves, leaves_of
from gongkai.annual.tables.placing import crowded
from gongkai.annual.tables.slots import Slot

_VALUE = re.compile(
    "统计(数|数据|数值|结果|量)|数量|数值|数据|数字|数目|合计|总数|总计|本期(实际|数)?|本年度?(数|实际)?|指标[值数]|"
    "数额|结果|填报数|当年数?|年度数|全年数?|实际数|完成数"
)
_BESIDE = re.compile(
    "(计量|计算)?单位|(指标)?代码|序号|行[次号]|编号|备注(说明)?|说明|同比(增长|增减)?|增长|增幅|增减|类别|上年度?(数|实际|同期)?|"
    "去年(同期)?|上期数?|比上年增减|(填报|责任)单位|数据来源"
)
_YEAR = re.compile(r"(20[0-9]{2})年?度?(?:统计数|数据|数量|数)?")


def list_columns(
    slot: Slot, header: Sequence[Row], rows: Sequence[Row], start: int, width: int, year: int | None = None
) -> Columns:
    """The columns right of the labels, with the value columns of the form where they can be told."""
    leaves = leaves_of(header, start, width)
    if not any(leaf.stack for leaf in leaves):
        leaves = bare_leaves(rows, start)
    kinds = [_kinds(leaf, rows) for leaf in leaves]
    assigned: list[int | None] = []
    for leaf, held in zip(leaves, kinds, strict=True):
        assigned.append(None if Kind.MEASURE in held else _named(slot, leaf, year))
    open_ = [
        i
        for i, leaf in enumerate(leaves)
        if assigned[i] is None and not _beside(leaf, year) and Kind.MEASURE not in kinds[i] and not _coded(leaf, rows)
    ]
    texts = all(c.type == "text" for c in slot.block.columns)
    if not texts:
        open_ = [i for i in open_ if Kind.FIGURE in kinds[i] or not any(a is not None for a in assigned)]
    problem = _settle(slot, leaves, assigned, open_, kinds)
    if problem is None and _shifted(leaves, assigned, kinds, rows):
        problem = "columns_doubtful"
    return Columns(tuple(leaves), tuple(assigned), 1.0, problem)


def _settle(
    slot: Slot, leaves: Sequence[Leaf], assigned: list[int | None], open_: Sequence[int], kinds: Sequence[set[Kind]]
) -> str | None:
    """Where no header names the value column, the only column that may be it is taken."""
    taken = [a for a in assigned if a is not None]
    if len(taken) != len(set(taken)):
        return "columns_doubtful"
    if taken:
        texts = all(c.type == "text" for c in slot.block.columns)
        return "columns_doubtful" if open_ and not texts and 0 in taken and _rival(slot, open_) else None
    if not leaves:
        return "columns_unknown"
    with_figures = [i for i in open_ if Kind.FIGURE in kinds[i]]
    choice = with_figures or list(open_)
    if len(choice) != 1 or slot.block.columns[0].type == "text":
        return "columns_unknown"
    assigned[choice[0]] = 0
    return None


def _shifted(
    leaves: Sequence[Leaf], assigned: Sequence[int | None], kinds: Sequence[set[Kind]], rows: Sequence[Row]
) -> bool:
    """Whether the header does not fit what stands below: codes under a value's label, figures under none."""
    labelled = any(leaf.stack for leaf in leaves)
    for leaf, j, held in zip(leaves, assigned, kinds, strict=True):
        if j is not None and _coded(leaf, rows):
            return True
        if j is None and labelled and not leaf.stack and Kind.FIGURE in held:
            return True
    return crowded([leaf for leaf, j in zip(leaves, assigned, strict=True) if j is not None], rows)


def _rival(slot: Slot, open_: Sequence[int]) -> bool:
    """Whether an unnamed column of figures makes it uncertain which one counts."""
    return bool(open_) and not any(c.optional for c in slot.block.columns)


def _named(slot: Slot, leaf: Leaf, year: int | None) -> int | None:
    """The column of the form that the header names."""
    for j, column in enumerate(slot.block.columns):
        if likeness(leaf, column) >= 0.75:
            return j
    if slot.block.columns[0].type == "text":
        return None
    if any(_VALUE.fullmatch(key) for key in leaf.names[:1]):
        return 0
    found = _YEAR.fullmatch(key_of(leaf.label).text) or _YEAR.fullmatch(leaf.label.strip())
    return 0 if found and year is not None and int(found[1]) == year else None


def _beside(leaf: Leaf, year: int | None) -> bool:
    """Whether the header names something that is no figure of this year."""
    found = _YEAR.fullmatch(leaf.label.strip())
    if found:
        return year is not None and int(found[1]) != year
    return any(_BESIDE.fullmatch(key) for key in leaf.names)


def _kinds(leaf: Leaf, rows: Sequence[Row]) -> set[Kind]:
    """What the column holds: units if half of its cells are units, figures if more than a stray one is."""
    held = Counter(kind_of(c.text) for row in rows for c in row.cells if leaf.start <= c.col < leaf.end)
    filled = sum(n for kind, n in held.items() if kind is not Kind.EMPTY)
    kinds: set[Kind] = {kind for kind in held if kind is not Kind.MEASURE}
    if held[Kind.MEASURE] * 2 >= max(1, filled):
        kinds.add(Kind.MEASURE)
    if held[Kind.FIGURE] * 10 < filled:
        kinds.discard(Kind.FIGURE)
    return kinds


def _coded(leaf: Leaf, rows: Sequence[Row]) -> bool:
    """Whether the column holds running codes 01, 02, 03 …: two digits each, rising by one."""
    texts = [c.text.strip() for row in rows for c in row.cells if leaf.start <= c.col < leaf.end and c.text.strip()]
    codes = [t for t in texts if len(t) == 2 and t.isascii() and t.isdigit()]
    if len(codes) < 3 or len(codes) * 10 < len(texts) * 8 or not any(c[0] == "0" for c in codes):
        return False
    return sum(int(b) > int(a) for a, b in pairwise(codes)) * 10 >= (len(codes) - 1) * 8
