"""Content from people who mean harm, and from programs that send the wrong types."""

from __future__ import annotations

import time
from datetime import date, datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.files.actions import store
from gongkai.files.checks import PICTURES
from gongkai.law.review import CHECKLIST
from gongkai.office.models import Notification
from gongkai.publishing.actions import coordinating, deciding, drafting, inviting, scanning, submitting
from gongkai.publishing.checking import checked
from gongkai.publishing.fingerprint import attachments_of
from gongkai.publishing.models import (
    CONTENT_FIELDS,
    FileText,
    Publication,
    PublicationFile,
    Relation,
    ScanReport,
    State,
)
from gongkai.publishing.queries.publication_page import public_file
from gongkai.trail.models import Entry

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360000000"
    "0200015ff5a5b90000000049454e44ae426082"
)
NO = {q.id: "no" for q in CHECKLIST}


def good(**more: Any) -> dict[str, Any]:
    return {
        "title": "关于公布校历的通知",
        "body": "<p>现将校历公布如下。</p>",
        "theme": "T0201",
        "categories": ["livelihood"],
        "made_on": timezone.localdate(),
        **more,
    }


def publish(city: Any, **content: Any) -> Publication:
    item = drafting.create_draft(city["jiaoyu"], by=city.people["drafter"], **good(**content))
    item = submitting.submit(item, by=city.people["drafter"])
    item = deciding.approve_as_head(item, by=city.people["head"])
    for hit in scanning.blocking(item):
        scanning.override(item, hit["fingerprint"], by=city.people["reviewer"], reason="测试内容")
    item = deciding.review_confidentiality(item, by=city.people["reviewer"], result="open", checklist=NO)
    return deciding.sign(item, by=city.people["jyj_qianfa"])


# Files of others


@pytest.mark.parametrize(
    "body",
    [
        '<p><img src="/files/{id}/" alt="图"></p>',
        '<p><img data-attachment="{id}" src="/files/{id}/"></p>',
        "<p><IMG SRC='/files/{id}/'></p>",
    ],
)
def test_a_picture_of_another_agency_cannot_be_put_into_a_text(city, body):
    secret = store(PNG, "密.png", by=None, agency=city["caizheng"], types=PICTURES)
    with pytest.raises(ValidationError) as error:
        drafting.create_draft(city["jiaoyu"], by=city.people["drafter"], title="图", body=body.format(id=secret.pk))
    assert "body" in error.value.message_dict


@pytest.mark.parametrize(
    "body",
    [
        '<p>data-attachment="{id}"</p>',
        '<p>&lt;img src="/files/{id}/"&gt;</p>',
        "<p title='&lt;img src=\"/files/{id}/\"'>x</p>",
        '<p><img alt=\'x" src="/files/{id}/\' src="https://yunzhou.example/a.png"></p>',
        '<p><a href="/files/{id}/">附件</a></p>',
        '<pre><code>&lt;img src="/files/{id}/"&gt;</code></pre>',
    ],
)
def test_no_word_in_a_text_makes_a_file_public(city, body):
    secret = store("预算草案".encode(), "密.txt", by=None, agency=city["caizheng"])
    publish(city, body=f"<p>通知</p>{body.format(id=secret.pk)}")
    assert not PublicationFile.objects.exists()
    assert public_file(secret.pk) is None
    assert Client().get(f"/files/{secret.pk}/").status_code == 404


def test_a_file_of_another_agency_cannot_be_attached(city):
    secret = store("预算草案".encode(), "密.txt", by=None, agency=city["caizheng"])
    with pytest.raises(ValidationError) as error:
        drafting.create_draft(city["jiaoyu"], by=city.people["drafter"], title="图", files=[{"attachment": secret.pk}])
    assert "files" in error.value.message_dict
    assert "密" not in str(error.value)


def test_an_own_picture_in_the_text_is_public_once_the_text_is_and_not_after_it_is_withdrawn(city):
    from gongkai.publishing.actions import withdrawing

    own = store(PNG, "校门.png", by=None, agency=city["jiaoyu"], types=PICTURES)
    text = store("作息表".encode(), "作息表.txt", by=None, agency=city["jiaoyu"])
    draft = drafting.create_draft(
        city["jiaoyu"], by=city.people["drafter"], **good(body=f'<p><img src="/files/{own.pk}/" alt="校门"></p>')
    )
    assert attachments_of(draft) == [own.pk]
    assert Client().get(f"/files/{own.pk}/").status_code == 404
    assert not FileText.objects.exists()
    drafting.discard(draft, by=city.people["drafter"], reason="重复")
    item = publish(
        city, body=f'<p><img src="/files/{own.pk}/" alt="校门"></p>', files=[{"attachment": text.pk, "title": "作息"}]
    )
    assert [f.in_text for f in PublicationFile.objects.filter(publication=item)] == [False, True]
    assert [Client().get(f"/files/{f.pk}/").status_code for f in (own, text)] == [200, 200]
    withdrawing.withdraw(item, by=city.people["jyj_gongkai"], reason="内容有误")
    assert [Client().get(f"/files/{f.pk}/").status_code for f in (own, text)] == [404, 404]


