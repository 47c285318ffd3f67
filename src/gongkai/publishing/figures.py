"""Keeps the figures of an area that publications state, and finds those of other offices that differ."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from gongkai.agencies.models import Agency
from gongkai.agencies.models import Kind as AgencyKind
from gongkai.publishing.models import Kind, Publication, PublishedFigure, State
from gongkai.text.scan.figures import AreaFigure, area_figures

KINDS = (Kind.STATISTICS, Kind.BUDGET, Kind.NEWS, Kind.LIVELIHOOD, Kind.PLAN, Kind.EMERGENCY)
"""What states figures of an area; a document or a notice sets or repeats them at most."""

STATED = (Kind.STATISTICS, Kind.BUDGET)
"""Of what comes in by import only these are read: their figures are the offices' own."""

RECENT_YEARS = 3

_LARGEST = Decimal(10) ** 18
_OFFICE = re.compile("人民政府(?:办公[室厅])?$|管理委员会$|办事处$")


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A figure of a draft, and the differing one that another office has out."""

    figure: AreaFigure
    other: PublishedFigure


def area_of(agency: Agency) -> Agency:
    """The government to whose area the work of an agency belongs."""
    node, seen = agency, {agency.pk}
    while node.kind != AgencyKind.GOVERNMENT and node.parent_id and node.parent_id not in seen:
        seen.add(node.parent_id)
        node = node.parent
    return node


def recent(publications: Iterable[Publication]) -> list[Publication]:
    """Those of thousands that come in at once whose figures may still be compared with what is written now."""
    since = timezone.now() - timedelta(days=365 * RECENT_YEARS)
    return [one for one in publications if one.kind in STATED and one.published_at and one.published_at > since]


def figures(publications: Iterable[Publication]) -> list[PublishedFigure]:
    """The rows of the figures of their areas that publications state."""
    areas: dict[int, Agency] = {}
    rows = []
    for publication in publications:
        if publication.kind not in KINDS:
            continue
        if publication.agency_id not in areas:
            areas[publication.agency_id] = area_of(publication.agency)
        area = areas[publication.agency_id]
        for one in stated(publication, area):
            values = {"key": one.key, "value": one.value, "step": one.step, "shown": one.shown[:60]}
            rows.append(PublishedFigure(publication=publication, area=area, **values))
    return rows


def stated(publication: Publication, area: Agency) -> list[AreaFigure]:
    """The figures of the area in its text."""
    if publication.kind not in KINDS or area.kind != AgencyKind.GOVERNMENT:
        return []
    name = _OFFICE.sub("", area.name)
    found = area_figures(publication.title, publication.body, (name,))
    return [one for one in found if abs(one.value) < _LARGEST and len(one.key) <= 80]


def elsewhere(draft: Publication) -> Iterator[Elsewhere]:
    """The figures of a draft which another office has published with another value, each with the newest such."""
    area = area_of(draft.agency)
    mine = {one.key: one for one in stated(draft, area)}
    if not mine:
        return
    others = PublishedFigure.objects.filter(area=area, key__in=mine, publication__state=State.PUBLISHED)
    others = others.exclude(publication__agency=draft.agency_id).select_related("publication__agency")
    told = set()
    for other in others.order_by("-publication__published_at", "-pk"):
        figure = mine[other.key]
        if other.key not in told and figure.differs(other.value, other.step):
            told.add(other.key)
            yield Elsewhere(figure, other)
