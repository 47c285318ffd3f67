"""Keeping an agency's details and posts: with the right, on record."""

import pytest
from django.core.exceptions import ValidationError

from gongkai.agencies.actions import appoint, end_post, update_office
from gongkai.agencies.models import Post, Role
from gongkai.agencies.rights import NotAllowed, Right, may
from gongkai.trail.chain import history, verify

pytestmark = pytest.mark.django_db


def test_the_office_details_change_with_a_record_of_before_and_after(city):
    agency = city["shiqiao"]
    before = agency.office_phone
    update_office(agency, by=city.people["town"], office_phone="0999-5550999")
    assert agency.office_phone == "0999-5550999"
    assert history(agency)[0].data == {"office_phone": [before, "0999-5550999"]}


def test_nothing_changed_leaves_no_record(city):
    update_office(city["shiqiao"], by=city.people["town"], office_phone=city["shiqiao"].office_phone)
    assert not history(city["shiqiao"]).exists()


def test_only_office_details_can_be_changed_this_way(city):
    with pytest.raises(TypeError, match="name"):
        update_office(city["shiqiao"], by=city.people["root"], name="别的镇")


def test_another_agency_cannot_be_changed(city):
    with pytest.raises(NotAllowed):
        update_office(city["baisha"], by=city.people["town"], office_phone="1")
    assert not history(city["baisha"]).exists()


def test_a_wrong_address_is_refused(city):
    with pytest.raises(ValidationError):
        update_office(city["shiqiao"], by=city.people["town"], office_email="not an address")


def test_an_administrator_appoints_and_ends(city):
    person, agency = city.people["drafter"], city["caizheng"]
    post = appoint(person, agency, Role.DRAFTER, by=city.people["admin"])
    assert may(person, Right.IMPORT_REPORTS, agency)
    end_post(post, by=city.people["admin"])
    assert not may(person, Right.IMPORT_REPORTS, agency)
    assert Post.objects.filter(pk=post.pk).exists()
    assert [e.action for e in history(post)] == ["agencies.end_post", "agencies.appoint"]
    assert verify().ok


def test_nobody_appoints_themselves(city):
    with pytest.raises(NotAllowed):
        appoint(city.people["drafter"], city["jiaoyu"], Role.DISCLOSURE_OFFICER, by=city.people["drafter"])


def test_the_same_post_twice_is_refused(city):
    with pytest.raises(ValidationError, match="已在该机关担任"):
        appoint(city.people["drafter"], city["jiaoyu"], Role.DRAFTER, by=city.people["admin"])


def test_an_unknown_role_is_refused(city):
    with pytest.raises(ValidationError):
        appoint(city.people["drafter"], city["jiaoyu"], "king", by=city.people["admin"])
