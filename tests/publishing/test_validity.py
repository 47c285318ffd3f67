"""Whether a document is in force: what other documents, dates and declarations make of it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from gongkai.agencies.rights import NotAllowed
from gongkai.publishing.actions.releasing import materialise
from gongkai.publishing.actions.validity import declare, settle_due, standing
from gongkai.publishing.actions.withdrawing import withdraw
from gongkai.publishing.models import Change, Publication, Validity

TODAY = timezone.localdate()


@pytest.fixture
def issue(city: Any, released: Any) -> Any:
    """Releases a normative document with its relations."""

    def make(title: str, *, relations: list[dict[str, Any]] | None = None, **content: Any) -> Publication:
        content = {"kind": "normative", "effective_on": TODAY - timedelta(days=30), **content}
        publication: Publication = released(city["jiaoyu"], title, relations=relations or [], **content)
        with transaction.atomic():
            materialise(publication)
        publication.refresh_from_db()
        return publication

    return make


def to(kind: str, target: Publication) -> list[dict[str, Any]]:
    return [{"kind": kind, "target": target.pk, "text": ""}]


def test_a_document_is_in_force_from_the_day_on_which_it_takes_effect(issue):
    assert issue("已施行的办法").validity == Validity.EFFECTIVE
    assert issue("明天施行的办法", effective_on=TODAY + timedelta(days=1)).validity == Validity.NOT_YET


def test_news_has_no_validity(issue):
    assert issue("工作动态", kind="news").validity == ""


@pytest.mark.parametrize(
    ("kind", "validity"),
    [("repeals", Validity.REPEALED), ("replaces", Validity.REPEALED), ("amends", Validity.AMENDED)],
)
def test_what_another_document_does_to_it_shows_at_once_and_names_that_document(issue, kind, validity):
    old = issue("旧办法")
    new = issue("新办法", relations=to(kind, old))
    old.refresh_from_db()
    assert (old.validity, old.ended_by) == (validity, new)
    assert old.changes.filter(verb=Change.Verb.VALIDITY).count() == 1
    assert new.validity == Validity.EFFECTIVE


def test_a_repeal_waits_for_the_day_on_which_the_new_document_takes_effect(issue):
    old = issue("旧办法")
    day = TODAY + timedelta(days=10)
    issue("新办法", relations=to("repeals", old), effective_on=day)
    old.refresh_from_db()
    assert old.validity == Validity.EFFECTIVE
    assert standing(old, day).validity == Validity.REPEALED
    settle_due(day)
    old.refresh_from_db()
    assert (old.validity, old.ended_on) == (Validity.REPEALED, day)


def test_a_document_lapses_the_day_after_its_last(issue):
    old = issue("有效期两年的办法", expires_on=TODAY)
    assert old.validity == Validity.EFFECTIVE
    assert settle_due(TODAY + timedelta(days=1)) == 1
    old.refresh_from_db()
    assert (old.validity, old.ended_on) == (Validity.LAPSED, TODAY + timedelta(days=1))


def test_withdrawing_the_repeal_brings_the_document_back(issue, city):
    old = issue("旧办法")
    new = issue("新办法", relations=to("repeals", old))
    withdraw(new, by=city.people["jyj_gongkai"], reason="程序有误，重新发布")
    old.refresh_from_db()
    assert (old.validity, old.ended_by, old.ended_on) == (Validity.EFFECTIVE, None, None)


def test_an_end_by_something_outside_is_declared_with_its_basis(issue, city):
    old = issue("旧办法")
    officer = city.people["jyj_gongkai"]
    with pytest.raises(ValidationError) as error:
        declare(old, by=officer, validity=Validity.REPEALED)
    assert set(error.value.message_dict) == {"on", "note"}
    with pytest.raises(NotAllowed):
        declare(old, by=city.people["czj_gongkai"], validity=Validity.REPEALED, on=TODAY, note="清理结果")
    declare(old, by=officer, validity=Validity.REPEALED, on=date(2026, 1, 1), note="云政发〔2025〕30号清理结果")
    old.refresh_from_db()
    assert (old.validity, old.ended_on, old.ended_note) == (
        Validity.REPEALED,
        date(2026, 1, 1),
        "云政发〔2025〕30号清理结果",
    )
    declare(old, by=officer, validity=Validity.EFFECTIVE)
    old.refresh_from_db()
    assert (old.validity, old.ended_on) == (Validity.EFFECTIVE, None)
