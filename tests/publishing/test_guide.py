"""The guide: whole from the first day, filled from live data, checked every half year."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from gongkai.agencies.rights import NotAllowed
from gongkai.office.models import Notification
from gongkai.publishing.actions.guide import confirm_guide, remind_of_upkeep, update_guide
from gongkai.publishing.models import Guide, PublishingPolicy
from gongkai.publishing.queries.guide import WORDS, guide_of, guides_due
from gongkai.trail.models import Entry


def test_a_guide_that_nobody_wrote_has_every_part_of_article_12(city):
    view = guide_of(city["jiaoyu"])
    assert all(words.strip() for _id, _title, words in view.parts)
    assert {field for field, _label, _value in view.office} == {
        "office_name",
        "office_address",
        "office_postcode",
        "office_hours",
        "office_phone",
        "office_fax",
        "office_email",
    }
    assert view.missing == ()
    assert {v.slug for v in view.venues} == {"dangan", "tushu"}


def test_no_placeholder_is_left_in_the_standard_words(city):
    for agency in city.agencies.values():
        assert not any("%(" in words for _id, _title, words in guide_of(agency).parts)


def test_counts_of_a_category_follow_what_is_released(city, released):
    released(city["jiaoyu"], "年度预算", categories=["budget"])
    released(city["jiaoyu"], "年度决算", categories=["budget"])
    released(city["caizheng"], "别家的预算", categories=["budget"])
    counts = {c.category.id: c.count for c in guide_of(city["jiaoyu"]).categories}
    assert counts["budget"] == 2
    assert counts["fees"] == 0


def test_towns_have_the_categories_of_towns_and_departments_those_of_cities(city):
    town = {str(c.category.scope) for c in guide_of(city["shiqiao"]).categories}
    department = {str(c.category.scope) for c in guide_of(city["jiaoyu"]).categories}
    assert town == {"all", "township"}
    assert department == {"all", "city_county"}


def test_own_words_replace_the_standard_ones_and_emptying_them_brings_those_back(city):
    standard = guide_of(city["jiaoyu"]).words["ways"]
    update_guide(city["jiaoyu"], by=city.people["drafter"], ways="到一楼大厅自助查询机查阅。")
    assert guide_of(city["jiaoyu"]).words["ways"] == "到一楼大厅自助查询机查阅。"
    update_guide(city["jiaoyu"], by=city.people["drafter"], ways=" ")
    assert guide_of(city["jiaoyu"]).words["ways"] == standard


def test_changing_a_guide_is_recorded_and_changing_nothing_is_not(city):
    update_guide(city["jiaoyu"], by=city.people["drafter"], ways="现场查阅。")
    update_guide(city["jiaoyu"], by=city.people["drafter"], ways="现场查阅。")
    assert Entry.objects.filter(action="publishing.update_guide").count() == 1


def test_only_those_with_the_right_write_a_guide(city):
    with pytest.raises(NotAllowed):
        update_guide(city["caizheng"], by=city.people["drafter"], ways="越权")
    assert not Guide.objects.exists()


def test_words_that_are_too_long_are_refused_by_part(city):
    with pytest.raises(ValidationError) as refused:
        update_guide(city["jiaoyu"], by=city.people["drafter"], scope="长" * 5001)
    assert set(refused.value.message_dict) == {"scope"}


def test_the_next_check_is_due_after_the_months_of_the_policy(city):
    guide = confirm_guide(city["jiaoyu"], by=city.people["drafter"], on=date(2026, 8, 31))
    assert guide.check_due == date(2027, 2, 28)
    PublishingPolicy.objects.create(agency=city["yunzhou"], guide_review_months=3)
    assert confirm_guide(city["jiaoyu"], by=city.people["drafter"], on=date(2026, 9, 1)).check_due == date(2026, 12, 1)


def test_a_check_cannot_be_confirmed_for_a_day_to_come(city):
    with pytest.raises(ValidationError, match="还没有到"):
        confirm_guide(city["jiaoyu"], by=city.people["drafter"], on=timezone.localdate() + timedelta(days=1))


def test_due_guides_are_those_never_checked_and_those_past_their_day(city):
    today = timezone.localdate()
    drafter = city.people["drafter"]
    assert [d.due for d in guides_due(drafter, today)] == [None]
    guide = confirm_guide(city["jiaoyu"], by=drafter, on=today)
    assert guides_due(drafter, today) == []
    assert [d.agency.slug for d in guides_due(drafter, guide.check_due)] == ["jiaoyu"]


def test_nobody_is_told_of_guides_that_they_do_not_keep(city):
    slugs = {d.agency.slug for d in guides_due(city.people["county"], timezone.localdate())}
    assert slugs == {"linxi", "linxi-jiaoyu", "shiqiao", "liubao"}


def test_the_public_page_shows_the_office_and_the_way_to_apply(city, released):
    released(city["jiaoyu"], "年度预算", categories=["budget"])
    page = Client().get("/agencies/jiaoyu/guide/")
    text = page.content.decode()
    assert page.status_code == 200
    assert city["jiaoyu"].office_phone in text
    assert "agency=jiaoyu&amp;category=budget" in text
    assert '<meta name="ColumnType" content="政府信息公开指南">' in text
    assert '<a href="/agencies/jiaoyu/">' in text
    assert 'href="/apply/' in text
    assert "public" in page["Cache-Control"]


def test_the_guide_of_an_abolished_body_points_to_its_successor(city):
    assert "/agencies/weijian/guide/" in Client().get("/agencies/weiji/guide/").content.decode()


def test_own_words_cannot_carry_markup(city):
    update_guide(city["jiaoyu"], by=city.people["drafter"], ways="<script>alert(1)</script>")
    assert b"<script>alert" not in Client().get("/agencies/jiaoyu/guide/").content


def test_the_desk_keeps_words_and_confirms_the_check(city, signed_in):
    client = signed_in("drafter")
    assert client.get("/admin/guides/").status_code == 200
    assert client.get("/admin/guides/jiaoyu/").status_code == 200
    assert client.post("/admin/guides/jiaoyu/", dict.fromkeys(WORDS, "") | {"ways": "现场查阅。"}).status_code == 302
    assert client.post("/admin/guides/jiaoyu/confirm/").status_code == 302
    guide = Guide.objects.get(agency=city["jiaoyu"])
    assert (guide.ways, guide.checked_on) == ("现场查阅。", timezone.localdate())


def test_the_desk_hides_guides_of_other_agencies(city, signed_in):
    client = signed_in("drafter")
    assert client.get("/admin/guides/caizheng/").status_code == 404
    assert client.post("/admin/guides/caizheng/confirm/").status_code == 404


def test_keepers_are_told_once_of_a_guide_that_is_due_and_of_a_catalogue_that_stands_still(city, released):
    today = timezone.localdate()
    released(city["jiaoyu"], "一条通知", today - timedelta(days=20))
    confirm_guide(city["jiaoyu"], by=city.people["drafter"], on=today)
    due = Guide.objects.get(agency=city["jiaoyu"]).check_due

    def told(person):
        return sorted(str(n)[:11] for n in Notification.objects.filter(person=city.people[person]))

    assert remind_of_upkeep(today) == 0
    remind_of_upkeep(today + timedelta(days=11))
    assert told("drafter") == ["云州市教育局的公开目录"]
    remind_of_upkeep(due)
    remind_of_upkeep(due + timedelta(days=1))
    assert told("drafter") == ["云州市教育局的公开指南", "云州市教育局的公开目录"]
    assert told("reviewer") == told("czj_gongkai") == []
    link = Notification.objects.filter(person=city.people["drafter"], message__contains="指南").get().link
    assert link == "/admin/guides/jiaoyu/"


def test_what_is_due_stands_on_the_home_page_of_those_whose_work_it_is(city, released, signed_in):
    released(city["jiaoyu"], "很久以前的一条", timezone.localdate() - timedelta(days=99))
    page = signed_in("drafter").get("/admin/").content.decode()
    assert "公开指南待检查" in page
    assert "公开目录停更" in page
    assert "上月信息待送交" not in page
    assert "公开指南待检查" not in signed_in("reviewer").get("/admin/").content.decode()
