"""What an abolished agency left: seen, taken over and answered for by those of its successor, and by nobody else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from gongkai.agencies import actions as agency_actions
from gongkai.agencies.rights import Right, may
from gongkai.files.actions import store
from gongkai.publishing.actions import drafting, releasing
from gongkai.publishing.models import Publication, State, Step

pytestmark = pytest.mark.django_db


def text(answer: Any) -> str:
    return answer.content.decode()


@pytest.fixture
def left(city, draft, at):
    """A draft of 云州市教育局 under review, with a file, when the bureau becomes part of 云州市卫生健康委员会."""
    file = store("校历".encode(), "校历.txt", by=None, agency=city["jiaoyu"])
    drafting.save_draft(draft, by=city.people["drafter"], files=[{"attachment": file.pk, "title": "校历"}])
    at(Publication.objects.get(pk=draft.pk), Step.CONFIDENTIALITY)
    agency_actions.merge([city["jiaoyu"]], city["weijian"], by=city.people["admin"])
    return Publication.objects.get(pk=draft.pk)


def address(row: Publication, verb: str = "") -> str:
    return reverse("desk:publication-move", args=[row.pk, verb]) if verb else reverse("desk:publication", args=[row.pk])


def test_it_waits_for_the_drafter_of_the_successor_who_takes_it_over_with_a_click(city, left, signed_in):
    client = signed_in("wjw_qicao")
    assert left.title in text(client.get("/admin/"))
    assert "接手办理" in text(client.get(reverse("desk:publications") + "?left=on"))
    page = text(client.get(address(left)))
    assert "确认接手" in page
    assert "职能由云州市卫生健康委员会承接" in page
    assert reverse("desk:publication-edit", args=[left.pk]) not in page
    client.post(address(left, "take_over"))
    now = Publication.objects.get(pk=left.pk)
    assert (now.agency, now.state, now.step) == (city["weijian"], State.DRAFT, "")
    page = text(client.get(address(left)))
    assert "由云州市卫生健康委员会接手" in page
    assert "确认接手" not in page
    file = now.get_latest_revision_as_object().files[0]["attachment"]
    assert client.get(reverse("desk:publication-file", args=[left.pk, file])).status_code == 200


def test_several_are_taken_over_at_once(city, left, signed_in):
    client = signed_in("wjw_gongkai")
    client.post(reverse("desk:publication-batch"), {"verb": "take_over", "id": [left.pk]})
    assert Publication.objects.get(pk=left.pk).agency == city["weijian"]
    assert "待接手的" not in text(client.get(reverse("desk:publications")))


@pytest.mark.parametrize(("username", "status"), [("wjw_keshi", 200), ("czj_qicao", 404), ("drafter", 404)])
def test_whoever_does_not_draft_there_cannot_take_it_over(city, left, signed_in, username, status):
    client = signed_in(username)
    if username == "drafter":  # her only post has ended: she is shown the door
        assert client.get(address(left)).status_code == 302
        return
    page = client.get(address(left))
    assert page.status_code == status
    assert "确认接手" not in text(page)
    client.post(address(left, "take_over"))
    assert Publication.objects.get(pk=left.pk).agency == city["jiaoyu"]


def test_the_successor_answers_for_what_is_out_but_releases_nothing_in_the_old_name(city, draft, at):
    at(draft, "")
    agency_actions.abolish(city["jiaoyu"], city["weijian"], by=city.people["admin"])
    agency_actions.abolish(city["weijian"], city["fagai"], by=city.people["admin"])
    agency_actions.appoint(city.people["wjw_gongkai"], city["fagai"], "disclosure_officer", by=city.people["admin"])
    heir, old = city.people["wjw_gongkai"], Publication.objects.get(pk=draft.pk).agency
    assert may(heir, Right.WITHDRAW_PUBLICATIONS, old)
    assert may(heir, Right.PUBLISH_REPORTS, old)
    for right in (Right.DRAFT_PUBLICATIONS, Right.SIGN_PUBLICATIONS, Right.MANAGE_POSTS, Right.REORGANISE):
        assert not may(heir, right, old)
    assert not may(city.people["czj_gongkai"], Right.SEE_PUBLICATIONS, old)


def test_before_the_succession_and_after_the_post_nothing_is_seen(city, left):
    person = city.people["wjw_qicao"]
    assert may(person, Right.SEE_PUBLICATIONS, left.agency)
    assert not may(person, Right.SEE_PUBLICATIONS, city["caizheng"])
    agency_actions.end_post(person.posts.get(), by=city.people["admin"])
    assert not may(person, Right.SEE_PUBLICATIONS, left.agency, timezone.localdate() + timedelta(days=1))


def test_what_was_signed_for_a_time_waits_to_be_taken_over(city, drafted, at, signed_in):
    row = at(drafted(go_live_at=timezone.now() + timedelta(days=2)), "")
    page = text(signed_in("admin").get("/admin/agencies/jiaoyu/abolish/"))
    assert "还有 1 条信息没有发布完" in page
    agency_actions.abolish(city["jiaoyu"], city["weijian"], by=city.people["admin"])
    assert releasing.release_due(timezone.now() + timedelta(days=3)) == 0
    assert row.title in text(signed_in("wjw_qicao").get("/admin/"))
