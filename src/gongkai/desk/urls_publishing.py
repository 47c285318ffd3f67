"""The staff addresses around publications: guides and the catalogue, directories, gazette, transfer, exchange."""

from django.urls import path

from gongkai.desk import views_directories, views_guide

urlpatterns = [
    path("guides/", views_guide.index, name="desk_guides"),
    path("guides/<slug:slug>/", views_guide.guide, name="desk_guide"),
    path("guides/<slug:slug>/confirm/", views_guide.confirm, name="desk_guide_confirm"),
    path("directories/", views_directories.index, name="desk_directories"),
    path("directories/import/", views_directories.new, name="desk_directory_import"),
    path("directories/import/confirm/", views_directories.confirm, name="desk_directory_confirm"),
    path("directories/<int:pk>/", views_directories.directory, name="desk_directory"),
    path("directories/<int:pk>/coverage.xlsx", views_directories.export, name="desk_directory_export"),
    path("directories/<int:pk>/retire/", views_directories.retire, name="desk_directory_retire"),
    path("directories/rows/<int:pk>/", views_directories.matter, name="desk_directory_row"),
    path("directories/rows/<int:pk>/file/", views_directories.file_row, name="desk_directory_file"),
    path("directories/rows/<int:pk>/duties/", views_directories.duties, name="desk_directory_duties"),
]
