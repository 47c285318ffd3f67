"""What the public may ask for in lists: released publications, and how many there are of each sort."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import Count, Max, Q, QuerySet
from django.db.models.functions import Substr

from gongkai.publishing.models import (
    ENDED,
    POLICY_KINDS,
    Change,
    Publication,
    PublicationCategory,
    State,
)
from gongkai.publishing.queries.prepared import Prepared
from gongkai.trail.models import Head

THEME_LENGTH = 3
"""Characters of the id of a theme of the first level."""

LIST_FIELDS = ("id", "title", "document_number", "agency_id", "kind", "validity", "published_at")
"""What a list on a page shows of each publication."""
LINE_FIELDS = (*LIST_FIELDS, "index_number", "made_on", "ended_on", "summary", "changed_at")
"""What feeds and files say besides."""


@dataclass(frozen=True, slots=True)
class Line:
    """A publication as a list shows it; the fields with defaults are those of `LINE_FIELDS` only."""

    id: int
    title: str
    document_number: str
    agency_id: int
    kind: str
    validity: Any
    published_at: datetime
    index_number: str | None = None
    made_on: date | None = None
    ended_on: date | None = None
    summary: str = ""
    changed_at: datetime = datetime(1, 1, 1, tzinfo=UTC)

    @property
    def is_ended(self) -> bool:
        """Whether it is repealed or lapsed."""
        return self.validity in ENDED


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is asked for; an empty value asks for nothing."""

    agencies: tuple[int, ...] = ()
    kinds: tuple[Any, ...] = ()
    category: str = ""
    theme: str = ""
    genre: str = ""
    validity: str = ""
    year: int = 0
    series: str = ""


def published() -> QuerySet[Publication]:
    """The publications that everybody may read, newest first."""
    # Literals, not parameters: only then does SQLite use the indexes that are made for released ones.
    return Publication.objects.extra(where=["publishing_publication.state = 'published'"])


def select(wanted: Wanted) -> QuerySet[Publication]:
    """The released publications that are asked for, newest first."""
    found = published()
    if wanted.agencies:
        found = found.filter(_one_of("agency_id", wanted.agencies))
    if wanted.kinds == POLICY_KINDS:
        found = found.extra(where=["publishing_publication.kind IN ('regulation', 'normative', 'policy')"])
    elif wanted.kinds:
        found = found.filter(_one_of("kind", wanted.kinds))
    if wanted.theme:
        found = _of_theme(found, wanted.theme)
    for name in ("genre", "validity", "series"):
        if value := getattr(wanted, name):
            found = found.filter(**{name: value})
    if wanted.year:
        found = found.filter(published_at__year=wanted.year)
    return found


def _of_theme(found: QuerySet[Publication], theme: str) -> QuerySet[Publication]:
    """Those of a theme; a theme of the first level has those of its second level too."""
    if len(theme) > THEME_LENGTH:
        return found.filter(theme=theme)
    # Written as in the index `pub_of_first_theme`, which SQLite then walks in the order of the list.
    return found.extra(where=[f"SUBSTR(publishing_publication.theme, 1, {THEME_LENGTH}) = %s"], params=[theme])


def _one_of(name: str, values: Sequence[Any]) -> Q:
    return Q(**{name: values[0]}) if len(values) == 1 else Q(**{f"{name}__in": values})


def lines(
    wanted: Wanted, *, offset: int = 0, limit: int = 20, ended: bool | None = None, full: bool = True
) -> list[Line]:
    """A page of a list, newest first; only those (not) repealed or lapsed where `ended` says so.

    Where `full` is false, the lines have no more than `LIST_FIELDS`.
    """
    query = _list_of_category(wanted, full) if wanted.category else _list(wanted, ended, full)
    return [Line(*row) for row in query.rows(part=(limit, offset))]


@lru_cache(maxsize=1000)
def _list(wanted: Wanted, ended: bool | None, full: bool) -> Prepared:
    """The query of a list, made once: making it takes longer than running it."""

    def build() -> QuerySet[Any]:
        found = select(wanted)
        if ended is not None:
            found = found.filter(validity__in=ENDED) if ended else found.exclude(validity__in=ENDED)
        return found.order_by("-published_at", "-id").values_list(*(LINE_FIELDS if full else LIST_FIELDS))

    return Prepared(build, values=0)


def _category_rows(wanted: Wanted) -> QuerySet[PublicationCategory]:
    rows = PublicationCategory.objects.filter(category=wanted.category, publication__state=State.PUBLISHED)
    if wanted.agencies:
        rows = rows.filter(_one_of("agency_id", wanted.agencies))
    if wanted.year:
        rows = rows.filter(published_at__year=wanted.year)
    kept = {f"publication__{name}": value for name in ("validity", "genre") if (value := getattr(wanted, name))}
    if wanted.theme:
        kept["publication__theme__startswith"] = wanted.theme
    if wanted.kinds:
        kept["publication__kind__in"] = wanted.kinds
    # A withdrawn publication has no rows here, so its state need not be asked for.
    return rows.filter(**kept) if kept else rows


