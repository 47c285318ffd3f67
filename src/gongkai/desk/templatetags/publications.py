"""Tags for the pages of publications: marks of states and days."""

from __future__ import annotations

from datetime import date

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from gongkai.desk.publications import presenting
from gongkai.publishing.models import Publication

register = template.Library()


def _shown(mark: presenting.Mark | None, nothing: str = "—") -> SafeString | str:
    if mark is None:
        return nothing
    return format_html(
        '<span class="desk-state desk-state--{}"><span aria-hidden="true" class="desk-shape">{}</span>{}</span>',
        mark.tone,
        mark.shape,
        mark.words,
    )


@register.simple_tag
def state_of(publication: Publication) -> SafeString | str:
    """The state of a publication."""
    return _shown(presenting.state_mark(publication))


@register.simple_tag
def validity_of(publication: Publication) -> SafeString | str:
    """Whether a document is in force; nothing where that is not stated."""
    return _shown(presenting.validity_mark(publication), "")


@register.simple_tag
def due(day: date | None) -> SafeString | str:
    """Working days left until a day, with the day itself."""
    mark = presenting.due_mark(day)
    if mark is None or day is None:
        return "—"
    return format_html(
        '<span class="desk-due desk-due--{}"><span aria-hidden="true" class="desk-shape">{}</span>{}'
        ' <time datetime="{}">{}</time></span>',
        mark.tone,
        mark.shape,
        mark.words,
        day.isoformat(),
        day.strftime("%m-%d"),
    )
