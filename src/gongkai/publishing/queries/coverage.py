"""Which rows of which agency a standard directory leaves empty, filled too late, or stale."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from django.db import models
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.models import Agency, Person
from gongkai.agencies.queries import visible_to
from gongkai.law.catalogue import channels
from gongkai.office.working_days import due
from gongkai.publishing.directories_import.words import limit_of
from gongkai.publishing.models import ENDED, Directory, DirectoryRow, Filing, Publication, State

_ALIKE = 40
"""From so many percent of common words on, a publication is proposed for a row."""


class Filled(models.TextChoices):
    """How a row stands for one agency."""

    FILLED = "filled", _("已公开")
    EMPTY = "empty", _("空白")
    LATE = "late", _("超期")
    """The newest item was released after the time limit of the row."""
    STALE = "stale", _("停更")
    """The newest item is older than the period in which the row must be filled anew."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A row as one agency fills it."""

    row: DirectoryRow
    agency: Agency
    state: Any
    """One of `Filled`."""
    newest: dict[str, Any] | None
    """Id, title, made_on and published_at of the newest released publication."""
    age: int | None
    """Days since it was released."""
    count: int


@dataclass(frozen=True, slots=True)
class RowCoverage:
    """A row with each agency that must fill it; none where nobody was named."""

    row: DirectoryRow
    cells: tuple[Cell, ...]

    @property
    def channels(self) -> list[str]:
        """The channels that the row names."""
        return channels_of(self.row)


@dataclass(frozen=True, slots=True)
class Coverage:
    """A directory with all its rows, and how many stand how."""

    directory: Directory
    rows: tuple[RowCoverage, ...]
    totals: Counter[str]
    by_agency: tuple[tuple[Agency, Counter[str]], ...]
    unassigned: int = 0
    agencies: tuple[Agency, ...] = field(default=())

    @property
    def share(self) -> int:
        """Percent of the duties that are filled in time and fresh."""
        return round(100 * self.totals[str(Filled.FILLED)] / total) if (total := sum(self.totals.values())) else 0


def directories() -> QuerySet[Directory]:
    """The directories in use."""
    return Directory.objects.filter(retired=False).select_related("agency")


def directories_for(person: Person) -> QuerySet[Directory]:
    """The directories that concern a person: of agencies in their reach, or with duties of those."""
    reach = visible_to(person)
    mine = Q(agency__in=reach) | Q(pk__in=DirectoryRow.objects.filter(duties__agency__in=reach).values("directory"))
    return Directory.objects.filter(mine).select_related("agency").order_by("retired", "field", "name")


def coverage(
    directory: Directory,
    today: date,
    *,
    agency: Agency | None = None,
    agencies: Iterable[Agency] | None = None,
    state: str = "",
) -> Coverage:
    """How each row stands for each agency that must fill it; narrowed to one agency, some agencies, or one state."""
    among = None if agencies is None else {a.pk for a in agencies}
    rows = directory.rows.prefetch_related("duties__agency")
    filed = _filed(directory)
    listed: list[RowCoverage] = []
    totals: Counter[str] = Counter()
    each: dict[int, Counter[str]] = defaultdict(Counter)
    bodies: dict[int, Agency] = {}
    unassigned = 0
    for row in rows:
        bound = [duty.agency for duty in row.duties.all() if among is None or duty.agency_id in among]
        unassigned += not row.duties.all()
        bodies |= {a.pk: a for a in bound}
        cells = [_cell(row, a, filed.get((row.pk, a.pk), []), today) for a in bound if agency is None or a == agency]
        for cell in cells:
            totals[cell.state] += 1
            each[cell.agency.pk][cell.state] += 1
        shown = tuple(c for c in cells if not state or c.state == state)
        if shown or not (state or agency):
            listed.append(RowCoverage(row, shown))
    ranked = sorted(bodies.values(), key=lambda a: (a.order, a.pk))
    by_agency = tuple((a, each[a.pk]) for a in ranked if a.pk in each)
    return Coverage(directory, tuple(listed), totals, by_agency, unassigned, tuple(ranked))


def row_coverage(row: DirectoryRow, today: date) -> tuple[Cell, ...]:
    """How one row stands for each agency that must fill it."""
    filed = _filed(row.directory, row)
    return tuple(_cell(row, d.agency, filed.get((row.pk, d.agency_id), []), today) for d in row.duties.all())


