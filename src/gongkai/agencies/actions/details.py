"""What an agency is: its founding, its names and codes, its leading group, its staff."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.agencies.actions.office import OFFICE_FIELDS
from gongkai.agencies.actions.shared import (
    BASIS,
    allow,
    allow_reorganising,
    change,
    checked,
    day_of,
    locked,
    refuse_abolished,
)
from gongkai.agencies.models import Agency, AgencyName, AgencyStaff, LeadingGroupMember, Person
from gongkai.agencies.rights import Right
from gongkai.trail.chain import record

DETAIL_FIELDS = (
    "short_name",
    "other_names",
    "code",
    "org_code",
    "site_id_code",
    "kind",
    "level",
    "founded",
    "order",
)
_FOUNDING_FIELDS = {"name", "slug", *DETAIL_FIELDS, *OFFICE_FIELDS}


@dataclass(frozen=True, slots=True)
class Member:
    """A member of a leading group: 组长, 副组长 or 成员, with the office that they hold."""

    name: str
    duty: str = "member"
    title: str = ""


def found(*, parent: Agency | None, by: Person | None, **fields: Any) -> Agency:
    """Enters a new agency below another; without one above only the system's administrator may.

    Raises NotAllowed, ValidationError by field, TypeError for a field that an agency does not begin with.
    """
    allow_reorganising(by, parent)
    unknown = set(fields) - _FOUNDING_FIELDS
    if unknown:
        raise TypeError(f"found() knows no {', '.join(sorted(unknown))}")
    if parent is not None:
        refuse_abolished(parent, "parent")
    fields["name"] = str(fields.get("name", "")).strip()
    row = Agency(parent=parent, **fields)
    with transaction.atomic():
        checked(row, code=True)
        row.save()
        about = {"name": row.name, "code": row.code, "parent": parent.name if parent else None}
        record("agencies.found", by=by, agency=row, target=row, data=about, basis=BASIS)
    return row


def update_details(agency: Agency, *, by: Person | None, **fields: Any) -> Agency:
    """Corrects what was entered about an agency: codes, short and other names, kind, level, day of founding, order.

    Raises NotAllowed, ValidationError by field, TypeError for any other field; a new name is given by `rename`.
    """
    allow_reorganising(by, agency.parent)
    unknown = set(fields) - set(DETAIL_FIELDS)
    if unknown:
        raise TypeError(f"update_details() changes {', '.join(DETAIL_FIELDS)}, not {', '.join(sorted(unknown))}")
    with transaction.atomic():
        row = locked(agency)
        changes = change(row, fields)
        if changes:
            record("agencies.update_details", by=by, agency=row, target=row, data=changes, basis=BASIS)
    agency.refresh_from_db()
    return agency


def rename(
    agency: Agency, name: str, *, by: Person | None, on: date | None = None, short_name: str | None = None
) -> Agency:
    """Gives an agency a new name from a day on (today); the old one is kept with its days and still finds it.

    Raises NotAllowed, ValidationError by field.
    """
    allow_reorganising(by, agency.parent)
    day, name = day_of(on, "on"), name.strip()
    with transaction.atomic():
        row = locked(agency)
        refuse_abolished(row)
        if name == row.name:
            raise ValidationError({"name": _("新名称与现名称相同。")})
        last = row.former_names.order_by("-until").first()
        since = last.until if last else row.founded
        if since is not None and day < since:
            raise ValidationError({"on": _("更名日期早于现名称启用的日期 %(day)s。") % {"day": since.isoformat()}})
        former = AgencyName(agency=row, name=row.name, since=since, until=day)
        former.full_clean()
        fields = {"name": name} if short_name is None else {"name": name, "short_name": short_name.strip()}
        changes = change(row, fields)
        former.save()
        record("agencies.rename", by=by, agency=row, target=row, data={**changes, "on": day}, basis=BASIS)
    agency.refresh_from_db()
    return agency


def correct_name(agency: Agency, name: str, *, by: Person | None, reason: str) -> Agency:
    """Corrects a name that was entered wrongly; unlike `rename` it leaves no former name behind.

    Where the right name is the one borne before, the renaming itself was the mistake and is taken back. Raises
    NotAllowed, ValidationError by field.
    """
    allow_reorganising(by, agency.parent)
    name, reason = name.strip(), reason.strip()
    if len(reason) < 4:
        raise ValidationError({"reason": _("请写明更正的理由。")})
    with transaction.atomic():
        row = locked(agency)
        if name == row.name:
            raise ValidationError({"name": _("新名称与现名称相同。")})
        changes = change(row, {"name": name})
        last = row.former_names.order_by("-until", "-pk").first()
        if last is not None and last.name == name:
            last.delete()
        data = {**changes, "reason": reason}
        record("agencies.correct_name", by=by, agency=row, target=row, data=data, basis=BASIS)
    agency.refresh_from_db()
    return agency


def set_leading_group(agency: Agency, members: Sequence[Member], *, by: Person | None) -> list[LeadingGroupMember]:
    """Replaces the leading group for open government by these members, in this order.

    Raises NotAllowed, ValidationError that says which member is wrong.
    """
    allow(by, Right.MANAGE_AGENCY, agency)
    with transaction.atomic():
        row = locked(agency)
        refuse_abolished(row)
        before = [_member_words(m) for m in row.leading_group.all()]
        rows = [
            LeadingGroupMember(agency=row, duty=m.duty, name=m.name.strip(), title=m.title.strip(), order=number)
            for number, m in enumerate(members, 1)
        ]
        for new in rows:
            _clean_member(new)
        after = [_member_words(new) for new in rows]
        if before == after:
            return list(row.leading_group.all())
        row.leading_group.all().delete()
        LeadingGroupMember.objects.bulk_create(rows)
        data = {"before": before, "after": after}
        record("agencies.set_leading_group", by=by, agency=row, target=row, data=data, basis=BASIS)
    return list(row.leading_group.all())


def set_staff(agency: Agency, year: int, *, full_time: int, part_time: int, by: Person | None) -> AgencyStaff:
    """States how many people did the work of open government in a year, full-time and beside other work.

    Raises NotAllowed, ValidationError by field.
    """
    allow(by, Right.MANAGE_AGENCY, agency)
    with transaction.atomic():
        agency = locked(agency)
        if year > timezone.localdate().year:
            raise ValidationError({"year": _("%(year)s 年还没有到。") % {"year": year}})
        if agency.abolished is not None and year > agency.abolished.year:
            raise ValidationError({"year": _("该机关已于 %(year)s 年撤销。") % {"year": agency.abolished.year}})
        row = AgencyStaff.objects.filter(agency=agency, year=year).first() or AgencyStaff(agency=agency, year=year)
        before = None if row.pk is None else [row.full_time, row.part_time]
        row.full_time, row.part_time = full_time, part_time
        row.full_clean()
        if before != [full_time, part_time]:
            row.save()
            data = {"year": year, "before": before, "after": [full_time, part_time]}
            record("agencies.set_staff", by=by, agency=agency, target=agency, data=data, basis=BASIS)
    return row


def _clean_member(member: LeadingGroupMember) -> None:
    try:
        member.full_clean()
    except ValidationError as error:
        words = _("第 %(n)s 名成员：%(words)s") % {"n": member.order, "words": " ".join(error.messages)}
        raise ValidationError(words) from error


def _member_words(member: LeadingGroupMember) -> str:
    return f"{member.get_duty_display()} {member.name} {member.title}".strip()
