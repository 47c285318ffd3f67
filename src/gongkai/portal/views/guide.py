"""The guide of an agency (政府信息公开指南)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from gongkai.agencies.models import Agency
from gongkai.agencies.queries import successor_of
from gongkai.portal.caching import public_page
from gongkai.publishing.queries.guide import guide_of


@public_page()
def guide(request: HttpRequest, slug: str) -> HttpResponse:
    """What the agency discloses, how it is arranged and how to get it, and whom to ask (条例第十二条)."""
    agency = get_object_or_404(Agency.objects.select_related("parent", "successor"), slug=slug)
    view = guide_of(agency)
    context = {"section": "agencies", "agency": agency, "view": view, "successor": successor_of(agency)}
    return render(request, "portal/guide.html", context)
