"""Drafts: begun, saved, given files, taken back from review, discarded."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from gongkai.agencies.actions.shared import refuse_abolished
from gongkai.agencies.models import Agency, Person
from gongkai.agencies.rights import NotAllowed, Right, require
from gongkai.files.actions import store
from gongkai.files.checks import check
from gongkai.files.models import Attachment
from gongkai.publishing.actions.inviting import end_reading
from gongkai.publishing.actions.shared import (
    changeable,
    expect,
    locked,
    note,
    scheduled,
    tell,
    unschedule,
    where,
)
from gongkai.publishing.actions.steps import end_path, forget_waiting
from gongkai.publishing.checking import checked
from gongkai.publishing.models import CONTENT_FIELDS, CoordinationRequest, Publication, State
from gongkai.publishing.queries.differences import versions
from gongkai.publishing.queries.timeliness import release_due
from gongkai.text.scan.files import strip_metadata
from gongkai.text.unreadable import FileUnreadable
from gongkai.trail.chain import history

ATTACHMENTS: Collection[str] = (
    *("pdf", "ofd", "docx", "xlsx", "xls", "ods", "pptx", "txt"),
    *("png", "jpg", "gif", "webp", "zip"),
)


SIGNED = (b"/ByteRange", b"_xmlsignatures/")
"""What a signed PDF or Office file holds."""


class Conflict(ValidationError):
    """A newer draft was saved from elsewhere, by somebody else or in another window; nothing was changed."""


def create_draft(agency: Agency, *, by: Person, **content: Any) -> Publication:
    """Begins a publication of an agency.

    Raises NotAllowed; ValidationError by field; an abolished agency can begin nothing.
    """
    require(by, Right.DRAFT_PUBLICATIONS, agency)
    refuse_abolished(agency, "agency")
    good = checked(agency, content)
    with transaction.atomic():
        publication = Publication(agency=agency, created_by=by, drafters=[by.pk], live=False, state=State.DRAFT, **good)
        publication.release_due = release_due(publication)
        publication.save()
        _save_revision(publication, by)
        note(publication, "create_draft", by=by, title=publication.title)
    return publication


def save_draft(
    publication: Publication, *, by: Person, based_on: int | None = None, window: str = "", **content: Any
) -> Publication:
    """Saves a draft as a new revision and returns the publication with its content; what is out stays as it is.

    `based_on` is the id of the revision that the writer began from: Conflict where a newer one was saved from elsewhere
    and says something else. `window` marks what one window sends, so that an answer which never arrived is no conflict.
    Raises NotAllowed, ValidationError by field, WrongState while it is under review.
    """
    require(by, Right.DRAFT_PUBLICATIONS, publication.agency)
    with transaction.atomic():
        row = locked(publication)
        if not changeable(row):
            expect(row)
        draft: Publication = row.get_latest_revision_as_object()
        if row.latest_revision_id is None and row.state == State.PUBLISHED:
            _save_revision(draft, None)
        good = checked(row.agency, content)
        changed = [name for name, value in good.items() if getattr(draft, name) != value]
        if not changed:
            return draft
        if based_on is not None:
            _refuse_conflict(row, by, based_on, window)
        for name in changed:
            setattr(draft, name, good[name])
        _save_revision(draft, by)
        add_writer(row, by)
        keep_row(row, draft)
        sent = {"window": window[:40]} if window else {}
        note(row, "save_draft", by=by, fields=changed, revision=draft.latest_revision_id, **sent)
    return draft


def _refuse_conflict(row: Publication, by: Person, based_on: int, window: str) -> None:
    """Raises Conflict where a revision newer than the one that the writer began from came from another window."""
    newer = dict(row.revisions.filter(pk__gt=based_on).values_list("pk", "user_id"))
    if not newer:
        return
    if window:
        saved = history(row).filter(action="publishing.save_draft", actor=by, data__window=window[:40])
        if set(newer) <= set(saved.values_list("data__revision", flat=True)):
            return
    if set(newer.values()) - {by.pk}:
        raise Conflict(_("其他人在您之后保存过这份草稿，您这里的文字还没有保存。请对照两份，决定怎么留。"))
    raise Conflict(_("您在另一个窗口保存过这份草稿，这里的文字还没有保存。请对照两份，决定怎么留。"))


def restore_version(publication: Publication, version: int, *, by: Person) -> Publication:
    """Brings an earlier version of the draft back as the newest one; the one before it stays among the versions.

    Raises NotAllowed, WrongState; ValidationError where there is no such version or it is no longer kept open.
    """
    require(by, Right.DRAFT_PUBLICATIONS, publication.agency)
    with transaction.atomic():
        row = locked(publication)
        expect_changeable(row)
        found = versions(row).filter(pk=version).first()
        if found is None:
            raise ValidationError(_("没有这个版本，或者它在脱敏之前，不能恢复。"))
        earlier = found.as_object()
        draft = save_draft(row, by=by, **{name: getattr(earlier, name) for name in CONTENT_FIELDS})
        note(row, "restore_version", by=by, version=version, revision=draft.latest_revision_id)
    return draft


def _save_revision(draft: Publication, by: Person | None) -> None:
    draft.save_revision(user=by, clean=False)


def add_writer(row: Publication, by: Person) -> None:
    """Puts a person among those who wrote on it; saved by `keep_row`."""
    if by.pk not in row.drafters:
        row.drafters = [*row.drafters, by.pk]


def keep_row(row: Publication, draft: Publication) -> None:
    """Lists show the newest draft of what was never out; a row that is out keeps what is out."""
    fields = ["changed_at", "drafters", "removed", "has_unpublished_changes", "latest_revision"]
    row.changed_at = timezone.now()
    row.latest_revision, row.has_unpublished_changes = draft.latest_revision, True
    if row.state != State.PUBLISHED:
        for name in ("title", "kind", "document_number", "made_on", "mode", "theme", "categories", "series", "summary"):
            setattr(row, name, getattr(draft, name))
            fields.append(name)
        row.release_due = release_due(row)
        fields.append("release_due")
    row.save(update_fields=fields)


def attach(publication: Publication, data: bytes, name: str, *, by: Person) -> Attachment:
    """Keeps a file for a publication, without the names of people in its properties; the caller puts it in the content.

    A file that is signed electronically is kept as it came: any change would break its signature. Raises NotAllowed,
    WrongState, `checks.Refused`.
    """
    require(by, Right.DRAFT_PUBLICATIONS, publication.agency)
    expect_changeable(publication)
    kept = _without_properties(data, name)
    with transaction.atomic():
        attachment = store(kept, name, by=by, agency=publication.agency, types=ATTACHMENTS)
        about = {"name": attachment.name, "sm3": attachment.sm3, "stripped": kept != data}
        note(publication, "attach", by=by, attachment=attachment.pk, **about)
    return attachment


def _without_properties(data: bytes, name: str) -> bytes:
    type = check(data, name, limit=settings.UPLOAD_BYTES, types=ATTACHMENTS).type
    if any(mark in data for mark in SIGNED):
        return data
    try:
        return strip_metadata(data, type)
    except FileUnreadable:
        return data


def expect_changeable(publication: Publication) -> None:
    """Raises WrongState where the draft may not be written on."""
    if not changeable(publication):
        expect(publication)


def take_back(publication: Publication, *, by: Person) -> Publication:
    """Takes a publication back from review or from its schedule, by one of its drafters; open questions are closed."""
    require(by, Right.DRAFT_PUBLICATIONS, publication.agency)
    with transaction.atomic():
        row = locked(publication)
        if not row.step and not scheduled(row):
            expect(row)
        if by.pk not in row.drafters:
            raise NotAllowed(_("只有起草人可以撤回。"))
        at_step = where(row)
        end_path(row, by)
        unschedule(row)
        leave_path(row, State.DRAFT)
        note(row, "take_back", by=by, step=at_step)
    return row


def leave_path(row: Publication, state: str) -> None:
    """Ends the path of a publication; what is out stays out. Must be called within a transaction."""
    row.step, row.step_since, row.step_due = "", None, None
    if row.state != State.PUBLISHED:
        row.state = state
    row.changed_at = timezone.now()
    row.save(update_fields=["step", "step_since", "step_due", "state", "changed_at", "go_live_at"])
    unsettled = CoordinationRequest.objects.filter(publication=row, closed=False, ruled_at=None)
    unsettled.exclude(answer=CoordinationRequest.Answer.AGREED).update(closed=True)
    forget_waiting(row)


def discard(publication: Publication, *, by: Person, reason: str) -> Publication:
    """Gives up a draft that was never out; it stays on record."""
    require(by, Right.DRAFT_PUBLICATIONS, publication.agency)
    if not reason.strip():
        raise ValidationError({"reason": _("请写明作废的原因。")})
    with transaction.atomic():
        row = locked(publication)
        expect(row, State.DRAFT, State.RETURNED)
        end_path(row, by)
        end_reading(row)
        row.state = State.DISCARDED
        row.changed_at = timezone.now()
        row.save(update_fields=["state", "changed_at"])
        note(row, "discard", by=by, reason=reason)
        others = Person.objects.filter(pk__in=[id for id in row.drafters if id != by.pk])
        tell(others, gettext_noop("“%(title)s”已作废：%(reason)s"), row, reason=reason)
    return row
