"""The list of publications that staff work with: narrowed by state, step, kind, agency, writer and lateness."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from gongkai.agencies.models import Person
from gongkai.publishing.models import Publication, State
from gongkai.publishing.queries import desk
from gongkai.publishing.queries.timeliness import OPEN

PICKED = 12


def narrowed(
    publications: QuerySet[Publication],
    *,
    query: str = "",
    state: str = "",
    step: str = "",
    kind: str = "",
    agency: Any | None = None,
    writer: Person | None = None,
    late: bool = False,
    today: date | None = None,
) -> QuerySet[Publication]:
    """The publications that fit every condition, those changed last first; `query` is looked for in title and numbers.

    `writer` began it; `late` is what should be public by now, or whose step is overdue.
    """
    found = publications.select_related("agency")
    for word in query.split()[:5]:
        found = found.filter(
            Q(title__icontains=word) | Q(document_number__icontains=word) | Q(index_number__icontains=word)
        )
    same = {"state": state, "step": step, "kind": kind, "agency": agency, "created_by": writer}
    found = found.filter(**{name: value for name, value in same.items() if value})
    if late:
        day = today or timezone.localdate()
        found = found.filter(Q(state__in=OPEN, release_due__lt=day) | (~Q(step="") & Q(step_due__lt=day)))
    return found.defer("body").order_by("-changed_at", "-pk")


def known_to(person: Person) -> QuerySet[Publication]:
    """Publications whose titles a person may know: those that are or were public, and those that the person may see."""
    seen = desk.visible_to(person).values("pk")
    return Publication.objects.filter(Q(state__in=[State.PUBLISHED, State.WITHDRAWN]) | Q(pk__in=seen))


def pickable(person: Person, query: str, but: int | None = None) -> list[Publication]:
    """Publications that a person may point to from another: public ones, and those that the person may see."""
    seen = desk.visible_to(person).exclude(state=State.DISCARDED).values("pk")
    found = Publication.objects.filter(Q(state=State.PUBLISHED) | Q(pk__in=seen)).exclude(pk=but)
    for word in query.split()[:5]:
        found = found.filter(Q(title__icontains=word) | Q(document_number__icontains=word))
    return list(found.select_related("agency").defer("body").order_by("-published_at", "-pk")[:PICKED])


def with_number(person: Person, number: str, but: int | None = None) -> Publication | None:
    """Another publication that bears a document number and that the person may know of."""
    seen = desk.visible_to(person).exclude(state=State.DISCARDED).values("pk")
    found = Publication.objects.filter(Q(state=State.PUBLISHED) | Q(pk__in=seen), document_number=number)
    return found.exclude(pk=but).defer("body").first()
