"""Standard directories (政务公开事项标准目录): rows that say what must be disclosed, by whom and by when."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gongkai.publishing.models.publication import Publication


class Directory(models.Model):
    """A standard directory as it was imported."""

    name = models.CharField(_("名称"), max_length=160)
    field = models.CharField(_("领域"), max_length=10, blank=True)
    """One of the 26 fields of grass-roots standardisation, by its id in `gongkai.law`; empty for another directory."""
    agency = models.ForeignKey(
        "agencies.Agency", models.PROTECT, related_name="directories", verbose_name=_("制定机关")
    )
    version = models.CharField(_("版本"), max_length=40, blank=True)
    imported_at = models.DateTimeField(default=timezone.now)
    file = models.ForeignKey("files.Attachment", models.PROTECT, null=True, related_name="+")
    retired = models.BooleanField(_("停用"), default=False)

    class Meta:
        ordering = ["field", "name"]
        verbose_name = verbose_name_plural = _("标准目录")


class DirectoryRow(models.Model):
    """One matter that must be disclosed."""

    directory = models.ForeignKey(Directory, models.CASCADE, related_name="rows")
    number = models.CharField(_("序号"), max_length=20)
    level1 = models.CharField(_("一级事项"), max_length=120)
    level2 = models.CharField(_("二级事项"), max_length=200, blank=True)
    content = models.TextField(_("公开内容（要素）"))
    basis = models.TextField(_("公开依据"), blank=True)
    time_limit = models.CharField(_("公开时限"), max_length=300, blank=True)
    refresh_days = models.PositiveIntegerField(_("更新周期（天）"), null=True)
    """Days after which the newest publication of the row is stale; none where it is filed once for each event."""
    agency_text = models.CharField(_("公开主体"), max_length=200, blank=True)
    channels = models.JSONField(_("公开渠道和载体"), default=list)
    to_all = models.BooleanField(_("面向全社会"), default=True)
    group = models.CharField(_("特定群体"), max_length=120, blank=True)
    proactive = models.BooleanField(_("主动公开"), default=True)
    tiers = models.JSONField(_("公开层级"), default=list)
    order = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["directory", "order", "pk"]
        verbose_name = verbose_name_plural = _("标准目录事项")


class RowDuty(models.Model):
    """An agency that must fill a row."""

    row = models.ForeignKey(DirectoryRow, models.CASCADE, related_name="duties")
    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="row_duties")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["row", "agency"], name="duty_once")]


class Filing(models.Model):
    """A publication that fills a row."""

    row = models.ForeignKey(DirectoryRow, models.CASCADE, related_name="filings")
    publication = models.ForeignKey(Publication, models.CASCADE, related_name="filings")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["row", "publication"], name="filed_once")]
