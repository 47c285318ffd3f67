"""The Django app of the library of annual reports."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportingConfig(AppConfig):
    """The library of annual reports."""

    name = "gongkai.reporting"
    verbose_name = _("年度报告")
