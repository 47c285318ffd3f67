"""Where an agency stands among the others: under whom, merged into which, abolished with whom as its successor."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

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
from gongkai.agencies.models import Agency, Person, Post
from gongkai.agencies.queries import descendants, successor_of
from gongkai.trail.chain import history, record


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
        moved = _hand_over_children(row, successor, by)
        row.abolished, row.successor = day, successor
        checked(row, code=False)
        row.save(update_fields=["abolished", "successor"])
        ended = _end_posts(row, day)
        data = {"successor": successor.name, "on": day, "posts_ended": len(ended), "posts": ended, "moved": moved}
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


def reinstate(agency: Agency, *, by: Person | None, reason: str) -> Agency:
    """Takes back an abolition or merger that was entered by mistake; the reason goes on record.

    The posts that it ended and the agencies that it put under the successor are as before, except for what was changed
    since; what the successor has taken over meanwhile stays with it. Raises NotAllowed, ValidationError where the
    agency still exists, or its successor does no more.
    """
    allow_reorganising(by, agency.parent)
    if len(reason.strip()) < 4:
        raise ValidationError({"reason": _("请写明撤回的理由。")})
    with transaction.atomic():
        row = locked(agency)
        _check_taking_back(row)
        entry = history(row).filter(action="agencies.abolish").first()
        done = dict(entry.data) if entry is not None else {}
        parent = successor_of(row.parent) if row.parent is not None else None
        row.abolished = row.successor = None
        row.parent = parent or row.parent
        row.save(update_fields=["abolished", "successor", "parent"])
        for id, before, after in done.get("moved", ()):
            _move_back(id, before, after, by)
        reopened = sum(_reopen_post(id, until) for id, until in done.get("posts", ()))
        data = {"reason": reason.strip(), "posts": reopened, "posts_ended": len(done.get("posts", ()))}
        record("agencies.reinstate", by=by, agency=row, target=row, data=data, basis=BASIS)
    agency.refresh_from_db()
    return agency


def _check_taking_back(row: Agency) -> None:
    if row.abolished is None:
        raise ValidationError(_("%(agency)s没有撤销，不需要撤回。") % {"agency": row.name})
    if row.successor is not None and row.successor.abolished is not None:
        words = _("承接机关%(agency)s也已撤销。请先撤回对它的撤销。")
        raise ValidationError(words % {"agency": row.successor.name})


def _move_back(id: int, before: int | None, after: int | None, by: Person | None) -> None:
    """Puts an agency where it stood before an abolition, if it still stands where that put it."""
    row = Agency.objects.select_for_update(of=("self",)).select_related("parent").filter(pk=id, parent=after).first()
    place = Agency.objects.filter(pk=before, abolished=None).first()
    if row is not None and row.abolished is None and (place is not None or before is None):
        _set_parent(row, place, by)


def _reopen_post(id: int, until: str | None) -> bool:
    """Lets a post that an abolition ended go on; not where its holder left or was given the same post again."""
    post = Post.objects.select_for_update(of=("self",)).select_related("person").filter(pk=id).first()
    if post is None or not post.person.is_active:
        return False
    post.until = date.fromisoformat(until) if until else None
    try:
        post.full_clean()
    except ValidationError:
        return False
    post.save(update_fields=["until"])
    return True


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


def _hand_over_children(row: Agency, successor: Agency, by: Person | None) -> list[list[int | None]]:
    """Puts what stands below under the successor; a successor from below first takes the place beside.

    Gives the id of each that was moved, with those of the agencies above it before and after.
    """
    moved = []
    if successor.pk in descendants([row.pk]):
        moved.append([successor.pk, successor.parent_id, row.parent_id])
        _set_parent(locked(successor), row.parent, by)
    for child in Agency.objects.filter(parent=row, abolished__isnull=True).exclude(pk=successor.pk):
        moved.append([child.pk, row.pk, successor.pk])
        _set_parent(locked(child), successor, by)
    return moved


def _end_posts(row: Agency, day: date) -> list[list[Any]]:
    """Ends what posts there are; gives the id of each with the day on which it would have ended."""
    posts = list(row.posts.select_for_update().filter(Q(until__isnull=True) | Q(until__gt=day)))
    ended = [[post.pk, post.until] for post in posts]
    for post in posts:
        close(post, max(post.since, day))
    return ended
