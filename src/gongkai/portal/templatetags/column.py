"""Tags of topic columns: the rows of their publications, and the place among the pages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template

from gongkai.portal import listing
from gongkai.publishing.queries.columns import Held
from gongkai.publishing.queries.public import Line

register = template.Library()


@register.simple_tag
def column_rows(lines: Iterable[Line]) -> list[listing.Row]:
    """The lines as a list shows them."""
    return listing.rows(lines or [])


@register.simple_tag
def column_place(held: Held) -> dict[str, Any]:
    """Which page of the column this is, for `portal/parts/pages.html`."""
    return {
        "page": held.page,
        "pages": held.pages,
        "previous": f"?page={held.page - 1}" if held.page > 1 else "",
        "next": f"?page={held.page + 1}" if held.page < held.pages else "",
    }
