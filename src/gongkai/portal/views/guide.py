"""The guide of an agency (政府信息公开指南)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from gongkai.agencies.models import Agency
from gongkai.agencies.queries import successor_of
from gongkai.portal import meta
from gongkai.portal.caching import public_page
from gongkai.portal.rendering import page as render
from gongkai.publishing.queries.guide import guide_of


@public_page()
def guide(request: HttpRequest, slug: str) -> HttpResponse:
    """What the agency discloses, how it is arranged and how to get it, and whom to ask (条例第十二条)."""
    agency = get_object_or_404(Agency.objects.select_related("parent", "successor"), slug=slug)
    view = guide_of(agency)
    title = _("%(name)s政府信息公开指南") % {"name": agency.name}
    says = _("%(name)s公开哪些信息、怎样编排、怎样获取，以及政府信息公开工作机构的联系方式。") % {"name": agency.name}
    column = meta.Column(title, says, title, "政府信息公开指南")
    context = {
        "section": "agencies",
        "agency": agency,
        "view": view,
        "successor": successor_of(agency),
        "title": title,
        "head": meta.head(f"/agencies/{agency.slug}/guide/", title, column=column, description=says),
    }
    return render(request, "portal/guide.html", context)
