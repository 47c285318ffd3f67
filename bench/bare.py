"""The yardstick of `portal.py`: bare Django views over the same tables, with no template, no language, no metadata."""

from __future__ import annotations

import os
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.settings.production")

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.urls import path

django.setup()


def item(request: HttpRequest, pk: int) -> HttpResponse:
    """One publication by its key: one query, one string."""
    from gongkai.publishing.models import Publication

    row = Publication.objects.values("title", "body", "index_number", "agency__name").get(pk=pk, state="published")
    return HttpResponse("<!doctype html><title>{title}</title><h1>{title}</h1>{body}".format(**row))


def items(request: HttpRequest) -> HttpResponse:
    """The newest twenty: one query, one string."""
    from gongkai.publishing.models import Publication

    rows = Publication.objects.filter(state="published").order_by("-published_at", "-pk")
    lines = (
        f"<li>{r['title']} {r['agency__name']}" for r in rows.values("pk", "title", "published_at", "agency__name")[:20]
    )
    return HttpResponse(f"<!doctype html><title>list</title><ul>{''.join(lines)}</ul>")


urlpatterns: list[Any] = [path("p/<int:pk>/", item), path("", items)]
settings.ROOT_URLCONF = __name__
settings.MIDDLEWARE = []
application = WSGIHandler()
