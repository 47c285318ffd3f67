"""Whatever is done in whatever order: what must hold of publications holds after each step."""

from __future__ import annotations

import itertools
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as site
from django.core.exceptions import ValidationError
from django.db import transaction
from django.test import TestCase, override_settings
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from wagtail.models import Revision, WorkflowState

from gongkai.agencies import demo
from gongkai.agencies.models import Agency, Person
from gongkai.agencies.rights import NotAllowed
from gongkai.law.review import CHECKLIST
from gongkai.publishing import indexing
from gongkai.publishing.actions import (
    coordinating,
    deciding,
    drafting,
    releasing,
    submitting,
    validity,
    withdrawing,
    withholding,
)
from gongkai.publishing.fingerprint import fingerprint
from gongkai.publishing.models import (
    Change,
    ConfidentialityReview,
    CoordinationRequest,
    IndexEntry,
    Publication,
    PublicationCategory,
    State,
)
from gongkai.search import Query, WriterBusy
from gongkai.trail.chain import history, verify

NO = {q.id: "no" for q in CHECKLIST}
DAY = timedelta(days=1)
PICK = st.integers(0, 5)
RELATIONS = st.sampled_from(["", "", "amends", "repeals", "implements"])
_folders = itertools.count(1)


class Life(RuleBasedStateMachine):
    """The life of a few publications of one agency; another one is asked about some of them."""

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.folder = override_settings(SEARCH_FOLDER=Path(site.DATA) / f"search-any-{next(_folders)}")
        self.folder.enable()
        indexing._opened = None
        self.day = timezone.localdate()
        self.now = timezone.now()
        self.revisions: dict[int, tuple[Any, ...]] = {}
        self.signed: dict[int, str] = {}

    def teardown(self) -> None:
        self.folder.disable()
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    @initialize()
    def begin(self) -> None:
        self.agency = Agency.objects.get(slug="jiaoyu")
        self.touched = Agency.objects.get(slug="caizheng")
        self.people = {p.username: p for p in Person.objects.all()}

    def pick(self, n: int) -> Publication | None:
        ids = list(Publication.objects.order_by("pk").values_list("pk", flat=True))
        return Publication.objects.select_related("agency").get(pk=ids[n % len(ids)]) if ids else None

    def act(self, act: Any, *args: Any, **kwargs: Any) -> None:
        """Does it where it may be done now; where not, nothing is left of the try."""
        try:
            with transaction.atomic():
                act(*args, **kwargs)
        except (ValidationError, NotAllowed):
            pass

    @precondition(lambda self: Publication.objects.count() < 5)
    @rule(later=st.booleans(), ends=st.booleans(), touched=st.booleans(), kind=st.sampled_from(["normative", "news"]))
    def write(self, later: bool, ends: bool, touched: bool, kind: str) -> None:
        self.act(
            drafting.create_draft,
            self.agency,
            by=self.people["drafter"],
            title=f"第{Publication.objects.count() + 1}号文件",
            body="<p>正文</p>",
            kind=kind,
            document_number="云教发〔2026〕1号",
            effective_on=self.day,
            theme="T0201",
            categories=["livelihood"],
            made_on=self.day,
            touched_agencies=[self.touched.pk] if touched else [],
            go_live_at=self.now + DAY if later else None,
            expire_at=self.now + 5 * DAY if ends else None,
        )

    @rule(n=PICK, other=PICK, relation=RELATIONS, word=st.sampled_from(["甲", "乙"]), later=st.booleans())
    def save(self, n: int, other: int, relation: str, word: str, later: bool) -> None:
        item, target = self.pick(n), self.pick(other)
        if item is None or target is None:
            return
        self.act(
            drafting.save_draft,
            item,
            by=self.people["drafter"],
            body=f"<p>正文{word}</p>",
            correction_note="更正",
            relations=[{"kind": relation, "target": target.pk}] if relation else [],
            go_live_at=self.now + DAY if later else None,
        )

    @rule(n=PICK)
    def submit(self, n: int) -> None:
        if item := self.pick(n):
            self.act(submitting.submit, item, by=self.people["drafter"])

    @rule(n=PICK, result=st.sampled_from(["open", "open", "open", "withhold", "refer"]))
    def decide(self, n: int, result: str) -> None:
        item = self.pick(n)
        if item is None:
            return
        people = self.people
        if item.step == "unit_head":
            self.act(deciding.approve_as_head, item, by=people["head"])
        elif item.step == "confidentiality":
            more = {"grounds": ["art16_1_internal"], "referred_to": "云州市国家保密局"}
            self.act(deciding.review_confidentiality, item, by=people["reviewer"], result=result, checklist=NO, **more)
        elif item.step == "coordination":
            for asked in CoordinationRequest.objects.filter(publication=item, answer="", closed=False):
                self.act(coordinating.answer, asked, by=people["czj_gongkai"], answer="agreed")
        else:
            self.act(deciding.sign, item, by=people["jyj_qianfa"])

    @precondition(lambda self: Publication.objects.exclude(state=State.PUBLISHED).exists())
    @rule(n=PICK, steps=st.integers(1, 6))
    def lead_on(self, n: int, steps: int) -> None:
        """Several steps at once, so that ends are reached often."""
        self.submit(n)
        for _ in range(steps):
            self.decide(n, "open")

    @precondition(lambda self: Publication.objects.filter(state=State.PUBLISHED).exists())
    @rule(n=PICK, other=PICK, relation=RELATIONS, later=st.booleans())
    def correct(self, n: int, other: int, relation: str, later: bool) -> None:
        """A correction of something, up to its signature."""
        self.save(n, other, relation, "丙", later)
        self.lead_on(n, 4)

    @rule(n=PICK, released=st.booleans())
    def quarrel(self, n: int, released: bool) -> None:
        asked = CoordinationRequest.objects.filter(publication=self.pick(n)).last()
        if asked is not None:
            who = self.people["czj_gongkai"]
            self.act(coordinating.answer, asked, by=who, answer="disagreed", reason="不妥")
            self.act(coordinating.rule, asked, by=self.people["officer"], released=released, ruling="照此办理")

    @rule(n=PICK, how=st.sampled_from(["return", "take_back", "discard", "withdraw", "reassess", "keep", "declare"]))
    def undo_something(self, n: int, how: str) -> None:
        item, people = self.pick(n), self.people
        if item is None:
            return
        decider = {"unit_head": "head", "confidentiality": "reviewer", "coordination": "officer"}
        what: dict[str, Any] = {
            "return": lambda: deciding.return_to_drafter(
                item, by=people[decider.get(item.step, "jyj_qianfa")], reason="重写"
            ),
            "take_back": lambda: drafting.take_back(item, by=people["drafter"]),
            "discard": lambda: drafting.discard(item, by=people["drafter"], reason="重复"),
            "withdraw": lambda: withdrawing.withdraw(item, by=people["jyj_gongkai"], reason="内容有误"),
            "reassess": lambda: withholding.reassess(item, by=people["reviewer"], keep=False, reason="已经公布"),
            "keep": lambda: withholding.reassess(item, by=people["reviewer"], keep=True, reason="情况未变"),
            "declare": lambda: validity.declare(
                item, by=people["jyj_gongkai"], validity="repealed", on=self.day, note="清理结果"
            ),
        }
        self.act(what[how])

    @rule(days=st.sampled_from([2, 6]))
    def wait(self, days: int) -> None:
        """The clock's work, as if so many days had gone by."""
        releasing.release_due(self.now + days * DAY)
        releasing.expire_due(self.now + days * DAY)

    @invariant()
    def what_is_public_was_reviewed_and_signed_in_this_very_version(self) -> None:
        for item in Publication.objects.exclude(published_at=None):
            if item.state != State.PUBLISHED:
                continue
            out = item.with_content_json(item.live_revision.content)
            hashes = ConfidentialityReview.objects.filter(publication=item, result="open").values_list("content_hash")
            assert (fingerprint(out),) in set(hashes)
            assert out.body == item.body
            signed = history(item).filter(action="publishing.approve_sign_off").values_list("data", flat=True)
            assert item.live_revision_id in {data["revision"] for data in signed}

    @invariant()
    def a_row_agrees_with_itself(self) -> None:
        for item in Publication.objects.all():
            assert item.live == (item.state == State.PUBLISHED)
            assert bool(item.step) == (item.current_workflow_task_state is not None)
            assert not item.step or item.state in (State.IN_REVIEW, State.PUBLISHED)
            assert item.state != State.IN_REVIEW or item.step
            assert bool(item.index_number) == (item.published_at is not None)
            assert (item.state == State.WITHHELD) == (item.reassess_on is not None)
            waiting = Revision.objects.filter(object_id=str(item.pk), approved_go_live_at__isnull=False)
            assert waiting.exists() == (item.state == State.SCHEDULED or bool(item.live and item.go_live_at))
            filed = PublicationCategory.objects.filter(publication=item).exists()
            assert filed == (item.state == State.PUBLISHED)
            open_ones = WorkflowState.objects.filter(
                object_id=str(item.pk), status__in=["in_progress", "needs_changes"]
            )
            assert open_ones.count() <= 1

    @invariant()
    def index_numbers_are_given_in_order_and_once(self) -> None:
        serials = list(IndexEntry.objects.order_by("pk").values_list("serial", flat=True))
        assert serials == list(range(1, len(serials) + 1))

    @invariant()
    def validity_is_what_it_would_be_if_it_were_settled_now(self) -> None:
        for item in Publication.objects.filter(state=State.PUBLISHED):
            found = validity.standing(item, self.day)
            assert (item.validity, item.ended_on, item.ended_by_id) == found[:3]

    @invariant()
    def every_change_of_state_is_on_record(self) -> None:
        for item in Publication.objects.all():
            now = (item.state, item.step)
            entries = history(item).count()
            before, earlier = self.revisions.get(item.pk, (None, -1))
            assert now == before or entries > earlier
            self.revisions[item.pk] = (now, entries)

    @rule()
    def look_into_the_index(self) -> None:
        try:
            indexing.catch_up()
        except WriterBusy:
            return
        reader = indexing.reader()
        assert reader is not None
        found = {hit.id for hit in reader.search(Query("正文", limit=50)).hits}
        assert found == set(Publication.objects.filter(state=State.PUBLISHED).values_list("pk", flat=True))
        assert verify().ok

    @invariant()
    def nothing_but_what_is_or_was_public_is_announced(self) -> None:
        announced = set(Change.objects.values_list("publication__state", flat=True))
        assert announced <= {State.PUBLISHED, State.WITHDRAWN}


class AnySequence(TestCase):
    """Runs the life in one transaction for each example."""

    @classmethod
    def setUpTestData(cls) -> None:
        demo.load()

    def test_it_holds(self) -> None:
        from hypothesis.stateful import run_state_machine_as_test

        run_state_machine_as_test(
            Life,
            settings=settings(
                max_examples=8,
                stateful_step_count=25,
                deadline=None,
                suppress_health_check=list(HealthCheck),
            ),
        )


pytestmark = pytest.mark.slow