@lru_cache(maxsize=1000)
def _list_of_category(wanted: Wanted, full: bool) -> Prepared:
    """The query of a list of one category: in the order of its own index, each row looked up by its key."""
    fields = [f"publication__{name}" for name in (LINE_FIELDS if full else LIST_FIELDS)]
    # A withdrawn publication has no rows there; its state is asked for all the same, for nothing else keeps it hidden.
    rows = _category_rows(wanted).filter(publication__state=State.PUBLISHED)
    return Prepared(lambda: rows.order_by("-published_at", "-publication_id").values_list(*fields), values=0)


def count(wanted: Wanted, *, ended: bool | None = None) -> int:
    """How many there are in a list."""
    if wanted.category:
        return _category_rows(wanted).count()
    found = select(wanted)
    if ended is not None:
        found = found.filter(validity__in=ENDED) if ended else found.exclude(validity__in=ENDED)
    return found.count()


def policies(wanted: Wanted, *, offset: int, limit: int, in_force: int) -> list[Line]:
    """A page of the policy library: documents in force first, of which there are `in_force`, then the ended ones."""
    found = lines(wanted, offset=offset, limit=limit, ended=False, full=False) if offset < in_force else []
    if len(found) < limit:
        offset = max(0, offset - in_force)
        found += lines(wanted, offset=offset, limit=limit - len(found), ended=True, full=False)
    return found


def rules_of_disclosure(agencies: Sequence[int], limit: int = 8) -> list[Line]:
    """The rules and documents of these agencies on disclosure itself (政府信息公开制度), those in force first."""
    named = Q(title__contains="信息公开") | Q(title__contains="政务公开")
    found = published().filter(_one_of("agency_id", agencies), named, kind__in=POLICY_KINDS)
    rows = found.order_by("-published_at").values_list(*LINE_FIELDS)
    return sorted((Line(*row) for row in rows), key=lambda line: line.is_ended)[:limit]


def lines_by_id(ids: Iterable[int]) -> list[Line]:
    """The released publications with these ids, in the order of the ids; others are left out."""
    wanted = list(ids)
    rows = {row[0]: row for row in published().filter(pk__in=wanted).order_by().values_list(*LINE_FIELDS)}
    return [Line(*rows[id]) for id in wanted if id in rows]


MOST_WITH_TEXTS = 20
_with_texts = Prepared(
    lambda *ids: published().filter(pk__in=ids).order_by().values_list(*LIST_FIELDS, "summary", "body"),
    values=MOST_WITH_TEXTS,
)


def with_texts(ids: Sequence[int]) -> list[tuple[Line, str, str]]:
    """Released publications with summary and body, in the order of the ids: `MOST_WITH_TEXTS` at most."""
    if not ids:
        return []
    wanted = list(ids[:MOST_WITH_TEXTS])
    rows = _with_texts.rows(*wanted, *[wanted[0]] * (MOST_WITH_TEXTS - len(wanted)))
    by_id = {row[0]: (Line(*row[:-2]), row[-2], row[-1]) for row in rows}
    return [by_id[id] for id in wanted if id in by_id]


def version() -> tuple[int, int]:
    """Two numbers that grow: with all that is recorded, annual reports and agencies too, and with what is released."""
    with connection.cursor() as cursor:
        cursor.execute(_VERSION)
        recorded, released = cursor.fetchone()
    return recorded or 0, released or 0


_VERSION = (
    f"SELECT (SELECT number FROM {Head._meta.db_table} WHERE id = 1), (SELECT MAX(id) FROM {Change._meta.db_table})"
)


def years(kinds: Sequence[str] = ()) -> tuple[int, int] | None:
    """The first and last year in which something of these kinds was released."""
    found = published().filter(kind__in=kinds) if kinds else published()
    ends = found.order_by().aggregate(last=Max("published_at"))["last"]
    first = found.order_by("published_at").values_list("published_at", flat=True).first()
    return (first.year, ends.year) if first and ends else None


def counts_of_lists() -> dict[str, dict[str, int]]:
    """How many there are under each statutory category, of each kind, and under each theme of the first level."""
    found = published().order_by()
    by_category = PublicationCategory.objects.filter(publication__state=State.PUBLISHED).values_list("category")
    themes = found.annotate(first=Substr("theme", 1, 3)).values_list("first").annotate(n=Count("pk"))
    return {
        "category": dict(by_category.annotate(n=Count("pk"))),
        "kind": dict(found.values_list("kind").annotate(n=Count("pk"))),
        "theme": dict(themes),
    }
