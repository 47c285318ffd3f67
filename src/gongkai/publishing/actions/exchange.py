"""What may be done with subscriptions: make, change, pause and renew them; carry changes to their webhooks."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import httpx
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from gongkai.agencies.models import Agency, Person
from gongkai.agencies.queries import descendants
from gongkai.agencies.rights import ROLES, Right, require
from gongkai.files.outside import Forbidden, checked_address, client
from gongkai.law.catalogue import statutory_categories, themes
from gongkai.office.actions import notify
from gongkai.publishing.actions.shared import holders
from gongkai.publishing.exporting.machine import machine_form
from gongkai.publishing.models import Change, Delivery, Kind, Subscription
from gongkai.publishing.queries.exchange import changes_after, last_change
from gongkai.trail.chain import record

BASIS = "《中华人民共和国政府信息公开条例》第八条、第二十四条"
WAITS = tuple(timedelta(minutes=m) for m in (1, 5, 30, 120, 360, 720, 1440))
"""How long is waited after each attempt that failed; after the eighth the delivery has failed and pushing stops."""
ATTEMPTS = len(WAITS) + 1
_CLAIM = timedelta(minutes=5)
"""For so long nobody else tries a delivery that is under way."""
_BATCH = 200


@dataclass(frozen=True, slots=True)
class Issued:
    """A subscription with what is shown once: the key for asking, the secret for checking signatures."""

    subscription: Subscription
    key: str
    secret: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What a webhook answered: its status, or the error where there was none."""

    status: int | None
    error: str

    @property
    def ok(self) -> bool:
        """Whether it was taken."""
        return self.status is not None and 200 <= self.status < 300


def subscribe(agency: Agency, name: str, *, by: Person, filters: Mapping[str, Any], webhook: str = "") -> Issued:
    """Makes a subscription to the changes of an agency and of those below it, from now on.

    The key and the secret are given once and cannot be read again. Raises NotAllowed; ValidationError by field.
    """
    require(by, Right.MANAGE_SUBSCRIPTIONS, agency)
    values = _checked(agency, name, filters, webhook)
    key, secret = _key(), secrets.token_urlsafe(32)
    with transaction.atomic():
        row = Subscription.objects.create(
            agency=agency, created_by=by, secret=secret, key_hash=_hash(key), position=last_change(), **values
        )
        _note("subscribe", row, by, **values)
    return Issued(row, key, secret)


def update_subscription(
    subscription: Subscription, *, by: Person, name: str, filters: Mapping[str, Any], webhook: str = ""
) -> Subscription:
    """Changes what a subscription receives and where to. Raises like `subscribe`."""
    require(by, Right.MANAGE_SUBSCRIPTIONS, subscription.agency)
    values = _checked(subscription.agency, name, filters, webhook)
    with transaction.atomic():
        row = _locked(subscription)
        changed = {n: [getattr(row, n), v] for n, v in values.items() if getattr(row, n) != v}
        if changed:
            if values["webhook"] and not row.webhook:
                row.position = last_change()
            if "webhook" in changed:
                _go_on(row)
            for field, value in values.items():
                setattr(row, field, value)
            row.save()
            _note("update_subscription", row, by, **changed)
    subscription.refresh_from_db()
    return subscription


def set_active(subscription: Subscription, active: bool, *, by: Person) -> Subscription:
    """Pauses a subscription, or lets it go on where it stopped."""
    require(by, Right.MANAGE_SUBSCRIPTIONS, subscription.agency)
    with transaction.atomic():
        row = _locked(subscription)
        if row.active != active:
            row.active = active
            row.save(update_fields=["active"])
            _note("resume_subscription" if active else "pause_subscription", row, by)
    subscription.refresh_from_db()
    return subscription


def restart(subscription: Subscription, *, by: Person) -> Subscription:
    """Lets pushing go on after it was given up: what failed is tried anew, and what changed since then follows."""
    require(by, Right.MANAGE_SUBSCRIPTIONS, subscription.agency)
    with transaction.atomic():
        row = _locked(subscription)
        if row.stopped_at is not None:
            _go_on(row)
            row.save(update_fields=["stopped_at"])
            _note("restart_subscription", row, by)
    subscription.refresh_from_db()
    return subscription


def renew(subscription: Subscription, *, by: Person) -> Issued:
    """Gives a new key and a new secret; the old ones are worth nothing from now on."""
    require(by, Right.MANAGE_SUBSCRIPTIONS, subscription.agency)
    key, secret = _key(), secrets.token_urlsafe(32)
    with transaction.atomic():
        row = _locked(subscription)
        row.key_hash, row.secret = _hash(key), secret
        row.save(update_fields=["key_hash", "secret"])
        _note("renew_subscription", row, by)
    subscription.refresh_from_db()
    return Issued(subscription, key, secret)


