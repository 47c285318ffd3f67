"""Puts corrections in place of what was read, and turns what a person typed into a cell's value."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from django.utils.translation import gettext as _

from gongkai.annual.forms import form
from gongkai.annual.forms.model import CellSpec
from gongkai.annual.model import Cell, CellState, Report, Value
from gongkai.reporting.models import Correction

_NUMBER = re.compile(r"-?\d{1,17}(?:\.\d{1,6})?")
_BLANK = {"", "-", "—", "——", "/", "无", "空"}


class NotAValue(ValueError):
    """What was typed cannot stand in the cell; the message says what can."""


def parse(spec: CellSpec, typed: str) -> Value:
    """The value that a person typed for a cell; a dash, 无 or nothing leaves the cell empty, which is not zero."""
    text = unicodedata.normalize("NFKC", typed).strip()
    if text in _BLANK:
        return None
    if spec.type == "text":
        return text
    number = text.replace(",", "").replace(" ", "")
    if not _NUMBER.fullmatch(number):
        raise NotAValue(
            _("“%(typed)s”不是数字。请填写阿拉伯数字，例如 1234；原文未填写的，请留空。") % {"typed": typed}
        )
    value = Decimal(number)
    if spec.type in {"integer", "signed_integer"} and value != value.to_integral_value():
        raise NotAValue(_("“%(typed)s”不是整数。“%(cell)s”请填写整数。") % {"typed": typed, "cell": spec.label})
    if value < 0 and spec.type != "signed_integer":
        raise NotAValue(
            _("“%(typed)s”是负数。“%(cell)s”不能为负，请核对后填写。") % {"typed": typed, "cell": spec.label}
        )
    return value


def cell_spec(form_id: str | None, cell: str) -> CellSpec | None:
    """The form's cell with this id, None where there is none."""
    if not form_id:
        return None
    return form(form_id).cells.get(cell)


def written(value: Value) -> str | None:
    """A value as it is kept in a correction: figures without trailing zeros, None for an empty cell."""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return value


def corrected(report: Report, corrections: Iterable[Correction]) -> Report:
    """The report with the newest correction of each cell in place of what was read. Corrections come oldest first."""
    cells: dict[str, Cell] = dict(report.cells)
    changed = False
    for correction in corrections:
        spec = cell_spec(report.form, correction.cell)
        if spec is None:
            continue
        value: Value = correction.new_value
        if value is not None and spec.type != "text":
            value = Decimal(value)
        old = cells.get(correction.cell)
        if old is None:
            cells[correction.cell] = Cell(correction.cell, value, raw="", state=CellState.CORRECTED)
        else:
            cells[correction.cell] = replace(old, value=value, state=CellState.CORRECTED)
        changed = True
    return replace(report, cells=cells) if changed else report
