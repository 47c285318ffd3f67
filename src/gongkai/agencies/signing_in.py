"""Keeps guessers out: who tries passwords too often waits, by account, by address and by both together."""

from __future__ import annotations

import ipaddress
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from gongkai.agencies.models import Person, SignInTries
from gongkai.trail.chain import record

log = logging.getLogger(__name__)

ADDRESS_FACTOR = 10
"""An office shares one address: it may fail so many times as often as one person there."""
ACCOUNT_FACTOR = 4
"""The same for an account that is tried from many addresses."""
KEPT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Counter:
    """What is counted together, and after how many failures it waits."""

    account: str
    address: str
    limit: int


def begin(username: str, address: str) -> datetime | None:
    """Counts an attempt before its password is looked at, so that many at once cannot slip through.

    Gives the moment until which nobody may try, None where the password may be checked now. `succeeded` takes the
    count back.
    """
    if not settings.SIGN_IN_TRIES:
        return None
    now = timezone.now()
    with transaction.atomic():
        until = blocked_until(username, address, now)
        if until is not None:
            return until
        for counter in _counters(username, address):
            _count(counter, now)
    return None


def succeeded(username: str, address: str) -> None:
    """Forgets the failures of an account from an address, and this one attempt of the address."""
    account = _key("account", _bare(username))
    SignInTries.objects.filter(account=account, address__in=["", _address_key(address)]).delete()
    shared = SignInTries.objects.filter(account="", address=_address_key(address), count__gt=0)
    shared.update(count=F("count") - 1, until=None)


def failed(username: str, address: str) -> None:
    """Puts on record that an account waits now. A name that is no account is not kept: it may be a password."""
    until = blocked_until(username, address)
    if until is None:
        return
    person = Person.objects.filter(username=_bare(username)).first()
    log.warning("sign-in paused until %s: account %s, address %s", until.isoformat(), person or "?", address or "?")
    if person is not None:
        with transaction.atomic():
            data = {"username": person.username, "address": address, "until": until}
            record("agencies.pause_sign_in", by=None, target=person, data=data)


def blocked_until(username: str, address: str, now: datetime | None = None) -> datetime | None:
    """The moment until which an account or an address has to wait, None where it need not."""
    if not settings.SIGN_IN_TRIES:
        return None
    wanted = Q(pk__in=[])
    for counter in _counters(username, address):
        wanted |= Q(account=counter.account, address=counter.address)
    waits = SignInTries.objects.filter(wanted, until__gt=now or timezone.now())
    found: datetime | None = waits.order_by("-until").values_list("until", flat=True).first()
    return found


def left(username: str, address: str) -> int:
    """How many more times a person may mistype before they have to wait."""
    row = SignInTries.objects.filter(account=_key("account", _bare(username)), address=_address_key(address)).first()
    return int(settings.SIGN_IN_TRIES) - (row.count if row else 0)


def lift(person: Person) -> int:
    """Lets an account be tried again at once, from everywhere; returns how many counts were forgotten."""
    done, _rows = SignInTries.objects.filter(account=_key("account", _bare(person.username))).delete()
    return done


def address_of(request: HttpRequest) -> str:
    """Where a request comes from; behind proxies of ours, what the outermost of them saw.

    Each proxy appends to X-Forwarded-For whom it talks to, so one counts from the end: what stands further in front
    was written by the client. An IPv6 network of a household (/64) counts as one. Empty where it is not known.
    """
    found = request.META.get("REMOTE_ADDR", "")
    if settings.PROXIES:
        chain = request.headers.get("X-Forwarded-For", "").split(",")
        found = chain[-min(settings.PROXIES, len(chain))]
    try:
        address = ipaddress.ip_address(found.strip())
    except ValueError:
        return ""
    mapped = getattr(address, "ipv4_mapped", None)
    if mapped is not None:
        return str(mapped)
    return str(address) if address.version == 4 else str(ipaddress.ip_network(f"{address}/64", strict=False))


def _counters(username: str, address: str) -> Iterator[_Counter]:
    account, place, tries = _key("account", _bare(username)), _address_key(address), settings.SIGN_IN_TRIES
    yield _Counter(account, place, tries)
    yield _Counter(account, "", tries * ACCOUNT_FACTOR)
    # A proxy that is not set up makes everybody come from this machine: they must not wait for each other.
    if address and not ipaddress.ip_network(address, strict=False).is_loopback:
        yield _Counter("", place, tries * ADDRESS_FACTOR)


def _count(counter: _Counter, now: datetime) -> None:
    wait = timedelta(minutes=settings.SIGN_IN_WAIT)
    row, new = SignInTries.objects.select_for_update().get_or_create(
        account=counter.account, address=counter.address, defaults={"since": now}
    )
    if new:
        SignInTries.objects.filter(since__lt=now - KEPT).delete()
    if row.since <= now - wait or (row.until is not None and row.until <= now):
        row.count, row.since, row.until = 0, now, None
    row.count += 1
    if row.count >= counter.limit:
        row.until = now + wait
    row.save()


def _bare(username: str) -> str:
    return username.strip()[:150]


def _key(kind: str, value: str) -> str:
    return salted_hmac("gongkai.agencies.signing_in", f"{kind}:{value}", algorithm="sha256").hexdigest()


def _address_key(address: str) -> str:
    return _key("address", address) if address else ""
