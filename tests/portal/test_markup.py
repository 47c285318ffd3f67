"""The markup of public pages holds together: what opens is closed, what is named is there, headings go in order."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from gongkai.publishing.indexing import catch_up
from gongkai.publishing.models import Kind, Publication, RelationKind, State

pytestmark = pytest.mark.django_db

VOID = {"meta", "link", "input", "img", "br", "hr", "source", "wbr", "col"}
POINTING = ("for", "aria-labelledby", "aria-describedby", "aria-controls")
CHINESE = re.compile("[\u4e00-\u9fff]")


class Strict(HTMLParser):
    """Reads a page and notes what is wrong with it; our pages close everything that they open."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.languages: list[str] = []
        self.wrong: list[str] = []
        self.ids: list[str] = []
        self.pointed: list[str] = []
        self.levels: list[int] = []
        self.chinese: list[str] = []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if len(given) != len(attrs):
            self.wrong.append(f"<{tag}> has an attribute twice")
        self.ids += [given["id"]] if "id" in given else []
        for name in POINTING:
            self.pointed += given.get(name, "").split()
        if re.fullmatch("h[1-6]", tag):
            self.levels.append(int(tag[1]))
        if tag == "img" and "alt" not in given:
            self.wrong.append(f"a picture without alternative: {given.get('src')}")
        if tag == "a" and "a" in self.open:
            self.wrong.append("a link within a link")
        if tag not in VOID:
            self.open.append(tag)
            self.languages.append(given.get("lang") or (self.languages[-1] if self.languages else ""))

    def handle_endtag(self, tag):
        if not self.open or self.open[-1] != tag:
            self.wrong.append(f"</{tag}> where {self.open[-2:]} are open, line {self.getpos()[0]}")
        else:
            self.open.pop()
            self.languages.pop()

    def handle_data(self, data):
        if self.languages and self.languages[-1] == "en" and "script" not in self.open and CHINESE.search(data):
            self.chinese.append(data.strip())


def read(client, path):
    """The page, after what is wrong with it was found to be nothing."""
    response = client.get(path)
    page = Strict()
    page.feed(response.content.decode())
    page.close()
    assert page.wrong == [], path
    assert page.open == [], path
    assert sorted(set(page.ids)) == sorted(page.ids), path
    assert set(page.pointed) <= set(page.ids), path
    assert page.levels.count(1) == 1, path
    assert all(after <= before + 1 for before, after in zip(page.levels, page.levels[1:], strict=False)), path
    return page


@pytest.fixture
def paths(publish):
    """One page of each kind, with something on it."""
    old = publish("Old & <rules>", kind=Kind.NORMATIVE, categories=["budget"], theme="T0401", body="<h2>A</h2><p>b</p>")
    repeals = {"kind": RelationKind.REPEALS, "target": old.pk, "text": ""}
    publish("New rules", kind=Kind.NORMATIVE, relations=[repeals], series="Yearly", summary="About <b> & rules")
    about = {"kind": RelationKind.INTERPRETS, "target": old.pk, "text": ""}
    publish("Rules explained", kind=Kind.INTERPRETATION, relations=[about])
    false = publish("A rumour", kind=Kind.CLARIFICATION, claim='It "is" <so>', claim_source="a film")
    gone = publish("Gone")
    Publication.objects.filter(pk=gone.pk).update(state=State.WITHDRAWN, withdrawal_reason="<wrong>")
    catch_up()
    lists = ["/latest/", "/policies/?year=2026&agency=jiaoyu", "/interpretations/", "/clarifications/",
             "/categories/", "/categories/budget/", "/themes/T04/", "/kinds/notice/", "/agencies/", "/agencies/jiaoyu/",
             "/agencies/anjian/", "/agencies/jiaoyu/all/", "/series/?name=Yearly", "/statistics/", "/feeds/",
             "/site-map/", "/topics/", "/search/?q=rules", "/search/?q=rules&kind=normative&live=1",
             "/search/?q=<none>", "/search/?q=-", f"/search/?q={'long' * 60}", "/nowhere/"]  # fmt: skip
    return ["/", *lists, *(f"/p/{row.pk}/" for row in (old, false, gone))]


def test_every_public_page_is_sound(client, paths):
    for path in paths:
        read(client, path)


def test_elder_pages_are_sound_too(client, paths):
    client.cookies["gongkai_elder"] = "on"
    for path in paths[:3]:
        read(client, path)


def test_on_english_pages_only_names_are_chinese(client, paths, city, settings):
    """Every word of the interface is English; names of bodies and of the site are not ours to translate."""
    names = [settings.WAGTAIL_SITE_NAME, "公开", "中文"]
    for agency in city.agencies.values():
        names += [agency.name, agency.short_name, agency.office_name, agency.office_address, agency.office_hours]
        names += [former.name for former in agency.former_names.all()]
    client.cookies["django_language"] = "en"
    for path in paths:
        for text in read(client, path).chinese:
            left = text
            for name in sorted(filter(None, names), key=len, reverse=True):
                left = left.replace(name, "")
            assert not CHINESE.search(left), (path, text)
