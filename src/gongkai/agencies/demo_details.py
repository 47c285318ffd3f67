"""What else is known of the demo city's bodies: former names, leading groups, staff figures, a deputy on duty."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from django.utils import timezone

from gongkai.agencies.models import (
    Absence,
    Agency,
    AgencyName,
    AgencyStaff,
    Duty,
    Kind,
    LeadingGroupMember,
    Level,
    Person,
    Post,
)

YEARS = (2024, 2025, 2026)
_FORMER = (
    ("shuju", "云州市大数据发展管理局", date(2019, 1, 1), date(2024, 3, 1)),
    ("wenlv", "云州市文化旅游局", date(2019, 1, 1), date(2019, 12, 1)),
)
_SURNAMES = "俞邵洪龚邢裴翁储汲糜松井段富巫乌焦巴弓"
_GIVEN = ("怀瑾", "望舒", "景行", "敬之", "云帆", "秉文", "思远", "清和", "守正", "若水", "启明", "持恒", "向晚")
_AWAY = ("czj_keshi", "czj_gongkai", "参加培训")
"""Who is away just now, who stands in for them, and why."""


def load(agencies: Mapping[str, Agency]) -> None:
    """Adds the details of every body; what is there already is left as it is."""
    for slug, name, since, until in _FORMER:
        AgencyName.objects.get_or_create(agency=agencies[slug], name=name, defaults={"since": since, "until": until})
    there = [a for a in agencies.values() if a.abolished is None]
    led = set(LeadingGroupMember.objects.values_list("agency_id", flat=True))
    staffed = set(AgencyStaff.objects.values_list("agency_id", "year"))
    LeadingGroupMember.objects.bulk_create(m for a in there if a.pk not in led for m in _leading_group(a))
    AgencyStaff.objects.bulk_create(
        _staff(a, year) for a in there for year in YEARS if (a.pk, year) not in staffed and _counted(a, year)
    )
    _absence()


def _leading_group(agency: Agency) -> list[LeadingGroupMember]:
    head, deputy, member = _titles(agency)
    places = [(Duty.HEAD, head), (Duty.DEPUTY, deputy), (Duty.MEMBER, member), (Duty.MEMBER, "办公室主任")]
    return [
        LeadingGroupMember(
            agency=agency, duty=duty, title=title, order=number, name=_name(agency.order // 10 * 4 + number)
        )
        for number, (duty, title) in enumerate(places, 1)
    ]


def _titles(agency: Agency) -> tuple[str, str, str]:
    if agency.kind == Kind.GOVERNMENT:
        head = "市长" if agency.level == Level.CITY else "县长" if "县" in agency.name else "区长"
        return f"常务副{head}", "秘书长" if agency.level == Level.CITY else "政府办公室主任", "司法局局长"
    if agency.kind == Kind.TOWN:
        head = "主任" if "街道" in agency.name else "镇长" if "镇人" in agency.name else "乡长"
        return head, f"副{head}", "党政综合办公室负责人"
    head = "主任" if agency.name.endswith("委员会") else "局长"
    if agency.kind in (Kind.UNIVERSITY, Kind.PUBLIC_INSTITUTION):
        head = "校长" if agency.kind == Kind.UNIVERSITY else "馆长"
    return head, f"副{head}", "法规科科长"


def _name(number: int) -> str:
    return _SURNAMES[number % len(_SURNAMES)] + _GIVEN[number * 5 % len(_GIVEN)]


def _counted(agency: Agency, year: int) -> bool:
    return agency.founded is None or agency.founded.year <= year


def _staff(agency: Agency, year: int) -> AgencyStaff:
    size = {Level.CITY: 2, Level.COUNTY: 1}.get(agency.level, 0)
    full = 6 if agency.parent_id is None else size + (agency.order // 10 + year) % 2
    part = 2 + (agency.order // 10 * 7 + year) % 5
    return AgencyStaff(agency=agency, year=year, full_time=full, part_time=part)


def _absence() -> None:
    holder, deputy, reason = _AWAY
    post = Post.objects.filter(person__username=holder).first()
    person = Person.objects.filter(username=deputy).first()
    if post is None or person is None or post.absences.exists():
        return
    today = timezone.localdate()
    Absence.objects.create(
        post=post, deputy=person, since=today - timedelta(days=1), until=today + timedelta(days=13), reason=reason
    )
