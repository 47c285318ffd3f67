"""What changed between two versions of a publication, and what a text suggests for its fields."""

from datetime import date

import pytest

from gongkai.publishing.models import Publication
from gongkai.publishing.queries.differences import differences, paragraphs
from gongkai.publishing.queries.suggestions import made_on, suggest

pytestmark = pytest.mark.django_db


def test_a_changed_paragraph_shows_the_words_that_changed():
    same, changed, added = paragraphs("第一段。\n第二段写的是今年。", "第一段。\n第二段写的是明年。\n第三段。")
    assert same.kind == "same"
    assert [p.text for p in changed.before if p.changed] == ["今"]
    assert [p.text for p in changed.after if p.changed] == ["明"]
    assert (added.kind, added.before, added.after[0].text) == ("added", (), "第三段。")


def test_a_removed_paragraph_is_shown_on_the_left_only():
    pairs = [p for p in paragraphs("甲。\n乙。\n丙。", "甲。\n丙。") if p.kind != "same"]
    assert [(p.kind, p.before[0].text, p.after) for p in pairs] == [("removed", "乙。", ())]


def test_fields_are_compared_in_words(city):
    before = Publication(title="甲", kind="notice", categories=["budget"], touched_agencies=[], agency=city["jiaoyu"])
    after = Publication(
        title="甲", kind="news", categories=["fees"], touched_agencies=[city["caizheng"].pk], agency=city["jiaoyu"]
    )
    found = {f.name: (f.before, f.after) for f in differences(before, after).fields}
    assert found["kind"] == ("通知公告", "工作动态")
    assert found["touched_agencies"] == ("", "云州市财政局")
    assert set(found) == {"kind", "categories", "touched_agencies"}


def test_equal_versions_differ_in_nothing(city):
    one = Publication(title="甲", body="<p>乙</p>", agency=city["jiaoyu"])
    assert not differences(one, one).changed


@pytest.mark.parametrize(
    ("last", "day"),
    [
        ("2026年3月5日", date(2026, 3, 5)),
        ("（2026年3月5日）", date(2026, 3, 5)),
        ("二〇二六年三月五日", date(2026, 3, 5)),
        ("二○二六年十二月三十一日", date(2026, 12, 31)),
        ("2026年13月5日", None),
        ("自2026年3月5日起施行，有效期五年，以前的规定同时废止，请各单位遵照执行。", None),
        ("没有日期", None),
    ],
)
def test_the_day_it_was_made_is_the_date_below_the_signature(last, day):
    assert made_on(["标题", "正文于2025年1月1日开始实施，请遵照执行，不得有误。", "云州市教育局", last]) == day


@pytest.mark.parametrize(
    ("title", "kind", "genre"),
    [
        ("《云州市幼儿园收费管理办法》政策解读", "interpretation", ""),
        ("云州市教育局2026年部门预算", "budget", ""),
        ("关于人事任免的通知", "appointment", "notice"),
        ("关于停水的通告（第3号）", "", "circular_notice"),
        ("无法归类", "", ""),
    ],
)
def test_the_title_suggests_kind_and_genre(city, title, kind, genre):
    found = suggest(title, "", city["jiaoyu"])
    assert (found.kind, found.genre) == (kind, genre)


def test_agencies_are_suggested_where_the_text_names_them_in_full(city):
    text = "<p>经云州市财政局、临溪县教育局同意，云州市人民政府批准，云州市教育局公布。</p>"
    found = suggest("通知", text, city["jiaoyu"])
    assert set(found.touched_agencies) == {city["caizheng"].pk, city["linxi-jiaoyu"].pk}
