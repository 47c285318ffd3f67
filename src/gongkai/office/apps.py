"""Django's description of the app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OfficeConfig(AppConfig):
    """Working days and messages."""

    name = "gongkai.office"
    label = "office"
    verbose_name = _("日历与消息")
