"""No rule fires on a clean report."""

from __future__ import annotations

import pytest
from report_builder import balanced, fact, report, rules, statistics

from gongkai.annual.audit import AgencyKind, Context, check


def test_a_clean_report_of_2021_has_no_findings() -> None:
    assert check(report(figures=balanced())) == ()


def test_a_clean_report_of_2014_has_no_findings() -> None:
    facts = [
        fact("published.total", 60, "全年主动公开政府信息60条", cell="stat.published", unit="条"),
        fact("published.website", 40, "其中政府网站公开40条", cell="stat.ch_website", parent=0, unit="条"),
        fact("applications.received", 4, "全年收到政府信息公开申请4件", cell="stat.received"),
    ]
    clean = report("gov-2014", year=2016, figures=statistics(), facts=facts)
    assert check(clean) == ()


@pytest.mark.parametrize("kind", list(AgencyKind))
def test_context_alone_makes_no_findings(kind: AgencyKind) -> None:
    context = Context(previous=None, others=(), places=("云州市",), agency_kind=kind)
    assert rules(check(report(figures=balanced()), context=context)) == []


def test_an_empty_report_is_not_judged_beyond_what_it_shows() -> None:
    nothing = report(None, year=None, agency=None, title="", prose={}, figures={})
    assert check(nothing) == ()
