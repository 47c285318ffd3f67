"""A file that a staff page hands out."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpResponse

from gongkai.files.checks import TYPES


def file_download(content: bytes, to: str, stem: str) -> HttpResponse:
    """Bytes as a download that nobody but the person keeps; a name that any system can save."""
    response = HttpResponse(content, content_type=TYPES.get(to, "application/zip" if to == "zip" else "text/csv"))
    name = quote(f"{stem[:80]}.{to}")
    response["Content-Disposition"] = f"attachment; filename=\"file.{to}\"; filename*=UTF-8''{name}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
