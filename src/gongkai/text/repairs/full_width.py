"""Makes full-width digits, letters and the signs of numbers narrow; Chinese punctuation stays as it is."""

from __future__ import annotations

import re

from gongkai.text.repair_model import Repaired
from gongkai.text.repairs.changes import Changes

_NARROW = {c: chr(ord(c) - 0xFEE0) for c in map(chr, (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B)))}
_NARROW |= {c: chr(ord(c) - 0xFEE0) for c in map(chr, range(0xFF41, 0xFF5B))}
_NARROW |= {"％": "%", "﹪": "%"}
_LETTERS = "".join(_NARROW)
_RUN = re.compile(
    rf"[{_LETTERS}]+"
    r"|(?<=[0-9０-９])．(?=[0-9０-９])"  # the point of a decimal fraction
    r"|(?<![0-9０-９])[－＋](?=[0-9０-９])"  # a sign
    r"|(?<=\S)[ \u3000]*\u3000"  # not the indent of a paragraph
)
_TABLE = {
    ord(wide): narrow for wide, narrow in (*_NARROW.items(), ("．", "."), ("－", "-"), ("＋", "+"), ("\u3000", " "))
}

TRIGGERS = frozenset((*_NARROW, "．", "－", "＋", "\u3000"))


def full_width(text: str) -> Repaired:
    """The text with １２％ as 12%; （）：， and the blanks that indent a paragraph stay."""
    if TRIGGERS.isdisjoint(text):
        return Repaired(text)
    changes = Changes("full_width")
    before = None
    while text != before:
        before = text
        text = changes.substitute(_RUN, lambda found: found[0].translate(_TABLE), text)
    return changes.repaired(text)
