"""The page for addresses where nothing is."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from gongkai.headers import is_plain_page
from gongkai.portal import meta
from gongkai.portal.caching import SHARED_SECONDS
from gongkai.portal.rendering import page as render


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Says so and helps on; proxies keep it for seconds where it is the same for everybody."""
    head = meta.head(request.path, _("没有这个页面"), index=False)
    response = render(request, "404.html", {"section": "search", "head": head}, status=404)
    if is_plain_page(request):
        response.headers["Cache-Control"] = f"public, max-age=0, s-maxage={SHARED_SECONDS}"
        patch_vary_headers(response, ["Cookie"])
    return response
