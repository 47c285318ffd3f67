"""What a repair says it did."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Repair:
    """One kind of change made to a text, or one kind of damage found and kept."""

    id: str
    """Stable id of the repair function, e.g. injected_pinyin, traditional, full_width, lost_characters."""
    count: int
    """How many places."""
    samples: tuple[tuple[str, str], ...] = ()
    """Up to five pairs (before, after), with a little text around them."""
    repaired: bool = True
    """False where the damage was only found: the text could not be restored and was kept."""


@dataclass(frozen=True, slots=True)
class Repaired:
    """A text after repairs, and what was done to it."""

    text: str
    repairs: tuple[Repair, ...] = ()
