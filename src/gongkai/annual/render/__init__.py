"""Reports back in the official layout: web page, Word, Excel, PDF, plain text and JSON."""

from __future__ import annotations

import json
from typing import Literal

from gongkai.annual.data import to_dict
from gongkai.annual.model import Report
from gongkai.annual.render.marked import marked_docx
from gongkai.annual.render.webpage import fragment, stylesheet

FileType = Literal["html", "docx", "xlsx", "pdf", "json", "txt"]
FILE_TYPES: tuple[FileType, ...] = ("html", "docx", "xlsx", "pdf", "json", "txt")
MEDIA_TYPES = {
    "html": "text/html; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "json": "application/json",
    "txt": "text/plain; charset=utf-8",
}

__all__ = ["FILE_TYPES", "MEDIA_TYPES", "FileType", "fragment", "marked_docx", "render", "stylesheet"]


def render(report: Report, to: FileType) -> bytes:
    """The report as a file of this type.

    What the office wrote is printed as it wrote it; cells that are blank or not in the report stay empty. Raises
    ValueError for another type, and for PDF `fonts.NoFont` where the machine has no Chinese font.
    """
    if to == "json":
        return (json.dumps(to_dict(report), ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")
    if to == "html":
        from gongkai.annual.render.webpage import to_html as write
    elif to == "txt":
        from gongkai.annual.render.plain import to_text as write
    elif to == "docx":
        from gongkai.annual.render.word import to_docx as write
    elif to == "xlsx":
        from gongkai.annual.render.sheet import to_xlsx as write
    elif to == "pdf":
        from gongkai.annual.render.typeset import to_pdf as write
    else:
        raise ValueError(f"unknown file type {to}: one of {', '.join(FILE_TYPES)}")
    return write(report)
