"""How a report is cut for the page: marks where they belong, no word lost."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from gongkai.annual import read
from gongkai.annual.model import Fact, Finding, Paragraph, Report, Severity, Source, Span, Where
from gongkai.annual.render import render
from gongkai.annual.sample import sample_report
from gongkai.portal.marking import MarkedTable, Prose, parts, places


def report_of(text: str, **changes) -> Report:
    blocks = (Paragraph(0, text),)
    source = Source(None, "txt", "utf-8", (), Span(0, 0))
    return replace(Report(source, None, None, None, None, None, blocks=blocks), **changes)


@given(st.text(min_size=1, max_size=40), st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), max_size=5))
def test_cutting_loses_no_character(text, spans):
    findings = tuple(
        Finding("S-X", Severity.ERROR, "", "", "", where=(Where(0, start=min(s), end=max(s)),)) for s in spans
    )
    (prose,) = parts(report_of(text, findings=findings))
    assert "".join(s.text for s in prose.segments) == text


def test_a_figure_and_a_fault_are_marked_where_they_stand():
    text = "全年受理申请65件，其中网上申请80件。"
    fact = Fact("applications.received", Decimal(65), "件", "65件", text, Where(0, start=6, end=9))
    fault = Finding("N-PARTS", Severity.WARNING, "", "", "", where=(Where(0, start=16, end=19),))
    (prose,) = parts(report_of(text, facts=(fact,), findings=(fault,)))
    marked = {s.text: s for s in prose.segments}
    assert marked["65件"].fact == "applications.received"
    assert marked["80件"].severity == "warning"
    assert marked["80件"].anchors == (0,)


def test_findings_come_gravest_first_with_their_anchor():
    found = (
        Finding("S-A", Severity.INFO, "", "", ""),
        Finding("S-B", Severity.ERROR, "", "", "", where=(Where(0, start=0, end=1),)),
    )
    listed = places(report_of("一句话。", findings=found))
    assert [(p.finding.rule, p.anchor) for p in listed] == [("S-B", "p1"), ("S-A", None)]


def test_tables_stand_where_they_stood_and_are_not_repeated_as_prose():
    sample = sample_report("gov-2021", year=2024, agency="云州市水务局", seed=1)
    for to in ("html", "txt"):
        (report,) = read(render(sample, to), name=f"x.{to}")
        drawn = parts(report)
        assert [p.spec.id for p in drawn if isinstance(p, MarkedTable)] == ["t2", "t3", "t4"]
        prose = "".join(s.text for p in drawn if isinstance(p, Prose) for s in p.segments)
        assert "本年新收政府信息公开申请数量" not in prose


def test_a_report_without_its_source_is_shown_by_chapters():
    sample = sample_report("gov-2021", year=2024, agency="云州市水务局", seed=1)
    drawn = parts(replace(sample, blocks=(), table_blocks=frozenset()))
    assert drawn[0].heading
    assert sum(isinstance(p, MarkedTable) for p in drawn) == 3
