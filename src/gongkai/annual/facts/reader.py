"""Reads the figures out of a report's prose, each with what it counts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from gongkai.annual.facts.context import Context
from gongkai.annual.facts.lexicon import lexicon
from gongkai.annual.facts.parts import Parts
from gongkai.annual.facts.passages import Passage, passages
from gongkai.annual.facts.rules import CHANNELS, families
from gongkai.annual.facts.sentence import Sentence
from gongkai.annual.facts.vetoes import begins_plans, is_plan_heading, year_of
from gongkai.annual.forms.model import Form
from gongkai.annual.model import Block, Chapter, Fact

_SENTENCE = re.compile(r"[^。！？\n]+[。！？]?")
_WORTH = re.compile(
    r"[0-9未没无零]|不存在|百分之|[一二两三四五六七八九十百千万余多](?:人次|[条件次份篇期场个名人位项起宗例封部册元批类大小家处轮])"
)
"""A sentence without any of these tells no figure."""
_DISCLOSURE = re.compile(r"公开|依申请|政府信息|政务信息")
_DISPUTES = re.compile(r"申请|复议|诉讼|投诉|举报")
_NUMBERING = re.compile(r"[（(]?[一二三四五六七八九十0-9]{1,3}[）)、.．]|[①-⑳]|[一二三四五六七八九]是")
_RUN_IN = re.compile(rf"(?:{_NUMBERING.pattern})(?P<title>[^。，；：]{{2,30}})[。：]")
_NO_TITLE = re.compile(r"[0-9]|未|没有|无")
_LONGEST = 6000
"""A longer sentence is damage: only its beginning is read."""


def read_facts(
    blocks: Sequence[Block],
    *,
    form: Form | None,
    chapters: Sequence[Chapter] = (),
    skip: frozenset[int] = frozenset(),
) -> tuple[Fact, ...]:
    """The figures that the paragraphs of one report tell, in order.

    `skip` holds the indexes of paragraphs that belong to tables; `chapters` helps to know headings. A figure is left
    out where it is not certain what it counts, where it is a plan, a norm or another year's. Denials (未收到申请) are
    facts of value 0. Money keeps the unit as printed (2.5 with 万元). A `share` or `growth` has the figure that it
    describes as its parent. `cell` is set only where the figure speaks of the whole agency in the reported year.
    """
    headings = frozenset(c.where.block for c in chapters)
    found = list(passages(blocks, skip, headings))
    year = year_of(p.text[:400] for p in found if p.level is None)
    reader = _Reader(Context(form.id if form else None, year))
    for passage in found:
        reader.read(passage)
    return tuple(reader.context.facts)


@dataclass(slots=True)
class _Reader:
    context: Context
    plans: bool = False
    """Whether the rest of the paragraph is a plan."""
    plans_under: int = 0
    """Level of the heading under which there are only plans, 0 where there is none."""
    problems: bool = False
    """Whether the chapter tells of problems, so that plans go on to its end."""

    def read(self, passage: Passage) -> None:
        """Read one passage: a heading sets what is spoken of, prose yields facts."""
        if passage.level is not None:
            self._heading(passage.text, passage.level)
        if self.plans_under or (self.problems and self.plans):
            return
        self.context.family, self.context.before, self.plans = None, None, False
        parts = Parts()
        for sentence in _SENTENCE.finditer(passage.text):
            if self.plans:
                return
            self._sentence(passage, sentence.start(), sentence.group()[:_LONGEST], parts)
        if passage.level is None:
            self.context.item = 0

    def _heading(self, text: str, level: int) -> None:
        if not self.plans_under or level <= self.plans_under:
            self.plans_under = level if is_plan_heading(text) else 0
        if level == 1:
            self.problems, self.plans = "问题" in text, False
        context = self.context
        topic = _topic(text)
        if level == 1 or topic:
            context.section = topic
        context.disclosure = _DISCLOSURE.search(text) is not None
        context.disputes = _DISPUTES.search(text) is not None
        context.item = _only_channel(text)

    def _sentence(self, passage: Passage, offset: int, text: str, parts: Parts) -> None:
        titled = _RUN_IN.match(text)
        if titled is not None and not _NO_TITLE.search(titled["title"]):
            self._run_in(titled["title"])
            if titled.end() == len(text):
                return
        if begins_plans(text):
            self.plans = True
        if _WORTH.search(text):
            Sentence(self.context, passage, offset, text, parts).read()

    def _run_in(self, title: str) -> None:
        context = self.context
        context.section = _topic(title) or context.section
        context.item = _only_channel(title)
        context.family = None
        context.disclosure = context.disclosure or _DISCLOSURE.search(title) is not None
        context.disputes = context.disputes or _DISPUTES.search(title) is not None


@lru_cache(maxsize=1024)
def _topic(text: str) -> str | None:
    """The family of kinds that a heading announces, None where it announces none or several."""
    known = families()
    words = lexicon()
    tokens = words.tokens(text)
    found = {known[t.bit] for t in tokens if t.bit in known}
    if len(found) > 1:
        return None
    if not found and any(t.bit == words.bits["PUBLISH"] for t in tokens):
        return "published"
    return found.pop() if found else None


@lru_cache(maxsize=1024)
def _only_channel(text: str) -> int:
    """The channel that is all that an item's heading names (3、政务微博。), else none."""
    words = lexicon()
    numbered = _NUMBERING.match(text)
    title = text[numbered.end() if numbered else 0 :].rstrip("。：")
    if len(title) > 12:
        return 0
    channels = [t for t in words.tokens(title) if t.bit & words.mask(CHANNELS)]
    if len(channels) != 1 or len(title) - (channels[0].end - channels[0].start) > 2:
        return 0
    return channels[0].bit
