"""Turns paragraphs written in traditional characters into simplified ones, and leaves simplified ones alone."""

from __future__ import annotations

import re
from functools import lru_cache
from operator import ne
from typing import TYPE_CHECKING

from gongkai.text.repair_model import Repaired
from gongkai.text.repairs.changes import MAX_SAMPLES, Changes

if TYPE_CHECKING:
    from opencc import OpenCC

TRIGGERS = frozenset(
    "個國報開關務區縣會學業為來時說們對這發動經過現問題辦處長門間機構規範條據實際應當與從進總體設備統計組"
    "織領導責監檢審議評請訴訟複復執權義眾聯繫網絡電話號碼單價費財稅銀貸預決項標準點資訊產類別級團協調態運"
    "營農鄉鎮鐵環衛藥醫療養護險勞職員師專質認證驗訂簽約變轉讓補償貼獎懲罰鑒鑑維紀錄記載書圖館檔廣視頻傳達"
    "遞聽講談論諮詢還選舉違則訓練習術語譯釋確屬種歲極優勢勝無萬億兩幾歷數獲響頁額顧顯風飛馬駐驅麗龍東車軍"
    "輕較輸連遠適遷邊郵鄰釐針鈔錢錯鍵鑄閉閱陽陸陳隊階隨隱雙雜雖難雲頂順須頓頭顏願臺況層讀強貫將徹廳籌編試"
    "創沒觀識穩細戶欄購買納內夠嚴揮縮測賣絕羅節莊親誤負貢賬趙趨鋼閣陝隸韓飯飲鮮鳥麥黃齊張劉吳楊"
)
"""Characters that a traditional text uses, however short; a text with none of them is not looked at closely."""
_TOLERATED = frozenset("乾著瞭藉徵麽麼於鍾餘昇陞甦邨喆淼犇龢颺濛澂珪甯脩堃鑫迺谿剋硃夥噘吒閒枏嶽穀後係鬱噁榖祕劃")
"""Traditional forms that also stand in simplified texts: in names, in 乾隆, in forms that were restored in 2013."""
_SHARED = frozenset("后系余只台里干面丑斗谷范征于云冲松板克千几")
"""Characters of simplified texts that older traditional texts use too, with another meaning."""
_LINE = re.compile(r"[^\n]+")
_MAX_PASSES = 3
_CONTEXT = 8


@lru_cache(maxsize=1)
def _converter() -> OpenCC:
    from opencc import OpenCC

    return OpenCC("t2s")


@lru_cache(maxsize=1)
def _tables() -> tuple[frozenset[str], frozenset[str]]:
    """The characters that only traditional texts use, and those that only simplified texts use."""
    from opencc import OpenCC

    block = [chr(c) for c in range(0x4E00, 0xA000)]
    lines = "\n".join(block)  # each in a line of its own, so that no phrase is seen
    simplified = _converter().convert(lines).split("\n")
    traditional = OpenCC("s2t").convert(lines).split("\n")
    old = {c for c, s in zip(block, simplified, strict=True) if s != c}
    new = {c for c, t in zip(block, traditional, strict=True) if t != c and t in old}
    return frozenset(old - _TOLERATED), frozenset(new - old - _SHARED)


def traditional(text: str) -> Repaired:
    """The text with every traditional paragraph simplified, character for character.

    A paragraph is traditional where it holds more characters that only traditional texts use than characters that only
    simplified texts use. A single traditional character in a simplified paragraph, as in a name, stays.
    """
    if TRIGGERS.isdisjoint(text):
        return Repaired(text)
    changes = Changes("traditional")
    return changes.repaired(_LINE.sub(lambda line: _simplified(line[0], changes), text))


def _simplified(line: str, changes: Changes) -> str:
    old, new = _tables()
    for _ in range(_MAX_PASSES):
        written_old = len(old.intersection(line))
        if not written_old or written_old <= len(new.intersection(line)):
            break
        converted = _convert(line)
        if converted == line:
            break
        _count(line, converted, changes)
        line = converted
    return line


def _convert(line: str) -> str:
    try:
        converted: str = _converter().convert(line)
    except UnicodeEncodeError:  # half of a surrogate pair
        return line
    if len(converted) != len(line):
        converted = "".join(s if len(s := _converter().convert(c)) == 1 else c for c in line)
    return converted


def _count(before: str, after: str, changes: Changes) -> None:
    if len(changes.samples) == MAX_SAMPLES:
        changes.count += sum(map(ne, before, after))
        return
    differing = [i for i, (a, b) in enumerate(zip(before, after, strict=True)) if a != b]
    shown = -2 * _CONTEXT
    for i in differing:
        if i < shown + 2 * _CONTEXT:
            changes.count += 1  # within the sample before
            continue
        around = slice(max(0, i - _CONTEXT), i + _CONTEXT)
        changes.add(before[around], after[around])
        shown = i
