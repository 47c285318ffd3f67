"""What surrounds one figure: the words of its clause before and behind it, and what the sentence speaks of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from gongkai.annual.facts.lexicon import Token, lexicon
from gongkai.annual.facts.rules import CHANNELS, families
from gongkai.text.numbers import FoundNumber

_FILLER = (
    r"(?:共计|合计|总计|累计|小计|共有|共达|总数|总量|数量|件数|次数|期数|份数|人数|条数|篇数|案件|事件|事项|类信息|信息|活动|工作|"
    r"情况|申请|文章|推文|消息|平均|均|各|都|等|类|共|计|约|近|达到|达|为|是|有|到|了|过|的|数|量|率|案|件|总|数据|内容|材料|稿件|问题|"
    r"决定|20[0-9]{2}年|继续|发行|[：:“”《》\"（）()、])*+"
)
_FILL = re.compile(_FILLER)
ASIDE = re.compile(r"（[^）]{0,40}）")
_LOOSE = 4
"""So many characters that are no words of the lexicon may stand between a noun and its figure."""

JOINERS = frozenset(("、", "和", "及", "与", "以及", "或", "或者", "及其", "/"))


@cache
def _names(names: str) -> int:
    return lexicon().mask(names)


VERBS = "RECEIVE ANSWER CLOSE HOLD PUBLISH ISSUE REPEAL CHARGE SUBMIT ADOPT COLLECT VETTING SHARE"


@dataclass(slots=True)
class View:
    """A figure and what stands around it. Positions are those of the sentence."""

    text: str
    """The sentence."""
    number: FoundNumber
    unit: str | None
    """The unit without brackets: 人（次） is 人次."""
    left: int
    """Where the clause begins, or the figure before it ends."""
    right: int
    """Where the words behind the figure that may belong to it end."""
    before: Sequence[Token]
    behind: Sequence[Token]
    family: str | None
    """The family of kinds that the sentence speaks of when the clause begins."""
    extra: int = 0
    """Channels named in a clause before (通过政府网站，公开…)."""
    item: int = 0
    """Channel that the item's own heading names (3、政务微博。)."""
    paired: Token | None = None
    """The noun that 分别 pairs with the figure, wherever it stands."""
    mask: int = field(init=False)

    def __post_init__(self) -> None:
        mask = self.extra
        for token in self.before:
            mask |= token.bit
        for token in self.behind:
            mask |= token.bit
        self.mask = mask

    @property
    def start(self) -> int:
        """Where the figure begins."""
        return self.number.start

    def gap(self, token: Token, tokens: Sequence[Token]) -> int:
        """How many characters between a noun and the figure are neither words of the lexicon nor fillers."""
        pieces: list[str] = []
        position = token.end
        for other in tokens:
            if other.start >= token.end:
                pieces.append(self.text[position : other.start])
                position = other.end
        pieces.append(self.text[position : self.start])
        return sum(len(_FILL.sub("", ASIDE.sub("", piece))) for piece in pieces if piece)

    def near(self, token: Token) -> bool:
        """Whether a noun before the figure stands close enough to be what it counts."""
        return self.paired is not None or self.gap(token, self.before) <= (
            0 if token.bit & _names(CHANNELS) else _LOOSE
        )

    @property
    def noun_adjoins(self) -> bool:
        """Whether a noun stands directly before the figure (申请共计77件), not a verb (举办3次)."""
        if not self.before or self.paired is not None:
            return self.paired is not None
        last = self.before[-1]
        between = ASIDE.sub("", self.text[last.end : self.start])
        return not last.bit & _names(VERBS) and _FILL.fullmatch(between) is not None

    def family_at(self, token: Token) -> str | None:
        """The family that the clause speaks of where this word stands."""
        found = self.family
        known = families()
        for other in self.before:
            if other.start >= token.start:
                break
            found = known.get(other.bit, found)
        return found


def joined_before(view: View, token: Token) -> list[Token]:
    """The words that stand in one row with this one: 微博、微信和网站 → all but the last."""
    row: list[Token] = []
    current = token
    for other in reversed([t for t in view.before if t.end <= token.start]):
        if view.text[other.end : current.start].removeprefix("案件") not in JOINERS:
            break
        row.append(other)
        current = other
    return row
