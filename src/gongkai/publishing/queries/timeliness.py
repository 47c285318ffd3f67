"""Which information is due to be public, and what is late (条例第二十六条)."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from gongkai.agencies.models import Agency
from gongkai.office.working_days import due
from gongkai.publishing.models import Mode, Publication, State
from gongkai.publishing.queries.paths import policy_for

IN_FORCE = date(2008, 5, 1)
"""The day from which the Regulation holds; what was made before it has no day by which it is due."""

OPEN = (State.DRAFT, State.RETURNED, State.IN_REVIEW, State.SCHEDULED)


def release_due(publication: Publication) -> date | None:
    """The day by which it must be public: 20 working days from the day on which it was made."""
    if publication.made_on is None or publication.made_on < IN_FORCE or publication.mode != Mode.PROACTIVE:
        return None
    return due(publication.made_on, policy_for(publication.agency).release_days).day


def late(agencies: QuerySet[Agency], today: date | None = None) -> QuerySet[Publication]:
    """What should be public by now and is not."""
    day = today or timezone.localdate()
    return Publication.objects.filter(agency__in=agencies, state__in=OPEN, release_due__lt=day).order_by("release_due")


def due_until(agencies: QuerySet[Agency], until: date, today: date | None = None) -> QuerySet[Publication]:
    """What must be public between today and a day."""
    day = today or timezone.localdate()
    found = Publication.objects.filter(agency__in=agencies, state__in=OPEN, release_due__range=(day, until))
    return found.order_by("release_due")
