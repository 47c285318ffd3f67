"""The addresses of the public site. They are stable: other sites and papers link to them."""

from django.urls import path

from gongkai.portal.urls_catalogue import urlpatterns as catalogue_patterns
from gongkai.portal.views import checkup, home, library, rules

app_name = "portal"

urlpatterns = [
    path("", home.home, name="home"),
    path("preferences/", home.preferences, name="preferences"),
    path("checkup/", checkup.checkup, name="checkup"),
    path("checkup/download/", checkup.download, name="checkup-download"),
    path("checkup/save/", checkup.save, name="checkup-save"),
    path("rules/", rules.rules, name="rules"),
    path("rules/<str:id>/", rules.rule, name="rule"),
    path("reports/", library.library, name="library"),
    path("reports/compare/", library.compare, name="compare"),
    path("reports/<slug:slug>/", library.agency, name="agency"),
    path("reports/<slug:slug>/<int:year>/", library.report, name="report"),
    path("reports/<slug:slug>/<int:year>/download/<str:to>/", library.download, name="download"),
    *catalogue_patterns,
]
