"""What is out of reach by any address of the pages of publications."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import get_resolver, reverse
from wagtail.snippets.models import get_snippet_models

from gongkai.desk.publications import urls
from gongkai.publishing.models import (
    CoordinationRequest,
    Publication,
)
from gongkai.publishing.queries import desk

pytestmark = pytest.mark.django_db
IDENTITY = "110101199003074514"
TITLE = "关于做好校园安全检查的通知"
JSON = {"HTTP_ACCEPT": "application/json"}


def page(name: str, *args: Any) -> str:
    return reverse(f"desk:{name}", args=args)


def text(answer: Any) -> str:
    return answer.content.decode()


def form(**more: Any) -> dict[str, Any]:
    return {
        "all_fields": "1",
        "title": "关于秋季学期开学的公告",
        "body": "<p>正文。</p>",
        "kind": "notice",
        "mode": "proactive",
        "term": "permanent",
        "retention": "30",
        **more,
    }


def addresses(row: Publication, asked: CoordinationRequest) -> list[tuple[str, str]]:
    """Every address of these pages that names a publication, with the way it is asked."""
    values = {"pk": row.pk, "attachment": 1, "record": 1, "channel": "wechat", "verb": "submit"}
    posts = {"upload", "word", "redact", "override", "record-channel", "move", "answer", "rule"}
    found = []
    for pattern in urls.urlpatterns:
        names = set(pattern.pattern.converters)
        if "pk" not in names or pattern.name == "notice":
            continue
        given = {name: values[name] for name in names}
        if pattern.name.startswith("coordination"):
            given["pk"] = asked.pk
        method = "post" if any(pattern.name.endswith(word) for word in posts) else "get"
        found.append((method, reverse(f"desk:{pattern.name}", kwargs=given)))
    return found


@pytest.mark.parametrize("username", ["town", "lxx_qicao", "wjw_gongkai", "dag_jieshou"])
def test_a_draft_of_others_is_out_of_reach_by_any_address(signed_in, asked, draft, username):
    client = signed_in(username)
    before = Publication.objects.values().get(pk=draft.pk)
    reached = addresses(draft, asked)
    assert len(reached) > 12
    for method, address in reached:
        data = (
            {"reason": "试一试", "answer": "agreed", "released": "yes", "ruling": "试一试看"}
            if method == "post"
            else {}
        )
        assert getattr(client, method)(address, data).status_code == 404, address
    for verb in ("take_back", "approve", "sign", "return", "discard", "invite", "withdraw", "declare", "keep"):
        answer = client.post(page("publication-move", draft.pk, verb), {"reason": "试一试", "person": username})
        assert answer.status_code == 404
    assert client.post(page("publication-edit", draft.pk), form(), **JSON).status_code == 404
    assert draft.title not in text(client.get(page("publications")))
    assert Publication.objects.values().get(pk=draft.pk) == before


def test_nothing_is_changed_by_following_a_link(signed_in, asked, draft):
    client = signed_in("root")
    for method, address in addresses(draft, asked):
        if method == "post":
            assert client.get(address).status_code == 405, address


def test_all_of_it_is_behind_the_door(client, asked, draft):
    for method, address in addresses(draft, asked):
        assert getattr(client, method)(address).status_code == 302, address


def test_wagtail_itself_has_no_pages_that_change_a_publication():
    names = [n for n in get_resolver().reverse_dict if isinstance(n, str)]
    assert not [n for n in names if "publication" in n and "snippet" in n]

    assert Publication not in get_snippet_models()


def test_an_overseeing_office_sees_the_bodies_below_and_no_more(city, signed_in, draft):
    assert draft.title in text(signed_in("officer").get(page("publications")))
    assert draft.title not in text(signed_in("county").get(page("publications")))
    assert desk.visible_to(city.people["officer"]).filter(pk=draft.pk).exists()
