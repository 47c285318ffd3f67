"""Audits a report of the library against its neighbours: the year before, the year after, the agency's own names."""

from __future__ import annotations

from dataclasses import replace

from gongkai.agencies.models import Agency, Kind
from gongkai.annual.audit import AgencyKind, Context, check
from gongkai.annual.model import Report
from gongkai.reporting.models import AnnualReport, Status
from gongkai.reporting.queries import effective
from gongkai.reporting.storing import store_findings

_KINDS = {
    Kind.GOVERNMENT: AgencyKind.GOVERNMENT,
    Kind.DEPARTMENT: AgencyKind.DEPARTMENT,
    Kind.TOWN: AgencyKind.TOWNSHIP,
    Kind.UNIVERSITY: AgencyKind.UNIVERSITY,
}


def refresh(row: AnnualReport, *, neighbours: bool = True) -> None:
    """Finds again what is wrong in a report, and in the reports of the years beside it, which quote its figures."""
    rows = {r.year: r for r in _of_agency(row)}
    rows[row.year] = row
    read = {year: effective(r) for year, r in rows.items()}
    for year in (row.year - 1, row.year, row.year + 1) if neighbours else (row.year,):
        if year in rows:
            store_findings(rows[year], audited(rows[year].agency, read, year))


def audited(agency: Agency, reports: dict[int, Report], year: int) -> Report:
    """A report of an agency with its findings; `reports` holds the agency's reports by year."""
    report = reports[year]
    context = Context(
        previous=reports.get(year - 1),
        next=reports.get(year + 1),
        places=names_of(agency),
        agency_kind=_KINDS.get(Kind(agency.kind)),
    )
    return replace(report, findings=check(report, context=context))


def names_of(agency: Agency) -> tuple[str, ...]:
    """The names that may stand in an agency's report: its own, those before it, those above and beside it."""
    related = Agency.objects.filter(pk__in=[pk for pk in (agency.pk, agency.parent_id) if pk])
    related = related | agency.predecessors.all()
    if agency.parent_id:
        related = related | Agency.objects.filter(parent_id=agency.parent_id)
    names: dict[str, None] = {}
    for found in related.distinct():
        names.update(dict.fromkeys(n for n in (found.name, found.short_name, *found.other_names) if n))
    return tuple(names)


def _of_agency(row: AnnualReport) -> list[AnnualReport]:
    beside = range(row.year - 2, row.year + 3)
    found = AnnualReport.objects.filter(agency=row.agency, year__in=beside).exclude(pk=row.pk)
    return list(found.exclude(status=Status.DISCARDED).select_related("agency"))
