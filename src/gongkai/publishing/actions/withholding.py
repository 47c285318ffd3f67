"""What is not disclosed is looked at again (条例第十八条): kept back for another time, or taken up for release."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from gongkai.agencies.models import Person
from gongkai.agencies.rights import NotAllowed, Right, may, require
from gongkai.publishing.actions.shared import expect, locked, note, tell
from gongkai.publishing.dates import months_after
from gongkai.publishing.models import Mode, Publication, State
from gongkai.publishing.queries.paths import policy_for

BASIS = "《中华人民共和国政府信息公开条例》第十八条"


def reassess(publication: Publication, *, by: Person, keep: bool, reason: str) -> Publication:
    """Decides whether withheld information stays withheld until the next time, or becomes a draft to be released.

    By a confidentiality reviewer or the disclosure office. Raises NotAllowed, WrongState, ValidationError.
    """
    rights = (Right.REVIEW_CONFIDENTIALITY, Right.RULE_ON_COORDINATION)
    held = next((right for right in rights if may(by, right, publication.agency)), None)
    if held is None:
        raise NotAllowed(_("重新评估由保密审查员或者政府信息公开工作机构办理。"))
    require(by, held, publication.agency)
    if len(reason.strip()) < 4:
        raise ValidationError({"reason": _("请写明评估的理由。")})
    with transaction.atomic():
        row = locked(publication)
        expect(row, State.WITHHELD)
        if keep:
            today = timezone.localdate()
            row.reassess_on = months_after(today, policy_for(row.agency).reassess_months)
            if row.declassify_on and today < row.declassify_on < row.reassess_on:
                row.reassess_on = row.declassify_on
        else:
            row.state, row.mode, row.withholding, row.reassess_on = State.DRAFT, Mode.PROACTIVE, [], None
        row.changed_at = timezone.now()
        row.save(update_fields=["reassess_on", "state", "mode", "withholding", "changed_at"])
        if not keep:
            _reopen(row)
        note(row, "reassess", by=by, basis=BASIS, keep=keep, reason=reason)
    return row


def _reopen(row: Publication) -> None:
    """The draft says again that it is to be disclosed, and its drafters are told."""
    draft = row.get_latest_revision_as_object()
    draft.mode, draft.legal_basis = Mode.PROACTIVE, ""
    draft.save_revision(clean=False)
    people = Person.objects.filter(pk__in=row.drafters)
    tell(people, gettext_noop("“%(title)s”经重新评估可以公开，请提交审查。"), row)


def set_declassification(publication: Publication, *, by: Person, on: date) -> Publication:
    """Notes the day on which a classified matter is declassified; it comes due for reassessment then by itself."""
    require(by, Right.REVIEW_CONFIDENTIALITY, publication.agency)
    with transaction.atomic():
        row = locked(publication)
        expect(row, State.WITHHELD)
        row.declassify_on = on
        row.reassess_on = min(on, row.reassess_on) if row.reassess_on else on
        row.save(update_fields=["declassify_on", "reassess_on"])
        note(row, "set_declassification", by=by, on=on)
    return row
