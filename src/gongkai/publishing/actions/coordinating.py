"""Release coordination (发布协调): other agencies answer, the disclosure office rules where they do not agree."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from gongkai.agencies.models import Agency, Person, Role
from gongkai.agencies.rights import NotAllowed, Right, require
from gongkai.publishing.actions.deciding import send_back
from gongkai.publishing.actions.shared import BASIS_COORDINATION, expect, holders, locked, note, tell
from gongkai.publishing.actions.steps import approve_step, require_decider
from gongkai.publishing.models import CoordinationRequest, Publication, Step
from gongkai.publishing.queries.paths import lineage

Answer = CoordinationRequest.Answer


def answer(request: CoordinationRequest, *, by: Person, answer: str, reason: str = "") -> CoordinationRequest:
    """Answers for the agency that was asked. Raises NotAllowed, WrongState, ValidationError by field."""
    require(by, Right.ANSWER_COORDINATION, request.agency)
    if answer not in Answer.values:
        raise ValidationError({"answer": _("请选择是否同意发布。")})
    if answer != Answer.AGREED and len(reason.strip()) < 2:
        raise ValidationError({"reason": _("不同意或者要求修改的，请写明理由。")})
    with transaction.atomic():
        row = locked(request.publication)
        asked = CoordinationRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
        if not _open(row, asked) or asked.answer:
            expect(row)
        if by.pk in row.drafters:
            raise NotAllowed(_("您起草或修改过这条信息，不能由您答复。请交给其他人员办理。"))
        asked.answer, asked.reason = answer, reason.strip()
        asked.answered_by, asked.answered_at = by, timezone.now()
        asked.save()
        note(
            row,
            "answer_coordination",
            by=by,
            basis=BASIS_COORDINATION,
            agency_asked=asked.agency_id,
            answer=answer,
            reason=reason,
        )
        if answer != Answer.AGREED:
            _tell_office(row, asked)
        _go_on(row, by)
    return asked


def rule(request: CoordinationRequest, *, by: Person, released: bool, ruling: str) -> Publication:
    """Rules where an agency disagreed, asked for changes, or stayed silent past its day; the ruling is recorded.

    `released` goes on in spite of it; otherwise the publication returns to its drafter with the ruling.
    Raises NotAllowed, WrongState, ValidationError by field.
    """
    if len(ruling.strip()) < 4:
        raise ValidationError({"ruling": _("请写明裁定的理由。")})
    with transaction.atomic():
        row = locked(request.publication)
        require_decider(row, Step.COORDINATION, by)
        asked = CoordinationRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
        if not _open(row, asked) or asked.answer == Answer.AGREED or asked.ruled_at:
            expect(row)
        if not asked.answer and asked.due_on >= timezone.localdate():
            raise ValidationError(
                {
                    "ruling": _("%(agency)s的答复期限（%(day)s）还没有到。")
                    % {"agency": asked.agency.label, "day": asked.due_on}
                }
            )
        asked.released, asked.ruling, asked.ruled_by, asked.ruled_at = released, ruling.strip(), by, timezone.now()
        asked.save()
        note(
            row,
            "rule_on_coordination",
            by=by,
            basis=BASIS_COORDINATION,
            agency_asked=asked.agency_id,
            released=released,
            ruling=ruling,
        )
        _tell_asked(row, asked)
        if not released:
            send_back(row, by, ruling.strip())
            return row
        return _go_on(row, by)


def _open(row: Publication, asked: CoordinationRequest) -> bool:
    """Whether a question belongs to the round that is under way."""
    return bool(row.step == Step.COORDINATION and not asked.closed and asked.revision_id == row.latest_revision_id)


def _go_on(row: Publication, by: Person) -> Publication:
    """Goes to the next step once every agency agreed or was ruled upon."""
    asked = CoordinationRequest.objects.filter(publication=row, revision=row.latest_revision_id, closed=False)
    if all(r.answer == Answer.AGREED or r.released for r in asked):
        return approve_step(row, by, "")
    return row


def _tell_asked(row: Publication, asked: CoordinationRequest) -> None:
    """Those who answered, or should have, learn what was ruled."""
    people = holders(asked.agency, (str(Role.DISCLOSURE_OFFICER), str(Role.UNIT_HEAD)), timezone.localdate())
    released = gettext_noop("对“%(title)s”的发布已经裁定：发布。理由：%(ruling)s")
    kept = gettext_noop("对“%(title)s”的发布已经裁定：不发布。理由：%(ruling)s")
    message = released if asked.released else kept
    tell(people, message, row, ruling=asked.ruling[:100])


def _tell_office(row: Publication, asked: CoordinationRequest) -> None:
    officer = str(Role.DISCLOSURE_OFFICER)
    for agency in Agency.objects.filter(pk__in=lineage(row.agency)[:2]):
        message = gettext_noop("%(agency)s对“%(title)s”的发布有不同意见，请裁定。")
        tell(holders(agency, (officer,), timezone.localdate()), message, row, agency=asked.agency.label)
