"""A search as its page shows it: what is asked by the address, the hits with their marked words, the facets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from html import escape
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop

from gongkai.portal import labels, listing
from gongkai.portal.bodies import bodies
from gongkai.portal.labels import word as _
from gongkai.portal.listing import Row
from gongkai.publishing import indexing
from gongkai.publishing.models import Kind, Validity
from gongkai.publishing.queries import public
from gongkai.search import Index, Parsed, Query, Results, Snippet, Sort, highlight
from gongkai.search.model import MAX_QUERY

PAGE_SIZE = 20
MOST_PAGES = 50
MOST_EXPORTED = 5000
SNIPPET = 150
FACETS = ("kind", "agency", "validity", "year", "theme", "category")
"""In the order in which people narrow a search down."""
_FACET_LABELS = {
    "kind": gettext_noop("信息类型"),
    "agency": gettext_noop("发布机构"),
    "validity": gettext_noop("有效性"),
    "year": gettext_noop("年份"),
    "theme": gettext_noop("主题"),
    "category": gettext_noop("法定公开内容"),
}
SHOWN_VALUES = 8
MOST_VALUES = 60
_MARKED_TITLE = 400


@dataclass(frozen=True, slots=True)
class Question:
    """What the address asks: words, chosen values of facets, order, days, page."""

    text: str
    chosen: dict[str, tuple[str, ...]]
    sort: str
    since: str
    until: str
    only_live: bool
    page: int
    cut: bool = False
    """Whether more was typed than is looked for."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was asked."""
        return not self.text and not self.chosen

    def address(self, **changed: Any) -> str:
        """The same search with something changed."""
        values: dict[str, Any] = {"q": self.text, "sort": self.sort, "since": self.since, "until": self.until}
        values |= {"live": "1" if self.only_live else "", **self.chosen, **changed}
        pairs: list[tuple[str, str]] = []
        for name, value in values.items():
            if isinstance(value, tuple):
                pairs += [(name, one) for one in value]
            elif value:
                pairs.append((name, str(value)))
        return f"{_path()}?{urlencode(pairs)}" if pairs else _path()


@cache
def _path() -> str:
    return reverse("portal:search")


def question(request: HttpRequest) -> Question:
    """What a request asks; what makes no sense is left out."""
    get = request.GET
    chosen = {}
    for name in FACETS:
        values = tuple(dict.fromkeys(v for v in get.getlist(name)[:20] if _is_known(name, v)))
        if values:
            chosen[name] = values
    number = get.get("page", "1")
    page = int(number) if number.isascii() and number.isdigit() and len(number) < 4 else 1
    typed = " ".join(get.get("q", "").replace("\x00", "").split())
    return Question(
        text=typed[:MAX_QUERY],
        cut=len(typed) > MAX_QUERY,
        chosen=chosen,
        sort="date" if get.get("sort") == "date" else "",
        since=_day(get.get("since", "")),
        until=_day(get.get("until", "")),
        only_live=get.get("live") == "1",
        page=min(max(page, 1), MOST_PAGES),
    )


def _is_known(name: str, value: str) -> bool:
    if name == "agency":
        return value in bodies().by_slug
    if name == "year":
        return value.isascii() and value.isdigit() and len(value) == 4
    if name == "kind":
        return value in Kind.values
    if name == "validity":
        return value in Validity.values
    return labels.listed(value) != value


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat() if len(text) == 10 else ""
    except ValueError:
        return ""


def _second(text: str, days: int = 0) -> int | None:
    if not text:
        return None
    day = date.fromisoformat(text) + timedelta(days=days)
    return int(timezone.make_aware(datetime.combine(day, time.min)).timestamp())


def as_query(asked: Question, *, offset: int | None = None, limit: int = PAGE_SIZE, facets: bool = True) -> Query:
    """The question as the engine takes it."""
    chosen = {name: frozenset(values) for name, values in asked.chosen.items()}
    known = bodies().by_slug
    return Query(
        text=asked.text,
        agencies=frozenset(known[slug].id for slug in chosen.get("agency", ())),
        kinds=chosen.get("kind", frozenset()),
        themes=frozenset(value[:3] for value in chosen.get("theme", ())),
        categories=chosen.get("category", frozenset()),
        years=frozenset(int(year) for year in chosen.get("year", ())),
        validities=chosen.get("validity", frozenset()),
        date_from=_second(asked.since),
        date_to=_second(asked.until, days=1),
        sort=Sort.DATE if asked.sort == "date" else Sort.RELEVANCE,
        offset=(asked.page - 1) * PAGE_SIZE if offset is None else offset,
        limit=limit,
        facets=facets,
        include_sunk=not asked.only_live,
    )


# What is found


