"""The title at the head of a pasted text: it has a field of its own, and does not stand in the text a second time."""

from __future__ import annotations

import re

from gongkai.text.rich.reading import plain

_BLOCK = re.compile(r"\s*<(p|h2)\b([^>]{0,200})>(.*?)</\1>", re.DOTALL)
_LINES = 4
"""A title is set in four lines at most."""
_LONGEST = 200
_NAMES = re.compile(
    r"(?:通知|通告|公告|公示|决定|意见|办法|规定|规则|细则|方案|规划|计划|要点|报告|批复|函|纪要|解读|说明|目录|指南|名单|简报|公报)$"
)
"""How a title ends; what is centred and ends otherwise may be anything."""


def without_headline(html: str, title: str) -> tuple[str, str]:
    """The text without the title at its head, and the title.

    The head is the given title, or where none is given the first centred lines that end like one; "" where it is
    neither, and the text stays as it is.
    """
    found, rest = "", html
    for _line in range(_LINES):
        block = _BLOCK.match(rest)
        words = _joined(plain(block[3])) if block else ""
        if block is None or not words or len(found) + len(words) > _LONGEST:
            break
        if not title and block[1] == "p" and "center" not in block[2]:
            break
        found, rest = found + words, rest[block.end() :]
        if found == _joined(title) or (not title and _NAMES.search(found)):
            return rest, title or found
    return html, ""


def _joined(text: str) -> str:
    return "".join(text.split())
