"""What may be asked about transfers to archives and libraries: venues, manifests, missing months."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Min, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.agencies.models import Agency, Person, Role
from gongkai.agencies.queries import existing, posts_on, visible_to
from gongkai.agencies.rights import ROLES, Right, giving_post
from gongkai.publishing.dates import month_of, month_span, months_after
from gongkai.publishing.models import Change, Manifest, MissedTransfer, Publication, State
from gongkai.publishing.queries.paths import policy_for

_VENUE_NAMES = ("档案馆", "图书馆", "政务服务中心", "方志馆")


@dataclass(frozen=True, slots=True)
class Square:
    """How the hand-over of one agency to one venue stands for one month."""

    agency: Agency
    venue: Agency
    month: date
    manifest: Manifest | None
    waiting: int
    """How many publications of the month there are to hand over."""
    due: date
    missed: MissedTransfer | None

    @property
    def state(self) -> str:
        """received, returned, sent, nothing, overdue or open."""
        if self.manifest is not None:
            if self.manifest.received_at is not None:
                return "received"
            return "returned" if self.manifest.problem else "sent"
        if not self.waiting:
            return "nothing"
        return "overdue" if timezone.localdate() > self.due else "open"

    @property
    def words(self) -> str:
        """The state for people."""
        return {
            "received": _("已接收"),
            "returned": _("被退回"),
            "sent": _("待接收"),
            "nothing": _("无信息"),
            "overdue": _("逾期未送"),
            "open": _("待送交"),
        }[self.state]


def venues_of(agency: Agency) -> list[Agency]:
    """The archives, libraries and service halls that an agency hands its information to (条例第二十五条).

    Those of its own government; where that has none, those of the nearest government above.
    """
    return VenueFinder().of(agency)


class VenueFinder:
    """Finds the venues of many agencies with two queries."""

    def __init__(self) -> None:
        self._venues: dict[int | None, list[Agency]] = {}
        for venue in venues():
            self._venues.setdefault(venue.parent_id, []).append(venue)
        self._parents = dict(Agency.objects.values_list("pk", "parent_id"))

    def of(self, agency: Agency) -> list[Agency]:
        """The venues of one agency; none for a venue itself."""
        seat: int | None = agency.pk
        if any(agency.pk == venue.pk for row in self._venues.values() for venue in row):
            return []
        seen: set[int] = set()
        while seat is not None and seat not in seen:
            seen.add(seat)
            if found := self._venues.get(seat):
                return found
            seat = self._parents.get(seat)
        return []


def venues() -> QuerySet[Agency]:
    """All bodies that receive transfers: by their name, or by a receiver who works there."""
    today = timezone.localdate()
    named = Q()
    for name in _VENUE_NAMES:
        named |= Q(name__endswith=name)
    receiving = posts_on(today).filter(role=Role.RECEIVER).values("agency_id")
    return existing(today).filter(named | Q(pk__in=receiving))


def to_hand_over(agency: Agency, month: date) -> QuerySet[Publication]:
    """What an agency released in a month and still discloses, in the order of release."""
    first, end = month_span(month)
    found = Publication.objects.filter(
        agency=agency, state=State.PUBLISHED, published_at__gte=first, published_at__lt=end
    )
    return found.select_related("agency").order_by("published_at", "pk")


def manifests_for(person: Person) -> QuerySet[Manifest]:
    """The manifests that agencies in a person's reach sent or received."""
    reach = visible_to(person)
    found = Manifest.objects.filter(Q(agency__in=reach) | Q(venue__in=reach))
    return found.select_related("agency", "venue", "received_by").annotate(size=Count("items"))


def inbox(person: Person) -> QuerySet[Manifest]:
    """The manifests that wait for the receipt of a person's own venue."""
    mine = visible_to(person, roles=ROLES[Right.RECEIVE_TRANSFERS])
    return manifests_for(person).filter(venue__in=mine, received_at__isnull=True, problem="").order_by("sent_at")


def board(person: Person, month: date) -> list[Square]:
    """Every agency in reach of those who hand over, with each of its venues, for one month."""
    agencies = existing().filter(pk__in=visible_to(person, roles=ROLES[Right.TRANSFER_PUBLICATIONS]))
    return squares(agencies, month)


