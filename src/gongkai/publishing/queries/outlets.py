"""What waits for a person around publications: guides to check, catalogues that stand still, transfers, deliveries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongkai.agencies.models import Person
from gongkai.agencies.rights import Right, may_anywhere
from gongkai.publishing.dates import month_of, months_after
from gongkai.publishing.models import Delivery
from gongkai.publishing.queries.catalogue import stale_catalogues
from gongkai.publishing.queries.exchange import subscriptions_for
from gongkai.publishing.queries.guide import guides_due
from gongkai.publishing.queries.transfer import board, inbox, missed_before


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many things of one sort wait."""

    id: str
    """guides, catalogues, receive, send, missed or deliveries."""
    count: int
    urgent: bool = False
    month: date | None = None
    """The month with which to begin, where it is about months."""


def waiting_outlets(person: Person, today: date) -> list[Waiting]:
    """What waits for a person, by the rights of their posts; sorts of which nothing waits are left out."""
    found = []
    if may_anywhere(person, Right.RECEIVE_TRANSFERS) and not person.is_superuser:
        found.append(Waiting("receive", inbox(person).count()))
    if may_anywhere(person, Right.TRANSFER_PUBLICATIONS):
        squares = board(person, months_after(month_of(today), -1))
        states = [s.state for s in squares if s.state in {"open", "overdue", "returned"}]
        found.append(Waiting("send", len(states), urgent="overdue" in states or "returned" in states))
        missed = missed_before(person, today)
        found.append(Waiting("missed", len(missed), urgent=True, month=missed[0].month if missed else None))
    if may_anywhere(person, Right.MANAGE_GUIDE):
        due = guides_due(person, today)
        found.append(Waiting("guides", len(due), urgent=any(d.due and d.due < today for d in due)))
        found.append(Waiting("catalogues", len(stale_catalogues(person, today)), urgent=True))
    if may_anywhere(person, Right.MANAGE_SUBSCRIPTIONS):
        failed = Delivery.objects.filter(
            subscription__in=subscriptions_for(person).order_by().values("pk"), state=Delivery.State.FAILED
        )
        found.append(Waiting("deliveries", failed.count(), urgent=True))
    return [one for one in found if one.count]
