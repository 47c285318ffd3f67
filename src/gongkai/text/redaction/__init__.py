"""Removing words from text and files for real, so that nobody can bring them back."""

from gongkai.text.redaction.model import Redacted
from gongkai.text.redaction.pdf import redact_pdf
from gongkai.text.unreadable import FileUnreadable

__all__ = ["FileUnreadable", "Redacted", "redact_pdf"]
