"""Figures of an area that another office published with another value are pointed out, and nothing else is."""

from __future__ import annotations

from typing import Any

import pytest

from gongkai.publishing.actions import drafting, scanning
from gongkai.publishing.actions.spreading import spread
from gongkai.publishing.models import Publication, State
from gongkai.text.scan.figures import area_figures

REPORT = "<p>2025年末全市常住人口512.3万人，比上年末增加3.1万人。全年全市城镇新增就业4.2万人，同比增长5%。</p>"


@pytest.fixture
def out(city: Any, released: Any) -> Publication:
    title = "云州市2025年国民经济和社会发展统计公报"
    row: Publication = released(city["tongji"], title, body=REPORT, kind="statistics")
    spread(row)
    return row


def hits(city: Any, body: str, **content: Any) -> list[dict[str, Any]]:
    content = {"title": "2025年全市教育事业发展统计", "kind": "statistics"} | content
    draft = drafting.create_draft(city["jiaoyu"], by=city.people["drafter"], body=body, **content)
    return [hit for hit in scanning.open_hits(draft) if hit["rule"] == "figure_elsewhere"]


def test_another_figure_of_the_same_indicator_and_period_names_who_published_it(city, out):
    (hit,) = hits(city, "<p>2025年末，全市常住人口515.1万人。</p>")

    assert hit["level"] == "warn"
    assert "515.1万人" in hit["excerpt"]
    for words in ("515.1万人", "512.3万人", out.title, out.index_number):
        assert words in hit["message"]


@pytest.mark.parametrize(
    "body",
    [
        "<p>2025年末，全市常住人口5123456人。</p>",
        "<p>2025年末，全市常住人口512.3万人。</p>",
        "<p>2024年末，全市常住人口509.2万人。</p>",
        "<p>2025年上半年，全市城镇新增就业2.0万人。</p>",
        "<p>计划2025年全市常住人口达到520万人。</p>",
        "<p>2025年末，松亭县常住人口41.0万人。</p>",
    ],
    ids=["rounded", "equal", "another year", "another period", "planned", "a part"],
)
def test_what_is_no_other_value_of_the_same_is_left_alone(city, out, body):
    assert hits(city, body) == []


def test_only_what_is_out_counts_and_not_what_another_area_says(city, out, released):
    other = "<p>2025年末，全市常住人口515.1万人。</p>"
    Publication.objects.filter(pk=out.pk).update(state=State.WITHDRAWN)
    assert hits(city, other) == []
    Publication.objects.filter(pk=out.pk).update(state=State.PUBLISHED)
    county = drafting.create_draft(
        city["linxi"],
        by=city.people["lxx_qicao"],
        title="临溪县2025年统计公报",
        kind="statistics",
        body="<p>2025年末，全县常住人口41.0万人。</p>",
    )
    assert "figure_elsewhere" not in {hit["rule"] for hit in scanning.open_hits(county)}


def test_the_budget_of_one_body_says_nothing_of_the_area():
    table = "<table><tr><th>项目</th><th>决算数（万元）</th></tr><tr><td>项目支出</td><td>12</td></tr></table>"

    assert area_figures("云州市教育局2025年部门决算", table, ("云州市",)) == []
    assert [one.shown for one in area_figures("云州市2025年财政决算", table, ("云州市",))] == ["12万元"]
