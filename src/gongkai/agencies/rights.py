"""Who may do what: one table from rights to roles, and the questions that are asked of it."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from gongkai.agencies.models import Agency, Person, Post, Role
from gongkai.agencies.queries import OVERSEEING, ancestors, current_posts, successor_of


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
    REORGANISE = "reorganise"
    MANAGE_CALENDAR = "manage_calendar"
    SEE_PUBLICATIONS = "see_publications"
    DRAFT_PUBLICATIONS = "draft_publications"
    REVIEW_AS_HEAD = "review_as_head"
    REVIEW_CONFIDENTIALITY = "review_confidentiality"
    ANSWER_COORDINATION = "answer_coordination"
    RULE_ON_COORDINATION = "rule_on_coordination"
    SIGN_PUBLICATIONS = "sign_publications"
    WITHDRAW_PUBLICATIONS = "withdraw_publications"
    RECORD_CHANNELS = "record_channels"
    IMPORT_PUBLICATIONS = "import_publications"
    MANAGE_PUBLISHING = "manage_publishing"
    MANAGE_GUIDE = "manage_guide"
    MANAGE_DIRECTORIES = "manage_directories"
    COMPILE_GAZETTE = "compile_gazette"
    TRANSFER_PUBLICATIONS = "transfer_publications"
    RECEIVE_TRANSFERS = "receive_transfers"
    MANAGE_SUBSCRIPTIONS = "manage_subscriptions"


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
    Right.REORGANISE: frozenset({_R.ADMINISTRATOR}),
    Right.MANAGE_CALENDAR: frozenset({_R.ADMINISTRATOR}),
    Right.SEE_PUBLICATIONS: EVERYBODY,
    Right.DRAFT_PUBLICATIONS: frozenset({_R.DRAFTER, _R.DISCLOSURE_OFFICER}),
    Right.REVIEW_AS_HEAD: frozenset({_R.UNIT_HEAD}),
    Right.REVIEW_CONFIDENTIALITY: frozenset({_R.CONFIDENTIALITY_REVIEWER}),
    Right.ANSWER_COORDINATION: frozenset({_R.UNIT_HEAD, _R.DISCLOSURE_OFFICER}),
    Right.RULE_ON_COORDINATION: frozenset({_R.DISCLOSURE_OFFICER}),
    Right.SIGN_PUBLICATIONS: frozenset({_R.SIGNING_LEADER}),
    Right.WITHDRAW_PUBLICATIONS: frozenset({_R.DISCLOSURE_OFFICER, _R.SIGNING_LEADER}),
    Right.RECORD_CHANNELS: frozenset({_R.DRAFTER, _R.DISCLOSURE_OFFICER}),
    Right.IMPORT_PUBLICATIONS: frozenset({_R.DISCLOSURE_OFFICER, _R.ADMINISTRATOR}),
    Right.MANAGE_PUBLISHING: frozenset({_R.DISCLOSURE_OFFICER, _R.ADMINISTRATOR}),
    Right.MANAGE_GUIDE: frozenset({_R.DRAFTER, _R.DISCLOSURE_OFFICER}),
    Right.MANAGE_DIRECTORIES: frozenset({_R.DISCLOSURE_OFFICER, _R.ADMINISTRATOR}),
    Right.COMPILE_GAZETTE: frozenset({_R.DISCLOSURE_OFFICER}),
    Right.TRANSFER_PUBLICATIONS: frozenset({_R.DISCLOSURE_OFFICER}),
    Right.RECEIVE_TRANSFERS: frozenset({_R.RECEIVER}),
    Right.MANAGE_SUBSCRIPTIONS: frozenset({_R.DISCLOSURE_OFFICER, _R.ADMINISTRATOR}),
}

INHERITED: frozenset[Right] = frozenset(
    {
        *(Right.SEE_REPORTS, Right.IMPORT_REPORTS, Right.CORRECT_REPORTS, Right.CONFIRM_REPORTS, Right.PUBLISH_REPORTS),
        *(Right.SEE_AGENCY, Right.SEE_PUBLICATIONS, Right.WITHDRAW_PUBLICATIONS, Right.RECORD_CHANNELS),
        *(Right.ANSWER_COORDINATION, Right.RULE_ON_COORDINATION),
    }
)
"""Rights that a post gives also over what an abolished agency left to its successor (条例第十条): to answer for what is
out, never to release anything in the name of a body that is no more."""

NAMES: dict[Right, Any] = {
    Right.SEE_REPORTS: gettext_lazy("查看年度报告"),
    Right.IMPORT_REPORTS: gettext_lazy("导入年度报告"),
    Right.CORRECT_REPORTS: gettext_lazy("更正年度报告数据"),
    Right.CONFIRM_REPORTS: gettext_lazy("确认年度报告"),
    Right.PUBLISH_REPORTS: gettext_lazy("公布年度报告"),
    Right.SEE_AGENCY: gettext_lazy("查看机构"),
    Right.MANAGE_AGENCY: gettext_lazy("维护机构信息"),
    Right.MANAGE_POSTS: gettext_lazy("设置岗位"),
    Right.REORGANISE: gettext_lazy("调整机构设置"),
    Right.MANAGE_CALENDAR: gettext_lazy("维护节假日"),
    Right.SEE_PUBLICATIONS: gettext_lazy("查看信息"),
    Right.DRAFT_PUBLICATIONS: gettext_lazy("起草信息"),
    Right.REVIEW_AS_HEAD: gettext_lazy("科室审核"),
    Right.REVIEW_CONFIDENTIALITY: gettext_lazy("保密审查"),
    Right.ANSWER_COORDINATION: gettext_lazy("答复发布协调"),
    Right.RULE_ON_COORDINATION: gettext_lazy("裁定发布协调"),
    Right.SIGN_PUBLICATIONS: gettext_lazy("签发信息"),
    Right.WITHDRAW_PUBLICATIONS: gettext_lazy("撤下信息"),
    Right.RECORD_CHANNELS: gettext_lazy("登记发布渠道"),
    Right.IMPORT_PUBLICATIONS: gettext_lazy("导入信息"),
    Right.MANAGE_PUBLISHING: gettext_lazy("设置发布流程与规则"),
    Right.MANAGE_GUIDE: gettext_lazy("维护公开指南"),
    Right.MANAGE_DIRECTORIES: gettext_lazy("维护标准目录"),
    Right.COMPILE_GAZETTE: gettext_lazy("编辑政府公报"),
    Right.TRANSFER_PUBLICATIONS: gettext_lazy("送交政府信息"),
    Right.RECEIVE_TRANSFERS: gettext_lazy("接收送交"),
    Right.MANAGE_SUBSCRIPTIONS: gettext_lazy("管理信息订阅"),
}


def may(person: Person | AnonymousUser, right: Right, agency: Agency, at: date | None = None) -> bool:
    """Whether a post of the person gives the right over the agency on that day (today where none is given).

    A post gives rights over its own agency, those in `INHERITED` also over the agencies that it succeeded; one of
    `queries.OVERSEEING` also over all agencies below it. A deputy has the rights of the post whose holder is away.
    """
    if not person.is_authenticated or not person.is_active:
        return False
    return person.is_superuser or giving_post(person, right, agency, at) is not None


def giving_post(person: Person, right: Right, agency: Agency, at: date | None = None) -> Post | None:
    """The post that gives a person the right over the agency: one of their own before one in which they are deputy."""
    posts = list(current_posts(person, at).filter(role__in=ROLES[right]).select_related("person"))
    if not posts:
        return None
    places = [agency]
    if right in INHERITED and (heir := successor_of(agency)) is not None:
        places.append(heir)
    here = {place.pk for place in places}
    overseeing = any(post.role in OVERSEEING for post in posts)
    above = set().union(*(ancestors(place) for place in places)) if overseeing else set()
    giving = (p for p in posts if p.agency_id in here or (p.agency_id in above and p.role in OVERSEEING))
    return min(giving, key=lambda post: bool(post.person_id != person.pk), default=None)


def may_anywhere(person: Person | AnonymousUser, right: Right, at: date | None = None) -> bool:
    """Whether a post of the person gives the right over any agency at all."""
    if not person.is_authenticated or not person.is_active:
        return False
    return person.is_superuser or current_posts(person, at).filter(role__in=ROLES[right]).exists()


def may_reorganise(person: Person | AnonymousUser, agency: Agency) -> bool:
    """Whether a person may rename, move, merge or abolish an agency: that right is held at the one above it."""
    if agency.parent is not None:
        return may(person, Right.REORGANISE, agency.parent)
    return bool(person.is_authenticated and person.is_active and person.is_superuser)


def require(person: Person | AnonymousUser, right: Right, agency: Agency, at: date | None = None) -> None:
    """Raises NotAllowed where the person has no such right over the agency.

    Notes on the person for whom they stand in, if the right comes from somebody else's post: the trail states it.
    """
    post = None
    if person.is_authenticated and person.is_active and not person.is_superuser:
        post = giving_post(person, right, agency, at)
    if person.is_authenticated:
        person.standing_in = str(post.person) if post is not None and post.person_id != person.pk else ""
    if post is None and not (person.is_active and person.is_superuser):
        roles = pgettext("between items of a list", "、").join(
            str(label) for role, label in Role.choices if role in ROLES[right]
        )
        raise NotAllowed(
            _("您在%(agency)s没有“%(right)s”的权限。需要以下岗位之一：%(roles)s。请联系本机关管理员。")
            % {"agency": agency.name, "right": NAMES[right], "roles": roles}
        )
