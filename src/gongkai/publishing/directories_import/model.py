"""What is read from a workbook with standard directories."""

from __future__ import annotations

from dataclasses import dataclass


class Unreadable(ValueError):
    """A file that holds no standard directory; the message says what was looked for and what to do."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a sheet, with the number of its row as the spreadsheet shows it."""

    sheet: str
    row: int
    column: str
    message: str
    blocking: bool = True


@dataclass(frozen=True, slots=True)
class ReadRow:
    """One matter as its row states it."""

    line: int
    """The number of the row in the spreadsheet."""
    number: str
    level1: str
    level2: str
    content: str
    basis: str
    time_limit: str
    agency: str
    channels: tuple[str, ...]
    """Ids of `gongkai.law.catalogue.channels`, or the words of a channel that is not among them."""
    to_all: bool
    group: str
    proactive: bool
    tiers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReadSheet:
    """One directory: a sheet of the workbook."""

    sheet: str
    title: str
    field: str
    """Id of one of the 26 fields, or empty."""
    rows: tuple[ReadRow, ...]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """Everything that a workbook holds."""

    sheets: tuple[ReadSheet, ...]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The problems of all sheets."""
        return tuple(p for sheet in self.sheets for p in sheet.problems)
