"""Finds characters that were lost on the way, as ?, U+FFFD or □; they are kept and reported, never guessed."""

from __future__ import annotations

import re

from gongkai.text.repair_model import Repaired
from gongkai.text.repairs.changes import Changes

_HAN = "\u3400-\u9fff"
_CONTEXT = 8
_CANDIDATE = re.compile(
    "[\ufffd]+"
    "|[\ue000-\ue4c5\ue4c7-\ue5e4\ue5e6-\uefff\uf100-\uf8ff]+"  # private use: a font that nobody else has
    "|锟斤拷(?:锟斤拷)*|(?:ï¿½)+"  # the well-known remains of a wrong conversion
    f"|(?<=[{_HAN}])□+(?=[{_HAN}])(?![是否有无同不已未])"
    "|[?？]+"
)
_QUESTION_WORD = re.compile(
    "[吗呢谁嘛吧啥么何哪几怎呀啊否]|什么|多少|为什|难道|岂|可曾|有没有|是不是|能不能|会不会|要不要|好不好"
)
_CLAUSE_END = re.compile("[。！；\n?？!;]")
_AFTER_QUESTION = frozenset(" \t\r\n”’」』\"')）》】]!！?？")

TRIGGERS = frozenset("\ufffd□?？锟ï") | frozenset(map(chr, (*range(0xE000, 0xF000), *range(0xF100, 0xF900))))


def lost_characters(text: str) -> Repaired:
    """The same text; the places where characters were lost are counted in an entry with `repaired` False."""
    if TRIGGERS.isdisjoint(text):
        return Repaired(text)
    changes = Changes("lost_characters")
    for found in _CANDIDATE.finditer(text):
        if found[0][0] in "?？" and not _is_damage(text, found):
            continue
        around = text[max(0, found.start() - _CONTEXT) : found.end() + _CONTEXT]
        changes.add(around, around)
    return changes.repaired(text, repaired=False)


def _is_damage(text: str, found: re.Match[str]) -> bool:
    """A question mark amid a Chinese sentence, where nothing is asked."""
    before, after = text[found.start() - 1 : found.start()], text[found.end() : found.end() + 1]
    if not before or not after or after in _AFTER_QUESTION:
        return False
    if not (_is_han(before) or _is_han(after)) or before in "=&/" or after in "=&":
        return False  # the query of an address
    if len(found[0]) > 1 and _is_han(before) and _is_han(after):
        return True
    clause = text[max(0, found.start() - 60) : found.start()]
    ends = [m.end() for m in _CLAUSE_END.finditer(clause)]
    return _QUESTION_WORD.search(clause, ends[-1] if ends else 0) is None


def _is_han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff"
