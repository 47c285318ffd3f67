"""Recognises the headings of chapters, also where the text goes on behind the heading on the same line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from gongkai.annual.reading.meanings import Meaning, known_titles, meanings
from gongkai.text.labels import ordinal, plain, strip_numbering


class Style(StrEnum):
    """How a heading is numbered."""

    HAN = "han"
    """一、 or 一 before blanks"""
    PART = "part"
    """第一部分"""
    DIGIT = "digit"
    """1. or 1、"""
    PAREN = "paren"
    """（一） or (1)"""
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that opens a chapter or a section."""

    style: Style
    number: int | None
    no: str | None
    """The number without its marks: 一, 1."""
    title: str
    start: int
    """Where the heading begins in the block's text."""
    end: int
    """Where the heading ends; the chapter's prose may go on there."""
    meanings: tuple[Meaning, ...] = ()


_FIRST = frozenset("一二三四五六七八九十第0123456789０１２３４５６７８９（(〔［[【①②③④⑤⑥⑦⑧⑨⑩㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩")
_ANNEX = re.compile(r"附[件表]?\s*\d{0,2}\s*[：:]\s*(?P<title>\S.*表)\s*[：:。]?")
_MARKS = re.compile(r"[（(〔［\[【）)〕］\]】、.．:：,，\s]|第|部\s*分|[章节節篇编編]")
_SENTENCE_END = re.compile(r"[。；！？;!]")
_DOT_LEADER = re.compile(r"(?:[.…·．]{3}|[-—]{4}|\s{4}|\t)\s{0,4}[-—(（]?\s{0,4}\d{1,3}\s{0,4}[-—)）]?$")
"""Matched against text in which no run of blanks is longer than four: longer ones would take ever more time."""
_WIDE = re.compile(r"\s{5,}")
_TITLE_END = re.compile(
    r".{2,38}?(?:情况|事项|概述|概况|问题|措施|建设|办理|附表|统计表|打算|安排|方向|做法|成效|工作|引言)(?=[\s:：。]|(?:19|20)\d\d\s*年)"
)
_BLANK_END = re.compile(r"[^\s。，,；;：:]{3,36}(?=[\s]+\S{4})")
_BEGINS = (
    r"(?:(?:19|20)\d\d|20\d?[xX×]{1,2}年?|[xX×]{2}年?|截[至止]|无|没有|未|一是|[（(]一[）)]|1[.、]|本|我|全[年市县区省局系]|今年|年内|一年来|近年|目前"
    r"|按照|根据|依据|遵循|为[了进切做]?|在|围绕|坚持|认真|严格|积极|进一步|加强|通过|各|高度|主要|由于|随着|持续|深入|充分|建立|健全|明确|成立"
    r"|完善|依托|对照|虽然|尽管|经)"
)
"""How the text behind a heading begins where nothing stands between them."""
_TEXT_NEXT = re.compile(rf"\s{{0,4}}[：:。]?\s{{0,4}}{_BEGINS}")
_RUN_ON = re.compile(rf"[^。，,；;：:！？]{{2,34}}?(?:情况|事项|概述|概况|问题|措施|打算)(?={_BEGINS})")
LONGEST_TITLE = 44
_HEAD = 160
"""A title ends within so many characters, if the line begins with one."""
_LEADER = 80


def heading_of(text: str, *, level: int | None = None) -> Heading | None:
    """The heading that a paragraph is or begins with, None where it is none. `level` is the source's own mark."""
    stripped = text.lstrip()
    if not stripped:
        return None
    annex = _ANNEX.match(stripped) if stripped[0] == "附" and len(stripped) <= LONGEST_TITLE else None
    if annex is not None:
        title = annex["title"].rstrip("：:。")
        start = len(text) - len(stripped)
        return Heading(Style.HAN, None, "附", title, start, start + annex.end(), (Meaning.ANNEX,))
    if stripped[0] not in _FIRST:
        return _unnumbered(text, level)
    numbering, rest = strip_numbering(stripped)
    if not numbering and (bare := _bare_pattern().match(stripped)) is not None:
        numbering, rest = bare[1], stripped[bare.end(1) :]
    if not numbering or not rest or _ends_in_leader(rest[-_LEADER:]):
        return None
    start = len(text) - len(stripped)
    at = text.find(rest, start + len(numbering))
    style = _style(numbering)
    length = _title_length(rest[:_HEAD], style)
    if length is None:
        return None
    title = rest[:length].strip().rstrip("：:。.；;，,、")
    no = _MARKS.sub("", numbering)
    return Heading(style, ordinal(numbering), no, title, start, at + length, meanings(title))


