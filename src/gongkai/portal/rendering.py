"""Fills the templates of public pages: with the site's name and the reader's preferences, and nothing of a session."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template
from django.templatetags.static import static
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from gongkai.portal.context import Preferences, preferences_of, site, values

_MARK = mark_safe("\x00")
_FRAMES: dict[tuple[object, ...], list[str]] = {}
_MOST_FRAMES = 500


def page(request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """A page that is the same for everybody with the same preferences."""
    return HttpResponse(get_template(template).render(site(request) | context), status=status)


def framed(
    request: HttpRequest,
    section: str,
    title: str,
    *,
    head: SafeString,
    crumbs: str,
    content: str,
    body: str = "",
    sheets: Sequence[str] = (),
    status: int = 200,
) -> HttpResponse:
    """A page whose parts are made already: all but the title is HTML; `body` holds attributes of the body element.

    `sheets` are style sheets that this page needs besides those of every page.
    """
    one, two, three, four, five, six, seven = _frame(preferences_of(request), section)
    links = "".join(f'<link rel="stylesheet" href="{static(sheet)}">' for sheet in sheets)
    parts = (one, escape(title), two, head, three, links, four, body, five, crumbs, six, content, seven)
    return HttpResponse("".join(parts), status=status)


def _frame(preferences: Preferences, section: str) -> list[str]:
    """What stands around the parts of a page: `base.html` cut where they belong, made once for a reader's choices."""
    key = (preferences, section, settings.WAGTAIL_SITE_NAME, settings.GONGKAI_SITE["id"])
    found = _FRAMES.get(key)
    if found is None:
        if len(_FRAMES) > _MOST_FRAMES:
            _FRAMES.clear()
        context = {**values(preferences), "section": section, "mark": _MARK, "head": _MARK}
        found = get_template("portal/frame.html").render(context).split("\x00")
        if not settings.DEBUG:
            _FRAMES[key] = found
    return found
