"""The API."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """What programs may ask of the platform, described by OpenAPI at /api/docs."""

    name = "gongkai.api"
    label = "api"
    verbose_name = "数据接口"