def channels_of(row: DirectoryRow) -> list[str]:
    """The channels through which a row is to be disclosed, as people call them."""
    names = {channel.id: channel for channel in channels()}
    english = get_language() == "en"
    known = [(names[id].label_en if english else names[id].label) if id in names else id for id in row.channels]
    return list(dict.fromkeys(known))


def suggest_rows(publication: Publication, limit: int = 5, least: int = _ALIKE) -> list[tuple[DirectoryRow, int]]:
    """The rows under which a publication may belong, best first, with the share of their words in it in percent.

    With `least` 0, all rows that bind its agency and do not hold it yet.
    """
    text = f"{publication.title} {publication.summary}"
    rows = DirectoryRow.objects.filter(duties__agency=publication.agency_id, directory__retired=False)
    rows = rows.exclude(filings__publication=publication).select_related("directory")
    scored = [(row, _likeness(row, text)) for row in rows]
    return sorted((s for s in scored if s[1] >= least), key=lambda s: -s[1])[:limit]


def suggest_publications(row: DirectoryRow, person: Person, limit: int = 10) -> list[tuple[Publication, int]]:
    """Released publications of the row's agencies that look as if they belonged there, best first."""
    agencies = [d.agency_id for d in row.duties.all()] or [row.directory.agency_id]
    reach = visible_to(person).filter(pk__in=agencies)
    found = Publication.objects.filter(state=State.PUBLISHED, agency__in=reach).exclude(filings__row=row)
    newest = found.select_related("agency").only(
        "title", "summary", "published_at", "agency__name", "agency__short_name"
    )
    scored = [(p, _likeness(row, f"{p.title} {p.summary}")) for p in newest.order_by("-published_at", "-pk")[:1000]]
    return sorted((s for s in scored if s[1] >= _ALIKE), key=lambda s: -s[1])[:limit]


def _filed(directory: Directory, row: DirectoryRow | None = None) -> dict[tuple[int, int], list[dict[str, Any]]]:
    """The released publications in force under each row and agency, newest first.

    A repealed or lapsed document fills no row. What an abolished agency released counts for its heir.
    """
    filings = Filing.objects.filter(row__directory=directory, publication__state=State.PUBLISHED)
    filings = filings.exclude(publication__validity__in=ENDED)
    if row is not None:
        filings = filings.filter(row=row)
    heirs = dict(Agency.objects.filter(successor__isnull=False).values_list("pk", "successor_id"))
    found: dict[tuple[int, int], list[dict[str, Any]]] = defaultdict(list)
    values = filings.order_by("-publication__published_at", "-publication_id").values_list(
        "row_id",
        "publication__agency_id",
        "publication_id",
        "publication__title",
        "publication__made_on",
        "publication__published_at",
    )
    for row_id, agency, *rest in values:
        entry = dict(zip(("id", "title", "made_on", "published_at"), rest, strict=True))
        found[row_id, heirs.get(agency, agency)].append(entry)
    return found


def _cell(row: DirectoryRow, agency: Agency, filed: list[dict[str, Any]], today: date) -> Cell:
    if not filed:
        return Cell(row, agency, Filled.EMPTY, None, None, 0)
    newest = filed[0]
    released = timezone.localdate(newest["published_at"])
    age = (today - released).days
    state: Any = Filled.FILLED
    if row.refresh_days is not None and age > row.refresh_days:
        state = Filled.STALE
    elif newest["made_on"] and released > _last_day(newest["made_on"], row.time_limit):
        state = Filled.LATE
    return Cell(row, agency, state, newest, age, len(filed))


def _last_day(made_on: date, time_limit: str) -> date:
    days, working = limit_of(time_limit)
    if not working:
        return made_on + timedelta(days=days)
    try:
        return due(made_on, days).day
    except LookupError:  # a year before the first whose holidays are known: nothing is called late by a guess
        return date.max


def _likeness(row: DirectoryRow, text: str) -> int:
    """Percent of the pairs of characters of the matter's name that the text has."""
    pairs = _pairs(row.level2 or row.level1)
    return round(100 * len(pairs & _pairs(text)) / len(pairs)) if pairs else 0


def _pairs(text: str) -> set[str]:
    signs = [c for c in text if c.isalnum()]
    return {a + b for a, b in pairwise(signs)}