def send_test(subscription: Subscription, *, by: Person) -> Answer:
    """Sends a signed message of the type `test` at once. Raises NotAllowed; ValidationError without a webhook."""
    require(by, Right.MANAGE_SUBSCRIPTIONS, subscription.agency)
    if not subscription.webhook:
        raise ValidationError({"webhook": _("还没有填写推送地址。")})
    at = timezone.now()
    body = {"type": "test", "id": 0, "at": at.isoformat(timespec="seconds"), "publication": None}
    answer = _post(subscription, f"test-{secrets.token_hex(8)}", body)
    with transaction.atomic():
        _note("test_subscription", subscription, by, status=answer.status, error=answer.error)
    return answer


def retry(delivery: Delivery, *, by: Person) -> Delivery:
    """Lets a delivery that failed be tried again from the start, and pushing go on."""
    require(by, Right.MANAGE_SUBSCRIPTIONS, delivery.subscription.agency)
    with transaction.atomic():
        failed = Delivery.objects.filter(pk=delivery.pk, state=Delivery.State.FAILED)
        if failed.update(state=Delivery.State.WAITING, attempts=0, next_at=timezone.now(), error=""):
            Subscription.objects.filter(pk=delivery.subscription_id).update(stopped_at=None)
            _note("retry_delivery", delivery.subscription, by, delivery=delivery.pk)
    delivery.refresh_from_db()
    return delivery


def deliver_due(now: datetime | None = None, *, seconds: float = 50.0) -> int:
    """Turns new changes into deliveries and sends those that are due; returns how many arrived.

    Each delivery is claimed before it is sent, so that several workers never send one twice. Where a webhook fails, its
    other deliveries wait for the next turn; where it failed for good, all wait until its keepers let it go on. It stops
    taking up new ones after some seconds.
    """
    moment = now or timezone.now()
    end = timezone.now() + timedelta(seconds=seconds)
    pushing = Subscription.objects.filter(active=True, stopped_at__isnull=True).exclude(webhook="")
    for subscription in pushing:
        _prepare(subscription, moment)
    done, down = 0, set()
    waiting = Delivery.objects.filter(state=Delivery.State.WAITING, next_at__lte=moment, subscription__in=pushing)
    rows = waiting.select_related("subscription__agency", "change__publication__agency")
    for delivery in rows.order_by("next_at", "pk")[:_BATCH]:
        if timezone.now() > end:
            break
        if delivery.subscription_id in down or not _claim(delivery, moment):
            continue
        answer = _post(delivery.subscription, str(delivery.pk), message_of(delivery.change))
        _settle(delivery, answer, moment)
        done += answer.ok
        if not answer.ok:
            down.add(delivery.subscription_id)
    return done


def message_of(change: Change) -> dict[str, Any]:
    """A change as subscribers read it, with the publication as it is now."""
    return {
        "type": "change",
        "id": change.pk,
        "verb": change.verb,
        "at": change.at.isoformat(timespec="seconds"),
        "publication": machine_form(change.publication),
    }


def signature(secret: str, timestamp: str, delivery: str, body: bytes) -> str:
    """HMAC-SHA256 over `timestamp.delivery.body`, as the header carries it."""
    signed = f"{timestamp}.{delivery}.".encode() + body
    return "sha256=" + hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()


def _prepare(subscription: Subscription, now: datetime) -> None:
    """Makes deliveries of the changes since the last time; a change becomes one delivery, whatever happens."""
    while True:
        with transaction.atomic():
            row = _locked(subscription)
            page = changes_after(row, row.position, _BATCH)
            Delivery.objects.bulk_create(
                [Delivery(subscription=row, change=change, next_at=now) for change in page.changes],
                ignore_conflicts=True,
            )
            if page.next != row.position:
                row.position = page.next
                row.save(update_fields=["position"])
        if not page.more:
            return


def _claim(delivery: Delivery, now: datetime) -> bool:
    """Whether this worker may send it now; counts the attempt."""
    mine = Delivery.objects.filter(pk=delivery.pk, state=Delivery.State.WAITING, next_at__lte=now)
    claimed = mine.update(attempts=F("attempts") + 1, next_at=now + _CLAIM)
    delivery.attempts += 1
    return bool(claimed)


