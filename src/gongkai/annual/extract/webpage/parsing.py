"""HTML into a tree, refused beforehand where the parser would need too long or too much memory."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from gongkai.annual.errors import DamagedFile, TooLarge
from gongkai.annual.extract import limits


def words(listed: str) -> frozenset[str]:
    """A set of words written one after the other."""
    return frozenset(listed.split())


_FORMATTING = rb"a|b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u"
_STYLED = re.compile(rb"<(?:" + _FORMATTING + rb")\s", re.I)
_OTHERS = (b"</", b"<span", b"<td", b"<li", b"<p", b"<div")
"""What most tags of a page begin with and no formatting element does; counting these is quick."""
_TAG = re.compile(rb"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_NAMES = frozenset(_FORMATTING.decode().split("|"))
_VOID = words("area base br col embed hr img input link meta param source track wbr")
_MAX_REOPENED = 3_000_000
"""Elements that a parser may create by reopening formatting elements that were never closed."""


def parse(markup: str) -> LexborHTMLParser:
    """The tree of a page or a fragment; raises `TooLarge` for what is too long, too deep, or built to grow."""
    data = markup.encode("utf-8", "replace")
    _guard(data)
    try:
        return LexborHTMLParser(data)
    except Exception as error:  # the parser's own errors have no common class
        raise DamagedFile(str(error)[:80]) from error


def _guard(data: bytes) -> None:
    tags = data.count(b"<")
    limits.at_most(len(data), limits.MAX_MARKUP, "网页字节数", "bytes of markup")
    limits.at_most(tags, limits.MAX_TAGS, "网页标签数", "tags")
    if tags > limits.MAX_DEPTH and (tags > 20_000 or _may_reopen(data, tags)):
        _guard_nesting(data, tags)


def _may_reopen(data: bytes, tags: int) -> bool:
    """Whether there are so many formatting elements with attributes that reopening them could grow the tree."""
    others = sum(data.count(other) for other in _OTHERS)
    return (tags - others) * tags > _MAX_REOPENED and len(_STYLED.findall(data)) * tags > _MAX_REOPENED


def _guard_nesting(data: bytes, tags: int) -> None:
    depth = styled = 0
    for closing, name in _TAG.findall(data):
        tag = name.decode().lower()
        step = -1 if closing else 1
        if tag in _NAMES:
            styled = max(0, styled + step)
            if styled * tags > _MAX_REOPENED * 4:
                raise TooLarge("格式标签未闭合", detail_en="unclosed formatting tags")
        elif tag not in _VOID and tag not in ("p", "li", "td", "tr", "th", "option"):
            depth = max(0, depth + step)
            limits.at_most(depth, limits.MAX_DEPTH, "标签嵌套层数", "nesting of tags")


def attribute(node: LexborNode, name: str) -> str:
    """An attribute's value, "" where it is absent or has none."""
    value: str | None = node.attrs.get(name)
    return value or ""
