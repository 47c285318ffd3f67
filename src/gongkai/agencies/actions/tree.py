"""Where an agency stands among the others: under whom, merged into which, abolished with whom as its successor."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from gongkai.agencies.actions.posts import close
from gongkai.agencies.actions.shared import (
    BASIS,
    SUCCESSION,
    allow_reorganising,
    checked,
    day_of,
    locked,
    refuse_abolished,
)
from gongkai.agencies.models import Agency, Person
from gongkai.agencies.queries import descendants
from gongkai.trail.chain import record


def move(agency: Agency, parent: Agency | None, *, by: Person | None) -> Agency:
    """Puts an agency, with all below it, under another one.

    Raises NotAllowed without the right over both the old and the new place, ValidationError for a circle.
    """
    allow_reorganising(by, agency.parent)
    allow_reorganising(by, parent)
    with transaction.atomic():
        row = locked(agency)
        refuse_abolished(row)
        _set_parent(row, locked(parent) if parent is not None else None, by)
    agency.refresh_from_db()
    return agency


def abolish(agency: Agency, successor: Agency, *, by: Person | None, on: date | None = None) -> Agency:
    """Abolishes an agency from a day on (today); another goes on with its functions (条例第十条).

    Its pages, cases and figures stay and point to the successor; its posts end on that day; the agencies below it come
    under the successor. Raises NotAllowed, ValidationError by field.
    """
    allow_reorganising(by, agency.parent)
    day = day_of(on, "on")
    with transaction.atomic():
        row, successor = locked(agency), locked(successor)
        refuse_abolished(row)
        _check_successor(row, successor, day)
        _hand_over_children(row, successor, by)
        row.abolished, row.successor = day, successor
        checked(row, code=False)
        row.save(update_fields=["abolished", "successor"])
        ended = _end_posts(row, day)
        data = {"successor": successor.name, "on": day, "posts_ended": ended}
        record("agencies.abolish", by=by, agency=row, target=row, data=data, basis=SUCCESSION)
    agency.refresh_from_db()
    return agency


def merge(agencies: Sequence[Agency], into: Agency, *, by: Person | None, on: date | None = None) -> Agency:
    """Merges agencies into one that goes on with the functions of all of them; all of it or nothing.

    Raises NotAllowed, ValidationError.
    """
    if not agencies:
        raise ValidationError({"agencies": _("请选择要并入的机关。")})
    if into.pk in {agency.pk for agency in agencies}:
        raise ValidationError({"into": _("机关不能并入自己。")})
    with transaction.atomic():
        for agency in agencies:
            abolish(agency, into, by=by, on=on)
        data = {"from": [agency.name for agency in agencies], "on": day_of(on, "on")}
        record("agencies.merge", by=by, agency=into, target=into, data=data, basis=SUCCESSION)
    into.refresh_from_db()
    return into


def _set_parent(row: Agency, parent: Agency | None, by: Person | None) -> None:
    if parent is not None:
        refuse_abolished(parent, "parent")
        if parent.pk == row.pk or parent.pk in descendants([row.pk]):
            words = _("%(parent)s是%(agency)s本身或者其下级，不能作为上级机关。")
            raise ValidationError({"parent": words % {"parent": parent.name, "agency": row.name}})
    if row.parent_id == (parent.pk if parent else None):
        return
    data = {"before": row.parent.name if row.parent else None, "after": parent.name if parent else None}
    row.parent = parent
    row.save(update_fields=["parent"])
    record("agencies.move", by=by, agency=row, target=row, data=data, basis=BASIS)


def _check_successor(row: Agency, successor: Agency, day: date) -> None:
    if successor.pk == row.pk:
        raise ValidationError({"successor": _("承接机关不能是被撤销的机关本身。")})
    refuse_abolished(successor, "successor")
    if successor.founded is not None and successor.founded > day:
        words = _("%(agency)s在 %(day)s 还没有成立，不能承接。")
        raise ValidationError({"successor": words % {"agency": successor.name, "day": day.isoformat()}})
    # One that still exists has no successor of its own, so the chain that ends in it cannot become a circle.
    if row.founded is not None and day < row.founded:
        raise ValidationError({"on": _("撤销日期早于成立日期。")})


def _hand_over_children(row: Agency, successor: Agency, by: Person | None) -> None:
    """Puts what stands below under the successor; a successor from below first takes the place beside."""
    if successor.pk in descendants([row.pk]):
        _set_parent(locked(successor), row.parent, by)
    for child in Agency.objects.filter(parent=row, abolished__isnull=True).exclude(pk=successor.pk):
        _set_parent(locked(child), successor, by)


def _end_posts(row: Agency, day: date) -> int:
    posts = list(row.posts.select_for_update().filter(Q(until__isnull=True) | Q(until__gt=day)))
    for post in posts:
        close(post, max(post.since, day))
    return len(posts)
