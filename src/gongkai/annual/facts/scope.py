"""Says which table cell a figure of the prose can be held against."""

from __future__ import annotations

import re
from decimal import Decimal

from gongkai.annual.facts.kinds import KINDS
from gongkai.annual.forms.load import form

_NARROWER = re.compile(
    r"代表|本级|机关本部|局机关|各(?:[县市]?区|县|镇|乡|街道|部门|单位|科室|处室|股室)|政府办(?:公室|公厅)?|全系统|系统(?:共|全年|内)|"
    r"窗口(?!单位)|办公室(?:共|全年)"
)
_MONTHS = re.compile(r"[上下]半年|[一二三四1-4]季度|[0-9]{1,2}月份|[0-9]{1,2}月(?!底|31|1日)")
_CUMULATIVE = re.compile(r"累计")
_THIS_YEAR = re.compile(r"全年|本年|今年|20[0-9]{2}年")
_MONEY = ("元", "万元", "亿元")


def cell_of(kind: str, unit: str | None, value: Decimal, form_id: str | None, before: str) -> str | None:
    """The cell that counts the same, None where the words before speak of a part of the agency or another time.

    Money is held against a cell only where both have the same unit, or where there is none.
    """
    cell = KINDS[kind].cell(form_id)
    if cell is None or form_id is None:
        return None
    said = before[-80:]
    if _NARROWER.search(said) or _MONTHS.search(said):
        return None
    if _CUMULATIVE.search(said) and not _THIS_YEAR.search(said):
        return None
    counted = form(form_id).cell(cell).unit
    if value and (unit in _MONEY or counted in _MONEY) and unit != counted:
        return None
    return cell
