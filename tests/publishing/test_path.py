"""From a draft to the public site: each step, by whom, and what stops it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from gongkai.agencies.models import Post, Role
from gongkai.agencies.rights import NotAllowed
from gongkai.law.review import CHECKLIST
from gongkai.office.models import Notification
from gongkai.publishing.actions import (
    coordinating,
    deciding,
    drafting,
    inviting,
    paths,
    releasing,
    scanning,
    steps,
    submitting,
    withdrawing,
)
from gongkai.publishing.actions.shared import WrongState
from gongkai.publishing.models import (
    Change,
    ConfidentialityReview,
    CoordinationRequest,
    Publication,
    PublicationCategory,
    State,
    Step,
)
from gongkai.publishing.queries import desk, differences
from gongkai.trail.chain import history

CLEAN = {q.id: "no" for q in CHECKLIST}


def content(**more: Any) -> dict[str, Any]:
    return {
        "title": "关于做好2026年义务教育阶段招生工作的通知",
        "body": "<p>各县（市、区）教育局：</p><p>现就做好今年招生工作通知如下。</p>",
        "kind": "notice",
        "theme": "T0201",
        "categories": ["livelihood"],
        "made_on": timezone.localdate() - timedelta(days=3),
        **more,
    }


@pytest.fixture
def draft(city: Any) -> Publication:
    return drafting.create_draft(city["jiaoyu"], by=city.people["drafter"], **content())


def through(city: Any, publication: Publication, until: str = "") -> Publication:
    """Leads a publication along the common path up to a step, or to its end."""
    people = city.people
    publication = submitting.submit(publication, by=people["drafter"])
    if publication.step == until:
        return publication
    publication = deciding.approve_as_head(publication, by=people["head"])
    if publication.step == until:
        return publication
    publication = deciding.review_confidentiality(
        publication, by=people["reviewer"], result="open", checklist=CLEAN, opinion="同意公开"
    )
    if publication.step == until:
        return publication
    return deciding.sign(publication, by=people["jyj_qianfa"])


def test_a_clean_draft_goes_all_the_way_and_is_public(city, draft):
    publication = through(city, draft)
    assert (publication.state, publication.step, publication.live) == (State.PUBLISHED, "", True)
    assert publication.index_number.startswith(f"{city['jiaoyu'].index_prefix}/{timezone.localdate().year}-")
    assert PublicationCategory.objects.get(publication=publication).category == "livelihood"
    assert [c.verb for c in publication.changes.all()] == [Change.Verb.RELEASED]
    assert publication.channel_releases.get().channel == "site"


def test_release_is_due_20_working_days_after_it_was_made(city):
    made = date(2026, 1, 30)
    publication = drafting.create_draft(city["jiaoyu"], by=city.people["drafter"], **content(made_on=made))
    assert publication.release_due == date(2026, 3, 5)


def test_what_was_made_before_the_regulation_has_no_day_by_which_it_is_due(city):
    publication = drafting.create_draft(city["jiaoyu"], by=city.people["drafter"], **content(made_on=date(1998, 5, 1)))
    assert publication.release_due is None


def test_each_step_is_told_to_those_who_decide_it_and_waits_in_their_tasks(city, draft):
    publication = submitting.submit(draft, by=city.people["drafter"])
    assert [t.publication for t in desk.tasks_of(city.people["head"])] == [publication]
    assert "等待您办理" in str(Notification.objects.get(person=city.people["head"]))
    assert desk.tasks_of(city.people["reviewer"]) == []
    assert publication.step_due >= timezone.localdate()


def test_nobody_reviews_what_they_wrote(city, draft):
    head = city.people["head"]
    draft = Publication.objects.get(pk=draft.pk)
    draft.drafters = [*draft.drafters, head.pk]
    draft.save(update_fields=["drafters"])
    publication = submitting.submit(draft, by=city.people["drafter"])
    with pytest.raises(NotAllowed):
        deciding.approve_as_head(publication, by=head)
    assert desk.tasks_of(head) == []


@pytest.mark.parametrize("username", ["drafter", "czj_keshi", "leader", "supervisor"])
def test_only_the_head_of_the_own_agency_passes_the_first_step(city, draft, username):
    publication = submitting.submit(draft, by=city.people["drafter"])
    with pytest.raises(NotAllowed):
        deciding.approve_as_head(publication, by=city.people[username])


def test_a_step_cannot_be_jumped(city, draft):
    publication = submitting.submit(draft, by=city.people["drafter"])
    with pytest.raises(WrongState):
        deciding.sign(publication, by=city.people["jyj_qianfa"])


def test_what_was_returned_says_why_and_can_be_submitted_again(city, draft):
    publication = through(city, draft, Step.CONFIDENTIALITY)
    deciding.return_to_drafter(publication, by=city.people["reviewer"], reason="第二段请补充依据")
    publication.refresh_from_db()
    assert (publication.state, publication.step) == (State.RETURNED, "")
    assert "第二段请补充依据" in str(Notification.objects.filter(person=city.people["drafter"]).first())
    drafting.save_draft(publication, by=city.people["drafter"], body="<p>依据《义务教育法》，通知如下。</p>")
    publication.refresh_from_db()
    assert through(city, publication).state == State.PUBLISHED
    assert "义务教育法" in Publication.objects.get(pk=publication.pk).body


def test_returning_needs_a_reason(city, draft):
    publication = submitting.submit(draft, by=city.people["drafter"])
    with pytest.raises(ValidationError):
        deciding.return_to_drafter(publication, by=city.people["head"], reason=" ")


def test_a_draft_under_review_cannot_be_changed(city, draft):
    publication = submitting.submit(draft, by=city.people["drafter"])
    with pytest.raises(WrongState):
        drafting.save_draft(publication, by=city.people["drafter"], title="改了")


def test_a_draft_that_misses_something_is_told_what_by_field(city):
    publication = drafting.create_draft(city["jiaoyu"], by=city.people["drafter"], title="只有标题", kind="normative")
    with pytest.raises(ValidationError) as error:
        submitting.submit(publication, by=city.people["drafter"])
    asked = {"body", "categories", "theme", "made_on", "document_number", "effective_on"}
    assert set(error.value.message_dict) == asked


def test_two_writers_do_not_overwrite_each_other(city, draft):
    began = draft.latest_revision_id
    drafting.save_draft(draft, by=city.people["drafter"], title="第一个人改的标题")
    with pytest.raises(drafting.Conflict):
        drafting.save_draft(draft, by=city.people["jyj_qicao"], based_on=began, title="第二个人改的标题")
    assert Publication.objects.get(pk=draft.pk).get_latest_revision_as_object().title == "第一个人改的标题"


def test_two_windows_of_one_writer_do_not_overwrite_each_other(city, draft):
    began, by = draft.latest_revision_id, city.people["drafter"]
    drafting.save_draft(draft, by=by, based_on=began, window="first", title="第一个窗口的标题")
    with pytest.raises(drafting.Conflict):
        drafting.save_draft(draft, by=by, based_on=began, window="second", title="第二个窗口的标题")
    assert Publication.objects.get(pk=draft.pk).get_latest_revision_as_object().title == "第一个窗口的标题"


def test_a_writer_is_not_stopped_by_what_the_same_window_saved_without_hearing_of_it(city, draft):
    began, by = draft.latest_revision_id, city.people["drafter"]
    for title in ("自动保存的标题", "最后写下的标题"):
        drafting.save_draft(draft, by=by, based_on=began, window="first", title=title)
    assert Publication.objects.get(pk=draft.pk).get_latest_revision_as_object().title == "最后写下的标题"


def test_what_says_the_same_is_no_conflict(city, draft):
    began, by = draft.latest_revision_id, city.people["drafter"]
    drafting.save_draft(draft, by=by, title="同一句话")
    drafting.save_draft(draft, by=by, based_on=began, title="同一句话")


def test_an_earlier_version_comes_back_and_the_one_before_it_stays(city, draft):
    began, by = draft.latest_revision_id, city.people["drafter"]
    drafting.save_draft(draft, by=by, body="<p>全删了</p>", go_live_at=timezone.now() + timedelta(days=2))
    restored = drafting.restore_version(draft, began, by=by)
    assert "各县（市、区）教育局" in restored.body
    assert restored.go_live_at is None
    assert differences.versions(draft).count() == 3
    with pytest.raises(ValidationError):
        drafting.restore_version(draft, began - 1, by=by)


def test_no_version_from_before_a_redaction_can_be_read_or_brought_back(city):
    by = city.people["drafter"]
    draft = drafting.create_draft(city["jiaoyu"], by=by, **content(body="<p>身份证号110101199003074514</p>"))
    began = draft.latest_revision_id
    scanning.redact(draft, [h["fingerprint"] for h in scanning.newest(draft).hits if h["level"] == "block"], by=by)
    assert not differences.versions(draft).filter(pk=began).exists()
    with pytest.raises(ValidationError):
        drafting.restore_version(Publication.objects.get(pk=draft.pk), began, by=by)


@pytest.fixture
def second_signer(city) -> Any:
    """Somebody else who signs for 云州市教育局, where two leaders sign one after the other."""
    made = [(Step.CONFIDENTIALITY, 2), (Step.SIGN_OFF, 1), (Step.SIGN_OFF, 3)]
    paths.set_path(city["jiaoyu"], "", made, by=city.people["jyj_gongkai"])
    Post.objects.create(
        person=city.people["head"], agency=city["jiaoyu"], role=Role.SIGNING_LEADER, since=date(2024, 1, 1)
    )
    return city.people["head"]


def test_where_two_sign_nothing_goes_out_before_the_second_who_is_somebody_else(city, draft, second_signer):
    first = city.people["jyj_qianfa"]
    row = submitting.submit(draft, by=city.people["drafter"])
    row = deciding.review_confidentiality(row, by=city.people["reviewer"], result="open", checklist=CLEAN)
    row = deciding.sign(row, by=first)
    assert (row.state, row.step) == (State.IN_REVIEW, Step.SIGN_OFF)
    with pytest.raises(NotAllowed):
        deciding.sign(row, by=first)
    assert [t.kind for t in desk.tasks_of(first)] == []
    assert [t.publication for t in desk.tasks_of(second_signer)] == [row]
    assert deciding.sign(row, by=second_signer).state == State.PUBLISHED


def test_who_signed_may_sign_again_when_it_comes_back_another_time(city, draft, second_signer):
    first = city.people["jyj_qianfa"]
    for _round in range(2):
        row = submitting.submit(Publication.objects.get(pk=draft.pk), by=city.people["drafter"])
        row = deciding.review_confidentiality(row, by=city.people["reviewer"], result="open", checklist=CLEAN)
        row = deciding.sign(row, by=first)
        deciding.return_to_drafter(row, by=second_signer, reason="再核一下数字")
    assert Publication.objects.get(pk=draft.pk).state == State.RETURNED


def test_where_nobody_can_decide_a_step_those_who_can_help_are_told(city, draft):
    Post.objects.filter(agency=city["jiaoyu"], role=Role.UNIT_HEAD).delete()
    submitting.submit(draft, by=city.people["drafter"])
    told = Notification.objects.filter(message=steps.NOBODY).values_list("person__username", flat=True)
    assert set(told) == {"drafter", "jyj_gongkai", "admin"}


def test_the_review_must_answer_every_question_and_agree_with_itself(city, draft):
    publication = through(city, draft, Step.CONFIDENTIALITY)
    reviewer = city.people["reviewer"]
    with pytest.raises(ValidationError) as error:
        deciding.review_confidentiality(publication, by=reviewer, result="open", checklist={})
    assert "checklist" in error.value.message_dict
    with pytest.raises(ValidationError) as error:
        deciding.review_confidentiality(publication, by=reviewer, result="open", checklist={**CLEAN, "privacy": "yes"})
    assert "result" in error.value.message_dict
    with pytest.raises(ValidationError) as error:
        deciding.review_confidentiality(publication, by=reviewer, result="withhold", checklist=CLEAN)
    assert "grounds" in error.value.message_dict
    assert not ConfidentialityReview.objects.exists()


def test_what_is_withheld_is_looked_at_again_within_a_year(city, draft):
    publication = through(city, draft, Step.CONFIDENTIALITY)
    deciding.review_confidentiality(
        publication, by=city.people["reviewer"], result="withhold", checklist=CLEAN, grounds=["art16_1_internal"]
    )
    publication.refresh_from_db()
    assert publication.state == State.WITHHELD
    assert publication.withholding == ["art16_1_internal"]
    assert timedelta(days=364) <= publication.reassess_on - timezone.localdate() <= timedelta(days=366)
    assert publication in desk.to_reassess(city.people["reviewer"], until=publication.reassess_on)


def test_a_referral_waits_and_is_not_released(city, draft):
    publication = through(city, draft, Step.CONFIDENTIALITY)
    publication = deciding.review_confidentiality(
        publication, by=city.people["reviewer"], result="refer", checklist=CLEAN, referred_to="云州市国家保密局"
    )
    assert (publication.state, publication.step) == (State.IN_REVIEW, Step.CONFIDENTIALITY)
    with pytest.raises(WrongState):
        releasing.release(publication, by=city.people["jyj_qianfa"])


def test_what_was_changed_after_the_review_cannot_be_released(city, draft):
    publication = through(city, draft, Step.SIGN_OFF)
    revised = publication.get_latest_revision_as_object()
    revised.body = "<p>换了内容</p>"
    revised.save_revision(clean=False)
    with pytest.raises(WrongState):
        deciding.sign(publication, by=city.people["jyj_qianfa"])
    publication.refresh_from_db()
    assert publication.state == State.IN_REVIEW


def test_touched_agencies_consent_before_it_is_signed(city):
    publication = drafting.create_draft(
        city["jiaoyu"], by=city.people["drafter"], **content(touched_agencies=[city["caizheng"].pk])
    )
    publication = through(city, publication, Step.COORDINATION)
    request = CoordinationRequest.objects.get()
    officer = city.people["czj_gongkai"]
    assert [t.request for t in desk.tasks_of(officer)] == [request]
    assert desk.may_see(officer, publication)
    assert desk.tasks_of(city.people["officer"]) == [], "an office above does not answer for others"
    coordinating.answer(request, by=officer, answer="agreed")
    publication.refresh_from_db()
    assert publication.step == Step.SIGN_OFF


def test_a_disagreement_goes_to_the_disclosure_office_for_a_ruling(city):
    publication = drafting.create_draft(
        city["jiaoyu"], by=city.people["drafter"], **content(touched_agencies=[city["caizheng"].pk])
    )
    publication = through(city, publication, Step.COORDINATION)
    request = CoordinationRequest.objects.get()
    with pytest.raises(ValidationError):
        coordinating.answer(request, by=city.people["czj_gongkai"], answer="disagreed")
    with pytest.raises(NotAllowed):
        coordinating.answer(request, by=city.people["head"], answer="agreed")
    coordinating.answer(request, by=city.people["czj_gongkai"], answer="disagreed", reason="涉及未定预算")
    publication.refresh_from_db()
    assert publication.step == Step.COORDINATION
    assert [r.pk for r in desk.rulings_for(city.people["officer"])] == [request.pk]
    with pytest.raises(NotAllowed):
        coordinating.rule(request, by=city.people["czj_gongkai"], released=True, ruling="预算已经公开")
    publication = coordinating.rule(request, by=city.people["officer"], released=True, ruling="预算已经公开")
    assert publication.step == Step.SIGN_OFF


def test_a_ruling_against_release_returns_it(city):
    publication = drafting.create_draft(
        city["jiaoyu"], by=city.people["drafter"], **content(touched_agencies=[city["caizheng"].pk])
    )
    through(city, publication, Step.COORDINATION)
    request = CoordinationRequest.objects.get()
    coordinating.answer(request, by=city.people["czj_gongkai"], answer="amend", reason="请删去第三段")
    coordinating.rule(request, by=city.people["officer"], released=False, ruling="按财政局意见修改")
    publication.refresh_from_db()
    assert publication.state == State.RETURNED


def test_a_draft_taken_back_closes_its_questions(city):
    publication = drafting.create_draft(
        city["jiaoyu"], by=city.people["drafter"], **content(touched_agencies=[city["caizheng"].pk])
    )
    publication = through(city, publication, Step.COORDINATION)
    drafting.take_back(publication, by=city.people["drafter"])
    publication.refresh_from_db()
    assert (publication.state, publication.step) == (State.DRAFT, "")
    assert desk.tasks_of(city.people["czj_gongkai"]) == []


def test_what_is_signed_for_later_appears_at_its_time_and_goes_at_its_end(city):
    start = timezone.now() + timedelta(days=2)
    end = start + timedelta(days=5)
    publication = drafting.create_draft(
        city["jiaoyu"], by=city.people["drafter"], **content(go_live_at=start, expire_at=end)
    )
    publication = through(city, publication)
    publication.refresh_from_db()
    assert (publication.state, publication.live) == (State.SCHEDULED, False)
    assert releasing.release_due(start - timedelta(minutes=1)) == 0
    assert releasing.release_due(start + timedelta(minutes=1)) == 1
    publication.refresh_from_db()
    assert (publication.state, publication.live) == (State.PUBLISHED, True)
    assert releasing.expire_due(end + timedelta(minutes=1)) == 1
    publication.refresh_from_db()
    assert publication.state == State.WITHDRAWN


def test_a_scheduled_release_can_be_taken_back(city):
    start = timezone.now() + timedelta(days=2)
    publication = drafting.create_draft(city["jiaoyu"], by=city.people["drafter"], **content(go_live_at=start))
    publication = through(city, publication)
    drafting.take_back(publication, by=city.people["drafter"])
    assert releasing.release_due(start + timedelta(days=1)) == 0
    publication.refresh_from_db()
    assert publication.state == State.DRAFT


def test_a_revision_of_what_is_out_stays_hidden_until_it_is_signed(city, draft):
    publication = through(city, draft)
    before = Publication.objects.get(pk=publication.pk)
    drafting.save_draft(
        before, by=city.people["drafter"], body="<p>更正后的正文</p>", correction_note="更正报名截止日期"
    )
    out = Publication.objects.get(pk=publication.pk)
    assert "更正后的正文" not in out.body
    out = through(city, out)
    assert "更正后的正文" in out.body
    assert out.index_number == before.index_number
    assert out.published_at == before.published_at
    assert [c.verb for c in out.changes.all()] == [Change.Verb.RELEASED, Change.Verb.CORRECTED]
    assert out.public_notes.get().text == "更正报名截止日期"


def test_a_correction_must_say_what_it_corrects(city, draft):
    publication = through(city, draft)
    publication = Publication.objects.get(pk=publication.pk)
    drafting.save_draft(publication, by=city.people["drafter"], body="<p>不说明的更改</p>")
    publication.refresh_from_db()
    with pytest.raises(ValidationError) as error:
        submitting.submit(publication, by=city.people["drafter"])
    assert set(error.value.message_dict) == {"correction_note"}


def test_withdrawal_leaves_a_reason_and_a_trace(city, draft):
    publication = through(city, draft)
    with pytest.raises(ValidationError):
        withdrawing.withdraw(publication, by=city.people["jyj_gongkai"], reason="")
    withdrawing.withdraw(publication, by=city.people["jyj_gongkai"], reason="附件有误，更正后重新发布")
    publication.refresh_from_db()
    assert (publication.state, publication.live) == (State.WITHDRAWN, False)
    assert publication.withdrawal_reason.startswith("附件有误")
    assert publication.index_number
    assert not PublicationCategory.objects.filter(publication=publication).exists()


def test_personal_data_block_the_release_until_a_reviewer_decides(city):
    body = "<p>申请人张小明，身份证号11010519491231002X，已经受理。</p>"
    publication = drafting.create_draft(city["jiaoyu"], by=city.people["drafter"], **content(body=body))
    publication = through(city, publication, Step.CONFIDENTIALITY)
    hits = [h for h in scanning.blocking(publication) if h["rule"] == "idcard18"]
    assert len(hits) == 1
    assert "11010519491231002X" not in str(hits)
    with pytest.raises(ValidationError) as error:
        deciding.review_confidentiality(publication, by=city.people["reviewer"], result="open", checklist=CLEAN)
    assert "scan" in error.value.message_dict
    with pytest.raises(NotAllowed):
        scanning.override(publication, hits[0]["fingerprint"], by=city.people["drafter"], reason="本人同意公开")
    for hit in scanning.blocking(publication):
        scanning.override(publication, hit["fingerprint"], by=city.people["reviewer"], reason="本人书面同意公开")
    publication = deciding.review_confidentiality(
        publication, by=city.people["reviewer"], result="open", checklist=CLEAN
    )
    assert publication.step == Step.COORDINATION or publication.step == Step.SIGN_OFF


def test_redaction_removes_the_words_and_lets_it_go_on(city):
    body = "<p>申请人张小明，身份证号11010519491231002X，已经受理。</p>"
    publication = drafting.create_draft(city["jiaoyu"], by=city.people["drafter"], **content(body=body))
    publication = through(city, publication, Step.CONFIDENTIALITY)
    prints = [h["fingerprint"] for h in scanning.blocking(publication)]
    scanning.redact(publication, prints, by=city.people["reviewer"])
    publication = Publication.objects.get(pk=publication.pk)
    publication = deciding.review_confidentiality(
        publication,
        by=city.people["reviewer"],
        result="open_redacted",
        checklist={**CLEAN, "privacy": "yes"},
        grounds=["art15_third_party"],
    )
    publication = deciding.sign(publication, by=city.people["jyj_qianfa"])
    assert publication.state == State.PUBLISHED
    assert "11010519491231002X" not in publication.body
    review = ConfidentialityReview.objects.get()
    assert review.removed
    assert "11010519491231002X" not in str(review.removed)


def test_index_numbers_are_consecutive_and_kept(city):
    numbers = []
    for number in range(3):
        words = content(title=f"第{number + 1}批招生计划公示")
        publication = drafting.create_draft(city["jiaoyu"], by=city.people["drafter"], **words)
        numbers.append(through(city, publication).index_number)
    assert [int(n[-5:]) for n in numbers] == [1, 2, 3]


def test_a_stranger_sees_no_draft_and_an_invited_reader_changes_nothing(city, draft):
    stranger = city.people["czj_qicao"]
    assert not desk.may_see(stranger, draft)
    with pytest.raises(NotAllowed):
        inviting.invite(draft, stranger, by=stranger)
    inviting.invite(draft, stranger, by=city.people["drafter"])
    assert desk.may_see(stranger, draft)
    with pytest.raises(NotAllowed):
        drafting.save_draft(draft, by=stranger, title="改了")
    inviting.give_opinion(draft, by=stranger, opinion="可以发布")
    assert not desk.may_see(stranger, draft)
    with pytest.raises(NotAllowed):
        inviting.give_opinion(draft, by=stranger, opinion="再说一句")


@pytest.mark.parametrize("end", ["released", "discarded", "called off"])
def test_an_invited_reader_reads_no_draft_after_the_end(city, draft, end):
    reader, by = city.people["czj_qicao"], city.people["drafter"]
    inviting.invite(draft, reader, by=by)
    assert [t.kind for t in desk.tasks_of(reader)] == ["invited"]
    assert Notification.objects.filter(person=reader, read_at=None).count() == 1
    if end == "released":
        through(city, draft)
        drafting.save_draft(draft, by=by, body="<p>还没有审查的更正</p>")
    elif end == "discarded":
        drafting.discard(draft, by=by, reason="重复")
    else:
        inviting.call_off(draft, reader, by=by)
    assert not desk.may_see(reader, draft)
    assert desk.tasks_of(reader) == []
    assert not Notification.objects.filter(person=reader, read_at=None).exists()


def test_who_said_what_they_think_may_be_invited_again(city, draft):
    reader, by = city.people["czj_qicao"], city.people["drafter"]
    inviting.invite(draft, reader, by=by)
    inviting.give_opinion(draft, by=reader, opinion="请写明时间")
    again = inviting.invite(draft, reader, by=by, until=timezone.localdate() + timedelta(days=1))
    assert desk.tasks_of(reader)[0].due == again.due_on
    assert desk.may_see(reader, draft)
    with pytest.raises(ValidationError):
        inviting.invite(draft, reader, by=by, until=timezone.localdate() - timedelta(days=1))


def test_what_a_reader_from_outside_saw_stays_on_record(city, draft):
    reader = city.people["czj_qicao"]
    inviting.invite(draft, reader, by=city.people["drafter"])
    for who in (reader, reader, city.people["head"]):
        inviting.read_draft(draft, by=who)
    entry = history(draft).get(action="publishing.read_draft")
    assert (entry.actor, entry.data["revision"]) == (reader, draft.latest_revision_id)


def test_an_asked_agency_sees_the_draft_until_it_agreed_or_somebody_ruled(city):
    made = content(touched_agencies=[city["caizheng"].pk, city["weijian"].pk])
    draft = drafting.create_draft(city["jiaoyu"], by=city.people["drafter"], **made)
    through(city, draft, Step.COORDINATION)
    agreeing, refusing = city.people["czj_gongkai"], city.people["wjw_gongkai"]
    assert desk.may_see(agreeing, draft)
    coordinating.answer(CoordinationRequest.objects.get(agency=city["caizheng"]), by=agreeing, answer="agreed")
    assert not desk.may_see(agreeing, draft)
    request = CoordinationRequest.objects.get(agency=city["weijian"])
    coordinating.answer(request, by=refusing, answer="disagreed", reason="数据有误")
    assert desk.may_see(refusing, draft)
    coordinating.rule(request, by=city.people["jyj_gongkai"], released=True, ruling="数据已经核定")
    assert not desk.may_see(refusing, draft)
    part = desk.parts_of(refusing, draft)[0]
    assert (part.kind, part.said) == ("coordination", "不同意发布 数据有误 裁定发布：数据已经核定")
    told = Notification.objects.filter(person=refusing, message__contains="已经裁定：发布")
    assert told.get().values["ruling"] == "数据已经核定"


def test_a_message_that_asks_for_a_decision_is_done_with_once_somebody_decided(city, draft):
    publication = submitting.submit(draft, by=city.people["drafter"])
    assert Notification.objects.filter(person=city.people["head"], read_at=None).count() == 1
    deciding.approve_as_head(publication, by=city.people["head"])
    assert not Notification.objects.filter(person=city.people["head"], read_at=None).exists()
    assert Notification.objects.filter(person=city.people["reviewer"], read_at=None).count() == 1
