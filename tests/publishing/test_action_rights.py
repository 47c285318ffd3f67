"""Who may call which action: every public action against people who must not, and against those who may."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from gongkai.agencies import actions as agency_actions
from gongkai.agencies.models import Absence, Agency, Person, Post, Role
from gongkai.agencies.rights import NotAllowed
from gongkai.files.actions import store
from gongkai.files.checks import Refused
from gongkai.law.review import CHECKLIST
from gongkai.office import actions as office_actions
from gongkai.publishing import actions as publishing_actions
from gongkai.publishing.actions import (
    channels,
    coordinating,
    deciding,
    directories,
    drafting,
    exchange,
    gazette,
    guide,
    inviting,
    paths,
    releasing,
    scanning,
    submitting,
    succession,
    transfer,
    validity,
    withdrawing,
    withholding,
)
from gongkai.publishing.models import (
    ChannelRelease,
    CoordinationRequest,
    Delivery,
    Directory,
    DirectoryRow,
    GazetteDelivery,
    GazetteIssue,
    GazetteItem,
    Manifest,
    Publication,
    State,
    Step,
    Subscription,
)
from gongkai.trail.models import Entry

World = SimpleNamespace
Call = Callable[[World, Any], Any]

TODAY = timezone.localdate()
DAY = timedelta(days=1)
TEXT = "校历安排".encode()

HOME: dict[str, Call] = {
    "channels.note_taken_down": lambda w, by: channels.note_taken_down(w.copy(), by=by),
    "channels.record_release": lambda w, by: channels.record_release(w.out, by=by, channel="wechat"),
    "coordinating.answer": lambda w, by: coordinating.answer(w.asked, by=by, answer="agreed"),
    "coordinating.rule": lambda w, by: coordinating.rule(w.asking, by=by, released=True, ruling="同意发布"),
    "deciding.approve_as_head": lambda w, by: deciding.approve_as_head(w.at(Step.UNIT_HEAD), by=by),
    "deciding.return_to_drafter": lambda w, by: deciding.return_to_drafter(w.at(Step.SIGN_OFF), by=by, reason="重写"),
    "deciding.review_confidentiality": lambda w, by: deciding.review_confidentiality(
        w.at(Step.CONFIDENTIALITY), by=by, result="open", checklist={q.id: "no" for q in CHECKLIST}
    ),
    "deciding.sign": lambda w, by: deciding.sign(w.at(Step.SIGN_OFF), by=by),
    "directories.file_under": lambda w, by: directories.file_under(w.draft, w.row, by=by),
    "directories.import_directories": lambda w, by: directories.import_directories(TEXT, "a.xlsx", w.agency, by=by),
    "directories.import_kept": lambda w, by: directories.import_kept(w.attachment, w.agency, by=by),
    "directories.keep": lambda w, by: directories.keep(TEXT, "a.txt", w.agency, by=by),
    "directories.plan_import": lambda w, by: directories.plan_import(TEXT, "a.xlsx", w.agency, by=by),
    "directories.retire": lambda w, by: directories.retire(w.directory, by=by),
    "directories.set_duties": lambda w, by: directories.set_duties(w.row, [w.agency], by=by),
    "directories.unfile": lambda w, by: directories.unfile(w.draft, w.row, by=by),
    "drafting.attach": lambda w, by: drafting.attach(w.draft, TEXT, "校历.txt", by=by),
    "drafting.create_draft": lambda w, by: drafting.create_draft(w.agency, by=by, title="通知"),
    "drafting.discard": lambda w, by: drafting.discard(w.draft, by=by, reason="重复"),
    "drafting.restore_version": lambda w, by: drafting.restore_version(w.draft, w.draft.latest_revision_id, by=by),
    "drafting.save_draft": lambda w, by: drafting.save_draft(w.draft, by=by, title="改过的标题"),
    "drafting.take_back": lambda w, by: drafting.take_back(w.at(Step.UNIT_HEAD), by=by),
    "exchange.renew": lambda w, by: exchange.renew(w.subscription, by=by),
    "exchange.restart": lambda w, by: exchange.restart(w.subscription, by=by),
    "exchange.retry": lambda w, by: exchange.retry(w.delivery, by=by),
    "exchange.send_test": lambda w, by: exchange.send_test(w.subscription, by=by),
    "exchange.set_active": lambda w, by: exchange.set_active(w.subscription, False, by=by),
    "exchange.subscribe": lambda w, by: exchange.subscribe(w.agency, "图书馆", by=by, filters={}),
    "exchange.update_subscription": lambda w, by: exchange.update_subscription(
        w.subscription, by=by, name="档案馆", filters={}
    ),
    "gazette.add_items": lambda w, by: gazette.add_items(w.empty_issue, [w.out], by=by),
    "gazette.bind_volume": lambda w, by: gazette.bind_volume(w.agency, 2026, by=by),
    "gazette.create_issue": lambda w, by: gazette.create_issue(w.agency, by=by, dated=TODAY),
    "gazette.discard_issue": lambda w, by: gazette.discard_issue(w.issue, by=by),
    "gazette.move_item": lambda w, by: gazette.move_item(w.item, by=by, up=True),
    "gazette.preview": lambda w, by: gazette.preview(w.empty_issue, by=by),
    "gazette.publish_issue": lambda w, by: gazette.publish_issue(w.empty_issue, by=by),
    "gazette.record_delivery": lambda w, by: gazette.record_delivery(w.issue, "图书馆", 1, TODAY, by=by),
    "gazette.remove_delivery": lambda w, by: gazette.remove_delivery(w.copies, by=by),
    "gazette.remove_item": lambda w, by: gazette.remove_item(w.item, by=by),
    "gazette.set_print_run": lambda w, by: gazette.set_print_run(w.issue, 100, by=by),
    "gazette.set_section": lambda w, by: gazette.set_section(w.item, "文件", by=by),
    "guide.confirm_guide": lambda w, by: guide.confirm_guide(w.agency, by=by),
    "guide.update_guide": lambda w, by: guide.update_guide(w.agency, by=by, scope="范围"),
    "inviting.call_off": lambda w, by: inviting.call_off(w.draft, w.person, by=by),
    "inviting.read_draft": lambda w, by: inviting.read_draft(w.draft, by=by),
    "inviting.invite": lambda w, by: inviting.invite(w.draft, w.person, by=by),
    "paths.inherit_path": lambda w, by: paths.inherit_path(w.agency, "", by=by),
    "paths.inherit_policy": lambda w, by: paths.inherit_policy(w.agency, by=by),
    "paths.set_path": lambda w, by: paths.set_path(w.agency, "", [("confidentiality", 2), ("sign_off", 1)], by=by),
    "paths.set_policy": lambda w, by: paths.set_policy(w.agency, by=by, release_days=10),
    "releasing.release": lambda w, by: releasing.release(w.draft, by=by),
    "scanning.override": lambda w, by: scanning.override(w.draft, "x", by=by, reason="情况属实"),
    "scanning.redact": lambda w, by: scanning.redact(w.draft, ["x"], by=by),
    "succession.take_over": lambda w, by: succession.take_over(w.draft, by=by),
    "submitting.submit": lambda w, by: submitting.submit(w.draft, by=by),
    "transfer.give_back": lambda w, by: transfer.give_back(w.manifest, by=by, reason="附件打不开"),
    "transfer.receive": lambda w, by: transfer.receive(w.manifest, by=by),
    "transfer.send": lambda w, by: transfer.send(w.agency, w.venue, date(2026, 1, 1), by=by),
    "validity.declare": lambda w, by: validity.declare(w.out, by=by, validity="repealed", on=TODAY, note="清理结果"),
    "withdrawing.withdraw": lambda w, by: withdrawing.withdraw(w.out, by=by, reason="内容有误"),
    "withholding.reassess": lambda w, by: withholding.reassess(w.kept, by=by, keep=True, reason="情况未变"),
    "withholding.set_declassification": lambda w, by: withholding.set_declassification(w.kept, by=by, on=TODAY),
    "details.found": lambda w, by: agency_actions.found(parent=w.agency, by=by, name="云州市第九中学", slug="jiu"),
    "details.set_leading_group": lambda w, by: agency_actions.set_leading_group(w.agency, [], by=by),
    "details.set_staff": lambda w, by: agency_actions.set_staff(w.agency, 2025, full_time=1, part_time=2, by=by),
    "office.update_office": lambda w, by: agency_actions.update_office(w.agency, by=by, office_phone="0999-55501"),
    "posts.announce_absence": lambda w, by: agency_actions.announce_absence(
        w.post, deputy=w.colleague, since=TODAY + 40 * DAY, until=TODAY + 50 * DAY, by=by
    ),
    "posts.appoint": lambda w, by: agency_actions.appoint(w.person, w.agency, Role.DRAFTER, by=by),
    "posts.end_absence": lambda w, by: agency_actions.end_absence(w.absence, by=by),
    "posts.end_post": lambda w, by: agency_actions.end_post(w.post, by=by),
    "posts.open_account": lambda w, by: agency_actions.open_account("new", "新人", agency=w.agency, by=by),
}
"""What people of the agency itself may do; tried on things of that agency."""

ABOVE: dict[str, Call] = {
    "details.correct_name": lambda w, by: agency_actions.correct_name(w.agency, "云州市教委", by=by, reason="录入有误"),
    "details.rename": lambda w, by: agency_actions.rename(w.agency, "云州市教育委员会", by=by),
    "details.update_details": lambda w, by: agency_actions.update_details(w.agency, by=by, short_name="市教委"),
    "tree.abolish": lambda w, by: agency_actions.abolish(w.agency, w.venue, by=by),
    "tree.merge": lambda w, by: agency_actions.merge([w.agency], w.venue, by=by),
    "tree.reinstate": lambda w, by: agency_actions.reinstate(
        Agency.objects.get(slug="weiji"), by=by, reason="录入有误"
    ),
    "tree.move": lambda w, by: agency_actions.move(w.agency, w.venue, by=by),
    "actions.enter_year": lambda w, by: office_actions.enter_year(2027, off=[], make_up=[], basis="通知", by=by),
}
"""What only the body above may do."""

INVITED = {"inviting.give_opinion": lambda w, by: inviting.give_opinion(w.draft, by=by, opinion="可以")}
"""What nobody may do by a post."""

WITHOUT_TRACE = {
    "inviting.read_draft",
    "paths.inherit_path",
    "paths.inherit_policy",
    "directories.unfile",
    "gazette.move_item",
}
"""What changes nothing in the world of these tests, and so leaves no entry."""

BY_POST_ONLY = {"transfer.give_back", "transfer.receive"}
"""What not even the keeper of the system does without the post: a receipt is worth nothing unless the venue gave it."""

INNER = {"note", "take_down"}
"""Pieces of actions that other actions call after their own check."""


def actions() -> Iterator[str]:
    """All functions that somebody does something by."""
    modules = [office_actions]
    for package in (publishing_actions, agency_actions):
        modules += [
            importlib.import_module(f"{package.__name__}.{m.name}") for m in pkgutil.iter_modules(package.__path__)
        ]
    for module in modules:
        for name, function in vars(module).items():
            if inspect.isfunction(function) and function.__module__ == module.__name__ and not name.startswith("_"):
                by = inspect.signature(function).parameters.get("by")
                if by is not None and by.kind is by.KEYWORD_ONLY and name not in INNER:
                    yield f"{module.__name__.rsplit('.', 1)[-1]}.{name}"


def test_every_action_has_its_case_here():
    assert set(actions()) == {*HOME, *ABOVE, *INVITED}


@pytest.fixture
def world(city: Any, released: Any) -> World:
    agency, other, venue = city["jiaoyu"], city["wenlv"], city["dangan"]
    writer = city.people["drafter"]
    draft = drafting.create_draft(agency, by=writer, title="关于放假的通知", body="<p>正文</p>")
    foreign = drafting.create_draft(other, by=city.people["root"], title="旅游节", body="<p>正文</p>")
    out = released(agency, "招生办法", kind="normative")
    directory = Directory.objects.create(name="义务教育", agency=agency)
    issue = GazetteIssue.objects.create(agency=agency, year=2026, number=1, overall=1, title="公报", dated=TODAY)
    subscription = Subscription.objects.create(
        name="档案馆", agency=agency, secret="s", key_hash="k", stopped_at=timezone.now()
    )
    post = Post.objects.get(person=city.people["head"])

    def at(step: str) -> Publication:
        Publication.objects.filter(pk=draft.pk).update(state=State.IN_REVIEW, step=step)
        return Publication.objects.get(pk=draft.pk)

    def ask(publication: Publication, whom: Agency) -> CoordinationRequest:
        return CoordinationRequest.objects.create(
            publication=publication, revision=publication.latest_revision, agency=whom, due_on=TODAY - DAY
        )

    def copy() -> ChannelRelease:
        gone = released(agency, "已撤下的通知", state=State.WITHDRAWN)
        return ChannelRelease.objects.create(publication=gone, channel="wechat")

    return World(
        agency=agency,
        copy=copy,
        venue=venue,
        draft=draft,
        out=out,
        at=at,
        kept=released(agency, "暂不公开", state=State.WITHHELD),
        asked=ask(foreign, agency),
        asking=ask(draft, other),
        directory=directory,
        row=DirectoryRow.objects.create(directory=directory, number="1", level1="招生", content="方案"),
        attachment=store(TEXT, "a.txt", by=writer, agency=agency),
        issue=issue,
        empty_issue=GazetteIssue.objects.create(
            agency=agency, year=2026, number=2, overall=2, title="公报", dated=TODAY
        ),
        item=GazetteItem.objects.create(issue=issue, section="文件", publication=out),
        copies=GazetteDelivery.objects.create(issue=issue, place="馆", copies=1, on=TODAY),
        subscription=subscription,
        delivery=Delivery.objects.create(subscription=subscription, change=out.changes.get(), state="failed"),
        manifest=Manifest.objects.create(agency=other, venue=agency, month=date(2026, 1, 1)),
        person=city.people["town"],
        colleague=city.people["reviewer"],
        post=post,
        absence=Absence.objects.create(
            post=post, deputy=city.people["reviewer"], since=TODAY + 10 * DAY, until=TODAY + 20 * DAY
        ),
    )


def person(
    name: str, agency: Agency | None = None, since: date = date(2024, 1, 1), until: date | None = None
) -> Person:
    """Somebody who holds every post there is in an agency."""
    found = Person.objects.create(username=name, first_name=name)
    if agency is not None:
        for role in Role.values:
            Post.objects.create(person=found, agency=agency, role=role, since=since, until=until)
    return found


def deputy(city: Any, since: date, until: date) -> Person:
    """Somebody who stands in on these days for one who holds every post in the agency."""
    absent, found = person("absent", city["jiaoyu"]), person("deputy")
    for post in absent.posts.all():
        Absence.objects.create(post=post, deputy=found, since=since, until=until)
    return found


def anonymous(city: Any) -> Any:
    from django.contrib.auth.models import AnonymousUser

    return AnonymousUser()


def inactive(city: Any, **more: Any) -> Person:
    found = person("gone", city["jiaoyu"])
    Person.objects.filter(pk=found.pk).update(is_active=False, **more)
    return Person.objects.get(pk=found.pk)


def subordinate(city: Any) -> Person:
    return person(
        "below", Agency.objects.create(name="云州市一中", code="990001", slug="yizhong", parent=city["jiaoyu"])
    )


STRANGERS: dict[str, Callable[[Any], Any]] = {
    "without a post": lambda city: person("nobody"),
    "with every post of another agency": lambda city: person("other", city["caizheng"]),
    "with every post of an agency below": subordinate,
    "whose posts ended today": lambda city: person("former", city["jiaoyu"], until=TODAY),
    "whose posts begin tomorrow": lambda city: person("future", city["jiaoyu"], since=TODAY + DAY),
    "who will be a deputy tomorrow": lambda city: deputy(city, TODAY + DAY, TODAY + 9 * DAY),
    "who was a deputy until today": lambda city: deputy(city, TODAY - 9 * DAY, TODAY),
    "whose account is closed": inactive,
    "whose administrator's account is closed": lambda city: inactive(city, is_superuser=True),
    "who has not signed in": anonymous,
}


@pytest.mark.parametrize("who", STRANGERS)
def test_nothing_can_be_done_by_somebody(city, world, who):
    stranger = STRANGERS[who](city)
    before = Entry.objects.count()
    let_through = []
    for name, call in (HOME | ABOVE | INVITED).items():
        with transaction.atomic():
            try:
                call(world, stranger)
                let_through.append(name)
            except NotAllowed:
                pass
            except Exception as error:
                let_through.append(f"{name}: {error!r}")
            transaction.set_rollback(True)
    assert let_through == []
    assert Entry.objects.count() == before


@pytest.mark.parametrize("who", ["holder", "deputy", "superuser"])
def test_everything_can_be_done_by_holders_and_deputies_and_is_on_record_with_their_names(city, world, who):
    by = {
        "holder": lambda: person("all", city["jiaoyu"]),
        "deputy": lambda: deputy(city, TODAY, TODAY + DAY),
        "superuser": lambda: city.people["root"],
    }[who]()
    refused = []
    for name, call in HOME.items():
        with transaction.atomic():
            before = Entry.objects.count()
            try:
                call(world, by)
                if Entry.objects.count() == before and name not in WITHOUT_TRACE:
                    refused.append(f"{name} is not on record")
            except (ValidationError, Refused):
                pass
            except NotAllowed as error:
                if not (who == "superuser" and name in BY_POST_ONLY):
                    refused.append(f"{name}: {error}")
            named = {e.actor_name for e in Entry.objects.order_by("number")[before:] if e.actor_id}
            if who == "deputy" and named - {"deputy（代absent）"}:
                refused.append(f"{name} is on record as done by {named}")
            transaction.set_rollback(True)
    # Only its writers take a publication back, only who brought a file in imports it.
    assert {r.split(":")[0] for r in refused} <= {"drafting.take_back", "directories.import_kept"}


def test_the_body_above_does_what_only_it_may(city, world):
    by = person("city", city["yunzhou"])
    for call in ABOVE.values():
        with transaction.atomic():
            call(world, by)
            transaction.set_rollback(True)


DECIDING = {
    "answer": (Step.COORDINATION, HOME["coordinating.answer"]),
    "rule": (Step.COORDINATION, HOME["coordinating.rule"]),
    "head": (Step.UNIT_HEAD, HOME["deciding.approve_as_head"]),
    "review": (Step.CONFIDENTIALITY, HOME["deciding.review_confidentiality"]),
    "sign": (Step.SIGN_OFF, HOME["deciding.sign"]),
    "return": (Step.SIGN_OFF, HOME["deciding.return_to_drafter"]),
}


@pytest.mark.parametrize("superuser", [False, True])
@pytest.mark.parametrize("action", DECIDING)
def test_who_wrote_on_it_decides_nothing_about_it(city, world, action, superuser):
    step, call = DECIDING[action]
    writer = person("writer", city["jiaoyu"])
    Person.objects.filter(pk=writer.pk).update(is_superuser=superuser)
    writer = Person.objects.get(pk=writer.pk)
    touched = [world.draft.pk, world.asked.publication_id]
    Publication.objects.filter(pk__in=touched).update(drafters=[writer.pk], state=State.IN_REVIEW, step=step)
    with pytest.raises(NotAllowed):
        call(world, writer)
