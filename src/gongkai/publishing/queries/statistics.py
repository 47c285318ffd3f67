"""What the figures of disclosure say: by category, channel, agency and month; what is read; how timely it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import TruncDate, TruncMonth
from django.utils import timezone

from gongkai.publishing.models import (
    ENDED,
    POLICY_KINDS,
    ChannelRelease,
    Kind,
    Publication,
    PublicationCategory,
    ReadCount,
    SearchCount,
    State,
)
from gongkai.publishing.queries.public import Line, lines_by_id, published

MONTHS = 12


@dataclass(frozen=True, slots=True)
class Timeliness:
    """How much of what was made was released within the 20 working days of 条例第二十六条."""

    measured: int
    in_time: int

    @property
    def share(self) -> int | None:
        """Hundredths, None where nothing could be measured."""
        return round(100 * self.in_time / self.measured) if self.measured else None


@dataclass(frozen=True, slots=True)
class Short:
    """The figures of a month in short."""

    published: int
    policies: int
    interpretations: int
    timeliness: Timeliness


def since(day: date) -> datetime:
    """The first moment of a day here."""
    return timezone.make_aware(datetime.combine(day, time.min))


def month_start(today: date) -> date:
    """The first day of the month."""
    return today.replace(day=1)


def in_short(agencies: Iterable[int] = (), today: date | None = None) -> Short:
    """What was released this month, of all agencies or of some."""
    found = published().filter(published_at__gte=since(month_start(today or timezone.localdate()))).order_by()
    ids = list(agencies)
    if ids:
        found = found.filter(agency_id__in=ids)
    counts = found.aggregate(
        all=Count("pk"),
        policies=Count("pk", filter=Q(kind__in=POLICY_KINDS)),
        interpretations=Count("pk", filter=Q(kind=Kind.INTERPRETATION)),
    )
    return Short(counts["all"], counts["policies"], counts["interpretations"], timeliness(found))


def timeliness(found: QuerySet[Publication]) -> Timeliness:
    """How timely these were released; what bears no date on which it was made cannot be measured."""
    rows = found.filter(release_due__isnull=False).annotate(day=TruncDate("published_at"))
    counts = rows.aggregate(all=Count("pk"), in_time=Count("pk", filter=Q(day__lte=F("release_due"))))
    return Timeliness(counts["all"], counts["in_time"])


def of_year(year: int) -> QuerySet[Publication]:
    """What was released in a year."""
    return published().filter(published_at__year=year).order_by()


def by_month(today: date, months: int = MONTHS) -> list[tuple[date, int]]:
    """How many were released in each of the last months, the present one last; months without any too."""
    starts = [month_start(today)]
    while len(starts) < months:
        starts.append(month_start(starts[-1] - timedelta(days=1)))
    found = published().filter(published_at__gte=since(starts[-1])).order_by()
    rows = found.annotate(month=TruncMonth("published_at")).values_list("month").annotate(n=Count("pk"))
    counts = {month.date() if isinstance(month, datetime) else month: n for month, n in rows}
    return [(start, counts.get(start, 0)) for start in reversed(starts)]


def by_agency(year: int | None = None) -> dict[int, int]:
    """How many each agency released, ever or in a year."""
    found = of_year(year) if year else published().order_by()
    return dict(found.values_list("agency_id").annotate(n=Count("pk")))


def by_kind(year: int) -> list[tuple[str, int]]:
    """How many of each kind were released in a year, most first."""
    return sorted(of_year(year).values_list("kind").annotate(n=Count("pk")), key=lambda row: -row[1])


def by_category(agency: int | None = None, year: int | None = None) -> dict[str, int]:
    """How many are filed under each statutory category, of all agencies or one, ever or of a year."""
    rows = PublicationCategory.objects.filter(publication__state=State.PUBLISHED)
    if agency is not None:
        rows = rows.filter(agency_id=agency)
    if year is not None:
        rows = rows.filter(published_at__year=year)
    return dict(rows.order_by().values_list("category").annotate(n=Count("pk")))


def by_channel(year: int) -> list[tuple[str, int]]:
    """How often each channel was used in a year, most first."""
    rows = ChannelRelease.objects.filter(at__year=year).order_by()
    return sorted(rows.values_list("channel").annotate(n=Count("pk")), key=lambda row: -row[1])


def most_read(today: date, days: int = 30, limit: int = 10) -> list[tuple[Line, int]]:
    """What was read most in the last days, with how often."""
    rows = ReadCount.objects.filter(day__gt=today - timedelta(days=days), publication__state=State.PUBLISHED)
    top = list(
        rows.order_by().values_list("publication").annotate(n=Sum("count")).order_by("-n", "publication")[:limit]
    )
    counts = dict(top)
    return [(line, counts[line.id]) for line in lines_by_id(counts)]


def validity_of_policies() -> tuple[int, int]:
    """How many policy documents are in force, and how many are not any more."""
    found = published().filter(kind__in=POLICY_KINDS).order_by()
    counts = found.aggregate(all=Count("pk"), ended=Count("pk", filter=Q(validity__in=ENDED)))
    return counts["all"] - counts["ended"], counts["ended"]


def timeliness_by_agency(year: int) -> dict[int, Timeliness]:
    """How timely each agency released in a year."""
    rows = of_year(year).filter(release_due__isnull=False).annotate(day=TruncDate("published_at"))
    counts = rows.values_list("agency_id").annotate(
        n=Count("pk"), in_time=Count("pk", filter=Q(day__lte=F("release_due")))
    )
    return {agency: Timeliness(n, in_time) for agency, n, in_time in counts}


@dataclass(frozen=True, slots=True)
class Sought:
    """Words that readers searched."""

    query: str
    times: int
    found: int
    last: date


def sought(today: date, *, days: int = 90, only_empty: bool = True, limit: int = 200) -> list[Sought]:
    """What readers searched in the last days, by how often; only what found nothing, unless all is asked for."""
    rows = SearchCount.objects.filter(day__gt=today - timedelta(days=days)).values_list(
        "query", "day", "count", "found"
    )
    gathered: dict[str, list[tuple[date, int, int]]] = defaultdict(list)
    for query, day, count, found in rows:
        gathered[query].append((day, count, found))
    listed = []
    for query, days_of in gathered.items():
        last, _count, found = max(days_of)
        if found == 0 or not only_empty:
            listed.append(Sought(query, sum(count for _day, count, _found in days_of), found, last))
    return sorted(listed, key=lambda s: (-s.times, s.query))[:limit]
