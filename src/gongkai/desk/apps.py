"""The Django app of the staff side."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskConfig(AppConfig):
    """The staff side."""

    name = "gongkai.desk"
    verbose_name = _("工作台")
