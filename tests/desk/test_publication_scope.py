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

from gongkai.agencies.models import Post, Role
from gongkai.files.models import Attachment
from gongkai.publishing import indexing
from gongkai.publishing.actions import deciding, drafting, submitting
from gongkai.publishing.actions.releasing import materialise
from gongkai.publishing.models import (
    ConfidentialityReview,
    CoordinationRequest,
    Directory,
    DirectoryRow,
    GazetteIssue,
    GazetteItem,
    Manifest,
    Publication,
    State,
    Subscription,
)

pytestmark = pytest.mark.django_db
NUMBER = 900001
OTHERS = range(NUMBER + 1, NUMBER + 6)
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
    "all": "1",
    "file_id": str(NUMBER),
    "file_title": "别人的附件",
    "file_remove": "",
    "relation_kind": "interprets",
    "relation_target": str(NUMBER),
    "relation_text": "",
    "touched_agencies": str(NUMBER),
    "id": str(NUMBER),
    "row": str(NUMBER),
    "rows": str(NUMBER),
    "html": f'<p><img src="/files/{NUMBER}/" data-attachment="{NUMBER}"></p>',
    "fingerprint": "x",
    "month": "2026-01",
    "venue": str(NUMBER),
    "parent": str(NUMBER),
    "back": "//elsewhere.example/",
    "next": "//elsewhere.example/",
    "text": "云教发〔2026〕1号",
    "kept": str(NUMBER),
    "then_detail": "1",
}
ENDINGS = {"to": "xlsx"}
"""What stands for the words that an address with a pattern of its own allows."""


@pytest.fixture
def foreign(city, settings, tmp_path):
    """On the desks of 云州市教育局: a draft under coordination with a file, and records around it, all unpublished."""
    settings.SEARCH_FOLDER = tmp_path / "search"
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
    in_other_states(city)
    indexing.rebuild()
    return row


def in_other_states(city) -> None:
    """Beside the draft: one that waits for its time, one withheld, one discarded, one returned, one being corrected."""
    states = (State.SCHEDULED, State.WITHHELD, State.DISCARDED, State.RETURNED, State.PUBLISHED)
    for number, state_ in zip(OTHERS, states, strict=True):
        secret = state_ != State.PUBLISHED
        row = Publication.objects.create(
            pk=number,
            agency=city["jiaoyu"],
            title=f"{SECRET}之{number}" if secret else "关于学校布局的通知",
            body=f"<p>{SECRET}</p>" if secret else "<p>另行通知。</p>",
            state=state_,
            live=not secret,
            published_at=None if secret else timezone.now(),
            first_published_at=None if secret else timezone.now(),
            index_number=f"TEST00001/2026-{number}",
            document_number="云教发〔2026〕1号",
        )
        draft = Publication.objects.get(pk=number)
        draft.title, draft.body = f"关于{SECRET}的更正", f"<p>{SECRET}</p>"
        draft.save_revision(user=city.people["drafter"])
        row.refresh_from_db()
        if not secret:
            materialise(row)


def with_number(draft: Publication) -> None:
    """Gives a new draft the number, its revision with it."""
    draft.revisions.update(object_id=str(NUMBER))
    Publication.objects.filter(pk=draft.pk).update(id=NUMBER)


def addresses(patterns, prefix: str = "/") -> Iterator[str]:
    """Every address of the resolver below a prefix, its parameters still in angle brackets."""
    for entry in patterns:
        path = prefix + (
            str(entry.pattern) if isinstance(entry.pattern, RoutePattern) else as_route(entry.pattern.regex.pattern)
        )
        if isinstance(entry, URLResolver):
            yield from addresses(entry.url_patterns, path)
        elif isinstance(entry, URLPattern):
            yield path


def as_route(pattern: str) -> str:
    """A pattern as an address: its groups by name in angle brackets, those without a name are numbers."""
    plain = re.sub(r"\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)", r"<\1>", pattern.lstrip("^").removesuffix("\\Z").rstrip("$"))
    return re.sub(r"\((?:[^()]|\([^()]*\))*\)\??", "<pk>", plain).replace("\\", "").replace("/?", "/")


def filled(path: str) -> list[str]:
    """An address with the number, those of the other items, and each verb in place of its parameters."""
    verbs = VERBS if ":verb>" in path else VERBS[:1]
    found = {PARAMETER.sub(lambda m, verb=verb: _value(m, verb, NUMBER), path) for verb in verbs}
    if "publications/<int:pk>" in path or path.startswith(("/p/", "/preview/")):
        found |= {PARAMETER.sub(lambda m, n=n: _value(m, VERBS[0], n), path) for n in OTHERS}
    return sorted(found)


def _value(match: re.Match[str], verb: str, number: int) -> str:
    kind, name = match[1] or "str", match[2]
    if kind == "int" or name in ("pk", "object_id", "image_id", "document_id", "page_id", "revision_id"):
        return "2026" if name == "year" else str(number)
    return {"verb": verb, "channel": "wechat", "slug": "jiaoyu"}.get(name, ENDINGS.get(name, "jiaoyu"))


def state(city) -> dict[str, object]:
    """What belongs to the other agency; a person may well begin drafts of their own, and counts are anybody's."""
    counted = {"ReadCount", "SearchCount"}
    models = [m for m in apps.get_app_config("publishing").get_models() if m.__name__ not in counted]
    return {
        m.__name__: [row | {"reads": 0} for row in m.objects.order_by("pk").values() if belongs(row, city)]
        for m in [*models, Attachment]
    }


def belongs(row: dict[str, object], city) -> bool:
    """Whether a row is the other agency's, or is about something of it."""
    numbers = {NUMBER, *OTHERS}
    return row.get("agency_id") == city["jiaoyu"].pk or bool(numbers & {v for v in row.values() if isinstance(v, int)})


@pytest.mark.parametrize("username", ["czj_gongkai", None])
def test_nobody_of_another_agency_sees_or_touches_a_draft_by_any_address(city, foreign, username):
    client = Client(raise_request_exception=False)
    if username:
        # Whatever the post: who may do everything in one agency may do nothing in the other.
        for role in Role.values:
            Post.objects.get_or_create(
                person=city.people[username], agency=city["caizheng"], role=role, defaults={"since": date(2020, 1, 1)}
            )
        client.force_login(city.people[username])
    paths = list(addresses(get_resolver().url_patterns))
    assert "/admin/publications/<int:pk>/edit/" in paths
    assert "/p/<int:id>/" in paths
    assert "/admin/transfers/<pk>/manifest.<to>" in paths
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
    assert [
        (name, [row for row in now[name] if row not in before[name]]) for name in before if before[name] != now[name]
    ] == []


def ours(address: str) -> bool:
    """Whether it is one of our own pages; Wagtail's own break on made-up parameters."""
    return address.startswith(("/admin/publi", "/admin/coord", "/admin/gaz", "/admin/trans", "/p/", "/files/", "/api/"))