def test_a_file_that_is_not_there_any_more_does_not_stop_the_signature(city):
    gone = '<p><img src="/files/999999/" alt="图"></p>'
    with pytest.raises(ValidationError):
        publish(city, body=gone)


# Relations


def test_the_title_of_a_draft_of_another_agency_is_not_given_away_by_pointing_at_it(city):
    secret = drafting.create_draft(city["caizheng"], by=city.people["czj_qicao"], title="内部预算草案")
    for kind in ("interprets", "repeals"):
        with pytest.raises(ValidationError) as error:
            drafting.create_draft(
                city["jiaoyu"], by=city.people["drafter"], title="x", relations=[{"kind": kind, "target": secret.pk}]
            )
        assert "内部预算" not in str(error.value)


def test_nobody_repeals_what_another_agency_issued_unless_it_stands_above(city, released):
    rules = released(city["caizheng"], "采购办法", kind="normative")
    relations = [{"kind": "repeals", "target": rules.pk, "text": ""}]
    with pytest.raises(ValidationError) as error:
        drafting.create_draft(city["jiaoyu"], by=city.people["drafter"], title="x", relations=relations)
    assert "relations" in error.value.message_dict
    drafting.create_draft(city["yunzhou"], by=city.people["szf_qicao"], title="x", relations=relations)
    drafting.create_draft(
        city["jiaoyu"], by=city.people["drafter"], title="x", relations=[{**relations[0], "kind": "interprets"}]
    )


def test_the_same_relation_named_twice_is_one(city, released):
    target = released(city["jiaoyu"], "招生办法", kind="normative")
    both = [{"kind": "implements", "target": target.pk, "text": text} for text in ("", "招生办法")]
    item = publish(city, relations=both)
    assert Relation.objects.filter(source=item).count() == 1


def test_a_relation_to_itself_is_passed_over(city):
    item = drafting.create_draft(city["jiaoyu"], by=city.people["drafter"], **good())
    drafting.save_draft(item, by=city.people["drafter"], relations=[{"kind": "corrects", "target": item.pk}])
    item = submitting.submit(item, by=city.people["drafter"])
    item = deciding.approve_as_head(item, by=city.people["head"])
    item = deciding.review_confidentiality(item, by=city.people["reviewer"], result="open", checklist=NO)
    assert deciding.sign(item, by=city.people["jyj_qianfa"]).state == State.PUBLISHED
    assert not Relation.objects.exists()


# Wrong types, wrong values

WRONG: list[Any] = [
    *(0, 1, -1, 2**70, 1.5, float("nan"), float("inf"), True, False, None),
    *("", " ", "x", "1", "２０２６", "\x00", "\ud800", "\u202e", "null", "[]", "{}", "a" * 5000),
    *([], [None], [1], ["x"], [[]], [{}], [[[[]]]], {}, {"attachment": 1}, {"x": {"y": []}}, b"x", object()),
    *([{"attachment": None}], [{"attachment": "1"}], [{"attachment": 2**70}], [{"attachment": [1]}], [{"title": 1}]),
    *([{"kind": "repeals"}], [{"kind": [], "target": 1}], [{"kind": "repeals", "target": "x"}], [{"target": {}}]),
    *([{"kind": "amends", "target": -1}], [{"kind": "amends", "text": {"a": 1}}], ["x"] * 5000),
    *(date(1, 1, 1), date(9999, 12, 31), datetime(1, 1, 1), datetime(9999, 12, 31, 23, 59)),
    *("0001-01-01", "9999-12-31", "2026-02-30", "0001-01-01 00:00", "9999-12-31T23:59:59+14:00", "2026-13-01 25:00"),
    *("http://[", "javascript:alert(1)", "http://", "https://a b", "//x", "data:text/html,x"),
    *("云政发〔2026〕", "〔〕号", "云政发〔99999〕1号", "云" * 300, "云政发〔2026〕1号\x00", "%s%(x)s{0}"),
]


def tried(city: Any, content: dict[str, Any]) -> tuple[dict[str, Any], set[str]]:
    """The content as it would be stored, and the fields that are named as wrong."""
    try:
        return checked(city["jiaoyu"], content), set()
    except ValidationError as error:
        return {}, set(error.message_dict)


