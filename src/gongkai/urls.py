"""The addresses of the whole site: staff, API, files, then the public pages."""

from __future__ import annotations

from django.urls import include, path
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.admin.auth import require_admin_access

from gongkai.desk import script_words
from gongkai.desk.accounts import OwnAccountView, SignInView

urlpatterns = [
    path("admin/jsi18n/", script_words.catalogue, name="script_words"),
    path("admin/login/", SignInView.as_view(), name="sign_in"),
    path("admin/account/", require_admin_access(OwnAccountView.as_view()), name="own_account"),
    path("admin/", include(wagtailadmin_urls)),
    path("i18n/", include("django.conf.urls.i18n")),
    path("api/", include("gongkai.api.urls")),
    path("topics/", include("gongkai.portal.urls_topics")),
    path("", include("gongkai.portal.urls")),
]

handler404 = "gongkai.portal.views.errors.not_found"
