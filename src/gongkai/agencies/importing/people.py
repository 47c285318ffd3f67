"""Takes the tables of people with their posts, of staff figures and of leading groups in."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.agencies.actions import appoint, end_post, open_account, set_leading_group, set_staff
from gongkai.agencies.actions.details import Member
from gongkai.agencies.importing.reading import Row, Sheet
from gongkai.agencies.importing.taking_in import Parsed, Run, agency_of, duplicates
from gongkai.agencies.models import Agency, Person, Post


def take_posts(sheet: Sheet, parsed: Parsed, run: Run) -> None:
    """Opens accounts that are missing, appoints, and ends posts that a row gives a last day."""
    for row, values in duplicates(sheet, parsed, run, "username", "code", "role", "since"):
        agency = agency_of(sheet, row, values["code"], run)
        if agency is None:
            continue
        with run.attempt(sheet, row.number):
            _take_post(sheet, row, values, agency, run)


def _take_post(sheet: Sheet, row: Row, values: dict[str, Any], agency: Agency, run: Run) -> None:
    person = _person(values, agency, run)
    since: date | None = values.get("since")
    until: date | None = values.get("until")
    same = Post.objects.filter(person=person, agency=agency, role=values["role"])
    post = same.filter(since=since).first() if since else same.filter(until__isnull=True).first()
    subject = f"{person} {sheet.table.column('role').choices[_place(values['role'])]} {agency.label}"
    if post is None:
        appoint(person, agency, values["role"], by=run.by, since=since or timezone.localdate(), until=until)
        run.change(sheet, row.number, subject, new=True)
    elif until == post.until or "until" not in values:
        run.change(sheet, row.number, subject, new=False)
    elif until is None:
        raise ValidationError({"until": _("该岗位已于 %(day)s 结束，不能恢复") % {"day": post.until.isoformat()}})
    else:
        if until < post.since:
            raise ValidationError({"until": _("离任日期早于任职日期")})
        end_post(post, by=run.by, on=until)
        words = _("离任日期：%(day)s") % {"day": until.isoformat()}
        run.change(sheet, row.number, subject, new=False, details=(words,))


def _place(role: str) -> int:
    from gongkai.agencies.models import Role

    return list(Role.values).index(role)


def _person(values: dict[str, Any], agency: Agency, run: Run) -> Person:
    username, name = values["username"], values.get("person", "")
    person = Person.objects.filter(username=username).first()
    if person is None:
        return open_account(username, name, email=values.get("email", ""), agency=agency, by=run.by)
    if name and str(person) != name:
        words = _("账号 %(username)s 的姓名与填写的不一致") % {"username": username}
        raise ValidationError({"person": words})
    return person


def take_staff(sheet: Sheet, parsed: Parsed, run: Run) -> None:
    """States the staff figures."""
    for row, values in duplicates(sheet, parsed, run, "code", "year"):
        agency = agency_of(sheet, row, values["code"], run)
        if agency is None:
            continue
        with run.attempt(sheet, row.number):
            year, full, part = values["year"], values["full_time"], values["part_time"]
            old = agency.staff.filter(year=year).first()
            same = old is not None and (old.full_time, old.part_time) == (full, part)
            if not same:
                set_staff(agency, year, full_time=full, part_time=part, by=run.by)
            words = _("专职 %(full)s 人，兼职 %(part)s 人") % {"full": full, "part": part}
            details = () if same else (words,)
            run.change(sheet, row.number, f"{agency.label} {year}", new=old is None, details=details)


def take_groups(sheet: Sheet, parsed: Parsed, run: Run) -> None:
    """Replaces the leading group of every agency that the table names; of the others nothing changes."""
    groups: dict[str, Parsed] = {}
    for row, values in parsed:
        groups.setdefault(values["code"], []).append((row, values))
    for code, rows in groups.items():
        agency = agency_of(sheet, rows[0][0], code, run)
        if agency is None:
            continue
        members = [Member(v["name"], v["duty"], v.get("title", "")) for _row, v in rows]
        with run.attempt(sheet, rows[0][0].number):
            old = [(m.name, m.duty, m.title) for m in agency.leading_group.all()]
            same = old == [(m.name, m.duty, m.title) for m in members]
            if not same:
                set_leading_group(agency, members, by=run.by)
            words = _("领导小组 %(n)s 人") % {"n": len(members)}
            run.change(sheet, rows[0][0].number, agency.label, new=not old, details=() if same else (words,))
