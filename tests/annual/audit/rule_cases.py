"""Collects the cases that the rules are tried on: reports on which a rule must fire, and on which it must not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from gongkai.annual.audit import Context
from gongkai.annual.model import Report

Made = Report | tuple[Report, Context]


@dataclass(frozen=True)
class RuleCase:
    """A report (and context) and the rule that must, or must not, fire on it."""

    rule: str
    name: str
    make: Callable[[], Made]
    fires: bool

    def made(self) -> tuple[Report, Context]:
        """The report and its context."""
        made = self.make()
        return made if isinstance(made, tuple) else (made, Context())


CASES: list[RuleCase] = []


def fires(*rules: str) -> Callable[[Callable[[], Made]], Callable[[], Made]]:
    """Marks a function whose report must make these rules fire."""
    return _collect(rules, fires=True)


def silent(*rules: str) -> Callable[[Callable[[], Made]], Callable[[], Made]]:
    """Marks a function whose report must leave these rules silent."""
    return _collect(rules, fires=False)


def _collect(rules: tuple[str, ...], *, fires: bool) -> Callable[[Callable[[], Made]], Callable[[], Made]]:
    def collect(make: Callable[[], Made]) -> Callable[[], Made]:
        CASES.extend(RuleCase(r, make.__name__, make, fires) for r in rules)
        return make

    return collect
