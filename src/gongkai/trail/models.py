"""The record of what was done: entries that chain to the one before, and the head of the chain."""

from __future__ import annotations

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Immutable(TypeError):
    """An entry of the record was about to be changed or deleted; write a new entry instead."""


class EntryQuerySet(models.QuerySet["Entry"]):
    """Entries can be read and added, nothing else."""

    def update(self, **values: Any) -> NoReturn:
        """Refuses."""
        raise Immutable("The record is append-only: entries are never changed. Record a new entry.")

    def delete(self) -> NoReturn:
        """Refuses."""
        raise Immutable("The record is append-only: entries are never deleted.")

    def bulk_update(self, *args: Any, **options: Any) -> NoReturn:
        """Refuses."""
        raise Immutable("The record is append-only: entries are never changed. Record a new entry.")


class Entry(models.Model):
    """One thing that somebody did: made by `gongkai.trail.record`, never by hand."""

    number = models.PositiveBigIntegerField(_("序号"), unique=True)
    at = models.DateTimeField(_("时间"))
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("操作人")
    )
    actor_name = models.CharField(_("操作人姓名"), max_length=150, blank=True)
    agency = models.ForeignKey(
        "agencies.Agency", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("机关")
    )
    action = models.CharField(_("操作"), max_length=80)
    target = models.CharField(_("对象"), max_length=120, blank=True)
    data = models.JSONField(_("内容"), default=dict, blank=True)
    basis = models.CharField(_("依据"), max_length=300, blank=True)
    previous_hash = models.CharField(_("前一条的杂凑值"), max_length=64)
    hash = models.CharField(_("杂凑值"), max_length=64, unique=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        verbose_name = verbose_name_plural = _("操作记录")
        indexes = [
            models.Index(fields=["target", "number"]),
            models.Index(fields=["agency", "number"]),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.action} {self.target}"

    def save(self, *args: Any, **options: Any) -> None:
        """Adds the entry; refuses to change one that is there."""
        if not self._state.adding:
            raise Immutable("The record is append-only: entries are never changed. Record a new entry.")
        super().save(*args, **options)

    def delete(self, *args: Any, **options: Any) -> NoReturn:
        """Refuses."""
        raise Immutable("The record is append-only: entries are never deleted.")


class Head(models.Model):
    """The one row that says where the chain ends; whoever adds an entry locks it first."""

    number = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = verbose_name_plural = _("记录链头")
