"""Middleware: what a browser may do with our pages, and the language that they are in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from csp.constants import HEADER, NONE, SELF, UNSAFE_INLINE
from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware
from django.middleware.locale import LocaleMiddleware
from django.utils import translation
from django.utils.translation import check_for_language

PLAIN_SECTIONS = frozenset(
    {
        *("", "p", "latest", "policies", "interpretations", "clarifications", "categories", "themes", "kinds"),
        *("series", "agencies", "catalogue", "search", "gazette", "statistics", "feeds", "site-map"),
    }
)
"""The first part of the addresses of pages that are the same whoever is signed in, and hold no form that is posted."""


def is_plain_page(request: HttpRequest) -> bool:
    """Whether a request reads a page that knows nothing of who reads it."""
    return request.method in ("GET", "HEAD") and request.path_info[1:].partition("/")[0] in PLAIN_SECTIONS


class _Staff:
    """A middleware that such a page goes past: who reads it is never asked, and no cookie can be set by mistake."""

    async_mode: bool
    get_response: Callable[[HttpRequest], Any]

    def __call__(self, request: HttpRequest) -> Any:
        if not self.async_mode and is_plain_page(request):
            return self.get_response(request)
        return super().__call__(request)  # type: ignore[misc]


class StaffCsrf(_Staff, CsrfViewMiddleware):
    """Django's protection of forms, left out for pages without any."""


class StaffLogin(_Staff, AuthenticationMiddleware):
    """Who is signed in, left out for pages that are the same for everybody."""


class StaffMessages(_Staff, MessageMiddleware):
    """Messages to who is signed in, left out for pages that are the same for everybody."""


class QuietSession(_Staff, SessionMiddleware):
    """Sessions that only pages prolong which look at them: a public page sets no cookie, whoever reads it."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Leaves the response as it is where nobody asked who the reader is."""
        if not request.session.accessed and not request.session.modified:
            return response
        return super().process_response(request, response)


ADMIN_PREFIX = "/admin/"

# Wagtail starts its date pickers and formsets with small scripts inside the page, which carry no nonce.
_ADMIN: dict[str, Any] = {
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "object-src": [NONE],
}


_CHANGING = ("_csp_exempt", "_csp_config", "_csp_update", "_csp_replace")


def _is_plain(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Whether a response has the policy of the settings, without a nonce and without changes of its own."""
    if settings.DEBUG or request.path_info.startswith(ADMIN_PREFIX) or getattr(request, "_csp_nonce", None):
        return False
    return not any(hasattr(response, name) for name in _CHANGING) and HEADER not in response.headers


class ContentPolicy(CSPMiddleware):
    """Sends the Content-Security-Policy: strict on public pages, what Wagtail needs in its admin."""

    _plain: tuple[Any, str] | None = None

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        """The parts of the policy for one response."""
        parts = super().get_policy_parts(request, response, report_only)
        if request.path_info.startswith(ADMIN_PREFIX) and not report_only:
            parts.replace = _ADMIN | (parts.replace or {})
            parts.nonce = None
        return parts

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Adds the Permissions-Policy beside the Content-Security-Policy."""
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()")
        if not _is_plain(request, response):
            return super().process_response(request, response)
        # Nearly all pages send the same policy: it is put together once.
        policy = settings.CONTENT_SECURITY_POLICY
        if self._plain is None or self._plain[0] is not policy:
            super().process_response(request, response)
            self._plain = (policy, response.headers.get(HEADER, ""))
        elif HEADER not in response.headers and self._plain[1]:
            response.headers[HEADER] = self._plain[1]
        return response


class ChosenLanguage(LocaleMiddleware):
    """Chinese unless the reader chose another language: many readers' devices are set to English by the shop."""

    def process_request(self, request: HttpRequest) -> None:
        """Activates the language in the reader's cookie, else the site's."""
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        known = chosen in dict(settings.LANGUAGES) and check_for_language(chosen)
        translation.activate(chosen if known else settings.LANGUAGE_CODE)
        request.LANGUAGE_CODE = translation.get_language()

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Says which language the page is in; no address of ours begins with one, so nothing is redirected."""
        vary = response.headers.get("Vary", "")
        if "Accept-Language" not in vary:
            response.headers["Vary"] = f"{vary}, Accept-Language" if vary else "Accept-Language"
        response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
        return response
