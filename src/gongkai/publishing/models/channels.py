"""What went out where and when, besides the own site."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gongkai.publishing.models.choices import Channel
from gongkai.publishing.models.publication import Publication


class ChannelRelease(models.Model):
    """One release of a publication through one channel."""

    publication = models.ForeignKey(Publication, models.PROTECT, related_name="channel_releases")
    channel = models.CharField(_("渠道"), max_length=20, choices=Channel)
    at = models.DateTimeField(_("发布时间"), default=timezone.now)
    place = models.CharField(_("名称或地点"), max_length=120, blank=True, help_text=_("账号、版面、栏目、公告栏等"))
    link = models.URLField(_("链接"), blank=True)
    note = models.CharField(_("备注"), max_length=200, blank=True)
    taken_down_at = models.DateTimeField(_("撤下时间"), null=True, editable=False)
    """When it was taken down there, after the publication had been withdrawn here."""
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = verbose_name_plural = _("渠道发布记录")
        indexes = [models.Index(fields=["channel", "-at"], name="channel_latest")]
