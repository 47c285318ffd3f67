"""Who may do what with topic columns: those who manage publishing, each with the columns of their agencies only.

Wagtail asks a page for its tester and, for lists, the policy; both are answered from posts, so that the rule holds for
every view of Wagtail by which a page may be reached.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from wagtail.models import GroupPagePermission, Page, PagePermissionTester
from wagtail.permission_policies.pages import PagePermissionPolicy

from gongkai.agencies.models import Agency
from gongkai.agencies.queries import visible_to
from gongkai.agencies.rights import ROLES, Right, may_anywhere

WHOLE = frozenset({"add", "change", "publish"})
"""What may be done with a column of one's own agency."""
BELOW = frozenset({"add", "publish"})
"""What may be done with the root: columns are put below it."""


def managed_agencies(person: Any) -> QuerySet[Agency]:
    """The agencies whose columns a person may edit."""
    return visible_to(person, roles=ROLES[Right.MANAGE_PUBLISHING])


def columns_of(person: Any) -> QuerySet[Any]:
    """The columns that a person may edit; a superuser also those that no agency answers for."""
    from gongkai.publishing.models import ColumnPage

    if person.is_active and person.is_superuser:
        return ColumnPage.objects.all()
    return ColumnPage.objects.filter(agency__in=managed_agencies(person))


def manages(person: Any, agency: int | None) -> bool:
    """Whether a person may edit the columns of an agency."""
    return agency is not None and managed_agencies(person).filter(pk=agency).exists()


class _Tester(PagePermissionTester):
    """What holds for every page: no moderation, no locks, no readers shut out."""

    def can_submit_for_moderation(self) -> bool:
        """Never: a column has no path."""
        return False

    def can_lock(self) -> bool:
        """Never."""
        return False

    def can_set_view_restrictions(self) -> bool:
        """Never: what is disclosed is for everybody."""
        return False


class IndexTester(_Tester):
    """The root of columns: others put columns below it, only a superuser changes itself."""

    def __init__(self, user: Any, page: Any) -> None:
        super().__init__(user, page)
        if user.is_active and not user.is_superuser:
            self.permissions = set(BELOW) if may_anywhere(user, Right.MANAGE_PUBLISHING) else set()

    def can_publish(self) -> bool:
        """Only a superuser."""
        return bool(self.user.is_active and self.user.is_superuser)

    def can_unpublish(self) -> bool:
        """Nobody: all columns would be gone."""
        return False

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """Nobody."""
        return False

    def can_reorder_children(self) -> bool:
        """Only a superuser: the order concerns the columns of all."""
        return bool(self.user.is_active and self.user.is_superuser)


class ColumnTester(_Tester):
    """A column: for those who manage publishing of its agency."""

    def __init__(self, user: Any, page: Any) -> None:
        super().__init__(user, page)
        if user.is_active and not user.is_superuser:
            self.permissions = set(WHOLE) if manages(user, page.agency_id) else set()

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """Only with all columns below it: one that holds another agency's column stays."""
        if not self.user.is_active or self.user.is_superuser:
            return bool(self.user.is_active)
        return "change" in self.permissions and self._all_below()

    def can_copy_to(self, destination: Any, recursive: bool = False) -> bool:
        """With the columns below it only where they are one's own too."""
        allowed = bool(super().can_copy_to(destination, recursive=recursive))
        return allowed and (not recursive or self.user.is_superuser or self._all_below())

    def _all_below(self) -> bool:
        below = self.page.get_descendants().values("pk")
        return not below.exclude(pk__in=columns_of(self.user).values("pk")).exists()


class ColumnPolicy(PagePermissionPolicy):
    """Wagtail's policy of pages, with posts in place of groups."""

    def get_all_permissions_for_user(self, user: Any) -> list[GroupPagePermission]:
        """What the posts of a person allow, in the form in which Wagtail keeps it; nothing of it is stored."""
        if not user.is_active or user.is_anonymous or user.is_superuser:
            return []
        if not may_anywhere(user, Right.MANAGE_PUBLISHING):
            return []
        found = _as_permissions(_roots(), BELOW)
        return found + _as_permissions(columns_of(user), WHOLE)

    def user_has_any_permission_for_instance(self, user: Any, actions: Iterable[str], instance: Any) -> bool:
        """As the page's own tester says."""
        if (base := self._base_user_has_permission(user)) is not None:
            return bool(base)
        return bool(set(actions) & instance.permissions_for_user(user).permissions)

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> Any:
        """The columns of one's agencies, not what else stands below them."""
        if (base := self._base_queryset_for_user(user)) is not None:
            return base
        held = [p.page_id for p in self.get_cached_permissions_for_user(user) if _action(p) in set(actions)]
        return self.model._default_manager.filter(pk__in=held)


def _roots() -> Iterable[Any]:
    from gongkai.publishing.models import ColumnIndexPage

    return ColumnIndexPage.objects.all()


def _as_permissions(pages: Iterable[Any], actions: Iterable[str]) -> list[GroupPagePermission]:
    return [
        GroupPagePermission(page=Page(pk=page.pk, path=page.path, depth=page.depth), permission=kind)
        for page in pages
        for kind in (Permission(codename=f"{action}_page") for action in sorted(actions))
    ]


def _action(permission: GroupPagePermission) -> str:
    return str(permission.permission.codename).removesuffix("_page")
