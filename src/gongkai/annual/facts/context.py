"""What the reader knows while it goes through a report: what is spoken of, and the figures told so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from gongkai.annual.facts.lexicon import Token, lexicon
from gongkai.annual.facts.rules import families
from gongkai.annual.model import Fact


@dataclass(slots=True)
class Context:
    """What is spoken of at a place of a report."""

    form: str | None
    year: str | None
    """The year that the report mostly names."""
    facts: list[Fact] = field(default_factory=list)
    family: str | None = None
    """The family of kinds that the sentence speaks of."""
    section: str | None = None
    """The family that the heading speaks of."""
    item: int = 0
    """The channel that is all that the item's heading names."""
    disclosure: bool = False
    """Whether the heading speaks of disclosure."""
    disputes: bool = False
    """Whether the heading speaks of applications or of disputes about them."""
    before: str | None = None
    """The sentence before where it held no figure and was not looked at."""

    def follow(self, tokens: Sequence[Token]) -> None:
        """Remember what these words last speak of."""
        known = families()
        words = lexicon().bits
        publish, information = words["PUBLISH"], words["INFO"]
        published = False
        for token in tokens:
            if token.bit in known:
                self.family = known[token.bit]
            elif token.bit == publish:
                published = True
            elif token.bit == information and published:
                self.family = "published"
