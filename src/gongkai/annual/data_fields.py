"""Takes fields out of JSON objects one by one and says exactly which one is wrong, and what to write instead."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NoReturn, overload

from gongkai.annual.errors import DataError

_MAX_EXPONENT = 30
"""Beyond this a figure is written as a string: expanding 1E+999999999 would take a gigabyte."""


class NoNumber(Exception):
    """The JSON value is not a finite number."""


def number(value: Decimal) -> int | float | str:
    """A figure as JSON: an integer, a float where that says the same figure, else its digits as a string."""
    if not value.is_finite() or value.adjusted() > _MAX_EXPONENT or value.adjusted() < -_MAX_EXPONENT:
        return str(value)
    if value == value.to_integral_value():
        return int(value)
    as_float = float(value)
    return as_float if Decimal(repr(as_float)) == value else str(value)


def decimal_of(value: Any) -> Decimal:
    """The figure in a JSON number; raises NoNumber for everything else."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise NoNumber
    try:
        figure = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    except (ValueError, ArithmeticError):
        raise NoNumber from None
    if not figure.is_finite():
        raise NoNumber
    return figure


class Fields:
    """A JSON object whose fields are taken once each; `close` refuses what was not taken."""

    def __init__(self, data: Any, path: str = "") -> None:
        if not isinstance(data, Mapping):
            name = path or "报告"
            raise DataError(
                f"{name} 应是对象（{{…}}），实际是{_kind(data)}",
                detail_en=f"{path or 'the report'} must be an object, not {type(data).__name__}",
            )
        self._data = data
        self._path = path
        self._taken: set[str] = set()

    def has(self, name: str) -> bool:
        """Whether the field is there and not null."""
        return self._data.get(name) is not None

    def close(self) -> None:
        """Refuses fields that nothing has asked for: a misspelt name would be lost silently."""
        for name in self._data:
            if name not in self._taken:
                known = "、".join(sorted(self._taken))
                raise DataError(
                    f"{self._at(str(name))} 不是已知字段，请删除或改正；此处可用：{known}",
                    detail_en=f"{self._at(str(name))} is not a known field; remove or correct it (known: {known})",
                )

    def text(self, name: str) -> str | None:
        """A string or null."""
        value = self._take(name)
        if value is not None and not isinstance(value, str):
            self._refuse(name, "文字", "a string", value)
        return value

    def required_text(self, name: str) -> str:
        """A string that must be there; it may be empty."""
        value = self.text(name)
        return value if value is not None else self._refuse(name, "文字", "a string", None)

    @overload
    def integer(self, name: str) -> int | None: ...
    @overload
    def integer(self, name: str, default: int) -> int: ...
    def integer(self, name: str, default: int | None = None) -> int | None:
        """An integer, the default where it is left out."""
        value = self._take(name)
        if value is None:
            return default
        if isinstance(value, bool) or not isinstance(value, int):
            self._refuse(name, "整数", "an integer", value)
        return value

    def required_integer(self, name: str) -> int:
        """An integer that must be there."""
        value = self.integer(name)
        return value if value is not None else self._refuse(name, "整数", "an integer", None)

    def flag(self, name: str, default: bool) -> bool:
        """true or false."""
        value = self._take(name)
        if value is None:
            return default
        if not isinstance(value, bool):
            self._refuse(name, " true 或 false", "true or false", value)
        return value

    def choice(self, name: str, allowed: Sequence[str]) -> str | None:
        """One of a closed list, or null."""
        value = self.text(name)
        if value is not None and value not in allowed:
            options = "、".join(allowed)
            self._refuse(name, f"以下之一：{options}", f"one of {', '.join(allowed)}", value)
        return value

    def day(self, name: str) -> date | None:
        """A day as 2024-12-31, or null."""
        value = self.text(name)
        if value is None:
            return None
        try:
            return date.fromisoformat(value)
        except ValueError:
            self._refuse(name, "日期，如 2024-12-31", "a date such as 2024-12-31", value)

    def required_day(self, name: str) -> date:
        """A day that must be there."""
        value = self.day(name)
        return value if value is not None else self._refuse(name, "日期，如 2024-12-31", "a date", None)

    def required_number(self, name: str) -> Decimal:
        """A figure; one that a JSON number cannot hold exactly stands as a string of its digits."""
        value = self._take(name)
        return self._digits(name, value) if isinstance(value, str) else self._number(name, value)

    def value(self, name: str, *, exact: bool) -> Decimal | str | None:
        """A cell's value: number, text or null; `exact` marks a string as the digits of a figure."""
        value = self._take(name)
        if isinstance(value, str):
            return self._digits(name, value) if exact else value
        return None if value is None else self._number(name, value)

    def child(self, name: str) -> Fields | None:
        """An object or null."""
        value = self._take(name)
        return None if value is None else Fields(value, self._at(name))

    def children(self, name: str) -> Iterator[Fields]:
        """The objects of a list; none where it is left out."""
        for i, item in enumerate(self._list(name)):
            yield Fields(item, f"{self._at(name)}[{i}]")

    def entries(self, name: str) -> Iterator[tuple[str, Fields | Any]]:
        """The entries of an object by key, each an object or a bare value."""
        value = self._take(name)
        if value is None:
            return
        if not isinstance(value, Mapping):
            self._refuse(name, "对象（{…}）", "an object", value)
        for key, item in value.items():
            yield key, Fields(item, f'{self._at(name)}["{key}"]') if isinstance(item, Mapping) else item

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of strings."""
        values = self._list(name)
        if not all(isinstance(v, str) for v in values):
            self._refuse(name, "文字的列表", "a list of strings", values)
        return tuple(values)

    def integers(self, name: str) -> tuple[int, ...]:
        """A list of integers."""
        values = self._list(name)
        if not all(isinstance(v, int) and not isinstance(v, bool) for v in values):
            self._refuse(name, "整数的列表", "a list of integers", values)
        return tuple(values)

    def pairs(self, name: str) -> tuple[tuple[str, str], ...]:
        """A list of pairs of strings."""
        values = self._list(name)
        pairs = []
        for value in values:
            if not (isinstance(value, list | tuple) and len(value) == 2 and all(isinstance(v, str) for v in value)):
                self._refuse(name, "[前, 后] 文字对的列表", "a list of [before, after] strings", value)
            pairs.append((value[0], value[1]))
        return tuple(pairs)

    def _take(self, name: str) -> Any:
        self._taken.add(name)
        return self._data.get(name)

    def _list(self, name: str) -> Sequence[Any]:
        value = self._take(name)
        if value is None:
            return ()
        if not isinstance(value, list | tuple):
            self._refuse(name, "列表（[…]）", "a list", value)
        return value

    def _number(self, name: str, value: Any) -> Decimal:
        try:
            return decimal_of(value)
        except NoNumber:
            self._refuse(name, "数字", "a number", value)

    def _digits(self, name: str, value: str) -> Decimal:
        try:
            return Decimal(value)
        except ArithmeticError:
            self._refuse(name, "数字", "a number", value)

    def _at(self, name: str) -> str:
        return f"{self._path}.{name}" if self._path else name

    def _refuse(self, name: str, wanted: str, wanted_en: str, value: Any) -> NoReturn:
        where = self._at(name)
        if value is None:
            raise DataError(f"缺少 {where}，应填{wanted}", detail_en=f"{where} is missing; it must be {wanted_en}")
        raise DataError(
            f"{where} 应是{wanted}，实际是{_kind(value)}", detail_en=f"{where} must be {wanted_en}, not {_kind(value)}"
        )


def _kind(value: Any) -> str:
    text = repr(value) if isinstance(value, str | int | float | bool | None) else type(value).__name__
    return text if len(text) <= 40 else text[:37] + "…"
