"""The addresses of the whole site: staff, API, files, then the public pages."""

from __future__ import annotations

from importlib.util import find_spec

from django.urls import include, path
from wagtail.admin import urls as wagtailadmin_urls

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("i18n/", include("django.conf.urls.i18n")),
]
for prefix, module in (("api/", "gongkai.api.urls"), ("", "gongkai.portal.urls")):
    if find_spec(module):
        urlpatterns.append(path(prefix, include(module)))
