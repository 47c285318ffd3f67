"""Takes out pinyin that copy protection put in brackets after characters: 报(bào)告."""

from __future__ import annotations

import re

from gongkai.text.repair_model import Repaired
from gongkai.text.repairs.changes import Changes

_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿăĕĭŏŭ"
_MARKS = "\u0300\u0301\u0304\u030c"
_LETTER = "a-zａ-ｚêüɑɡŋ"
_HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_CAPITALS = _TONED.upper()
_SYLLABLE = (
    rf"(?=[{_LETTER}A-Z]{{0,6}}[{_TONED}{_CAPITALS}{_MARKS}])"
    rf"[{_LETTER}A-Z{_TONED}{_CAPITALS}{_MARKS}]{{1,8}}"
)
_BRACKETED = re.compile(rf"[(（](?<=[{_HAN}].)\s?{_SYLLABLE}\s?[)）]")
_BEHEADED = re.compile(rf"(?<=[?？\ufffd]){_SYLLABLE}[)）]")
_NEUTRAL = re.compile(
    "(?:(?<=[们們])[(（]men|(?<=[的地得])[(（]d[ei]|(?<=了)[(（]le|(?<=[着著])[(（]zhe|(?<=[过過])[(（]guo"
    "|(?<=[个個])[(（]ge|(?<=[么麼麽])[(（]me|(?<=[吗嗎])[(（]ma|(?<=呢)[(（]ne|(?<=[里裡裏])[(（]li|(?<=吧)[(（]ba"
    "|(?<=[边邊])[(（]bian|(?<=[头頭])[(（]tou)[)）]"
)

TRIGGERS = frozenset(_TONED + _CAPITALS + _MARKS)


def injected_pinyin(text: str) -> Repaired:
    """The text without pinyin in brackets directly after a Chinese character.

    Only a single syllable with its tone mark is pinyin for certain; one of the neutral tone (们(men)) only beside
    others. Real brackets such as (PPP), (a) or (xx镇) stay.
    """
    if TRIGGERS.isdisjoint(text):
        return Repaired(text)
    changes = Changes("injected_pinyin")
    before = None
    while text != before:
        before = text
        text = changes.substitute(_BRACKETED, "", text)
        text = changes.substitute(_BEHEADED, "", text)
        if changes.count:
            text = changes.substitute(_NEUTRAL, "", text)
    return changes.repaired(text)
