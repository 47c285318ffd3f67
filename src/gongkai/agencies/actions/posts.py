"""Who holds which post in an agency, and who stands in for them while they are away."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.agencies.actions.shared import BASIS, allow, refuse_abolished
from gongkai.agencies.models import Absence, Agency, Person, Post, Role
from gongkai.agencies.queries import ancestors, own_posts
from gongkai.agencies.rights import Right
from gongkai.trail.chain import record


def open_account(username: str, name: str, *, agency: Agency, by: Person | None, email: str = "") -> Person:
    """Opens an account for somebody who is about to get a post in an agency. Nobody can sign in by it yet: the system's
    administrator sets the password.

    Raises NotAllowed, ValidationError by field.
    """
    allow(by, Right.MANAGE_POSTS, agency)
    person = Person(username=username.strip(), first_name=name.strip(), email=email.strip())
    person.set_unusable_password()
    with transaction.atomic():
        errors: dict[str, Any] = {}
        try:
            person.full_clean()
        except ValidationError as error:
            errors.update(error.error_dict)
        if not person.first_name:
            errors["person"] = [_("新开账号必须填写姓名")]
        if errors:
            raise ValidationError(errors)
        person.save()
        about = {"username": person.username, "name": str(person), "active": True, "superuser": False}
        record("agencies.open_account", by=by, agency=agency, target=person, data=about, basis=BASIS)
    return person


def appoint(
    person: Person,
    agency: Agency,
    role: str,
    *,
    by: Person | None,
    since: date | None = None,
    until: date | None = None,
) -> Post:
    """Gives a person a role in an agency from a day on (today where none is given), perhaps until a day.

    Raises NotAllowed, or ValidationError where the person already holds the post or the agency has been abolished.
    """
    allow(by, Right.MANAGE_POSTS, agency)
    if role not in Role.values:
        raise ValidationError(_("没有这个岗位。"))
    post = Post(person=person, agency=agency, role=role, since=since or timezone.localdate(), until=until)
    with transaction.atomic():
        _refuse_gone(post)
        _refuse_overlap(post)
        post.full_clean()
        post.save()
        about = {"person": person.username, "name": str(person), "role": role, "since": post.since, "until": until}
        record("agencies.appoint", by=by, agency=agency, target=post, data=about, basis=BASIS)
    return post


def end_post(post: Post, *, by: Person | None, on: date | None = None) -> Post:
    """Ends a post: from that day on (today) it gives no rights any more; who held it stays on record."""
    allow(by, Right.MANAGE_POSTS, post.agency)
    with transaction.atomic():
        row = Post.objects.select_for_update(of=("self",)).select_related("person", "agency").get(pk=post.pk)
        if row.until is not None and row.until <= timezone.localdate():
            raise ValidationError(_("这个岗位已经结束。"))
        close(row, max(row.since, on or timezone.localdate()))
        about = {"person": row.person.username, "name": str(row.person), "role": row.role, "until": row.until}
        record("agencies.end_post", by=by, agency=row.agency, target=row, data=about, basis=BASIS)
    return row


def close(post: Post, day: date) -> None:
    """Lets a post and the absences of its holder end on a day; without a check of rights and without a record."""
    post.until = day
    post.full_clean()
    post.save(update_fields=["until"])
    for absence in post.absences.filter(until__gt=day):
        absence.until = max(absence.since, day)
        absence.save(update_fields=["until"])


def announce_absence(
    post: Post, *, deputy: Person, since: date, until: date, by: Person | None, reason: str = ""
) -> Absence:
    """Names a deputy for the days from `since` until the day of return: the deputy then has the rights of the post.

    The holder of the post may do so, and whoever sets posts in the agency (NotAllowed otherwise). The deputy must hold
    a post in the same agency or one above it. Raises ValidationError by field.
    """
    if by is None or by.pk != post.person_id:
        allow(by, Right.MANAGE_POSTS, post.agency)
    with transaction.atomic():
        row = Post.objects.select_for_update(of=("self",)).select_related("person", "agency").get(pk=post.pk)
        absence = Absence(post=row, deputy=deputy, since=since, until=until, reason=reason.strip())
        _check_absence(absence)
        absence.full_clean()
        absence.save()
        record("agencies.announce_absence", by=by, agency=row.agency, target=row, data=_about(absence), basis=BASIS)
    return absence


def end_absence(absence: Absence, *, by: Person | None, on: date | None = None) -> Absence:
    """The holder is back: from that day on (today) the deputy has the rights no more; one ahead is called off.

    Raises NotAllowed, ValidationError where it is over already.
    """
    if by is None or by.pk != absence.post.person_id:
        allow(by, Right.MANAGE_POSTS, absence.post.agency)
    with transaction.atomic():
        row = (
            Absence.objects.select_for_update(of=("self",)).select_related("post__agency", "deputy").get(pk=absence.pk)
        )
        day = max(row.since, on or timezone.localdate())
        if row.until <= max(row.since, timezone.localdate()):
            raise ValidationError(_("这次离岗代理已经结束。"))
        row.until = min(row.until, day)
        row.full_clean()
        row.save(update_fields=["until"])
        data = _about(row)
        record("agencies.end_absence", by=by, agency=row.post.agency, target=row.post, data=data, basis=BASIS)
    return row


def _refuse_gone(post: Post) -> None:
    """Refuses a post in an agency that is no more; a record of one that ended before the abolition may be added."""
    gone = post.agency.abolished
    if gone is not None and (post.until is None or post.until > gone or post.since >= gone):
        refuse_abolished(post.agency)
    if not post.person.is_active and (post.until is None or post.until > timezone.localdate()):
        raise ValidationError({"person": _("账号 %(name)s 已停用，不能任职。") % {"name": post.person.username}})


def _refuse_overlap(post: Post) -> None:
    same = Post.objects.filter(person=post.person, agency=post.agency, role=post.role)
    within = same.filter(Q(until__isnull=True) | Q(until__gt=post.since))
    if post.until is not None:
        within = within.filter(since__lt=post.until)
    if within.exists():
        raise ValidationError(_("该人员已在该机关担任此岗位。"))


def _check_absence(absence: Absence) -> None:
    errors: dict[str, str] = {}
    post, deputy, today = absence.post, absence.deputy, timezone.localdate()
    if absence.until <= absence.since:
        errors["until"] = _("返岗日期应当晚于离岗日期。")
    elif absence.until <= today:
        errors["until"] = _("返岗日期已经过去。")
    elif post.until is not None and absence.since >= post.until:
        errors["since"] = _("该岗位已于 %(day)s 结束。") % {"day": post.until.isoformat()}
    overlapping = post.absences.filter(since__lt=absence.until, until__gt=absence.since).exclude(until=absence.since)
    if not errors and overlapping.exists():
        errors["since"] = _("这段时间已经设置了代理人。请先结束原来的离岗代理。")
    if deputy.pk == post.person_id:
        errors["deputy"] = _("代理人不能是本人。")
    elif not deputy.is_active:
        errors["deputy"] = _("账号 %(name)s 已停用，不能代理。") % {"name": deputy.username}
    elif not own_posts(deputy, max(absence.since, today)).filter(
        agency_id__in={post.agency_id, *ancestors(post.agency)}
    ):
        errors["deputy"] = _("代理人应当在本机关或者上级机关任职。")
    if errors:
        raise ValidationError(errors)


def _about(absence: Absence) -> dict[str, object]:
    return {
        "person": absence.post.person.username,
        "name": str(absence.post.person),
        "role": absence.post.role,
        "deputy": absence.deputy.username,
        "deputy_name": str(absence.deputy),
        "since": absence.since,
        "until": absence.until,
        "reason": absence.reason,
    }
