"""Stores released publications in bulk: numbers, lists spread over indexed tables, validity, changes; for many at once.

What `actions.releasing` does for one publication that went through its path, this does for thousands that were public
elsewhere before.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone

from gongkai.agencies.models import Agency
from gongkai.law import index_number
from gongkai.office.working_days import due
from gongkai.publishing.actions import spreading
from gongkai.publishing.actions.numbering import made, take_serials
from gongkai.publishing.actions.validity import ENDING, standing
from gongkai.publishing.figures import figures, recent
from gongkai.publishing.importing.inserting import Maker, insert_many
from gongkai.publishing.models import (
    POLICY_KINDS,
    Change,
    IndexEntry,
    Kind,
    Mode,
    Publication,
    PublicationCategory,
    PublicationFile,
    PublishedFigure,
    Relation,
    RelationKind,
    State,
)
from gongkai.publishing.queries.paths import policy_for
from gongkai.publishing.queries.timeliness import IN_FORCE

CHUNK = 200
"""Rows in one statement that changes them."""


def store_new(rows: Sequence[Publication], *, changes: bool = True) -> None:
    """Stores new publications that are out (or were: tombstones), each with its index number, lists and change.

    A row that brings an index number keeps it; the caller has made sure that it is free. Must be called within a
    transaction.
    """
    today = timezone.localdate()
    for row in rows:
        row.validity, row.ended_on, row.ended_by_id, row.ended_note = standing(row, today, [])
    entries = _numbered(rows)
    _due(rows)
    insert_many(rows)
    for entry, row in zip(entries, rows, strict=True):
        entry.publication_id = row.pk
    insert_many([e for e in entries if e.number])
    spread_many(rows)
    if changes:
        announce(rows)


def announce(
    rows: Iterable[Publication],
    verb: str = Change.Verb.RELEASED,
    *,
    at: Callable[[Publication], datetime] | None = None,
) -> None:
    """A change for each that is out: now, when this platform shows it first, unless `at` says another moment."""
    now = timezone.now()
    out = [row for row in rows if row.state == State.PUBLISHED]
    changes = Maker(Change)
    insert_many([changes({"publication_id": row.pk, "verb": verb, "at": at(row) if at else now}) for row in out])


def spread_many(rows: Sequence[Publication]) -> None:
    """Spreads categories, files and relations of new rows over the indexed tables."""
    out = [row for row in rows if row.state == State.PUBLISHED]
    for some in (spreading.categories, spreading.files, spreading.relations):
        insert_many([one for row in out for one in some(row)])
    insert_many(figures(recent(out)))


def spread_again(rows: Sequence[Publication]) -> None:
    """Makes the spread rows of changed publications anew."""
    ids = [row.pk for row in rows]
    for model, field in (
        (PublicationCategory, "publication"),
        (PublicationFile, "publication"),
        (PublishedFigure, "publication"),
        (Relation, "source"),
    ):
        model.objects.filter(**{f"{field}__in": ids}).delete()
    spread_many(rows)


def _due(rows: Iterable[Publication]) -> None:
    """By when each had to be public, so that timeliness is known of what came in as well."""
    limits: dict[int, int] = {}
    days: dict[tuple[date, int], date] = {}
    for row in rows:
        if not row.made_on or row.made_on < IN_FORCE or row.release_due or row.mode != Mode.PROACTIVE:
            continue
        if row.agency_id not in limits:
            limits[row.agency_id] = policy_for(row.agency).release_days
        key = (row.made_on, limits[row.agency_id])
        if key not in days:
            days[key] = due(*key).day
        row.release_due = days[key]


def _numbered(rows: Sequence[Publication]) -> list[IndexEntry]:
    """Gives every row its index number, in order of publishing; an agency whose code fits no number gets none."""
    wanted: dict[tuple[int, int], list[Publication]] = defaultdict(list)
    agencies: dict[int, Agency] = {}
    brought: dict[tuple[str, int], set[int]] = defaultdict(set)
    for row in rows:
        if row.index_number:
            entry = _entry(row)
            brought[entry["prefix"], entry["year"]].add(entry["serial"])
        else:
            agencies[row.agency_id] = row.agency
            wanted[row.agency_id, timezone.localtime(row.published_at).year].append(row)
    for (id, year), some in wanted.items():
        try:
            made(agencies[id], year, 1)
        except ValidationError:
            continue
        some.sort(key=lambda r: r.published_at)
        serials = take_serials(agencies[id], year, len(some), brought[agencies[id].index_prefix, year])
        for row, serial in zip(some, serials, strict=True):
            row.index_number = made(agencies[id], year, serial)
    entries = Maker(IndexEntry)
    return [entries(_entry(row)) for row in rows]


def _entry(row: Publication) -> dict[str, Any]:
    if not row.index_number:
        return {"number": ""}
    parts = index_number.parse(row.index_number)
    # A number with a month counts in a series of its own.
    prefix = parts.prefix if parts.month is None else f"{parts.prefix[:15]}/{parts.month:02d}"
    return {"number": row.index_number, "prefix": prefix, "year": parts.year, "serial": parts.serial}


def settle_many(ids: Iterable[int], today: date) -> int:
    """Brings the validity of many publications up to date, as `validity.settle` does for one; returns how many changed.

    Those that the given ones end or amend are settled with them. Must be called within a transaction.
    """
    wanted = set(ids)
    for some in _chunks(sorted(wanted)):
        found = Relation.objects.filter(source__in=some, target__isnull=False)
        wanted |= set(found.values_list("target_id", flat=True))
    changed: list[Publication] = []
    for some in _chunks(sorted(wanted)):
        changed += _settled(some, today)
    fields = ["validity", "ended_on", "ended_by", "ended_note"]
    Publication.objects.bulk_update(changed, fields, batch_size=CHUNK)
    return len(changed)


def _settled(ids: list[int], today: date) -> list[Publication]:
    kinds = [*POLICY_KINDS, Kind.PLAN]
    touched = set(
        Relation.objects.filter(target__in=ids, kind__in=[*ENDING, RelationKind.AMENDS]).values_list(
            "target_id", flat=True
        )
    )
    changed = []
    for row in Publication.objects.filter(Q(kind__in=kinds) | ~Q(validity=""), pk__in=ids, state=State.PUBLISHED):
        now = standing(row, today, None if row.pk in touched else [])
        if (row.validity, row.ended_on, row.ended_by_id, row.ended_note) != now:
            row.validity, row.ended_on, row.ended_by_id, row.ended_note = now
            changed.append(row)
    return changed


def _chunks(ids: list[int]) -> Iterable[list[int]]:
    return (ids[i : i + 500] for i in range(0, len(ids), 500))
