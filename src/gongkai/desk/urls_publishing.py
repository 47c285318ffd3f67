"""The staff addresses around publications: guides and the catalogue, directories, gazette, transfer, exchange."""

from django.urls import path

from gongkai.desk import views_guide

urlpatterns = [
    path("guides/", views_guide.index, name="desk_guides"),
    path("guides/<slug:slug>/", views_guide.guide, name="desk_guide"),
    path("guides/<slug:slug>/confirm/", views_guide.confirm, name="desk_guide_confirm"),
]
