"""A report as a file to take away."""

from __future__ import annotations

from typing import cast
from urllib.parse import quote

from django.http import HttpResponse

from gongkai.annual.model import Report

KINDS = {
    "json": "application/json; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "marked": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
"""What a report can be taken away as; `marked` is Word with the findings as comments."""


def file_response(report: Report, to: str) -> HttpResponse:
    """The report as a download of one of KINDS; a name that any system can save."""
    from gongkai.annual.render import FileType, marked_docx, render

    content = marked_docx(report) if to == "marked" else render(report, cast(FileType, to))
    suffix = "docx" if to == "marked" else to
    stem = "".join(c for c in (report.title or report.agency or "report") if c.isalnum())[:60] or "report"
    response = HttpResponse(content, content_type=KINDS[to])
    name = f"{stem}-marked.{suffix}" if to == "marked" else f"{stem}.{suffix}"
    response["Content-Disposition"] = f"attachment; filename=\"report.{suffix}\"; filename*=UTF-8''{quote(name)}"
    response["X-Content-Type-Options"] = "nosniff"
    return response
