"""Validity (有效性): what other documents, dates and the agency's own declarations make of a document."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.agencies.models import Person
from gongkai.agencies.rights import Right, require
from gongkai.publishing.actions.shared import expect, locked, note
from gongkai.publishing.models import (
    ENDED,
    POLICY_KINDS,
    Change,
    Kind,
    Publication,
    PublicNote,
    Relation,
    RelationKind,
    State,
    Validity,
)
from gongkai.publishing.tasks import follow_changes

BEARING = (*POLICY_KINDS, Kind.PLAN)
"""Kinds of information that are in force or not."""
DECLARABLE = (Validity.EFFECTIVE, Validity.AMENDED, *ENDED)
"""What an agency may declare; that something is not yet in force follows from its date alone."""
ENDING = (RelationKind.REPEALS, RelationKind.REPLACES)


class Standing(NamedTuple):
    """What holds for a document on a day: its validity, since when it has ended, by which document or note."""

    validity: str
    ended_on: date | None = None
    ended_by: int | None = None
    note: str = ""


def standing(publication: Publication, today: date, incoming: list[Relation] | None = None) -> Standing:
    """Derives the validity: an end comes first (what the agency declared, or a repeal that came before), then its own
    dates, then an amendment. `incoming` saves a query where it is known what other documents do to it."""
    if publication.kind not in BEARING:
        return Standing("")
    relations = [r for r in (_incoming(publication) if incoming is None else incoming) if _since(r) <= today]
    first = min((r for r in relations if r.kind in ENDING), key=lambda r: (_since(r), r.pk), default=None)
    declared = Standing(publication.declared_validity, publication.ended_on, None, publication.ended_note)
    if declared.validity in ENDED and (first is None or (declared.ended_on or date.min) <= _since(first)):
        return declared
    if first is not None:
        return Standing(Validity.REPEALED, _since(first), first.source_id)
    if publication.expires_on and publication.expires_on < today:
        return Standing(Validity.LAPSED, publication.expires_on + timedelta(days=1))
    if publication.effective_on and publication.effective_on > today:
        return Standing(Validity.NOT_YET)
    if declared.validity:
        return declared
    amending = [r for r in relations if r.kind == RelationKind.AMENDS]
    if amending:
        return Standing(Validity.AMENDED, None, amending[-1].source_id)
    return Standing(Validity.EFFECTIVE)


def _incoming(publication: Publication) -> list[Relation]:
    kinds = [*ENDING, RelationKind.AMENDS]
    found = Relation.objects.filter(target_id=publication.pk, kind__in=kinds, source__state=State.PUBLISHED)
    return list(found.select_related("source"))


def _since(relation: Relation) -> date:
    """A document ends another on the day on which it takes effect itself, else on the day of its publishing."""
    source = relation.source
    return source.effective_on or timezone.localdate(source.published_at)


def settle(publication: Publication, today: date | None = None, *, announce: bool = True) -> bool:
    """Brings the stored validity up to date and returns whether it changed; search, feeds and caches are told then.

    Must be called within a transaction. `announce` is off where the release itself is announced.
    """
    now = standing(publication, today or timezone.localdate())
    before = (publication.validity, publication.ended_on, publication.ended_by_id, publication.ended_note)
    if before == now:
        return False
    publication.validity, publication.ended_on, publication.ended_by_id, publication.ended_note = now
    publication.save(update_fields=["validity", "ended_on", "ended_by", "ended_note"])
    if announce and publication.state == State.PUBLISHED and before[0] != now.validity:
        Change.objects.create(publication=publication, verb=Change.Verb.VALIDITY)
        note(publication, "settle_validity", by=None, before=before[0], now=now.validity, source=now.ended_by)
        follow_changes()
    return True


def settle_targets(publication: Publication, also: set[int] | None = None) -> int:
    """Settles all that this one ends or amends, and what it no longer does; returns how many changed."""
    ids = set(Relation.objects.filter(source=publication, target__isnull=False).values_list("target_id", flat=True))
    return sum(settle(target) for target in Publication.objects.filter(pk__in=ids | (also or set())))


def declare(
    publication: Publication, *, by: Person, validity: str, on: date | None = None, note: str = ""
) -> Publication:
    """Declares that a document was amended, lapsed or repealed by something that is not on this site, or is in force.

    Raises NotAllowed; ValidationError by field; WrongState where it is not out.
    """
    require(by, Right.WITHDRAW_PUBLICATIONS, publication.agency)
    problems = {}
    if validity not in DECLARABLE:
        problems["validity"] = _("请选择有效性。")
    elif publication.kind not in BEARING:
        problems["validity"] = _("只有规章、规范性文件、其他政策文件和规划计划有有效性。")
    if validity in ENDED and on is None:
        problems["on"] = _("请填写失效或废止的日期。")
    elif on is not None and on > timezone.localdate():
        problems["on"] = _("日期还没有到。到期失效的，请修订“有效期至”。")
    if validity != Validity.EFFECTIVE and not note.strip():
        problems["note"] = _("请写明依据，如文件名称和文号。")
    if problems:
        raise ValidationError(problems)
    with transaction.atomic():
        row = locked(publication)
        expect(row, State.PUBLISHED)
        row.declared_validity = "" if validity == Validity.EFFECTIVE else validity
        row.ended_on, row.ended_note = on, note[:300]
        row.save(update_fields=["declared_validity", "ended_on", "ended_note"])
        _record_declaration(row, by, validity, on, note)
        row.validity = ""
        settle(row)
        if note.strip():
            PublicNote.objects.create(publication=row, kind="validity", text=note[:300])
    return row


def _record_declaration(row: Publication, by: Person, validity: str, on: date | None, words: str) -> None:
    note(row, "declare_validity", by=by, validity=validity, on=on, note=words)


def settle_due(today: date) -> int:
    """Settles what a date changes by itself: documents that take effect, lapse, or are ended from this day on."""
    by_date = Q(effective_on__lte=today, validity=Validity.NOT_YET) | Q(
        expires_on__lt=today, validity__in=[Validity.EFFECTIVE, Validity.AMENDED]
    )
    ended = Relation.objects.filter(
        kind__in=[*ENDING, RelationKind.AMENDS],
        source__state=State.PUBLISHED,
        source__effective_on__lte=today,
        source__effective_on__gte=today - timedelta(days=31),
    )
    found = Publication.objects.filter(
        Q(state=State.PUBLISHED) & (by_date | (Q(pk__in=ended.values("target_id")) & ~Q(validity=Validity.REPEALED)))
    )
    changed = 0
    for publication in found:
        with transaction.atomic():
            changed += settle(locked(publication), today)
    return changed
