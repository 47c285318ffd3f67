"""The Django app of the record."""

from django.apps import AppConfig


class TrailConfig(AppConfig):
    """Tamper-evident record of everything that is done."""

    name = "gongkai.trail"
    verbose_name = "操作记录"
