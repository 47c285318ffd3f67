"""A deputy has the rights of a post while its holder is away, and the record says whom they stood in for."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from gongkai.agencies.actions import (
    announce_absence,
    end_absence,
    end_post,
    set_leading_group,
    set_staff,
    update_office,
)
from gongkai.agencies.actions.details import Member
from gongkai.agencies.models import Absence, Duty, Post, Role
from gongkai.agencies.queries import current_posts, own_posts, visible_to
from gongkai.agencies.rights import NotAllowed, Right, may
from gongkai.trail.chain import history
from gongkai.trail.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def away(city) -> Absence:
    """The disclosure officer of 教育局 is away from today for a week; the drafter stands in."""
    post = Post.objects.get(person=city.people["jyj_gongkai"])
    today = timezone.localdate()
    return announce_absence(
        post, deputy=city.people["drafter"], since=today, until=today + timedelta(days=7), by=post.person, reason="休假"
    )


def test_a_deputy_has_the_rights_from_the_first_day_until_the_day_of_return(city, away):
    deputy, agency = city.people["drafter"], city["jiaoyu"]
    days = [away.since - timedelta(days=1), away.since, away.until - timedelta(days=1), away.until]
    assert [may(deputy, Right.MANAGE_AGENCY, agency, day) for day in days] == [False, True, True, False]
    assert away.post in current_posts(deputy)
    assert away.post not in own_posts(deputy)


def test_the_holder_keeps_the_rights(city, away):
    assert may(city.people["jyj_gongkai"], Right.MANAGE_AGENCY, city["jiaoyu"])


def test_the_record_says_whom_the_deputy_stood_in_for(city, away):
    update_office(city["jiaoyu"], by=city.people["drafter"], office_phone="0999-5550000")
    assert history(city["jiaoyu"])[0].actor_name == "陈若溪（代方畅之）"
    end_absence(away, by=city.people["jyj_gongkai"])
    with pytest.raises(NotAllowed):
        update_office(city["jiaoyu"], by=city.people["drafter"], office_phone="0999-5550001")


def test_a_deputy_of_an_overseeing_post_sees_what_stands_below(city):
    post = Post.objects.get(person=city.people["county"])
    today = timezone.localdate()
    deputy = city.people["lxx_qicao"]
    assert not visible_to(deputy).filter(slug="shiqiao").exists()
    announce_absence(post, deputy=deputy, since=today, until=today + timedelta(days=1), by=post.person)
    assert visible_to(deputy).filter(slug="shiqiao").exists()


def test_the_rights_end_with_the_post(city, away):
    end_post(away.post, by=city.people["admin"])
    assert not may(city.people["drafter"], Right.MANAGE_AGENCY, city["jiaoyu"])


def test_only_the_holder_and_who_sets_posts_may_name_a_deputy(city):
    post = Post.objects.get(person=city.people["jyj_gongkai"])
    today = timezone.localdate()
    days = {"since": today, "until": today + timedelta(days=2)}
    with pytest.raises(NotAllowed):
        announce_absence(post, deputy=city.people["drafter"], by=city.people["drafter"], **days)
    announce_absence(post, deputy=city.people["drafter"], by=city.people["admin"], **days)


@pytest.mark.parametrize(
    ("deputy", "since", "until", "field"),
    [
        ("jyj_gongkai", 0, 3, "deputy"),
        ("town", 0, 3, "deputy"),
        ("drafter", 3, 3, "until"),
        ("drafter", -9, -3, "until"),
    ],
)
def test_an_absence_that_cannot_be_is_refused(city, deputy, since, until, field):
    post = Post.objects.get(person=city.people["jyj_gongkai"])
    today = timezone.localdate()
    with pytest.raises(ValidationError) as refused:
        announce_absence(
            post,
            deputy=city.people[deputy],
            since=today + timedelta(days=since),
            until=today + timedelta(days=until),
            by=post.person,
        )
    assert field in refused.value.message_dict
    assert not post.absences.exists()


def test_two_deputies_at_once_are_refused_and_an_ended_absence_makes_room(city, away):
    again = {"deputy": city.people["head"], "since": away.since, "until": away.until, "by": away.post.person}
    with pytest.raises(ValidationError, match="已经设置了代理人"):
        announce_absence(away.post, **again)
    end_absence(away, by=away.post.person)
    with pytest.raises(ValidationError, match="已经结束"):
        end_absence(away, by=away.post.person)
    announce_absence(away.post, **again)


def test_the_leading_group_is_replaced_in_order_and_recorded(city):
    members = [Member("甲某", Duty.HEAD, "局长"), Member("乙某", Duty.DEPUTY)]
    set_leading_group(city["jiaoyu"], members, by=city.people["jyj_gongkai"])
    assert [m.name for m in city["jiaoyu"].leading_group.all()] == ["甲某", "乙某"]
    assert history(city["jiaoyu"])[0].data["after"] == ["组长 甲某 局长", "副组长 乙某"]
    with pytest.raises(ValidationError, match="第 2 名成员"):
        set_leading_group(city["jiaoyu"], [Member("甲某"), Member(" ")], by=city.people["jyj_gongkai"])
    assert city["jiaoyu"].leading_group.count() == 2


def test_staff_figures_stand_by_year_and_change_on_record(city):
    by, year = city.people["jyj_gongkai"], timezone.localdate().year
    set_staff(city["jiaoyu"], year, full_time=3, part_time=8, by=by)
    set_staff(city["jiaoyu"], year, full_time=4, part_time=8, by=by)
    row = city["jiaoyu"].staff.get(year=year)
    assert (row.full_time, row.part_time) == (4, 8)
    assert Entry.objects.filter(action="agencies.set_staff").first().data["before"] == [3, 8]
    with pytest.raises(ValidationError, match="还没有到"):
        set_staff(city["jiaoyu"], year + 1, full_time=1, part_time=1, by=by)
    with pytest.raises(ValidationError):
        set_staff(city["jiaoyu"], year, full_time=-1, part_time=1, by=by)


def test_every_role_of_a_path_is_held_in_several_agencies_of_the_demo(city):
    path = {Role.DRAFTER, Role.UNIT_HEAD, Role.CONFIDENTIALITY_REVIEWER, Role.SIGNING_LEADER, Role.DISCLOSURE_OFFICER}
    whole = [a.slug for a in city.agencies.values() if path <= set(a.posts.values_list("role", flat=True))]
    assert set(whole) >= {"yunzhou", "jiaoyu", "caizheng", "weijian", "linxi", "shiqiao"}
    assert Absence.objects.get().deputy == city.people["czj_gongkai"]
