"""Standard directories for the public: what must be disclosed, by whom, and what is there."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.agencies.models import Agency
from gongkai.portal import meta
from gongkai.portal.caching import public_page
from gongkai.portal.rendering import page as render
from gongkai.publishing.queries.coverage import Filled, coverage, directories


@public_page(seconds=300)
def index(request: HttpRequest) -> HttpResponse:
    """The directories in use, each with how much of it is filled."""
    today = timezone.localdate()
    title, lead = _("政务公开事项标准目录"), _("各领域应当公开什么、由谁公开、多久更新一次；哪些还空着，也如实列出。")
    column = meta.Column(title, lead, title, "政府信息公开目录")
    context = {
        "section": "directories",
        "rows": [coverage(directory, today) for directory in directories()],
        "title": title,
        "lead": lead,
        "head": meta.head("/directories/", title, column=column, description=lead),
    }
    return render(request, "portal/directories.html", context)


@public_page(seconds=300)
def directory(request: HttpRequest, pk: int) -> HttpResponse:
    """One directory row by row with the newest publication of each agency; `?agency=` and `?state=` narrow it."""
    row = get_object_or_404(directories(), pk=pk)
    slug, state = request.GET.get("agency", ""), request.GET.get("state", "")
    chosen: dict[str, Any] = {
        "agency": Agency.objects.filter(slug=slug).first() if slug else None,
        "state": state if state in Filled.values else "",
    }
    shown = coverage(row, timezone.localdate(), **chosen)
    column = meta.Column(row.name, row.name, row.name, "政府信息公开目录")
    context = {
        "section": "directories",
        "head": meta.head(f"/directories/{row.pk}/", row.name, column=column),
        "directory": row,
        "coverage": shown,
        "states": [(value, label, shown.totals[value]) for value, label in Filled.choices],
        **chosen,
    }
    return render(request, "portal/directory.html", context)
