"""The addresses of the pages of publications, below /admin/; other apps find them in the namespace `desk`."""

from django.urls import path

from gongkai.desk.publications import (
    coordination,
    detail,
    editor,
    lists,
    moves,
    notices,
    pieces,
    released,
    review,
    rules,
    versions,
)

app_name = "desk"

urlpatterns = [
    path("publications/", lists.index, name="publications"),
    path("publications/batch/", lists.batch, name="publication-batch"),
    path("publications/new/", editor.new, name="publication-new"),
    path("publications/new/word/", pieces.word, name="publication-new-word"),
    path("publications/clean/", pieces.clean, name="publication-clean"),
    path("publications/number/", pieces.number, name="publication-number"),
    path("publications/suggest/", pieces.suggest, name="publication-suggest"),
    path("publications/agencies/", pieces.agencies, name="publication-agencies"),
    path("publications/pick/", pieces.pick, name="publication-pick"),
    path("publications/review/", review.queue, name="review-queue"),
    path("publications/<int:pk>/", detail.publication, name="publication"),
    path("publications/<int:pk>/preview/", detail.preview, name="publication-preview"),
    path("publications/<int:pk>/edit/", editor.edit, name="publication-edit"),
    path("publications/<int:pk>/versions/", versions.index, name="publication-versions"),
    path("publications/<int:pk>/versions/<int:revision>/", versions.version, name="publication-version"),
    path("publications/<int:pk>/word/", pieces.word, name="publication-word"),
    path("publications/<int:pk>/files/", pieces.upload, name="publication-upload"),
    path("publications/<int:pk>/files/<int:attachment>/", detail.file, name="publication-file"),
    path("publications/<int:pk>/scan/", pieces.scan, name="publication-scan"),
    path("publications/<int:pk>/redact/", moves.redact, name="publication-redact"),
    path("publications/<int:pk>/override/", moves.override, name="publication-override"),
    path("publications/<int:pk>/review/", review.form, name="publication-review"),
    path("publications/<int:pk>/review/<int:record>/", review.record, name="review-record"),
    path("publications/<int:pk>/channels/record/", released.record_channel, name="publication-record-channel"),
    path("publications/<int:pk>/channels/<slug:channel>/", released.export, name="publication-export"),
    path("publications/<int:pk>/move/<slug:verb>/", moves.move, name="publication-move"),
    path("coordination/", coordination.inbox, name="coordination"),
    path("coordination/<int:pk>/answer/", coordination.answer, name="coordination-answer"),
    path("coordination/<int:pk>/rule/", coordination.rule, name="coordination-rule"),
    path("notices/", notices.index, name="notices"),
    path("notices/read/", notices.read, name="notices-read"),
    path("notices/<int:pk>/", notices.open_notice, name="notice"),
    path("publishing/", rules.index, name="publishing-rules"),
    path("publishing/calendar/", rules.calendar, name="publishing-calendar"),
    path("publishing/<slug:slug>/", rules.agency, name="publishing-agency"),
    path("publishing/<slug:slug>/path/", rules.path, name="publishing-path"),
    path("publishing/<slug:slug>/policy/", rules.policy, name="publishing-policy"),
]
