"""What is stored about a file that was handed in."""

from __future__ import annotations

import uuid
from pathlib import PurePosixPath

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.utils.translation import gettext_lazy as _


def attachment_storage() -> Storage:
    """The storage of attachments: private, reached only through views that check rights."""
    return storages["attachments"]


def stored_path(attachment: Attachment, name: str) -> str:
    """Where a file is kept: a random name, so that nothing in a person's file name reaches the disk."""
    key = uuid.uuid4().hex
    return f"{key[:2]}/{key}{PurePosixPath(name).suffix.lower()[:10]}"


class Attachment(models.Model):
    """A file as it was handed in; never changed. Made by `gongkai.files.actions.store`."""

    file = models.FileField(_("文件"), storage=attachment_storage, upload_to=stored_path, max_length=120)
    name = models.CharField(_("文件名"), max_length=255)
    size = models.PositiveBigIntegerField(_("大小（字节）"))
    type = models.CharField(_("类型"), max_length=10)
    sha256 = models.CharField("SHA-256", max_length=64, db_index=True)
    sm3 = models.CharField("SM3", max_length=64)
    agency = models.ForeignKey("agencies.Agency", models.PROTECT, null=True, blank=True, related_name="+")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    uploaded_at = models.DateTimeField(_("上传时间"), auto_now_add=True)

    class Meta:
        ordering = ["-uploaded_at"]
        verbose_name = verbose_name_plural = _("附件")

    def __str__(self) -> str:
        return self.name
