"""The catalogue (政府信息公开目录): always live over what is released, narrowed by filters, watched for standstill."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import BooleanField, OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import RawSQL
from django.db.models.functions import Substr
from django.utils import timezone

from gongkai.agencies.models import Agency, Person
from gongkai.agencies.queries import visible_to
from gongkai.publishing.models import Publication, PublicationCategory
from gongkai.publishing.queries import public
from gongkai.publishing.queries.paths import policy_for
from gongkai.publishing.queries.public import Line, Wanted
from gongkai.publishing.queries.suggestions import overview

PAGE_SIZE = 50
_MOST_WITH_WORDS = 10_000
"""Rows that a filter by words shows; for more there is the search."""
_MOST_WORDS = 8
_BEGINNING = 1500
"""Characters of a text, with its markup, in which its first sentences are looked for."""
_overviews: dict[tuple[int, datetime], str] = {}
"""The first sentences of texts by publication and its last change: finding them costs as much as the rest of a page."""
_MOST_OVERVIEWS = 20_000
_SOUGHT = ("title", "document_number", "index_number")

_RELEASED = RawSQL("state = 'published'", (), output_field=BooleanField())
"""Written out, since SQLite reads a partial index alone only where its condition stands in the query as a constant."""


@dataclass(frozen=True, slots=True)
class CatalogueFilter:
    """What the catalogue is narrowed by; what is empty narrows nothing."""

    agency: int | None = None
    category: str = ""
    kind: str = ""
    theme: str = ""
    year: int | None = None
    """The year of release."""
    validity: str = ""
    text: str = ""
    """Words in the title, the document number or the index number; each must be there."""

    def __bool__(self) -> bool:
        return any(getattr(self, name) for name in self.__slots__)

    @property
    def wanted(self) -> Wanted:
        """The same without the words, as lists of the public site ask for it."""
        return Wanted(
            agencies=(self.agency,) if self.agency else (),
            kinds=(self.kind,) if self.kind else (),
            category=self.category,
            theme=self.theme,
            validity=self.validity,
            year=self.year or 0,
        )


@dataclass(frozen=True, slots=True)
class CataloguePage:
    """Some rows of the catalogue, and their place among all of them."""

    lines: list[Line]
    total: int
    number: int
    pages: int


@dataclass(frozen=True, slots=True)
class Refresh:
    """When an agency last released anything, and whether that is too long ago."""

    agency: Agency
    newest: datetime | None
    days: int | None
    """Days since then; None where it never released anything."""
    limit: int
    count: int = 0

    @property
    def stale(self) -> bool:
        """Whether the catalogue stands still: longer than the policy allows, or empty."""
        return self.days is None or self.days > self.limit


def count(wanted: CatalogueFilter) -> int:
    """How many released publications match."""
    return entry_ids(wanted).count() if wanted.text else public.count(wanted.wanted)


def page_of(wanted: CatalogueFilter, number: int, total: int | None = None) -> CataloguePage:
    """A page of the catalogue, newest first, the nearest one there is; `total` spares counting them anew."""
    # No index helps to find words inside titles: one walk gives both the number of rows and the page.
    ids = list(entry_ids(wanted)[:_MOST_WITH_WORDS]) if wanted.text else None
    found = len(ids) if ids is not None else count(wanted) if total is None else total
    pages = max(1, -(-found // PAGE_SIZE))
    page = min(max(number, 1), pages)
    offset = (page - 1) * PAGE_SIZE
    if ids is not None:
        lines = public.lines_by_id(ids[offset : offset + PAGE_SIZE])
    else:
        lines = public.lines(wanted.wanted, offset=offset, limit=PAGE_SIZE) if found else []
    return CataloguePage(with_overviews(lines), found, page, pages)


def entry_ids(wanted: CatalogueFilter) -> QuerySet[Any]:
    """The ids of the released publications that match, newest first."""
    found = public.select(wanted.wanted)
    if wanted.category:
        rows = PublicationCategory.objects.filter(category=wanted.category)
        found = found.filter(pk__in=rows.values("publication_id"))
    for word in wanted.text.split()[:_MOST_WORDS]:
        found = found.filter(Q(*[(f"{name}__icontains", word) for name in _SOUGHT], _connector=Q.OR))
    return found.order_by("-published_at", "-pk").values_list("pk", flat=True)


def every_entry(wanted: CatalogueFilter, most: int, chunk: int = 1000) -> Iterator[Line]:
    """The first `most` rows that match, read some at a time, for files."""
    ids = list(entry_ids(wanted)[:most])
    for start in range(0, len(ids), chunk):
        yield from with_overviews(public.lines_by_id(ids[start : start + chunk]))


def with_overviews(lines: list[Line]) -> list[Line]:
    """The rows, where nobody wrote a summary with the first sentences of the text (条例第十二条: 内容概述)."""
    said = {line.id: _overviews.get((line.id, line.changed_at)) for line in lines if not line.summary}
    new = [line for line in lines if line.id in said and said[line.id] is None]
    if new:
        rows = Publication.objects.filter(pk__in=[line.id for line in new]).order_by()
        texts = dict(rows.values_list("pk", Substr("body", 1, _BEGINNING)))
        said |= {line.id: overview(line.title, texts[line.id]) for line in new}
        if len(_overviews) > _MOST_OVERVIEWS:
            _overviews.clear()
        _overviews.update({(line.id, line.changed_at): said[line.id] or "" for line in new})
    return [replace(line, summary=said[line.id] or "") if line.id in said else line for line in lines]


def years_covered() -> list[int]:
    """The years in which anything was released, newest first."""
    released = Publication.objects.filter(_RELEASED).values_list("published_at", flat=True)
    newest = released.order_by("-published_at", "-pk").first()
    oldest = released.order_by("published_at", "pk").first()
    if newest is None or oldest is None:
        return []
    return list(range(timezone.localtime(newest).year, timezone.localtime(oldest).year - 1, -1))


def agencies_in_catalogue() -> QuerySet[Agency]:
    """The agencies that have released anything, abolished ones included."""
    return _with_newest(Agency.objects.all()).filter(newest__isnull=False)


def refreshes(agencies: QuerySet[Agency], today: date) -> list[Refresh]:
    """When each agency last released anything; abolished ones are left out."""
    found = []
    for agency in _with_newest(agencies.filter(abolished__isnull=True)):
        at = agency.newest
        days = (today - timezone.localdate(at)).days if at else None
        found.append(Refresh(agency, at, days, policy_for(agency).catalogue_stale_days))
    return found


def _with_newest(agencies: QuerySet[Agency]) -> QuerySet[Agency]:
    """The agencies with the moment of their newest release: a look into the index for each."""
    released = Publication.objects.filter(_RELEASED, agency=OuterRef("pk"))
    newest = released.order_by("-published_at", "-pk").values("published_at")[:1]
    return agencies.annotate(newest=Subquery(newest))


def stale_catalogues(person: Person, today: date) -> list[Refresh]:
    """The catalogues in a person's reach that stand still, the longest first (条例第十二条: 及时更新)."""
    stale = [refresh for refresh in refreshes(visible_to(person), today) if refresh.stale]
    return sorted(stale, key=lambda r: (r.days is not None, -(r.days or 0)))
