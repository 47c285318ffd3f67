"""Chooses the form that a report follows: its tables decide, then its year."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from gongkai.annual.forms import Form, form_for_year
from gongkai.annual.model import Period

_UNIVERSITY = "university"
_EVIDENCE = 0.5
"""A lower score comes from headings that read like rows, or from a table too short to tell forms apart."""


def choose_form(scores: Mapping[str, float], year: int | None, *, university: bool) -> str | None:
    """The form's id from the evidence of the tables (form id to score, 0 to 1) and from the year.

    Where tables and year disagree the tables decide. Where the tables fit several forms alike, the year's form is
    taken if it is one of them. None where neither says anything.
    """
    expected = form_for_year(year, university=university) if year is not None else None
    best = max(scores.values(), default=0)
    if best >= _EVIDENCE:
        fitting = [id for id, score in scores.items() if score == best]
        if expected is not None and expected.id in fitting:
            return expected.id
        if len(fitting) == 1:
            return fitting[0]
    if expected is not None:
        return expected.id
    return _UNIVERSITY if university else None


def period_of(form: Form, year: int) -> Period:
    """The period that a form sets for a reporting year."""
    if form.period["kind"] == "academic_year":
        return Period(date(year, 9, 1), date(year + 1, 8, 31))
    exception = form.period.get("exception", {}).get(str(year))
    if exception is not None:
        start, end = exception.split(" to ")
        return Period(date.fromisoformat(start), date.fromisoformat(end))
    return Period(date(year, 1, 1), date(year, 12, 31))
