"""Exchange: a subscriber asks with its key for the changes of the publications that it subscribed to."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from ninja.security import HttpBearer

from gongkai.publishing.actions.exchange import message_of
from gongkai.publishing.models import Subscription
from gongkai.publishing.queries.exchange import changes_after, subscription_of_key

router = Router()


class SubscriberKey(HttpBearer):
    """The key that was shown once when the subscription was made: `Authorization: Bearer gk_…`."""

    def authenticate(self, request: HttpRequest, token: str) -> Subscription | None:
        """The active subscription of a key; None answers 401."""
        return subscription_of_key(token[:200])


class ChangeOut(Schema):
    """A change, with the publication as it is now; of one that was withdrawn, only its id, state and reason."""

    type: str
    id: int
    verb: str
    at: datetime
    publication: dict[str, Any]


class ChangesOut(Schema):
    """Changes oldest first. Ask again with `after=next`; where `more` is true, at once."""

    changes: list[ChangeOut]
    next: int
    more: bool


@router.get("changes", response=ChangesOut, auth=SubscriberKey(), summary="Changes of subscribed publications")
def changes(
    request: HttpRequest,
    response: HttpResponse,
    after: Annotated[int, Query(ge=0, le=2**62)] = 0,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> dict[str, Any]:
    """What was released, changed, corrected, withdrawn or changed in validity after the change `after`.

    Needs the key of a subscription. The same question gives the same changes, so a subscriber may ask again after a
    failure; keep `next` as the place to go on from.
    """
    response["Cache-Control"] = "private, no-store"
    page = changes_after(request.auth, after, limit)
    return {"changes": [message_of(change) for change in page.changes], "next": page.next, "more": page.more}
