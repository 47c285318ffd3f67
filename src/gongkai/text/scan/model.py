"""What a scan returns: hits, each with its place, its rule, its level and what to do about it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum

_NEAR = 12
"""How many characters on each side belong to a hit's fingerprint and are shown around it."""


class Level(StrEnum):
    """How much a hit weighs."""

    BLOCK = "block"
    """Nothing is released until it is removed or overridden with a reason."""
    WARN = "warn"
    """A reviewer decides."""
    ALLOW = "allow"
    """Shown, and stops nothing."""
    OFF = "off"
    """Not looked for; only in a policy, never in a hit."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that a scan looks for, with its usual level, its basis, and the words for a hit."""

    id: str
    label: str
    label_en: str
    level: Level
    basis: str
    message: str
    message_en: str
    remedy: str
    remedy_en: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A place where a rule found something: text[start:end] of the text that was scanned.

    `excerpt_masked` shows the place with its surroundings, all personal data in it masked. `fingerprint` stays the same
    while the words of the hit and those next to it stay, wherever they move.
    """

    rule: str
    level: Level
    start: int
    end: int
    excerpt_masked: str
    where: str
    message: str
    message_en: str
    remedy: str
    remedy_en: str
    fingerprint: str


def make_hit(
    rule: Rule,
    text: str,
    start: int,
    end: int,
    *,
    where: str,
    level: Level | None = None,
    masked_text: str | None = None,
    detail: str = "",
    detail_en: str = "",
) -> Hit:
    """The hit of a rule at text[start:end].

    `masked_text` is the same text with personal data masked, character by character; `detail` is added to the message.
    """
    return Hit(
        rule=rule.id,
        level=level or rule.level,
        start=start,
        end=end,
        excerpt_masked=excerpt(text if masked_text is None else masked_text, start, end),
        where=where,
        message=rule.message + (f"：{detail}" if detail else ""),
        message_en=rule.message_en + (f": {detail_en or detail}" if detail_en or detail else ""),
        remedy=rule.remedy,
        remedy_en=rule.remedy_en,
        fingerprint=fingerprint(rule.id, text, start, end),
    )


def fingerprint(rule: str, text: str, start: int, end: int) -> str:
    """What identifies a hit while its own words and those next to it, in its own line, stay the same."""
    before = text[max(0, start - 2 * _NEAR) : start].rpartition("\n")[2]
    after = text[end : end + 2 * _NEAR].partition("\n")[0]
    parts = (rule, _bare(before)[-_NEAR:], _bare(text[start:end]), _bare(after)[:_NEAR])
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def excerpt(text: str, start: int, end: int, longest: int = 60) -> str:
    """The words of a place with a few around it, on one line."""
    shown = text[max(0, start - _NEAR) : min(end, start + longest) + _NEAR]
    left = "…" if start > _NEAR else ""
    right = "…" if min(end, start + longest) + _NEAR < len(text) else ""
    return left + " ".join(shown.split()) + right


def _bare(text: str) -> str:
    return "".join(text.split())
