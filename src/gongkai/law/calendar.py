"""Counts working days: weekends, public holidays and the days that make up for them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache, cached_property
from itertools import islice

from gongkai.law.packaged import packaged

_DAY = timedelta(days=1)
_FRIDAY = 4


class OutsideCalendar(LookupError):
    """A day of a year whose holidays are not loaded: an administrator must load the notice of that year first."""

    def __init__(self, year: int, first: int, last: int) -> None:
        super().__init__(f"no holidays are loaded for {year}, only for {first} to {last}; load the notice of {year}")
        self.year = year
        self.first = first
        self.last = last


@dataclass(frozen=True)
class Calendar:
    """The working days of the years `first` to `last`.

    A working day is a day from Monday to Friday that is not in `days_off`, or any day in `make_up`. Periods count from
    the next working day: the day of the event itself is never counted.
    """

    days_off: frozenset[date]
    make_up: frozenset[date]
    first: int
    last: int
    statutory: frozenset[date] = field(default=frozenset())
    """Days fixed by law in the years after `last`: what is known of them before their notice is published."""

    @staticmethod
    def packaged() -> Calendar:
        """The calendar of the notices that the program was shipped with."""
        return _packaged()

    def with_changes(
        self, off: Iterable[date] = (), make_up: Iterable[date] = (), years: Iterable[int] = ()
    ) -> Calendar:
        """This calendar with more years loaded, and with days declared off or working in any loaded year.

        A day in `off` is no working day even where it made up for another before, and the other way round. Refuses
        years that leave a gap (ValueError), a day declared both (ValueError), and days of a year that is loaded neither
        before nor now (OutsideCalendar).
        """
        off, make_up = frozenset(off), frozenset(make_up)
        if both := off & make_up:
            raise ValueError(f"{min(both)} is declared off and working at the same time")
        loaded = {*range(self.first, self.last + 1), *years}
        first, last = min(loaded), max(loaded)
        if len(loaded) != last - first + 1:
            raise ValueError("the loaded years must follow one another without a gap")
        for day in sorted(off | make_up):
            if not first <= day.year <= last:
                raise OutsideCalendar(day.year, first, last)
        return replace(
            self,
            days_off=(self.days_off - make_up) | off,
            make_up=(self.make_up - off) | make_up,
            first=first,
            last=last,
        )

    def covers(self, day: date) -> bool:
        """Whether the year of a day is loaded."""
        return self.first <= day.year <= self.last

    def is_working(self, day: date) -> bool:
        """Whether a day is a working day. Raises OutsideCalendar where its year is not loaded."""
        self._require(day.year)
        return self._works(day)

    def add(self, start: date, n: int) -> date:
        """The n-th working day after `start`, the last day of a period of n working days; `start` itself for n = 0.

        Raises OutsideCalendar where the period begins or ends in a year that is not loaded: no deadline is guessed.
        """
        if n < 0:
            raise ValueError("a period cannot have fewer than 0 working days")
        self._require(start.year)
        if n == 0:
            return start
        place = bisect_right(self._working, start.toordinal()) + n - 1
        if place >= len(self._working):
            raise OutsideCalendar(self.last + 1, self.first, self.last)
        return date.fromordinal(self._working[place])

    def between(self, start: date, end: date) -> int:
        """How many working days there are after `start` up to and including `end`; negative where `end` is earlier."""
        self._require(start.year)
        self._require(end.year)
        return bisect_right(self._working, end.toordinal()) - bisect_right(self._working, start.toordinal())

    def remaining(self, today: date, due: date) -> int:
        """How many working days are left after today: 0 on the last day, negative when it is past."""
        return self.between(today, due)

    def add_provisional(self, start: date, n: int) -> tuple[date, bool]:
        """Like `add`, and whether the answer is provisional.

        Past the last loaded year it goes on with weekends and the days fixed by law, since the shifted days are not
        published yet: such a date may still move and must be shown as provisional.
        """
        try:
            return self.add(start, n), False
        except OutsideCalendar:
            if start.year < self.first:
                raise
        if n == 0:
            return start, True
        return next(islice(self._provisional_days(start), n - 1, None)), True

    def between_provisional(self, start: date, end: date) -> tuple[int, bool]:
        """Like `between`, and whether the answer is provisional (see `add_provisional`)."""
        if max(start, end).year <= self.last:
            return self.between(start, end), False
        self._require(min(start, end, date(self.last, 1, 1)).year)
        early, late = sorted((start, end))
        count = 0
        for day in self._provisional_days(early):
            if day > late:
                break
            count += 1
        return (count if end >= start else -count), True

    def _provisional_days(self, start: date) -> Iterator[date]:
        day = start
        while True:
            day += _DAY
            if day.year <= self.last:
                working = self._works(day)
            else:
                working = day.weekday() <= _FRIDAY and not self._fixed_by_law(day)
            if working:
                yield day

    def _fixed_by_law(self, day: date) -> bool:
        return day in self.statutory or (day.month, day.day) in _every_year()

    def _works(self, day: date) -> bool:
        return day in self.make_up or (day.weekday() <= _FRIDAY and day not in self.days_off)

    def _require(self, year: int) -> None:
        if not self.first <= year <= self.last:
            raise OutsideCalendar(year, self.first, self.last)

    @cached_property
    def _working(self) -> tuple[int, ...]:
        """The ordinals of all working days, in order."""
        days = map(date.fromordinal, range(date(self.first, 1, 1).toordinal(), date(self.last, 12, 31).toordinal() + 1))
        return tuple(day.toordinal() for day in days if self._works(day))


@cache
def _packaged() -> Calendar:
    data = packaged("holidays")
    years = {int(year): days for year, days in data["years"].items()}
    return Calendar(
        days_off=frozenset(date.fromisoformat(day) for days in years.values() for day in days["off"]),
        make_up=frozenset(date.fromisoformat(day) for days in years.values() for day in days["make_up"]),
        first=min(years),
        last=max(years),
        statutory=frozenset(date.fromisoformat(day) for days in data["statutory"]["years"].values() for day in days),
    )


@cache
def _every_year() -> frozenset[tuple[int, int]]:
    """Month and day of the holidays that fall on the same day of every year."""
    days = (key.split("-") for key in packaged("holidays")["statutory"]["every_year"])
    return frozenset((int(month), int(day)) for month, day in days)
