"""What Wagtail's own catalogue leaves in English is supplied by ours, on every page that staff come to."""

import re

import pytest
from django.utils import timezone, translation
from django.utils.translation import trans_real

from gongkai.annual.sample import sample_report
from gongkai.reporting.auditing import refresh
from gongkai.reporting.storing import fill, new_row

pytestmark = pytest.mark.django_db
ENGLISH = re.compile(r"[A-Za-z]{2,}")
HAN = re.compile(r"[\u4e00-\u9fff]")
SAME_IN_CHINESE = {"SHA-256", "SM3", "Esc", "Enter", "HTML", "Alt", "Ctrl", "Shift", "URL"}


@pytest.fixture
def asked(monkeypatch):
    """Collects the English strings that are asked for in Chinese and come back in English."""
    missing: set[str] = set()

    def watch(name, at):
        real = getattr(trans_real, name)

        def watched(*args):
            said = real(*args)
            string = str(args[at])
            english = ENGLISH.search(string) and not HAN.search(string)
            if translation.get_language() == "zh-hans" and english and said == string:
                missing.add(string)
            return said

        monkeypatch.setattr(translation._trans, name, watched, raising=False)

    watch("gettext", 0)
    watch("ngettext", 0)
    watch("pgettext", 1)
    return missing


ADDRESSES = [
    ("officer", "/admin/"),
    ("officer", "/admin/annual-reports/"),
    ("officer", "/admin/annual-reports/import/"),
    ("officer", "/admin/annual-reports/{report}/"),
    ("officer", "/admin/agencies/"),
    ("admin", "/admin/agencies/jiaoyu/"),
    ("officer", "/admin/account/"),
    ("root", "/admin/users/"),
    ("root", "/admin/users/?q=none"),
    ("root", "/admin/users/new/"),
    ("root", "/admin/users/edit/{person}/"),
    ("officer", "/admin/nowhere/"),
    ("drafter", "/admin/publications/"),
    ("drafter", "/admin/publications/new/"),
    ("reviewer", "/admin/publications/review/"),
    ("officer", "/admin/coordination/"),
    ("officer", "/admin/notices/"),
    ("admin", "/admin/publishing/"),
    ("admin", "/admin/publishing/jiaoyu/"),
    ("admin", "/admin/publishing/calendar/"),
    ("admin", "/admin/agencies/new/"),
    ("admin", "/admin/agencies/import/"),
    ("officer", "/admin/guides/"),
    ("officer", "/admin/directories/"),
    ("officer", "/admin/directories/import/"),
    ("officer", "/admin/gazette/new/"),
    ("officer", "/admin/transfers/"),
    ("officer", "/admin/subscriptions/new/"),
    ("officer", "/admin/searches/"),
]


@pytest.mark.parametrize(("who", "address"), ADDRESSES)
def test_a_staff_page_asks_for_nothing_that_has_no_chinese(city, signed_in, asked, who, address):
    row = fill(
        new_row(city["jiaoyu"], 2024),
        sample_report("gov-2021", year=2024, agency=city["jiaoyu"].name, seed=1),
        source=None,
        at=timezone.now(),
    )
    refresh(row)
    signed_in(who).get(address.format(report=row.pk, person=city.people["drafter"].pk))
    assert asked - SAME_IN_CHINESE == set()


def test_signing_in_asks_for_nothing_that_has_no_chinese(client, db, asked):
    client.get("/admin/login/")
    client.post("/admin/login/", {"username": "nobody", "password": "x"})
    assert asked - SAME_IN_CHINESE == set()


def test_a_wrong_password_twice_is_said_in_chinese(client, city):
    answer = client.post("/admin/login/", {"username": "officer", "password": "wrong"})
    assert "账号或密码不对" in answer.content.decode()
