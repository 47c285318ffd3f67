import pytest

from gongkai.text.scan import compare_series
from gongkai.text.scan.series import Period, indicators, period_of


def found(now: str, *earlier: tuple[str, str]) -> list[str]:
    return [hit.rule for hit in compare_series(now, earlier)]


APRIL = ("云州市2026年1—4月财政收支情况", "一般公共预算收入12.5亿元，累计受理申请326件。")
YEAR_2024 = ("2024年度政务公开情况", "2024年，全年主动公开政府信息326条，举办发布会4场。")


def test_figures_that_go_with_the_earlier_ones_are_left_alone() -> None:
    assert found("2026年1—5月，一般公共预算收入15.2亿元，累计受理申请400件。", APRIL) == []
    assert found("2025年，全年主动公开政府信息412条，举办发布会6场。", YEAR_2024) == []


def test_a_unit_that_slipped_is_found() -> None:
    assert found("2026年1—5月，一般公共预算收入15.2万元。", APRIL) == ["unit_slip"]


def test_a_figure_ten_times_as_large_is_found_with_its_place_and_both_figures() -> None:
    text = "2025年，全年主动公开政府信息4120条。"
    (hit,) = compare_series(text, [YEAR_2024])
    assert hit.rule == "series_jump"
    assert text[hit.start : hit.end] == "4120条"
    assert "4120条" in hit.message
    assert "326条" in hit.message


def test_small_counts_may_grow_tenfold() -> None:
    assert found("2025年，举办发布会48场。", YEAR_2024) == []


def test_what_counts_from_january_on_cannot_fall_within_the_year() -> None:
    assert found("2026年1—5月，累计受理申请300件。", APRIL) == ["cumulative_fall"]
    assert found("2027年1—5月，累计受理申请300件。", APRIL) == []
    assert found("2026年1—3月，累计受理申请300件。", APRIL) == []


def test_five_months_are_not_measured_against_a_whole_year() -> None:
    year = ("2025年全年财政收支情况", "一般公共预算收入120亿元。")
    assert found("2026年1月，一般公共预算收入累计11亿元。", year) == []


@pytest.mark.parametrize(("unit", "rules"), [("万元", []), ("元", ["unit_slip", "unit_slip"])])
def test_tables_are_compared_cell_by_cell(unit: str, rules: list[str]) -> None:
    def page(unit: str) -> str:
        return f"<p>单位：{unit}</p><table><tr><th>项目<th>预算<th>决算<tr><td>教育<td>1200<td>1180</table>"

    assert found(page(unit), ("上年", page("万元"))) == rules


def test_each_figure_is_compared_with_the_newest_publication_that_has_it() -> None:
    newest = ("2025年度", "主动公开政府信息4000条。")
    assert found("主动公开政府信息4120条。", newest, YEAR_2024) == []


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2026年1—4月财政收支", Period(2026, 4, True)),
        ("2026年上半年", Period(2026, 6, True)),
        ("2026年前三季度", Period(2026, 9, True)),
        ("2026年5月物价", Period(2026, 5, False)),
        ("2025年度报告", Period(2025, 12, True)),
        ("财政收支情况", Period()),
        ("2026年99月", Period(2026)),
    ],
)
def test_the_period_of_a_title(text: str, period: Period) -> None:
    assert period_of(text) == period


def test_rates_are_no_figures_to_compare() -> None:
    assert indicators("办结率98.5%，同比增长3倍") == {}
