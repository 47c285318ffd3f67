"""The official forms of the annual report as data: tables, cells with stable ids, chapters, balance checks.

>>> form("gov-2021").cell("t3.new_received.total").unit
'件'
"""

from gongkai.annual.forms.load import FORM_IDS, all_forms, form, form_for_year
from gongkai.annual.forms.model import (
    CellSpec,
    ChapterSpec,
    ColumnSpec,
    Equation,
    Form,
    FormError,
    RowSpec,
    TableBlock,
    TableSpec,
    Term,
)

__all__ = [
    "FORM_IDS",
    "CellSpec",
    "ChapterSpec",
    "ColumnSpec",
    "Equation",
    "Form",
    "FormError",
    "RowSpec",
    "TableBlock",
    "TableSpec",
    "Term",
    "all_forms",
    "form",
    "form_for_year",
]
