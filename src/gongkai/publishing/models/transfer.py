"""Transfer to archives and libraries (送交): monthly manifests, their receipts, and the months that were missed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gongkai.publishing.models.choices import TextChoices
from gongkai.publishing.models.publication import Publication


class Manifest(models.Model):
    """What an agency hands to a venue for one month (主动公开政府信息送交明细表, 条例第二十五条)."""

    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="manifests", verbose_name=_("送交机关"))
    venue = models.ForeignKey(
        "agencies.Agency", models.PROTECT, related_name="received_manifests", verbose_name=_("接收场所")
    )
    month = models.DateField(_("月份"), help_text=_("该月第一天"))
    sent_at = models.DateTimeField(_("送交时间"), default=timezone.now)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    received_at = models.DateTimeField(_("接收时间"), null=True)
    received_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    problem = models.CharField(_("退回原因"), max_length=300, blank=True)

    class Meta:
        ordering = ["-month", "agency"]
        verbose_name = verbose_name_plural = _("送交明细表")
        constraints = [models.UniqueConstraint(fields=["agency", "venue", "month"], name="manifest_once")]


class ManifestItem(models.Model):
    """A publication on a manifest with the fingerprint of what was handed over."""

    manifest = models.ForeignKey(Manifest, models.CASCADE, related_name="items")
    publication = models.ForeignKey(Publication, models.PROTECT, related_name="manifest_items")
    number = models.PositiveIntegerField(_("序号"))
    sm3 = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64)
    files = models.JSONField(default=list)
    """Each {"name", "size", "sha256", "sm3", "attachment"}."""
    snapshot = models.JSONField(default=dict)
    """The publication in its machine form as it was handed over; the fingerprints are those of its canonical JSON."""

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["manifest", "publication"], name="manifest_item_once")]


class MissedTransfer(models.Model):
    """A month that an agency missed; what follows from it grows with the count in the year."""

    class Consequence(TextChoices):
        """What follows: points first, then the head, then the leader."""

        POINTS = "points", _("扣分")
        HEAD = "head", _("约谈部门负责人")
        LEADER = "leader", _("约谈分管领导")

    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="missed_transfers")
    venue = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+")
    month = models.DateField(_("月份"))
    consequence = models.CharField(max_length=20, choices=Consequence)
    noted_at = models.DateTimeField(default=timezone.now)
    made_good_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-month"]
        constraints = [models.UniqueConstraint(fields=["agency", "venue", "month"], name="missed_once")]
