"""What may be asked about exchange: the subscriptions in reach, the changes that one receives, its deliveries."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, Max, Q, QuerySet

from gongkai.agencies.models import Person
from gongkai.agencies.queries import descendants, visible_to
from gongkai.agencies.rights import ROLES, Right
from gongkai.publishing.models import Change, Delivery, Publication, Subscription

_SCANNED = 5000
"""Changes that one question looks at, at most."""


@dataclass(frozen=True, slots=True)
class Page:
    """Some changes of a subscription, and from where to go on."""

    changes: list[Change]
    next: int
    more: bool


def subscriptions_for(person: Person) -> QuerySet[Subscription]:
    """The subscriptions that a person keeps, with the number of deliveries that wait and that failed."""
    mine = visible_to(person, roles=ROLES[Right.MANAGE_SUBSCRIPTIONS])
    waiting = Count("deliveries", filter=Q(deliveries__state=Delivery.State.WAITING))
    failed = Count("deliveries", filter=Q(deliveries__state=Delivery.State.FAILED))
    found = Subscription.objects.filter(agency__in=mine).select_related("agency", "created_by")
    return found.annotate(waiting=waiting, failed=failed, last=Max("deliveries__done_at"))


def subscription_of_key(key: str) -> Subscription | None:
    """The active subscription whose key it is; keys are kept as hashes only."""
    hashed = hashlib.sha256(key.encode()).hexdigest()
    return Subscription.objects.filter(key_hash=hashed, active=True).select_related("agency").first()


def last_change() -> int:
    """The number of the newest change; 0 where there is none."""
    return int(Change.objects.aggregate(n=Max("pk"))["n"] or 0)


def changes_after(subscription: Subscription, after: int, limit: int) -> Page:
    """The changes after a number that a subscription receives, oldest first."""
    found: list[Change] = []
    position, scanned = after, 0
    reach = reach_of(subscription)
    for change in _changes(subscription, after, reach):
        position, scanned = change.pk, scanned + 1
        if matches(subscription, change.publication):
            found.append(change)
        if len(found) >= limit or scanned >= _SCANNED:
            return Page(found, position, True)
    return Page(found, max(position, after), False)


def newest_changes(subscription: Subscription, limit: int) -> list[Change]:
    """The newest changes that a subscription receives, newest first."""
    found: list[Change] = []
    for change in _changes(subscription, 0, reach_of(subscription), newest=True):
        if matches(subscription, change.publication):
            found.append(change)
        if len(found) >= limit:
            break
    return found


def reach_of(subscription: Subscription) -> set[int]:
    """The agencies whose publications it receives: its keeper and those below, narrowed by its filter."""
    reach = {subscription.agency_id} | descendants([subscription.agency_id])
    chosen = subscription.filters.get("agencies") or []
    return reach & set(chosen) if chosen else reach


def matches(subscription: Subscription, publication: Publication) -> bool:
    """Whether the filter of a subscription lets a publication through; the agency is judged by `reach_of`."""
    wanted = subscription.filters
    if (kinds := wanted.get("kinds")) and publication.kind not in kinds:
        return False
    if (themes := wanted.get("themes")) and not any(publication.theme.startswith(t) for t in themes):
        return False
    categories = wanted.get("categories")
    return not categories or bool(set(categories) & set(publication.categories))


def deliveries_of(subscription: Subscription) -> QuerySet[Delivery]:
    """The deliveries of a subscription, newest first."""
    return subscription.deliveries.select_related("change__publication").order_by("-pk")


def _changes(subscription: Subscription, after: int, reach: set[int], newest: bool = False) -> Iterator[Change]:
    rows = Change.objects.filter(pk__gt=after, publication__agency_id__in=reach)
    chosen = rows.select_related("publication__agency").order_by("-pk" if newest else "pk")[: _SCANNED + 1]
    return chosen.iterator(chunk_size=500)
