"""Finds marks of State secrets, work secrets and trade secrets, internal marks and marks of what is not public.

A word counts as a mark only as it is set as one: with a star, in a label, in brackets, or alone on a line. The same
word in running prose (保守国家秘密法, 保密审查, 机密性) is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.text.scan.model import Level
from gongkai.text.scan.view import Found, View

_CLASS = r"(?:绝\s{0,3}密|机\s{0,3}密|秘\s{0,3}密)"
_PERIOD = r"(?:[0-9]{1,4}\s?(?:年|个?月|天|日)|长期|[0-9]{4}[^0-9\n]{1,3}[^\n]{0,12}|[^\s,。;]{1,16}前)"
_STAR = re.compile(rf"(?<!商业)(?<!国家)(?<!工作){_CLASS}\s{{0,3}}(?:[★☆]\s?{_PERIOD}?|\*\s?{_PERIOD})")
_HEAD = re.compile(rf"(?m)^[ \t]*{_CLASS}[ \t]*$")
_LABEL = re.compile(rf"密\s?级[: \t|]{{1,3}}{_CLASS}|保密期限[:\t|]\s{{0,3}}(?!无|不|公开|非|/|-|—)[^\s,。;|]{{1,16}}")
_COPY = re.compile(r"(?mi)^[ \t]*(?:(?:№|No\.?|份号:?)[ \t]*[0-9]{6}|[0-9]{6})[ \t]*$")
_SIX = re.compile("[0-9][0-9]{5}")
_TRADE = re.compile(
    r"(?:核心|普通)?商密\s?[★☆]|(?:核心|普通)商密|(?:^|(?<=[(\[【〔]))\s{0,3}商业秘密\s{0,3}(?=[)\]】〕]|$)",
    re.MULTILINE,
)
_WORK = re.compile(
    r"(?:工作秘密|内部事项|敏感信息)\s?[★☆]|(?:属于?|列为|确定为|定为)(?:工作秘密|内部事项)(?!的|范围|和|、|或|,)|[(\[【〔](?:工作秘密|内部事项|敏感信息)[^\n()]{0,12}[)\]】〕]"
    r"|^[ \t]*(?:工作秘密|内部事项|内含敏感信息)[^\n。]{0,10}$",
    re.MULTILINE,
)
_WEAK = "内部资料|内部文件|内部使用|内部参考|内部刊物|内部材料|注意保存|妥善保管"
_STRONG = (
    "仅供内部|仅限内部|不得外传|请勿外传|严禁外传|不得外泄"
    "|阅后收回|阅后销毁|阅后即焚|请勿公开|不得公开传播|不得转发外传|仅供参阅"
)
_STRONG_RE = re.compile(_STRONG)
_INTERNAL = re.compile(
    rf"[(\[【〔](?:{_WEAK}|{_STRONG})[^\n()。]{{0,16}}[)\]】〕]|^[ \t*]*(?:{_WEAK}|{_STRONG})[^\n。:]{{0,16}}$"
    rf"|(?:{_WEAK})[ ,!·]{{0,3}}(?:{_WEAK}|{_STRONG})",
    re.MULTILINE,
)
_STRONG_WORDS = tuple(_STRONG.split("|"))
_INTERNAL_WORDS = (*_WEAK.split("|"), *_STRONG_WORDS)
_LIMITED = re.compile(r"(?m)^[ \t(]{0,8}仅?限[^,。\n]{1,12}(?:使用|传阅|阅读|参阅)[ \t)]*$")
_DRAFT = re.compile(
    r"[(\[【〔](?:征求意见稿|送审稿|讨论稿|草稿|初稿|审议稿|修改稿|报审稿)[)\]】〕]"
    r"|^[ \t]*(?:征求意见稿|送审稿|讨论稿)[ \t]*$",
    re.MULTILINE,
)
_CALLING = re.compile("公开征求|公开征集|征求.{0,30}意见的(?:公告|通知|函|启事)|意见征集|意见建议")
_NOT_PUBLIC = re.compile(
    r"[(\[【〔]\s?(?:此|本)件?(?:文件)?\s?(?:不予?公开|依申请公开|不宜公开|暂不公开|仅依申请公开)\s?[)\]】〕]"
    r"|公开(?:属性|方式|类型|形式|性质)[: \t|]{1,3}(?:不予?公开|依申请公开|不宜公开)(?![、/或,])"
    r"|^[ \t]*(?:此件不公开|此件依申请公开)[ \t]*$",
    re.MULTILINE,
)
_PUBLIC = re.compile(
    r"[(\[【〔]\s?此件\s?(?:主动公开|公开发布|公开)\s?[)\]】〕]|公开(?:属性|方式|类型|形式)[: \t|]{1,3}主动公开"
    r"|^[ \t]*此件(?:主动公开|公开发布)[ \t]*$",
    re.MULTILINE,
)
_CARRIER = re.compile("内部明电|密码电报|加密电报|传真密级|机要电报|密码传真")
_UNIT = re.compile(r"(?<![0-9])[0-9]{5}部队|部队番号[:为]")
_LONG_LINE = 30
_SHORT_LINE = 16
"""In a line that is no longer a word stands as a mark, in a longer one as part of what is said."""


def secrecy(view: View) -> Iterator[Found]:
    """Every mark in a text."""
    yield from _state_secrets(view)
    yield from _all(view, "trade_secret", ("商密", "商业秘密"), _TRADE)
    yield from _all(view, "work_secret", ("工作秘密", "内部事项", "敏感信息"), _WORK)
    yield from _internal(view)
    yield from _drafts(view)
    yield from _all(view, "not_public", ("不公开", "不予公开", "不宜公开", "申请公开"), _NOT_PUBLIC)
    yield from _all(view, "public_mark", ("此件", ":主动公开", " 主动公开", "\t主动公开", "|主动公开"), _PUBLIC)
    yield from _carriers(view)
    yield from _all(view, "military", ("部队",), _UNIT)


def _all(view: View, rule: str, words: tuple[str, ...], pattern: re.Pattern[str]) -> Iterator[Found]:
    for found in view.matches(pattern, words):
        yield Found(rule, *_trimmed(found))


def _state_secrets(view: View) -> Iterator[Found]:
    if "密" in view.plain:
        yield from _all(view, "secret_star", ("★", "☆", "*"), _STAR)
        yield from _all(view, "secret_label", ("级", "保密期限"), _LABEL)
        for found in _HEAD.finditer(view.plain, 0, view.head):
            yield Found("secret_head", *_trimmed(found))
    for found in _COPY.finditer(view.plain, 0, view.head) if _SIX.search(view.plain) else ():
        start, end = _trimmed(found)
        marked = not found[0].strip().isdigit()
        classified = _HEAD.search(view.plain, end, view.head) or _STAR.search(view.plain, end, view.head)
        if marked or classified:
            yield Found("copy_no", start, end)


def _internal(view: View) -> Iterator[Found]:
    marked = set()
    for found in (*view.matches(_INTERNAL, _INTERNAL_WORDS), *view.matches(_LIMITED, ("限",))):
        marked.add(view.line_number(found.start()))
        yield Found("internal", *_trimmed(found))
    for found in view.matches(_STRONG_RE, _STRONG_WORDS):
        if view.line_number(found.start()) not in marked:
            start, end = view.line(found.start())
            said = end - start > _SHORT_LINE or "。" in view.plain[start:end]
            yield Found("internal", *found.span(), Level.WARN if said else None)


def _drafts(view: View) -> Iterator[Found]:
    if not view.has(("稿",)) or _CALLING.search(view.plain):
        return
    for found in view.matches(_DRAFT, ("稿",)):
        titled = view.plain.rfind("《", max(0, found.start() - 60), found.start())
        if titled < 0 or "》" in view.plain[titled : found.start()]:
            yield Found("draft_mark", *_trimmed(found))


def _carriers(view: View) -> Iterator[Found]:
    for found in view.matches(_CARRIER, ("明电", "电报", "传真")):
        start, end = view.line(found.start())
        mark = end - start <= _LONG_LINE and found.start() < view.head
        yield Found("carrier", *found.span(), None if mark else Level.WARN)


def _trimmed(found: re.Match[str]) -> tuple[int, int]:
    """The span of a match without the blanks around it."""
    words = found[0]
    return found.start() + len(words) - len(words.lstrip()), found.end() - (len(words) - len(words.rstrip()))
