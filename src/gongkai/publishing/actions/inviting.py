"""Invitations: somebody reads a draft and says what they think, and can change nothing."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from gongkai.agencies.models import Person
from gongkai.agencies.rights import NotAllowed
from gongkai.publishing.actions.shared import expect, note, tell
from gongkai.publishing.models import Invitation, Publication, State
from gongkai.publishing.queries.desk import may_work_on


def invite(publication: Publication, person: Person, *, by: Person) -> Invitation:
    """Lets a person read the draft. Raises NotAllowed for one without a part in it, ValidationError for oneself."""
    if not by.is_active or not may_work_on(by, publication):
        raise NotAllowed(_("只有参与办理这条信息的人员可以邀请他人阅读。"))
    if person == by or not person.is_active:
        raise ValidationError({"person": _("请选择另一位在用账号的人员。")})
    if publication.state in (State.DISCARDED, State.WITHDRAWN):
        expect(publication)
    with transaction.atomic():
        invitation, made = Invitation.objects.get_or_create(
            publication=publication, person=person, defaults={"invited_by": by}
        )
        if made:
            note(publication, "invite", by=by, person=person.pk)
            tell([person], gettext_noop("%(by)s请您阅读“%(title)s”并提出意见。"), publication, by=str(by))
    return invitation


def give_opinion(publication: Publication, *, by: Person, opinion: str) -> Invitation:
    """Records what an invited reader says. Raises NotAllowed for somebody who was not invited, ValidationError."""
    invitation = Invitation.objects.filter(publication=publication, person_id=by.pk).first()
    if invitation is None or not by.is_active:
        raise NotAllowed(_("您没有被邀请阅读这条信息。"))
    if not opinion.strip():
        raise ValidationError({"opinion": _("请写下您的意见。")})
    with transaction.atomic():
        invitation.opinion, invitation.opinion_at = opinion.strip(), timezone.now()
        invitation.save(update_fields=["opinion", "opinion_at"])
        note(publication, "give_opinion", by=by, opinion=opinion.strip())
        tell([invitation.invited_by], gettext_noop("%(by)s对“%(title)s”提出了意见。"), publication, by=str(by))
    return invitation
