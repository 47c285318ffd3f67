"""The topic columns that a person may edit; the editing itself is done in Wagtail's page editor."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gongkai.agencies.rights import Right, may_anywhere
from gongkai.publishing.columns_trail import note_deleted
from gongkai.publishing.models import ColumnIndexPage, ColumnPage
from gongkai.publishing.queries.columns import columns_for


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """The columns of the person's agencies, in levels."""
    if not may_anywhere(request.user, Right.MANAGE_PUBLISHING):
        raise PermissionDenied(_("维护专栏需要政府信息公开工作人员或者管理员岗位。"))
    context = {
        "header_title": _("专栏"),
        "page_title": _("专栏"),
        "header_icon": "folder-open-inverse",
        "breadcrumbs_items": [{"url": "", "label": _("专栏")}],
        "rows": columns_for(request.user),
        "root": ColumnIndexPage.objects.order_by("path").first(),
    }
    return render(request, "desk/columns/index.html", context)


def back_to_list(request: HttpRequest, page: Any, *more: Any) -> HttpResponse | None:
    """After the work on a column, its list is shown, not Wagtail's tree of pages."""
    return redirect("desk_columns") if isinstance(page.specific, ColumnPage) else None


def deleted(request: HttpRequest, page: Any) -> HttpResponse | None:
    """Notes who deleted a column."""
    if not isinstance(page, ColumnPage):
        return None
    note_deleted(page, request.user)
    return redirect("desk_columns")


def known_pages(pages: Any, request: HttpRequest) -> Any:
    """Links lead to columns that are public or one's own: the drafts of others do not show."""
    from wagtail.models import Page
    from wagtail.permissions import policy_registry

    own = policy_registry.get_by_type(Page).explorable_instances(request.user)
    return pages.filter(pk__in=own.values("pk")) | pages.filter(live=True)
