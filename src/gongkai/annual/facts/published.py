"""Tells totals, channels and categories apart among the figures of published information."""

from __future__ import annotations

import re
from functools import cache

from gongkai.annual.facts.lexicon import Token, lexicon
from gongkai.annual.facts.rules import CHANNELS, unit_fits
from gongkai.annual.facts.view import VERBS, View

_PLAIN = re.compile(
    r"(?:各级|各类|各种|各项|各|有关|相关|相应|共计|共|本级|本机关|我局|我县|我区|我市|本局|全部|所有|上述|等|的|该|其|重要|最新|新的|"
    r"多|一系列|以上|法定|应当|应|主动|及时|准确|全面|依法|向社会|对外|各方面|方面|政务|政府|公开|部门|了|地|在|和|渠道|方式|平台|类)*+"
)
_CUMULATIVE = re.compile(
    r"历年|(?<!今年)(?<!年初)以来[^。]{0,20}$|开通至今|自[^，。]{0,12}[年月日](?:起|开始)|截[至止][^。]{0,24}累计"
)
_THIS_YEAR = re.compile(r"全年|本年|今年|年内|年度|一年来")
_NO_CATEGORY = re.compile(r"(?:新?制定|修改|修订|新增|新建|整改|合计|总计|小计|其他|其它|增加|减少|同比|累计)+")
_SUBJECT = re.compile(r"[，]*(?:[0-9]{4}年度?)?(?:全年)?(?:[^，]{0,20}[局委办厅府镇乡县区市])?")
_KINDS = {
    "SITE": "published.website",
    "SITES": "published.website",
    "ONLINE": "published.website",
    "WEIBO": "published.weibo",
    "WECHAT": "published.wechat",
    "NEWMEDIA": "published.new_media",
    "GAZETTE": "published.gazette",
    "OTHERWAY": "published.other_channel",
}


@cache
def _channels() -> tuple[int, dict[int, str]]:
    words = lexicon()
    return words.mask(CHANNELS), {words.bits[name]: kind for name, kind in _KINDS.items()}


@cache
def _sets() -> dict[str, int]:
    words = lexicon()
    return {
        "cases": words.mask("APP ONREQ"),
        "handled": words.mask("RECEIVE CLOSE ANSWER"),
        "publish": words.mask("PUBLISH"),
        "submit": words.mask("SUBMIT"),
        "sent": words.mask("SUBMIT RECEIVE"),
        "archive": words.mask("ARCHIVE"),
        "collect": words.mask("COLLECT"),
        "vetting": words.mask("VETTING CATALOGUE BRIEFING"),
        "fulltext": words.mask("FULLTEXT"),
        "new": words.mask("NEW"),
        "cumulative": words.mask("CUMUL"),
        "social": words.mask("WEIBO WECHAT NEWMEDIA"),
        "verbs": words.mask(VERBS),
        "dpub": words.mask("DPUB"),
    }


def information(view: View, head: Token, behind: bool) -> tuple[str, ...]:
    """The kinds of a figure that counts information; empty where it is not published information."""
    sets = _sets()
    mask = view.mask
    if not unit_fits("published", view.unit) or view.unit == "次":
        return ()
    if view.text.startswith("数据", head.end):
        return ()
    if mask & sets["archive"] and mask & sets["sent"]:
        return ("archives.sent",)
    if mask & sets["submit"] and not mask & sets["publish"]:
        named = view.text[head.start : head.end] == "政务信息"
        return ("briefings.submitted",) if named else ()
    published = bool(mask & sets["publish"])
    if head.bit == sets["dpub"]:
        if behind or not view.noun_adjoins or view.unit not in ("条", "篇", "则"):
            return ()
        published = True
    if mask & sets["cases"]:
        return ()
    if view.family == "applications" and not published:
        return ("applications.category",)
    if view.family == "gazette":
        return ("gazette.documents",) if special(view, head, behind) else ("published.gazette",)
    if mask & sets["collect"] and not published:
        return ("other",)
    if mask & sets["vetting"] and not published:
        return ()
    if not published and view.family != "published":
        return ()
    return (_published(view, head, behind, published),)


def _published(view: View, head: Token, behind: bool, verb: bool) -> str:
    sets = _sets()
    if view.mask & sets["fulltext"]:
        return "published.fulltext"
    if special(view, head, behind) or (not verb and not view.mask & _channels()[0]):
        return "published.category"
    if view.mask & sets["cumulative"] or is_cumulative(view.text, view.start):
        return "published.cumulative"
    channel = channel_kind(view)
    if channel:
        return channel
    return "published.new" if view.mask & sets["new"] else "published.total"


def is_cumulative(text: str, end: int) -> bool:
    """Whether the words up to a figure say that it counts since some day long ago."""
    said = text[max(0, end - 60) : end]
    return _CUMULATIVE.search(said) is not None and not _THIS_YEAR.search(said[-24:])


def channel_kind(view: View) -> str | None:
    """The channel's own kind where exactly one channel is named; 微博 with 微信 are social media; else None."""
    channels, kinds = _channels()
    named = view.mask & channels
    if not named:
        named = view.item & channels
    bits = [bit for bit in kinds if bit & named]
    rest = named
    for bit in bits:
        rest &= ~bit
    found = {kinds[bit] for bit in bits}
    if rest:
        return "published.channel" if not found and rest.bit_count() == 1 else None
    if len(found) == 1:
        return found.pop()
    return "published.new_media" if found and not named & ~_sets()["social"] else None


def special(view: View, head: Token, behind: bool) -> bool:
    """Whether the noun names one sort of information (工作动态信息), not information at large (各类政府信息)."""
    tokens = view.behind if behind else view.before
    begin = view.number.end if behind else view.left
    for token in tokens:
        if token.start >= head.start:
            break
        if token.bit & (_sets()["verbs"] | _channels()[0] | _sets()["new"] | _sets()["cumulative"]):
            begin = token.end
    if view.text[head.start : head.end] in ("公开信息", "政务信息", "政府公开信息"):
        return False
    words = view.text[begin : head.start].lstrip('”"’、，了：')
    words = re.sub(r"^(?:.{0,30}?(?:渠道|方式|平台|途径|载体|账号|媒体|等))(?=[^”]{0,6}$)", "", words)
    return _PLAIN.fullmatch(words) is None and not _subject(view, begin, head)


def _subject(view: View, begin: int, head: Token) -> bool:
    """Whether no verb stood before the noun, so that the words before it are who or when (2015年全区政府信息…)."""
    if begin != view.left:
        return False
    words = view.text[begin : head.start]
    return _SUBJECT.fullmatch(words) is not None


def generic(view: View, enumerating: bool) -> bool:
    """Whether a figure that no rule knows counts a category of published information (公告公示40件, 新闻动态3581条)."""
    if view.unit not in ("条", "件", "篇", "则", "期", "条次", "份", "项") or not re.match(
        "[约近0-9]", view.number.number.raw
    ):
        return False
    sets = _sets()
    verbs = [t for t in view.before if t.bit & sets["verbs"]]
    if verbs and verbs[-1].bit == sets["publish"]:
        label = view.text[verbs[-1].end : view.start].strip("了共计：、“”")
        if not label and view.unit != "项":
            label = view.text[view.number.end : view.right].lstrip("的")
        return (
            2 <= len(label) <= 30 and not label.endswith("数据") and not view.mask & (sets["cases"] | sets["vetting"])
        )
    if verbs or not enumerating:
        return False
    label = view.text[view.left : view.start].strip("其中、，和及与：共计（含）")
    return 2 <= len(label) <= 24 and not _NO_CATEGORY.fullmatch(label)
