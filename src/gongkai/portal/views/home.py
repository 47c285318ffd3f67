"""The home page, and the reader's preferences."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.templatetags.static import static
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongkai.portal import listing, meta
from gongkai.portal.caching import public_page
from gongkai.portal.context import CONTRAST_COOKIE, ELDER_COOKIE, SIZE_COOKIE
from gongkai.portal.rendering import page as render
from gongkai.publishing.models import POLICY_KINDS, Kind
from gongkai.publishing.queries import columns, public, statistics
from gongkai.publishing.queries.public import Wanted
from gongkai.reporting import queries as reports

_YEAR_SECONDS = 365 * 24 * 3600
_SWITCHES = {"elder": (ELDER_COOKIE, "on"), "size": (SIZE_COOKIE, "large"), "contrast": (CONTRAST_COOKIE, "high")}


@public_page()
def home(request: HttpRequest) -> HttpResponse:
    """The question box, the doors, what is new, and what the figures say this month."""
    minute = timezone.localtime().isoformat()[:16]
    return render(request, "portal/home.html", listing.kept(("home", get_language(), minute), _context))


def _context() -> dict[str, Any]:
    """All that the home page shows; it is the same for everybody for as long as nothing changes."""
    today = timezone.localdate()
    policies = _newest(tuple(POLICY_KINDS), 6)
    interpretations = _newest((Kind.INTERPRETATION,), 4)
    notices = _newest((Kind.NOTICE,), 5)
    shown = {row.line.id for row in (*policies, *interpretations, *notices)}
    others = [row for row in listing.rows(public.lines(Wanted(), limit=8 + len(shown))) if row.line.id not in shown]
    return {
        "section": "home",
        "policies": policies,
        "latest": others[:8],
        "interpretations": interpretations,
        "notices": notices,
        "clarifications": _newest((Kind.CLARIFICATION,), 2),
        "figures": statistics.in_short(today=today),
        "month": today,
        "columns": columns.top_columns(6),
        "reports": reports.latest(3),
        "head": _head(),
    }


def _newest(kinds: tuple[Any, ...], limit: int) -> list[listing.Row]:
    return listing.rows(public.lines(Wanted(kinds=kinds), limit=limit))


def _head() -> Any:
    name = settings.WAGTAIL_SITE_NAME
    search = f"{meta.absolute('/search/')}?q={{q}}"
    data = {
        "@context": "https://schema.org",
        "@type": "WebSite",
        "name": name,
        "url": meta.absolute("/"),
        "potentialAction": {"@type": "SearchAction", "target": search, "query-input": "required name=q"},
        "publisher": {"@type": "GovernmentOrganization", "name": settings.GONGKAI_SITE["owner"] or name},
    }
    about = _("找政府文件，看政策解读，申请政府信息，查各机关的公开指南、目录和年度报告。")
    return meta.head(
        "/",
        name,
        description=about,
        data=data,
        feeds=[meta.Feed("application/atom+xml", "/latest/?format=atom", "Atom")],
    )


@require_safe
def preferences(request: HttpRequest) -> HttpResponse:
    """Keep the reader's language, size of type or contrast in a cookie and go back to the page that they came from."""
    response = HttpResponseRedirect(_back(request))
    response["Cache-Control"] = "no-store"
    language = request.GET.get("language")
    if language in dict(settings.LANGUAGES):
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, language, max_age=_YEAR_SECONDS, samesite="Lax")
    for name, (cookie, on) in _SWITCHES.items():
        wanted = request.GET.get(name)
        if wanted == on:
            response.set_cookie(cookie, on, max_age=_YEAR_SECONDS, samesite="Lax")
        elif wanted:
            response.delete_cookie(cookie, samesite="Lax")
    return response


@require_safe
def icon(request: HttpRequest) -> HttpResponse:
    """Where browsers look for the icon of pages that name none."""
    response = HttpResponseRedirect(static("portal/icon.svg"))
    response["Cache-Control"] = "public, max-age=86400"
    return response


def _back(request: HttpRequest) -> str:
    """The page to go back to: the one that is named, else the one that the reader came from."""
    target = request.GET.get("next", "")
    if not target:
        came = urlsplit(request.META.get("HTTP_REFERER", ""))
        here = came.netloc == request.get_host() and not came.path.startswith(request.path)
        target = f"{came.path}?{came.query}" if here and came.query else came.path if here else "/"
    return target if url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}) else "/"
