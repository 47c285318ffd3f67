"""Says whose report it is, of which year, for which period, and when it was published."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gongkai.annual.model import Period
from gongkai.annual.reading import titles, years
from gongkai.annual.reading.agency import clean, find_agency, report_titles, table_titles
from gongkai.annual.reading.lines import Line
from gongkai.annual.reading.published import find_published
from gongkai.annual.reading.titles import Title, squeeze

_SCHOOL = re.compile(r"(?:大学|学院|学校|专科)(?:[（(].{1,12}[)）])?$")
_RULES_FOR_SCHOOLS = re.compile(r"高等学校信息公开|高校信息公开")
_PAGE_TITLE_PARTS = re.compile(r"[_|｜\-–—>]+")
_ABOVE = 15
_BELOW = 6


@dataclass(frozen=True, slots=True)
class Identity:
    """What a report says about itself; None where it does not say it clearly."""

    agency: str | None
    title: str | None
    year: int | None
    stated: Period | None
    """The period that the text states, which may be wrong."""
    university: bool
    published: date | None


def identify(lines: Sequence[Line], above: Sequence[Line], page_title: str | None = None) -> Identity:
    """The identity of the report in `lines`; `above` are the lines of the page before it.

    `page_title` is the file's own title, used only where the text has none.
    """
    printed = report_titles(lines) or _of_page(page_title)
    text = "\n".join(line.text for line in lines if not line.grid)
    if len({t.year.year for t in printed if t.year is not None}) > 1:
        spoken = years.of_text(text)
        printed.sort(key=lambda t: t.year is None or t.year.year != spoken)
    agency = find_agency(lines)
    if agency is None and printed and printed[0].agency is not None:
        agency = clean(printed[0].agency)
    stated = years.stated_period(text)
    university = _is_university(printed, agency, text)
    year = _year([*printed, *table_titles(lines)], stated, text, university=university)
    title = next((t.text for t in printed), None)
    around = [*above[-_ABOVE:], *lines[:_ABOVE], *lines[-_BELOW:]]
    return Identity(agency, title, year, stated, university, find_published(x.text for x in around))


def _of_page(page_title: str | None) -> list[Title]:
    for part in _PAGE_TITLE_PARTS.split(page_title or ""):
        title = titles.parse(squeeze(part))
        if title is not None and title.agency is not None and title.year is not None:
            return [title]
    return []


def _is_university(printed: list[Title], agency: str | None, text: str) -> bool:
    if any(t.year is not None and t.year.academic for t in printed):
        return True
    if agency is None or _SCHOOL.search(agency) is None:
        return False
    return "学年" in text[:3000] or _RULES_FOR_SCHOOLS.search(text) is not None


def _year(printed: list[Title], stated: Period | None, text: str, *, university: bool) -> int | None:
    if university and stated is not None and stated.start.month >= 7:
        return stated.start.year
    named = next((t.year.year for t in printed if t.year is not None), None)
    if named is not None:
        return named
    if stated is not None and stated.start.year == stated.end.year:
        return stated.start.year
    return years.by_majority(text)
