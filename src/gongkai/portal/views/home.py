"""The home page, and the reader's preferences."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from gongkai.portal.caching import public_page
from gongkai.portal.context import ELDER_COOKIE
from gongkai.reporting import queries, statistics

_YEAR_SECONDS = 365 * 24 * 3600


@public_page()
def home(request: HttpRequest) -> HttpResponse:
    """The question box, the doors, what is new, and what the figures say."""
    years = queries.years()
    return render(
        request,
        "portal/home.html",
        {
            "latest": queries.latest(8),
            "summary": statistics.summary(years[0]) if years else None,
            "years": years,
        },
    )


@require_safe
def preferences(request: HttpRequest) -> HttpResponse:
    """Keep the reader's language or size of type in a cookie and go back to the page that they came from."""
    target = request.GET.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
        target = "/"
    response = HttpResponseRedirect(target)
    response["Cache-Control"] = "no-store"
    language = request.GET.get("language")
    if language in dict(settings.LANGUAGES):
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, language, max_age=_YEAR_SECONDS, samesite="Lax")
    elder = request.GET.get("elder")
    if elder == "on":
        response.set_cookie(ELDER_COOKIE, "on", max_age=_YEAR_SECONDS, samesite="Lax")
    elif elder == "off":
        response.delete_cookie(ELDER_COOKIE, samesite="Lax")
    return response
