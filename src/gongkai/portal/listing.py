"""Lists of publications: what a reader asks for by the address, the rows as they are shown, pages, and chips."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from html import escape
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from gongkai.law import catalogue
from gongkai.portal import labels
from gongkai.portal.bodies import bodies
from gongkai.portal.caching import current_version
from gongkai.portal.labels import word as _
from gongkai.portal.templatetags.site import validity_tag
from gongkai.publishing.models import ENDED, Kind, Validity
from gongkai.publishing.queries import public
from gongkai.publishing.queries.public import Line, Wanted

PAGE_SIZE = 20
MOST_PAGES = 500
"""Who wants what lies further back narrows the list by year."""
FEED_SIZE = 50


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a list, ready to be shown."""

    url: str
    title: str
    number: str
    agency: str
    agency_url: str
    day: str
    tag: SafeString
    ended: bool
    kind: str
    line: Line
    explains: list[tuple[str, str]] = field(default_factory=list)
    """The documents that an interpretation explains: addresses and titles."""


def publication_url(id: int) -> str:
    """The public address of a publication."""
    return f"{_prefix()}{id}/"


def _prefix() -> str:
    global _PREFIX
    if not _PREFIX:
        _PREFIX = reverse("portal:publication", args=[0]).removesuffix("0/")
    return _PREFIX


_PREFIX = ""


def rows(lines: Iterable[Line]) -> list[Row]:
    """The lines with names, addresses and dates as a reader sees them."""
    known, prefix, language = bodies().by_id, _prefix(), str(get_language())
    local = timezone.get_current_timezone()
    made = []
    for line in lines:
        body = known.get(line.agency_id)
        made.append(
            Row(
                url=f"{prefix}{line.id}/",
                title=line.title,
                number=line.document_number,
                agency=body.label if body else "",
                agency_url=body.url if body else "",
                day=line.published_at.astimezone(local).isoformat()[:10],
                tag=validity_tag(line.validity),
                ended=line.validity in ENDED,
                kind=labels.kind(line.kind, language),
                line=line,
            )
        )
    return made


# What is asked for

FILTERS = ("agency", "kind", "category", "theme", "genre", "validity", "year")


@dataclass(frozen=True)
class Asked:
    """What the address asks of a list: the filters that were understood, and the page."""

    wanted: Wanted
    given: dict[str, str]
    page: int
    path: str
    fixed: tuple[tuple[str, str], ...] = ()
    """What is part of the address of the list itself."""

    def address(self, **changed: str | int | None) -> str:
        """The same list with something changed; None takes it away."""
        merged: dict[str, str | int | None] = {**dict(self.fixed), **self.given, **changed}
        query = urlencode({name: str(value) for name, value in merged.items() if value})
        return f"{self.path}?{query}" if query else self.path

    @cached_property
    def chips(self) -> list[tuple[str, str]]:
        """Each filter with the address of the list without it."""
        return [(shown(name, value), self.address(**{name: None})) for name, value in self.given.items()]


def shown(name: str, value: str) -> str:
    """The label of a chosen value of a filter."""
    if name == "agency":
        return bodies().by_slug[value].label
    if name == "kind":
        return labels.kind(value)
    if name == "validity":
        return labels.validity(value)
    return value if name == "year" else labels.listed(value)


def ask(
    request: HttpRequest,
    base: Wanted | None = None,
    filters: Sequence[str] = FILTERS,
    fixed: tuple[tuple[str, str], ...] = (),
) -> Asked:
    """What a request asks for within a list; what makes no sense is left out."""
    wanted, given = base or Wanted(), {}
    for name in filters:
        value = request.GET.get(name, "")
        narrowed = _NARROWING[name](wanted, value) if value else None
        if narrowed is not None:
            wanted, given[name] = narrowed, value
    number = request.GET.get("page", "1")
    page = int(number) if number.isascii() and number.isdigit() and len(number) < 6 else 1
    return Asked(wanted, given, min(max(page, 1), MOST_PAGES), request.path, fixed)


def _by_agency(wanted: Wanted, slug: str) -> Wanted | None:
    body = bodies().by_slug.get(slug)
    return replace(wanted, agencies=(body.id,)) if body else None


def _by_kind(wanted: Wanted, kind: str) -> Wanted | None:
    known = kind in Kind.values and (not wanted.kinds or kind in wanted.kinds)
    return replace(wanted, kinds=(kind,)) if known else None


def _by_year(wanted: Wanted, year: str) -> Wanted | None:
    known = year.isascii() and year.isdigit() and len(year) == 4 and 1949 <= int(year) <= 2100
    return replace(wanted, year=int(year)) if known else None


def _by_list(name: str, ids: Callable[[], Iterable[str]]) -> Callable[[Wanted, str], Wanted | None]:
    def narrow(wanted: Wanted, id: str) -> Wanted | None:
        changed: dict[str, Any] = {name: id}
        return replace(wanted, **changed) if id in ids() else None

    return narrow


_NARROWING: dict[str, Callable[[Wanted, str], Wanted | None]] = {
    "agency": _by_agency,
    "kind": _by_kind,
    "category": _by_list("category", lambda: {one.id for one in catalogue.statutory_categories()}),
    "theme": _by_list(
        "theme", lambda: {t.id for t in catalogue.themes()} | {c.id for t in catalogue.themes() for c in t.children}
    ),
    "genre": _by_list("genre", lambda: {one.id for one in catalogue.genres()}),
    "validity": _by_list("validity", lambda: Validity.values),
    "year": _by_year,
}


