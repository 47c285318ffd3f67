"""Working days as the office reckons them: the packaged calendar with what the administrator entered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.core.cache import cache

from gongkai.law.calendar import Calendar
from gongkai.office.models import CalendarDay, CalendarYear

_KEY = "office.calendar"
_followers: list[Callable[[], None]] = []


@dataclass(frozen=True, slots=True)
class Due:
    """A day by which something is due; provisional where it passes the last year whose holidays are known."""

    day: date
    provisional: bool


def calendar() -> Calendar:
    """The calendar in force; kept for a minute, so that an entry is seen everywhere soon after."""
    entered = cache.get(_KEY)
    if entered is None:
        days = tuple(CalendarDay.objects.values_list("day", "working"))
        entered = (days, tuple(CalendarYear.objects.values_list("year", flat=True)))
        cache.set(_KEY, entered, 60)
    return _with(*entered)


@lru_cache(maxsize=4)
def _with(days: tuple[tuple[date, bool], ...], years: tuple[int, ...]) -> Calendar:
    """The packaged calendar with what was entered; made once, because counting its working days takes a while."""
    return Calendar.packaged().with_changes(
        off=[day for day, working in days if not working],
        make_up=[day for day, working in days if working],
        years=list(years),
    )


def forget() -> None:
    """Makes the next question read the entries again; called by what changes them."""
    cache.delete(_KEY)


def follow(callback: Callable[[], None]) -> None:
    """Lets an app above know when the calendar has changed, so that it reckons its open days anew."""
    if callback not in _followers:
        _followers.append(callback)


def changed() -> None:
    """Reads the entries again and tells all who follow; called after the commit of what changed them."""
    forget()
    for callback in _followers:
        callback()


def due(start: date, working_days: int) -> Due:
    """The day on which a number of working days ends; the day of the event itself is not counted."""
    day, provisional = calendar().add_provisional(start, working_days)
    return Due(day, provisional)


def remaining(today: date, day: date) -> int:
    """Working days from today until a day, negative where it has passed; weekends only where holidays are unknown."""
    low, high = sorted((today, day))
    count = 0
    current = low
    while current < high:
        current, _provisional = calendar().add_provisional(current, 1)
        if current <= high:
            count += 1
    return count if day >= today else -count
