"""A report as a file to take away."""

from __future__ import annotations

from typing import cast
from urllib.parse import quote

from django.http import HttpResponse

from gongkai.annual.model import Report
from gongkai.annual.render import MEDIA_TYPES, FileType, marked_docx, render

KINDS = MEDIA_TYPES | {"marked": MEDIA_TYPES["docx"]}
"""What a report can be taken away as; `marked` is Word with the findings as comments."""


def file_response(report: Report, to: str) -> HttpResponse:
    """The report as a download of one of KINDS; a name that any system can save."""
    content = marked_docx(report) if to == "marked" else render(report, cast(FileType, to))
    suffix = "docx" if to == "marked" else to
    stem = "".join(c for c in (report.title or report.agency or "report") if c.isalnum())[:60] or "report"
    response = HttpResponse(content, content_type=KINDS[to])
    name = f"{stem}-marked.{suffix}" if to == "marked" else f"{stem}.{suffix}"
    response["Content-Disposition"] = f"attachment; filename=\"report.{suffix}\"; filename*=UTF-8''{quote(name)}"
    response["X-Content-Type-Options"] = "nosniff"
    return response
