"""The scan of a draft: run and kept, a hit overridden with a reason, or removed for real."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.agencies.models import Person
from gongkai.agencies.rights import NotAllowed, Right, may, require
from gongkai.publishing.actions.shared import BASIS_REVIEW, changeable, expect, locked, note
from gongkai.publishing.models import Publication, ScanOverride, ScanReport, Step


def scan(publication: Publication) -> ScanReport:
    """Scans the newest draft and keeps what was found; the excerpts are masked."""
    from gongkai.publishing.scanner import find

    draft = publication.get_latest_revision_as_object()
    hits = [found.stored() for found in find(draft)]
    return ScanReport.objects.create(publication=publication, revision=draft.latest_revision, hits=hits)


def newest(publication: Publication) -> ScanReport:
    """The scan of the newest draft, run now where there is none yet."""
    report = ScanReport.objects.filter(publication=publication, revision=publication.latest_revision_id).first()
    return report or scan(publication)


def open_hits(publication: Publication) -> list[dict[str, Any]]:
    """The hits of the newest draft that nobody overrode."""
    let = set(ScanOverride.objects.filter(publication=publication).values_list("fingerprint", flat=True))
    hits: list[dict[str, Any]] = newest(publication).hits
    return [hit for hit in hits if hit["fingerprint"] not in let]


def blocking(publication: Publication) -> list[dict[str, Any]]:
    """The hits that keep it from being released."""
    return [hit for hit in open_hits(publication) if hit["level"] == "block"]


def override(publication: Publication, fingerprint: str, *, by: Person, reason: str) -> ScanOverride:
    """Lets a hit stand with a reason, which is recorded.

    A blocking hit only by a confidentiality reviewer who did not write on it; a warning also by a drafter. Raises
    NotAllowed, WrongState where it is neither drafted nor reviewed, ValidationError.
    """
    require(by, Right.SEE_PUBLICATIONS, publication.agency)
    if len(reason.strip()) < 4:
        raise ValidationError({"reason": _("请写明保留的理由，至少4个字。")})
    with transaction.atomic():
        row = locked(publication)
        if not row.step and not changeable(row):
            expect(row)
        hit = next((h for h in newest(row).hits if h["fingerprint"] == fingerprint), None)
        if hit is None:
            raise ValidationError(_("这处内容已经改动。请重新扫描。"))
        _require_overrider(row, hit, by)
        found, _made = ScanOverride.objects.update_or_create(
            publication=row,
            fingerprint=fingerprint,
            defaults={"rule": hit["rule"], "reason": reason.strip()[:300], "by": by, "at": timezone.now()},
        )
        note(row, "override", by=by, basis=BASIS_REVIEW, rule=hit["rule"], place=hit["place"], reason=reason)
    return found


def _require_overrider(row: Publication, hit: dict[str, Any], by: Person) -> None:
    if may(by, Right.REVIEW_CONFIDENTIALITY, row.agency) and by.pk not in row.drafters:
        require(by, Right.REVIEW_CONFIDENTIALITY, row.agency)
    elif may(by, Right.DRAFT_PUBLICATIONS, row.agency) and changeable(row) and hit["level"] != "block":
        require(by, Right.DRAFT_PUBLICATIONS, row.agency)
    else:
        raise NotAllowed(_("不得公开的内容只能由保密审查员决定保留，起草人不能自行决定。"))


def removed_in(publication: Publication) -> list[dict[str, Any]]:
    """What was removed from the content since it was last released: place, rule and masked words."""
    removed: list[dict[str, Any]] = publication.removed
    return removed


def redact(publication: Publication, fingerprints: Iterable[str], *, by: Person) -> Publication:
    """Removes the words of the named hits from the text and, truly, from PDF and Word files; a new revision is made.

    By a drafter, or by the confidentiality reviewer at that step. Raises NotAllowed, WrongState; ValidationError where
    something cannot be removed: then nothing is.
    """
    from gongkai.publishing.actions.drafting import add_writer, keep_row
    from gongkai.publishing.redacting import redacted

    with transaction.atomic():
        row = locked(publication)
        if row.step == Step.CONFIDENTIALITY:
            from gongkai.publishing.actions.steps import require_decider

            require_decider(row, Step.CONFIDENTIALITY, by)
        else:
            require(by, Right.DRAFT_PUBLICATIONS, row.agency)
            if not changeable(row):
                expect(row)
        draft = row.get_latest_revision_as_object()
        removed = redacted(draft, set(fingerprints), by)
        draft.save_revision(user=by, clean=False)
        row.removed = [*row.removed, *removed]
        if not row.step:
            add_writer(row, by)
        keep_row(row, draft)
        if row.step and (task_state := row.current_workflow_task_state) is not None:
            task_state.revision = draft.latest_revision
            task_state.save(update_fields=["revision"])
        note(row, "redact", by=by, basis=BASIS_REVIEW, removed=removed, revision=draft.latest_revision_id)
        scan(row)
    return draft
