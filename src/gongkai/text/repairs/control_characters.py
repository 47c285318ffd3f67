"""Takes out characters that nobody can see: controls, zero-width marks, soft hyphens, symbol-font bullets."""

from __future__ import annotations

import re

from gongkai.text.repair_model import Repaired
from gongkai.text.repairs.changes import Changes

_INVISIBLE = (
    "\\x00-\\x08\\x0e-\\x1f\\x7f-\\x84\\x86-\\x9f\\xad\\u034f\\u061c\\u115f\\u1160\\u180e\\u200b-\\u200f\\u202a-\\u202e"
    "\\u2060-\\u206f\\u3164\\ufe00-\\ufe0f\\ufeff\\uffa0\\ufff9-\\ufffc\\ufffe\\uffff\\uf000-\\uf0ff"
)
_ODD_SPACE = "\\xa0\\u1680\\u2000-\\u200a\\u202f\\u205f\\ue5e5\\ue4c6"
_ODD_BREAK = "\\x0b\\x0c\\x85\\u2028\\u2029"
_LONE_SURROGATE = "\\ud800-\\udfff"
_PATTERN = re.compile(f"([{_INVISIBLE}]+)|([{_ODD_SPACE}])|([{_ODD_BREAK}])|[{_LONE_SURROGATE}]")


def _characters(ranges: str) -> frozenset[str]:
    """The characters of a class of a regular expression, written as escapes."""
    found = re.findall(r"\\[xu]([0-9a-f]+)(?:-\\[xu]([0-9a-f]+))?", ranges)
    return frozenset(chr(c) for first, last in found for c in range(int(first, 16), int(last or first, 16) + 1))


TRIGGERS = _characters(_INVISIBLE + _ODD_SPACE + _ODD_BREAK + _LONE_SURROGATE)


def control_characters(text: str) -> Repaired:
    """The text without invisible characters; odd blanks become a space, odd line ends a line feed.

    Half of a surrogate pair stands for a lost character and becomes U+FFFD. Tabs, line feeds and carriage returns stay.
    """
    if TRIGGERS.isdisjoint(text):
        return Repaired(text)
    changes = Changes("control_characters")
    return changes.repaired(changes.substitute(_PATTERN, _visible, text))


def _visible(found: re.Match[str]) -> str:
    if found[1]:
        return ""
    if found[2]:
        return " "
    return "\n" if found[3] else "\ufffd"
