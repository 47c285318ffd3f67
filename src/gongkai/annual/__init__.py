"""Disclosure annual reports (政府信息公开工作年度报告) as data: read them, check them, compare them.

>>> from gongkai.annual import read
>>> [report] = read("report.docx")  # doctest: +SKIP
>>> report.agency, report.year, report.value("t3.new_received.total")  # doctest: +SKIP
('云州市教育局', 2024, Decimal('17'))
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gongkai.annual.compare import compare
from gongkai.annual.errors import AnnualError, NoReport, ReadError
from gongkai.annual.forms import FORM_IDS, Form, all_forms, form, form_for_year
from gongkai.annual.model import (
    Cell,
    CellState,
    Chapter,
    Document,
    Fact,
    Finding,
    Period,
    Report,
    Severity,
    Source,
    Span,
    Unread,
    Where,
)

if TYPE_CHECKING:
    from gongkai.annual.audit import check, check_together
    from gongkai.annual.reading import read, read_document, split

_LAZY = {
    "check": "gongkai.annual.audit",
    "check_together": "gongkai.annual.audit",
    "read": "gongkai.annual.reading",
    "read_document": "gongkai.annual.reading",
    "split": "gongkai.annual.reading",
}
"""What is loaded when it is first used: whoever only needs the forms does not pay for the reader."""

__all__ = [
    "FORM_IDS",
    "AnnualError",
    "Cell",
    "CellState",
    "Chapter",
    "Document",
    "Fact",
    "Finding",
    "Form",
    "NoReport",
    "Period",
    "ReadError",
    "Report",
    "Severity",
    "Source",
    "Span",
    "Unread",
    "Where",
    "all_forms",
    "check",
    "check_together",
    "compare",
    "form",
    "form_for_year",
    "read",
    "read_document",
    "split",
]


def __getattr__(name: str) -> Any:
    if name not in _LAZY:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(_LAZY[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