def _post(subscription: Subscription, delivery: str, message: Mapping[str, Any]) -> Answer:
    body = json.dumps(message, ensure_ascii=False).encode()
    timestamp = str(int(timezone.now().timestamp()))
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "Gongkai exchange",
        "X-Gongkai-Event": str(message["type"]),
        "X-Gongkai-Delivery": delivery,
        "X-Gongkai-Timestamp": timestamp,
        "X-Gongkai-Signature": signature(subscription.secret, timestamp, delivery, body),
    }
    try:
        with client() as http, http.stream("POST", subscription.webhook, content=body, headers=headers) as response:
            status = response.status_code
    except httpx.TimeoutException:
        return Answer(None, _("对方超过10秒没有回应。"))
    except httpx.NetworkError as error:
        return Answer(None, _("连接不上对方：%(error)s") % {"error": str(error)[:200]})
    except (Forbidden, httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
        return Answer(None, (str(error) or type(error).__name__)[:300])
    return Answer(status, "" if 200 <= status < 300 else f"HTTP {status}")


def _settle(delivery: Delivery, answer: Answer, now: datetime) -> None:
    delivery.status, delivery.error = answer.status, answer.error
    if answer.ok:
        delivery.state, delivery.done_at = Delivery.State.DONE, timezone.now()
    elif delivery.attempts >= ATTEMPTS:
        delivery.state = Delivery.State.FAILED
    else:
        delivery.next_at = now + WAITS[delivery.attempts - 1]
    with transaction.atomic():
        delivery.save(update_fields=["state", "status", "error", "done_at", "next_at"])
        if delivery.state == Delivery.State.FAILED:
            _give_up(delivery)


def _give_up(delivery: Delivery) -> None:
    """Stops pushing to an address that did not answer for two days, and tells the keepers once."""
    row = delivery.subscription
    pushing = Subscription.objects.filter(pk=row.pk, stopped_at__isnull=True)
    if pushing.update(stopped_at=timezone.now()):
        _tell_keepers(delivery)


def _go_on(row: Subscription) -> None:
    """Takes up pushing again, with what failed before; the caller saves the row."""
    row.stopped_at = None
    failed = row.deliveries.filter(state=Delivery.State.FAILED)
    failed.update(state=Delivery.State.WAITING, attempts=0, next_at=timezone.now(), error="")


def _tell_keepers(delivery: Delivery) -> None:
    row = delivery.subscription
    people = list(holders(row.agency, ROLES[Right.MANAGE_SUBSCRIPTIONS], timezone.localdate()))
    people += [row.created_by] if row.created_by is not None else []
    message = gettext_noop("向“%(name)s”推送信息变化失败%(n)s次，已停止推送：%(error)s。对方恢复后，请点“恢复推送”。")
    link = reverse("desk_subscription", args=[row.pk])
    notify(people, message, link=link, name=row.name, n=delivery.attempts, error=delivery.error[:80])


def _checked(agency: Agency, name: str, filters: Mapping[str, Any], webhook: str) -> dict[str, Any]:
    errors: dict[str, Any] = {}
    name, webhook = name.strip(), webhook.strip()
    if not name or len(name) > 120:
        errors["name"] = _("请填写订阅方名称，例如“市档案馆”，最多 120 字。")
    wanted = _filters(agency, filters, errors)
    if webhook and (problem := _wrong_address(webhook)):
        errors["webhook"] = problem
    if errors:
        raise ValidationError(errors)
    return {"name": name, "filters": wanted, "webhook": webhook}


def _filters(agency: Agency, filters: Mapping[str, Any], errors: dict[str, Any]) -> dict[str, list[Any]]:
    reach = {agency.pk} | descendants([agency.pk])
    known: dict[str, set[Any]] = {
        "agencies": reach,
        "categories": {c.id for c in statutory_categories()},
        "kinds": set(Kind.values),
        "themes": {one.id for theme in themes() for one in (theme, *theme.children)},
    }
    for unknown in set(filters) - set(known):
        errors["filters"] = _("没有“%(name)s”这种筛选。") % {"name": unknown}
    found: dict[str, list[Any]] = {}
    for field, values in known.items():
        chosen = list(dict.fromkeys(filters.get(field) or []))
        if wrong := [v for v in chosen if v not in values]:
            errors[field] = _("没有“%(value)s”，请从列表中选择。") % {"value": wrong[0]}
        found[field] = chosen
    return found


def _wrong_address(webhook: str) -> str:
    """Why an address cannot be called; empty where it can. Plain http is for a city's inner network only."""
    if len(webhook) > 200:
        return _("推送地址最多 200 个字符。")
    try:
        parts = urlsplit(webhook)
        if parts.username or parts.password:
            return _("推送地址中不能有账号和密码。请用签名核对来源。")
        if parts.scheme != "https" and not settings.GONGKAI_CALL_PRIVATE:
            return _("推送地址应以 https:// 开头。")
        checked_address(webhook)
    except (Forbidden, ValueError) as error:
        return str(error)
    return ""


def _key() -> str:
    return "gk_" + secrets.token_urlsafe(32)


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


def _locked(subscription: Subscription) -> Subscription:
    rows = Subscription.objects.select_for_update(of=("self",)).select_related("agency")
    found: Subscription = rows.get(pk=subscription.pk)
    return found


def _note(verb: str, row: Subscription, by: Person, **data: Any) -> None:
    record(f"publishing.{verb}", by=by, agency=row.agency, target=row, data=data, basis=BASIS)
