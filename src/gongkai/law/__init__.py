"""What the law fixes, as data and functions: working days, official lists, numbers of items and documents, the review.

- `Calendar` counts working days; years whose holidays are not loaded are refused, never guessed.
- `catalogue` holds the official lists (statutory categories, themes, genres, fields, channels, sections, meta tags).
- `index_number` makes and checks index numbers (索引号), `document_number` reads document numbers (发文字号).
- `review` holds the outcomes, grounds and questions of the confidentiality review.
"""

from gongkai.law import catalogue, document_number, index_number, review
from gongkai.law.calendar import Calendar, OutsideCalendar
from gongkai.law.document_number import DocumentNumber, NotADocumentNumber, NumberKind
from gongkai.law.index_number import BadIndexNumber, IndexNumber
from gongkai.law.org_codes import org_code_of_uscc, valid_org_code, valid_uscc
from gongkai.law.problem import Problem
from gongkai.law.review import CHECKLIST, PRINCIPLES, Classification, Outcome, Withheld

__all__ = [
    "CHECKLIST",
    "PRINCIPLES",
    "BadIndexNumber",
    "Calendar",
    "Classification",
    "DocumentNumber",
    "IndexNumber",
    "NotADocumentNumber",
    "NumberKind",
    "Outcome",
    "OutsideCalendar",
    "Problem",
    "Withheld",
    "catalogue",
    "document_number",
    "index_number",
    "org_code_of_uscc",
    "review",
    "valid_org_code",
    "valid_uscc",
]
