"""All rules, and the audit of a report with them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from gongkai.annual.audit import (
    balance,
    balance_2008,
    balance_2014,
    dates,
    figures,
    identity,
    layout,
    prose,
    residue,
    reuse,
    sensitive,
    structure,
    sums,
    university,
    years,
)
from gongkai.annual.audit.model import NOTHING, Case, Context, Rule
from gongkai.annual.model import Finding, Report, Severity

_MODULES = (
    balance,
    balance_2014,
    balance_2008,
    figures,
    years,
    prose,
    sums,
    structure,
    layout,
    dates,
    identity,
    residue,
    sensitive,
    reuse,
    university,
)

RULES: Mapping[str, Rule] = MappingProxyType({r.id: r for m in _MODULES for r in m.RULES})
"""Every rule by its id."""

_RANK = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}


def rule(id: str) -> Rule:
    """The rule with this id; raises KeyError where there is none."""
    return RULES[id]


def check(report: Report, context: Context | None = None) -> tuple[Finding, ...]:
    """What is wrong in a report: the gravest first, then in reading order; empty for a clean report."""
    case = Case(report, context or NOTHING)
    found = [f for r in RULES.values() for f in r.check(case)]
    found.sort(key=_order)
    return tuple(found)


def _order(finding: Finding) -> tuple[int, tuple[int, int, int, int], str]:
    place = residue.place(finding.where[0]) if finding.where else (-1, 0, 0, 0)
    return _RANK[finding.severity], place, finding.rule


def check_together(reports: Sequence[Report]) -> tuple[Report, ...]:
    """The same reports with their findings, each checked against the others.

    A report of the same agency for the year before is its previous one; reports of other agencies are what its text
    may have been copied from.
    """
    own: dict[tuple[str, int], Report] = {}
    for report in reports:
        if report.agency and report.year is not None:
            own.setdefault((report.agency, report.year), report)
    others = _alike(reports)
    checked = []
    for i, report in enumerate(reports):
        previous = None
        if report.agency and report.year is not None:
            previous = own.get((report.agency, report.year - 1))
        context = Context(previous=previous, others=tuple(reports[j] for j in others[i]))
        checked.append(report.with_(findings=check(report, context=context)))
    return tuple(checked)


def _alike(reports: Sequence[Report]) -> Mapping[int, Sequence[int]]:
    """For each report the reports of other agencies whose text may be the same."""
    found: dict[int, list[int]] = defaultdict(list)
    if len(reports) < 2:
        return found
    for i, j in reuse.alike_reports(reports):
        if reports[i].agency != reports[j].agency:
            found[i].append(j)
            found[j].append(i)
    return found
