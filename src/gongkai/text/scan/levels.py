"""How much each rule weighs at an office: its policy, and what reviewers let stand."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from gongkai.text.scan.model import Hit, Level

Policy = Mapping[str, Level | str]
"""Levels by rule: block, warn, allow or off. A rule that is not named keeps the level that the scan gives it."""


def merge(*policies: Policy | None) -> dict[str, Level]:
    """One policy out of several; a later one goes before an earlier one.

    Refuses a level that does not exist (ValueError). A rule that is not known is kept: it may belong to another scan.
    """
    merged: dict[str, Level] = {}
    for policy in policies:
        for rule, level in (policy or {}).items():
            try:
                merged[rule] = Level(level)
            except ValueError:
                known = ", ".join(Level)
                raise ValueError(f"the level {level!r} of the rule {rule!r} is none of {known}") from None
    return merged


def effective(hits: Iterable[Hit], policy: Policy | None = None, overrides: Collection[str] = ()) -> tuple[Hit, ...]:
    """The hits as they weigh under a policy, after the overrides (fingerprints) of reviewers.

    Hits of a rule that is off are left out; an overridden hit is allowed.
    """
    levels = merge(policy)
    weighed = []
    for hit in hits:
        level = levels.get(hit.rule, hit.level)
        if level is Level.OFF:
            continue
        if hit.fingerprint in overrides:
            level = Level.ALLOW
        weighed.append(hit if level is hit.level else replace(hit, level=level))
    return tuple(weighed)


def blocking(hits: Iterable[Hit]) -> tuple[Hit, ...]:
    """The hits that stop a release."""
    return tuple(hit for hit in hits if hit.level is Level.BLOCK)
