"""What Wagtail's own catalogue leaves in English is supplied by ours, on every page that staff come to."""

import json
import re
from pathlib import Path

import pytest
import wagtail.admin
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import trans_real
from wagtail.users.models import UserProfile

from gongkai.annual.sample import sample_report
from gongkai.locale.messages import read
from gongkai.publishing.models import ColumnIndexPage, ColumnPage
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
    ("officer", "/admin/columns/"),
    ("officer", "/admin/publications/choose/"),
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


@pytest.mark.parametrize("view", ["add", "edit", "delete", "unpublish", "move", "history", "usage"])
def test_the_pages_that_wagtail_makes_for_columns_ask_for_nothing_that_has_no_chinese(city, signed_in, asked, view):
    root = ColumnIndexPage.objects.get()
    page = root.add_child(instance=ColumnPage(title="平安校园", agency=city["jiaoyu"], live=True))
    to = ["publishing", "columnpage", root.pk] if view == "add" else [page.pk]
    answer = signed_in("officer").get(reverse(f"wagtailadmin_pages:{view}", args=to))
    assert answer.status_code == 200
    assert asked - SAME_IN_CHINESE == set()


def test_signing_in_asks_for_nothing_that_has_no_chinese(client, db, asked):
    client.get("/admin/login/")
    client.post("/admin/login/", {"username": "nobody", "password": "x"})
    assert asked - SAME_IN_CHINESE == set()


def test_a_wrong_password_twice_is_said_in_chinese(client, city):
    answer = client.post("/admin/login/", {"username": "officer", "password": "wrong"})
    assert "账号或密码不对" in answer.content.decode()


def test_a_page_that_is_not_there_is_missed_in_the_language_of_the_person(city, signed_in):
    client = signed_in("officer")
    assert "没有这个页面" in client.get("/admin/publications/999999/").content.decode()
    UserProfile.objects.create(user=city.people["officer"], preferred_language="en")
    assert "There is no such page" in client.get("/admin/publications/999999/").content.decode()


def test_the_scripts_of_the_staff_side_find_all_their_words_in_chinese(signed_in):
    folder = Path(wagtail.admin.__file__).parent / "locale" / "en" / "LC_MESSAGES"
    wanted = {str(m.id[0] if isinstance(m.id, tuple) else m.id) for m in read(folder / "djangojs.po") if m.id}
    script = signed_in("officer").get("/admin/jsi18n/").content.decode()
    said = json.loads(re.search(r"const newcatalog = (\{.*?\n  \});", script, re.S)[1])
    assert {w for w in wanted if not HAN.search(str(said.get(w, ""))) and ENGLISH.search(w)} <= {
        "%(time_zone_option)s: %(localized_time_zone_label)s"
    }
    assert said["Insert a block"] == "插入内容块"
