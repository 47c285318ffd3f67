"""Which path and which rules hold for an agency: its own, else those of a body above it, else the common ones."""

from __future__ import annotations

from typing import Any

from wagtail.models import Workflow

from gongkai.agencies.models import Agency
from gongkai.publishing.models import AgencyPath, Publication, PublishingPolicy


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
