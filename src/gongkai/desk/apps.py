"""The Django app of the staff side."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The staff side."""

    name = "gongkai.desk"
    verbose_name = "工作台"
