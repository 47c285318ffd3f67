"""Removing words from text and files for real, so that nobody can bring them back."""

from gongkai.text.redaction.model import Redacted
from gongkai.text.redaction.office import redact_docx, redact_pptx
from gongkai.text.redaction.pdf import redact_pdf
from gongkai.text.redaction.sheets import redact_xlsx
from gongkai.text.redaction.words import RedactedHtml, Style, redact_html, redact_plain, redact_text
from gongkai.text.unreadable import FileUnreadable

__all__ = [
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
