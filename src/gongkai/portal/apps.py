"""The public site."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    """Plain Django views and templates; every page can be read and used without JavaScript."""

    name = "gongkai.portal"
    label = "portal"
    verbose_name = _("公开网站")
