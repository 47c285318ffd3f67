"""What may be done with attachments: keep one, hand one out."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Collection
from contextlib import suppress
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.http import FileResponse
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongkai.files.checks import MEDIA_TYPES, TYPES, Refused, check
from gongkai.files.models import Attachment, attachment_storage, stored_path

log = logging.getLogger(__name__)


def store(
    data: bytes, name: str, *, by: Any | None, agency: Any | None = None, types: Collection[str] = tuple(TYPES)
) -> Attachment:
    """Keeps a file with its fingerprints; raises `checks.Refused` where it is too large or of another type.

    Refused too where the disk does not take it. The file is removed again if the transaction that it belongs to is
    rolled back by an error here.
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
    attachment.file = _written(attachment, data)
    try:
        with transaction.atomic():
            attachment.save()
    except Exception:
        attachment.file.delete(save=False)
        raise
    return attachment


def _written(attachment: Attachment, data: bytes) -> str:
    """Writes a file into its place, whose name it returns; where the disk does not take it, nothing of it stays."""
    storage = attachment_storage()
    name = storage.generate_filename(stored_path(attachment, f"file.{attachment.type}"))
    try:
        return str(storage.save(name, ContentFile(data)))
    except OSError as error:
        log.exception("a file cannot be kept")
        with suppress(OSError):
            storage.delete(name)
        words = gettext_lazy("文件“{name}”没有保存：服务器的存储空间不足或者不能写入。请联系系统管理员，处理后再上传。")
        raise Refused(format_lazy(words, name=attachment.name)) from error


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
