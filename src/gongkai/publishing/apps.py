"""Django's description of the app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublishingConfig(AppConfig):
    """Publishing (主动公开)."""

    name = "gongkai.publishing"
    label = "publishing"
    verbose_name = _("信息发布")
