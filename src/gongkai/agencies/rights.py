"""Who may do what: one table from rights to roles, and the questions that are asked of it."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any

from django.contrib.auth.models import AnonymousUser

from gongkai.agencies.models import Agency, Person, Role
from gongkai.agencies.queries import ancestors, current_posts


class NotAllowed(Exception):
    """A person tried what their posts do not allow; the message says what is missing, in Chinese."""


class Right(StrEnum):
    """Something that a post may allow."""

    SEE_REPORTS = "see_reports"
    IMPORT_REPORTS = "import_reports"
    CORRECT_REPORTS = "correct_reports"
    CONFIRM_REPORTS = "confirm_reports"
    PUBLISH_REPORTS = "publish_reports"
    SEE_AGENCY = "see_agency"
    MANAGE_AGENCY = "manage_agency"
    MANAGE_POSTS = "manage_posts"


_R: Any = Role
EVERYBODY = frozenset(Role.values)

ROLES: dict[Right, frozenset[str]] = {
    Right.SEE_REPORTS: EVERYBODY,
    Right.IMPORT_REPORTS: frozenset({_R.DRAFTER, _R.DISCLOSURE_OFFICER, _R.ADMINISTRATOR}),
    Right.CORRECT_REPORTS: frozenset({_R.DRAFTER, _R.UNIT_HEAD, _R.DISCLOSURE_OFFICER}),
    Right.CONFIRM_REPORTS: frozenset({_R.UNIT_HEAD, _R.DISCLOSURE_OFFICER}),
    Right.PUBLISH_REPORTS: frozenset({_R.DISCLOSURE_OFFICER, _R.SIGNING_LEADER}),
    Right.SEE_AGENCY: EVERYBODY,
    Right.MANAGE_AGENCY: frozenset({_R.DISCLOSURE_OFFICER, _R.ADMINISTRATOR}),
    Right.MANAGE_POSTS: frozenset({_R.ADMINISTRATOR}),
}

NAMES: dict[Right, str] = {
    Right.SEE_REPORTS: "查看年度报告",
    Right.IMPORT_REPORTS: "导入年度报告",
    Right.CORRECT_REPORTS: "更正年度报告数据",
    Right.CONFIRM_REPORTS: "确认年度报告",
    Right.PUBLISH_REPORTS: "公布年度报告",
    Right.SEE_AGENCY: "查看机构",
    Right.MANAGE_AGENCY: "维护机构信息",
    Right.MANAGE_POSTS: "设置岗位",
}


def may(person: Person | AnonymousUser, right: Right, agency: Agency, at: date | None = None) -> bool:
    """Whether a post of the person gives the right over the agency on that day (today where none is given).

    A post gives rights over its own agency; one of `queries.OVERSEEING` also over all agencies below it.
    """
    from gongkai.agencies.queries import OVERSEEING

    if not person.is_authenticated or not person.is_active:
        return False
    if person.is_superuser:
        return True
    above = ancestors(agency)
    for agency_id, role in current_posts(person, at).values_list("agency_id", "role"):
        if role in ROLES[right] and (agency_id == agency.pk or (agency_id in above and role in OVERSEEING)):
            return True
    return False


def may_anywhere(person: Person | AnonymousUser, right: Right, at: date | None = None) -> bool:
    """Whether a post of the person gives the right over any agency at all."""
    if not person.is_authenticated or not person.is_active:
        return False
    return person.is_superuser or current_posts(person, at).filter(role__in=ROLES[right]).exists()


def require(person: Person | AnonymousUser, right: Right, agency: Agency, at: date | None = None) -> None:
    """Raises NotAllowed where the person has no such right over the agency."""
    if not may(person, right, agency, at):
        roles = "、".join(str(label) for role, label in Role.choices if role in ROLES[right])
        raise NotAllowed(
            f"您在{agency.name}没有“{NAMES[right]}”的权限。需要以下岗位之一：{roles}。请联系本机关管理员。"
        )
