"""The gazette (政府公报): issues put together from publications, bound by the year, delivered to places."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from gongkai.publishing.models.publication import Publication


class GazetteIssue(models.Model):
    """One issue."""

    agency = models.ForeignKey(
        "agencies.Agency", models.PROTECT, related_name="gazette_issues", verbose_name=_("主办机关")
    )
    year = models.PositiveSmallIntegerField(_("年份"))
    number = models.PositiveSmallIntegerField(_("期号"))
    overall = models.PositiveIntegerField(_("总期号"))
    title = models.CharField(_("刊名"), max_length=120)
    dated = models.DateField(_("出版日期"))
    published_at = models.DateTimeField(null=True)
    print_run = models.PositiveIntegerField(_("印数"), default=0)
    file = models.ForeignKey("files.Attachment", models.PROTECT, null=True, related_name="+")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-year", "-number"]
        verbose_name = verbose_name_plural = _("政府公报")
        constraints = [
            models.UniqueConstraint(fields=["agency", "year", "number"], name="issue_once"),
            models.UniqueConstraint(fields=["agency", "overall"], name="issue_overall_once"),
        ]


class GazetteItem(models.Model):
    """A publication in an issue, in its section and place."""

    issue = models.ForeignKey(GazetteIssue, models.CASCADE, related_name="items")
    section = models.CharField(_("栏目"), max_length=60)
    order = models.PositiveSmallIntegerField(default=0)
    publication = models.ForeignKey(Publication, models.PROTECT, related_name="gazette_items")
    page = models.PositiveIntegerField(null=True)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["issue", "publication"], name="item_once_in_issue")]


class GazetteDelivery(models.Model):
    """Copies of an issue that were brought to a place."""

    issue = models.ForeignKey(GazetteIssue, models.CASCADE, related_name="deliveries")
    place = models.CharField(_("赠阅点"), max_length=120)
    copies = models.PositiveIntegerField(_("份数"))
    on = models.DateField(_("日期"))

    class Meta:
        ordering = ["place"]


class GazetteVolume(models.Model):
    """The issues of a year bound in one file."""

    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="gazette_volumes")
    year = models.PositiveSmallIntegerField(_("年份"))
    file = models.ForeignKey("files.Attachment", models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-year"]
        constraints = [models.UniqueConstraint(fields=["agency", "year"], name="volume_once")]
