"""The Django app of the library of annual reports."""

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    """The library of annual reports."""

    name = "gongkai.reporting"
    verbose_name = "年度报告"
