"""Fills the templates of public pages: with the site's name and the reader's preferences, and nothing of a session."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template

from gongkai.portal.context import site


def page(request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """A page that is the same for everybody with the same preferences."""
    return HttpResponse(get_template(template).render(site(request) | context), status=status)
