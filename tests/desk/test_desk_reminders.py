"""我的待办 of a disclosure officer: interpretations that are missing, and months that were never handed over."""

from datetime import timedelta

import pytest
from django.utils import timezone

from gongkai.office.working_days import due
from gongkai.publishing.dates import month_of, months_after
from gongkai.publishing.models import (
    MissedTransfer,
    Publication,
    PublishingPolicy,
    Relation,
    RelationKind,
    State,
    Validity,
)
from gongkai.publishing.queries.desk import interpretations_missing, to_interpret

pytestmark = pytest.mark.django_db
TITLE = "云州市教育局关于印发《校园安全管理规定》的通知"
NONE = "规范性文件还没有解读的"


@pytest.fixture
def normative(city):
    """A normative document of 云州市教育局 that was released yesterday."""
    return released(city, TITLE, "normative", timezone.now() - timedelta(days=1))


def released(city, title, kind, at):
    return Publication.objects.create(
        agency=city["jiaoyu"], title=title, kind=kind, state=State.PUBLISHED, live=True, published_at=at
    )


def home(signed_in, username):
    return signed_in(username).get("/admin/").content.decode()


def test_a_normative_document_without_interpretation_waits_with_its_working_days(city, normative, signed_in):
    rule, _made = PublishingPolicy.objects.get_or_create(agency=None)
    PublishingPolicy.objects.filter(pk=rule.pk).update(interpretation_days=7)
    day = due(timezone.localdate(normative.published_at), 7).day
    [one] = to_interpret(city.people["jyj_gongkai"])
    assert (one.publication, one.due) == (normative, day)
    for html in (
        home(signed_in, "jyj_gongkai"),
        signed_in("jyj_gongkai").get(f"/admin/publications/{normative.pk}/").content.decode(),
    ):
        assert f'<time datetime="{day.isoformat()}">' in html
        assert "个工作日" in html


def test_it_is_the_disclosure_officer_of_the_agency_or_above_who_is_asked(city, normative, signed_in):
    assert NONE in home(signed_in, "officer")
    for username in ("drafter", "head", "supervisor", "czj_gongkai"):
        assert NONE not in home(signed_in, username)


def test_an_interpretation_ends_the_asking(city, normative):
    text = released(city, "《校园安全管理规定》解读", "interpretation", timezone.now())
    Relation.objects.create(source=text, target=normative, kind=RelationKind.INTERPRETS)
    assert not to_interpret(city.people["jyj_gongkai"])
    assert not interpretations_missing(city["jiaoyu"])


def test_nothing_is_asked_where_policy_does_not_or_the_document_is_old_or_ended(city, normative):
    officer = city.people["jyj_gongkai"]
    Publication.objects.filter(pk=normative.pk).update(validity=Validity.REPEALED)
    assert not to_interpret(officer)
    old = timezone.now() - timedelta(days=700)
    Publication.objects.filter(pk=normative.pk).update(validity=Validity.EFFECTIVE, published_at=old)
    assert not to_interpret(officer)
    Publication.objects.filter(pk=normative.pk).update(published_at=timezone.now())
    assert to_interpret(officer)
    PublishingPolicy.objects.update_or_create(agency=None, defaults={"interpretation_required": False})
    assert not to_interpret(officer)


def test_a_month_that_was_never_handed_over_stays_on_the_desk(city, signed_in):
    month = months_after(month_of(timezone.localdate()), -3)
    missed = MissedTransfer.objects.create(
        agency=city["jiaoyu"], venue=city["dangan"], month=month, consequence=MissedTransfer.Consequence.POINTS
    )
    html = home(signed_in, "jyj_gongkai")
    assert f"/admin/transfers/?month={month:%Y-%m}" in html
    assert "漏送" not in home(signed_in, "czj_gongkai")
    MissedTransfer.objects.filter(pk=missed.pk).update(made_good_at=timezone.now())
    assert "漏送" not in home(signed_in, "jyj_gongkai")
