"""The addresses of guides and of the catalogue."""

from django.urls import path

from gongkai.portal.views import catalogue, guide

urlpatterns = [
    path("agencies/<slug:slug>/guide/", guide.guide, name="guide"),
    path("catalogue/", catalogue.catalogue, name="catalogue"),
    path("catalogue.xlsx", catalogue.workbook, name="catalogue-xlsx"),
    path("catalogue.docx", catalogue.document, name="catalogue-docx"),
]
