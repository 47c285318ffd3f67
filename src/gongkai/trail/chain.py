"""Adds entries to the record and checks that nobody has changed it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models
from django.utils import timezone

from gongkai.trail.models import Entry, Head

GENESIS = "0" * 64
"""What the first entry chains to."""


@dataclass(frozen=True, slots=True)
class Verification:
    """What checking the record found."""

    checked: int
    """How many entries were sound before the first fault, or in all."""
    broken_at: int | None = None
    """Number of the first entry that is wrong or missing, None where the record is sound."""
    reason: str = ""
    """altered, missing, unlinked, or head (the end of the record was cut off)."""

    @property
    def ok(self) -> bool:
        """Whether the record is sound."""
        return self.broken_at is None


def record(
    action: str,
    *,
    by: Any | None,
    agency: Any | None = None,
    target: models.Model | str = "",
    data: dict[str, Any] | None = None,
    basis: str = "",
    at: datetime | None = None,
) -> Entry:
    """Adds an entry to the record; must be called inside the transaction of what it records.

    `by` is the person who acts, None for the platform itself. Where `by.standing_in` names somebody, the entry says so
    (代). Raises RuntimeError outside a transaction: an entry
    that survives the roll-back of what it records would be a lie.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("trail.record() belongs inside the transaction of the action that it records.")
    Head.objects.get_or_create(pk=1, defaults={"number": 0, "hash": GENESIS})
    head = Head.objects.select_for_update().get(pk=1)
    entry = Entry(
        number=head.number + 1,
        at=at or timezone.now(),
        actor=by,
        actor_name=actor_words(by),
        agency=agency,
        action=action,
        target=reference(target),
        data=_plain(data or {}),
        basis=basis,
        previous_hash=head.hash,
    )
    entry.hash = fingerprint(entry)
    entry.save()
    Head.objects.filter(pk=1).update(number=entry.number, hash=entry.hash)
    return entry


def actor_words(by: Any | None) -> str:
    """How an entry names who acted: `李明`, and `李明（代王芳）` where they stood in for somebody who is away."""
    if by is None:
        return ""
    absent = getattr(by, "standing_in", "")
    return (f"{by}（代{absent}）" if absent else str(by))[:150]


def reference(target: models.Model | str) -> str:
    """How an entry names what was acted on: `reporting.annualreport:12`."""
    if isinstance(target, str):
        return target
    return f"{target._meta.label_lower}:{target.pk}"


def history(target: models.Model) -> models.QuerySet[Entry]:
    """What was done to something, newest first."""
    return Entry.objects.filter(target=reference(target)).select_related("actor", "agency")


def history_of_agency(agency: models.Model, app: str) -> models.QuerySet[Entry]:
    """What was done for an agency by the actions of one app, newest first."""
    return Entry.objects.filter(agency=agency.pk, action__startswith=f"{app}.").select_related("actor", "agency")


def fingerprint(entry: Entry) -> str:
    """SM3 over the entry's canonical JSON (keys sorted, no blanks, UTC to the microsecond) with the hash before it."""
    content = {
        "number": entry.number,
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor": entry.actor_id,
        "actor_name": entry.actor_name,
        "agency": entry.agency_id,
        "action": entry.action,
        "target": entry.target,
        "data": entry.data,
        "basis": entry.basis,
        "previous_hash": entry.previous_hash,
    }
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.new("sm3", text.encode()).hexdigest()


def verify() -> Verification:
    """Walks the whole record and says where it stops being sound. Reads 2,000 entries at a time."""
    previous, number = GENESIS, 0
    for entry in Entry.objects.order_by("number").iterator(chunk_size=2000):
        if entry.number != number + 1:
            return Verification(number, number + 1, "missing")
        if entry.previous_hash != previous:
            return Verification(number, entry.number, "unlinked")
        if fingerprint(entry) != entry.hash:
            return Verification(number, entry.number, "altered")
        previous, number = entry.hash, entry.number
    head = Head.objects.filter(pk=1).first()
    if (head.number if head else 0, head.hash if head else GENESIS) != (number, previous):
        return Verification(number, number + 1, "head")
    return Verification(number)


def _plain(data: dict[str, Any]) -> dict[str, Any]:
    """The data as JSON gives it back, so that the hash is the same when it is read again."""
    plain: dict[str, Any] = json.loads(json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False))
    return plain
