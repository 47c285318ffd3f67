"""What every public template needs: the site's name and the reader's preferences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

ELDER_COOKIE = "gongkai_elder"
SIZE_COOKIE = "gongkai_size"
CONTRAST_COOKIE = "gongkai_contrast"


@dataclass(frozen=True, slots=True)
class Preferences:
    """How the reader wants pages: language, elder mode, larger text, high contrast."""

    language: str
    elder: bool
    large: bool
    contrast: bool


def preferences_of(request: HttpRequest) -> Preferences:
    """The reader's preferences, from cookies that say nothing else."""
    cookies = request.COOKIES
    return Preferences(
        language=get_language() or settings.LANGUAGE_CODE,
        elder=cookies.get(ELDER_COOKIE) == "on",
        large=cookies.get(SIZE_COOKIE) == "large",
        contrast=cookies.get(CONTRAST_COOKIE) == "high",
    )


def preferences_key(request: HttpRequest) -> str:
    """The preferences as a short text, the same for all readers who see the same page."""
    wanted = preferences_of(request)
    return f"{wanted.language}{wanted.elder:d}{wanted.large:d}{wanted.contrast:d}"


def site(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `site_name`, `site`, `preferences`, and `elder` where the reader chose it (长辈版)."""
    preferences = preferences_of(request)
    return {**values(preferences), "elder": preferences.elder}


def values(preferences: Preferences) -> dict[str, Any]:
    """What is the same in every template for readers with these preferences."""
    return {
        "site_name": settings.WAGTAIL_SITE_NAME,
        "site": settings.GONGKAI_SITE,
        "preferences": preferences,
        "demo": settings.GONGKAI_DEMO,
    }
