"""The Django app of the staff side."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskConfig(AppConfig):
    """The staff side."""

    name = "gongkai.desk"
    verbose_name = _("工作台")

    def ready(self) -> None:
        """Topic columns follow posts instead of Wagtail's groups, and leave their traces in the trail."""
        from wagtail.models import AbstractPage, Page
        from wagtail.permissions import register_permission_policy

        from gongkai.publishing.columns_access import ColumnPolicy
        from gongkai.publishing.columns_trail import connect

        register_permission_policy(AbstractPage, ColumnPolicy(Page))
        connect()
