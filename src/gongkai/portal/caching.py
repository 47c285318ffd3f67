"""How long a public page may be kept by browsers and proxies."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.views.decorators.http import require_safe

View = Callable[..., HttpResponse]


def public_page(seconds: int = 60) -> Callable[[View], View]:
    """A page that anybody may see and keep for some seconds; it differs only by the cookies of language and size."""

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapped(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            response = view(request, *args, **kwargs)
            if response.status_code == 200:
                patch_cache_control(response, public=True, max_age=seconds, stale_if_error=86400)
                patch_vary_headers(response, ["Cookie"])
            return response

        return require_safe(wrapped)

    return decorate
