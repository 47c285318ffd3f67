"""Which path and which rules hold for an agency: its own, else those of a body above it, else the common ones."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from wagtail.models import TaskState, Workflow, WorkflowState

from gongkai.agencies.models import Agency, Person
from gongkai.publishing.models import AgencyPath, PathTask, Publication, PublishingPolicy


def lineage(agency: Agency) -> list[int]:
    """The agency and those above it, nearest first."""
    found: list[int] = []
    current: int | None = agency.pk
    while current is not None and current not in found:
        found.append(current)
        current = Agency.objects.values_list("parent_id", flat=True).get(pk=current)
    return found


def policy_for(agency: Agency) -> PublishingPolicy:
    """The rules that hold for an agency; the packaged ones where nobody set any."""
    rows = {p.agency_id: p for p in PublishingPolicy.objects.all()}
    if not rows:
        return PublishingPolicy()
    for id in lineage(agency):
        if id in rows:
            return rows[id]
    return rows.get(None) or PublishingPolicy()


def decided_before(publication: Publication, step: str) -> set[int]:
    """Who decided a step of this kind on the path that is under way: a second one is for somebody else."""
    under_way = publication.current_workflow_state
    if under_way is None:
        return set()
    done = under_way.task_states.filter(status=TaskState.STATUS_APPROVED, task__content_type=_type_of(step))
    return {id for id in done.values_list("finished_by_id", flat=True) if id is not None}


def decided_by(person: Person, step: str) -> set[int]:
    """Publications under way on which a person decided a step of this kind already."""
    done = TaskState.objects.filter(
        status=TaskState.STATUS_APPROVED,
        finished_by=person,
        task__content_type=_type_of(step),
        workflow_state__status=WorkflowState.STATUS_IN_PROGRESS,
        workflow_state__base_content_type=ContentType.objects.get_for_model(Publication),
    )
    return {int(id) for id in done.values_list("workflow_state__object_id", flat=True)}


def _type_of(step: str) -> ContentType:
    return ContentType.objects.get_for_model(next(t for t in PathTask.__subclasses__() if t.step == step))


def path_for(publication: Publication) -> Workflow | None:
    """The path for a publication: the nearest that was set for its kind, else the nearest for all kinds."""
    rows: dict[tuple[Any, str], AgencyPath] = {
        (p.agency_id, p.kind): p
        for p in AgencyPath.objects.filter(kind__in=["", publication.kind], workflow__active=True).select_related(
            "workflow"
        )
    }
    for id in (*lineage(publication.agency), None):
        row = rows.get((id, publication.kind)) or rows.get((id, ""))
        if row is not None:
            return row.workflow
    return None
