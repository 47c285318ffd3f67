"""A search as its page shows it: what is asked by the address, the hits with their marked words, the facets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from gongkai.portal import labels, listing
from gongkai.portal.bodies import bodies
from gongkai.portal.listing import Row
from gongkai.publishing import indexing
from gongkai.publishing.models import Kind, Validity
from gongkai.publishing.queries import public
from gongkai.search import Index, Parsed, Query, Results, Snippet, Sort, highlight

PAGE_SIZE = 20
MOST_PAGES = 50
MOST_EXPORTED = 5000
SNIPPET = 150
FACETS = ("kind", "agency", "validity", "year", "theme", "category")
"""In the order in which people narrow a search down."""
SHOWN_VALUES = 8
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

    @property
    def is_empty(self) -> bool:
        """Whether nothing was asked."""
        return not self.text and not self.chosen

    def address(self, **changed: Any) -> str:
        """The same search with something changed."""
        values: dict[str, Any] = {"q": self.text, "sort": self.sort, "since": self.since, "until": self.until}
        values |= {"live": "1" if self.only_live else "", **self.chosen, **changed}
        query = QueryDict(mutable=True)
        for name, value in values.items():
            if isinstance(value, tuple):
                query.setlist(name, list(value))
            elif value:
                query[name] = str(value)
        return f"{reverse('portal:search')}?{query.urlencode()}"


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
    return Question(
        text=" ".join(get.get("q", "").replace("\x00", "").split())[:200],
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
    """A hit as the page shows it."""

    row: Row
    title: SafeString
    snippet: SafeString
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


def marked(snippet: Snippet) -> SafeString:
    """A piece of text with the words that were looked for in mark elements; everything is escaped."""
    parts = [f"<mark>{escape(text)}</mark>" if hit else escape(text) for text, hit in snippet.parts()]
    before, after = "…" if snippet.cut_before else "", "…" if snippet.cut_after else ""
    return mark_safe(f"{before}{''.join(parts)}{after}")


def found(results: Results) -> list[Found]:
    """The hits with their marked words, in their order; what is no longer public is left out."""
    ids = [hit.id for hit in results.hits]
    rows = listing.rows(public.lines_by_id(ids))
    texts = public.texts(ids)
    made, missing = {}, []
    for row in rows:
        title = marked(highlight(results.parsed, row.title, _MARKED_TITLE))
        snippet = _snippet(results.parsed, *texts[row.line.id])
        made[row.line.id] = Found(row, title, marked(snippet), False)
        if not snippet.ranges and "<mark>" not in title:
            missing.append(row.line.id)
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
        values = [_value(asked, name, str(value), n, chosen) for value, n in results.facets.get(name, [])]
        values = [value for value in values if value is not None]
        if name == "year":
            values.sort(key=lambda v: v.label, reverse=True)
        values.sort(key=lambda v: not v.chosen)
        if len(values) > 1 or chosen:
            made.append(Facet(name, _facet_label(name), values[:SHOWN_VALUES], values[SHOWN_VALUES:60]))
    return made


def _value(asked: Question, name: str, value: str, count: int, chosen: tuple[str, ...]) -> Any:
    if name == "agency":
        body = bodies().by_id.get(int(value))
        if body is None:
            return None
        value, label = body.slug, body.label
    else:
        label = shown(name, value)
    without = tuple(one for one in chosen if one != value)
    is_chosen = value in chosen
    return Value(label, count, asked.address(**{name: without if is_chosen else (*chosen, value)}), is_chosen)


def shown(name: str, value: str) -> str:
    """The label of a chosen value."""
    if name == "agency":
        return bodies().by_slug[value].label
    if name == "kind":
        return labels.kind(value)
    if name == "validity":
        return labels.validity(value)
    return value if name == "year" else labels.listed(value)


def _facet_label(name: str) -> str:
    return {
        "kind": _("信息类型"),
        "agency": _("发布机构"),
        "validity": _("有效性"),
        "year": _("年份"),
        "theme": _("主题"),
        "category": _("法定公开内容"),
    }[name]


def chips(asked: Question) -> list[tuple[str, str]]:
    """What narrows the search, each with the address of the search without it."""
    made = []
    for name, values in asked.chosen.items():
        for value in values:
            made.append((shown(name, value), asked.address(**{name: tuple(v for v in values if v != value)})))
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
