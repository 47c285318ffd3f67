"""The list of publications, what waits for a person, and their messages."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from publication_pages import page, text

from gongkai.office.models import Notification
from gongkai.publishing.actions import drafting
from gongkai.publishing.models import (
    State,
    Step,
)

pytestmark = pytest.mark.django_db


def test_the_list_shows_state_step_and_days_left(signed_in, draft, at):
    at(draft, Step.UNIT_HEAD)
    html = text(signed_in("drafter").get(page("publications")))
    assert draft.title in html
    assert "审查中" in html
    assert "科室审核" in html
    assert "个工作日" in html


@pytest.mark.parametrize(
    ("query", "there"),
    [
        ("?q=校园安全", True),
        ("?q=无此", False),
        ("?state=draft", True),
        ("?state=published", False),
        ("?step=sign_off", False),
        ("?kind=notice", True),
        ("?kind=budget", False),
        ("?mine=on", True),
        ("?late=on", False),
        ("?agency=x&state=zzz", True),
    ],
)
def test_the_list_is_narrowed(signed_in, draft, query, there):
    html = text(signed_in("drafter").get(page("publications") + query))
    assert (page("publication", draft.pk) in html) is there


def test_what_somebody_else_drafted_is_not_mine(signed_in, draft):
    assert page("publication", draft.pk) not in text(signed_in("head").get(page("publications") + "?mine=on"))


def test_a_batch_says_what_was_done_and_what_was_refused_and_why(city, signed_in, draft):
    incomplete = drafting.create_draft(city["jiaoyu"], by=city.people["drafter"], title="只有标题的草稿")
    client = signed_in("drafter")
    ids = {"id": [draft.pk, incomplete.pk], "verb": "submit"}
    html = text(client.post(page("publication-batch"), ids, follow=True))
    assert "办理 1 份，未办理 1 份" in html
    assert "请填写成文日期" in html
    draft.refresh_from_db()
    assert draft.step == Step.UNIT_HEAD
    assert "未办理" not in text(client.get(page("publications")))


def test_a_batch_returns_only_with_a_reason(signed_in, draft, at):
    at(draft, Step.UNIT_HEAD)
    client = signed_in("head")
    client.post(page("publication-batch"), {"id": draft.pk, "verb": "return", "reason": ""})
    draft.refresh_from_db()
    assert draft.state == State.IN_REVIEW
    client.post(page("publication-batch"), {"id": draft.pk, "verb": "return", "reason": "时间有误"})
    draft.refresh_from_db()
    assert draft.state == State.RETURNED


def test_a_batch_leaves_what_belongs_to_others_alone_and_goes_back_within_the_site_only(signed_in, draft):
    ids = {"id": draft.pk, "verb": "discard", "reason": "不要了", "back": "https://elsewhere.example/"}
    answer = signed_in("czj_qicao").post(page("publication-batch"), ids)
    assert answer.headers["Location"] == page("publications")
    draft.refresh_from_db()
    assert draft.state == State.DRAFT


def test_what_waits_stands_on_the_first_page_with_its_count_in_the_menu(signed_in, draft, at):
    at(draft, Step.UNIT_HEAD)
    html = text(signed_in("head").get("/admin/"))
    assert "待科室审核" in html
    assert page("publication", draft.pk) in html
    assert "\\u6211\\u7684\\u5f85\\u529e\\uff081\\uff09" in html
    assert page("publication", draft.pk) not in text(signed_in("czj_keshi").get("/admin/"))


def test_late_releases_stand_on_the_first_page(signed_in, drafted):
    late = {"made_on": timezone.localdate() - timedelta(days=60), "title": "早该公开的信息"}
    drafted(**late)
    html = text(signed_in("drafter").get("/admin/"))
    assert "早该公开的信息" in html
    assert "已超期" in html


def test_a_message_is_read_by_opening_it_and_only_by_its_person(city, signed_in, draft, at):
    at(draft, Step.UNIT_HEAD)
    notice = Notification.objects.get(person=city.people["head"])
    assert signed_in("drafter").get(page("notice", notice.pk)).status_code == 404
    client = signed_in("head")
    assert "等待您办理" in text(client.get(page("notices")))
    assert client.get(page("notice", notice.pk)).headers["Location"] == page("publication", draft.pk)
    notice.refresh_from_db()
    assert notice.read_at is not None


def test_all_messages_are_marked_as_read(city, signed_in, draft, at):
    at(draft, Step.UNIT_HEAD)
    signed_in("head").post(page("notices-read"))
    assert not Notification.objects.filter(person=city.people["head"], read_at=None).exists()
