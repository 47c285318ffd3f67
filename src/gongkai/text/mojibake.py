"""Undoes a wrong conversion of UTF-8 that some program made before the text was saved, where that is certain."""

from __future__ import annotations

import re

from gongkai.text.common_characters import COMMON, share_of_common
from gongkai.text.repair_model import Repaired
from gongkai.text.repairs.changes import Changes

_CP1252 = {ord(bytes([b]).decode("cp1252")): b for b in range(0x80, 0xA0) if b not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)}
_LATIN = re.compile("[\x80-\xff{}]{{3,}}".format("".join(map(chr, _CP1252))))
_LATIN_SIGNS = tuple("äåæçèéïã")
"""What the first bytes of Chinese characters in UTF-8 look like in Western encodings."""

_GBK_SIGNS = ("锛", "銆", "鐨", "鏀", "鍏", "鍙", "鍦", "涓\ufffd", "涓€", "淇℃", "浜", "绗")
_GBK_RUN = re.compile("[\u0080-\uffff]{6,}")
_LEAST_COMMON = 0.6


def undo_mojibake(text: str) -> Repaired:
    """The text with UTF-8 that was read as Latin-1 or as GBK read again rightly; a run that cannot be stays."""
    changes = Changes("wrong_charset")
    if any(sign in text for sign in _LATIN_SIGNS):
        text = changes.substitute(_LATIN, _from_latin, text)
    if any(sign in text for sign in _GBK_SIGNS):
        text = changes.substitute(_GBK_RUN, _from_gbk, text)
    return changes.repaired(text)


def _from_latin(found: re.Match[str]) -> str:
    data = bytes(_CP1252.get(ord(c), ord(c) & 0xFF) for c in found[0])
    try:
        meant = data.decode("utf-8")
    except UnicodeDecodeError:
        return found[0]
    return meant if any("\u3000" <= c <= "\u9fff" or "\uff00" <= c <= "\uffef" for c in meant) else found[0]


def _from_gbk(found: re.Match[str]) -> str:
    try:
        meant = found[0].encode("gb18030").decode("utf-8")
    except UnicodeError:
        return found[0]
    certain = share_of_common(meant) >= _LEAST_COMMON > share_of_common(found[0])
    return meant if certain and not COMMON.isdisjoint(meant) else found[0]
