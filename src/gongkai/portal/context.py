"""What every public template needs: the site's name and the reader's preferences."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

ELDER_COOKIE = "gongkai_elder"


def site(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `site_name`, and `elder` where the reader chose the elder mode (长辈版)."""
    return {
        "site_name": getattr(settings, "GONGKAI_SITE_NAME", settings.WAGTAIL_SITE_NAME),
        "elder": request.COOKIES.get(ELDER_COOKIE) == "on",
        "demo": getattr(settings, "GONGKAI_DEMO", False),
    }
