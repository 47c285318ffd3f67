"""What was brought in from another system: each run, and each row that was not taken."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gongkai.publishing.models.publication import Publication


class PublicationImport(models.Model):
    """A run of an import; it goes on where it stopped."""

    source = models.CharField(_("来源"), max_length=300)
    fingerprint = models.CharField(max_length=64, db_index=True)
    agency = models.ForeignKey("agencies.Agency", models.PROTECT, null=True, related_name="+")
    started_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    position = models.PositiveIntegerField(default=0)
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    duplicates = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-started_at"]
        verbose_name = verbose_name_plural = _("信息导入")


class ImportProblem(models.Model):
    """A row that was not taken, or was taken with a remark."""

    run = models.ForeignKey(PublicationImport, models.CASCADE, related_name="problems")
    row = models.PositiveIntegerField()
    reference = models.CharField(max_length=300, blank=True)
    field = models.CharField(max_length=60, blank=True)
    message = models.CharField(max_length=500)
    rejected = models.BooleanField(default=True)
    publication = models.ForeignKey(Publication, models.CASCADE, null=True, related_name="+")

    class Meta:
        ordering = ["row", "pk"]
