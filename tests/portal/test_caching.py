"""Every public address says how long it may be kept, and changes as soon as what it shows does."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.urls import URLPattern, URLResolver
from django.utils import timezone

from gongkai.annual.audit import RULES
from gongkai.files.actions import store
from gongkai.portal import urls, urls_topics
from gongkai.publishing.actions.withdrawing import take_down
from gongkai.publishing.indexing import catch_up
from gongkai.publishing.models import Kind, RelationKind

pytestmark = pytest.mark.django_db

SAMPLES = {
    "theme": {"id": "T04"},
    "kind": {"id": "normative"},
    "category": {"id": "rules_docs"},
    "agency-home": {"slug": "jiaoyu"},
    "agency-list": {"slug": "jiaoyu"},
    "guide": {"slug": "jiaoyu"},
    "rule": {"id": next(iter(RULES))},
    "sitemap-part": {"number": 1},
}
"""What the addresses need that name something, by the name of the address."""

FIXED = {"icon", "opensearch", "robots"}
"""Made by the program alone: kept for hours, without an ETag."""

NOT_KEPT = {
    "preferences": "sets a cookie",
    "publication-preview": "for staff",
    "publication-preview-json": "for staff",
    "publication-read": "is posted to",
    "checkup": "holds a form that is posted",
    "checkup-download": "is posted to",
    "checkup-save": "is posted to",
}

ELSEWHERE = {"gazette-issue", "gazette-file", "agency", "report", "download", "directory", "directory-file"}
"""Need an issue, a report or a directory to stand on; their views go through the same decorator."""


def patterns(entries, prefix=""):
    for entry in entries:
        if isinstance(entry, URLResolver):
            yield from patterns(entry.url_patterns, prefix)
        elif isinstance(entry, URLPattern):
            yield entry


def kept_addresses(row, file):
    """Each public address that may be kept, by its name."""
    given = SAMPLES | {name: {"id": row.pk} for name in ("publication", "publication-json", "publication-qr")}
    given["file"] = {"id": file.pk}
    found = {}
    for entry in patterns(urls.urlpatterns):
        if entry.name in NOT_KEPT | dict.fromkeys(ELSEWHERE):
            continue
        path = str(entry.pattern)
        for name, value in given.get(entry.name, {}).items():
            path = re.sub(rf"<\w+:{name}>", str(value), path)
        assert "<" not in path, f"{entry.name}: say in SAMPLES what stands at this address, or why it is not kept"
        query = {"series": "?name=旧系列", "search": "?q=旧办法", "suggest": "?q=旧"}.get(entry.name, "")
        found[entry.name] = f"/{path}{query}"
    return found | {"wagtail_serve": "/topics/"}


@pytest.fixture
def shown(publish, city):
    """A document with a file, of a series, and its addresses."""
    file = store("附件".encode(), "附件.txt", by=None, agency=city["jiaoyu"])
    content = {"kind": Kind.NORMATIVE, "categories": ["rules_docs"], "theme": "T0401", "series": "旧系列"}
    row = publish("云州市旧办法", files=[{"attachment": file.pk, "title": "附件"}], **content)
    catch_up()
    return row, kept_addresses(row, file)


def test_every_address_of_the_public_site_may_be_kept_and_asked_for_again(client, shown):
    assert len(urls_topics.urlpatterns) == 1
    for name, path in shown[1].items():
        response = client.get(path)
        assert response.status_code in (200, 302), (name, path)
        assert "public" in response["Cache-Control"], name
        assert not response.cookies, name
        if name in FIXED:
            assert int(re.search(r"max-age=(\d+)", response["Cache-Control"])[1]) >= 3600, name
            continue
        again = client.get(path, headers={"if-none-match": response["ETag"]})
        assert (again.status_code, again.content) == (304, b""), name
        assert again["ETag"] == response["ETag"], name
        assert again["Cache-Control"] == response["Cache-Control"], name
        assert client.head(path)["ETag"] == response["ETag"], name
        if name != "file":
            assert {"Cookie", "Accept-Language"} <= set(response["Vary"].split(", ")), name


def test_what_the_readers_choose_has_its_own_tag(client, publish):
    publish("一条通知")
    plain = client.get("/latest/")["ETag"]
    client.cookies["gongkai_elder"] = "on"
    assert client.get("/latest/")["ETag"] != plain
    assert client.get("/latest/?page=2")["ETag"] != client.get("/latest/")["ETag"]


LISTS = ["/", "/latest/", "/policies/", "/kinds/normative/", "/themes/T04/", "/categories/rules_docs/",
         "/agencies/jiaoyu/", "/agencies/jiaoyu/all/", "/series/?name=旧系列", "/catalogue/",
         "/search/?q=旧办法", "/latest/?format=atom", "/policies/?format=json",
         "/search/?q=旧办法&format=csv"]  # fmt: skip
"""Where the document of `shown` stands."""


def asked_again(client, tags):
    """All lists anew, each asked with the tag that it had; none may answer that nothing changed."""
    catch_up()
    pages = {}
    for path in LISTS:
        response = client.get(path, headers={"if-none-match": tags.get(path, "")})
        assert response.status_code == 200, path
        pages[path], tags[path] = b"".join(response).decode(), response["ETag"]
    return pages


def test_a_release_a_repeal_and_a_withdrawal_are_on_every_list_at_once(client, shown, publish):
    row, tags = shown[0], {}
    link = f"/p/{row.pk}/"
    assert all(link in page for page in asked_again(client, tags).values())

    publish("新办法", on=date(2025, 1, 1), kind=Kind.NORMATIVE,
            relations=[{"kind": RelationKind.REPEALS, "target": row.pk, "text": ""}])  # fmt: skip
    for path, page in asked_again(client, tags).items():
        near = page[max(0, page.index(link) - 300) : page.rindex(link) + 900]
        assert "废止" in near or '"repealed"' in near, path

    take_down(row, by=None, reason="文本有误", at=timezone.now())
    assert all(link not in page for page in asked_again(client, tags).values())
    gone = client.get(link)
    assert (gone.status_code, gone["Cache-Control"]) == (410, "public, max-age=0, s-maxage=5")


def test_a_page_that_is_not_there_is_told_in_the_readers_words(client, city):
    for path in ("/p/999999/", "/kinds/nothing/", "/no-such-page/", "/topics/nowhere/"):
        response = client.get(path)
        assert response.status_code == 404, path
        assert "没有这个页面" in response.content.decode(), path
    assert client.get("/p/999999/")["Cache-Control"] == "public, max-age=0, s-maxage=5"
    assert "public" not in client.get("/files/999999/").get("Cache-Control", "")
