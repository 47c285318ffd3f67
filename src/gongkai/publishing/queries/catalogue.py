"""The catalogue (政府信息公开目录): always live over what is released, narrowed by filters, watched for standstill."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.core.paginator import Paginator
from django.db.models import BooleanField, OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import RawSQL
from django.utils import timezone

from gongkai.agencies.models import Agency, Person
from gongkai.agencies.queries import visible_to
from gongkai.law.catalogue import themes
from gongkai.publishing.models import Publication, PublicationCategory
from gongkai.publishing.queries.paths import policy_for

SHOWN = (
    "title",
    "summary",
    "kind",
    "index_number",
    "document_number",
    "made_on",
    "published_at",
    "validity",
    "ended_on",
    "agency__name",
    "agency__short_name",
    "agency__slug",
)
"""What a row of the catalogue needs; the text of a publication is never read for a list."""

_MOST_WITH_WORDS = 10_000
"""Rows that a filter by words shows; for more there is the search."""

_RELEASED = RawSQL("state = 'published'", (), output_field=BooleanField())
"""Written out, since SQLite reads a partial index alone only where its condition stands in the query as a constant."""


@dataclass(frozen=True, slots=True)
class CatalogueFilter:
    """What the catalogue is narrowed by; what is empty narrows nothing."""

    agency: Agency | None = None
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


def entries(wanted: CatalogueFilter) -> QuerySet[Publication]:
    """The released publications that match, newest first; over the partial indexes of released publications."""
    found = Publication.objects.filter(_of_publication(wanted), _RELEASED)
    if wanted.category:
        rows = PublicationCategory.objects.filter(category=wanted.category)
        found = found.filter(pk__in=rows.values("publication_id"))
    return found.order_by("-published_at", "-pk")


def entry_ids(wanted: CatalogueFilter) -> QuerySet[Any]:
    """The ids of what matches, newest first: from the index alone wherever the filters allow it."""
    if not wanted.category:
        return entries(wanted).values_list("pk", flat=True)
    rows = PublicationCategory.objects.filter(_of_row(wanted), category=wanted.category)
    rest = _of_publication(wanted, prefix="publication__", rows=True)
    return rows.filter(rest).order_by("-published_at", "-publication_id").values_list("publication_id", flat=True)


def page_of(wanted: CatalogueFilter, number: Any, size: int = 50, total: int | None = None) -> Any:
    """A page of the catalogue, its `object_list` the publications themselves; `total` spares counting them anew."""
    ids: Any = entry_ids(wanted)
    if wanted.text:
        # No index helps to find words inside titles: one walk gives both the number of rows and the page.
        ids = list(ids[:_MOST_WITH_WORDS])
    paginator = Paginator(ids, size)
    if total is not None:
        paginator.count = total
    page = paginator.get_page(number)
    page.object_list = rows_of(page.object_list)
    return page


def rows_of(ids: Any) -> list[Publication]:
    """Publications by their ids, in that order, with what a row shows."""
    wanted = list(ids)
    found = Publication.objects.select_related("agency").only(*SHOWN).in_bulk(wanted)
    return [found[pk] for pk in wanted if pk in found]


def every_entry(wanted: CatalogueFilter, most: int, chunk: int = 1000) -> Iterator[Publication]:
    """The first `most` rows that match, read some at a time, for files."""
    ids = list(entry_ids(wanted)[:most])
    for start in range(0, len(ids), chunk):
        yield from rows_of(ids[start : start + chunk])


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


def _of_publication(wanted: CatalogueFilter, prefix: str = "", rows: bool = False) -> Q:
    """The conditions on a publication; those that a category row bears itself are left out with `rows`."""
    q = Q()
    for name in ("kind", "validity"):
        if value := getattr(wanted, name):
            q &= Q(**{prefix + name: value})
    if wanted.theme:
        q &= Q(**{prefix + "theme__in": _with_below(wanted.theme)})
    if not rows:
        q &= _of_row(wanted)
    for word in wanted.text.split()[:8]:
        fields = ("title", "document_number", "index_number")
        q &= Q(*[(f"{prefix}{name}__icontains", word) for name in fields], _connector=Q.OR)
    return q


def _with_below(theme: str) -> list[str]:
    """A theme with those below it."""
    below = [child.id for one in themes() if one.id == theme for child in one.children]
    return [theme, *below]


def _of_row(wanted: CatalogueFilter) -> Q:
    q = Q()
    if wanted.agency is not None:
        q &= Q(agency=wanted.agency)
    if wanted.year:
        first, end = (
            timezone.make_aware(datetime.combine(date(y, 1, 1), time.min)) for y in (wanted.year, wanted.year + 1)
        )
        q &= Q(published_at__gte=first, published_at__lt=end)
    return q
