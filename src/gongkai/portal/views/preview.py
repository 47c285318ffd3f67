"""The public page of a draft, for staff who may see it: never kept by caches, never found by search engines."""

from __future__ import annotations

import re

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from gongkai.portal import meta, paper, published
from gongkai.portal.rendering import page as render
from gongkai.publishing.actions.inviting import read_draft
from gongkai.publishing.models import Publication
from gongkai.publishing.queries.desk import may_see
from gongkai.publishing.queries.previews import preview_page

ROBOTS = "noindex, nofollow, noarchive"
_FILE = re.compile(r'(\b(?:src|href)=")/files/([0-9]{1,12})/"')


@never_cache
@require_safe
@xframe_options_sameorigin
def preview(request: HttpRequest, id: int) -> HttpResponse:
    """The newest draft of a publication as readers will see it; to everybody else it does not exist."""
    row = _seen(request, id)
    page = preview_page(row, timezone.now())
    path = reverse("portal:publication", args=[row.pk])
    body, name, heir = published.maker(page)
    categories = published.categories(page)
    context = {
        "p": page,
        # Both are made of escaped values and of the text that was cleaned when it was written.
        "crumbs": mark_safe(paper.crumbs(page, body, categories)),
        "paper": mark_safe(paper.paper(page, body, name, heir, path, categories)),
        "head": meta.head(path, page.title, index=False),
        "staff_page": reverse("desk:publication", args=[row.pk]),
        "released": row.is_public and not row.has_unpublished_changes,
    }
    response = render(request, "portal/preview.html", context)
    html = _FILE.sub(lambda m: f'{m[1]}{_staff_address(row.pk, int(m[2]))}"', response.content.decode())
    machine, own = (reverse(f"portal:publication{part}-json", args=[row.pk]) for part in ("", "-preview"))
    response.content = html.replace(f'href="{machine}"', f'href="{own}"')
    response["X-Robots-Tag"] = ROBOTS
    return response


@never_cache
@require_safe
def preview_json(request: HttpRequest, id: int) -> HttpResponse:
    """The newest draft as the machine-readable page will give it, for the same people."""
    row = _seen(request, id)
    found = published.as_json(preview_page(row, timezone.now()))
    response = JsonResponse(found, json_dumps_params={"ensure_ascii": False})
    response["X-Robots-Tag"] = ROBOTS
    return response


def _seen(request: HttpRequest, id: int) -> Publication:
    row: Publication | None = Publication.objects.select_related("agency", "latest_revision").filter(pk=id).first()
    if row is None or not request.user.is_authenticated or not may_see(request.user, row):
        raise Http404
    read_draft(row, by=request.user)
    return row


def _staff_address(publication: int, attachment: int) -> str:
    """Where staff open a file before its release; an invited reader may too."""
    return reverse("desk:publication-file", args=[publication, attachment])
