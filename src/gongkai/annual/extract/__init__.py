"""From the bytes of a file to a document of paragraphs and tables."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from gongkai.annual.errors import AnnualError, DamagedFile
from gongkai.annual.extract import limits
from gongkai.annual.extract.detect import Format, detect
from gongkai.annual.extract.plain import read_text
from gongkai.annual.model import Document

__all__ = ["Format", "detect", "extract", "looks_like_report_data"]

_READERS = {
    Format.HTML: ("webpage", "read_html"),
    Format.MHTML: ("webarchive", "read_mhtml"),
    Format.DOCX: ("word", "read_docx"),
    Format.SHEET: ("sheets", "read_sheets"),
    Format.PDF: ("pdf", "read_pdf"),
    Format.OFD: ("ofd", "read_ofd"),
    Format.JSON: ("structured", "read_json"),
}
"""The reader of each format, imported when the first such file comes: some take long to load."""


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
    if format is Format.TEXT:
        return read_text(data, name)
    module, function = _READERS[format]
    read: Callable[[bytes], Document] = getattr(import_module(f"{__name__}.{module}"), function)
    return read(data)


def looks_like_report_data(value: object) -> bool:
    """Whether a JSON value is report data as `gongkai.annual.data` writes it."""
    return isinstance(value, dict) and "cells" in value and "form" in value