# What may be chosen


def options(pairs: Iterable[tuple[str, str]], chosen: str) -> SafeString:
    """The options of a select element with the chosen one marked."""
    lines = [
        f'<option value="{escape(value)}"{" selected" if value == chosen else ""}>{escape(label)}</option>'
        for value, label in pairs
    ]
    return mark_safe("".join(lines))


@dataclass(frozen=True, slots=True)
class Choice:
    """A filter as the form shows it."""

    name: str
    label: str
    options: SafeString


def choices(asked: Asked, filters: Sequence[str], kinds: Sequence[str] = ()) -> list[Choice]:
    """The selects of a list's form; `kinds` are those that the list can hold, none meaning all."""
    language, stamp, today = str(get_language()), bodies().read_at, timezone.localdate()
    return [_choice(name, asked.given.get(name, ""), tuple(kinds), language, stamp, today) for name in filters]


@lru_cache(maxsize=500)
def _choice(name: str, chosen: str, kinds: tuple[str, ...], language: str, stamp: float, today: date) -> Choice:
    """One select; made once for a language and a state of the agencies, for making it takes longer than the list."""
    return Choice(name, _label(name), options(_pairs(name, kinds), chosen))


def _label(name: str) -> str:
    return {
        "agency": _("发布机构"),
        "kind": _("信息类型"),
        "category": _("法定公开内容"),
        "theme": _("主题"),
        "genre": _("体裁"),
        "validity": _("有效性"),
        "year": _("年份"),
    }[name]


def _pairs(name: str, kinds: tuple[str, ...]) -> list[tuple[str, str]]:
    if name == "agency":
        return [(body.slug, body.label) for body in bodies().by_id.values()]
    if name == "kind":
        return [(id, labels.kind(id)) for id in Kind.values if not kinds or id in kinds]
    if name == "category":
        return [(one.id, labels.listed(one.id)) for one in catalogue.statutory_categories()]
    if name == "theme":
        return [(one.id, labels.listed(one.id)) for one in catalogue.themes()]
    if name == "genre":
        return [(one.id, labels.listed(one.id)) for one in catalogue.genres()]
    if name == "validity":
        return [(id, labels.validity(id)) for id in Validity.values]
    span = years()
    return [(str(year), str(year)) for year in range(span[1], span[0] - 1, -1)]


def years() -> tuple[int, int]:
    """The years in which anything was released, asked once for each state of the public site."""
    now = timezone.localdate().year
    found: tuple[int, int] = _COUNTED.get(("years", now), lambda: public.years() or (now, now))
    return found


# Pages


class Kept:
    """Answers that hold until something changes that the public sees."""

    MOST = 5000

    def __init__(self, released_only: bool = False) -> None:
        self._released_only = released_only
        self._version: tuple[int, ...] | None = None
        self._values: dict[Hashable, Any] = {}

    def get(self, key: Hashable, make: Callable[[], Any]) -> Any:
        """The answer for a key, made where it is not there."""
        now: tuple[int, ...] = current_version()[1:] if self._released_only else current_version()
        if now != self._version or len(self._values) > self.MOST:
            self._version, self._values = now, {}
        if key not in self._values:
            self._values[key] = make()
        return self._values[key]

    def forget(self) -> None:
        """Makes every answer anew."""
        self._version, self._values = None, {}


_KEPT = Kept()
_COUNTED = Kept(released_only=True)
"""What is counted of publications alone: what staff do meanwhile changes nothing in it."""


def count(wanted: Wanted, *, ended: bool | None = None) -> int:
    """How many publications a list has."""
    found: int = _COUNTED.get(("count", wanted, ended), lambda: public.count(wanted, ended=ended))
    return found


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of a list with its place among the pages."""

    rows: list[Row]
    total: int
    page: int
    pages: int
    previous: str
    next: str
    cut: bool
    """Whether there are more pages than can be turned to."""


def listed(asked: Asked, *, in_force_first: bool = False) -> Listed:
    """The page that is asked for."""
    total = count(asked.wanted)
    pages = max(1, -(-total // PAGE_SIZE))
    page = min(asked.page, pages, MOST_PAGES)
    offset = (page - 1) * PAGE_SIZE
    if in_force_first:
        in_force = count(asked.wanted, ended=False)
        found = public.policies(asked.wanted, offset=offset, limit=PAGE_SIZE, in_force=in_force)
    else:
        found = public.lines(asked.wanted, offset=offset, limit=PAGE_SIZE, full=False) if total else []
    return Listed(
        rows=rows(found),
        total=total,
        page=page,
        pages=min(pages, MOST_PAGES),
        previous=asked.address(page=page - 1) if page > 1 else "",
        next=asked.address(page=page + 1) if page < min(pages, MOST_PAGES) else "",
        cut=pages > MOST_PAGES,
    )


def kept(key: Hashable, make: Callable[[], Any]) -> Any:
    """An answer that holds until something changes that the public sees."""
    return _KEPT.get(key, make)


def counted(key: Hashable, make: Callable[[], Any]) -> Any:
    """An answer about publications alone, which holds until one is released, changed or withdrawn."""
    return _COUNTED.get(key, make)


def forget() -> None:
    """Forgets all answers that are kept."""
    _KEPT.forget()
    _COUNTED.forget()
