"""What the compilers of the gazette ask: issues in their reach, what may go in, what ended since the last issue."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Q, QuerySet, Sum

from gongkai.agencies.models import Kind as AgencyKind
from gongkai.agencies.models import Level, Person
from gongkai.agencies.queries import descendants, visible_to
from gongkai.publishing.models import ENDED, POLICY_KINDS, GazetteIssue, Kind, Publication, State

_SECTIONS = {
    Kind.APPOINTMENT: "人事任免",
    Kind.INTERPRETATION: "政策解读",
    Kind.STATISTICS: "统计资料",
    Kind.REGULATION: "政府规章",
}
_GOVERNMENT = {Level.PROVINCE: "省政府文件", Level.CITY: "市政府文件", Level.COUNTY: "县（区）政府文件"}
_ORDER = (
    *("政府规章", "省政府文件", "市政府文件", "政府文件", "本机关文件", "部门文件", "县（区）政府文件"),
    *("乡镇（街道）文件", "人事任免", "政策解读", "统计资料"),
)
"""The order in which the usual sections stand, as long as the compiler does not move them."""


def issues_for(person: Person) -> QuerySet[GazetteIssue]:
    """The issues of the agencies in a person's reach, newest first."""
    found = GazetteIssue.objects.filter(agency__in=visible_to(person)).select_related("agency", "file")
    return found.annotate(size=Count("items", distinct=True))


def delivered(issue: GazetteIssue) -> int:
    """How many copies went to places."""
    return int(issue.deliveries.aggregate(n=Sum("copies"))["n"] or 0)


def may_stand_in(issue: GazetteIssue) -> QuerySet[Publication]:
    """The released publications of the agency and of those below it."""
    reach = {issue.agency_id} | descendants([issue.agency_id])
    return Publication.objects.filter(state=State.PUBLISHED, agency_id__in=reach)


def candidates(issue: GazetteIssue, words: str = "", ended: bool = False) -> QuerySet[Publication]:
    """Released publications of the agency and those below it that stand in no issue yet, newest first.

    Without words: policies, interpretations and appointments only, which is what a gazette is made for.
    """
    found = may_stand_in(issue).filter(gazette_items__isnull=True)
    if words:
        found = found.filter(Q(title__icontains=words) | Q(document_number__icontains=words))
    else:
        found = found.filter(kind__in=[*POLICY_KINDS, Kind.INTERPRETATION, Kind.APPOINTMENT])
    if not ended:
        found = found.exclude(validity__in=ENDED)
    return found.select_related("agency").defer("body").order_by("-published_at", "-pk")


def repealed_until(issue: GazetteIssue) -> QuerySet[Publication]:
    """The documents that ended since the issue before this one, or since the beginning of the year for the first.

    Those of the agency itself, and those of others that its gazette had printed.
    """
    before = GazetteIssue.objects.filter(agency=issue.agency, overall__lt=issue.overall).order_by("-overall").first()
    since = before.dated if before is not None else date(issue.year - 1, 12, 31)
    ours = Q(agency=issue.agency_id) | Q(gazette_items__issue__agency=issue.agency_id)
    ended = Publication.objects.filter(ours, state=State.PUBLISHED, kind__in=POLICY_KINDS, validity__in=ENDED)
    found = ended.filter(ended_on__gt=since, ended_on__lte=issue.dated).select_related("ended_by", "agency")
    return found.order_by("ended_on", "pk").distinct()


def default_section(publication: Publication, issue: GazetteIssue) -> str:
    """The usual section of a publication: by its kind, else by who made it."""
    agency = publication.agency
    if publication.kind in _SECTIONS:
        return _SECTIONS[publication.kind]
    if agency.kind == AgencyKind.GOVERNMENT:
        return _GOVERNMENT.get(agency.level, "政府文件")
    if agency.kind == AgencyKind.TOWN:
        return "乡镇（街道）文件"
    return "部门文件" if publication.agency_id != issue.agency_id else "本机关文件"


def rank(section: str) -> int:
    """The place of a section among the usual ones; a section of the compiler's own stands before them."""
    return _ORDER.index(section) + 1 if section in _ORDER else 0
