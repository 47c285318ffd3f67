"""Blanks and line breaks as layout leaves them in Chinese text: which of them mean nothing."""

from __future__ import annotations

import re

WIDE = (
    "\u2e80-\u2fdf\u3001-\u303f\u3100-\u312f\u31a0-\u31bf\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef"
)
"""Ranges, for a character class, of Chinese characters and full-width marks."""
QUOTES = "“”‘’—…·"
"""Marks that stand in Chinese text although Latin text uses them too."""
IDEOGRAPH = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003134f]")

_SPACES = re.compile(r"\s+")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_UNTIDY = re.compile("[\\s\x00-\x1f\x7f-\xa0\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\u3000\ufeff]")
_BESIDE_WIDE = re.compile(f"(?<=[{WIDE}{QUOTES}]) | (?=[{WIDE}{QUOTES}])")
_BREAK_BETWEEN_WIDE = re.compile(
    f"(?<=[{WIDE}{QUOTES}])[ \t\r]*\n\\s*(?=[{WIDE}{QUOTES}0-9])|(?<=[0-9])[ \t\r]*\n\\s*(?=[{WIDE}])"
)


def visible(text: str) -> str:
    """The text without zero-width and control characters."""
    return text if text.isascii() and text.isprintable() else _INVISIBLE.sub("", text)


def tidy_cell(text: str) -> str:
    """A cell's text on one line: runs of blanks become one, and none stays beside a Chinese character.

    A blank between two figures stays: `1` and `2` on two lines of a cell are never made 12.
    """
    if text.isalnum() or not _UNTIDY.search(text):
        return text
    text = _SPACES.sub(" ", visible(text)).strip()
    return _BESIDE_WIDE.sub("", text) if " " in text else text


def tidy_line(text: str) -> str:
    """A paragraph's text on one line; breaks of the source between Chinese characters vanish, others become a blank."""
    text = visible(text).strip()
    if "\n" in text:
        text = _BREAK_BETWEEN_WIDE.sub("", text)
        text = re.sub(r"[ \t\r]*\n\s*", " ", text)
    return text
