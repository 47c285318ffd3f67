"""Months as the office counts them: the same day some months later, the month before, the months of a year."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import date, datetime, time

from django.utils import timezone


def months_after(day: date, months: int) -> date:
    """The same day of the month some months later; the last day of a month that is too short for it."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def month_of(day: date) -> date:
    """The first day of the month that a day is in."""
    return day.replace(day=1)


def month_span(month: date) -> tuple[datetime, datetime]:
    """The moments at which a month begins and at which the next one does, in local time."""
    first = month_of(month)
    return tuple(timezone.make_aware(datetime.combine(d, time.min)) for d in (first, months_after(first, 1)))


def months_until(first: date, last: date) -> Iterator[date]:
    """The first days of the months from one to another, both included; none where the last comes before the first."""
    month = month_of(first)
    while month <= month_of(last):
        yield month
        month = months_after(month, 1)
