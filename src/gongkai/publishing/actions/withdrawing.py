"""Withdrawal: a publication is taken down, and a page stays that says so and why."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from gongkai.agencies.models import Person
from gongkai.agencies.rights import Right, require
from gongkai.publishing.actions.channels import copies_of
from gongkai.publishing.actions.drafting import leave_path
from gongkai.publishing.actions.inviting import end_reading
from gongkai.publishing.actions.shared import expect, locked, note, tell, unschedule
from gongkai.publishing.actions.steps import end_path
from gongkai.publishing.actions.validity import settle_targets
from gongkai.publishing.models import Change, Publication, PublicationCategory, PublicNote, State
from gongkai.publishing.tasks import follow_changes

COPIES = gettext_noop("“%(title)s”已撤下：%(reason)s 在以下渠道发布的也须撤下：%(channels)s。")


def withdraw(publication: Publication, *, by: Person, reason: str) -> Publication:
    """Takes a publication down at once; its address answers 410 with the reason from then on.

    Raises NotAllowed, WrongState where it is not out, ValidationError without a reason.
    """
    require(by, Right.WITHDRAW_PUBLICATIONS, publication.agency)
    if len(reason.strip()) < 4:
        raise ValidationError({"reason": _("请写明撤下的原因，读者会看到这句话。")})
    with transaction.atomic():
        row = locked(publication)
        expect(row, State.PUBLISHED)
        if row.step:
            raise ValidationError(_("这条信息的修订正在审查中。请先撤回修订，再撤下。"))
        take_down(row, by=by, reason=reason.strip(), at=timezone.now())
    return row


def take_down(row: Publication, *, by: Person | None, reason: str, at: datetime) -> None:
    """Takes a locked row down; what it repealed or amended is settled anew, a revision under way ends."""
    end_path(row, by)
    unschedule(row)
    end_reading(row)
    leave_path(row, State.WITHDRAWN)
    row.state, row.live, row.withdrawn_at, row.withdrawal_reason = State.WITHDRAWN, False, at, reason[:300]
    row.expired = by is None
    row.changed_at = at
    row.save(update_fields=["state", "live", "withdrawn_at", "withdrawal_reason", "expired", "changed_at"])
    PublicationCategory.objects.filter(publication=row).delete()
    PublicNote.objects.create(publication=row, kind="withdrawal", text=reason[:300], at=at)
    settle_targets(row)
    Change.objects.create(publication=row, verb=Change.Verb.WITHDRAWN, at=at)
    follow_changes()
    note(row, "withdraw", by=by, reason=reason)
    people = Person.objects.filter(pk__in=row.drafters)
    copies = dict.fromkeys(str(copy.get_channel_display()) for copy in copies_of(row))
    if copies:
        tell(people, COPIES, row, reason=reason[:100], channels="、".join(copies))
    else:
        tell(people, gettext_noop("“%(title)s”已撤下：%(reason)s"), row, reason=reason[:100])
