"""Takes the words that name what a figure counts out of its clause."""

from __future__ import annotations

import re

from gongkai.annual.facts.lexicon import Token, lexicon
from gongkai.annual.facts.view import VERBS, View

_LEADING = re.compile(
    r"(?:[、和及与，：；（）“”\"了过的]|其中|包括|包含|含|另有|还有|以及|同时|并|共计|共|全年|本年度?|今年|[0-9]{4}年度?|[一二三四五六七八九]是|"
    r"[0-9]{1,2}[.、．]|为|有|我[局市县区委办厅镇校院]|新增|涉及|确定|配备|配有|聘请|聘任|安排|落实|建立|开通|开设|设置|设立|推出|制作|原创)++"
)
_SET_UP = re.compile(r".*(?:开设|开通|设立|建立|配备|聘请|在运维|累计举行|举办|召开)(?=..)")
_TRAILING = re.compile(
    r"(?:[、和及与，：；（“”\"]|共计|合计|总计|累计|共有|共|约|近|达到|达|为|是|有|总数|总量|数量|件数|的|了|均|各|等|数|分别|计)++$"
)
_LONGEST = 40


def label(view: View, behind: bool, noun: Token | None = None) -> str | None:
    """What the figure counts, as written: the noun phrase before it, or behind it; None where there is none."""
    if view.paired is not None:
        return view.text[view.paired.start : view.paired.end]
    if behind:
        words = view.text[view.number.end : noun.end if noun else view.right]
    else:
        words = view.text[view.left : view.start]
        verbs = lexicon().mask(VERBS)
        last = max((t.end for t in view.before if t.bit & verbs and t.end < view.start), default=view.left)
        named = _trim(view.text[last : view.start])
        if len(named) > 1:
            return named[-_LONGEST:]
        words = view.text[view.left : last]
        tail = [t for t in view.before if t.bit & verbs]
        if tail and last == tail[-1].end:
            words = view.text[view.left : tail[-1].start]
    return _trim(words)[-_LONGEST:] or None


def _trim(words: str) -> str:
    words = words[-80:]
    if "”等" in words:
        words = words[words.rindex("”等") + 2 :]
    found = _SET_UP.match(words)
    if found:
        words = words[found.end() :]
    found = _LEADING.match(words)
    if found:
        words = words[found.end() :]
    found = _TRAILING.search(words)
    if found:
        words = words[: found.start()]
    return words.strip("“”") if words.count("“") != words.count("”") else words
