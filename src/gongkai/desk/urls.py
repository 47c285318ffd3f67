"""The addresses of the staff side, below /admin/."""

from django.urls import include, path

from gongkai.desk import views_imports, views_reports
from gongkai.desk.urls_agencies import urlpatterns as agency_patterns
from gongkai.desk.urls_publishing import urlpatterns as publishing_patterns

urlpatterns = [
    path("", include("gongkai.desk.publications.urls")),
    path("annual-reports/", views_reports.index, name="desk_reports"),
    path("annual-reports/import/", views_imports.new, name="desk_import"),
    path("annual-reports/imports/<int:pk>/", views_imports.batch, name="desk_batch"),
    path("annual-reports/imports/items/<int:pk>/choose/", views_imports.choose, name="desk_choose"),
    path("annual-reports/<int:pk>/", views_reports.report, name="desk_report"),
    path("annual-reports/<int:pk>/source/", views_reports.source, name="desk_source"),
    path("annual-reports/<int:pk>/cells/<str:cell>/", views_reports.cell, name="desk_cell"),
    path("annual-reports/<int:pk>/cells/<str:cell>/correct/", views_reports.correct, name="desk_correct"),
    path("annual-reports/<int:pk>/<slug:verb>/", views_reports.move, name="desk_move"),
    *agency_patterns,
    *publishing_patterns,
]
