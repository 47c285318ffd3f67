"""Puts the demo city's publications into the database: the past in bulk, what is on somebody's desk through actions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from random import Random

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.models import Agency, Person
from gongkai.files.actions import store
from gongkai.publishing import indexing
from gongkai.publishing.dates import month_of, month_span, months_after
from gongkai.publishing.demo import around, columns, shelf
from gongkai.publishing.demo.desks import Desks
from gongkai.publishing.demo.items import Item
from gongkai.publishing.demo.library import library
from gongkai.publishing.fingerprint import same_text
from gongkai.publishing.importing.storing import announce, settle_many, store_new
from gongkai.publishing.models import (
    Change,
    Publication,
    PublicNote,
    Relation,
    State,
)
from gongkai.trail.chain import record


def load(today: date | None = None, items: Sequence[Item] | None = None) -> int:
    """Loads the publications of the demo city where there are none yet; returns how many there are.

    `items` are the publications of the past, made elsewhere perhaps; by default they are made here.
    """
    if not Publication.objects.exists():
        day = today or timezone.localdate()
        with transaction.atomic():
            load_past(library(day) if items is None else items, day)
            around.add(list(Publication.objects.filter(state=State.PUBLISHED).select_related("agency")), day)
            Desks(day).fill()
            shelf.compile_all(day)
            columns.add(day)
        indexing.rebuild()
    else:
        columns.add(today or timezone.localdate())
        indexing.catch_up()
    return Publication.objects.count()


def load_past(items: Sequence[Item], today: date) -> dict[str, Publication]:
    """Stores what was published before a day, all or nothing; returns the rows by the key of their item."""
    agencies = {a.slug: a for a in Agency.objects.all()}
    officer = Person.objects.filter(username="officer").first()
    with transaction.atomic():
        rows = {item.key: _row(item, agencies) for item in items}
        _add_files(items, rows, officer)
        store_new(list(rows.values()), changes=False)
        _relate(items, rows)
        settle_many((row.pk for row in rows.values()), today)
        _notes(items, rows)
        begun = _begun(agencies, today)
        announce(rows.values(), at=lambda row: max(row.published_at, begun[row.agency_id]))
        _tombstones(rows.values(), begun)
        about = {"count": len(rows), "source": "demo"}
        record("publishing.import", by=officer, agency=agencies["yunzhou"], data=about)
    return rows


def _begun(agencies: dict[str, Agency], today: date) -> dict[int, datetime]:
    """When each agency began to use the platform: those that hand over to the archive some months ago, others now.

    Nothing is asked of an agency for the months before.
    """
    months = {agency.pk: shelf.MONTHS if slug in shelf.SENDERS else 0 for slug, agency in agencies.items()}
    first = month_of(today)
    return {pk: month_span(months_after(first, -back))[0] for pk, back in months.items()}


def _row(item: Item, agencies: dict[str, Agency]) -> Publication:
    rng = Random(f"row {item.key}")
    at = timezone.make_aware(item.published)
    row = Publication(
        agency=agencies[item.agency],
        title=item.title,
        body=item.body,
        kind=item.kind,
        genre=item.genre,
        theme=item.theme,
        categories=[item.category],
        subject_words=[item.topic] if item.topic else [],
        audience=list(item.audience),
        document_number=item.number,
        made_on=item.made,
        effective_on=item.effective,
        expires_on=item.expires,
        joint_agencies=[agencies[slug].pk for slug in item.joint],
        series=item.series,
        interpretation_form=item.form,
        claim=item.claim,
        claim_source=item.claim_source,
        summary=_summary(item) if rng.random() < 0.5 else "",
        legal_basis="《中华人民共和国政府信息公开条例》第二十条",
        live=True,
        state=State.WITHDRAWN if item.withdrawn else State.PUBLISHED,
        published_at=at,
        first_published_at=at,
        last_published_at=at,
        created_at=at,
        changed_at=at,
        content_hash=same_text(item.title, item.body),
        external_id=f"demo:{item.key}",
    )
    if item.withdrawn:
        row.live = False
        row.withdrawn_at, row.withdrawal_reason = _after(at, rng), item.withdrawn
    return row


def _after(at: datetime, rng: Random) -> datetime:
    return min(at + timezone.timedelta(days=rng.randint(3, 60)), timezone.now())


def _summary(item: Item) -> str:
    about = f"本{'文件' if item.number else '信息'}围绕{item.topic}，说明适用范围、主要内容和办理要求。"
    return about if item.topic else ""


def _add_files(items: Iterable[Item], rows: dict[str, Publication], by: Person | None) -> None:
    for item in items:
        row = rows[item.key]
        for name, data in item.files:
            attachment = store(data, name, by=by, agency=row.agency, types=("pdf", "docx", "xlsx"))
            row.files.append({"attachment": attachment.pk, "title": name.rsplit(".", 1)[0]})


def _relate(items: Iterable[Item], rows: dict[str, Publication]) -> None:
    """Relations name other publications of the same load, so they come after these have their ids."""
    related = []
    for item in items:
        if item.relations:
            row = rows[item.key]
            row.relations = [
                {"kind": kind, "target": rows[key].pk if key else None, "text": text}
                for kind, key, text in item.relations
            ]
            related.append(row)
    Publication.objects.bulk_update(related, ["relations"], batch_size=200)
    Relation.objects.bulk_create(
        Relation(source=row, kind=r["kind"], target_id=r["target"], text=r["text"])
        for row in related
        if row.state == State.PUBLISHED
        for r in row.relations
    )


def _notes(items: Iterable[Item], rows: dict[str, Publication]) -> None:
    notes = []
    for item in items:
        row = rows[item.key]
        if item.correction and row.state == State.PUBLISHED:
            at = _after(row.published_at, Random(f"note {item.key}"))
            notes.append(PublicNote(publication=row, kind="correction", text=item.correction, at=at))
    PublicNote.objects.bulk_create(notes)


def _tombstones(rows: Iterable[Publication], begun: dict[int, datetime]) -> None:
    Change.objects.bulk_create(
        Change(publication=row, verb=Change.Verb.WITHDRAWN, at=max(row.withdrawn_at, begun[row.agency_id]))
        for row in rows
        if row.state == State.WITHDRAWN
    )


__all__ = ["load", "load_past"]
