"""Requests to other servers, never to this machine or to the network that it stands in."""

from __future__ import annotations

import ipaddress
import socket
from typing import Any
from urllib.parse import urlsplit

import httpx
from django.conf import settings
from django.utils.translation import gettext as _


class Forbidden(ValueError):
    """An address that we do not call: no http, no host, or a host inside our own network."""


class _Guarded(httpx.HTTPTransport):
    """Looks the host up itself and connects to the address that it checked, so that no second answer can differ."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        host = request.url.host
        address = checked_address(str(request.url))
        request.headers.setdefault("Host", request.url.netloc.decode())
        request.extensions["sni_hostname"] = host
        request.url = request.url.copy_with(host=address)
        return super().handle_request(request)


def checked_address(url: str) -> str:
    """The IP address of the host of an address; raises Forbidden for one that we do not call.

    Addresses of private networks are called only where `GONGKAI_CALL_PRIVATE` is set: for a city's inner network, and
    for tests.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise Forbidden(_("地址应以 http:// 或 https:// 开头。"))
    try:
        found = socket.getaddrinfo(parts.hostname, parts.port or 443, type=socket.SOCK_STREAM)
    except (socket.gaierror, UnicodeError) as error:
        raise Forbidden(_("找不到主机“%(host)s”。") % {"host": parts.hostname}) from error
    addresses = [str(entry[4][0]) for entry in found]
    if not settings.GONGKAI_CALL_PRIVATE and not all(map(_is_outside, addresses)):
        raise Forbidden(_("“%(host)s”在内部网络中，不能访问。") % {"host": parts.hostname})
    return addresses[0]


_NAT64 = ipaddress.ip_network("64:ff9b::/96")


def _is_outside(text: str) -> bool:
    """Whether an address is one of the internet, and so is the IPv4 address that it may carry within itself."""
    address = ipaddress.ip_address(text)
    carried: list[Any] = []
    if isinstance(address, ipaddress.IPv6Address):
        carried = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
        if address in _NAT64:
            carried.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    return all(one.is_global and not one.is_multicast for one in (address, *carried) if one is not None)


def client(**options: Any) -> httpx.Client:
    """A client for other servers: guarded, ten seconds, no redirects unless the caller follows them step by step."""
    return httpx.Client(transport=_Guarded(), timeout=10, follow_redirects=False, trust_env=False, **options)
