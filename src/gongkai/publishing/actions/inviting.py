"""Invitations: somebody reads a draft and says what they think, can change nothing, and then reads it no more."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from gongkai.agencies.models import Person
from gongkai.agencies.rights import NotAllowed
from gongkai.office.actions import settle
from gongkai.office.working_days import due
from gongkai.publishing.actions.shared import desk_address, expect, locked, note, tell
from gongkai.publishing.models import Invitation, Publication, State
from gongkai.publishing.queries.desk import invitations_of, may_see, may_work_on
from gongkai.trail.chain import history

INVITES = gettext_noop("%(by)s请您在%(day)s前阅读“%(title)s”并提出意见。")

READING_DAYS = 3
"""Working days within which an invited reader answers where nobody said otherwise."""


def invite(publication: Publication, person: Person, *, by: Person, until: date | None = None) -> Invitation:
    """Lets a person read the draft until they said what they think, within three working days or as stated.

    Raises NotAllowed for one without a part in it, WrongState where it is over, ValidationError by field.
    """
    _require_part(publication, by)
    if person == by or not person.is_active:
        raise ValidationError({"person": _("请选择另一位在用账号的人员。")})
    today = timezone.localdate()
    day = until or due(today, READING_DAYS).day
    if day < today:
        raise ValidationError({"until": _("期限应在今天以后。")})
    with transaction.atomic():
        row = locked(publication)
        if row.state in (State.DISCARDED, State.WITHDRAWN):
            expect(row)
        invitation, made = Invitation.objects.get_or_create(
            publication=row,
            person=person,
            opinion_at=None,
            ended_at=None,
            defaults={"invited_by": by, "due_on": day},
        )
        if made:
            note(row, "invite", by=by, person=person.pk, until=day)
            tell([person], INVITES, row, by=str(by), day=day.isoformat())
    return invitation


def call_off(publication: Publication, person: Person, *, by: Person) -> None:
    """Calls an invitation off: the person reads the draft no more. Raises NotAllowed, ValidationError."""
    _require_part(publication, by)
    with transaction.atomic():
        row = locked(publication)
        if not _open(row, person).update(ended_at=timezone.now()):
            raise ValidationError(_("没有可以收回的邀请。请刷新页面。"))
        settle(INVITES, desk_address(row), person)
        note(row, "call_off", by=by, person=person.pk)


def give_opinion(publication: Publication, *, by: Person, opinion: str) -> Invitation:
    """Records what an invited reader says on the newest draft; with that their part is over.

    Raises NotAllowed for somebody who is not invited or no longer, ValidationError without words.
    """
    if not by.is_active or not _open(publication, by).exists():
        raise NotAllowed(_("您没有被邀请阅读这条信息，或者邀请已经结束。"))
    if not opinion.strip():
        raise ValidationError({"opinion": _("请写下您的意见。")})
    with transaction.atomic():
        row = locked(publication)
        invitation = _open(row, by).select_related("invited_by").first()
        if invitation is None:
            raise NotAllowed(_("您没有被邀请阅读这条信息，或者邀请已经结束。"))
        invitation.opinion, invitation.opinion_at = opinion.strip(), timezone.now()
        invitation.revision = row.latest_revision
        invitation.save(update_fields=["opinion", "opinion_at", "revision"])
        settle(INVITES, desk_address(row), by)
        note(row, "give_opinion", by=by, opinion=opinion.strip(), revision=row.latest_revision_id)
        tell([invitation.invited_by], gettext_noop("%(by)s对“%(title)s”提出了意见。"), row, by=str(by))
    return invitation


def read_draft(publication: Publication, *, by: Person) -> None:
    """Keeps on record which version somebody from outside read, once for each; those inside are not recorded.

    Raises NotAllowed for one who may not see it.
    """
    if not may_see(by, publication):
        raise NotAllowed(_("您没有被邀请阅读这条信息，或者邀请已经结束。"))
    if may_work_on(by, publication):
        return
    version = publication.latest_revision_id
    read = history(publication).filter(action="publishing.read_draft", actor=by, data__revision=version)
    if not read.exists():
        with transaction.atomic():
            note(publication, "read_draft", by=by, revision=version)


def end_reading(row: Publication) -> None:
    """Nobody invited reads the draft any more: it went out, was taken down, withheld or given up."""
    Invitation.objects.filter(publication=row, opinion_at=None, ended_at=None).update(ended_at=timezone.now())
    settle(INVITES, desk_address(row))


def _require_part(publication: Publication, by: Person) -> None:
    if not by.is_active or not may_work_on(by, publication):
        raise NotAllowed(_("只有参与办理这条信息的人员可以邀请他人阅读。"))


def _open(publication: Publication, person: Person) -> QuerySet[Invitation]:
    return invitations_of(person).filter(publication=publication.pk)
