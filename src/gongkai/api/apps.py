"""The API."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ApiConfig(AppConfig):
    """What programs may ask of the platform, described by OpenAPI at /api/docs."""

    name = "gongkai.api"
    label = "api"
    verbose_name = _("数据接口")
