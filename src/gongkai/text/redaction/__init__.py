"""Removing words from text and files for real, so that nobody can bring them back."""

from collections.abc import Callable, Sequence

from gongkai.text.redaction.model import Redacted
from gongkai.text.redaction.office import redact_docx, redact_pptx
from gongkai.text.redaction.pdf import redact_pdf
from gongkai.text.redaction.sheets import redact_xlsx
from gongkai.text.redaction.words import RedactedHtml, Style, redact_html, redact_plain, redact_text
from gongkai.text.unreadable import FileUnreadable

REMOVERS: dict[str, Callable[[bytes, Sequence[str]], Redacted]] = {
    "pdf": redact_pdf,
    "docx": redact_docx,
    "xlsx": redact_xlsx,
    "pptx": redact_pptx,
    "txt": redact_plain,
}
"""What takes words out of a file of a type; of any other type nothing can be taken."""

__all__ = [
    "REMOVERS",
    "FileUnreadable",
    "Redacted",
    "RedactedHtml",
    "Style",
    "redact_docx",
    "redact_html",
    "redact_pdf",
    "redact_plain",
    "redact_pptx",
    "redact_text",
    "redact_xlsx",
]
