"""The Django app of agencies and people."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AgenciesConfig(AppConfig):
    """Public bodies, posts and people."""

    name = "gongkai.agencies"
    verbose_name = _("机构与人员")
