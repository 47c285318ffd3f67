"""Finds the columns of tables that hold data of persons, and counts what in them is not masked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from gongkai.text.scan.model import Level
from gongkai.text.scan.names import is_plausible_name, is_surname
from gongkai.text.scan.tables import PlacedTable

_HEADS = 6
"""Rows from the top among which the heads of columns are looked for."""
_LONGEST_HEAD = 20
_MASKED = re.compile(r"[*＊×xX某]{2}|[*＊×某]")
_ID = re.compile(r"(?<![0-9])[0-9]{14,17}[0-9Xx](?![0-9A-Za-z])")
_MOBILE = re.compile(r"(?<![0-9])1[3-9][0-9](?:[ -]?[0-9]{4}){2}(?![0-9])")
_ACCOUNT = re.compile(r"[0-9](?:[ -]?[0-9]){11,29}")
_CHINESE = re.compile(r"[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff]{2,6}·[\u4e00-\u9fff]{2,6}")
_DOOR = re.compile(r"[0-9一二三四五六七八九十]{1,5}[A-Za-z]?(?:号|室|户|栋|幢|单元|楼|组|#)|[0-9]{1,3}-[0-9]{1,4}")


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of column: what its head says, what a bare value looks like, and how much it weighs."""

    id: str
    head: re.Pattern[str]
    bare: Callable[[str], bool]
    level: Level


def _looks(pattern: re.Pattern[str]) -> Callable[[str], bool]:
    return lambda value: pattern.search(value) is not None and _MASKED.search(value) is None


def _is_name(value: str) -> bool:
    """Whether a value under 姓名 is a name: there, a surname and one to three signs more are enough."""
    word = "".join(value.split())
    if _MASKED.search(word) or not _CHINESE.fullmatch(word):
        return False
    return is_surname(word[0]) or is_plausible_name(word)


_KINDS = (
    _Kind("id", re.compile("身份证|公民身份|证件号"), _looks(_ID), Level.BLOCK),
    _Kind("phone", re.compile("手机|电话|联系方式"), _looks(_MOBILE), Level.WARN),
    _Kind("bank", re.compile("银行卡|银行账|卡号|账号|帐号|一卡通|存折"), _looks(_ACCOUNT), Level.BLOCK),
    _Kind("address", re.compile("家庭住址|家庭地址|住址|户籍地|详细地址|居住地"), _looks(_DOOR), Level.BLOCK),
    _Kind("name", re.compile("姓名|^户主$|^受助人$|^救助对象$|^持证人$|^学生$"), _is_name, Level.ALLOW),
)


_MASKED_AS = {"id": "idcard18", "phone": "mobile", "bank": "bankcard", "address": "address", "name": "name"}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of personal data: its head, the places of its bare values, and how many values it has."""

    kind: str
    head: str
    start: int
    end: int
    bare: tuple[tuple[int, int], ...]
    filled: int
    level: Level

    @property
    def masked_as(self) -> str:
        """The rule in whose form its values are masked."""
        return _MASKED_AS[self.kind]


def personal_columns(text: str, tables: Iterable[PlacedTable]) -> Iterator[Column]:
    """The columns with values in every table, those without a bare one among them.

    Accounts and addresses weigh less in a table without names: those are of offices and firms. Names weigh more where
    they stand beside other bare data.
    """
    for table in tables:
        yield from _weighed(list(_of_table(text, table)))


def column_values(text: str, tables: Iterable[PlacedTable], start: int) -> list[str]:
    """The bare values of the column whose head stands at a place; none where no such column is there."""
    column = next((one for one in personal_columns(text, tables) if one.start == start), None)
    return list(dict.fromkeys(text[first:last] for first, last in column.bare)) if column else []


def _weighed(columns: list[Column]) -> Iterator[Column]:
    named = any(column.kind == "name" for column in columns)
    others = any(column.bare for column in columns if column.kind != "name")
    for column in columns:
        level = column.level
        if (column.kind in ("bank", "address") and not named) or (column.kind == "name" and others):
            level = Level.WARN
        yield Column(column.kind, column.head, column.start, column.end, column.bare, column.filled, level)


def _of_table(text: str, table: PlacedTable) -> Iterator[Column]:
    head = _head(table)
    if head is None:
        return
    for number, said in enumerate(table.cells[head]):
        kind = _kind(said)
        if kind is None or (number and said and table.places[head][number] == table.places[head][number - 1]):
            continue
        filled, bare = 0, []
        for cells, places in zip(table.cells[head + 1 :], table.places[head + 1 :], strict=True):
            value = cells[number].strip() if number < len(cells) else ""
            filled += bool(value)
            if value and kind.bare(value):
                bare.append(_trimmed(text, *places[number]))
        if filled:
            start, end = _trimmed(text, *table.places[head][number])
            yield Column(kind.id, "".join(said.split()), start, end, tuple(bare), filled, kind.level)


def _head(table: PlacedTable) -> int | None:
    """The row with the heads: the first that names a kind, holds no bare value, and has rows below it."""
    for number, cells in enumerate(table.cells[:_HEADS]):
        kinds = [_kind(cell) for cell in cells]
        if len(cells) > 1 and any(kinds) and number + 1 < len(table.cells):
            told = [cell for cell in cells for kind in _KINDS if kind.id != "name" and kind.bare(cell)]
            return None if told else number
    return None


def _kind(said: str) -> _Kind | None:
    word = "".join(said.split())
    if not word or len(word) > _LONGEST_HEAD:
        return None
    return next((kind for kind in _KINDS if kind.head.search(word)), None)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    words = text[start:end]
    return start + len(words) - len(words.lstrip()), end - (len(words) - len(words.rstrip()))
