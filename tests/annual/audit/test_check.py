"""The audit as a whole: order, places, reports checked together, nothing raised whatever the text."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st
from report_builder import balanced, cells, full, report, rules, statistics

from gongkai.annual.audit import Context, check, check_together
from gongkai.annual.forms import FORM_IDS, form
from gongkai.annual.model import Severity

RANK = [Severity.ERROR, Severity.WARNING, Severity.INFO]


def test_the_gravest_findings_come_first_then_in_reading_order() -> None:
    faulty = report(
        figures=balanced(t4__review__upheld=1),
        more=["质量提升。。", "20xx年，质量提升。。"],
        published=date(2023, 3, 1),
    )
    found = check(faulty)
    assert len({f.severity for f in found}) == 3
    assert [RANK.index(f.severity) for f in found] == sorted(RANK.index(f.severity) for f in found)
    for before, after in pairwise(found):
        if before.severity is after.severity and before.where and after.where:
            assert before.where[0].block <= after.where[0].block


def test_a_balance_finding_names_its_cells_sums_and_difference() -> None:
    (found,) = check(report(figures=balanced(t4__review__upheld=3, t4__review__total=1)))
    assert found.rule == "T4-TOTAL"
    assert set(found.cells) >= {"t4.review.total", "t4.review.upheld"}
    assert all(w in found.message for w in ("行政复议", "总计 1", "结果维持 3", "相差 2"))
    assert "the difference is 2" in found.message_en
    assert found.where


def test_a_balance_by_column_names_the_column_and_its_rows() -> None:
    found = next(f for f in check(report(figures=balanced(t3__carried_out__total=2))) if f.rule == "T3-BALANCE")
    assert found.message.startswith("“总计”：一、本年新收政府信息公开申请数量 5 + ") or "“总计”" in found.message
    assert "四、结转下年度继续办理 2" in found.message


def test_a_sentence_is_found_where_it_stands() -> None:
    made = report(figures=balanced(), more=["前一段。", "全年公开××条。"])
    (found,) = check(made)
    block = made.blocks[-1]
    assert found.where[0].block == block.index
    assert block.text[found.where[0].start : found.where[0].end] == "××"


def test_blank_cells_of_a_table_make_one_finding() -> None:
    blank = {c: None for c in full("gov-2021") if c.startswith("t3.")}
    found = [f for f in check(report(figures=balanced() | cells(blank))) if f.rule == "T3-INT"]
    assert len(found) == 1
    assert len(found[0].cells) == len(blank)


def test_reports_given_together_are_checked_against_each_other() -> None:
    before = report(year=2021, figures=balanced(t3__carried_out__total=1, t3__carried_out__natural_person=1))
    now = report(year=2022, figures=balanced())
    other = report(year=2022, figures=balanced(), agency="云州市水利局")
    checked = check_together([now, other, before])
    assert [r.agency for r in checked] == [now.agency, other.agency, before.agency]
    assert "X-CARRY" in rules(checked[0].findings)
    assert "X-CARRY" not in rules(checked[1].findings)


def _own_text(i: int) -> str:
    """Text that shares no passage with another's: characters in an order of its own."""
    common = "江河湖海山川原野春夏秋冬东南西北风雨雷电日月星辰花草树木"
    return "".join(common[(k * (i + 3) + k // len(common) * (i + 1)) % len(common)] for k in range(400))


def test_a_copied_report_is_found_among_many() -> None:
    text = "".join(
        f"第{i}季度开展主题开放活动，邀请居民代表走进{c}大厅体验办事流程并提出意见。"
        for i, c in enumerate("甲乙丙丁戊己庚辛壬癸")
    )
    many = [report(year=2022, figures=balanced(), agency=f"云州市第{i}局", more=[_own_text(i)]) for i in range(12)]
    copied = [report(figures=balanced(), agency=a, more=[text]) for a in ("云州市水利局", "云州市民政局")]
    checked = check_together([*many, *copied])
    assert [("S-REUSE-OTHER" in rules(r.findings)) for r in checked] == [False] * 12 + [True] * 2


words = st.text(
    alphabet=st.sampled_from(
        list(
            "年月日件条占%％，。《》（）()[]×xX*_〇?一二、1234567890将我局市县镇教育网站对完善编制\n\ufffd统计期限自至起止"
        )
    ),
    max_size=300,
)


@settings(max_examples=150, deadline=None)
@given(words, st.sampled_from([*FORM_IDS, None]), st.sampled_from([None, 2008, 2016, 2022]), words)
def test_no_text_makes_the_audit_fail(text: str, form_id: str | None, year: int | None, agency: str) -> None:
    made = report(form_id, year=year, figures={}, more=text.split("\n"), agency=agency[:12])
    before = report(form_id, year=year - 1 if year else None, figures={}, more=[text])
    for finding in check(made, Context(previous=before, next=before, others=(before,), covered=(before,))):
        assert finding.message
        assert finding.message_en


@settings(max_examples=60, deadline=None)
@given(st.data(), st.sampled_from(FORM_IDS))
def test_no_figures_make_the_audit_fail(data: st.DataObject, form_id: str) -> None:
    ids = data.draw(st.lists(st.sampled_from(list(form(form_id).cells)), max_size=40, unique=True))
    values = {i: data.draw(st.one_of(st.none(), st.integers(-5, 10**12))) for i in ids}
    for finding in check(report(form_id, year=2016, figures=cells(values))):
        assert finding.message


def test_the_audit_of_a_plain_report_is_quick() -> None:
    import time

    plain = report("gov-2014", year=2016, figures=statistics())
    check(plain)
    start = time.perf_counter()
    for _ in range(20):
        check(plain)
    assert (time.perf_counter() - start) / 20 < 0.02  # far above what it takes, so that a busy machine passes
