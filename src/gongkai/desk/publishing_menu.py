"""The menu of the pages around publications: each entry shown to those whose posts let them do something there."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from gongkai.agencies.models import Role
from gongkai.agencies.queries import current_posts
from gongkai.agencies.rights import ROLES, Right

NAME = "desk-outlets"
_R: Any = Role
_ANSWERING = (_R.UNIT_HEAD, _R.SIGNING_LEADER, _R.SUPERVISOR)
"""Who is told of months that were not handed over, and finds them listed there."""


class RightItem(MenuItem):
    """An entry for those who have one of some rights over any agency, and for holders of posts that answer for it."""

    def __init__(
        self, label: Any, url: Any, rights: tuple[Right, ...], roles: tuple[Any, ...] = (), **options: Any
    ) -> None:
        super().__init__(label, url, **options)
        self.rights = rights
        self.roles = roles

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether the person sees it."""
        if request.user.is_superuser:
            return True
        return not roles_of(request).isdisjoint(set(self.roles).union(*(ROLES[right] for right in self.rights)))


def roles_of(request: HttpRequest) -> frozenset[str]:
    """The roles that the person holds today, a deputy's among them; asked once a request, for each entry needs them."""
    known: Any = request
    if not hasattr(known, "desk_roles"):
        known.desk_roles = frozenset(current_posts(request.user).values_list("role", flat=True))
    roles: frozenset[str] = known.desk_roles
    return roles


def menu_item() -> SubmenuMenuItem:
    """公开载体 with its entries."""
    return SubmenuMenuItem(_("公开载体"), Menu(items=_items()), name=NAME, icon_name="list-ul", order=30)


def _items() -> list[MenuItem]:
    entries: tuple[tuple[Any, str, tuple[Right, ...], tuple[Any, ...]], ...] = (
        (_("指南与目录"), "desk_guides", (Right.MANAGE_GUIDE, Right.MANAGE_PUBLISHING), ()),
        (_("标准目录"), "desk_directories", (Right.DRAFT_PUBLICATIONS, Right.MANAGE_DIRECTORIES), ()),
        (_("政府公报"), "desk_gazette", (Right.COMPILE_GAZETTE,), ()),
        (_("专栏"), "desk_columns", (Right.MANAGE_PUBLISHING,), ()),
        (_("送交"), "desk_transfers", (Right.TRANSFER_PUBLICATIONS, Right.RECEIVE_TRANSFERS), _ANSWERING),
        (_("信息订阅"), "desk_subscriptions", (Right.MANAGE_SUBSCRIPTIONS,), ()),
        (_("检索记录"), "desk_searches", (Right.MANAGE_PUBLISHING,), ()),
    )
    return [
        RightItem(label, reverse_lazy(name), rights, roles, name=name.replace("_", "-"), order=order)
        for order, (label, name, rights, roles) in enumerate(entries)
    ]
