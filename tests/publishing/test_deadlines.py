"""Deadlines across years whose holidays are not known yet, and what happens when they become known."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from gongkai.office.actions import enter_year
from gongkai.office.working_days import due, forget
from gongkai.publishing.actions import drafting, submitting
from gongkai.publishing.models import CoordinationRequest, Publication, State, Step
from gongkai.trail.models import Entry

TODAY = timezone.localdate()


@pytest.fixture(autouse=True)
def _fresh_calendar():
    forget()
    yield
    forget()


def coming_days_off() -> dict[int, list[date]]:
    """Weekdays of the next three weeks, by year: an invented holiday that moves every deadline."""
    days = [TODAY + timedelta(days=n) for n in range(1, 22)]
    found: dict[int, list[date]] = {}
    for day in days:
        if day.weekday() < 5:
            found.setdefault(day.year, []).append(day)
    return found


def enter(city: Any, run: Any) -> None:
    with run(execute=True):
        for year, off in coming_days_off().items():
            enter_year(year, off=off, make_up=[], basis="放假通知", by=city.people["admin"])


@pytest.fixture
def item(city: Any) -> Publication:
    return drafting.create_draft(
        city["jiaoyu"],
        by=city.people["drafter"],
        title="关于校服采购的通知",
        body="<p>正文</p>",
        theme="T0201",
        categories=["livelihood"],
        made_on=TODAY,
        touched_agencies=[city["caizheng"].pk],
    )


def test_a_year_that_becomes_known_moves_what_is_still_open(city, item, django_capture_on_commit_callbacks):
    item = submitting.submit(item, by=city.people["drafter"])
    asked = CoordinationRequest.objects.create(
        publication=item, revision=item.latest_revision, agency=city["caizheng"], due_on=due(TODAY, 5).day
    )
    before = (item.release_due, item.step_due, asked.due_on)
    enter(city, django_capture_on_commit_callbacks)
    item.refresh_from_db()
    asked.refresh_from_db()
    now = (item.release_due, item.step_due, asked.due_on)
    assert now == (due(TODAY, 20).day, due(TODAY, 2).day, due(TODAY, 5).day)
    assert all(day > earlier for day, earlier in zip(now, before, strict=True))
    assert Entry.objects.filter(action="publishing.reckon_again").count() == 1


def test_what_is_over_or_late_already_keeps_its_day(city, item, django_capture_on_commit_callbacks):
    late = TODAY - timedelta(days=3)
    Publication.objects.filter(pk=item.pk).update(release_due=late)
    out = drafting.create_draft(city["jiaoyu"], by=city.people["drafter"], title="已发布", made_on=TODAY)
    Publication.objects.filter(pk=out.pk).update(state=State.PUBLISHED)
    enter(city, django_capture_on_commit_callbacks)
    item.refresh_from_db()
    assert item.release_due == late
    assert Publication.objects.get(pk=out.pk).release_due == out.release_due


def test_a_referral_keeps_its_ten_working_days(city, item, django_capture_on_commit_callbacks):
    from gongkai.law.review import CHECKLIST
    from gongkai.publishing.actions import deciding

    item = submitting.submit(item, by=city.people["drafter"])
    item = deciding.approve_as_head(item, by=city.people["head"])
    deciding.review_confidentiality(
        item,
        by=city.people["reviewer"],
        result="refer",
        checklist={q.id: "no" for q in CHECKLIST},
        referred_to="云州市国家保密局",
    )
    enter(city, django_capture_on_commit_callbacks)
    item.refresh_from_db()
    assert (item.step, item.step_due) == (Step.CONFIDENTIALITY, due(TODAY, 10).day)


@pytest.mark.parametrize(("made_on", "asked"), [(date(1949, 10, 1), False), (date(2008, 5, 1), True)])
def test_papers_from_before_the_regulation_have_no_deadline(city, made_on, asked):
    item = drafting.create_draft(city["jiaoyu"], by=city.people["drafter"], title="旧文件", made_on=made_on)
    assert (item.release_due is not None) is asked


@pytest.mark.parametrize("year", [0, 1, 1900, 2101, 9999, 10**6])
def test_no_year_is_entered_that_nobody_will_see(city, year):
    with pytest.raises(ValidationError) as error:
        enter_year(year, off=[], make_up=[], basis="放假通知", by=city.people["admin"])
    assert "year" in error.value.message_dict
