"""Deadlines that are still open are reckoned anew when the calendar changes; those that are past stay as they were."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from gongkai.law.review import Outcome
from gongkai.office.working_days import due
from gongkai.publishing.actions.deciding import REFERRAL_DAYS
from gongkai.publishing.actions.shared import locked, note
from gongkai.publishing.models import CoordinationRequest, Publication, Step
from gongkai.publishing.queries.paths import policy_for
from gongkai.publishing.queries.timeliness import OPEN, release_due


def reckon_open(today: date | None = None) -> int:
    """Reckons release, steps and answers to other agencies anew, where they are not over; returns how many moved."""
    day = today or timezone.localdate()
    moved = 0
    waiting = Publication.objects.filter(state__in=OPEN, release_due__gte=day)
    at_step = Publication.objects.exclude(step="").filter(step_due__gte=day)
    for id in sorted({*waiting.values_list("pk", flat=True), *at_step.values_list("pk", flat=True)}):
        with transaction.atomic():
            moved += _reckon(locked(Publication(pk=id)), day)
    for request in CoordinationRequest.objects.filter(answer="", closed=False, due_on__gte=day):
        moved += _reckon_answer(request)
    return moved


def _reckon(row: Publication, today: date) -> bool:
    """Must be called within a transaction, with the row locked."""
    before = (row.release_due, row.step_due)
    if row.state in OPEN and row.release_due and row.release_due >= today:
        row.release_due = release_due(row)
    if row.step and row.step_due and row.step_due >= today:
        row.step_due = step_due(row) or row.step_due
    if (row.release_due, row.step_due) == before:
        return False
    row.save(update_fields=["release_due", "step_due"])
    note(row, "reckon_again", by=None, before=before, now=(row.release_due, row.step_due))
    return True


def step_due(row: Publication) -> date | None:
    """The day by which the step must be decided: from its beginning, or from a referral to the secrecy authority."""
    task_state = row.current_workflow_task_state
    if task_state is None or row.step_since is None:
        return None
    if row.step == Step.CONFIDENTIALITY:
        review = row.confidentiality_reviews.filter(at__gte=row.step_since, result=Outcome.REFER).first()
        if review is not None:
            return due(timezone.localdate(review.at), REFERRAL_DAYS).day
    return due(timezone.localdate(row.step_since), task_state.task.specific.days).day


def _reckon_answer(request: CoordinationRequest) -> int:
    day = due(timezone.localdate(request.asked_at), policy_for(request.publication.agency).coordination_days).day
    return CoordinationRequest.objects.filter(pk=request.pk, answer="").exclude(due_on=day).update(due_on=day)
