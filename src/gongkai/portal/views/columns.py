"""Topic columns: Wagtail's pages with the tags of our own, and as feeds."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from wagtail.views import serve

from gongkai.portal import feed, listing, meta
from gongkai.portal.caching import public_page
from gongkai.publishing.models import ColumnPage


@public_page()
def column(request: HttpRequest, path: str) -> HttpResponse:
    """The page that Wagtail finds; a column can be followed like every list."""
    response: HttpResponse = serve(request, path)
    context: Any = getattr(response, "context_data", None) or {}
    page = context.get("page")
    if page is None:
        return response
    if isinstance(page, ColumnPage) and (form := feed.wanted_format(request)):
        return feed.respond(form, _newest(context), title=page.title, path=request.path)
    follows = feed.links(request.path, page.title) if isinstance(page, ColumnPage) else []
    about = page.search_description or page.title
    column = meta.Column(page.title, about, page.title, "专题专栏")
    context["head"] = meta.head(request.path, page.title, column=column, description=about, feeds=follows)
    context["feeds"] = follows
    return response


def _newest(context: dict[str, Any]) -> list[listing.Row]:
    """What was put in by hand and what the rule selects, each once, newest first."""
    held = context["held"]
    lines = {line.id: line for line in [*context["chosen"], *(held.lines if held else [])]}
    found = sorted(lines.values(), key=lambda line: line.published_at, reverse=True)
    return listing.rows(found[: listing.FEED_SIZE])