def is_contents_line(text: str) -> bool:
    """Whether a line belongs to a table of contents: it ends in dot leaders or a page number after a wide gap."""
    return len(text) <= 80 and _ends_in_leader(text)


def _ends_in_leader(text: str) -> bool:
    text = text.rstrip()
    return _DOT_LEADER.search(_WIDE.sub("    ", text)) is not None


def known_heading_within(text: str, start: int) -> list[Heading]:
    """Headings with well-known titles inside a paragraph in which a whole report runs on without line breaks."""
    found = []
    for match in _within_pattern().finditer(text, start):
        if match.start() == 0:
            continue
        title = match["title"]
        found.append(
            Heading(Style.HAN, ordinal(match["no"]), match["no"], title, match.start(), match.end(), meanings(title))
        )
    return found


@cache
def _within_pattern() -> re.Pattern[str]:
    titles = "|".join(map(re.escape, known_titles()))
    return re.compile(
        rf"(?:(?<=[。；：:！)）])|(?<=\s))\s{{0,3}}(?P<no>[一二三四五六七八九十]{{1,2}})[、.．]\s*(?P<title>{titles})(?=[\s：:。]|(?:19|20)\d\d|（一）|无|本|全)"
    )


def _unnumbered(text: str, level: int | None) -> Heading | None:
    if len(text) > LONGEST_TITLE:
        return None
    title = text.strip().rstrip("：:。")
    if level is None and plain(title) not in _plain_titles():
        return None
    start = len(text) - len(text.lstrip())
    return Heading(Style.NONE, None, None, title, start, len(text), meanings(title))


def _style(numbering: str) -> Style:
    if numbering[0] == "第":
        return Style.PART
    if numbering[0] in "（(〔［[【①②③④⑤⑥⑦⑧⑨⑩㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩":
        return Style.PAREN
    return Style.DIGIT if numbering[0] in "0123456789０１２３４５６７８９" else Style.HAN


def _title_length(rest: str, style: Style) -> int | None:
    """How much of the text behind the number is the title; 0 where a chapter has a number and no title."""
    known = _known_pattern().match(rest)
    if known is not None:
        after = rest[known.end() :]
        if not after.strip("：:。. \u3000") or _TEXT_NEXT.match(after) or after[0].isspace() or after[0] in "：:。":
            return known.end()
    if len(rest) <= LONGEST_TITLE and _SENTENCE_END.search(rest.rstrip("。；;")) is None:
        return len(rest)
    for pattern in (_TITLE_END, _BLANK_END, _RUN_ON):
        found = pattern.match(rest)
        if found is not None and _SENTENCE_END.search(found[0]) is None:
            return found.end()
    sentence = _SENTENCE_END.search(rest)
    if sentence is not None and sentence.start() <= 36:
        return sentence.start()
    return 0 if style in (Style.HAN, Style.PART) else None


@cache
def _known_pattern() -> re.Pattern[str]:
    return re.compile("|".join(r"\s*".join(map(re.escape, title)) for title in known_titles()))


@cache
def _bare_pattern() -> re.Pattern[str]:
    """A number and a well-known title with nothing between them: 五存在的主要问题及改进情况."""
    titles = "|".join(map(re.escape, (t for t in known_titles() if len(t) >= 4)))
    return re.compile(rf"([一二三四五六七八九十]{{1,2}})(?:{titles})\s*$")


@cache
def _plain_titles() -> frozenset[str]:
    return frozenset(plain(t) for t in known_titles())
