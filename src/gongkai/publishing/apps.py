"""Django's description of the app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublishingConfig(AppConfig):
    """Publishing (主动公开)."""

    name = "gongkai.publishing"
    label = "publishing"
    verbose_name = _("信息发布")

    def ready(self) -> None:
        """Follows the calendar: a new year's holidays move deadlines that are still open."""
        from gongkai.office.working_days import follow
        from gongkai.publishing.tasks import reckon_after_change

        follow(reckon_after_change)
