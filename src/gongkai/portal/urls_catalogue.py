"""The addresses of guides, the catalogue and standard directories."""

from django.urls import path

from gongkai.portal.views import catalogue, directories, guide

urlpatterns = [
    path("agencies/<slug:slug>/guide/", guide.guide, name="guide"),
    path("catalogue/", catalogue.catalogue, name="catalogue"),
    path("catalogue.xlsx", catalogue.workbook, name="catalogue-xlsx"),
    path("catalogue.docx", catalogue.document, name="catalogue-docx"),
    path("directories/", directories.index, name="directories"),
    path("directories/<int:pk>/", directories.directory, name="directory"),
]