@pytest.mark.parametrize("name", CONTENT_FIELDS)
def test_every_wrong_value_of_a_field_is_refused_by_name_or_stored_and_never_breaks(city, name):
    for value in WRONG:
        found, named = tried(city, {name: value})
        assert named <= {name}
        if named:
            continue
        row = Publication(agency=city["jiaoyu"], title="x")
        setattr(row, name, found[name])
        row.save()
        assert getattr(Publication.objects.get(pk=row.pk), name) == found[name]
        if isinstance(found[name], str):
            assert not set(found[name]) & set("\x00\ud800\u202e")
        row.delete()


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["attachment", "title", "kind", "target", "text"]), inner, max_size=3)
    ),
    max_leaves=6,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.dictionaries(st.sampled_from(CONTENT_FIELDS), json_values, max_size=4))
def test_any_json_is_refused_by_field_or_taken(city, content):
    found, named = tried(city, content)
    assert named <= set(content) if named else set(found) == set(content)


def test_a_giant_text_is_refused_and_a_large_one_is_taken_soon(city):
    with pytest.raises(ValidationError):
        checked(city["jiaoyu"], {"body": "<p>" * 700_000})
    began = time.monotonic()
    checked(city["jiaoyu"], {"body": "<div>" * 2000 + "校" * 20_000, "title": "<b>" * 100, "claim": "x" * 5000})
    assert time.monotonic() - began < 10


@pytest.mark.parametrize("field", ["title", "summary", "claim", "claim_source", "source", "correction_note"])
def test_markup_in_plain_fields_is_shown_as_it_is_written(city, field):
    script = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    item = publish(city, kind="clarification", **{"claim": "传言", field: script})
    page = Client().get(reverse("portal:publication", args=[item.pk])).content.decode()
    assert "<script>alert(1)" not in page
    assert "<img src=x" not in page


def test_nothing_active_is_left_in_a_text(city):
    body = (
        '<p onclick="x()">a</p><a href="javascript:alert(1)">b</a><a href="JaVa\tScript:alert(1)">c</a>'
        '<iframe src="//x"></iframe><svg onload="x()"></svg><style>p{}</style><a href="data:text/html,x">d</a>'
        '<form action="/x"><input></form><math><mi xlink:href="javascript:x">e</mi></math>'
    )
    kept = checked(city["jiaoyu"], {"body": body})["body"].lower()
    assert not [w for w in ("onclick", "javascript", "iframe", "svg", "style", "data:", "form", "input") if w in kept]


def test_dates_that_contradict_each_other_are_found_even_when_they_were_saved_one_by_one(city):
    day = timezone.now() + timezone.timedelta(days=3)
    item = drafting.create_draft(city["jiaoyu"], by=city.people["drafter"], **good(go_live_at=day))
    drafting.save_draft(item, by=city.people["drafter"], expire_at=day - timezone.timedelta(days=1))
    with pytest.raises(ValidationError) as error:
        submitting.submit(item, by=city.people["drafter"])
    assert set(error.value.message_dict) == {"expire_at"}
    drafting.save_draft(item, by=city.people["drafter"], go_live_at=None, expire_at="2026-01-01 00:00")
    with pytest.raises(ValidationError) as error:
        submitting.submit(item, by=city.people["drafter"])
    assert set(error.value.message_dict) == {"expire_at"}


# What is kept of personal data

NUMBER = "11010519491231002X"
MOBILE = "13800138000"


def test_no_number_of_a_person_stays_in_the_record_the_messages_or_the_scan(city):
    words = f"申请人张小明{NUMBER}电话{MOBILE}"
    item = drafting.create_draft(
        city["jiaoyu"],
        by=city.people["drafter"],
        **good(title=words, body=f"<p>{words}</p>", touched_agencies=[city["caizheng"].pk]),
    )
    inviting.invite(item, city.people["czj_qicao"], by=city.people["drafter"])
    inviting.give_opinion(item, by=city.people["czj_qicao"], opinion=words)
    item = submitting.submit(item, by=city.people["drafter"])
    deciding.return_to_drafter(item, by=city.people["head"], reason=words)
    item = submitting.submit(item, by=city.people["drafter"])
    item = deciding.approve_as_head(item, by=city.people["head"], comment=words)
    for hit in scanning.blocking(item):
        scanning.override(item, hit["fingerprint"], by=city.people["reviewer"], reason=words)
    item = deciding.review_confidentiality(item, by=city.people["reviewer"], result="open", checklist=NO, opinion=words)
    request = item.coordination_requests.get()
    coordinating.answer(request, by=city.people["czj_gongkai"], answer="disagreed", reason=words)
    coordinating.rule(request, by=city.people["officer"], released=False, ruling=words)
    kept = [
        *(str(e.data) for e in Entry.objects.all()),
        *(str(n) + str(n.values) for n in Notification.objects.all()),
        *(str(r.hits) for r in ScanReport.objects.all()),
    ]
    assert not [k for k in kept if NUMBER in k or MOBILE in k]
    assert any("招生" in k or "张小明" in k for k in kept)
