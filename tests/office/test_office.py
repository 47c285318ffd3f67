"""Working days as the office reckons them, and messages to people."""

from __future__ import annotations

from datetime import date

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import override_settings

from gongkai.agencies.rights import NotAllowed
from gongkai.office.actions import enter_year, mark_read, notify
from gongkai.office.models import CalendarDay, Notification
from gongkai.office.working_days import due, forget, remaining


@pytest.fixture(autouse=True)
def _fresh_calendar():
    forget()
    yield
    forget()


def test_the_day_of_the_event_is_not_counted(db):
    assert due(date(2026, 1, 30), 20).day == date(2026, 3, 5)


def test_a_deadline_beyond_the_known_holidays_is_provisional(db):
    assert not due(date(2026, 11, 20), 20).provisional
    assert due(date(2026, 12, 20), 20).provisional


def test_entering_a_year_makes_its_deadlines_certain(city, django_capture_on_commit_callbacks):
    before = due(date(2026, 12, 30), 3)
    with django_capture_on_commit_callbacks(execute=True):
        enter_year(
            2027,
            off=[date(2027, 1, 1), date(2027, 1, 4)],
            make_up=[date(2027, 1, 9)],
            basis="关于2027年部分节假日安排的通知",
            by=city.people["admin"],
        )
    after = due(date(2026, 12, 30), 3)
    assert before.provisional
    assert (after.provisional, after.day) == (False, date(2027, 1, 6))


def test_a_year_is_entered_by_an_administrator_with_days_that_can_be(city):
    with pytest.raises(NotAllowed):
        enter_year(2027, off=[], make_up=[], basis="通知", by=city.people["drafter"])
    with pytest.raises(ValidationError) as error:
        enter_year(2027, off=[date(2027, 1, 2)], make_up=[date(2027, 1, 4)], basis="", by=city.people["admin"])
    assert set(error.value.message_dict) == {"off", "make_up", "basis"}
    assert not CalendarDay.objects.exists()


def test_remaining_days_count_down_and_below_zero(db):
    assert remaining(date(2026, 11, 20), date(2026, 11, 23)) == 1
    assert remaining(date(2026, 11, 23), date(2026, 11, 20)) == -1
    assert remaining(date(2026, 11, 20), date(2026, 11, 20)) == 0


def test_a_message_reaches_each_person_once_and_can_be_read(city):
    people = [city.people["drafter"], city.people["head"], city.people["drafter"]]
    notify(people, "“%(title)s”已发布。", title="招生通知")
    assert [str(n) for n in Notification.objects.filter(person=people[0])] == ["“招生通知”已发布。"]
    assert Notification.objects.count() == 2
    assert mark_read(people[0]) == 1
    assert Notification.objects.filter(read_at=None).get().person == people[1]


@override_settings(EMAIL_HOST="localhost")
def test_a_message_is_mailed_to_who_has_an_address(city, django_capture_on_commit_callbacks):
    person = city.people["drafter"]
    person.email = "drafter@yunzhou.example"
    person.save()
    with django_capture_on_commit_callbacks(execute=True):
        notify([person, city.people["head"]], "“%(title)s”已发布。", link="/admin/", title="招生通知")
    assert [m.to for m in mail.outbox] == [["drafter@yunzhou.example"]]
    assert "招生通知" in mail.outbox[0].subject
