"""Release: what was signed becomes public, at once or at its time, with its number, its relations and its files."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from wagtail.models import Revision

from gongkai.agencies.models import Person
from gongkai.agencies.rights import Right, require
from gongkai.publishing.actions.inviting import end_reading
from gongkai.publishing.actions.numbering import give_index_number
from gongkai.publishing.actions.scanning import blocking
from gongkai.publishing.actions.shared import (
    BASIS_RELEASE,
    WrongState,
    locked,
    note,
    scheduled,
    tell,
    unschedule,
)
from gongkai.publishing.actions.spreading import spread
from gongkai.publishing.actions.validity import settle, settle_targets
from gongkai.publishing.fingerprint import fingerprint, same_text
from gongkai.publishing.models import (
    CONTENT_FIELDS,
    Change,
    Channel,
    ChannelRelease,
    ConfidentialityReview,
    Mode,
    Publication,
    PublicNote,
    State,
    Step,
)
from gongkai.publishing.tasks import follow_changes

log = logging.getLogger(__name__)

OPENING = ("open", "open_redacted")
"""Results of a confidentiality review after which information may be released."""


def release(publication: Publication, *, by: Person | None, at: datetime | None = None) -> Publication:
    """Releases the newest draft of a publication now, or puts it down for the time that it states (条例第二十六条).

    Raises WrongState where this very content has not passed the confidentiality review; ValidationError where the scan
    still blocks it. `by` needs the right to sign.
    """
    if by is not None:
        require(by, Right.SIGN_PUBLICATIONS, publication.agency)
    now = at or timezone.now()
    with transaction.atomic():
        row = locked(publication)
        draft = row.get_latest_revision_as_object()
        _check_signed(row)
        _check_reviewed(row, draft)
        if draft.go_live_at and draft.go_live_at > now:
            return _schedule(row, draft, by)
        return _go_out(row, draft, row.latest_revision, by, now)


def _check_signed(row: Publication) -> None:
    """Raises WrongState unless the last thing on its path was the signature: not where a step was switched off."""
    last = row.workflow_states.select_related("current_task_state__task").order_by("-created_at", "-pk").first()
    task_state = last.current_task_state if last is not None and last.status == last.STATUS_APPROVED else None
    signed = task_state is not None and task_state.status == task_state.STATUS_APPROVED
    step = getattr(task_state.task.specific, "step", "") if task_state is not None else ""
    if not signed or not step == row.step == Step.SIGN_OFF:
        raise WrongState(_("“%(title)s”还没有签发，不能发布。") % {"title": row.title})


def _check_reviewed(row: Publication, draft: Publication) -> None:
    review = ConfidentialityReview.objects.filter(publication=row).first()
    if review is None or review.result not in OPENING or review.content_hash != fingerprint(draft):
        raise WrongState(_("“%(title)s”的这一版本尚未通过保密审查，不能发布。") % {"title": row.title})
    if draft.mode != Mode.PROACTIVE:
        raise WrongState(_("“%(title)s”的公开属性不是主动公开，不能发布。") % {"title": row.title})
    left = blocking(row)
    if left:
        words = _("还有%(count)d处不得公开的内容没有处理：%(first)s")
        raise ValidationError(words % {"count": len(left), "first": left[0]["message"]})


def _schedule(row: Publication, draft: Publication, by: Person | None) -> Publication:
    revision = draft.latest_revision
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=draft.go_live_at)
    if row.state != State.PUBLISHED:
        row.state = State.SCHEDULED
    row.go_live_at = draft.go_live_at
    row.step, row.step_since, row.step_due = "", None, None
    row.save(update_fields=["state", "go_live_at", "step", "step_since", "step_due"])
    note(row, "schedule", by=by, at=draft.go_live_at, basis=BASIS_RELEASE)
    tell(_drafters(row), gettext_noop("“%(title)s”已签发，将按时发布。"), row)
    return row


def _go_out(row: Publication, draft: Publication, revision: Revision, by: Person | None, now: datetime) -> Publication:
    first = row.state != State.PUBLISHED
    for name in CONTENT_FIELDS:
        setattr(row, name, getattr(draft, name))
    row.published_at = row.published_at or now
    row.first_published_at = row.first_published_at or now
    row.last_published_at = row.changed_at = now
    row.live, row.has_unpublished_changes, row.expired = True, row.latest_revision_id != revision.pk, False
    row.live_revision = revision
    row.state, row.step, row.step_since, row.step_due = State.PUBLISHED, "", None, None
    row.withdrawn_at, row.withdrawal_reason, row.removed = None, "", []
    unschedule(row)
    end_reading(row)
    row.withholding, row.reassess_on, row.declassify_on = [], None, None
    give_index_number(row)
    row.content_hash = same_text(row.title, row.body)
    row.save()
    correction = draft.correction_note if not first else ""
    materialise(row, _verb(first, correction), at=now)
    if correction:
        PublicNote.objects.create(publication=row, kind="correction", text=correction, at=now)
    if first:
        ChannelRelease.objects.create(publication=row, channel=Channel.SITE, at=now, recorded_by=by)
    note(row, "release", by=by, basis=BASIS_RELEASE, index_number=row.index_number, revision=row.live_revision_id)
    tell(_drafters(row), gettext_noop("“%(title)s”已发布。"), row)
    return row


def _verb(first: bool, correction: str) -> str:
    return str(Change.Verb.RELEASED if first else Change.Verb.CORRECTED if correction else Change.Verb.CHANGED)


def _drafters(row: Publication) -> Any:
    return Person.objects.filter(pk__in=row.drafters)


def materialise(publication: Publication, verb: str = Change.Verb.RELEASED, at: datetime | None = None) -> None:
    """Spreads the content of a released row over the indexed tables, settles validity, and announces the change.

    Must be called within a transaction.
    """
    before = spread(publication)
    settle(publication, announce=False)
    settle_targets(publication, also=before)
    Change.objects.create(publication=publication, verb=verb, at=at or timezone.now())
    follow_changes()


def release_due(now: datetime | None = None) -> int:
    """Releases what was signed for a time that has come, in the version that was signed; returns how many.

    One that cannot go out is logged and tried again the next time; it does not keep the others back.
    """
    moment = now or timezone.now()
    due = Revision.objects.filter(base_content_type=ContentType.objects.get_for_model(Publication)).filter(
        approved_go_live_at__lte=moment
    )
    return sum(_release_scheduled(revision, moment) for revision in due.order_by("approved_go_live_at", "pk"))


def _release_scheduled(signed: Revision, moment: datetime) -> bool:
    try:
        with transaction.atomic():
            row = Publication.objects.select_for_update(of=("self",)).select_related("agency").get(pk=signed.object_id)
            # Asked again under the lock: it may have been taken back, or released by another worker.
            revision = row.revisions.filter(pk=signed.pk, approved_go_live_at__lte=moment).first()
            # Nothing goes out in the name of a body that is no more: it waits to be taken over.
            if revision is None or row.step or not scheduled(row) or row.agency.abolished is not None:
                return False
            draft = row.with_content_json(revision.content)
            _check_reviewed(row, draft)
            _go_out(row, draft, revision, None, moment)
    except ValidationError:
        log.exception(
            "publication %s was signed for %s and cannot go out", signed.object_id, signed.approved_go_live_at
        )
        return False
    return True


def expire_due(now: datetime | None = None) -> int:
    """Takes down what was to be public until a time that has come; returns how many."""
    from gongkai.publishing.actions.withdrawing import take_down

    moment = now or timezone.now()
    count = 0
    for publication in Publication.objects.filter(state=State.PUBLISHED, expire_at__lte=moment):
        with transaction.atomic():
            row = locked(publication)
            if row.state == State.PUBLISHED and row.expire_at and row.expire_at <= moment:
                take_down(row, by=None, reason=str(_("公开期限已满。")), at=moment)
                count += 1
    return count
