"""A report as PDF, typeset in the layout of official documents."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from typing import Any

from gongkai.annual.model import Report
from gongkai.annual.render import fonts
from gongkai.annual.render.grid import LaidCell, LaidTable, Role
from gongkai.annual.render.layout import Element, Style, lay_out, subheading, title_of


def to_pdf(report: Report) -> bytes:
    """A tagged PDF on A4. Its fonts are embedded; see `fonts` for which are taken.

    Raises `fonts.NoFont` where the machine has no font with Chinese characters.
    """
    import typst

    faces = fonts.find()
    data = {
        "title": title_of(report) or "政府信息公开工作年度报告",
        "agency": report.agency or "",
        "fonts": faces.stacks(),
        "elements": [_element(e, report.agency) for e in lay_out(report)],
    }
    inputs = {"report": json.dumps(data, ensure_ascii=False)}
    # A compiler each time: one that is shared forgets a template given as bytes, and may not serve two threads.
    compiler = typst.Compiler(_template(), font_paths=faces.loaded, ignore_system_fonts=True, sys_inputs=inputs)
    pdf = compiler.compile(format="pdf", timestamp=0)
    assert isinstance(pdf, bytes)
    return pdf


_LINE = 18
"""Characters of a title (二号) on a line of 156 mm."""


@cache
def _template() -> bytes:
    return resources.files(__package__).joinpath("report.typ").read_bytes()


def _element(element: Element, agency: str | None) -> dict[str, Any]:
    if isinstance(element, LaidTable):
        return {"table": _table(element)}
    if element.style is Style.TITLE:
        return {"style": "title", "lines": title_lines(element.text, agency)}
    head, text = subheading(element.text) if element.style is Style.BODY else ("", element.text)
    # The stop after a heading belongs to the text: some Kai faces set it in the middle, as in Taiwan.
    stop = head[-1:] if head.endswith(("。", "：")) else ""
    return {"style": str(element.style), "head": head.removesuffix(stop), "text": stop + text}


def title_lines(title: str, agency: str | None) -> list[str]:
    """The title on one line, or with the agency's name on a line of its own where one line is too short."""
    if agency and title.startswith(agency) and len(title) > _LINE and len(agency) < len(title):
        return [agency, title[len(agency) :]]
    return [title]


_TEXT_WIDTH = 442.0
"""Points between the margins: 156 mm."""
_INSET = 6.0
_DIGIT = 0.53
"""Width of a digit in ems."""


def _size(table: LaidTable, cell: LaidCell, usual: float) -> float:
    """The type size in points: smaller where a figure or address, which cannot be broken, would leave its cell."""
    if cell.role is not Role.VALUE or not cell.text.isascii():
        return usual
    span = sum(table.widths[cell.col : cell.col + cell.colspan])
    room = span / sum(table.widths) * _TEXT_WIDTH - _INSET
    longest = max((len(word) for word in cell.text.split()), default=0)
    return min(usual, max(1.0, room / (longest * _DIGIT))) if longest else usual


def _table(table: LaidTable) -> dict[str, Any]:
    usual = 7.0 if len(table.widths) > 12 else 8.5 if len(table.widths) > 6 else 10.5
    cells = sorted(table.cells, key=lambda c: (c.row >= table.head_rows, c.row, c.col))
    return {
        "columns": table.widths,
        "size": usual,
        "head": table.head_rows,
        "head_cells": sum(c.row < table.head_rows for c in cells),
        "cells": [
            {
                "x": c.col,
                "y": c.row,
                "w": c.colspan,
                "h": c.rowspan,
                "text": c.text,
                "size": _size(table, c, usual),
                "indent": c.indent,
                "left": c.role in (Role.LABEL, Role.NOTE) or (c.role is Role.GROUP and c.rowspan == 1),
                "shade": c.role is Role.SECTION,
            }
            for c in cells
        ],
    }
