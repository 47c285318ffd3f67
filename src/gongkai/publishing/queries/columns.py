"""What a topic column holds: publications by its rule, publications put in by hand, and columns below it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count
from wagtail.models import Revision

from gongkai.agencies.models import Agency, Person
from gongkai.agencies.queries import descendants
from gongkai.publishing.columns_access import columns_of
from gongkai.publishing.models import ColumnPage
from gongkai.publishing.queries import public
from gongkai.publishing.queries.public import Line, Wanted

PAGE_SIZE = 20
MOST_BY_WORDS = 1000


@dataclass(frozen=True, slots=True)
class Held:
    """A page of what a column selects by its rule."""

    lines: list[Line]
    total: int
    page: int
    pages: int


def column_context(column: Any, page: str | None) -> dict[str, Any]:
    """What the template of a column shows: `chosen` lines, `held` by the rule, and the live columns `below`."""
    number = int(page) if page and page.isascii() and page.isdigit() and len(page) < 5 else 1
    hand = chosen(column)
    return {
        "chosen": hand,
        "held": held(column, max(1, number)) if has_rule(column) else None,
        "below": column.get_children().live().public().specific(),
        "above": [one for one in column.get_ancestors().live().specific() if one.depth > 1],
    }


def has_rule(column: Any) -> bool:
    """Whether the column selects anything by itself."""
    return bool(column.kind or column.category or column.theme or column.words)


def chosen(column: Any) -> list[Line]:
    """What was put in by hand, in its order; what is not public is left out."""
    ids = [one.publication_id for one in column.chosen.all()]
    return public.lines_by_id(ids)


def held(column: Any, number: int) -> Held:
    """A page of what the rule selects, newest first."""
    wanted = Wanted(
        agencies=_reach(column.agency_id),
        kinds=(column.kind,) if column.kind else (),
        category=column.category,
        theme=column.theme,
    )
    if column.words:
        return _by_words(column.words, wanted, number)
    total = public.count(wanted)
    pages = max(1, -(-total // PAGE_SIZE))
    page = min(number, pages)
    return Held(public.lines(wanted, offset=(page - 1) * PAGE_SIZE, limit=PAGE_SIZE), total, page, pages)


def _reach(agency: int | None) -> tuple[int, ...]:
    """The host and the agencies below it; nobody in particular where that is everybody."""
    if agency is None:
        return ()
    ids = {agency} | descendants([agency])
    return () if len(ids) == Agency.objects.count() else tuple(sorted(ids))


def _by_words(words: str, wanted: Wanted, number: int) -> Held:
    from gongkai.publishing.indexing import reader
    from gongkai.search import Query, Sort

    index = reader()
    if index is None:
        return Held([], 0, 1, 1)
    query = Query(
        text=words,
        agencies=frozenset(wanted.agencies),
        kinds=frozenset(wanted.kinds),
        categories=frozenset([wanted.category] if wanted.category else []),
        themes=frozenset([wanted.theme[:3]] if wanted.theme else []),
        sort=Sort.DATE,
        offset=(min(number, MOST_BY_WORDS // PAGE_SIZE) - 1) * PAGE_SIZE,
        limit=PAGE_SIZE,
    )
    results = index.search(query)
    pages = max(1, -(-min(results.total, MOST_BY_WORDS) // PAGE_SIZE))
    return Held(public.lines_by_id(hit.id for hit in results.hits), results.total, min(number, pages), pages)


def top_columns(limit: int) -> list[Any]:
    """The newest live columns of the first level."""
    found = ColumnPage.objects.live().public().filter(depth=3).order_by("-first_published_at")
    return list(found[:limit])


@dataclass(frozen=True, slots=True)
class ColumnRow:
    """A column in the list of its editors."""

    page: Any
    depth: int
    """0 for a column of the first level."""
    state: str
    """live, changed (live with a newer draft), scheduled, draft or off (taken off the site)."""
    moment: datetime | None
    """When it will be released, where that is planned."""
    chosen: int
    above: str
    """The title of the column above, where that one is not in the list."""


def columns_for(person: Person) -> list[ColumnRow]:
    """The columns that a person may edit, in the order of the tree."""
    found = columns_of(person).select_related("agency").annotate(count=Count("chosen", distinct=True)).order_by("path")
    planned = dict(
        Revision.page_revisions.filter(approved_go_live_at__isnull=False).values_list(
            "object_id", "approved_go_live_at"
        )
    )
    listed: set[str] = set()
    rows = []
    for page in found:
        above = page.path[:-4]
        moment = planned.get(str(page.pk))
        title = "" if page.depth <= 3 or above in listed else page.get_parent().title
        listed.add(page.path)
        rows.append(ColumnRow(page, max(0, page.depth - 3), _state(page, moment), moment, page.count, title))
    return rows


def _state(page: Any, moment: datetime | None) -> str:
    if moment is not None:
        return "scheduled"
    if page.live:
        return "changed" if page.has_unpublished_changes else "live"
    return "off" if page.first_published_at else "draft"
