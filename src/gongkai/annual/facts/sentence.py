"""Reads the figures out of one sentence."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from gongkai.annual.facts.classify import Found, classify
from gongkai.annual.facts.context import Context
from gongkai.annual.facts.figures import Figure, figures_in, plain_unit, whole
from gongkai.annual.facts.kinds import KINDS
from gongkai.annual.facts.labels import label
from gongkai.annual.facts.lexicon import Token, lexicon
from gongkai.annual.facts.negatives import Negative, may_deny, negatives
from gongkai.annual.facts.parts import Parts
from gongkai.annual.facts.passages import Passage
from gongkai.annual.facts.respectively import Paired, respectively
from gongkai.annual.facts.rules import CHANNELS
from gongkai.annual.facts.scope import cell_of
from gongkai.annual.facts.vetoes import (
    is_comparison,
    is_growth,
    is_norm,
    many_years,
    may_compare,
    plan_begins,
    years_named,
)
from gongkai.annual.facts.view import ASIDE, View
from gongkai.annual.model import Fact
from gongkai.text.numbers import FoundNumber

_STOP = re.compile(r"[，；：。（）]")
_DISCLOSURE = re.compile(r"公开|依申请|政府信息|政务信息")
_GOES_ON = re.compile(r"其中|从|按|在|对|以?上述|全部|均|已|予以|申请|答复")
_DISPUTES = ("reconsideration", "litigation", "complaints", "appeals")
_PUBLISHED_DOCUMENTS = ("published.normative_docs", "published.rules")
_MEANS = re.compile(r"(?:通过|利用|借助|依托|依靠|运用|在)")


@dataclass(slots=True)
class Sentence:
    """One sentence being read."""

    context: Context
    passage: Passage
    offset: int
    text: str
    parts: Parts
    words: str = field(init=False)
    """The sentence as it stands in the source."""
    tokens: list[Token] = field(init=False)
    starts: list[int] = field(init=False)
    """Where each token begins."""
    stops: list[int] = field(init=False)
    disclosure: bool = field(init=False)
    plans_from: int = field(init=False)
    years: list[tuple[int, str]] = field(init=False)
    compares: bool = field(init=False)

    def read(self) -> None:
        """Add the sentence's facts to the report's, in order of place."""
        figures = figures_in(self.text)
        denied = may_deny(self.text)
        if not figures and not denied:
            self.context.before = self.text
            return
        self.words = self.passage.words(self.offset, self.offset + len(self.text)).strip()
        self.tokens = lexicon().tokens(self.text)
        self.starts = [t.start for t in self.tokens]
        self.stops = [m.start() for m in _STOP.finditer(self.text)]
        self.plans_from = plan_begins(self.text)
        self.years = years_named(self.text) if self.context.year else []
        self.compares = may_compare(self.text)
        self.disclosure = self.context.disclosure or _DISCLOSURE.search(self.text) is not None
        self.parts.begin(self.text)
        self._carry()
        none = list(negatives(self.text, self.tokens, self.disclosure)) if denied else []
        paired = respectively(self.text, self.tokens, figures) if "分别" in self.text else {}
        self._walk(figures, none, paired)

    def _carry(self) -> None:
        """What the sentence before spoke of holds on only where this one goes on with it."""
        before, self.context.before = self.context.before, None
        if self.parts.fresh and not _GOES_ON.match(self.text):
            self.context.family = None
        elif before is not None:
            self.context.follow(lexicon().tokens(before))

    def _walk(self, figures: Sequence[Figure], none: Sequence[Negative], paired: dict[int, Paired]) -> None:
        waiting = list(none)
        previous = 0
        for index, figure in enumerate(figures):
            while waiting and waiting[0].start < figure.start:
                self._deny(waiting.pop(0))
            if any(n.start <= figure.start < n.reach for n in none):
                continue
            following = figures[index + 1].start if index + 1 < len(figures) else len(self.text)
            self._figure(figure, previous, following, paired.get(figure.start))
            previous = figure.end
        for negative in waiting:
            self._deny(negative)
        self.context.follow(self.tokens[bisect_left(self.starts, previous) :])

    def _between(self, start: int, end: int) -> list[Token]:
        """The words that lie between two places."""
        last = bisect_left(self.starts, end)
        found = self.tokens[bisect_left(self.starts, start) : last]
        return found[:-1] if found and found[-1].end > end else found

    def _deny(self, negative: Negative) -> None:
        if negative.start >= self.plans_from or self._other_year(negative.start):
            return
        for kind in negative.kinds:
            words = self.text[negative.end : negative.reach].lstrip("过到") or None
            self._add(kind, negative.start, negative.end, Decimal(0), KINDS[kind].unit, False, words, cellable=True)

    def _other_year(self, end: int) -> bool:
        named = [year for place, year in self.years if place <= end]
        return bool(named) and named[-1] != self.context.year

    def _figure(self, figure: Figure, previous: int, following: int, paired: Paired | None) -> None:
        left = self._left(figure.start, max(previous, self.parts.used))
        number = figure.found
        if self._vetoed(left, number):
            self.parts.lose()
            return
        if self.compares and is_growth(self.text, left, number):
            self._describe("growth", figure)
            return
        if self.compares and number.number.unit != "%" and is_comparison(self.text, left, number):
            return
        self.context.follow(self._between(previous, left))
        view = self._view(figure, left, following)
        if paired is not None:
            view.before, view.paired = paired.words, paired.noun
            view.__post_init__()
        if number.number.unit == "%" and view.mask & lexicon().bits["SHARE"]:
            self._describe("share", figure)
            return
        self.parts.look(self.text, previous, figure.start)
        found = (
            None
            if paired == Paired()
            else classify(view, disclosure=self.disclosure, enumerating=self.parts.enumerating)
        )
        self._settle(view, figure, found)

    def _vetoed(self, left: int, number: FoundNumber) -> bool:
        clause = self.stops[bisect_left(self.stops, left) - 1] + 1 if self.stops and self.stops[0] < left else 0
        return (
            is_norm(self.text, min(clause, left), number)
            or number.start >= self.plans_from
            or self._other_year(number.start)
        )

    def _left(self, start: int, previous: int) -> int:
        """Where the figure's clause begins; an aside in brackets without figures and a colon are passed over."""
        index = bisect_left(self.stops, start)
        if index > 1 and self.text[self.stops[index - 1]] == "）" and self.text[self.stops[index - 2]] == "（":
            index = index - 2 if self.stops[index - 2] >= previous else index
        if index and self.stops[index - 1] == start - 1 and self.text[start - 1] == "：":
            index -= 1  # 行政复议：0件
        return max(previous, self.stops[index - 1] + 1 if index else 0)

    def _view(self, figure: Figure, left: int, following: int) -> View:
        index = bisect_left(self.stops, figure.end)
        stop = self.stops[index] if index < len(self.stops) else len(self.text)
        right = min(stop, following)
        if following <= stop and following < len(self.text):
            right = max((self.text.rfind(j, figure.end, following) for j in "、和及与"), default=-1)
            right = max(right, figure.end)
        return View(
            text=self.text,
            number=figure.found,
            unit=plain_unit(figure.found.number.unit),
            left=left,
            right=right,
            before=self._outside(self._between(left, figure.start), figure.start),
            behind=self._between(figure.end, right),
            family=self.context.family or self.context.section,
            extra=self._means(left),
            item=self.context.item,
        )

    def _outside(self, tokens: list[Token], end: int) -> list[Token]:
        """The words that do not stand in an aside in brackets that closes before the figure."""
        if "（" not in self.text:
            return tokens
        asides = [m.span() for m in ASIDE.finditer(self.text, tokens[0].start, end)] if tokens else []
        return [t for t in tokens if not any(a < t.start < b for a, b in asides)]

    def _means(self, left: int) -> int:
        """The channels in the clause before where it says by which means (通过政府网站、微信，…)."""
        index = bisect_left(self.stops, left - 1)
        if left == 0 or index >= len(self.stops) or self.stops[index] != left - 1:
            return 0
        begin = self.stops[index - 1] + 1 if index else 0
        clause = self.text[begin : left - 1]
        if not _MEANS.search(clause) or re.search("[0-9]", clause):
            return 0
        channels = lexicon().mask(CHANNELS)
        found = 0
        for token in self._between(begin, left):
            found |= token.bit & channels
        return found

    def _settle(self, view: View, figure: Figure, found: Found | None) -> None:
        if found is None or self._other_dispute(figure, found):
            self.parts.lose()
            return
        number = figure.found.number
        value = whole(number.value)
        many = many_years(self.text[max(0, figure.start - 60) : figure.start])
        words = label(view, found.behind, found.noun)
        if found.behind and found.noun:
            self.parts.used = found.noun.end
        for kind in found.kinds:
            if many and kind in ("published.total", "published.website"):
                kind = "published.cumulative"
            elif many and kind != "published.cumulative":
                self.parts.lose()
                continue
            kind = self.parts.as_part(kind, number.unit, self.context.facts)
            unit = number.unit or KINDS[kind].unit
            cellable = (len(found.kinds) == 1 or value == 0 or kind == found.kinds[0]) and not (
                kind in _PUBLISHED_DOCUMENTS and self._channel_before(figure.start)
            )
            self._add(kind, figure.start, figure.end, value, unit, number.approximate, words, cellable=cellable)
            self.context.family = KINDS[kind].family

    def _other_dispute(self, figure: Figure, found: Found) -> bool:
        """Whether these are reconsiderations, lawsuits or complaints that need not be about disclosure."""
        disputed = KINDS[found.kinds[0]].family in _DISPUTES and figure.found.number.value != 0
        return disputed and not self.context.disputes and _DISCLOSURE.search(self.text) is None

    def _channel_before(self, end: int) -> bool:
        """Whether the sentence names a channel before this place, so that its figures are only that channel's."""
        channels = lexicon().mask(CHANNELS)
        return any(t.bit & channels for t in self.tokens if t.end <= end)

    def _describe(self, kind: str, figure: Figure) -> None:
        """A share or a change describes the figure before it; without one it says nothing that can be used."""
        described = self.parts.last
        number = figure.found.number
        if described is None or number.value is None:
            return
        said = self.text[max(0, figure.start - 8) : figure.start]
        shrank = kind == "growth" and re.search("下降|减少|降低|回落|降幅", said) is not None
        self._add(
            kind,
            figure.start,
            figure.end,
            -number.value if shrank else number.value,
            "%",
            number.approximate,
            self.context.facts[described].label,
            cellable=False,
            parent=described,
        )

    def _add(
        self,
        kind: str,
        start: int,
        end: int,
        value: Decimal,
        unit: str | None,
        approximate: bool,
        words: str | None,
        *,
        cellable: bool,
        parent: int | None = None,
    ) -> None:
        where, raw = self.passage.locate(self.offset + start, self.offset + end)
        facts = self.context.facts
        describes = kind in ("share", "growth")
        if not describes:
            parent = self.parts.parent(kind, value, unit, facts)
        if parent is not None and facts[parent].kind == kind:
            cellable = False
        cell = cell_of(kind, unit, value, self.context.form, self.text[:start]) if cellable else None
        facts.append(
            Fact(
                kind=kind,
                value=value,
                unit=unit,
                raw=raw,
                sentence=self.words,
                where=where,
                approximate=approximate,
                label=words,
                parent=parent,
                cell=cell,
            )
        )
        if not describes:
            self.parts.told(len(facts) - 1, parent)
