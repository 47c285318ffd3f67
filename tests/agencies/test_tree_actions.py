"""Agencies are founded, renamed, moved, merged and abolished with the right, without circles, on record."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from gongkai.agencies.actions import (
    abolish,
    appoint,
    correct_name,
    end_post,
    found,
    merge,
    move,
    reinstate,
    rename,
    update_details,
)
from gongkai.agencies.demo import credit_code
from gongkai.agencies.models import Agency, Kind, Level, Post, Role
from gongkai.agencies.queries import existing, find_by_name, matching, successor_of
from gongkai.agencies.rights import NotAllowed
from gongkai.trail.chain import history, verify

pytestmark = pytest.mark.django_db


def fields(number: int = 901, **more: object) -> dict[str, object]:
    code = credit_code(number, Kind.DEPARTMENT)
    return {
        "name": "云州市园林局",
        "code": code,
        "slug": "yuanlin",
        "kind": Kind.DEPARTMENT,
        "level": Level.CITY,
        **more,
    }


def test_an_administrator_founds_an_agency_below_their_own(city):
    agency = found(parent=city["yunzhou"], by=city.people["admin"], **fields())
    assert agency.index_prefix == agency.code[8:17]
    assert history(agency)[0].action == "agencies.found"


@pytest.mark.parametrize("username", ["officer", "county", "drafter"])
def test_nobody_else_founds_one(city, username):
    with pytest.raises(NotAllowed):
        found(parent=city["yunzhou"], by=city.people[username], **fields())


def test_only_the_systems_administrator_founds_one_at_the_top(city):
    with pytest.raises(NotAllowed):
        found(parent=None, by=city.people["admin"], **fields())
    assert found(parent=None, by=city.people["root"], **fields()).parent is None


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"code": "11990100MB99000000"}, "code"),
        ({"code": "11990100MB9900000"}, "code"),
        ({"name": "云州市教育局"}, "name"),
        ({"name": "  "}, "name"),
        ({"slug": "有字"}, "slug"),
        ({"office_postcode": "12"}, "office_postcode"),
        ({"org_code": "123"}, "org_code"),
        ({"kind": "court"}, "kind"),
    ],
)
def test_what_cannot_be_is_told_by_field(city, wrong, field):
    with pytest.raises(ValidationError) as refused:
        found(parent=city["yunzhou"], by=city.people["admin"], **fields(**wrong))
    assert field in refused.value.message_dict
    assert not Agency.objects.filter(slug="yuanlin").exists()


def test_two_agencies_never_share_the_prefix_of_index_numbers(city):
    with pytest.raises(ValidationError, match="组织机构代码"):
        update_details(city["keji"], by=city.people["admin"], org_code=city["fagai"].index_prefix)


def test_a_renamed_agency_is_found_by_both_names(city):
    agency = city["keji"]
    rename(agency, "云州市科技创新局", by=city.people["admin"], on=date(2025, 3, 1), short_name="市科创局")
    assert find_by_name("云州市科技创新局") == find_by_name("云州市科学技术局") == agency
    assert agency in matching("科学技术局")
    former = agency.former_names.get()
    assert (former.name, former.until) == ("云州市科学技术局", date(2025, 3, 1))
    assert history(agency)[0].data["name"] == ["云州市科学技术局", "云州市科技创新局"]


def test_a_name_is_not_taken_before_the_one_before_it_nor_tomorrow(city):
    rename(city["keji"], "甲局", by=city.people["admin"], on=date(2025, 3, 1))
    with pytest.raises(ValidationError, match="早于"):
        rename(city["keji"], "乙局", by=city.people["admin"], on=date(2025, 2, 1))
    with pytest.raises(ValidationError, match="还没有到"):
        rename(city["keji"], "乙局", by=city.people["admin"], on=timezone.localdate() + timedelta(days=1))


def test_nobody_renames_their_own_agency(city):
    appoint(city.people["town"], city["shiqiao"], Role.ADMINISTRATOR, by=city.people["admin"])
    with pytest.raises(NotAllowed):
        rename(city["shiqiao"], "石桥市", by=city.people["town"])


def test_moving_below_oneself_is_refused(city):
    for below in ("linxi", "shiqiao"):
        with pytest.raises(ValidationError, match="下级"):
            move(city["linxi"], city[below], by=city.people["root"])
    move(city["shiqiao"], city["songting"], by=city.people["admin"])
    assert city["shiqiao"].parent == city["songting"]


def test_an_abolished_agency_keeps_its_place_and_points_to_its_successor(city):
    agency, person = city["jiaoyu"], city.people["admin"]
    day = date(2025, 9, 1)
    abolish(agency, city["keji"], by=person, on=day)
    assert successor_of(agency) == city["keji"]
    assert agency not in existing()
    assert agency in existing(date(2025, 8, 31))
    assert set(agency.posts.values_list("until", flat=True)) == {day}
    assert history(agency)[0].data["posts_ended"] == 6
    assert verify().ok


def test_an_abolished_agency_gets_no_posts_no_name_and_no_children(city):
    agency, person = city["weisheng"], city.people["admin"]
    with pytest.raises(ValidationError, match="卫生和计划生育委员会"):
        appoint(city.people["head"], agency, Role.DRAFTER, by=person)
    with pytest.raises(ValidationError, match="撤销"):
        rename(agency, "别局", by=person)
    with pytest.raises(ValidationError, match="撤销"):
        move(city["keji"], agency, by=city.people["root"])
    with pytest.raises(ValidationError, match="撤销"):
        abolish(city["keji"], agency, by=person)
    assert not agency.posts.exists()


def test_the_chain_of_successors_ends_in_the_one_that_is_there(city):
    assert successor_of(city["weisheng"]) == city["weijian"]
    assert successor_of(city["weijian"]) is None


def test_what_stands_below_an_abolished_agency_comes_under_the_successor(city):
    abolish(city["linxi"], city["songting"], by=city.people["admin"])
    assert {a.slug for a in city["songting"].children.all()} >= {"shiqiao", "liubao", "linxi-jiaoyu", "baisha"}


def test_a_successor_from_below_takes_the_place_beside(city):
    abolish(city["linxi"], city["shiqiao"], by=city.people["admin"])
    moved = Agency.objects.get(slug="shiqiao")
    assert moved.parent == city["yunzhou"]
    assert {a.slug for a in moved.children.all()} == {"liubao", "linxi-jiaoyu"}


def test_merging_abolishes_all_or_none(city):
    with pytest.raises(ValidationError):
        merge([city["keji"], city["weisheng"]], city["fagai"], by=city.people["admin"])
    assert Agency.objects.get(slug="keji").abolished is None
    merge([city["keji"], city["shangwu"]], city["fagai"], by=city.people["admin"])
    assert {a.slug for a in city["fagai"].predecessors.all()} == {"keji", "shangwu"}
    with pytest.raises(ValidationError, match="自己"):
        merge([city["fagai"]], city["fagai"], by=city.people["admin"])


def test_a_mistaken_merger_is_taken_back_with_its_posts_and_what_stood_below(city):
    person = city.people["admin"]
    ended = list(city["linxi"].posts.filter(until=None))
    merge([city["linxi"]], city["songting"], by=person, on=date(2025, 9, 1))
    move(city["liubao"], city["chenghu"], by=city.people["root"])
    end_post(city.people["town"].posts.first(), by=person)
    again = appoint(city.people["county"], city["songting"], Role.DISCLOSURE_OFFICER, by=person)
    with pytest.raises(ValidationError, match="理由"):
        reinstate(city["linxi"], by=person, reason=" ")
    row = reinstate(city["linxi"], by=person, reason="合并的不是本县")
    assert (row.abolished, row.successor) == (None, None)
    assert {a.slug for a in row.children.all()} == {"shiqiao", "linxi-jiaoyu"}
    assert {p.pk for p in row.posts.filter(until=None)} == {p.pk for p in ended}
    assert Post.objects.get(pk=again.pk).until is None
    assert history(row)[0].data == {"reason": "合并的不是本县", "posts": len(ended), "posts_ended": len(ended)}
    assert verify().ok


def test_what_cannot_be_taken_back_says_why(city):
    person = city.people["admin"]
    with pytest.raises(ValidationError, match="没有撤销"):
        reinstate(city["keji"], by=person, reason="录入有误")
    with pytest.raises(ValidationError, match="请先撤回"):
        reinstate(city["weisheng"], by=person, reason="录入有误")
    with pytest.raises(NotAllowed):
        reinstate(city["weiji"], by=city.people["wjw_gongkai"], reason="录入有误")
    assert reinstate(city["weiji"], by=person, reason="录入有误").abolished is None
    assert successor_of(city["weisheng"]) == city["weiji"]


def test_a_post_whose_holder_left_meanwhile_stays_ended(city):
    person = city.people["admin"]
    abolish(city["caizheng"], city["fagai"], by=person)
    gone = city.people["czj_qicao"]
    gone.is_active = False
    gone.save()
    reinstate(city["caizheng"], by=person, reason="录入有误")
    assert gone.posts.get().until is not None
    assert city.people["czj_keshi"].posts.get().until is None


def test_a_name_entered_wrongly_is_corrected_without_a_former_name(city):
    person = city.people["admin"]
    rename(city["keji"], "云州市科创局", by=person, on=date(2025, 3, 1))
    correct_name(city["keji"], "云州市科技创新局", by=person, reason="漏了两个字")
    assert [f.name for f in city["keji"].former_names.all()] == ["云州市科学技术局"]
    with pytest.raises(ValidationError, match="理由"):
        correct_name(city["keji"], "云州市科学技术局", by=person, reason="")
    correct_name(city["keji"], "云州市科学技术局", by=person, reason="没有更名")
    assert not city["keji"].former_names.exists()
    assert history(city["keji"])[0].data["name"] == ["云州市科技创新局", "云州市科学技术局"]
