"""Counts what a repair changes and keeps a few samples of it."""

from __future__ import annotations

import re
from collections.abc import Callable

from gongkai.text.repair_model import Repair, Repaired

MAX_SAMPLES = 5
_CONTEXT = 8
_LONGEST_SAMPLE = 80


class Changes:
    """The changes that one repair makes to one text."""

    def __init__(self, id: str) -> None:
        self.id = id
        self.count = 0
        self.samples: list[tuple[str, str]] = []

    def add(self, before: str, after: str) -> None:
        """Count a change; the first five are kept as samples."""
        self.count += 1
        if len(self.samples) < MAX_SAMPLES:
            self.samples.append((_short(before), _short(after)))

    def substitute(self, pattern: re.Pattern[str], replacement: str | Callable[[re.Match[str]], str], text: str) -> str:
        """Replace every match; a match that stays as it is does not count."""
        if isinstance(replacement, str) and len(self.samples) == MAX_SAMPLES:
            text, count = pattern.subn(replacement, text)
            self.count += count
            return text

        def replace(found: re.Match[str]) -> str:
            new = replacement if isinstance(replacement, str) else replacement(found)
            if new != found[0] and len(self.samples) == MAX_SAMPLES:
                self.count += 1
            elif new != found[0]:
                left = text[max(0, found.start() - _CONTEXT) : found.start()]
                right = text[found.end() : found.end() + _CONTEXT]
                self.add(f"{left}{found[0]}{right}", f"{left}{new}{right}")
            return new

        return pattern.sub(replace, text)

    def repaired(self, text: str, *, repaired: bool = True) -> Repaired:
        """The result: no entry where nothing was changed."""
        if not self.count:
            return Repaired(text)
        return Repaired(text, (Repair(self.id, self.count, tuple(self.samples), repaired),))


def merged(repairs: list[Repair]) -> tuple[Repair, ...]:
    """One entry for each repair, in order of first appearance, with counts added up."""
    by_key: dict[tuple[str, bool], Repair] = {}
    for repair in repairs:
        key = (repair.id, repair.repaired)
        known = by_key.get(key)
        if known is not None:
            samples = (known.samples + repair.samples)[:MAX_SAMPLES]
            repair = Repair(repair.id, known.count + repair.count, samples, repair.repaired)
        by_key[key] = repair
    return tuple(by_key.values())


def _short(sample: str) -> str:
    return sample if len(sample) <= _LONGEST_SAMPLE else sample[: _LONGEST_SAMPLE - 1] + "…"
