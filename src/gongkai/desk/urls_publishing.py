"""The staff addresses around publications: guides and the catalogue, directories, gazette, transfer, exchange."""

from django.urls import path, re_path

from gongkai.desk import (
    views_directories,
    views_exchange,
    views_gazette,
    views_guide,
    views_searches,
    views_transfer,
)

urlpatterns = [
    path("searches/", views_searches.index, name="desk_searches"),
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
    path("gazette/", views_gazette.index, name="desk_gazette"),
    path("gazette/new/", views_gazette.new, name="desk_gazette_new"),
    path("gazette/bind/", views_gazette.bind, name="desk_gazette_bind"),
    path("gazette/<int:pk>/", views_gazette.issue, name="desk_gazette_issue"),
    path("gazette/<int:pk>/add/", views_gazette.add, name="desk_gazette_add"),
    path("gazette/<int:pk>/preview.pdf", views_gazette.preview, name="desk_gazette_preview"),
    path("gazette/<int:pk>/publish/", views_gazette.publish, name="desk_gazette_publish"),
    path("gazette/<int:pk>/discard/", views_gazette.discard, name="desk_gazette_discard"),
    path("gazette/<int:pk>/print-run/", views_gazette.print_run, name="desk_gazette_print_run"),
    path("gazette/<int:pk>/deliver/", views_gazette.deliver, name="desk_gazette_deliver"),
    path("gazette/items/<int:pk>/", views_gazette.item, name="desk_gazette_item"),
    path("transfers/", views_transfer.index, name="desk_transfers"),
    path("transfers/send/", views_transfer.send, name="desk_transfer_send"),
    path("transfers/send-all/", views_transfer.send_all, name="desk_transfer_send_all"),
    path("transfers/<int:pk>/", views_transfer.manifest, name="desk_manifest"),
    path("transfers/<int:pk>/decide/", views_transfer.decide, name="desk_manifest_decide"),
    re_path(
        r"^transfers/(?P<pk>[0-9]{1,15})/manifest\.(?P<to>xlsx|pdf|zip)$",
        views_transfer.download,
        name="desk_manifest_file",
    ),
    path("subscriptions/", views_exchange.index, name="desk_subscriptions"),
    path("subscriptions/new/", views_exchange.new, name="desk_subscription_new"),
    path("subscriptions/<int:pk>/", views_exchange.subscription, name="desk_subscription"),
    path("subscriptions/<int:pk>/act/", views_exchange.act, name="desk_subscription_act"),
]
