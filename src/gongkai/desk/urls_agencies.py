"""The addresses of the staff side that are about agencies and people."""

from django.urls import path

from gongkai.desk import views_agencies, views_agency_changes, views_agency_tables

urlpatterns = [
    path("agencies/", views_agencies.index, name="desk_agencies"),
    path("agencies/new/", views_agency_changes.new, name="desk_agency_new"),
    path("agencies/import/", views_agency_tables.upload, name="desk_agency_import"),
    path("agencies/import/confirm/", views_agency_tables.confirm, name="desk_agency_import_confirm"),
    path("agencies/export/", views_agency_tables.export, name="desk_agency_export"),
    path("agencies/template/", views_agency_tables.template, name="desk_agency_template"),
    path("agencies/absences/<int:pk>/end/", views_agencies.end_absence, name="desk_end_absence"),
    path("agencies/<slug:slug>/", views_agencies.agency, name="desk_agency"),
    path("agencies/<slug:slug>/office/", views_agencies.office, name="desk_office"),
    path("agencies/<slug:slug>/staff/", views_agencies.staff, name="desk_staff"),
    path("agencies/<slug:slug>/appoint/", views_agencies.appoint, name="desk_appoint"),
    path("agencies/<slug:slug>/posts/<int:pk>/end/", views_agencies.end_post, name="desk_end_post"),
    path("agencies/<slug:slug>/posts/<int:pk>/absence/", views_agency_changes.absence, name="desk_absence"),
    path("agencies/<slug:slug>/leading-group/", views_agency_changes.leading_group, name="desk_leading_group"),
    path("agencies/<slug:slug>/edit/", views_agency_changes.edit, name="desk_agency_edit"),
    path("agencies/<slug:slug>/rename/", views_agency_changes.rename, name="desk_agency_rename"),
    path("agencies/<slug:slug>/move/", views_agency_changes.move, name="desk_agency_move"),
    path("agencies/<slug:slug>/merge/", views_agency_changes.merge, name="desk_agency_merge"),
    path("agencies/<slug:slug>/abolish/", views_agency_changes.abolish, name="desk_agency_abolish"),
    path("agencies/<slug:slug>/reinstate/", views_agency_changes.reinstate, name="desk_agency_reinstate"),
]
