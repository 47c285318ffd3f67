"""In which state each action may be done: every action from every state, twice, and after each other."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from wagtail.models import Revision, Task, Workflow, WorkflowState

from gongkai.agencies import actions as agency_actions
from gongkai.agencies.models import Person, Post, Role
from gongkai.agencies.rights import NotAllowed
from gongkai.files.actions import store
from gongkai.law.review import CHECKLIST
from gongkai.publishing.actions import (
    channels,
    coordinating,
    deciding,
    drafting,
    paths,
    releasing,
    scanning,
    submitting,
    succession,
    validity,
    withdrawing,
    withholding,
)
from gongkai.publishing.actions.shared import WrongState
from gongkai.publishing.models import (
    Change,
    ColumnIndexPage,
    ColumnPage,
    CoordinationRequest,
    Publication,
    State,
    Step,
    Validity,
)
from gongkai.publishing.tasks import turn
from gongkai.trail.chain import verify
from gongkai.trail.models import Entry

NO = {q.id: "no" for q in CHECKLIST}
SOON = timedelta(days=2)


def fresh(publication: Publication) -> Publication:
    return Publication.objects.select_related("agency").get(pk=publication.pk)


class Path:
    """Leads one publication of the education bureau; the finance bureau is touched."""

    def __init__(self, city: Any, **content: Any) -> None:
        self.city, self.people = city, city.people
        self.all = Person.objects.create(username="all", first_name="all")
        for role in Role.values:
            for agency in (city["jiaoyu"], city["caizheng"]):
                Post.objects.create(person=self.all, agency=agency, role=role, since=timezone.localdate())
        content = {
            "title": "关于调整校车收费的通知",
            "body": "<p>现将收费标准通知如下。</p>",
            "kind": "policy",
            "theme": "T0201",
            "categories": ["livelihood"],
            "made_on": timezone.localdate(),
            "touched_agencies": [city["caizheng"].pk],
            **content,
        }
        self.item = drafting.create_draft(city["jiaoyu"], by=self.people["drafter"], **content)

    @property
    def now(self) -> Publication:
        return fresh(self.item)

    @property
    def question(self) -> CoordinationRequest:
        return CoordinationRequest.objects.order_by("-pk").first() or CoordinationRequest.objects.create(
            publication=self.item,
            revision=self.now.latest_revision,
            agency=self.city["caizheng"],
            due_on=timezone.localdate() - timedelta(days=1),
        )

    def to(self, where: str) -> Publication:
        """Leads it to a step or a state, from the beginning."""
        people, steps = self.people, [s.value for s in Step]
        if where in (State.DRAFT, State.DISCARDED):
            return self.now if where == State.DRAFT else drafting.discard(self.now, by=self.all, reason="重复")
        submitting.submit(self.now, by=people["drafter"])
        if where == State.RETURNED:
            return deciding.return_to_drafter(self.now, by=people["head"], reason="请补充")
        if where == steps[0]:
            return self.now
        deciding.approve_as_head(self.now, by=people["head"])
        if where == State.WITHHELD:
            grounds = {"result": "withhold", "checklist": NO, "grounds": ["art16_1_internal"]}
            return deciding.review_confidentiality(self.now, by=people["reviewer"], **grounds)
        if where == steps[1]:
            return self.now
        deciding.review_confidentiality(self.now, by=people["reviewer"], result="open", checklist=NO)
        if where == steps[2]:
            return self.now
        if self.now.step == Step.COORDINATION:
            coordinating.answer(self.question, by=people["czj_gongkai"], answer="agreed")
        if where == steps[3]:
            return self.now
        deciding.sign(self.now, by=people["jyj_qianfa"])
        if where == State.WITHDRAWN:
            withdrawing.withdraw(self.now, by=people["jyj_gongkai"], reason="内容有误")
        return self.now


def at_places(city: Any, where: str) -> Path:
    content = {"go_live_at": timezone.now() + SOON} if where == State.SCHEDULED else {}
    path = Path(city, **content)
    path.to(where)
    return path


ACTIONS: dict[str, tuple[Callable[[Path], Any], set[str]]] = {
    "save_draft": (lambda p: drafting.save_draft(p.now, by=p.all, title="新题目"), {"draft", "returned", "published"}),
    "restore_version": (
        lambda p: drafting.restore_version(p.now, p.now.latest_revision_id, by=p.all),
        {"draft", "returned", "published"},
    ),
    "attach": (
        lambda p: drafting.attach(p.now, "校历".encode(), "a.txt", by=p.all),
        {"draft", "returned", "published"},
    ),
    "submit": (lambda p: submitting.submit(p.now, by=p.all), {"draft", "returned"}),
    "take_back": (
        lambda p: drafting.take_back(p.now, by=p.people["drafter"]),
        {"unit_head", "confidentiality", "coordination", "sign_off", "scheduled"},
    ),
    "discard": (lambda p: drafting.discard(p.now, by=p.all, reason="重复"), {"draft", "returned"}),
    "head": (lambda p: deciding.approve_as_head(p.now, by=p.all), {"unit_head"}),
    "review": (
        lambda p: deciding.review_confidentiality(p.now, by=p.all, result="open", checklist=NO),
        {"confidentiality"},
    ),
    "answer": (lambda p: coordinating.answer(p.question, by=p.all, answer="agreed"), {"coordination"}),
    "rule": (
        lambda p: (
            CoordinationRequest.objects.filter(pk=p.question.pk).update(due_on=timezone.localdate() - SOON),
            coordinating.rule(p.question, by=p.all, released=True, ruling="同意发布"),
        ),
        {"coordination"},
    ),
    "sign": (lambda p: deciding.sign(p.now, by=p.all), {"sign_off"}),
    "return": (
        lambda p: deciding.return_to_drafter(p.now, by=p.all, reason="重写"),
        {"unit_head", "confidentiality", "coordination", "sign_off"},
    ),
    "release": (lambda p: releasing.release(p.now, by=p.all), set()),
    "withdraw": (lambda p: withdrawing.withdraw(p.now, by=p.all, reason="内容有误"), {"published"}),
    "declare": (
        lambda p: validity.declare(p.now, by=p.all, validity="repealed", on=timezone.localdate(), note="清理结果"),
        {"published"},
    ),
    "record_release": (lambda p: channels.record_release(p.now, by=p.all, channel="wechat"), {"published"}),
    "reassess": (lambda p: withholding.reassess(p.now, by=p.all, keep=True, reason="情况未变"), {"withheld"}),
    "declassify": (
        lambda p: withholding.set_declassification(p.now, by=p.all, on=timezone.localdate()),
        {"withheld"},
    ),
}
PLACES = [*(s.value for s in Step), *(s.value for s in State if s != State.IN_REVIEW)]
SEVERAL = {"attach", "save_draft", "restore_version", "declare", "record_release", "reassess", "declassify"}
"""What may be done more than once."""


@pytest.mark.parametrize("place", PLACES)
def test_each_action_is_done_where_it_belongs_and_nowhere_else(city, place):
    path = at_places(city, place)
    assert place in (path.now.step, path.now.state)
    wrong = []
    for name, (act, places) in ACTIONS.items():
        with transaction.atomic():
            before = (path.now.state, path.now.step, path.now.latest_revision_id, Entry.objects.count())
            try:
                act(path)
                done = "done"
                again = _again(path, act) if name not in SEVERAL else "refused"
            except WrongState:
                done, again = "refused", "refused"
                assert before == (path.now.state, path.now.step, path.now.latest_revision_id, Entry.objects.count())
            expected = "done" if place in places else "refused"
            wrong += [f"{name} at {place}: {done}, again: {again}"] if (done, again) != (expected, "refused") else []
            transaction.set_rollback(True)
    assert wrong == []


def _again(path: Path, act: Callable[[Path], Any]) -> str:
    try:
        act(path)
    except (WrongState, NotAllowed):
        return "refused"
    return "done"


def test_what_was_submitted_again_without_a_change_asks_the_others_anew(city):
    path = Path(city)
    path.to(Step.COORDINATION)
    drafting.take_back(path.now, by=path.people["drafter"])
    old = path.question
    path.to(Step.COORDINATION)
    assert path.question != old
    with pytest.raises(WrongState):
        coordinating.answer(old, by=path.people["czj_gongkai"], answer="agreed")
    coordinating.answer(path.question, by=path.people["czj_gongkai"], answer="agreed")
    assert path.now.step == Step.SIGN_OFF


def test_a_disagreement_of_an_earlier_round_is_not_ruled_on_any_more(city):
    path = Path(city)
    path.to(Step.COORDINATION)
    old = coordinating.answer(path.question, by=path.people["czj_gongkai"], answer="disagreed", reason="不妥")
    drafting.take_back(path.now, by=path.people["drafter"])
    path.to(Step.COORDINATION)
    with pytest.raises(WrongState):
        coordinating.rule(old, by=path.people["officer"], released=True, ruling="同意发布")


def scheduled_revision(path: Path, **content: Any) -> Publication:
    """The item is out, and a correction of it was signed for the day after tomorrow."""
    path.to(State.PUBLISHED)
    content = {"body": "<p>更正后的正文</p>", "correction_note": "更正", "touched_agencies": [], **content}
    drafting.save_draft(path.now, by=path.people["drafter"], go_live_at=timezone.now() + SOON, **content)
    path.to(State.PUBLISHED)
    return path.now


def test_a_signed_correction_is_not_written_on_while_it_waits(city):
    path = Path(city)
    item = scheduled_revision(path)
    assert item.state == State.PUBLISHED
    with pytest.raises(WrongState):
        drafting.save_draft(item, by=path.people["drafter"], body="<p>没有审查的正文</p>")
    assert releasing.release_due(timezone.now() + SOON * 2) == 1
    assert "更正后的正文" in path.now.body


def test_what_comes_out_at_its_time_is_the_version_that_was_signed(city):
    path = Path(city)
    item = scheduled_revision(path)
    later = item.get_latest_revision_as_object()
    later.body = "<p>没有审查的正文</p>"
    later.save_revision(clean=False)
    assert releasing.release_due(timezone.now() + SOON * 2) == 1
    item = path.now
    assert "更正后的正文" in item.body
    assert item.has_unpublished_changes


def test_a_signed_correction_can_be_taken_back(city):
    path = Path(city)
    item = scheduled_revision(path)
    drafting.take_back(item, by=path.people["drafter"])
    assert releasing.release_due(timezone.now() + SOON * 2) == 0
    assert path.now.state == State.PUBLISHED
    assert "更正" not in path.now.body
    drafting.save_draft(path.now, by=path.people["drafter"], body="<p>再改</p>")


def test_what_is_withdrawn_does_not_come_back_by_a_correction_that_was_signed_before(city):
    path = Path(city)
    item = scheduled_revision(path)
    withdrawing.withdraw(item, by=path.people["jyj_gongkai"], reason="内容有误")
    assert releasing.release_due(timezone.now() + SOON * 2) == 0
    assert path.now.state == State.WITHDRAWN


def test_the_schedule_of_a_column_page_releases_no_publication(city):
    path = Path(city)
    path.to(State.PUBLISHED)
    drafting.save_draft(path.now, by=path.people["drafter"], body="<p>没有审查的正文</p>")
    revision = path.now.latest_revision
    column = Revision.objects.get(pk=revision.pk)
    from django.contrib.contenttypes.models import ContentType

    column.pk = None
    column.content_type = ContentType.objects.get_for_model(ColumnPage)
    column.base_content_type = ContentType.objects.get(app_label="wagtailcore", model="page")
    column.approved_go_live_at = timezone.now() - SOON
    column._state.adding = True
    Revision.objects.bulk_create([column])
    assert releasing.release_due(timezone.now()) == 0
    assert "没有审查" not in path.now.body
    withdrawing.withdraw(path.now, by=path.people["jyj_gongkai"], reason="内容有误")
    assert Revision.objects.filter(approved_go_live_at__isnull=False).count() == 1


def test_what_is_wrong_with_one_item_does_not_keep_the_others_from_coming_out(city):
    first, second = at_places(city, State.SCHEDULED), None
    Person.objects.filter(username="all").update(username="other")
    second = at_places(city, State.SCHEDULED)
    broken = first.now.latest_revision
    broken.content["body"] = "<p>数据库里被改过的正文</p>"
    Revision.objects.filter(pk=broken.pk).update(content=broken.content)
    assert releasing.release_due(timezone.now() + SOON * 2) == 1
    assert (first.now.state, second.now.state) == (State.SCHEDULED, State.PUBLISHED)


def test_what_expires_while_its_correction_is_reviewed_is_gone_and_the_review_ends(city):
    path = Path(city, expire_at=timezone.now() + SOON)
    path.to(State.PUBLISHED)
    drafting.save_draft(path.now, by=path.people["drafter"], body="<p>更正</p>", correction_note="更正")
    path.to(Step.SIGN_OFF)
    assert releasing.expire_due(timezone.now() + SOON * 2) == 1
    item = path.now
    assert (item.state, item.step, item.live) == (State.WITHDRAWN, "", False)
    assert item.current_workflow_state is None
    with pytest.raises(WrongState):
        deciding.sign(item, by=path.people["jyj_qianfa"])
    assert releasing.expire_due(timezone.now() + SOON * 2) == 0


def test_wagtail_itself_releases_and_takes_down_only_what_the_actions_would(city):
    path = Path(city, expire_at=timezone.now() + SOON)
    path.to(State.PUBLISHED)
    drafting.save_draft(path.now, by=path.people["drafter"], body="<p>没有审查的正文</p>")
    path.now.latest_revision.publish()
    assert "没有审查" not in path.now.body
    path.now.unpublish()
    assert path.now.state == State.PUBLISHED
    Publication.objects.filter(pk=path.item.pk).update(expire_at=timezone.now() - SOON)
    call_command("publish_scheduled")
    assert (path.now.state, path.now.live) == (State.WITHDRAWN, False)
    assert path.now.withdrawal_reason


def test_the_clock_brings_column_pages_out_at_their_time(city):
    root = ColumnIndexPage.objects.first()
    page = root.add_child(instance=ColumnPage(title="防汛专题", slug="fangxun", live=False))
    page.go_live_at = timezone.now() - SOON
    revision = page.save_revision(approved_go_live_at=timezone.now() - SOON)
    turn.call()
    page.refresh_from_db()
    assert (page.live, page.live_revision) == (True, revision)


def test_the_clock_does_nothing_twice(city):
    path = at_places(city, State.SCHEDULED)
    Revision.objects.filter(pk=path.now.latest_revision_id).update(approved_go_live_at=timezone.now() - SOON)
    turn.call()
    turn.call()
    assert path.now.state == State.PUBLISHED
    assert Change.objects.filter(publication=path.item).count() == 1


def test_a_draft_that_is_not_meant_for_everybody_is_not_released(city):
    path = Path(city, mode="on_request", legal_basis="第十五条")
    path.to(Step.CONFIDENTIALITY)
    with pytest.raises(ValidationError) as error:
        deciding.review_confidentiality(path.now, by=path.people["reviewer"], result="open", checklist=NO)
    assert "result" in error.value.message_dict


def test_what_is_withheld_comes_back_only_by_a_reassessment(city):
    path = at_places(city, State.WITHHELD)
    with pytest.raises(WrongState):
        drafting.save_draft(path.now, by=path.people["drafter"], title="换个题目再报")
    with pytest.raises(WrongState):
        submitting.submit(path.now, by=path.people["drafter"])
    withholding.reassess(path.now, by=path.people["reviewer"], keep=False, reason="已经公布")
    item = path.to(State.PUBLISHED)
    assert (item.state, item.withholding, item.reassess_on) == (State.PUBLISHED, [], None)


def test_a_matter_that_stays_withheld_comes_up_again_on_the_day_of_its_declassification(city):
    path = at_places(city, State.WITHHELD)
    day = timezone.localdate() + timedelta(days=30)
    withholding.set_declassification(path.now, by=path.people["reviewer"], on=day)
    withholding.reassess(path.now, by=path.people["reviewer"], keep=True, reason="尚未解密")
    assert path.now.reassess_on == day


# Paths that change under way


def steps_of(city: Any, *steps: str) -> None:
    paths.set_path(city["jiaoyu"], "", [(step, 2) for step in steps], by=city.people["jyj_gongkai"])


def test_coordination_may_come_before_the_confidentiality_review(city):
    steps_of(city, "unit_head", "coordination", "confidentiality", "sign_off")
    path = Path(city)
    submitting.submit(path.now, by=path.people["drafter"])
    deciding.approve_as_head(path.now, by=path.people["head"])
    coordinating.answer(path.question, by=path.people["czj_gongkai"], answer="agreed")
    deciding.review_confidentiality(path.now, by=path.people["reviewer"], result="open", checklist=NO)
    assert deciding.sign(path.now, by=path.people["jyj_qianfa"]).state == State.PUBLISHED


def test_what_is_under_way_goes_on_along_the_path_that_it_began(city):
    path = at_places(city, Step.UNIT_HEAD)
    steps_of(city, "confidentiality", "sign_off")
    deciding.approve_as_head(path.now, by=path.people["head"])
    assert path.now.step == Step.CONFIDENTIALITY


@pytest.mark.parametrize("place", [s.value for s in Step])
def test_when_a_path_is_switched_off_nothing_is_released_or_stuck(city, place):
    path = at_places(city, place)
    Workflow.objects.get(pk=path.now.current_workflow_state.workflow_id).deactivate(user=path.people["root"])
    act, _places = ACTIONS[
        {"unit_head": "head", "confidentiality": "review", "coordination": "answer"}.get(place, "sign")
    ]
    with pytest.raises(WrongState), transaction.atomic():
        act(path)
    assert path.now.state == State.IN_REVIEW
    deciding.return_to_drafter(path.now, by=path.all, reason="流程停用")
    assert path.now.state == State.RETURNED


@pytest.mark.parametrize("place", [s.value for s in Step])
def test_when_a_step_is_switched_off_nothing_is_released_without_a_signature(city, place):
    path = at_places(city, place)
    task = path.now.current_workflow_task_state.task
    Task.objects.get(pk=task.pk).specific.deactivate(user=path.people["root"])
    assert path.now.state == State.IN_REVIEW
    drafting.take_back(path.now, by=path.people["drafter"])
    if place in (Step.CONFIDENTIALITY, Step.SIGN_OFF):
        with pytest.raises(ValidationError):
            submitting.submit(path.now, by=path.people["drafter"])


def test_an_agency_that_was_merged_while_its_item_is_reviewed_publishes_nothing_more(city):
    path = at_places(city, Step.UNIT_HEAD)
    agency_actions.merge([city["jiaoyu"]], city["wenlv"], by=path.people["admin"])
    for person in ("head", "all"):
        with pytest.raises(NotAllowed):
            deciding.approve_as_head(path.now, by=Person.objects.get(username={"head": "head", "all": "all"}[person]))
    root = path.people["root"]
    deciding.return_to_drafter(path.now, by=root, reason="机关已合并")
    with pytest.raises(ValidationError, match="文化广电和旅游局"):
        submitting.submit(path.now, by=root)


@pytest.mark.parametrize("place", [State.DRAFT, Step.SIGN_OFF, State.SCHEDULED])
def test_the_successor_takes_over_what_a_merged_agency_had_begun_with_its_files(city, place):
    path = at_places(city, place)
    with pytest.raises(ValidationError):
        succession.take_over(path.now, by=path.people["drafter"])
    file = store("校历".encode(), "校历.txt", by=None, agency=city["jiaoyu"])
    agency_actions.merge([city["jiaoyu"]], city["weijian"], by=path.people["admin"])
    with pytest.raises(NotAllowed):
        succession.take_over(path.now, by=path.people["drafter"])
    item = succession.take_over(path.now, by=path.people["wjw_qicao"])
    assert (item.state, item.step, item.agency) == (State.DRAFT, "", city["weijian"])
    drafting.save_draft(path.now, by=path.people["wjw_qicao"], files=[{"attachment": file.pk, "title": "校历"}])
    assert submitting.submit(path.now, by=path.people["wjw_qicao"]).step == Step.UNIT_HEAD
    deciding.approve_as_head(path.now, by=path.people["wjw_keshi"])
    assert releasing.release_due(timezone.now() + SOON * 2) == 0


def test_the_successor_of_a_merged_agency_is_asked_in_its_place(city):
    path = Path(city)
    agency_actions.merge([city["caizheng"]], city["fagai"], by=path.people["admin"])
    path.to(Step.COORDINATION)
    assert path.question.agency == city["fagai"]


def test_an_agency_that_succeeds_the_one_it_would_be_asked_about_is_not_asked(city):
    path = Path(city)
    agency_actions.merge([city["caizheng"]], city["jiaoyu"], by=path.people["admin"])
    assert path.to(Step.COORDINATION).step == Step.SIGN_OFF


# Validity


def test_an_amended_document_is_repealed_on_its_day(city, released):
    today = timezone.localdate()
    old = released(city["jiaoyu"], "旧办法", kind="normative", effective_on=today)
    for kind, day in (("amends", today), ("repeals", today + timedelta(days=10))):
        new = released(
            city["jiaoyu"],
            kind,
            kind="normative",
            effective_on=day,
            relations=[{"kind": kind, "target": old.pk, "text": ""}],
        )
        with transaction.atomic():
            releasing.materialise(new)
    assert fresh(old).validity == Validity.AMENDED
    validity.settle_due(today + timedelta(days=10))
    assert fresh(old).validity == Validity.REPEALED


def test_a_declared_amendment_does_not_keep_a_document_from_lapsing(city, released):
    today = timezone.localdate()
    old = released(city["jiaoyu"], "旧办法", kind="normative", effective_on=today, expires_on=today)
    validity.declare(old, by=city.people["jyj_gongkai"], validity="amended", note="云政发〔2026〕1号")
    assert validity.settle_due(today + timedelta(days=1)) == 1
    assert fresh(old).validity == Validity.LAPSED
    assert validity.settle_due(today + timedelta(days=1)) == 0


def test_a_later_repeal_that_is_withdrawn_leaves_a_declaration_as_it_was(city, released):
    today = timezone.localdate()
    old = released(city["jiaoyu"], "旧办法", kind="normative", effective_on=today - SOON)
    officer = city.people["jyj_gongkai"]
    validity.declare(old, by=officer, validity="lapsed", on=today - SOON, note="清理结果")
    relations = [{"kind": "repeals", "target": old.pk, "text": ""}]
    new = released(city["jiaoyu"], "新办法", kind="normative", effective_on=today, relations=relations)
    with transaction.atomic():
        releasing.materialise(new)
    withdrawing.withdraw(new, by=officer, reason="内容有误")
    old = fresh(old)
    assert (old.validity, old.ended_on, old.ended_note) == (Validity.LAPSED, today - SOON, "清理结果")


@pytest.mark.parametrize(
    ("kind", "values", "field"),
    [
        ("normative", {"validity": "not_yet", "note": "依据"}, "validity"),
        ("news", {"validity": "repealed", "note": "依据"}, "validity"),
        ("normative", {"validity": "repealed", "note": "依据", "on": timezone.localdate() + SOON}, "on"),
    ],
)
def test_only_what_can_be_is_declared(city, released, kind, values, field):
    item = released(city["jiaoyu"], "办法", kind=kind)
    with pytest.raises(ValidationError) as error:
        validity.declare(item, by=city.people["jyj_gongkai"], **{"on": timezone.localdate(), **values})
    assert field in error.value.message_dict


def test_after_all_of_it_the_record_is_sound_and_one_path_at_most_is_open(city):
    path = at_places(city, State.RETURNED)
    path.to(State.WITHHELD)
    withholding.reassess(path.now, by=path.people["reviewer"], keep=False, reason="已经公布")
    path.to(State.WITHDRAWN)
    assert verify().ok
    assert WorkflowState.objects.filter(status__in=["in_progress", "needs_changes"]).count() == 0


def test_who_redacts_a_draft_has_written_on_it(city):
    path = Path(city, body="<p>申请人张小明，身份证号11010519491231002X。</p>")
    marks = [h["fingerprint"] for h in scanning.blocking(path.now)]
    scanning.redact(path.now, marks, by=path.all)
    assert path.all.pk in path.now.drafters
    assert "11010519491231002X" not in str(path.now.summary) + str(path.now.title)
