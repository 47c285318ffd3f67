"""What may be asked about transfers to archives and libraries: venues, manifests, missing months."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils import timezone

from gongkai.agencies.models import Agency, Role
from gongkai.agencies.queries import existing, posts_on

_VENUE_NAMES = ("档案馆", "图书馆", "政务服务中心", "方志馆")


def venues_of(agency: Agency) -> list[Agency]:
    """The archives, libraries and service halls that an agency hands its information to (条例第二十五条).

    Those of its own government; where that has none, those of the nearest government above.
    """
    seat: Agency | None = agency
    seen: set[int] = set()
    while seat is not None and seat.pk not in seen:
        seen.add(seat.pk)
        found = [venue for venue in venues().filter(parent=seat) if venue.pk != agency.pk]
        if found:
            return found
        seat = seat.parent
    return []


def venues() -> QuerySet[Agency]:
    """All bodies that receive transfers: by their name, or by a receiver who works there."""
    today = timezone.localdate()
    named = Q()
    for name in _VENUE_NAMES:
        named |= Q(name__endswith=name)
    receiving = posts_on(today).filter(role=Role.RECEIVER).values("agency_id")
    return existing(today).filter(named | Q(pk__in=receiving))


def is_venue(agency: Agency) -> bool:
    """Whether a body receives transfers; what it makes itself it does not hand to itself."""
    return venues().filter(pk=agency.pk).exists()
