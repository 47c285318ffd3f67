"""The guide (政府信息公开指南) of an agency: what it writes itself; the rest of the page is live data."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Guide(models.Model):
    """The agency's own words in its guide, and when somebody last checked them (条例第十二条)."""

    agency = models.OneToOneField("agencies.Agency", models.PROTECT, related_name="guide")
    scope = models.TextField(_("公开范围"), blank=True)
    arrangement = models.TextField(_("编排体系"), blank=True)
    ways = models.TextField(_("获取方式"), blank=True)
    venues = models.TextField(_("查阅场所"), blank=True)
    applying = models.TextField(_("依申请公开办理"), blank=True)
    supervision = models.TextField(_("监督与救济"), blank=True)
    changed_at = models.DateTimeField(_("最近修改"), null=True)
    checked_on = models.DateField(_("最近检查日期"), null=True)
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    check_due = models.DateField(_("下次检查日期"), null=True, db_index=True)

    class Meta:
        verbose_name = verbose_name_plural = _("公开指南")
