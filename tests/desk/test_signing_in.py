"""The door: who tries passwords too often waits, by account and by address, and nobody else does."""

from __future__ import annotations

import logging
import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.core.exceptions import PermissionDenied
from django.test import Client, RequestFactory
from django.utils import timezone

from gongkai.agencies.actions import end_post
from gongkai.agencies.backend import PostBackend
from gongkai.agencies.demo import PASSWORD
from gongkai.agencies.models import Person, SignInTries
from gongkai.agencies.signing_in import address_of
from gongkai.trail.models import Entry

pytestmark = pytest.mark.django_db
DOOR = "/admin/login/"
HERE = "198.51.100.7"


def knock(username: str, password: str, address: str = HERE) -> Any:
    return Client(REMOTE_ADDR=address).post(DOOR, {"username": username, "password": password})


def guess(username: str, address: str = HERE) -> None:
    """A wrong password without the page, which takes its time."""
    authenticate(RequestFactory().post(DOOR, REMOTE_ADDR=address), username=username, password="wrong-password")


def comes_in(username: str, address: str = HERE) -> bool:
    return knock(username, PASSWORD, address).status_code == 302


def test_five_wrong_passwords_close_the_door_and_say_until_when(city):
    said = [knock("head", "wrong-password").content.decode() for _ in range(5)]
    assert "请重新输入" in said[0]
    assert "再错 2 次，须等 15 分钟" in said[2]
    assert "再错 1 次" in said[3]
    assert "已暂停登录" in said[4]
    answer = knock("head", PASSWORD)
    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= 15 * 60 + 1
    assert re.search(r"请在 \d\d:\d\d 以后再试", answer.content.decode())
    entry = Entry.objects.get(action="agencies.pause_sign_in")
    assert (entry.data["username"], entry.data["address"]) == ("head", HERE)


def test_others_at_the_same_address_and_the_same_person_elsewhere_come_in(city):
    for _ in range(5):
        guess("head")
    assert comes_in("drafter")
    assert comes_in("head", "198.51.100.8")


def test_the_wait_ends_by_itself(city):
    for _ in range(6):
        guess("head")
    earlier = timezone.now() - timedelta(minutes=16)
    SignInTries.objects.filter(until__isnull=False).update(since=earlier, until=earlier + timedelta(minutes=15))
    assert comes_in("head")


def test_the_right_password_forgets_the_wrong_ones(city):
    for _ in range(3):
        for _ in range(4):
            guess("head")
        assert comes_in("head")
    assert not Entry.objects.filter(action="agencies.pause_sign_in").exists()


def test_an_account_tried_from_everywhere_waits_everywhere(city):
    for n in range(20):
        guess("head", f"203.0.113.{n + 1}")
    assert not comes_in("head", "203.0.113.99")
    assert comes_in("drafter", "203.0.113.99")


def test_an_address_that_tries_many_accounts_waits_whoever_comes_in_between(city):
    for n in range(50):
        guess(f"nobody{n}")
        if n in (10, 30):
            assert comes_in("drafter")
    assert not comes_in("drafter")
    assert comes_in("drafter", "198.51.100.8")


def test_without_the_proxies_set_up_nobody_waits_for_others(city):
    for n in range(50):
        guess(f"nobody{n}", "127.0.0.1")
    assert comes_in("drafter", "127.0.0.1")


def test_an_unknown_name_is_answered_alike_and_kept_nowhere(city, caplog):
    with caplog.at_level(logging.WARNING, "gongkai.agencies.signing_in"):
        for _ in range(5):
            answer = knock("my-secret-password", "x")
    assert "已暂停登录" in answer.content.decode()
    assert not Entry.objects.filter(action="agencies.pause_sign_in").exists()
    assert HERE in caplog.text
    assert "my-secret-password" not in caplog.text
    assert len(SignInTries.objects.first().account) in (0, 64)


def test_saving_the_account_ends_its_pause(city, signed_in):
    for _ in range(5):
        guess("head")
    data = {"username": "head", "first_name": "吴怀谦", "last_name": "", "email": "", "is_active": "on"}
    signed_in("root").post(f"/admin/users/edit/{city.people['head'].pk}/", data)
    assert comes_in("head")


def test_somebody_without_a_post_is_told_at_the_door(city):
    for post in city.people["head"].posts.all():
        end_post(post, by=city.people["admin"])
    answer = knock("head", PASSWORD)
    assert "没有在任何机关任职" in answer.content.decode()
    assert not answer.wsgi_request.user.is_authenticated
    assert comes_in("root")


def test_the_list_of_accounts_shows_posts(city, signed_in):
    html = signed_in("root").get("/admin/users/?q=town").content.decode()
    assert "石桥镇 政府信息公开工作人员、石桥镇 起草人" in html
    assert "没有任职" in signed_in("root").get(f"/admin/users/?q={nobody()}").content.decode()


def nobody() -> str:
    """The account of somebody without a post."""
    return str(Person.objects.create(username="zzz_new", first_name="新来者").username)


def test_it_can_be_switched_off(city, settings):
    settings.SIGN_IN_TRIES = 0
    for _ in range(6):
        guess("head")
    assert comes_in("head")
    assert not SignInTries.objects.exists()


def test_whoever_signs_in_by_code_is_counted_too(city):
    request = RequestFactory().post("/", REMOTE_ADDR=HERE)
    for _ in range(5):
        assert authenticate(request, username="head", password="wrong") is None
    with pytest.raises(PermissionDenied):
        PostBackend().authenticate(request, username="head", password=PASSWORD)
    assert authenticate(None, username="head", password=PASSWORD) == city.people["head"]


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "203.0.113.1", HERE),
        (1, "", ""),
        (1, "203.0.113.1", "203.0.113.1"),
        (1, "1.2.3.4, 203.0.113.1", "203.0.113.1"),
        (2, "1.2.3.4, 203.0.113.1, 10.0.0.2", "203.0.113.1"),
        (2, "203.0.113.1", "203.0.113.1"),
        (1, "not-an-address", ""),
        (1, "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        (1, "::ffff:203.0.113.1", "203.0.113.1"),
        (1, "fe80::1%eth0", "fe80::/64"),
    ],
)
def test_the_address_is_what_the_outermost_proxy_saw(settings, proxies, forwarded, address):
    settings.PROXIES = proxies
    request = RequestFactory().get("/", REMOTE_ADDR=HERE, HTTP_X_FORWARDED_FOR=forwarded)
    assert address_of(request) == address
