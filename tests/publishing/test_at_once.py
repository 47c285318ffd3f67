"""Two people at once: real transactions in threads, on SQLite and on PostgreSQL."""

from __future__ import annotations

import importlib
import os
import signal
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone
from wagtail.models import Revision

from gongkai.agencies import demo
from gongkai.agencies.models import Agency, Person
from gongkai.agencies.rights import NotAllowed
from gongkai.law.review import CHECKLIST
from gongkai.publishing.actions import deciding, drafting, releasing, submitting, withdrawing
from gongkai.publishing.models import AgencyPath, Change, ChannelRelease, IndexEntry, Publication, State
from gongkai.trail.chain import verify
from gongkai.trail.models import Entry

NO = {q.id: "no" for q in CHECKLIST}


@pytest.fixture
def city(transactional_db: None) -> Any:
    """The demo city in a database where each thread has its own transactions; the common path is made anew."""
    from types import SimpleNamespace

    from django.apps import apps

    if not AgencyPath.objects.exists():
        # What migrations put in is gone after the first test that commits.
        importlib.import_module("gongkai.publishing.migrations.0003_common_path").make(apps, None)
    ContentType.objects.clear_cache()
    demo.load()
    agencies = {a.slug: a for a in Agency.objects.all()}
    return SimpleNamespace(agencies=agencies, people={p.username: p for p in Person.objects.all()})


def at_once(*doing: Callable[[], Any]) -> list[Any]:
    """Does all of it at the same moment, each in a thread; gives what came back, or the error."""
    ready = Barrier(len(doing))

    def one(do: Callable[[], Any]) -> Any:
        try:
            ready.wait(timeout=20)
            return do()
        except (ValidationError, NotAllowed) as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(doing)) as pool:
        return list(pool.map(one, doing))


def refused(results: list[Any]) -> int:
    return sum(isinstance(r, Exception) for r in results)


def draft(city: Any, **content: Any) -> Publication:
    content = {
        "title": "关于作息时间的通知",
        "body": "<p>通知如下。</p>",
        "theme": "T0201",
        "categories": ["livelihood"],
        "made_on": timezone.localdate(),
        **content,
    }
    return drafting.create_draft(city.agencies["jiaoyu"], by=city.people["drafter"], **content)


def to_sign(city: Any, **content: Any) -> Publication:
    item = submitting.submit(draft(city, **content), by=city.people["drafter"])
    item = deciding.approve_as_head(item, by=city.people["head"])
    return deciding.review_confidentiality(item, by=city.people["reviewer"], result="open", checklist=NO)


def test_many_signatures_at_once_give_numbers_in_order_without_a_gap(city):
    items = [to_sign(city) for _ in range(4)]
    done = at_once(*(lambda i=i: deciding.sign(i, by=city.people["jyj_qianfa"]) for i in items))
    assert refused(done) == 0
    assert sorted(IndexEntry.objects.values_list("serial", flat=True)) == [1, 2, 3, 4]
    assert len(set(Publication.objects.values_list("index_number", flat=True))) == 4
    assert verify().ok


def test_one_item_signed_twice_at_once_comes_out_once(city):
    item = to_sign(city)
    done = at_once(*[lambda: deciding.sign(item, by=city.people["jyj_qianfa"])] * 3)
    assert refused(done) == 2
    assert (Change.objects.count(), ChannelRelease.objects.count(), IndexEntry.objects.count()) == (1, 1, 1)


def test_submitted_twice_at_once_it_is_on_one_path(city):
    item = draft(city)
    done = at_once(*[lambda: submitting.submit(item, by=city.people["drafter"])] * 2)
    assert refused(done) == 1
    assert item.workflow_states.active().count() == 1


def test_of_two_who_save_at_once_from_the_same_draft_one_is_told(city):
    item = draft(city)
    began = item.latest_revision_id
    done = at_once(
        *(
            lambda who=who: drafting.save_draft(item, by=city.people[who], based_on=began, title=who)
            for who in ("drafter", "jyj_qicao")
        )
    )
    assert refused(done) == 1
    kept = next(d for d in done if isinstance(d, Publication))
    assert Publication.objects.get(pk=item.pk).get_latest_revision_as_object().title == kept.title


def test_signed_and_taken_back_at_once_it_is_one_or_the_other(city):
    item = to_sign(city)
    done = at_once(
        lambda: deciding.sign(item, by=city.people["jyj_qianfa"]),
        lambda: drafting.take_back(item, by=city.people["drafter"]),
    )
    assert refused(done) == 1
    item.refresh_from_db()
    assert (item.state, Change.objects.count()) in [(State.PUBLISHED, 1), (State.DRAFT, 0)]


def test_taken_back_at_the_moment_of_its_release_it_is_one_or_the_other(city):
    item = to_sign(city, go_live_at=timezone.now() + timedelta(days=1))
    deciding.sign(item, by=city.people["jyj_qianfa"])
    later = timezone.now() + timedelta(days=2)
    at_once(
        lambda: releasing.release_due(later),
        lambda: drafting.take_back(item, by=city.people["drafter"]),
        lambda: releasing.release_due(later),
    )
    item.refresh_from_db()
    assert (item.state, Change.objects.count()) in [(State.PUBLISHED, 1), (State.DRAFT, 0)]
    assert not Revision.objects.filter(approved_go_live_at__isnull=False).exists()


def test_withdrawn_twice_at_once_it_is_withdrawn_once(city):
    item = deciding.sign(to_sign(city), by=city.people["jyj_qianfa"])
    officer = city.people["jyj_gongkai"]
    done = at_once(*[lambda: withdrawing.withdraw(item, by=officer, reason="内容有误")] * 2)
    assert refused(done) == 1
    assert Entry.objects.filter(action="publishing.withdraw").count() == 1
    assert verify().ok


def test_a_worker_that_is_killed_in_the_middle_of_a_release_leaves_nothing_half_done(city):
    item = to_sign(city, go_live_at=timezone.now() + timedelta(days=1))
    deciding.sign(item, by=city.people["jyj_qianfa"])
    later = timezone.now() + timedelta(days=2)
    connection.close()  # nothing of it is shared with the other process
    child = os.fork()
    if child == 0:
        try:
            # After the row, the index number and the lists were written, before the commit.
            releasing.note = lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL)
            releasing.release_due(later)
        finally:
            os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
    item.refresh_from_db()
    assert (item.state, item.index_number, Change.objects.count()) == (State.SCHEDULED, None, 0)
    assert [releasing.release_due(later) for _ in range(2)] == [1, 0]
    item.refresh_from_db()
    assert item.state == State.PUBLISHED
    assert Change.objects.count() == IndexEntry.objects.filter(publication=item).count() == 1
    assert verify().ok
