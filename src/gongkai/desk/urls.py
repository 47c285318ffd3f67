"""The addresses of the staff side, below /admin/."""

from django.urls import path

from gongkai.desk import views_agencies, views_imports, views_reports
from gongkai.desk.urls_publishing import urlpatterns as publishing_patterns

urlpatterns = [
    path("annual-reports/", views_reports.index, name="desk_reports"),
    path("annual-reports/import/", views_imports.new, name="desk_import"),
    path("annual-reports/imports/<int:pk>/", views_imports.batch, name="desk_batch"),
    path("annual-reports/imports/items/<int:pk>/choose/", views_imports.choose, name="desk_choose"),
    path("annual-reports/<int:pk>/", views_reports.report, name="desk_report"),
    path("annual-reports/<int:pk>/source/", views_reports.source, name="desk_source"),
    path("annual-reports/<int:pk>/cells/<str:cell>/", views_reports.cell, name="desk_cell"),
    path("annual-reports/<int:pk>/cells/<str:cell>/correct/", views_reports.correct, name="desk_correct"),
    path("annual-reports/<int:pk>/<slug:verb>/", views_reports.move, name="desk_move"),
    path("agencies/", views_agencies.index, name="desk_agencies"),
    path("agencies/<slug:slug>/", views_agencies.agency, name="desk_agency"),
    path("agencies/<slug:slug>/office/", views_agencies.office, name="desk_office"),
    path("agencies/<slug:slug>/appoint/", views_agencies.appoint, name="desk_appoint"),
    path("agencies/<slug:slug>/posts/<int:pk>/end/", views_agencies.end_post, name="desk_end_post"),
    *publishing_patterns,
]
