"""A draft in the shape in which the public page shows a publication, for those who may see it before its release."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from gongkai.files.models import Attachment
from gongkai.publishing.fingerprint import pictures_in
from gongkai.publishing.models import Publication, PublicNote, State
from gongkai.publishing.queries import publication_page
from gongkai.publishing.queries.publication_page import FileLine, Linked, Note, Page

_LIFE = ("id", "state", "index_number", "validity", "ended_on", "ended_by_id", "ended_note", "reads", "changed_at")
"""What the row knows and no draft changes."""


def preview_page(row: Publication, now: datetime) -> Page:
    """The newest draft of a publication as a page, as if it went out at its planned moment or now."""
    draft = row.get_latest_revision_as_object() if row.latest_revision_id else row
    page = Page([getattr(row if name in _LIFE else draft, name) for name in publication_page.PAGE_FIELDS])
    vars(page)["published_at"] = row.published_at or draft.go_live_at or now
    page.files = _files(draft)
    page.linked = [*_outgoing(draft), *publication_page.incoming(row.pk)]
    page.notes = [Note(*note) for note in _notes(row)]
    if row.state == State.PUBLISHED and draft.correction_note:
        page.notes.insert(0, Note("correction", draft.correction_note, now))
    return page


def _files(draft: Any) -> list[FileLine]:
    inside = set(pictures_in(draft.body))
    there = Attachment.objects.in_bulk([f["attachment"] for f in draft.files])
    listed = ((there.get(f["attachment"]), f.get("title", "")) for f in draft.files)
    return [FileLine(a.pk, title, a.name, a.type, a.size) for a, title in listed if a and a.pk not in inside]


def _outgoing(draft: Any) -> list[Linked]:
    found = []
    targets = Publication.objects.filter(state=State.PUBLISHED).in_bulk(
        [r["target"] for r in draft.relations if r.get("target")]
    )
    for relation in draft.relations:
        target, text = targets.get(relation.get("target")), relation.get("text", "")
        if target is not None:
            about = (target.document_number, target.published_at, target.validity, target.agency_id)
            form = target.interpretation_form
            found.append(Linked(relation["kind"], True, target.pk, target.title, *about, form))
        elif text:
            found.append(Linked(relation["kind"], True, None, text, "", None, "", None))
    return found


def _notes(row: Publication) -> Any:
    return PublicNote.objects.filter(publication=row).order_by("-at").values_list("kind", "text", "at")
