"""Joins lines that were broken inside a sentence, a word or a number, where that is certain."""

from __future__ import annotations

import re
import unicodedata

from gongkai.text.labels import strip_numbering
from gongkai.text.repair_model import Repaired
from gongkai.text.repairs.changes import Changes
from gongkai.text.repairs.official_terms import is_torn

_HAN = re.compile("[\u3400-\u9fff]")
_ENDS_SENTENCE = frozenset("。！？；：.!?;:…|")
_CLOSES = frozenset("”’」』")
_CONTINUES = frozenset("，、,（《“〈")
_COMMA = re.compile("[，、,；。]")
_STARTS_ITEM = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}[是要、]|第[一二三四五六七八九十百0-9]{1,4}[条章节部]|附[件表录:：]|其中[:：]|"
    r"[-—•·●■◆▪※*#|]|注[:：]|备注|（?此件|(?:单位|联系人|联系电话|签发人?)[:：])"
)
_STARTS_PARAGRAPH = re.compile(
    r"(?:\s{2,}|\u3000)|\s*(?:我[局市县镇乡委办区单院校省厅们]|本[局年市县区单机报办院校]|全[市县区局年省镇]|"
    r"(?:19|20)[0-9]{2}|今年|截[至止]|根据|按照|为[了进]|同时|此外|另外|下一步|针对|目前|今后|以上|综上|特此)"
)
_ROW_TAIL = re.compile(r"(?:^|\s)[0-9,.\-—/]+\s+[0-9,.\-—/]+\s*$|[\t|]|\S\s{2,}\S")
_UNIT_HEAD = re.compile(r"\s?(?:年|月|日|条|件|次|人|篇|期|份|个|项|场|万|亿|元|余|%|％|号)")
_PAIRS = {"（": "）", "(": ")", "《": "》", "“": "”", "〔": "〕"}
_OPENS = frozenset(_PAIRS)
_NARROWEST, _WIDEST = 40, 90
"""Columns of a wrapped page; a Chinese character takes two."""
_FULL = 0.85
_MIN_FULL_LINES = 4
_PROSE_LENGTH = 20
_INSERT = 30
_MAX_PASSES = 4


def broken_lines(text: str) -> Repaired:
    """The text with broken lines joined; headings, items of lists and cells of flattened tables stay in their lines.

    A line is broken for certain where the page was wrapped at a fixed width and the line is full; where a bracket is
    open; where it ends with a comma; and where a long line of prose ends inside an official word or a figure, or inside
    a word that the same text uses elsewhere.
    """
    if "\n" not in text:
        return Repaired(text)
    changes = Changes("broken_lines")
    for _ in range(_MAX_PASSES):
        lines = text.split("\n")
        joined = "\n".join(_joined(lines, changes))
        if joined == text:
            break
        text = joined
    return changes.repaired(text)


def _joined(lines: list[str], changes: Changes) -> list[str]:
    width = _wrapped_at(lines)
    result = [lines[0]]
    for index in range(1, len(lines)):
        last, line = lines[index - 1], lines[index]
        if not _may_continue(last, line, width):
            result.append(line)
            continue
        sure = _is_full(last, width) or _is_inside(last, line)
        if not sure and _is_prose(last) and _COMMA.search(line) and not _STARTS_PARAGRAPH.match(line):
            pair = _crossing(last, line)
            sure = pair != "" and sum(other.count(pair) for other in lines) >= 2
        if sure:
            head, tail = result[-1].rstrip(), line.lstrip()
            glue = " " if head[-1].isascii() and head[-1].isalpha() and tail[0].isascii() and tail[0].isalpha() else ""
            changes.add(f"{head[-12:]}⏎{tail[:12]}", f"{head[-12:]}{glue}{tail[:12]}")
            result[-1] = head + glue + tail
        else:
            result.append(line)
    return result


def _may_continue(last: str, line: str, width: int | None) -> bool:
    """Whether the two could be one sentence at all."""
    if not last or not line or last[-1] in _ENDS_SENTENCE:
        return False
    if width is None and len(last) < _PROSE_LENGTH and _OPENS.isdisjoint(last):
        return False
    end, start = last.rstrip(), line.lstrip()
    if len(end) < 2 or not start or end[-1] in _ENDS_SENTENCE or (end[-1] in _CLOSES and end[-2] in _ENDS_SENTENCE):
        return False
    if _ROW_TAIL.search(end) or _ROW_TAIL.search(line):
        return False
    return _open_bracket(end) is not None or not (_STARTS_ITEM.match(line) or strip_numbering(start[:12])[0])


def _wrapped_at(lines: list[str]) -> int | None:
    """The width at which the page was wrapped, None where the lines are paragraphs."""
    if max(map(len, lines)) > _WIDEST:
        return None
    widths = [_width(line) for line in lines if line]
    widest = max(widths, default=0)
    if not _NARROWEST <= widest <= _WIDEST:
        return None
    return widest if sum(w >= _FULL * widest for w in widths) >= _MIN_FULL_LINES else None


def _width(line: str) -> int:
    line = line.strip()
    return len(line) if line.isascii() else sum(1 + (unicodedata.east_asian_width(c) in "WF") for c in line)


def _is_full(line: str, width: int | None) -> bool:
    return width is not None and _width(line) >= _FULL * width


def _is_inside(last: str, line: str) -> bool:
    """Whether the break stands inside a bracket, after a comma, or inside an official word or a figure of prose."""
    end, start = last.rstrip(), line.lstrip()
    opened = _open_bracket(end)
    if opened is not None:
        closes = start.find(_PAIRS[opened])
        return 0 <= closes <= _INSERT and opened not in start[:closes]
    if not _is_prose(end):
        return False
    if end[-1] in _CONTINUES:
        return _HAN.match(start) is not None and not _STARTS_PARAGRAPH.match(line)
    if end[-1].isdigit():
        return _UNIT_HEAD.match(start) is not None
    return is_torn(end[-12:], start[:12], shortest=4) and not _STARTS_PARAGRAPH.match(line)


def _open_bracket(end: str) -> str | None:
    """The bracket that is still open at the end of a line and was opened shortly before it."""
    tail = end[-_INSERT:]
    for position in range(len(tail) - 1, -1, -1):
        char = tail[position]
        if char in _PAIRS:
            return char
        if char in _PAIRS.values():
            return None
    return None


def _is_prose(line: str) -> bool:
    return len(line) >= _PROSE_LENGTH and _COMMA.search(line) is not None


def _crossing(last: str, line: str) -> str:
    pair = last.rstrip()[-1:] + line.lstrip()[:1]
    return pair if len(_HAN.findall(pair)) == 2 else ""