@dataclass(frozen=True, slots=True)
class Found:
    """A hit as the page shows it; title and snippet are HTML."""

    row: Row
    title: str
    snippet: str
    in_file: bool
    """Whether the words stand in an attachment and not in the text."""


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a facet, with how many hits it has and where the search with or without it is."""

    label: str
    count: int
    url: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet of the search."""

    name: str
    label: str
    values: list[Value]
    more: list[Value]


def marked(snippet: Snippet) -> str:
    """A piece of text with the words that were looked for in mark elements; everything is escaped."""
    parts = [f"<mark>{escape(text)}</mark>" if hit else escape(text) for text, hit in snippet.parts()]
    before, after = "…" if snippet.cut_before else "", "…" if snippet.cut_after else ""
    return f"{before}{''.join(parts)}{after}"


def found(results: Results) -> list[Found]:
    """The hits with their marked words, in their order; what is no longer public is left out."""
    known = public.with_texts([hit.id for hit in results.hits])
    made, missing = {}, []
    for row, (line, summary, body) in zip(listing.rows(one[0] for one in known), known, strict=True):
        title = marked(highlight(results.parsed, row.title, _MARKED_TITLE))
        snippet = _snippet(results.parsed, summary, body)
        made[line.id] = Found(row, title, marked(snippet), False)
        if not snippet.ranges and "<mark>" not in title:
            missing.append(line.id)
    if missing and results.parsed.clauses:
        for id, text in indexing.file_texts(missing).items():
            snippet = highlight(results.parsed, text, SNIPPET)
            if snippet.ranges:
                made[id] = Found(made[id].row, made[id].title, marked(snippet), True)
    return list(made.values())


def _snippet(parsed: Parsed, summary: str, body: str) -> Snippet:
    text = indexing.plain(body)
    if summary:
        in_summary = highlight(parsed, summary, SNIPPET)
        if in_summary.ranges or not text:
            return in_summary
    return highlight(parsed, text, SNIPPET)


def facets(asked: Question, results: Results) -> list[Facet]:
    """The facets with their values, the chosen ones first."""
    made = []
    for name in FACETS:
        chosen = asked.chosen.get(name, ())
        values = _values(asked, name, chosen, results.facets.get(name, [])[:MOST_VALUES])
        if name == "year":
            values.sort(key=lambda v: v.label, reverse=True)
        values.sort(key=lambda v: not v.chosen)
        if len(values) > 1 or chosen:
            made.append(Facet(name, _(_FACET_LABELS[name]), values[:SHOWN_VALUES], values[SHOWN_VALUES:]))
    return made


def _values(
    asked: Question, name: str, chosen: tuple[str, ...], counted: Iterable[tuple[int | str, int]]
) -> list[Value]:
    """The values of a facet; all their addresses begin alike."""
    start = asked.address(**{name: ()})
    joint = "&" if "?" in start else "?"
    known, made = bodies().by_id, []
    for value, count in counted:
        body = known.get(int(value)) if name == "agency" else None
        if name == "agency" and body is None:
            continue
        id = body.slug if body else str(value)
        is_chosen = id in chosen
        wanted = [one for one in chosen if one != id] if is_chosen else [*chosen, id]
        # Ids of our own lists and short names of agencies need no quoting.
        query = "&".join(f"{name}={one}" for one in wanted)
        label = body.label if body else listing.shown(name, id)
        made.append(Value(label, count, f"{start}{joint}{query}" if query else start, is_chosen))
    return made


def chips(asked: Question) -> list[tuple[str, str]]:
    """What narrows the search, each with the address of the search without it."""
    made = []
    for name, values in asked.chosen.items():
        for value in values:
            made.append((listing.shown(name, value), asked.address(**{name: tuple(v for v in values if v != value)})))
    if asked.since:
        made.append((_("%(day)s 起") % {"day": asked.since}, asked.address(since="")))
    if asked.until:
        made.append((_("至 %(day)s") % {"day": asked.until}, asked.address(until="")))
    if asked.only_live:
        made.append((_("不看已失效、废止的"), asked.address(live="")))
    return made


def export(asked: Question, index: Index) -> Iterator[Row]:
    """The rows of all hits, up to a limit, read piece by piece."""
    for offset in range(0, MOST_EXPORTED, 500):
        results = index.search(as_query(asked, offset=offset, limit=500, facets=False))
        yield from listing.rows(public.lines_by_id(hit.id for hit in results.hits))
        if len(results.hits) < 500:
            return


def without_index(asked: Question) -> Iterable[Row]:
    """Titles and numbers that hold the words, straight from the database, while the index is being built."""
    from django.db.models import Q

    found = public.published().filter(
        Q(title__icontains=asked.text) | Q(document_number__icontains=asked.text) | Q(index_number=asked.text)
    )
    ids = found.order_by("-published_at").values_list("pk", flat=True)[:PAGE_SIZE]
    return listing.rows(public.lines_by_id(ids))
