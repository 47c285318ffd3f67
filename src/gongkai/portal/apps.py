"""The public site."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Plain Django views and templates; every page can be read and used without JavaScript."""

    name = "gongkai.portal"
    label = "portal"
    verbose_name = "公开网站"
