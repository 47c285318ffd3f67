"""A publication in the form that other systems read: the same for exchange and for transfer."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.urls import reverse

from gongkai.agencies.models import Agency
from gongkai.law.catalogue import label
from gongkai.publishing.models import Publication, State


def machine_form(publication: Publication) -> dict[str, Any]:
    """Everything that is public of a publication; of one that is not public any more, only that and why."""
    base: dict[str, Any] = {
        "id": publication.pk,
        "index_number": publication.index_number,
        "url": address("portal:publication", publication.pk),
        "state": publication.state,
    }
    if publication.state != State.PUBLISHED:
        return base | {"withdrawn_at": _moment(publication.withdrawn_at), "reason": publication.withdrawal_reason}
    return (
        base
        | _words(publication)
        | _life(publication)
        | {"files": files(publication), "relations": _relations(publication)}
    )


def canonical(data: dict[str, Any]) -> bytes:
    """The bytes over which fingerprints are taken: JSON with sorted keys, no blanks, UTF-8."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def address(name: str, *args: Any) -> str:
    """A public address with the name of this site."""
    return f"{settings.WAGTAILADMIN_BASE_URL}{reverse(name, args=args)}"


def files(publication: Publication) -> list[dict[str, Any]]:
    """The files of a publication with size and fingerprints."""
    rows = publication.file_rows.select_related("attachment")
    return [
        {
            "title": row.title or row.attachment.name,
            "name": row.attachment.name,
            "type": row.attachment.type,
            "size": row.attachment.size,
            "sha256": row.attachment.sha256,
            "sm3": row.attachment.sm3,
            "in_text": row.in_text,
            "url": address("portal:file", row.attachment_id),
        }
        for row in rows
    ]


def _words(publication: Publication) -> dict[str, Any]:
    agency = publication.agency
    joint = Agency.objects.filter(pk__in=publication.joint_agencies) if publication.joint_agencies else ()
    return {
        "title": publication.title,
        "summary": publication.summary,
        "body": publication.body,
        "agency": {"name": agency.name, "code": agency.code, "slug": agency.slug},
        "joint_agencies": [{"name": a.name, "code": a.code, "slug": a.slug} for a in joint],
        "kind": {"id": publication.kind, "label": str(publication.get_kind_display())},
        "genre": _labelled(publication.genre),
        "theme": _labelled(publication.theme),
        "categories": [_labelled(id) for id in publication.categories],
        "subject_words": publication.subject_words,
        "audience": publication.audience,
        "document_number": publication.document_number,
        "source": publication.source,
        "legal_basis": publication.legal_basis,
        "mode": publication.mode,
        "term": publication.term,
        "retention": publication.retention,
    }


def _life(publication: Publication) -> dict[str, Any]:
    return {
        "made_on": _day(publication.made_on),
        "effective_on": _day(publication.effective_on),
        "expires_on": _day(publication.expires_on),
        "published_at": _moment(publication.published_at),
        "validity": publication.validity,
        "ended_on": _day(publication.ended_on),
        "ended_by": publication.ended_by_id,
        "ended_note": publication.ended_note,
    }


def _relations(publication: Publication) -> list[dict[str, Any]]:
    found = []
    for row in publication.outgoing.select_related("target"):
        target = row.target if row.target is not None and row.target.state == State.PUBLISHED else None
        found.append(
            {
                "kind": row.kind,
                "id": target.pk if target else None,
                "index_number": target.index_number if target else None,
                "title": target.title if target else row.text,
            }
        )
    return found


def _labelled(id: str) -> dict[str, str] | None:
    if not id:
        return None
    try:
        return {"id": id, "label": label(id)}
    except KeyError:
        return {"id": id, "label": id}


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None


def _moment(at: Any) -> str | None:
    return at.isoformat(timespec="seconds") if at else None
