"""The Django app of the record."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TrailConfig(AppConfig):
    """Tamper-evident record of everything that is done."""

    name = "gongkai.trail"
    verbose_name = _("操作记录")
