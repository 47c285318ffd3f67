"""Who sees what and who may do what follows from posts, on a day."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from gongkai.agencies.models import Post, Role
from gongkai.agencies.queries import agencies_of, ancestors, descendants, existing, visible_to
from gongkai.agencies.rights import NotAllowed, Right, may, may_anywhere, require

pytestmark = pytest.mark.django_db


def test_a_drafter_sees_their_own_agency_only(city):
    assert [a.slug for a in visible_to(city.people["drafter"])] == ["jiaoyu"]


def test_a_disclosure_officer_sees_everything_below(city):
    seen = {a.slug for a in visible_to(city.people["county"])}
    assert seen == {"linxi", "linxi-jiaoyu", "shiqiao", "liubao"}
    assert visible_to(city.people["officer"]).count() == len(city.agencies)


def test_a_signing_leader_does_not_see_the_agencies_below(city):
    assert [a.slug for a in visible_to(city.people["leader"])] == ["yunzhou"]


def test_nobody_who_is_not_signed_in_sees_anything(city):
    assert not visible_to(AnonymousUser()).exists()
    assert not may(AnonymousUser(), Right.SEE_REPORTS, city["jiaoyu"])
    assert not may_anywhere(AnonymousUser(), Right.IMPORT_REPORTS)


def test_a_closed_account_has_no_rights(city):
    person = city.people["officer"]
    person.is_active = False
    person.save()
    assert not visible_to(person).exists()
    assert not may(person, Right.IMPORT_REPORTS, city["yunzhou"])


def test_a_superuser_sees_all_without_a_post(city):
    assert visible_to(city.people["root"]).count() == len(city.agencies)
    assert may(city.people["root"], Right.PUBLISH_REPORTS, city["shiqiao"])


@pytest.mark.parametrize(
    ("username", "right", "slug", "allowed"),
    [
        ("drafter", Right.IMPORT_REPORTS, "jiaoyu", True),
        ("drafter", Right.IMPORT_REPORTS, "caizheng", False),
        ("drafter", Right.CONFIRM_REPORTS, "jiaoyu", False),
        ("head", Right.CONFIRM_REPORTS, "jiaoyu", True),
        ("reviewer", Right.CORRECT_REPORTS, "jiaoyu", False),
        ("county", Right.PUBLISH_REPORTS, "shiqiao", True),
        ("county", Right.PUBLISH_REPORTS, "baisha", False),
        ("county", Right.PUBLISH_REPORTS, "yunzhou", False),
        ("officer", Right.PUBLISH_REPORTS, "shiqiao", True),
        ("leader", Right.PUBLISH_REPORTS, "yunzhou", True),
        ("leader", Right.PUBLISH_REPORTS, "jiaoyu", False),
        ("supervisor", Right.SEE_REPORTS, "shiqiao", True),
        ("supervisor", Right.CORRECT_REPORTS, "shiqiao", False),
        ("admin", Right.MANAGE_POSTS, "jiaoyu", True),
        ("town", Right.MANAGE_POSTS, "shiqiao", False),
    ],
)
def test_rights(city, username, right, slug, allowed):
    assert may(city.people[username], right, city[slug]) is allowed


def test_the_refusal_names_the_agency_the_right_and_the_posts(city):
    with pytest.raises(NotAllowed, match=r"云州市财政局.*导入年度报告.*起草人"):
        require(city.people["drafter"], Right.IMPORT_REPORTS, city["caizheng"])


def test_a_post_counts_from_its_first_day_until_the_day_it_ends(city):
    person, agency = city.people["leader"], city["caizheng"]
    Post.objects.create(person=person, agency=agency, role=Role.DRAFTER, since=date(2025, 3, 1), until=date(2025, 6, 1))
    held = [agency in agencies_of(person, day) for day in (date(2025, 2, 28), date(2025, 3, 1), date(2025, 5, 31))]
    assert held == [False, True, True]
    assert agency not in agencies_of(person, date(2025, 6, 1))


def test_a_post_that_begins_tomorrow_gives_nothing_today(city):
    tomorrow = timezone.localdate() + timedelta(days=1)
    Post.objects.create(person=city.people["leader"], agency=city["caizheng"], role=Role.DRAFTER, since=tomorrow)
    assert not may(city.people["leader"], Right.IMPORT_REPORTS, city["caizheng"])


def test_the_tree_of_agencies(city):
    assert descendants([city["linxi"].pk]) == {city[s].pk for s in ("linxi-jiaoyu", "shiqiao", "liubao")}
    assert ancestors(city["shiqiao"]) == {city["linxi"].pk, city["yunzhou"].pk}


def test_which_agencies_were_there_on_a_day(city):
    def there(day: date) -> set[str]:
        return {a.slug for a in existing(day)} & {"weisheng", "weiji", "weijian"}

    assert there(date(2013, 12, 31)) == {"weisheng"}
    assert there(date(2014, 3, 1)) == {"weiji"}
    assert there(date(2018, 12, 31)) == {"weiji"}
    assert there(date(2019, 1, 1)) == {"weijian"}
