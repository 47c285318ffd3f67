"""Turns what stands in a cell into the cell's value, or says why it is none."""

from __future__ import annotations

import re
from decimal import Decimal

from gongkai.annual.forms.model import CellSpec
from gongkai.annual.model import Cell, CellState, Unread, Where
from gongkai.text.numbers import Number, NumberKind, parse_number

_IN_YUAN = {"元": Decimal(1), "万元": Decimal(10_000), "亿元": Decimal(100_000_000)}
_TIDY_LENGTH = 2000
_GLUED_LINK = re.compile(r"https?://[!-~]{1,300}\.s?html?(?=[\u4e00-\u9fff])")
"""A page's address with words of another cell run into it."""


def read_cell(spec: CellSpec, raw: str, where: Where, *, printed_unit: str | None = None) -> Cell | Unread:
    """The cell that `raw` makes for `spec`.

    `printed_unit` is the unit that the row or the header prints; an amount of money in another unit than the form's
    is converted, with the printed unit kept on the cell.
    """
    if spec.type == "text":
        text = " ".join(raw.split())[:_TIDY_LENGTH]
        if _GLUED_LINK.match(text):
            return Unread(spec.id, raw, "glued_text", where)
        state = CellState.READ if text else CellState.BLANK
        return Cell(spec.id, text or None, raw, where, state)
    if printed_unit in (None, spec.unit) and raw.isascii() and raw.isdigit() and len(raw) < 10:
        if raw[0] != "0" or len(raw) == 1:
            return Cell(spec.id, Decimal(raw), raw, where)
        return Unread(spec.id, raw, "not_a_number", where)
    number = parse_number(raw)
    if number.is_blank:
        return Cell(spec.id, None, raw, where, CellState.BLANK)
    if number.kind is not NumberKind.FIGURE or number.value is None:
        return Unread(spec.id, raw, "not_a_number", where)
    value, unit, problem = _in_unit(number, spec, printed_unit)
    if problem is None and spec.type == "integer" and value < 0:
        problem = "negative"
    if problem is None and spec.type in ("integer", "signed_integer"):
        if value != value.to_integral_value():
            problem = "not_an_integer"
        else:
            value = value.quantize(Decimal(1))
    if problem is not None:
        return Unread(spec.id, raw, problem, where)
    return Cell(spec.id, value, raw, where, CellState.READ, unit, _note(number))


def _in_unit(number: Number, spec: CellSpec, printed: str | None) -> tuple[Decimal, str | None, str | None]:
    """Value in the form's unit, the unit to keep on the cell, and what is wrong."""
    value = number.value if number.value is not None else Decimal(0)
    stated = number.unit or printed
    wanted = spec.unit
    if stated == wanted or stated is None:
        return value, number.unit, None
    money = wanted in _IN_YUAN
    if money != (stated in _IN_YUAN):
        # 5 件 where the form counts 条 is the office's own word for the same count; money is not.
        if money or stated in _IN_YUAN or stated in ("%", "‰"):
            return value, stated, "wrong_unit"
        return value, number.unit, None
    if money and wanted is not None:
        return value * _IN_YUAN[stated] / _IN_YUAN[wanted], stated, None
    if stated in ("%", "‰"):
        return value, stated, "wrong_unit"
    return value, number.unit, None


def _note(number: Number) -> str | None:
    if number.note:
        return number.note
    return "约数" if number.approximate else None