def squares(agencies: QuerySet[Agency], month: date) -> list[Square]:
    """How the hand-over of some agencies stands for a month."""
    first, end = month_span(month)
    released = Publication.objects.filter(
        agency__in=agencies, state=State.PUBLISHED, published_at__gte=first, published_at__lt=end
    )
    counts = dict(released.order_by().values_list("agency_id").annotate(Count("pk")))
    sent = {(m.agency_id, m.venue_id): m for m in Manifest.objects.filter(month=month_of(month))}
    missed = {(m.agency_id, m.venue_id): m for m in MissedTransfer.objects.filter(month=month_of(month))}
    finder = VenueFinder()
    return [
        Square(
            agency=agency,
            venue=venue,
            month=month_of(month),
            manifest=sent.get((agency.pk, venue.pk)),
            waiting=counts.get(agency.pk, 0),
            due=due_day(agency, month),
            missed=missed.get((agency.pk, venue.pk)),
        )
        for agency in agencies
        for venue in finder.of(agency)
    ]


def due_day(agency: Agency, month: date) -> date:
    """The day of the next month by which a month is to be handed over."""
    day = max(1, min(policy_for(agency).transfer_day, 28))
    return months_after(month_of(month), 1).replace(day=day)


def first_month(agency: Agency) -> date | None:
    """The month in which the agency first released anything with this platform; what came before is not asked for."""
    at = Change.objects.filter(publication__agency=agency).aggregate(first=Min("at"))["first"]
    return month_of(timezone.localdate(at)) if at else None


def missed_in(agency: Agency, year: int) -> QuerySet[MissedTransfer]:
    """The months of a year that an agency missed, made good or not."""
    return MissedTransfer.objects.filter(agency=agency, month__year=year).select_related("venue").order_by("month")


@dataclass(frozen=True, slots=True)
class Missed:
    """A month that an agency did not hand over in time, with what follows from it."""

    agency: Agency
    month: date
    nth: int
    """Which time it is in its calendar year."""
    consequence: str
    venues: tuple[str, ...]
    made_good_on: date | None
    """The day on which the last venue got it; None while one still waits."""


def missed_seen_by(person: Person, year: int) -> list[Missed]:
    """What the agencies in a person's reach missed in a year, and what was never brought to the person's own venue.

    By agency, each one's months in order: the order in which the consequences grow.
    """
    mine = Q(agency__in=visible_to(person)) | Q(venue__in=visible_to(person, roles=ROLES[Right.RECEIVE_TRANSFERS]))
    rows = MissedTransfer.objects.filter(mine, month__year=year).select_related("agency", "venue")
    months: dict[tuple[int, date], list[MissedTransfer]] = {}
    for row in rows.order_by("agency__order", "agency_id", "month", "venue__order"):
        months.setdefault((row.agency_id, row.month), []).append(row)
    every = _months_missed({agency for agency, _month in months}, year)
    return [_missed(found, every[agency].index(month) + 1) for (agency, month), found in months.items()]


def _months_missed(agencies: set[int], year: int) -> dict[int, list[date]]:
    """All months that agencies missed in a year, in order; a venue sees only those of its own otherwise."""
    found: dict[int, list[date]] = {}
    rows = MissedTransfer.objects.filter(agency__in=agencies, month__year=year).order_by("month")
    for agency, month in rows.values_list("agency_id", "month").distinct():
        found.setdefault(agency, []).append(month)
    return found


def _missed(rows: list[MissedTransfer], nth: int) -> Missed:
    good = [timezone.localdate(row.made_good_at) for row in rows if row.made_good_at]
    return Missed(
        agency=rows[0].agency,
        month=rows[0].month,
        nth=nth,
        consequence=str(rows[0].get_consequence_display()),
        venues=tuple(row.venue.label for row in rows),
        made_good_on=max(good) if len(good) == len(rows) else None,
    )


def may_receive(person: Person, venue: Agency) -> bool:
    """Whether a person holds a post of receiver in the venue itself, in person or as deputy; nothing else will do."""
    return bool(person.is_active and giving_post(person, Right.RECEIVE_TRANSFERS, venue) is not None)


def missed_before(person: Person, today: date) -> list[MissedTransfer]:
    """What agencies in a sender's reach missed before the last month and have not made good, oldest first."""
    agencies = existing(today).filter(pk__in=visible_to(person, roles=ROLES[Right.TRANSFER_PUBLICATIONS]))
    last = months_after(month_of(today), -1)
    found = MissedTransfer.objects.filter(agency__in=agencies, month__lt=last, made_good_at__isnull=True)
    return list(found.order_by("month", "agency__order"))
