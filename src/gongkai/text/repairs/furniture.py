"""Knows the lines that belong to a website and not to what it publishes: navigation, sharing, copyright, file facts."""

from __future__ import annotations

import re
from collections.abc import Set

_WITHIN = (
    *(
        "版权所有",
        "ICP备",
        "ICP 备",
        "公网安备",
        "网安备",
        "网站标识码",
        "分享到",
        "微信扫",
        "扫一扫",
        "打印本页",
        "打印此页",
    ),
    *(
        "打印本文",
        "打印文章",
        "关闭窗口",
        "关闭本页",
        "收藏本页",
        "收藏本站",
        "设为首页",
        "加入收藏",
        "最佳浏览",
        "最佳分辨率",
    ),
    *(
        "上一篇",
        "下一篇",
        "上一条：",
        "上一条:",
        "下一条：",
        "下一条:",
        "【字体",
        "字体：",
        "字体:",
        "字号：",
        "字号:",
        "您的位置",
    ),
    *(
        "您现在的位置",
        "您当前的位置",
        "您所在的位置",
        "你现在的位置",
        "当前位置：",
        "当前位置:",
        "所在位置：",
        "所在位置:",
    ),
    *(
        "下载客户端",
        "返回顶部",
        "返回首页",
        "All Rights Reserved",
        "all rights reserved",
        "Copyright",
        "copyright",
        "COPYRIGHT",
    ),
)
"""A short line with one of these words is furniture."""

_LINKS = (
    "联系我们|关于我们|网站声明|免责声明|隐私声明|使用帮助|站点地图|网站地图|法律声明|网站首页|首页|帮助|设为首页|加入收藏|English|繁体|"
    "繁體|简体|无障碍|无障碍浏览|长者模式|长者版|适老化|关怀版|手机版|RSS|登录|注册|个人中心"
)
_PAGE_SIZE = r"[大中小]"
_WHOLE: tuple[tuple[str, str], ...] = (
    *((word, rf"(?:{_LINKS})(?:[\s|｜·>＞»/]*(?:{_LINKS}))*") for word in _LINKS.split("|")),
    ("打印", r"[\[【]?打印[\]】]?(?:\s*[|｜]?\s*[\[【]?(?:关闭|分享|收藏)[\]】]?)*"),
    ("关闭", r"[\[【]?关闭[\]】]?"),
    ("分享", r"分享[:：]?"),
    ("友情链接", r"友情链接[:：]?"),
    ("返回", r"返回(?:上一页|上页|列表|顶部|首页)?"),
    ("字体", rf"[\[【(（]?字体\s?[:：]?\s?[\[【(（]?\s?{_PAGE_SIZE}(?:[\s|]*{_PAGE_SIZE})*\s?[\]】)）]?.{{0,12}}"),
    *((word, r"[\[【(（]?大\s?[|]?\s?中\s?[|]?\s?小[\]】)）]?") for word in ("中小", "中 小", "中|小", "中 | 小")),
    ("格式", r"(?:文件)?格式\s?[:：]\s?(?:pdf|docx?|txt|pptx?|xlsx?|html?|wps)"),
    *((unit, rf"(?:文件|文档)?大.{{0,4}}?[:：?？]?\s?[0-9.]{{1,7}}\s?{unit}") for unit in ("KB", "MB", "kb", "K", "M")),
    ("页数", r"(?:文档)?页数\s?[:：]\s?[0-9]{1,4}\s?页?"),
    ("评分", r"(?:文档)?评分\s?[:：]\s?[0-9.]{1,4}\s?分?"),
    *((word, rf"{word}(?:者|量|次数|人)\s?[:：]\s?\S{{0,20}}") for word in ("上传", "下载", "浏览", "阅读", "点击")),
    ("页", r"第\s?[0-9]{1,3}\s?页\s?[,，/]?\s?(?:共\s?[0-9]{1,3}\s?页)?"),
    *(
        (
            f"办{word}",
            r"(?:主办|承办|协办)(?:单位)?\s?[:：]\s?\S{2,30}"
            r"(?:\s+(?:主办|承办|协办|技术支持|地址|电话|邮编)\S{0,40}){0,4}",
        )
        for word in ("单位", "：", ":")
    ),
    ("技术支持", r"技术支持(?:单位)?\s?[:：]\s?\S{2,30}"),
    ("http", r"(?:[^，。；,;:：\s]{2,12}\s){2,12}https?://"),
)  # fmt: skip
"""A line is furniture where it holds the word and nothing but the pattern."""

LONGEST = 100
"""A longer line is prose that merely mentions such a word."""
_PROSE = re.compile("[。；]|，.*，")
_HEADING = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[)）]|第[一二三四五六七八九十]+[章部]|[0-9]{1,2}[.、])"
)
_PATTERNS: dict[str, re.Pattern[str]] = {}
_KEYWORDS = (*_WITHIN, *dict.fromkeys(word for word, _ in _WHOLE))
_BY_FIRST: dict[str, list[tuple[str, frozenset[str]]]] = {}
for _word in _KEYWORDS:
    _BY_FIRST.setdefault(_word[0], []).append((_word, frozenset(_word)))
_PAGE_NUMBER = re.compile(r"^[ \t\u3000]*[-—－–]\s?[0-9]{1,3}\s?[-—－–][ \t\u3000]*$", re.MULTILINE)
_ANY_DASH = ("-", "—", "－", "–")
_INSIDE = frozenset(_WITHIN)


def keywords_in(text: str, seen: Set[str]) -> tuple[str, ...]:
    """The words of furniture in a text, `seen` being its characters; a line with none of them is no furniture."""
    found = [
        word
        for first in _BY_FIRST.keys() & seen
        for word, letters in _BY_FIRST[first]
        if letters <= seen and word in text
    ]
    if not seen.isdisjoint(_ANY_DASH) and _PAGE_NUMBER.search(text):
        found += _ANY_DASH
    return tuple(found)


def is_furniture(line: str, keywords: tuple[str, ...] | None = None) -> bool:
    """Whether a line belongs to the website around a text. `keywords`, from the whole text, only make it faster."""
    body = line.strip()
    if not 1 < len(body) <= LONGEST:
        return False
    if body[0] in _ANY_DASH and _PAGE_NUMBER.fullmatch(body):
        return True
    held = [word for word in (_KEYWORDS if keywords is None else keywords) if word in body and word not in _ANY_DASH]
    if not held or _PROSE.search(body) or _HEADING.match(body):
        return False
    return any(word in _INSIDE or _pattern(word).fullmatch(body) for word in held)


def _pattern(word: str) -> re.Pattern[str]:
    """The patterns of a word, compiled when they are first needed."""
    known = _PATTERNS.get(word)
    if known is None:
        known = _PATTERNS[word] = re.compile("|".join(p for w, p in _WHOLE if w == word), re.IGNORECASE)
    return known
