"""How long a public page may be kept by browsers and proxies, and how they ask whether it is still the same."""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags
from django.views.decorators.http import require_safe

from gongkai import __version__
from gongkai.portal.context import preferences_key
from gongkai.publishing.queries.public import version

View = Callable[..., HttpResponse]

_current = threading.local()

KEPT_SECONDS = 300
"""After this a page is made anew even if no publication changed: agencies and columns may have."""


SHARED_SECONDS = 5
"""How long a proxy may answer for everybody without asking: a withdrawal is everywhere after that."""


def public_page(seconds: int = 0) -> Callable[[View], View]:
    """A page that anybody may see; it differs only by the cookies of the reader's choices.

    A browser asks each time whether it has changed, unless `seconds` are given. Its ETag is made of the last entry of
    the record and the last change of what the public sees, so that whatever was done, a release, a withdrawal, a
    corrected report, is on every page as soon as the page is asked for again; an unchanged page is not made anew.
    """
    shared = max(seconds, SHARED_SECONDS)
    value = f"public, max-age={seconds}, s-maxage={shared}, stale-if-error=86400"

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapped(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            _current.version = version()
            try:
                return answer(request, *args, **kwargs)
            finally:
                _current.version = None

        def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            tag = _tag(request)
            asked = request.META.get("HTTP_IF_NONE_MATCH")
            if asked and tag in parse_etags(asked):
                response: HttpResponse = HttpResponseNotModified()
            else:
                response = view(request, *args, **kwargs)
            if response.status_code in (200, 304):
                response.headers.setdefault("Cache-Control", value)
                response.headers.setdefault("ETag", tag)
                patch_vary_headers(response, ["Cookie"])
            elif response.status_code in (404, 410):
                response.headers.setdefault("Cache-Control", f"public, max-age=0, s-maxage={SHARED_SECONDS}")
            return response

        return require_safe(wrapped)

    return decorate


def current_version() -> tuple[int, int]:
    """The version of what the public sees, asked once for each request."""
    known: tuple[int, int] | None = getattr(_current, "version", None)
    return version() if known is None else known


def _tag(request: HttpRequest) -> str:
    parts = (request.get_full_path(), preferences_key(request), current_version(), int(time.time() // KEPT_SECONDS))
    text = "\n".join(map(str, (__version__, request.get_host(), *parts)))
    return f'W/"{hashlib.blake2b(text.encode(), digest_size=9).hexdigest()}"'
