"""A publication's page and its buttons, the scan, the review, coordination, and what is out."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone
from publication_pages import IDENTITY, JSON, TITLE, form, page, text

from gongkai.law.review import CHECKLIST
from gongkai.publishing.actions import deciding, drafting, scanning, submitting
from gongkai.publishing.models import (
    ChannelRelease,
    ConfidentialityReview,
    Publication,
    ScanOverride,
    State,
    Step,
)

pytestmark = pytest.mark.django_db


def test_the_panel_says_what_was_found_and_one_click_removes_it(signed_in, with_identity):
    row = with_identity
    client = signed_in("drafter")
    html = text(client.get(page("publication-scan", row.pk)))
    assert "公民身份号码" in html
    assert IDENTITY not in html.replace(f'data-words="{IDENTITY}"', "")
    marks = [h["fingerprint"] for h in scanning.newest(row).hits if h["level"] == "block"]
    answer = client.post(page("publication-redact", row.pk), {"fingerprint": marks}, **JSON)
    assert answer.status_code == 200
    assert IDENTITY not in Publication.objects.get(pk=row.pk).get_latest_revision_as_object().body


def test_hits_are_marked_inside_the_text(signed_in, with_identity):
    row = with_identity
    html = text(signed_in("drafter").get(page("publication", row.pk)))
    assert html.count('class="desk-hit desk-hit--block"') == 2


def test_a_blocking_hit_is_let_stand_by_the_reviewer_with_a_reason_only(signed_in, at, with_identity):
    row = at(with_identity, Step.CONFIDENTIALITY)
    mark = next(h["fingerprint"] for h in scanning.newest(row).hits if h["level"] == "block")
    address = page("publication-override", row.pk)
    assert signed_in("drafter").post(address, {"fingerprint": mark, "reason": "应当公开"}, **JSON).status_code == 422
    assert signed_in("reviewer").post(address, {"fingerprint": mark, "reason": ""}, **JSON).status_code == 422
    assert (
        signed_in("reviewer").post(address, {"fingerprint": mark, "reason": "依法应当公开"}, **JSON).status_code == 200
    )
    assert ScanOverride.objects.get().reason == "依法应当公开"


def buttons(client, row: Publication) -> set[str]:
    html = text(client.get(page("publication", row.pk)))
    verbs = ("submit", "take_back", "discard", "approve", "sign", "return", "withdraw", "declare", "invite")
    found = {verb for verb in verbs if page("publication-move", row.pk, verb) in html}
    return found | ({"review"} if f'href="{page("publication-review", row.pk)}"' in html else set())


def test_buttons_stand_there_only_for_who_may_press_them_now(signed_in, draft, at):
    assert buttons(signed_in("drafter"), draft) == {"submit", "discard", "invite"}
    assert buttons(signed_in("head"), draft) == {"invite"}
    at(draft, Step.SIGN_OFF)
    assert buttons(signed_in("drafter"), draft) == {"take_back", "invite"}
    assert buttons(signed_in("jyj_qianfa"), draft) == {"sign", "return", "invite"}
    assert buttons(signed_in("reviewer"), draft) == {"invite"}


def test_from_draft_to_the_public_by_the_buttons(signed_in, draft):
    def press(username: str, verb: str, **data: str) -> Publication:
        signed_in(username).post(page("publication-move", draft.pk, verb), data)
        return Publication.objects.get(pk=draft.pk)

    assert press("drafter", "submit").step == Step.UNIT_HEAD
    assert press("drafter", "approve").step == Step.UNIT_HEAD
    assert press("head", "approve", reason="属实").step == Step.CONFIDENTIALITY
    given = {f"q_{q.id}": "no" for q in CHECKLIST} | {"result": "open", "opinion": "同意公开"}
    signed_in("reviewer").post(page("publication-review", draft.pk), given)
    assert press("drafter", "sign").state == State.IN_REVIEW
    assert press("jyj_qianfa", "sign").state == State.PUBLISHED
    assert press("jyj_gongkai", "withdraw", reason="").state == State.PUBLISHED
    assert press("jyj_gongkai", "withdraw", reason="内容有误，重新核实").state == State.WITHDRAWN


def test_a_refusal_names_the_fields_that_are_missing(city, signed_in):
    row = drafting.create_draft(city["jiaoyu"], by=city.people["drafter"], title="只有标题")
    html = text(signed_in("drafter").post(page("publication-move", row.pk, "submit"), follow=True))
    assert "成文日期：请填写成文日期" in html


def test_a_resubmission_shows_what_changed(city, signed_in, draft, at):
    at(draft, Step.UNIT_HEAD)
    deciding.return_to_drafter(draft, by=city.people["head"], reason="请补充时间")
    drafting.save_draft(
        draft,
        by=city.people["drafter"],
        body="<p>各县（市、区）教育局：</p><p>11月底前完成检查。</p>",
        title="改过的标题",
    )
    submitting.submit(Publication.objects.get(pk=draft.pk), by=city.people["drafter"])
    html = text(signed_in("head").get(page("publication", draft.pk)))
    assert "<ins>改过的标题</ins>" in html
    assert "<del>" in html
    assert html.count("请补充时间") > 1


def test_an_unknown_verb_is_not_found(signed_in, draft):
    assert signed_in("drafter").post(page("publication-move", draft.pk, "burn")).status_code == 404


def test_an_invited_reader_reads_and_says_and_changes_nothing(signed_in, draft):
    client = signed_in("czj_qicao")
    assert client.get(page("publication", draft.pk)).status_code == 404
    signed_in("drafter").post(page("publication-move", draft.pk, "invite"), {"person": "czj_qicao"})
    html = text(client.get(page("publication", draft.pk)))
    assert draft.title in html
    assert "操作记录" not in html
    assert client.get(page("publication-scan", draft.pk)).status_code == 404
    client.post(page("publication-edit", draft.pk), form(title="别人改的"))
    client.post(page("publication-move", draft.pk, "opinion"), {"reason": "建议写明时间"})
    assert draft.invitations.get().opinion == "建议写明时间"
    assert "阅读了草稿" in text(signed_in("drafter").get(page("publication", draft.pk)))
    draft.refresh_from_db()
    assert draft.title == TITLE


def test_who_read_it_sees_afterwards_only_what_they_said(city, signed_in, draft):
    signed_in("drafter").post(page("publication-move", draft.pk, "invite"), {"person": "钱有度"})
    client = signed_in("czj_qicao")
    client.post(page("publication-move", draft.pk, "opinion"), {"reason": "建议写明时间"})
    drafting.save_draft(draft, by=city.people["drafter"], title="后来的标题", body="<p>后来的正文</p>")
    html = text(client.get(page("publication", draft.pk)))
    assert "建议写明时间" in html
    assert TITLE in html
    assert "后来的" not in html
    assert "校园安全检查工作通知如下" not in html
    assert client.get(reverse("portal:publication-preview", args=[draft.pk])).status_code == 404
    assert signed_in("wjw_qicao").get(page("publication", draft.pk)).status_code == 404


def test_an_agency_that_answered_sees_afterwards_only_its_answer(city, signed_in, asked, draft):
    client = signed_in("czj_gongkai")
    client.post(page("coordination-answer", asked.pk), {"answer": "agreed"})
    deciding.return_to_drafter(Publication.objects.get(pk=draft.pk), by=city.people["jyj_qianfa"], reason="改一改再报")
    drafting.save_draft(draft, by=city.people["drafter"], title="后来的标题")
    for address in (page("publication", draft.pk), page("coordination")):
        html = text(client.get(address))
        assert "同意发布" in html
        assert "后来的标题" not in html


def test_an_invitation_names_whom_it_is_for(signed_in, draft):
    client = signed_in("drafter")
    answer = client.post(page("publication-move", draft.pk, "invite"), {"person": "没有这个人"}, follow=True)
    assert "没有姓名或者账号是“没有这个人”的人员" in text(answer)
    client.post(page("publication-move", draft.pk, "invite"), {"person": "czj_qicao", "until": "2999-01-05"})
    given = draft.invitations.get()
    assert str(given.due_on) == "2999-01-05"
    client.post(page("publication-move", draft.pk, "call_off"), {"person": given.person_id})
    given.refresh_from_db()
    assert given.ended_at


def test_the_preview_links_to_its_own_machine_readable_page(signed_in, draft):
    client = signed_in("drafter")
    address = reverse("portal:publication-preview-json", args=[draft.pk])
    assert address in text(client.get(reverse("portal:publication-preview", args=[draft.pk])))
    answer = client.get(address)
    assert answer.json()["title"] == draft.title
    assert "no-store" in answer["Cache-Control"]
    assert signed_in("czj_qicao").get(address).status_code == 404


def test_the_preview_shows_the_newest_draft(city, signed_in, draft):
    drafting.save_draft(draft, by=city.people["drafter"], body="<p>最新的一句。</p>")
    answer = signed_in("drafter").get(page("publication-preview", draft.pk), follow=True)
    html = text(answer)
    assert "最新的一句" in html
    assert "noindex" in html
    assert "noindex" in answer["X-Robots-Tag"]
    assert "no-store" in answer["Cache-Control"]


def test_the_preview_is_the_public_page_and_counts_no_reader(city, signed_in, draft):
    answer = signed_in("drafter").get(page("publication-preview", draft.pk), follow=True)
    assert "信息要素" in text(answer)
    assert "data-read" not in text(answer)
    assert "尚未发布的草稿" in text(answer)


def test_a_line_set_to_the_right_needs_no_style_inside_the_tag(city, signed_in, draft):
    drafting.save_draft(draft, by=city.people["drafter"], body='<p style="text-align:right">云州市教育局</p>')
    html = text(signed_in("drafter").get(page("publication-preview", draft.pk), follow=True))
    assert '<p class="at-right">云州市教育局</p>' in html


def test_a_reader_from_another_agency_sees_no_secrecy_review(signed_in, asked):
    client = signed_in("czj_gongkai")
    html = text(client.get(page("publication", asked.publication_id)))
    assert "保密审查表" not in html
    assert "郑慎行" not in html
    assert f"#request-{asked.pk}" in html
    assert "保密审查表" in text(signed_in("drafter").get(page("publication", asked.publication_id)))


def test_nobody_else_opens_the_preview(city, signed_in, draft, client):
    address = reverse("portal:publication-preview", args=[draft.pk])
    assert client.get(address).status_code == 404
    assert signed_in("czj_qicao").get(address).status_code == 404
    assert signed_in("officer").get(address).status_code == 200


def test_files_of_a_draft_open_from_the_preview(city, signed_in, draft):
    file = drafting.attach(draft, "清单".encode(), "清单.txt", by=city.people["drafter"])
    drafting.save_draft(draft, by=city.people["drafter"], files=[{"attachment": file.pk, "title": "清单"}])
    client = signed_in("drafter")
    html = text(client.get(reverse("portal:publication-preview", args=[draft.pk])))
    address = page("publication-file", draft.pk, file.pk)
    assert address in html
    assert client.get(address).status_code == 200


def test_the_queue_leads_from_one_review_to_the_next(signed_in, draft, at, drafted):
    first = at(draft, Step.CONFIDENTIALITY)
    second = at(
        drafted(title="第二份"),
        Step.CONFIDENTIALITY,
    )
    client = signed_in("reviewer")
    assert client.get(page("review-queue")).headers["Location"] == page("publication-review", first.pk)
    given = {f"q_{q.id}": "no" for q in CHECKLIST} | {"result": "open"}
    answer = client.post(page("publication-review", first.pk), given)
    assert answer.headers["Location"] == page("publication-review", second.pk)
    answer = client.post(page("publication-review", second.pk), given | {"result": "return", "opinion": "缺少附件"})
    assert answer.headers["Location"] == "/admin/"
    second.refresh_from_db()
    assert second.state == State.RETURNED


def test_a_review_with_gaps_is_not_recorded_and_keeps_what_was_answered(signed_in, at, with_identity):
    row = at(with_identity, Step.CONFIDENTIALITY)
    given = {"q_state_secret": "no", "result": "open", "opinion": "写好的意见"}
    answer = signed_in("reviewer").post(page("publication-review", row.pk), given)
    assert answer.status_code == 422
    html = text(answer)
    assert "项没有回答" in html
    assert "没有处理" in html
    assert "写好的意见" in html
    assert not ConfidentialityReview.objects.exists()


def test_a_referral_says_whose_answer_it_waits_for_and_a_refusal_is_no_return(signed_in, draft, at):
    row = at(draft, Step.CONFIDENTIALITY)
    client = signed_in("reviewer")
    given = {f"q_{q.id}": "no" for q in CHECKLIST}
    client.post(page("publication-review", row.pk), given | {"result": "refer", "referred_to": "云州市保密局"})
    for address in (page("publication-review", row.pk), page("publication", row.pk)):
        assert "已报云州市保密局确定，等待答复" in text(client.get(address))
    client.post(page("publication-review", row.pk), given | {"result": "withhold", "grounds": ["art16_1_internal"]})
    html = text(signed_in("drafter").get(page("publication", row.pk)))
    assert "不予公开" in html
    assert ">退回<" not in html
    assert "等待答复" not in html


def test_the_record_of_a_review_can_be_printed(signed_in, draft, at):
    row = at(draft, Step.SIGN_OFF)
    review = ConfidentialityReview.objects.get()
    html = text(signed_in("reviewer").get(page("review-record", row.pk, review.pk)))
    assert "政府信息公开保密审查表" in html
    assert review.content_hash in html
    assert signed_in("czj_qicao").get(page("review-record", row.pk, review.pk)).status_code == 404


def test_the_agency_that_is_asked_reads_and_answers(signed_in, asked, draft):
    client = signed_in("czj_gongkai")
    assert draft.title in text(client.get(page("coordination")))
    assert client.get(page("publication", draft.pk)).status_code == 200
    client.post(page("coordination-answer", asked.pk), {"answer": "agreed"})
    draft.refresh_from_db()
    assert draft.step == Step.SIGN_OFF


def test_a_disagreement_needs_a_reason_and_goes_to_a_ruling(signed_in, asked, draft):
    client = signed_in("czj_gongkai")
    client.post(page("coordination-answer", asked.pk), {"answer": "disagreed", "reason": ""})
    asked.refresh_from_db()
    assert asked.answer == ""
    client.post(page("coordination-answer", asked.pk), {"answer": "disagreed", "reason": "数据尚未核定"})
    office = signed_in("jyj_gongkai")
    assert "数据尚未核定" in text(office.get(page("coordination")))
    office.post(page("coordination-rule", asked.pk), {"ruling": "数据已经核定，应当公开"})
    draft.refresh_from_db()
    assert draft.step == Step.COORDINATION
    office.post(page("coordination-rule", asked.pk), {"released": "yes", "ruling": "数据已经核定，应当公开"})
    draft.refresh_from_db()
    assert draft.step == Step.SIGN_OFF


def test_a_third_agency_neither_answers_nor_rules(signed_in, asked):
    client = signed_in("wjw_gongkai")
    assert client.post(page("coordination-answer", asked.pk), {"answer": "agreed"}).status_code == 404
    assert client.post(page("coordination-rule", asked.pk), {"released": "yes"}).status_code == 404


def test_a_release_through_another_channel_is_recorded_and_counted(city, signed_in, draft, at):
    row = at(draft, "")
    address = page("publication-record-channel", row.pk)
    client = signed_in("drafter")
    client.post(address, {"channel": "wechat", "place": "云州教育", "link": "https://mp.example/1"})
    release = ChannelRelease.objects.get(channel="wechat")
    assert (release.place, release.recorded_by) == ("云州教育", city.people["drafter"])
    for wrong in ({"channel": "site"}, {"channel": "wechat", "link": "javascript:x"}, {"channel": "other"}):
        client.post(address, wrong)
    client.post(address, {"channel": "weibo", "at": "2999-01-01T09:00"})
    client.post(address, {"channel": "weibo", "at": "昨天"})
    assert row.channel_releases.count() == 2


@pytest.mark.parametrize("channel", ["wechat", "weibo"])
def test_the_text_is_ready_to_paste_into_other_channels(signed_in, draft, channel, at):
    row = at(draft, "")
    html = text(signed_in("drafter").get(page("publication-export", row.pk, channel)))
    assert row.get_absolute_url() in html
    assert "校园安全检查" in html


def test_nothing_is_exported_before_it_is_out(signed_in, draft):
    assert signed_in("drafter").get(page("publication-export", draft.pk, "wechat")).status_code == 404


def test_the_validity_is_declared_with_its_ground(signed_in, at, drafted):
    made = {"kind": "normative", "document_number": "云教发〔2026〕9号", "effective_on": timezone.localdate()}
    row = at(drafted(**made), "")
    address = page("publication-move", row.pk, "declare")
    client = signed_in("jyj_gongkai")
    client.post(address, {"validity": "repealed", "on": "2026-02-30", "reason": "某文件"})
    row.refresh_from_db()
    assert row.validity == "effective"
    client.post(address, {"validity": "repealed", "on": timezone.localdate().isoformat(), "reason": "某文件"})
    row.refresh_from_db()
    assert row.validity == "repealed"
