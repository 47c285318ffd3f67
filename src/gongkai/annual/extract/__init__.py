"""From the bytes of a file to a document of paragraphs and tables."""

from __future__ import annotations

from gongkai.annual.errors import AnnualError, DamagedFile
from gongkai.annual.extract import limits
from gongkai.annual.extract.detect import Format, detect
from gongkai.annual.model import Document

__all__ = ["Format", "detect", "extract", "looks_like_report_data"]


def extract(data: bytes, *, name: str | None = None) -> Document:
    """The content of a file in reading order, after the repairs of `gongkai.text`.

    The format is found in the bytes; `name` only settles what they leave open.
    Raises a `ReadError` and nothing else: see `gongkai.annual.errors`, and `limits` for what is too large.
    """
    limits.at_most(len(data), limits.MAX_BYTES, "文件字节数", "bytes")
    try:
        return _read(data, detect(data, name), name)
    except AnnualError:
        raise
    except (ValueError, LookupError, ArithmeticError, TypeError, AttributeError, RuntimeError, OSError) as error:
        raise DamagedFile(type(error).__name__) from error


def _read(data: bytes, format: Format, name: str | None) -> Document:
    """Imports the reader of one format only when it is needed: each costs time to load."""
    if format is Format.HTML:
        from gongkai.annual.extract.webpage import read_html

        return read_html(data)
    if format is Format.DOCX:
        from gongkai.annual.extract.word import read_docx

        return read_docx(data)
    if format is Format.PDF:
        from gongkai.annual.extract.pdf import read_pdf

        return read_pdf(data)
    if format is Format.SHEET:
        from gongkai.annual.extract.sheets import read_sheets

        return read_sheets(data)
    from gongkai.annual.extract.plain import read_text

    return read_text(data, name)


def looks_like_report_data(value: object) -> bool:
    """Whether a JSON value is report data as `gongkai.annual.data` writes it."""
    return isinstance(value, dict) and "cells" in value and "form" in value
