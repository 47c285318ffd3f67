"""No address of the staff side or of the API shows or changes what belongs to an agency of others."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RoutePattern
from django.utils import timezone

from gongkai.agencies.models import Agency, Person, Post
from gongkai.annual.sample import sample_report
from gongkai.files.actions import store
from gongkai.files.models import Attachment
from gongkai.reporting import actions
from gongkai.reporting.auditing import refresh
from gongkai.reporting.models import AnnualReport, Correction, Figure, FindingRecord, ImportBatch, ImportItem
from gongkai.reporting.storing import fill, new_row

pytestmark = pytest.mark.django_db
CELL = "t3.new_received.natural_person"
VERBS = ["confirm", "publish", "withdraw", "discard", "reopen", "restore"]
DATA = {
    "value": "9",
    "why": "x",
    "username": "town",
    "role": "administrator",
    "office_phone": "1",
    "agency": "1",
    "q": "教育",
    "a": "jiaoyu/2024",
    "b": "jiaoyu/2024",
    "cell": CELL,
}
NAMES_ALL = "/admin/publications/agencies/"
"""Finds agencies by name, so that a drafter can say whom a text touches; names of agencies are public."""
OURS = ("/admin/annual-reports/", "/admin/agencies/", "/admin/account/", "/api/")
PARAMETER = re.compile(r"<(?:(\w+):)?(\w+)>")


@pytest.fixture
def report(city, django_capture_on_commit_callbacks):
    """A draft of 云州市教育局 with a source file, and an import that waits; ids that do not fall together."""
    read = sample_report("gov-2021", year=2024, agency=city["jiaoyu"].name, seed=1)
    row = fill(new_row(city["jiaoyu"], 2024), read, source=store(b"<p>x</p>", "x.html", by=None), at=timezone.now())
    refresh(row)
    with django_capture_on_commit_callbacks(execute=True):
        actions.import_files([("教育局.txt", b"nothing")], by=city.people["drafter"])
    return row


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


def filled(path: str, report: AnnualReport) -> list[str]:
    """An address with the foreign report, its agency, its import and its people in place of the parameters."""
    batch = ImportBatch.objects.get()
    numbers = {report.pk, report.agency_id, batch.pk, batch.items.get().pk, batch.by_id, report.agency.posts.first().pk}
    if not path.startswith((*OURS, "/admin/users/")):
        numbers = {report.pk}  # other kinds of things, of which there are none here

    def fill_in(number: int, verb: str) -> str:
        def value(match: re.Match[str]) -> str:
            kind, name = match[1] or "str", match[2]
            if name == "year":
                return str(report.year)
            if kind == "int":
                return str(number)
            return {"verb": verb, "cell": CELL, "form_id": "gov-2021"}.get(name, report.agency.slug)

        return PARAMETER.sub(value, path)

    verbs = VERBS if "<slug:verb>" in path else VERBS[:1]
    return sorted({fill_in(number, verb) for number in numbers for verb in verbs})


def state() -> list[object]:
    """Everything that must not change."""
    people = Person.objects.order_by("pk").values("username", "first_name", "password", "is_active", "is_superuser")
    kept = (Agency, Post, AnnualReport, Correction, Figure, FindingRecord, ImportBatch, ImportItem, Attachment)
    return [list(people), *(list(model.objects.order_by("pk").values()) for model in kept)]


def test_no_address_shows_or_changes_an_agency_of_others(city, report):
    ours = [a for a in addresses(get_resolver().url_patterns) if a.startswith(("/admin/", "/api/"))]
    assert "/admin/annual-reports/<int:pk>/cells/<str:cell>/correct/" in ours
    assert "/api/annual/reports/<agency>/<year>" in ours
    stranger = city.people["town"]
    client = Client(raise_request_exception=False)
    client.force_login(stranger)
    before = state()
    seen = 0
    for path in ours:
        for address in filled(path, report):
            for method in ("get", "post"):
                answer = getattr(client, method)(address, DATA)
                body = answer.getvalue() if answer.streaming else answer.content
                assert report.title.encode() not in body, (method, address)
                assert "云州市教育局".encode() not in body or address == NAMES_ALL, (method, address)
                assert answer.status_code < 500 or not address.startswith(OURS), (method, address)
                seen += 1
            if "_auth_user_id" not in client.session:
                client.force_login(stranger)
    assert seen > 400
    assert state() == before
