"""Who may do what: one table from rights to roles, and the questions that are asked of it."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from gongkai.agencies.models import Agency, Person, Role
from gongkai.agencies.queries import ancestors, current_posts


class NotAllowed(Exception):
    """A person tried what their posts do not allow; the message says what is missing, in the reader's language."""


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

NAMES: dict[Right, Any] = {
    Right.SEE_REPORTS: gettext_lazy("查看年度报告"),
    Right.IMPORT_REPORTS: gettext_lazy("导入年度报告"),
    Right.CORRECT_REPORTS: gettext_lazy("更正年度报告数据"),
    Right.CONFIRM_REPORTS: gettext_lazy("确认年度报告"),
    Right.PUBLISH_REPORTS: gettext_lazy("公布年度报告"),
    Right.SEE_AGENCY: gettext_lazy("查看机构"),
    Right.MANAGE_AGENCY: gettext_lazy("维护机构信息"),
    Right.MANAGE_POSTS: gettext_lazy("设置岗位"),
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
        roles = pgettext("between items of a list", "、").join(
            str(label) for role, label in Role.choices if role in ROLES[right]
        )
        raise NotAllowed(
            _("您在%(agency)s没有“%(right)s”的权限。需要以下岗位之一：%(roles)s。请联系本机关管理员。")
            % {"agency": agency.name, "right": NAMES[right], "roles": roles}
        )
