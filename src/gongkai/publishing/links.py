"""Tries the links of a draft to other sites, in the background; the scan tells which did not open."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import timedelta

import httpx
from django.utils import timezone

from gongkai.files.outside import Forbidden, client
from gongkai.publishing.models import LinkCheck, Publication

MOST = 60
"""Links of one draft that are tried."""

AGAIN = timedelta(days=1)
"""A link that opened is not tried again within this time; one that did not is tried after an hour."""

_LINK = re.compile(r'href="(https?://[^"]{4,500})"')
_BROKEN = frozenset({404, 410})


def outside_links(publication: Publication) -> list[str]:
    """The links of a text to other sites, each once."""
    return list(dict.fromkeys(link.replace("&amp;", "&") for link in _LINK.findall(publication.body)))[:MOST]


def broken(links: Iterable[str]) -> set[str]:
    """Those of the links that did not open when they were last tried."""
    return set(LinkCheck.objects.filter(url__in=list(links), opens=False).values_list("url", flat=True))


def due(links: Iterable[str]) -> list[str]:
    """Those that have to be tried now."""
    now = timezone.now()
    fresh = {
        check.url
        for check in LinkCheck.objects.filter(url__in=list(links))
        if check.at > now - (AGAIN if check.opens else AGAIN / 24)
    }
    return [link for link in links if link not in fresh]


def check_links(publication: Publication) -> int:
    """Tries the links of the newest draft that are due; returns how many do not open."""
    links = outside_links(publication.get_latest_revision_as_object())
    with client(headers={"User-Agent": "Gongkai link check"}) as http:
        for link in due(links):
            opens, status = _try(http, link)
            LinkCheck.objects.update_or_create(
                url=link, defaults={"opens": opens, "status": status, "at": timezone.now()}
            )
    return len(broken(links))


def _try(http: httpx.Client, link: str) -> tuple[bool, int | None]:
    """Whether a link opens: only what is surely gone counts as broken, a busy or shy server does not."""
    try:
        response = http.head(link)
        if response.status_code in (403, 405, 501):
            response = http.get(link, headers={"Range": "bytes=0-0"})
    except (Forbidden, httpx.ConnectError, httpx.UnsupportedProtocol, httpx.InvalidURL):
        return False, None
    except httpx.HTTPError:
        return True, None
    return response.status_code not in _BROKEN, response.status_code
