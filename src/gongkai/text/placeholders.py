"""Finds places that were left to be filled in: ××, XX, 20xx, 〇〇市, （请填写单位）, ____."""

from __future__ import annotations

import re
from collections.abc import Iterator

_PLACEHOLDER = re.compile(
    r"""(?=[×xX2ＸｘO〇○◯*某（(_])(?:(?P<cross>(?<![\d×])×+(?![\d×])|××+)
    |(?P<latin>(?<![A-Za-z0-9./_\-=&?])(?:20)?(?:[xX]{2,}|ＸＸ+|ｘｘ+)(?![A-Za-z0-9./_\-=&?]))
    |(?P<ring>(?<![一二三四五六七八九零〇○])[〇○◯]{2,}(?=[市县区镇乡局年月日条件人]))
    |(?P<star>\*{2,}(?=[市县区镇乡局委厅年月日条件]))
    |(?P<some>某某(?=单位|[市县区镇乡局委厅]|街道|部门|机关))
    |(?P<fill>[（(](?:请)?(?:填写|此处填|填报|填入)[^（）()\n]{0,20}[)）])
    |(?P<line>(?<![_A-Za-z0-9])_{2,}(?![_A-Za-z0-9])))""",
    re.VERBOSE,
)
_MARKS = re.compile("[×xXＸｘ〇○◯*_某填]")
_URL = re.compile(r"(?:https?://|www\.)[^\s\u4e00-\u9fff，。；（）]+")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")


def find_placeholders(text: str) -> Iterator[re.Match[str]]:
    """Every placeholder on a line that holds Chinese.

    Not the multiplication sign, not web addresses, not masked names (某某), not asterisks in pairs (bold).
    """
    if not _MARKS.search(text):
        return
    addresses = [m.span() for m in _URL.finditer(text)] if "://" in text or "www." in text else []
    for found in _PLACEHOLDER.finditer(text):
        if any(a <= found.start() < b for a, b in addresses):
            continue
        line = text[text.rfind("\n", 0, found.start()) + 1 : (text.find("\n", found.end()) + 1 or len(text) + 1) - 1]
        if found["star"] and len(re.findall(r"\*+", line)) % 2 == 0:
            continue  # bold in Markdown comes in pairs
        if found["cross"] and re.fullmatch(r"×", found[0]) and not _filled_by_figure(text, found):
            continue
        if _CHINESE.search(line):
            yield found


def _filled_by_figure(text: str, found: re.Match[str]) -> bool:
    """Whether a single × stands where a figure should: before a unit of count."""
    return text[found.end() : found.end() + 1] in {*"年月日条件次人期份篇个项起%％万元"}
