"""Pictures in a text that nobody described: a reader who cannot see them would get nothing."""

from __future__ import annotations

import re
from html import unescape

_IMAGE = re.compile(r"<img\b[^>]*>", re.IGNORECASE)
_ALT = re.compile(r"""\balt\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)


def undescribed(html: str) -> int:
    """How many pictures of a cleaned text have no alternative text, or an empty one."""
    return sum(not _alternative(tag) for tag in _IMAGE.findall(html))


def _alternative(tag: str) -> str:
    found = _ALT.search(tag)
    return unescape(found[1] or found[2] or "").strip() if found else ""
