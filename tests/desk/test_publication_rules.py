"""The paths and rules of an agency, and the holidays of a year, as staff set them."""

from __future__ import annotations

from typing import Any

import pytest
from publication_pages import page, text

from gongkai.office.models import CalendarDay
from gongkai.publishing.actions import submitting
from gongkai.publishing.models import (
    AgencyPath,
    Step,
)
from gongkai.publishing.queries.paths import policy_for

pytestmark = pytest.mark.django_db


def steps(**more: Any) -> dict[str, Any]:
    return {
        "kind": "news",
        "use_confidentiality": "1",
        "order_confidentiality": "1",
        "days_confidentiality": "1",
        "use_sign_off": "1",
        "order_sign_off": "1",
        "days_sign_off": "1",
        **more,
    }


def test_an_agency_sets_its_own_path_for_a_kind_and_publications_follow_it(city, signed_in, drafted):
    client = signed_in("jyj_gongkai")
    client.post(page("publishing-path", "jiaoyu"), steps())
    made = drafted(kind="news")
    assert submitting.submit(made, by=city.people["drafter"]).step == Step.CONFIDENTIALITY
    assert "保密审查 1 → 签发 1" in text(client.get(page("publishing-agency", "jiaoyu")))
    client.post(page("publishing-path", "jiaoyu"), {"kind": "news", "inherit": "1"})
    assert not AgencyPath.objects.filter(agency=city["jiaoyu"]).exists()


def test_two_may_have_to_sign_and_the_page_says_where_people_are_missing(city, signed_in, drafted):
    client = signed_in("jyj_gongkai")
    client.post(page("publishing-path", "jiaoyu"), steps(twice_sign_off="1", kind=""))
    html = text(client.get(page("publishing-agency", "jiaoyu"), {"kind": ""}))
    assert "保密审查 1 → 签发 1 → 签发（第二人） 1" in html
    assert "签发须有2人办理，现有1人" in html
    assert 'name="twice_sign_off" value="1" checked' in html
    made = submitting.submit(drafted(), by=city.people["drafter"])
    shown = text(client.get(page("publication", made.pk)))
    assert "签发（第二人）" in shown
    assert "可以办理的人：郑慎行" in shown


@pytest.mark.parametrize(
    "wrong",
    [
        {"use_confidentiality": ""},
        {"use_sign_off": ""},
        {"days_sign_off": "0"},
        {"days_sign_off": "x"},
        {"kind": "zzz"},
    ],
)
def test_no_path_leaves_out_the_review_or_the_signature(city, signed_in, wrong):
    signed_in("jyj_gongkai").post(page("publishing-path", "jiaoyu"), steps(**wrong))
    assert not AgencyPath.objects.filter(agency=city["jiaoyu"]).exists()


POLICY = {
    "release_days": "15",
    "warn_days": "5",
    "coordination_days": "5",
    "reassess_months": "12",
    "interpretation_days": "3",
    "guide_review_months": "6",
    "catalogue_stale_days": "30",
    "transfer_day": "10",
    "level_mobile": "block",
}


def test_an_agency_may_be_stricter_than_the_law_but_not_laxer(city, signed_in):
    client = signed_in("jyj_gongkai")
    client.post(page("publishing-policy", "jiaoyu"), POLICY)
    policy = policy_for(city["jiaoyu"])
    assert policy.release_days == 15
    assert policy.interpretation_required is False
    answer = client.post(page("publishing-policy", "jiaoyu"), POLICY | {"release_days": "30"})
    assert answer.status_code == 422
    assert policy_for(city["jiaoyu"]).release_days == 15


def test_rules_of_others_are_out_of_reach(signed_in):
    for username in ("czj_gongkai", "drafter"):
        client = signed_in(username)
        assert client.get(page("publishing-agency", "jiaoyu")).status_code == 404
        assert client.post(page("publishing-path", "jiaoyu"), steps()).status_code == 404
        assert client.post(page("publishing-policy", "jiaoyu"), POLICY).status_code == 404


def test_the_holidays_of_a_year_are_entered_by_the_administrator(signed_in):
    address = page("publishing-calendar")
    given = {"year": "2031", "basis": "放假通知", "off": "2031-01-01 2031年10月1日", "make_up": "2031-01-04"}
    assert signed_in("drafter").post(address, given).status_code == 302
    assert not CalendarDay.objects.exists()
    bad = signed_in("admin").post(address, given | {"off": "元旦"})
    assert bad.status_code == 422
    assert "看不懂这些日期" in text(bad)
    signed_in("admin").post(address, given)
    assert CalendarDay.objects.count() == 3
