"""Each morning people are told what comes due, once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from gongkai.law.review import CHECKLIST
from gongkai.office.models import Notification
from gongkai.publishing.actions import deciding, drafting, inviting, scanning, submitting
from gongkai.publishing.actions.reminders import (
    ANSWER_DUE,
    OPINION_DUE,
    REASSESS,
    RELEASE_LATE,
    RELEASE_SOON,
    STEP_LATE,
    remind,
)
from gongkai.publishing.models import CoordinationRequest, Publication, State

TODAY = timezone.localdate()


@pytest.fixture
def draft(city: Any) -> Publication:
    return drafting.create_draft(
        city["jiaoyu"],
        by=city.people["drafter"],
        title="招生计划公示",
        body="<p>招生计划。</p>",
        theme="T0201",
        categories=["livelihood"],
        made_on=TODAY - timedelta(days=1),
    )


def told(city: Any, username: str, message: str) -> int:
    return Notification.objects.filter(person=city.people[username], message=message).count()


def test_a_drafter_is_told_before_the_day_and_again_when_it_has_passed(city, draft):
    remind(draft.release_due - timedelta(days=20))
    assert told(city, "drafter", RELEASE_SOON) == 0
    remind(draft.release_due - timedelta(days=1))
    remind(draft.release_due)
    assert told(city, "drafter", RELEASE_SOON) == 1
    remind(draft.release_due + timedelta(days=1))
    remind(draft.release_due + timedelta(days=2))
    assert told(city, "drafter", RELEASE_LATE) == 1
    assert "招生计划公示" in str(Notification.objects.filter(message=RELEASE_LATE).get())


def test_who_decides_is_told_when_a_step_takes_too_long(city, draft):
    row = submitting.submit(draft, by=city.people["drafter"])
    remind(row.step_due)
    assert told(city, "head", STEP_LATE) == 0
    remind(row.step_due + timedelta(days=1))
    assert told(city, "head", STEP_LATE) == 1


def test_an_invited_reader_and_an_asked_agency_are_told_once_the_day_comes(city, draft):
    drafting.save_draft(draft, by=city.people["drafter"], touched_agencies=[city["caizheng"].pk])
    invitation = inviting.invite(draft, city.people["town"], by=city.people["drafter"])
    row = submitting.submit(Publication.objects.get(pk=draft.pk), by=city.people["drafter"])
    row = deciding.approve_as_head(row, by=city.people["head"])
    answers = {q.id: "no" for q in CHECKLIST}
    deciding.review_confidentiality(row, by=city.people["reviewer"], result="open", checklist=answers)
    remind(TODAY)
    assert told(city, "town", OPINION_DUE) == told(city, "czj_gongkai", ANSWER_DUE) == 0
    for _twice in range(2):
        remind(invitation.due_on)
        remind(CoordinationRequest.objects.get().due_on)
    assert told(city, "town", OPINION_DUE) == told(city, "czj_gongkai", ANSWER_DUE) == 1


def test_reviewers_are_told_what_to_reassess(city, draft):
    Publication.objects.filter(pk=draft.pk).update(
        state=State.WITHHELD, reassess_on=TODAY, declassify_on=TODAY, release_due=None
    )
    remind(TODAY)
    assert told(city, "reviewer", REASSESS) == 1
    assert told(city, "drafter", REASSESS) == 0


def test_what_is_out_is_not_published_again_under_another_number(city, draft, released):
    from gongkai.publishing.fingerprint import same_text

    out = released(city["jiaoyu"], draft.title, body="<p>招生　计划。</p>")
    Publication.objects.filter(pk=out.pk).update(content_hash=same_text(out.title, out.body))
    hits = scanning.blocking(Publication.objects.get(pk=draft.pk))
    assert [h["rule"] for h in hits] == ["same_text"]
    assert out.index_number in hits[0]["message"]
