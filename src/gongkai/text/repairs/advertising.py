"""Takes out what a website put around and into a text: navigation, copyright notices, hidden advertising."""

from __future__ import annotations

import re
from collections.abc import Set

from gongkai.text.repair_model import Repaired
from gongkai.text.repairs.changes import Changes
from gongkai.text.repairs.furniture import is_furniture, keywords_in

_NOTICE = re.compile(
    r"\s*(?:[（(]?\d[)）.、]\s?)?(?:凡本网|本网(?:站)?(?:转载|未注明|注明|刊载)|凡注明|如(?:转载|涉及)稿件|"
    r"(?:版权|免责|郑重|转载)声明[:：]|声明[:：]\s?[本凡]|本文(?:由|来自|来源于).{0,30}(?:整理|提供|网)|文章来源于网络|"
    r"更多(?:精彩|相关)(?:内容|文章|范文))"
)
_NOTICE_WORDS = re.compile("版权|转载|稿件来源|著作权|侵权|来源|网站|范文|文库|法律责任")
_NOTICE_STARTS = (
    "本网",
    "凡注明",
    "稿件",
    "声明：",
    "声明:",
    "声明 ",
    "本文由",
    "本文来",
    "文章来源",
    "更多精彩",
    "更多相关",
)
_AFTER_NOTICE = re.compile(r"\s*(?:联系方式|联系电话|邮箱|投稿)\s?[:：].{0,80}$")

GAMBLING_MARKS = (
    *(
        "凯发",
        "k8官",
        "K8官",
        "亚博",
        "博彩",
        "娱乐城",
        "bet365",
        "威尼斯人",
        "葡京",
        "六合彩",
        "时时彩",
        "彩票平台",
        "真人荷官",
    ),
    *("乐鱼体育", "开云体育", "ag旗舰", "必威", "竞彩平台", "老虎机", "棋牌游戏"),
)
_NAMES = "|".join(GAMBLING_MARKS)
_MARK = re.compile(
    rf"\s?[-_—–|｜]\s?[^-_—–|｜\n，。]{{0,12}}(?:{_NAMES})[^-_—–|｜\n，。]{{0,12}}(?=\n|$)", re.IGNORECASE
)
_LISTS = ("推荐阅读", "相关阅读", "延伸阅读", "猜你喜欢", "热门文章", "热门推荐", "最新文章", "相关文章", "相关推荐")
_LIST_HEAD = re.compile(rf"\s*(?:{'|'.join(_LISTS)})\s?[:：]?\s*$")
_MAX_LISTED = 12
_MAX_PASSES = 12
_LISTED = re.compile(r"\s*(?![一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十])[^。；\n]{4,50}$")


def advertising(text: str) -> Repaired:
    """The text without the lines of the website around it; the removed lines are the samples.

    Lines that say when, where and by whom the text was published stay: they are part of what is read.
    """
    changes = Changes("advertising")
    for _ in range(_MAX_PASSES):
        before, seen = text, set(text)
        if not may_hold_advertising(text, seen):
            break
        if _holds(GAMBLING_MARKS, text, seen):
            text = changes.substitute(_MARK, "", text)
        notices = _holds(_NOTICE_STARTS, text, seen)
        text = "\n".join(_kept(text.split("\n"), keywords_in(text, seen), notices, changes))
        if text == before:
            break
    return changes.repaired(text)


def may_hold_advertising(text: str, seen: Set[str]) -> bool:
    """Whether a text, `seen` being its characters, holds any of the words that give advertising away."""
    return (
        bool(keywords_in(text, seen))
        or _holds(GAMBLING_MARKS, text, seen)
        or _holds(_LISTS, text, seen)
        or (_holds(_NOTICE_STARTS, text, seen) and _NOTICE_WORDS.search(text) is not None)
    )


def _holds(words: tuple[str, ...], text: str, seen: Set[str]) -> bool:
    return any(word[0] in seen and word in text for word in words)


def _kept(lines: list[str], keywords: tuple[str, ...], notices: bool, changes: Changes) -> list[str]:
    kept: list[str] = []
    listed = 0
    in_notice = False
    for line in lines:
        if not line.strip():
            kept.append(line)
            listed = 0
            continue
        notice = notices and _is_notice(line)
        if _LIST_HEAD.match(line):
            listed, drop = _MAX_LISTED, True
        else:
            drop = notice or is_furniture(line, keywords)
            drop = drop or (in_notice and _AFTER_NOTICE.match(line) is not None)
            if not drop and listed:
                drop = _LISTED.match(line) is not None
                listed = listed - 1 if drop else 0
        if drop:
            changes.add(line.strip(), "")
        else:
            kept.append(line)
        in_notice = notice or (in_notice and drop)
    return kept


def _is_notice(line: str) -> bool:
    return _NOTICE.match(line) is not None and _NOTICE_WORDS.search(line) is not None
