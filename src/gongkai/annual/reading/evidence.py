"""Weighs whether a stretch of text is a report by a body on its own disclosure work, or something else about it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gongkai.annual.reading import furniture
from gongkai.annual.reading.lines import Line
from gongkai.annual.reading.meanings import Meaning

ENOUGH = 3
"""From this weight on a stretch is taken as a report."""

_SUBJECT = re.compile(r"(?:信息|政务|党务|校务|院务)公开")
_FIRST_PERSON = re.compile(
    r"我[局委厅办区县市镇乡校院部所站处省州盟旗园]|本[局委厅办区县市镇乡校院部所站处]|本(?:单位|机关|部门|公司|街道)|我们|我街道|我公司|公司"
)
_FIGURE = re.compile(
    r"(?:公开|发布)[^。；]{0,24}?信息[^。；]{0,10}?(?:[0-9０-９]+|[×xX]+)\s*余?\s*[条件篇]|(?:受理|收到|接到)[^。；]{0,24}?申请[^。；]{0,6}?[0-9０-９×]+\s*[件份起]"
    r"|(?:未|没有)(?:收到|接到|受理)[^。；]{0,30}?申请|网上公开信息\s*\d+\s*条"
)


def weight(lines: Sequence[Line]) -> int:
    """How much speaks for a report; below ENOUGH it is none."""
    text = "\n".join(line.text[:1500] for line in lines if not line.furniture)
    labels = sum(line.labels for line in lines)
    if labels < 3 and _SUBJECT.search(text) is None:
        return 0
    found = {m for m in (_meaning(line) for line in lines) if m is not None}
    total = min(len(found), 4) + (2 if labels >= 3 else 0) + (1 if labels >= 8 else 0)
    total += 2 if any(line.title for line in lines) else 0
    total += 2 if any(line.preamble for line in lines) else 0
    total += 1 if len(_FIRST_PERSON.findall(text)) >= 2 else 0
    total += 1 if _FIGURE.search(text) else 0
    total -= _against(lines)
    has_body = labels >= 3 or any(line.heading for line in lines if not line.title) or _prose(lines) >= 80
    return total if has_body else 0


def _meaning(line: Line) -> Meaning | None:
    if line.heading is None or line.row or not line.heading.meanings:
        return None
    return line.heading.meanings[0]


def _prose(lines: Sequence[Line]) -> int:
    return sum(line.prose for line in lines if not line.furniture)


def _against(lines: Sequence[Line]) -> int:
    """What speaks against it: a news item's or an essay's opening, the title of another kind of document."""
    opening = [line for line in lines if line.text and not line.furniture][:3]
    if any(line.title for line in opening):
        return 0
    against = 0
    for line in opening:
        if line.article:
            against = 3
        if furniture.is_scholarly(line.text):
            return 5
    return against
