"""The working days that differ from the packaged calendar, and the messages that wait for a person."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class CalendarYear(models.Model):
    """A year whose official holiday notice was entered here: it is reckoned with, though not packaged."""

    year = models.PositiveSmallIntegerField(_("年份"), unique=True)
    basis = models.CharField(_("依据"), max_length=200, help_text=_("放假通知的名称或文号"))

    class Meta:
        ordering = ["year"]
        verbose_name = verbose_name_plural = _("日历年份")

    def __str__(self) -> str:
        return str(self.year)


class CalendarDay(models.Model):
    """A day off on a weekday, or a weekend day that is worked."""

    day = models.DateField(_("日期"), unique=True)
    working = models.BooleanField(_("上班"), help_text=_("周末调休上班填“是”，工作日放假填“否”"))
    name = models.CharField(_("名称"), max_length=60, blank=True)

    class Meta:
        ordering = ["day"]
        verbose_name = verbose_name_plural = _("日历日")

    def __str__(self) -> str:
        return str(self.day)


class Notification(models.Model):
    """A message to a person about something to do or to know; its words are put together when it is read."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notifications")
    message = models.CharField(max_length=200)
    values = models.JSONField(default=dict)
    link = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = verbose_name_plural = _("消息")
        indexes = [models.Index(fields=["person", "read_at", "-at"], name="notification_inbox")]

    def __str__(self) -> str:
        # Steps and results are kept in Chinese and said in the language of whoever reads the message.
        values = {name: gettext(v) if isinstance(v, str) and v else v for name, v in self.values.items()}
        return gettext(self.message) % values


class ClockTurn(models.Model):
    """The last turn of the clock beside the background worker: one row, by which staff see whether it runs."""

    at = models.DateTimeField()
    failed = models.CharField(max_length=200, blank=True)
    """The ids of the chores that failed in it, separated by blanks."""

    class Meta:
        verbose_name = verbose_name_plural = _("后台时钟")

    def __str__(self) -> str:
        return str(self.at)
