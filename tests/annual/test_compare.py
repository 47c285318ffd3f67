"""Two reports side by side."""

from __future__ import annotations

import json
import sys
from decimal import Decimal
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent / "audit"))

from report_builder import PROSE_2021, balanced, cells, fact, full, report, statistics

from gongkai.annual.compare import compare, counterpart
from gongkai.annual.compare_text import ChangeKind, compare_texts


def test_equal_reports_differ_in_nothing() -> None:
    one = report(figures=balanced())
    found = compare(one, one)
    assert all(c.a == c.b and c.difference in {0, None} for c in found.cells)
    assert found.text_share == 1
    assert {ch.kind for pair in found.chapters for ch in pair.changes} == {ChangeKind.EQUAL}


def test_cells_are_paired_with_difference_and_ratio() -> None:
    a = report(year=2021, figures=balanced(t2__penalty__decisions=4))
    b = report(year=2022, figures=balanced(t2__penalty__decisions=6))
    pair = next(c for c in compare(a, b).cells if c.id == "t2.penalty.decisions")
    assert (pair.a, pair.b, pair.difference, pair.ratio) == (4, 6, 2, Decimal("1.5"))
    assert "行政处罚" in pair.label


def test_a_blank_cell_is_there_and_has_no_difference() -> None:
    a = report(figures=cells({"t4.review.total": None}))
    b = report(figures=cells({"t4.review.total": 1, "t4.review.upheld": 1}))
    pairs = {c.id: c for c in compare(a, b).cells}
    assert pairs["t4.review.total"].in_a
    assert pairs["t4.review.total"].difference is None
    assert not pairs["t4.review.upheld"].in_a


def test_across_forms_only_certain_counterparts_are_paired() -> None:
    a = report("gov-2014", year=2018, figures=statistics(received=7))
    b = report("gov-2019", year=2019, figures=full("gov-2019", t3__new_received__total=9))
    found = compare(a, b)
    pair = next(c for c in found.cells if c.id == "t3.new_received.total")
    assert (pair.a, pair.b) == (7, 9)
    assert "stat.ch_website" in found.unmapped_a
    assert next(c for c in found.cells if c.id == "t3.granted.total").in_a is False


def test_the_order_of_the_reports_may_be_turned_round() -> None:
    a = report("gov-2019", year=2019, figures=full("gov-2019", t3__new_received__total=9))
    b = report("gov-2014", year=2018, figures=statistics(received=7))
    pair = next(c for c in compare(a, b).cells if c.id == "stat.received")
    assert (pair.a, pair.b, pair.difference) == (9, 7, -2)


@pytest.mark.parametrize(
    ("cell", "older", "newer", "expected", "approximate"),
    [
        ("t3.granted.total", "gov-2019", "gov-2021", "t3.granted.total", False),
        ("t2.normative_docs.public_stock", "gov-2019", "gov-2021", "t2.normative_docs.in_force", True),
        ("stat.rv_upheld", "gov-2014", "gov-2021", "t4.review.upheld", False),
    ],
)
def test_counterparts(cell: str, older: str, newer: str, expected: str, approximate: bool) -> None:
    found = counterpart(cell, older, newer)
    assert found is not None
    assert (found.cell, found.approximate) == (expected, approximate)


@pytest.mark.parametrize("cell", ["t3.other.total", "t2.procurement.items"])
def test_what_cannot_be_split_has_no_counterpart(cell: str) -> None:
    assert counterpart(cell, "gov-2019", "gov-2021") is None


def test_facts_are_set_side_by_side_by_kind() -> None:
    a = report(figures=balanced(), facts=[fact("trainings.held", 2, "培训2次")])
    b = report(figures=balanced(), facts=[fact("trainings.held", 3, "培训3次"), fact("meetings.held", 1, "会议1次")])
    pairs = {f.kind: (f.a, f.b) for f in compare(a, b).facts}
    assert pairs == {"trainings.held": ((2,), (3,)), "meetings.held": ((), (1,))}


def test_chapters_are_compared_sentence_by_sentence() -> None:
    a = report(figures=balanced())
    b = report(figures=balanced(), prose={**PROSE_2021, "c5": "一是解读形式还较为单一。二是新的问题。"})
    chapter = next(c for c in compare(a, b).chapters if c.id == "c5")
    assert chapter.share == 0
    assert ChangeKind.EQUAL not in {c.kind for c in chapter.changes}


def test_a_changed_sentence_is_told_from_a_new_one() -> None:
    share, changes = compare_texts(
        "全年公开三十条信息。开展培训。", "全年公开四十条信息。开展培训。设立专区，方便查阅。"
    )
    assert [c.kind for c in changes] == [ChangeKind.CHANGED, ChangeKind.EQUAL, ChangeKind.ONLY_B]
    assert 0 < share < 1


def test_every_sentence_of_both_texts_is_accounted_for() -> None:
    a, b = "甲事已办。乙事未办。丙事在办。", "丁事已了。乙事未办。"
    _, changes = compare_texts(a, b)
    assert "".join(c.b for c in changes) == b
    assert {s for c in changes for s in c.a.split("。") if s} == {"甲事已办", "乙事未办", "丙事在办"}


def test_a_comparison_goes_into_json_with_exact_figures() -> None:
    a, b = (
        report(figures=balanced(t2__admin_fees__amount="0.10")),
        report(figures=balanced(t2__admin_fees__amount="0.30")),
    )
    data = json.loads(json.dumps(compare(a, b).to_dict(), ensure_ascii=False))
    fees = next(c for c in data["cells"] if c["id"] == "t2.admin_fees.amount")
    assert (fees["a"], fees["b"], fees["difference"], fees["ratio"]) == ("0.10", "0.30", "0.20", "3.0000")
    assert data["a_name"] == "云州市教育局 2022年"


def test_a_report_without_form_is_compared_by_its_text() -> None:
    one = report(None, year=None, agency=None, title="某文", figures={}, more=["一段文字。"])
    assert compare(one, one).a_name == "某文"
