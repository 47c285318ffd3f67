"""Tags of every public page: its head and foot, which are made once for each choice of a reader, and small parts."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import template
from django.conf import settings
from django.template.loader import get_template
from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gongkai.portal import labels, meta
from gongkai.portal.context import Preferences
from gongkai.portal.context import values as standing
from gongkai.publishing.models import ENDED, Validity

register = template.Library()

_MADE: dict[tuple[object, ...], SafeString] = {}
_MOST_MADE = 500


def _made(name: str, preferences: Preferences, **values: Any) -> SafeString:
    """A part of the page that depends on nothing but the reader's preferences and a few values."""
    key = (name, preferences, settings.WAGTAIL_SITE_NAME, settings.GONGKAI_SITE["id"], *values.items())
    found = _MADE.get(key)
    if found is None:
        if len(_MADE) > _MOST_MADE:
            _MADE.clear()
        found = mark_safe(get_template(f"portal/parts/{name}.html").render(standing(preferences) | values))
        if not settings.DEBUG:
            _MADE[key] = found
    return found


@register.simple_tag(takes_context=True)
def site_head(context: template.Context) -> SafeString:
    """What the head element of every page holds."""
    return _made("head", _preferences(context))


@register.simple_tag(takes_context=True)
def site_header(context: template.Context) -> SafeString:
    """The header with the search box and the main columns; the one of the page itself is marked."""
    return _made("header", _preferences(context), section=str(context.get("section", "")))


@register.simple_tag(takes_context=True)
def site_footer(context: template.Context) -> SafeString:
    """The footer with what a government site must say about itself."""
    return _made("footer", _preferences(context))


@register.simple_tag
def site_tags() -> SafeString:
    """The meta tags of a page that is neither a column nor content."""
    return meta.site_tags()


def _preferences(context: template.Context) -> Preferences:
    found = context.get("preferences")
    return found if isinstance(found, Preferences) else Preferences(get_language() or "", False, False, False)


@register.filter
def article(basis: str) -> str:
    """An article of the regulation in the reader's language."""
    return labels.article(basis)


@register.filter
def day(value: datetime | date | None) -> str:
    """A date as lists show it."""
    if isinstance(value, datetime):
        value = timezone.localtime(value)
    return f"{value:%Y-%m-%d}" if value else ""


@register.filter
def moment(value: datetime | None) -> str:
    """A date with its time."""
    return f"{timezone.localtime(value):%Y-%m-%d %H:%M}" if value else ""


@register.filter
def listed(id: str) -> str:
    """The label of an entry of an official list."""
    return labels.listed(id)


_TAGS: dict[Any, str] = {Validity.REPEALED: "ended", Validity.LAPSED: "ended", Validity.NOT_YET: "info"}


@register.filter
def validity_tag(id: Any) -> SafeString:
    """Whether a document is in force, as a word in a frame; nothing where it goes without saying."""
    if not id or id == Validity.EFFECTIVE:
        return mark_safe("")
    mark = "⊘ " if id in ENDED else ""
    return mark_safe(f'<span class="tag {_TAGS.get(id, "warning")}">{mark}{escape(labels.validity(id))}</span>')


_UNITS = ((1024**3, "GB"), (1024**2, "MB"), (1024, "KB"))


@register.filter
def size(value: int) -> str:
    """The size of a file as people read it."""
    for unit, name in _UNITS:
        if value >= unit:
            return f"{value / unit:.1f} {name}" if value < 10 * unit else f"{value // unit} {name}"
    return _("%(n)s 字节") % {"n": value}
