"""Audits a report of the library against its neighbours: the year before, the year after, the agency's own names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import Case, Value, When

from gongkai.agencies.models import Agency, Kind
from gongkai.annual.audit import AgencyKind, Context, check
from gongkai.annual.data import from_dict
from gongkai.annual.model import Finding, Report, Severity
from gongkai.reporting.models import AnnualReport, Status
from gongkai.reporting.queries import as_read, effective
from gongkai.reporting.storing import store_findings

_KINDS = {
    Kind.GOVERNMENT: AgencyKind.GOVERNMENT,
    Kind.DEPARTMENT: AgencyKind.DEPARTMENT,
    Kind.TOWN: AgencyKind.TOWNSHIP,
    Kind.UNIVERSITY: AgencyKind.UNIVERSITY,
}


REUSE = "S-REUSE-OTHER"
"""The rule that needs other agencies' reports; it looks at words only, so no correction of a figure changes it."""
_MOST_OTHERS = 60


def refresh(row: AnnualReport) -> None:
    """Finds again what is wrong in a report, and in the reports of the years beside it, which quote its figures.

    What `compare_with_others` found before is kept.
    """
    rows, read = _beside(row)
    for year in (row.year - 1, row.year, row.year + 1):
        if year in rows:
            report = audited(rows[year].agency, read, year)
            store_findings(rows[year], report.with_(findings=_sorted((*report.findings, *_kept(rows[year])))))


def compare_with_others(row: AnnualReport) -> bool:
    """Compares a report's text with other agencies' of the year; whether anything was found.

    Takes seconds and must not be called within a transaction: it belongs into the background.
    """
    report = audited(row.agency, _beside(row)[1], row.year, others=_others(row))
    with transaction.atomic():
        store_findings(row, report)
    return any(finding.rule == REUSE for finding in report.findings)


def audited(
    agency: Agency,
    reports: dict[int, Report],
    year: int,
    *,
    others: Sequence[Report] = (),
    names: Sequence[str] | None = None,
) -> Report:
    """A report of an agency with its findings; `reports` holds the agency's reports by year.

    `names` are those of `names_of`, for whoever audits many reports of one agency.
    """
    report = reports[year]
    context = Context(
        previous=reports.get(year - 1),
        next=reports.get(year + 1),
        others=others,
        places=names_of(agency) if names is None else names,
        agency_kind=_KINDS.get(Kind(agency.kind)),
    )
    return report.with_(findings=check(report, context=context))


def _others(row: AnnualReport) -> list[Report]:
    """Other agencies' reports of the same year, those under the same agency first."""
    near = Case(When(agency__parent=row.agency.parent_id, then=Value(0)), default=Value(1))
    found = AnnualReport.objects.filter(year=row.year).exclude(agency=row.agency).exclude(status=Status.DISCARDED)
    return [as_read(r) for r in found.order_by(near, "agency__order")[:_MOST_OTHERS]]


def _kept(row: AnnualReport) -> tuple[Finding, ...]:
    """What an earlier comparison with other agencies' reports found."""
    data = [f.data for f in row.findings.filter(rule=REUSE)]
    return from_dict({"form": row.form or None, "cells": {}, "findings": data}).findings


def _sorted(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    rank = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}
    return tuple(sorted(findings, key=lambda f: rank[f.severity]))


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


def _beside(row: AnnualReport) -> tuple[dict[int, AnnualReport], dict[int, Report]]:
    """An agency's reports of the years around one, by year: the rows, and the reports with their corrections."""
    rows = {r.year: r for r in _of_agency(row)}
    rows[row.year] = row
    return rows, {year: effective(r) for year, r in rows.items()}


def _of_agency(row: AnnualReport) -> list[AnnualReport]:
    beside = range(row.year - 2, row.year + 3)
    found = AnnualReport.objects.filter(agency=row.agency, year__in=beside).exclude(pk=row.pk)
    return list(found.exclude(status=Status.DISCARDED).select_related("agency"))
