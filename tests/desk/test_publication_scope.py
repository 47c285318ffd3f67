"""No address at all shows or changes a draft of another agency, or what grows around it."""

import re
from collections.abc import Iterator
from datetime import date

import pytest
from django.apps import apps
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RoutePattern
from django.utils import timezone

from gongkai.files.models import Attachment
from gongkai.publishing.actions import deciding, drafting, submitting
from gongkai.publishing.models import (
    ConfidentialityReview,
    CoordinationRequest,
    Directory,
    DirectoryRow,
    GazetteIssue,
    GazetteItem,
    Manifest,
    Publication,
    Subscription,
)

pytestmark = pytest.mark.django_db
NUMBER = 900001
"""The key of everything that belongs to the other agency: one number in an address then means all of it."""
SECRET = "第七中学拟撤并事宜"
VERBS = (
    *("submit", "approve", "sign", "return", "discard", "take_back", "withdraw", "invite", "opinion", "take_over"),
    *("keep", "take_up", "declassify", "declare"),
)
PARAMETER = re.compile(r"<(?:(\w+):)?(\w+)>")
DATA = {
    "q": "第七中学",
    "title": "被别人改了",
    "body": "<p>被别人改了</p>",
    "reason": "试一试能不能",
    "answer": "agreed",
    "ruling": "试一试能不能",
    "released": "yes",
    "result": "open",
    "ids": str(NUMBER),
    "publication": str(NUMBER),
    "publications": str(NUMBER),
    "hits": "x",
    "person": "czj_qicao",
    "channel": "wechat",
    "at": "2026-01-01T09:00",
    "verb": "submit",
    "action": "submit",
    "decision": "receive",
    "agency": str(NUMBER),
    "name": "被别人改了",
    "all_fields": "1",
}


@pytest.fixture
def foreign(city):
    """On the desks of 云州市教育局: a draft under coordination with a file, and records around it, all unpublished."""
    people, agency = city.people, city["jiaoyu"]
    draft = drafting.create_draft(
        agency,
        by=people["drafter"],
        title=f"关于{SECRET}的请示",
        body=f"<p>{SECRET}，尚未决定。</p>",
        theme="T0201",
        categories=["livelihood"],
        made_on=timezone.localdate(),
        touched_agencies=[city["minzheng"].pk],
    )
    with_number(draft)
    draft = Publication.objects.get(pk=NUMBER)
    file = drafting.attach(draft, SECRET.encode(), "撤并方案.txt", by=people["drafter"])
    Attachment.objects.filter(pk=file.pk).update(id=NUMBER)
    draft = drafting.save_draft(draft, by=people["drafter"], files=[{"attachment": NUMBER, "title": SECRET}])
    submitting.submit(draft, by=people["drafter"])
    deciding.approve_as_head(Publication.objects.get(pk=NUMBER), by=people["head"])
    answers = {q.id: "no" for q in deciding.CHECKLIST}
    row = Publication.objects.get(pk=NUMBER)
    deciding.review_confidentiality(row, by=people["reviewer"], result="open", checklist=answers, opinion=SECRET)
    ConfidentialityReview.objects.update(id=NUMBER)
    CoordinationRequest.objects.update(id=NUMBER)
    issue = GazetteIssue.objects.create(
        pk=NUMBER, agency=agency, year=2026, number=1, overall=1, title=SECRET, dated=date(2026, 1, 1)
    )
    GazetteItem.objects.create(pk=NUMBER, issue=issue, section=SECRET, publication=row)
    Manifest.objects.create(pk=NUMBER, agency=agency, venue=city["dangan"], month=date(2026, 1, 1), problem=SECRET)
    Subscription.objects.create(pk=NUMBER, name=SECRET, agency=agency, secret="s", key_hash="k")
    directory = Directory.objects.create(pk=NUMBER, name="标准目录", agency=agency, version="1")
    DirectoryRow.objects.create(pk=NUMBER, directory=directory, number="1", level1="招生", content="计划")
    return row


def with_number(draft: Publication) -> None:
    """Gives a new draft the number, its revision with it."""
    draft.revisions.update(object_id=str(NUMBER))
    Publication.objects.filter(pk=draft.pk).update(id=NUMBER)


def addresses(patterns, prefix: str = "/") -> Iterator[str]:
    """Every address of the resolver below a prefix, its parameters still in angle brackets."""
    for entry in patterns:
        if not isinstance(entry.pattern, RoutePattern) and entry.pattern.regex.groups:
            continue
        path = prefix + str(entry.pattern).lstrip("^").rstrip("$")
        if isinstance(entry, URLResolver):
            yield from addresses(entry.url_patterns, path)
        elif isinstance(entry, URLPattern):
            yield path


def filled(path: str) -> list[str]:
    """An address with the number and each verb in place of its parameters."""
    verbs = VERBS if ":verb>" in path else VERBS[:1]
    return sorted({PARAMETER.sub(lambda m, verb=verb: _value(m, verb), path) for verb in verbs})


def _value(match: re.Match[str], verb: str) -> str:
    kind, name = match[1] or "str", match[2]
    if kind == "int" or name in ("pk", "object_id"):
        return "2026" if name == "year" else str(NUMBER)
    return {"verb": verb, "channel": "wechat", "slug": "jiaoyu"}.get(name, "jiaoyu")


def state(city) -> dict[str, object]:
    """What belongs to the other agency; a person may well begin drafts of their own, and counts are anybody's."""
    counted = {"ReadCount", "SearchCount"}
    models = [m for m in apps.get_app_config("publishing").get_models() if m.__name__ not in counted]
    return {
        m.__name__: [row for row in m.objects.order_by("pk").values() if belongs(row, city)]
        for m in [*models, Attachment]
    }


def belongs(row: dict[str, object], city) -> bool:
    """Whether a row is the other agency's, or is about something of it."""
    return row.get("agency_id") == city["jiaoyu"].pk or NUMBER in [v for v in row.values() if isinstance(v, int)]


@pytest.mark.parametrize("username", ["czj_qicao", "czj_gongkai", "town", None])
def test_nobody_of_another_agency_sees_or_touches_a_draft_by_any_address(city, foreign, username):
    client = Client(raise_request_exception=False)
    if username:
        client.force_login(city.people[username])
    paths = list(addresses(get_resolver().url_patterns))
    assert "/admin/publications/<int:pk>/edit/" in paths
    assert "/p/<int:id>/" in paths
    before = state(city)
    for path in paths:
        for address in filled(path):
            for method in ("get", "post"):
                answer = getattr(client, method)(address, DATA)
                body = answer.getvalue() if answer.streaming else answer.content
                assert SECRET not in body.decode("utf-8", "replace"), (method, address)
                assert answer.status_code < 500 or not ours(address), (method, address)
            if username and "_auth_user_id" not in client.session:
                client.force_login(city.people[username])
    now = state(city)
    assert [name for name in before if before[name] != now[name]] == []


def ours(address: str) -> bool:
    """Whether it is one of our own pages; Wagtail's own break on made-up parameters."""
    return address.startswith(("/admin/publi", "/admin/coord", "/admin/gaz", "/admin/trans", "/p/", "/files/", "/api/"))
