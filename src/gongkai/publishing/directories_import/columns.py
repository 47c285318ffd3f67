"""Finds the heading of a standard directory in a sheet and says what each column holds."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.publishing.directories_import.words import label

Grid = Sequence[Sequence[str]]

_CHILDREN: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("level1", ("一级事项", "一级目录", "一级")),
    ("level2", ("二级事项", "二级目录", "二级")),
    ("public", ("全社会", "社会公众")),
    ("group", ("特定群体", "特定群众", "特定对象")),
    ("active", ("主动公开", "主动")),
    ("on_request", ("依申请公开", "依申请")),
    ("province", ("省级",)),
    ("city", ("市级",)),
    ("county", ("县级", "区级", "县区级", "市县级", "县市区级")),
    ("township", ("乡级", "镇级", "乡镇级", "乡、村级", "乡村级", "镇街级", "乡镇街道级", "街道级")),
)
_PARENTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("number", ("序号", "编号")),
    ("content", ("公开内容", "内容要素")),
    ("basis", ("公开依据",)),
    ("time", ("公开时限", "公开时间")),
    ("agency", ("公开主体", "责任主体", "公开责任主体")),
    ("channels", ("公开渠道", "公开渠道和载体", "渠道和载体")),
    ("item", ("公开事项", "事项名称")),
    ("audience", ("公开对象",)),
    ("way", ("公开方式",)),
    ("tier", ("公开层级",)),
)
TIERS = ("province", "city", "county", "township")
NEEDED = {
    "level1": "一级事项",
    "content": "公开内容（要素）",
    "time": "公开时限",
    "agency": "公开主体",
}
"""Columns without which a table is no standard directory, with their official names."""
_MOST_ABOVE = 20


def heading(grid: Grid) -> tuple[int, int, dict[str, int]] | None:
    """The first row of the heading, the first row after it, and the column of each thing; None where there is none."""
    for top, row in enumerate(grid[:_MOST_ABOVE]):
        names = {label(cell) for cell in row}
        if len({id for id, words in _PARENTS if names & set(words)}) >= 3:
            bottom = top + 1
            while bottom < min(len(grid), top + 4) and _is_heading(grid[bottom]):
                bottom += 1
            return top, bottom, _columns(grid[top:bottom])
    return None


def is_heading(row: Sequence[str]) -> bool:
    """Whether a row repeats the heading, as at the top of each printed page."""
    names = {label(cell) for cell in row}
    parents = {id for id, words in _PARENTS if names & set(words)}
    return len(parents) >= 3 or _is_heading(row)


def _is_heading(row: Sequence[str]) -> bool:
    filled = [label(cell) for cell in row if label(cell)]
    known = {word for _id, words in (*_CHILDREN, *_PARENTS) for word in words}
    return len(filled) >= 2 and all(name in known for name in filled)


def _columns(rows: Grid) -> dict[str, int]:
    found: dict[str, int] = {}
    for column in range(max(len(row) for row in rows)):
        names = [label(row[column]) for row in rows if column < len(row)]
        id = _match(_CHILDREN, names) or _match(_PARENTS, names)
        if id:
            found.setdefault(id, column)
    if "level1" not in found and "item" in found:
        found["level1"] = found["item"]
    return found


def _match(known: tuple[tuple[str, tuple[str, ...]], ...], names: list[str]) -> str:
    return next((id for id, words in known if any(name in words for name in names)), "")
