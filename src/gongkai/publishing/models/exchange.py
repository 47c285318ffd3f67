"""Exchange: who receives each change of which information, and how each delivery went."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gongkai.publishing.models.publication import Change


class Subscription(models.Model):
    """A body that receives changes, by webhook or by asking with its key."""

    name = models.CharField(_("订阅方"), max_length=120)
    agency = models.ForeignKey(
        "agencies.Agency", models.PROTECT, related_name="subscriptions", verbose_name=_("管理机关")
    )
    """The agency that keeps the subscription; it reaches the publications of that agency and of those below it."""
    filters = models.JSONField(default=dict)
    """{"agencies": [ids], "categories": [ids], "kinds": [ids], "themes": [ids]}; an empty list means all."""
    webhook = models.URLField(_("推送地址"), blank=True)
    secret = models.CharField(max_length=64)
    """Signs each delivery (HMAC-SHA256)."""
    key_hash = models.CharField(max_length=64, unique=True)
    """SHA-256 of the key with which the subscriber asks for its changes."""
    active = models.BooleanField(_("启用"), default=True)
    position = models.PositiveBigIntegerField(default=0)
    """The last change that was turned into deliveries."""
    stopped_at = models.DateTimeField(null=True)
    """Since when nothing is pushed because a delivery failed for good; its keepers let it go on. Asking still works."""
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["name"]
        verbose_name = verbose_name_plural = _("信息订阅")


class Delivery(models.Model):
    """One change on its way to one subscriber."""

    class State(models.TextChoices):
        """How far it is."""

        WAITING = "waiting", _("待推送")
        DONE = "done", _("已送达")
        FAILED = "failed", _("推送失败")

    subscription = models.ForeignKey(Subscription, models.CASCADE, related_name="deliveries")
    change = models.ForeignKey(Change, models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(default=timezone.now)
    status = models.PositiveSmallIntegerField(null=True)
    error = models.CharField(max_length=300, blank=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["subscription", "change"], name="delivered_once")]
        indexes = [models.Index(fields=["next_at"], name="delivery_waiting", condition=Q(state="waiting"))]
