"""The Django app of agencies and people."""

from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    """Public bodies, posts and people."""

    name = "gongkai.agencies"
    verbose_name = "机构与人员"
