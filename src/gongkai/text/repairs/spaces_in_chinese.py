"""Takes out single blanks inside Chinese text, and leaves the gaps between the columns of a table."""

from __future__ import annotations

import re

from gongkai.text.repair_model import Repaired
from gongkai.text.repairs.changes import Changes
from gongkai.text.repairs.official_terms import is_torn

_HAN = "\u3400-\u9fff〇"
_AFTER = "。，、；：！？）》”’」』】〕％%"
_BEFORE = "（《“‘「『【〔"
_GAP = re.compile(rf" (?:(?<=[{_HAN}0-9{_AFTER}] )(?=[{_HAN}{_BEFORE}{_AFTER}])|(?<=[{_HAN}{_BEFORE}] )(?=[0-9]))")
_WORD_GAP = re.compile(rf" (?<=[{_HAN}] )(?=[{_HAN}])")
_COLUMNS = re.compile(r"(?<=\S)(?:  |\t| \t)\s*(?=\S)")
_ROW = re.compile(r"(?<![^\s|])(?:[-—/]|[0-9][0-9,.]*) (?:[-—/]|[0-9][0-9,.]*)(?![^\s|])")
_PROSE = re.compile(rf"[{_HAN}0-9%”）)][，。；,;]|[{_HAN}]、[{_HAN}“《]")
_DATE = re.compile(
    r"(?<![0-9.])((?:19|20)[0-9]{2}) ?年(?: ?([0-9]{1,2}) ?月(?: ?([0-9]{1,2}) ?日)?)?"
    r"|(?<![0-9.])([0-9]{1,2}) ?月 ?([0-9]{1,2}) ?日"
)
_HEADING = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[)）]|[0-9]{1,2}[.、])[^，。；：,;:]{0,40}?"
    r"(?:概述|情况|事项|问题|措施|打算|计划|说明|建设|工作|体系|机制|附表|附件|监督|保障|公开)(?= )"
)
_FEW = 8
"""In prose there is at most one blank between words for so many characters; more of them are columns."""
_LONGEST_SPACED = 24
_QUOTED = 16
_NEAR = 16
_MAX_PASSES = 12

TRIGGERS = frozenset(" ")


def spaces_in_chinese(text: str) -> Repaired:
    """The text without single blanks between Chinese characters, or between these and figures.

    Blanks go from prose, from dates, from lettering that is spaced out (概 述), and from inside official words. Two
    blanks or a tab are a column's gap; a line with one, or with two figures side by side, is a table's row and stays.
    """
    if " " not in text:
        return Repaired(text)
    changes = Changes("spaces_in_chinese")
    lines = [_close_up(line, changes) if " " in line else line for line in text.split("\n")]
    return changes.repaired("\n".join(lines))


def _close_up(line: str, changes: Changes) -> str:
    for _ in range(_MAX_PASSES):
        before = line
        line = _closer(line, changes)
        if line == before:
            break
    return line


def _closer(line: str, changes: Changes) -> str:
    if _GAP.search(line) is None:
        return line
    body = line.strip()
    if _COLUMNS.search(body) or _ROW.search(body):
        return line
    if _is_spaced_out(body):
        return changes.substitute(_GAP, "", line)
    if _is_prose(body):
        after_heading = _end_of_heading(line)
        return changes.substitute(
            _GAP, lambda gap: gap[0] if gap.start() == after_heading or _is_quoted(line, gap) else "", line
        )
    line = changes.substitute(_DATE, lambda found: found[0].replace(" ", ""), line)
    return changes.substitute(_GAP, lambda gap: _torn(line, gap), line)


def _is_spaced_out(body: str) -> bool:
    """概 述, 总 计: every character stands alone."""
    parts = body.split(" ")
    return 1 < len(parts) <= _LONGEST_SPACED and all(len(p) == 1 and "\u3400" <= p <= "\u9fff" for p in parts)


def _is_prose(body: str) -> bool:
    return _PROSE.search(body) is not None and len(body) >= _FEW * (len(_WORD_GAP.findall(body)) + 1)


def _end_of_heading(line: str) -> int | None:
    """Where a numbered heading ends and its text goes on in the same line: only the blank tells the two apart."""
    found = _HEADING.match(line)
    return found.end() if found else None


def _is_quoted(line: str, gap: re.Match[str]) -> bool:
    """A blank inside “…” may stand for a sign that was lost, as in “互联网 政务”."""
    left = line[max(0, gap.start() - _QUOTED) : gap.start()]
    return left.rfind("“") > left.rfind("”") and "”" in line[gap.end() : gap.end() + _QUOTED]


def _torn(line: str, gap: re.Match[str]) -> str:
    left, right = line[max(0, gap.start() - _NEAR) : gap.start()], line[gap.end() : gap.end() + _NEAR]
    left, right = left.replace(" ", ""), right.replace(" ", "")
    return "" if is_torn(left, right) else " "
