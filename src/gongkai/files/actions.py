"""What may be done with attachments: keep one, hand one out."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.http import FileResponse
from django.utils.translation import gettext as _

from gongkai.files.checks import MEDIA_TYPES, TYPES, check
from gongkai.files.models import Attachment


def store(
    data: bytes, name: str, *, by: Any | None, agency: Any | None = None, types: Collection[str] = tuple(TYPES)
) -> Attachment:
    """Keeps a file with its fingerprints; raises `checks.Refused` where it is too large or of another type.

    The file is removed again if the transaction that it belongs to is rolled back by an error here.
    """
    checked = check(data, name, limit=settings.UPLOAD_BYTES, types=types)
    attachment = Attachment(
        name=checked.name,
        size=checked.size,
        type=checked.type,
        sha256=hashlib.sha256(data).hexdigest(),
        sm3=hashlib.new("sm3", data).hexdigest(),
        agency=agency,
        uploaded_by=by,
    )
    attachment.file.save(f"file.{checked.type}", ContentFile(data), save=False)
    try:
        with transaction.atomic():
            attachment.save()
    except Exception:
        attachment.file.delete(save=False)
        raise
    return attachment


def content(attachment: Attachment) -> bytes:
    """The bytes of a file; raises `Damaged` where they are no longer those that were handed in."""
    with attachment.file.open("rb") as file:
        data: bytes = file.read()
    if hashlib.sha256(data).hexdigest() != attachment.sha256:
        raise Damaged(_("文件“%(name)s”与上传时不一致，可能已损坏或被改动。请从备份恢复。") % {"name": attachment.name})
    return data


def serve(attachment: Attachment) -> FileResponse:
    """The file as a download: never shown inside the site, so that nothing in it can act in the site's name."""
    response = FileResponse(
        attachment.file.open("rb"),
        as_attachment=True,
        filename=attachment.name,
        content_type=MEDIA_TYPES.get(attachment.type, "application/octet-stream"),
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, no-store"
    return response


class Damaged(Exception):
    """A kept file is not what was handed in."""
