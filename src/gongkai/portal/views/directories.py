"""Standard directories for the public: what must be disclosed, by whom, and what is there."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from gongkai.agencies.models import Agency
from gongkai.portal.caching import public_page
from gongkai.publishing.queries.coverage import Filled, coverage, directories


@public_page(seconds=300)
def index(request: HttpRequest) -> HttpResponse:
    """The directories in use, each with how much of it is filled."""
    today = timezone.localdate()
    rows = [coverage(directory, today) for directory in directories()]
    return render(request, "portal/directories.html", {"section": "directories", "rows": rows})


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
    context = {
        "section": "directories",
        "directory": row,
        "coverage": shown,
        "states": [(value, label, shown.totals[value]) for value, label in Filled.choices],
        **chosen,
    }
    return render(request, "portal/directory.html", context)
