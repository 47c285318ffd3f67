"""Fits our pages into the Wagtail admin: addresses, the menu in the office's order, the home page, the style."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import include, path, reverse_lazy
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.sidebar import LinkMenuItem

from gongkai.agencies.queries import visible_to
from gongkai.agencies.rights import ROLES, Right, may_anywhere
from gongkai.desk import publishing_menu, views_columns
from gongkai.desk.choosers import publication_chooser
from gongkai.desk.clock_panel import ClockPanel
from gongkai.desk.outlets_panel import OutletsPanel
from gongkai.desk.publications.notices import PublicationsPanel, to_coordinate, unread
from gongkai.publishing.queries.desk import waiting
from gongkai.reporting.models import Status
from gongkai.reporting.queries import counted, visible_batches, visible_reports

SHOWN = 20
OURS = (
    "desk-todo",
    "desk-notices",
    "desk-publications",
    "desk-coordination",
    publishing_menu.NAME,
    "desk-reports",
    "desk-agencies",
    "desk-accounts",
)


for moment in ("after_publish_page", "after_unpublish_page", "after_move_page"):
    hooks.register(moment, views_columns.back_to_list)
hooks.register("after_delete_page", views_columns.deleted)
hooks.register("construct_page_chooser_queryset", views_columns.known_pages)


@hooks.register("register_admin_viewset")
def chooser() -> Any:
    """The window in which a released publication is picked."""
    return publication_chooser


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    """Our pages below /admin/, behind Wagtail's own door."""
    return [path("", include("gongkai.desk.urls"))]


class AccountsItem(MenuItem):
    """The accounts of all people: for superusers only."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether the person sees it."""
        return bool(request.user.is_superuser)


class CountedItem(MenuItem):
    """An entry that says how many things wait behind it."""

    def __init__(self, *args: Any, count: Callable[[Any], int], **options: Any) -> None:
        super().__init__(*args, **options)
        self.count = count

    def render_component(self, request: HttpRequest) -> LinkMenuItem:
        """The entry with its count, where there is any."""
        waiting = self.count(request.user)
        label = gettext("%(label)s（%(n)s）") % {"label": self.label, "n": waiting} if waiting else self.label
        return LinkMenuItem(self.name, label, self.url, icon_name=self.icon_name, classname=self.classname)


class CoordinationItem(CountedItem):
    """Questions of other agencies: for those who answer them or rule on them."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether the person sees it."""
        return may_anywhere(request.user, Right.ANSWER_COORDINATION)


@hooks.register("register_admin_menu_item")
def todo_item() -> MenuItem:
    """我的待办."""
    home = reverse_lazy("wagtailadmin_home")
    return CountedItem(_("我的待办"), home, name="desk-todo", icon_name="tasks", order=10, count=waiting)


@hooks.register("register_admin_menu_item")
def notices_item() -> MenuItem:
    """消息."""
    address = reverse_lazy("desk:notices")
    return CountedItem(_("消息"), address, name="desk-notices", icon_name="mail", order=15, count=unread)


@hooks.register("register_admin_menu_item")
def publications_item() -> MenuItem:
    """信息发布."""
    address = reverse_lazy("desk:publications")
    return MenuItem(_("信息发布"), address, name="desk-publications", icon_name="doc-full-inverse", order=20)


@hooks.register("register_admin_menu_item")
def coordination_item() -> MenuItem:
    """发布协调."""
    address = reverse_lazy("desk:coordination")
    return CoordinationItem(
        _("发布协调"), address, name="desk-coordination", icon_name="comment", order=25, count=to_coordinate
    )


@hooks.register("register_admin_menu_item")
def outlets_item() -> MenuItem:
    """公开载体: guides, directories, gazette, transfer, exchange."""
    return publishing_menu.menu_item()


@hooks.register("register_admin_menu_item")
def reports_item() -> MenuItem:
    """年度报告."""
    return MenuItem(_("年度报告"), reverse_lazy("desk_reports"), name="desk-reports", icon_name="doc-full", order=50)


@hooks.register("register_admin_menu_item")
def agencies_item() -> MenuItem:
    """机构与人员."""
    return MenuItem(_("机构与人员"), reverse_lazy("desk_agencies"), name="desk-agencies", icon_name="group", order=70)


@hooks.register("register_admin_menu_item")
def accounts_item() -> MenuItem:
    """账号."""
    return AccountsItem(
        _("账号"), reverse_lazy("wagtailusers_users:index"), name="desk-accounts", icon_name="user", order=80
    )


@hooks.register("construct_main_menu", order=1000)
def only_ours(request: HttpRequest, items: list[Any]) -> None:
    """Leaves out what Wagtail brings and the office does not use yet."""
    items[:] = [item for item in items if item.name in OURS]


@hooks.register("construct_search", order=1000)
def no_search(request: HttpRequest, areas: list[Any]) -> None:
    """Wagtail's search in the menu finds only its own pages: each of our lists has a search of its own."""
    areas.clear()


class TodoPanel(Component):
    """What waits for the person: reports to confirm or publish, imports to settle."""

    template_name = "desk/todo.html"
    order = 10

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        """What each of the person's rights lets them do next."""
        person = parent_context["request"].user
        return {
            "queues": [
                queue
                for queue in (
                    _queue(person, _("待公布的年度报告"), Status.CONFIRMED, Right.PUBLISH_REPORTS),
                    _queue(person, _("待确认的年度报告"), Status.DRAFT, Right.CONFIRM_REPORTS),
                    _queue(person, _("待核对的年度报告"), Status.DRAFT, Right.CORRECT_REPORTS, Right.CONFIRM_REPORTS),
                )
                if queue["count"]
            ],
            "batches": list(counted(visible_batches(person)).filter(waiting__gt=0)[:10]),
            "may_import": may_anywhere(person, Right.IMPORT_REPORTS),
        }


def _queue(person: Any, title: Any, status: Any, right: Right, unless: Right | None = None) -> dict[str, Any]:
    """The reports in a state over which the person has a right, those with another right left out."""
    agencies = visible_to(person, roles=ROLES[right])
    if unless is not None:
        agencies = agencies.exclude(pk__in=visible_to(person, roles=ROLES[unless]))
    found = visible_reports(person).filter(status=status, agency__in=agencies)
    return {"title": title, "status": status, "count": found.count(), "reports": list(found[:SHOWN])}


@hooks.register("construct_homepage_panels", order=1000)
def our_panels(request: HttpRequest, panels: list[Any]) -> None:
    """The home page shows what waits, nothing else."""
    panels[:] = [ClockPanel(), PublicationsPanel(), OutletsPanel(), TodoPanel()]


@hooks.register("construct_homepage_summary_items", order=1000)
def no_summary(request: HttpRequest, items: list[Any]) -> None:
    """No counts of pages and images: the office has none yet."""
    items.clear()


@hooks.register("insert_global_admin_css")
def style() -> str:
    """Our style sheet, on every page of the admin."""
    return format_html('<link rel="stylesheet" href="{}">', static("desk/desk.css"))
