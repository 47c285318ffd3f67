"""Fits our pages into the Wagtail admin: addresses, the menu in the office's order, the home page, the style."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import include, path, reverse, reverse_lazy
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from gongkai.reporting.models import ItemState, Status
from gongkai.reporting.queries import visible_batches, visible_reports

OURS = ("desk-todo", "desk-reports", "desk-agencies", "desk-accounts")


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    """Our pages below /admin/, behind Wagtail's own door."""
    return [path("", include("gongkai.desk.urls"))]


class AccountsItem(MenuItem):
    """The accounts of all people: for superusers only."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether the person sees it."""
        return bool(request.user.is_superuser)


@hooks.register("register_admin_menu_item")
def todo_item() -> MenuItem:
    """我的待办."""
    return MenuItem("我的待办", reverse_lazy("wagtailadmin_home"), name="desk-todo", icon_name="tasks", order=10)


@hooks.register("register_admin_menu_item")
def reports_item() -> MenuItem:
    """年度报告."""
    return MenuItem("年度报告", reverse_lazy("desk_reports"), name="desk-reports", icon_name="doc-full", order=50)


@hooks.register("register_admin_menu_item")
def agencies_item() -> MenuItem:
    """机构与人员."""
    return MenuItem("机构与人员", reverse_lazy("desk_agencies"), name="desk-agencies", icon_name="group", order=70)


@hooks.register("register_admin_menu_item")
def accounts_item() -> MenuItem:
    """账号."""
    return AccountsItem(
        "账号", reverse_lazy("wagtailusers_users:index"), name="desk-accounts", icon_name="user", order=80
    )


@hooks.register("construct_main_menu", order=1000)
def only_ours(request: HttpRequest, items: list[Any]) -> None:
    """Leaves out what Wagtail brings and the office does not use yet."""
    items[:] = [item for item in items if item.name in OURS]


class TodoPanel(Component):
    """What waits for the person: reports to confirm or publish, imports to settle."""

    template_name = "desk/todo.html"
    order = 10

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        """How many of each."""
        request = parent_context["request"]
        reports = visible_reports(request.user)
        waiting = (ItemState.NEEDS_AGENCY, ItemState.NEEDS_YEAR, ItemState.EXISTS, ItemState.NOT_ALLOWED)
        return {
            "drafts": list(reports.filter(status=Status.DRAFT)[:10]),
            "draft_count": reports.filter(status=Status.DRAFT).count(),
            "confirmed_count": reports.filter(status=Status.CONFIRMED).count(),
            "batches": list(visible_batches(request.user).filter(items__state__in=waiting).distinct()[:10]),
            "reports_url": reverse("desk_reports"),
        }


@hooks.register("construct_homepage_panels", order=1000)
def our_panels(request: HttpRequest, panels: list[Any]) -> None:
    """The home page shows what waits, nothing else."""
    panels[:] = [TodoPanel()]


@hooks.register("construct_homepage_summary_items", order=1000)
def no_summary(request: HttpRequest, items: list[Any]) -> None:
    """No counts of pages and images: the office has none yet."""
    items.clear()


@hooks.register("insert_global_admin_css")
def style() -> str:
    """Our style sheet, on every page of the admin."""
    return format_html('<link rel="stylesheet" href="{}">', static("desk/desk.css"))
