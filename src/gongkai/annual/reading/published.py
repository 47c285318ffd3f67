"""The day of publication that a page prints."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

_PRINTED = re.compile(
    r"(?:发布|公开|发文|公布|更新|发表|上传|刊登|录入)(?:(?:日期|时间)\s*[：:]?|于\s*[：:]?|\s*[：:])\s*((?:19|20)\d\d)\s*[-年/.]\s*(\d{1,2})\s*[-月/.]\s*(\d{1,2})(?!\d)"
)
_BARE = re.compile(r"^(?:日期|时间)\s*[：:]\s*((?:19|20)\d\d)\s*[-年/.]\s*(\d{1,2})\s*[-月/.]\s*(\d{1,2})(?!\d)")
_LONGEST = 300


def find_published(texts: Iterable[str]) -> date | None:
    """The first whole date that stands behind a label such as 发布日期, None where it is damaged or missing."""
    for text in texts:
        if len(text) > _LONGEST:
            continue
        found = _PRINTED.search(text) or _BARE.search(text)
        if found is not None:
            try:
                return date(int(found[1]), int(found[2]), int(found[3]))
            except ValueError:
                continue
    return None
