"""Knows the formulas of sums that a cell of a table may have."""

from __future__ import annotations

import re

_FORMULA = re.compile(r"[=＝]?\s*(?:SUM|合计|求和|小计)\s*[(（]\s*(ABOVE|LEFT|上|左|上方|左侧|左方)\s*[)）]\Z", re.I)
_SIDES = {
    "above": "ABOVE",
    "上": "ABOVE",
    "上方": "ABOVE",
    "left": "LEFT",
    "左": "LEFT",
    "左侧": "LEFT",
    "左方": "LEFT",
}


def canonical(text: str) -> str:
    """`SUM(ABOVE)` or `SUM(LEFT)` for any way of writing them, "" for anything else."""
    found = _FORMULA.match(text.strip()) if len(text) < 60 else None
    return f"SUM({_SIDES[found[1].lower()]})" if found else ""


def typed(text: str) -> str:
    """The formula that somebody typed into a cell; it has to begin with an equals sign."""
    return canonical(text) if text.strip().startswith(("=", "＝")) else ""
