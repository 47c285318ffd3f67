"""What tests of the pages of publications share: their addresses, what they answer, what the editor sends."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

IDENTITY = "110101199003074514"
TITLE = "关于做好校园安全检查的通知"
JSON = {"HTTP_ACCEPT": "application/json"}
"""Headers of a script that wants the answer for the page that is open."""


def page(name: str, *args: Any) -> str:
    """The address of a staff page."""
    return reverse(f"desk:{name}", args=args)


def text(answer: Any) -> str:
    """The HTML of an answer."""
    return str(answer.content.decode())


def form(**more: Any) -> dict[str, Any]:
    """What the editor sends."""
    return {
        "all_fields": "1",
        "title": "关于秋季学期开学的公告",
        "body": "<p>正文。</p>",
        "kind": "notice",
        "mode": "proactive",
        "term": "permanent",
        "retention": "30",
        **more,
    }
