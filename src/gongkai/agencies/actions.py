"""What may be done with agencies and posts: keep the disclosure office's details, appoint, end a post."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.agencies.models import Agency, Person, Post, Role
from gongkai.agencies.rights import Right, require
from gongkai.trail.chain import record

OFFICE_FIELDS = ("office_name", "office_address", "office_hours", "office_phone", "office_email")
BASIS = "《中华人民共和国政府信息公开条例》第四条、第十二条"


def update_office(agency: Agency, *, by: Person, **fields: str) -> Agency:
    """Changes the details of the disclosure office that the guide must state (条例第十二条).

    Raises NotAllowed, ValidationError for a value that cannot be, TypeError for any other field.
    """
    require(by, Right.MANAGE_AGENCY, agency)
    unknown = set(fields) - set(OFFICE_FIELDS)
    if unknown:
        raise TypeError(f"update_office() changes {', '.join(OFFICE_FIELDS)} only, not {', '.join(sorted(unknown))}")
    with transaction.atomic():
        row = Agency.objects.select_for_update(of=("self",)).get(pk=agency.pk)
        changes = {name: [getattr(row, name), value] for name, value in fields.items() if getattr(row, name) != value}
        if not changes:
            return agency
        for name, (_old, value) in changes.items():
            setattr(row, name, value)
        row.full_clean()
        row.save(update_fields=list(changes))
        record("agencies.update_office", by=by, agency=row, target=row, data=changes, basis=BASIS)
    agency.refresh_from_db()
    return agency


def appoint(person: Person, agency: Agency, role: str, *, by: Person, since: date | None = None) -> Post:
    """Gives a person a role in an agency from a day on (today where none is given).

    Raises NotAllowed, or ValidationError where the person already holds the post.
    """
    require(by, Right.MANAGE_POSTS, agency)
    if role not in Role.values:
        raise ValidationError(_("没有这个岗位。"))
    post = Post(person=person, agency=agency, role=role, since=since or timezone.localdate())
    with transaction.atomic():
        post.full_clean()
        post.save()
        about = {"person": person.username, "name": str(person), "role": role, "since": post.since}
        record("agencies.appoint", by=by, agency=agency, target=post, data=about, basis=BASIS)
    return post


def end_post(post: Post, *, by: Person) -> Post:
    """Ends a post: from today on it gives no rights any more; who held it stays on record."""
    require(by, Right.MANAGE_POSTS, post.agency)
    with transaction.atomic():
        row = Post.objects.select_for_update(of=("self",)).select_related("person", "agency").get(pk=post.pk)
        if row.until is not None:
            raise ValidationError(_("这个岗位已经结束。"))
        row.until = max(row.since, timezone.localdate())
        row.save(update_fields=["until"])
        about = {"person": row.person.username, "role": row.role, "until": row.until}
        record("agencies.end_post", by=by, agency=row.agency, target=row, data=about, basis=BASIS)
    return row
