"""Exchange: a subscriber asks with its key for the changes of the publications that it subscribed to."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from ninja import Query, Router, Schema
from ninja.security import HttpBasicAuth, HttpBearer

from gongkai.publishing.actions.exchange import message_of
from gongkai.publishing.exporting.atom import changes_atom
from gongkai.publishing.models import Subscription
from gongkai.publishing.queries.exchange import changes_after, newest_changes, subscription_of_key

router = Router()


class SubscriberKey(HttpBearer):
    """The key that was shown once when the subscription was made: `Authorization: Bearer gk_…`."""

    def authenticate(self, request: HttpRequest, token: str) -> Subscription | None:
        """The active subscription of a key; None answers 401."""
        return subscription_of_key(token[:200])


class SubscriberPassword(HttpBasicAuth):
    """The same key as the password of HTTP Basic, with any user name: what feed readers can send."""

    def authenticate(self, request: HttpRequest, username: str, password: str) -> Subscription | None:
        """The active subscription of a key; None answers 401."""
        return subscription_of_key(password[:200])


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


@router.get(
    "changes.atom",
    auth=[SubscriberKey(), SubscriberPassword()],
    summary="Changes of subscribed publications as a feed",
    openapi_extra={"responses": {200: {"description": "An Atom feed", "content": {"application/atom+xml": {}}}}},
)
def feed(
    request: HttpRequest,
    after: Annotated[int | None, Query(ge=0, le=2**62)] = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> HttpResponse:
    """The newest changes, newest first; with `after`, those after it, oldest first, as `/api/changes` gives them.

    The key is sent as for `/api/changes`, or as the password of HTTP Basic with any user name.
    """
    own = settings.WAGTAILADMIN_BASE_URL + reverse("api:feed")
    if after is None:
        rows, address, following = newest_changes(request.auth, limit), own, ""
    else:
        page = changes_after(request.auth, after, limit)
        rows, address = page.changes, f"{own}?after={after}&limit={limit}"
        following = f"{own}?after={page.next}&limit={limit}" if page.more else ""
    text = changes_atom(request.auth, rows, address=address, following=following)
    response = HttpResponse(text, content_type="application/atom+xml; charset=utf-8")
    response["Cache-Control"] = "private, no-store"
    return response
