"""Whether the background clock runs, so that nobody waits for a release that nothing brings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from gongkai.office.models import ClockTurn

SILENCE = timedelta(minutes=5)
"""After this the clock, which turns some times a minute, counts as stopped."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong with the clock."""

    since: datetime | None
    """When it last turned, None where it never did."""
    failed: tuple[str, ...] = ()
    """The chores that failed in its last turn; empty where it stopped altogether."""


def note_turn(at: datetime, failed: list[str]) -> None:
    """Keeps when the clock turned, and which of its chores failed."""
    ClockTurn.objects.update_or_create(pk=1, defaults={"at": at, "failed": " ".join(failed)[:200]})


def trouble(now: datetime) -> Trouble | None:
    """What staff should know about the clock; None where all is well."""
    turn = ClockTurn.objects.filter(pk=1).first()
    if turn is None or now - turn.at > SILENCE:
        return Trouble(turn.at if turn else None)
    return Trouble(turn.at, tuple(turn.failed.split())) if turn.failed else None
