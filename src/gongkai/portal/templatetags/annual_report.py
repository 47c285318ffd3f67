"""Tags that draw a report: its official tables, its figures, its marks."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import template
from django.utils.translation import get_language

from gongkai.annual.model import CellState, Finding
from gongkai.annual.render.grid import LaidCell, Role, figure, lay_table
from gongkai.portal.marking import MarkedTable

register = template.Library()

_HEADINGS = {Role.HEAD, Role.SECTION, Role.GROUP, Role.LABEL, Role.NOTE}


@dataclass(frozen=True, slots=True)
class Drawn:
    """A cell as the template needs it."""

    text: str
    tag: str
    classes: str
    rowspan: int
    colspan: int
    scope: str
    id: str | None
    note: str


@register.inclusion_tag("portal/parts/official_table.html")
def official_table(marked: MarkedTable, prefix: str = "") -> dict[str, Any]:
    """The table as officially laid out, with doubtful, blank and unread cells marked.

    `prefix` goes before every id, so that several reports can stand on one page.
    """
    laid = lay_table(marked.spec, marked.cells)
    rows: dict[int, list[Drawn]] = defaultdict(list)
    for cell in sorted(laid.cells, key=lambda c: (c.row, c.col)):
        rows[cell.row].append(_draw(cell, marked, prefix))
    ordered = [rows[r] for r in range(laid.height)]
    return {"title": laid.title, "head": ordered[: laid.head_rows], "body": ordered[laid.head_rows :]}


def _draw(cell: LaidCell, marked: MarkedTable, prefix: str) -> Drawn:
    if cell.role in _HEADINGS or cell.cell is None:
        heading = cell.role in _HEADINGS
        scope = "col" if cell.role is Role.HEAD else "row" if cell.role is Role.LABEL else ""
        classes = "heading" if cell.role in {Role.HEAD, Role.SECTION} else ""
        return Drawn(cell.text, "th" if heading else "td", classes, cell.rowspan, cell.colspan, scope, None, "")
    classes, note = _state(cell.cell, marked)
    return Drawn(cell.text, "td", classes, cell.rowspan, cell.colspan, "", f"{prefix}c-{cell.cell}", note)


def _state(id: str, marked: MarkedTable) -> tuple[str, str]:
    cell = marked.cells.get(id)
    classes = [marked.severities[id]] if id in marked.severities else []
    if cell is None:
        return " ".join([*classes, "unread" if id in marked.unread else "blank"]), ""
    if cell.value is None:
        classes.append("blank")
    elif cell.value == 0:
        classes.append("zero")
    if cell.state is CellState.CORRECTED and isinstance(cell.value, Decimal):
        return " ".join([*classes, "corrected"]), cell.raw
    return " ".join(classes), ""


@register.filter
def said(finding: Finding) -> str:
    """A finding's message in the reader's language."""
    return finding.message_en if get_language() == "en" else finding.message


@register.filter
def plain_figure(value: Decimal | str | None) -> str:
    """A figure in digits, a text as it is; an en dash where there is none, because nothing is not zero."""
    if isinstance(value, Decimal):
        return figure(value)
    return value or "–"


@register.simple_tag
def kind_label(kind: str) -> str:
    """The words for a kind of figure in prose."""
    from gongkai.annual.facts import KINDS

    found = KINDS.get(kind)
    if found is None:
        return kind
    return found.en if get_language() == "en" else found.zh
