"""What the public may ask for one by one: a publication with all that its page shows, and its files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef

from gongkai.publishing.models import (
    ENDED,
    INVERSE,
    POLICY_KINDS,
    Publication,
    PublicationFile,
    PublicNote,
    Relation,
    RelationKind,
    State,
)
from gongkai.publishing.queries.prepared import Prepared

PAGE_FIELDS = (
    *("id", "agency_id", "title", "summary", "body", "kind", "genre", "theme", "categories", "subject_words"),
    *("audience", "document_number", "made_on", "effective_on", "expires_on", "joint_agencies", "mode"),
    *("legal_basis", "term", "source", "series", "interpretation_form", "video_url", "claim", "claim_source"),
    *("correction_note", "state", "index_number", "published_at", "changed_at", "validity", "ended_on"),
    *("ended_by_id", "ended_note", "withdrawn_at", "withdrawal_reason", "reads"),
)


@dataclass(frozen=True, slots=True)
class Linked:
    """A publication at the other end of a relation, or the name of a document that is not here."""

    kind: str
    outgoing: bool
    id: int | None
    title: str
    document_number: str
    published_at: datetime | None
    validity: str
    agency_id: int | None
    form: str = ""

    @property
    def label(self) -> str:
        """What the relation is called, seen from the publication whose page it stands on."""
        kind = RelationKind(self.kind)
        return str(kind.label if self.outgoing else INVERSE[kind])


@dataclass(frozen=True, slots=True)
class FileLine:
    """A file below a publication."""

    id: int
    title: str
    name: str
    type: str
    size: int


@dataclass(frozen=True, slots=True)
class Note:
    """A public line about what was corrected or declared."""

    kind: str
    text: str
    at: datetime


class Page:
    """A publication with all that its page shows; its fields are attributes."""

    linked: list[Linked]
    files: list[FileLine]
    notes: list[Note]

    def __init__(self, row: Sequence[Any]) -> None:
        self.__dict__.update(zip(PAGE_FIELDS, row, strict=False))
        self.linked, self.files, self.notes = [], [], []

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(name)

    @property
    def is_ended(self) -> bool:
        """Whether it is repealed or lapsed."""
        return self.validity in ENDED

    @property
    def is_policy(self) -> bool:
        """Whether it belongs into the policy library."""
        return self.kind in POLICY_KINDS

    def related(self, kind: Any, *, outgoing: bool) -> list[Linked]:
        """What is linked by one kind of relation in one direction."""
        return [one for one in self.linked if one.kind == kind and one.outgoing is outgoing]


_page = Prepared(
    lambda id: (
        Publication.objects.filter(pk=id, state__in=(State.PUBLISHED, State.WITHDRAWN))
        .order_by()
        .annotate(
            has_files=Exists(PublicationFile.objects.filter(publication=OuterRef("pk"), in_text=False)),
            has_links=Exists(Relation.objects.filter(source=OuterRef("pk")).order_by())
            | Exists(Relation.objects.filter(target=OuterRef("pk")).order_by()),
            has_notes=Exists(PublicNote.objects.filter(publication=OuterRef("pk")).order_by()),
        )
        .values_list(*PAGE_FIELDS, "has_files", "has_links", "has_notes")
    )
)
_files = Prepared(
    lambda id: (
        PublicationFile.objects.filter(publication=id, in_text=False)
        .order_by("order", "pk")
        .values_list("attachment_id", "title", "attachment__name", "attachment__type", "attachment__size")
    )
)
_OTHER = ("id", "title", "document_number", "published_at", "validity", "agency_id", "interpretation_form", "state")
_outgoing = Prepared(
    lambda id: (
        Relation.objects.filter(source=id)
        .order_by("pk")
        .values_list("kind", "text", *(f"target__{name}" for name in _OTHER))
    )
)
_incoming = Prepared(
    lambda id: (
        Relation.objects.filter(target=id, source__state=State.PUBLISHED)
        .order_by("pk")
        .values_list("kind", "text", *(f"source__{name}" for name in _OTHER))
    )
)
_notes = Prepared(
    lambda id: PublicNote.objects.filter(publication=id).order_by("-at").values_list("kind", "text", "at")
)


def page(id: int) -> Page | None:
    """A released publication, or the tombstone of a withdrawn one (`state` says which); None for all others."""
    if not 0 < id < 2**63:
        return None
    row = _page.first(id)
    if row is None:
        return None
    found = Page(row)
    if found.state != State.PUBLISHED:
        return found
    has_files, has_links, has_notes = row[-3:]
    if has_files:
        found.files = [FileLine(*file) for file in _files.rows(id)]
    if has_links:
        found.linked = [*_linked(_outgoing.rows(id), True), *_linked(_incoming.rows(id), False)]
    if has_notes:
        found.notes = [Note(*note) for note in _notes.rows(id)]
    return found


def incoming(id: int) -> list[Linked]:
    """What released publications do to the one with an id."""
    return _linked(_incoming.rows(id), False)


def _linked(rows: Iterable[Sequence[Any]], outgoing: bool) -> list[Linked]:
    found = []
    for kind, text, id, title, number, at, validity, agency, form, state in rows:
        if state == State.PUBLISHED:
            found.append(Linked(kind, outgoing, id, title, number, at, validity, agency, form))
        elif text:
            found.append(Linked(kind, outgoing, None, text, "", None, "", None))
    return found


def public_file(id: int) -> PublicationFile | None:
    """The file of a released publication with the id of its attachment, if any released one has it."""
    return (
        PublicationFile.objects.filter(attachment_id=id, publication__state=State.PUBLISHED)
        .select_related("attachment")
        .first()
    )


def interpreted(ids: Iterable[int]) -> dict[int, list[tuple[int, str]]]:
    """Which documents each interpretation explains, by its id: ids and titles."""
    rows = Relation.objects.filter(
        source__in=list(ids), kind=RelationKind.INTERPRETS, target__state=State.PUBLISHED
    ).values_list("source_id", "target_id", "target__title")
    found: dict[int, list[tuple[int, str]]] = {}
    for source, target, title in rows:
        found.setdefault(source, []).append((target, title))
    return found
