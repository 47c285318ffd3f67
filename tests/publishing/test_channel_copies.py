"""What went out elsewhere: copied within the limits as the channels count, listed when it has to be taken down."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from gongkai.agencies.rights import NotAllowed
from gongkai.office.models import Notification
from gongkai.publishing.actions.channels import copies_of, note_taken_down, record_release
from gongkai.publishing.actions.shared import WrongState
from gongkai.publishing.actions.withdrawing import COPIES, withdraw
from gongkai.publishing.models import Publication
from gongkai.trail.models import Entry


@pytest.fixture
def out(city: Any, released: Any) -> Publication:
    row: Publication = released(
        city["jiaoyu"],
        "招生通知",
        body="<p>" + "今年招生计划不变。" * 30 + "</p>",
        drafters=[city.people["drafter"].pk],
    )
    for channel, place in (("wechat", "云州教育"), ("newspaper", "云州日报"), ("bulletin_board", "一楼大厅")):
        record_release(row, by=city.people["officer"], channel=channel, place=place)
    return row


def test_who_wrote_it_is_told_where_copies_have_to_be_taken_down(city, out):
    row = withdraw(out, by=city.people["officer"], reason="数据有误，正在核实")

    assert {copy.channel for copy in copies_of(row)} == {"wechat", "bulletin_board"}
    told = Notification.objects.get(person=city.people["drafter"], message=COPIES)
    assert "微信" in str(told)
    assert "公告栏" in str(told)
    assert "报刊" not in str(told)


def test_a_copy_that_was_taken_down_is_on_record_and_listed_no_more(city, out, signed_in):
    withdraw(out, by=city.people["officer"], reason="数据有误，正在核实")
    page = reverse("desk:publication", args=[out.pk])
    browser = signed_in("officer")
    assert "其他渠道还有 2 处须撤下" in browser.get(page).content.decode()

    copy = copies_of(out).get(channel="wechat")
    answer = browser.post(reverse("desk:publication-copy-down", args=[out.pk, copy.pk]), follow=True).content.decode()

    assert "其他渠道还有 1 处须撤下" in answer
    assert Entry.objects.filter(action="publishing.take_down_copy").count() == 1


def test_a_copy_of_what_is_public_stays_and_strangers_note_nothing(city, out):
    copy = out.channel_releases.get(channel="wechat")
    with pytest.raises(WrongState):
        note_taken_down(copy, by=city.people["officer"])
    with pytest.raises(NotAllowed):
        note_taken_down(copy, by=city.people["lxx_qicao"])


def test_the_export_says_how_long_each_text_is_as_the_channel_counts(city, out, signed_in):
    browser = signed_in("officer")
    weibo = browser.get(reverse("desk:publication-export", args=[out.pk, "weibo"])).content.decode()
    wechat = browser.get(reverse("desk:publication-export", args=[out.pk, "wechat"])).content.decode()

    assert "上限 140 字" in weibo
    assert "上限 2000 字" in weibo
    for words in ("标题", "上限 64 字", "摘要", "上限 120 字", "原文链接", "上限 20000 字"):
        assert words in wechat
