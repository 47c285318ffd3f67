"""Topic columns: editors reach them, each with those of their own agencies, and the trail knows what went out."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from gongkai.publishing.models import ColumnIndexPage, ColumnPage
from gongkai.trail.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def root():
    """The page below which all columns stand."""
    return ColumnIndexPage.objects.get()


@pytest.fixture
def column(city, root):
    """A live column of 云州市教育局."""
    return opened(root, city["jiaoyu"], "平安校园")


def opened(parent, agency, title):
    page = parent.add_child(instance=ColumnPage(title=title, slug=f"c{agency.pk}-{len(title)}", agency=agency))
    page.save_revision().publish()
    return ColumnPage.objects.get(pk=page.pk)


def sent(agency, title="新开的专栏", slug="new", **more):
    """What the page editor sends."""
    return {
        "title": title,
        "slug": slug,
        "agency": agency.pk,
        "intro": "null",
        "kind": "",
        "category": "",
        "theme": "",
        "words": "",
        "seo_title": "",
        "search_description": "",
        "go_live_at": "",
        "expire_at": "",
        "chosen-TOTAL_FORMS": 0,
        "chosen-INITIAL_FORMS": 0,
        "chosen-MIN_NUM_FORMS": 0,
        "chosen-MAX_NUM_FORMS": 1000,
        "comments-TOTAL_FORMS": 0,
        "comments-INITIAL_FORMS": 0,
        "comments-MIN_NUM_FORMS": 0,
        "comments-MAX_NUM_FORMS": 1000,
        **more,
    }


def add_url(parent):
    return reverse("wagtailadmin_pages:add", args=["publishing", "columnpage", parent.pk])


def test_the_disclosure_officer_opens_a_column_and_the_public_sees_it(city, root, signed_in):
    client = signed_in("jyj_gongkai")
    assert "新增专栏" in client.get("/admin/columns/").content.decode()
    assert client.get(add_url(root)).status_code == 200
    answer = client.post(add_url(root), sent(city["jiaoyu"], **{"action-publish": "1"}))
    assert answer.status_code == 302
    assert answer.url == reverse("desk_columns")
    assert ColumnPage.objects.get().live
    assert "新开的专栏" in Client().get("/topics/").content.decode()
    entry = Entry.objects.get(action="publishing.column_publish")
    assert (entry.actor, entry.agency) == (city.people["jyj_gongkai"], city["jiaoyu"])


@pytest.mark.parametrize("draft", [True, False])
def test_nobody_opens_a_column_for_an_agency_that_they_do_not_manage(city, root, signed_in, draft):
    more = {} if draft else {"action-publish": "1"}
    signed_in("jyj_gongkai").post(add_url(root), sent(city["caizheng"], **more))
    assert not ColumnPage.objects.exists()


def test_a_column_without_an_agency_is_not_even_kept_as_a_draft(city, root, signed_in):
    signed_in("jyj_gongkai").post(add_url(root), sent(city["jiaoyu"]) | {"agency": ""})
    assert not ColumnPage.objects.exists()


VIEWS = ("edit", "delete", "unpublish", "move", "copy", "history", "usage", "view_draft")


def test_no_view_of_a_page_opens_for_somebody_else(column, signed_in):
    for username in ("drafter", "supervisor", "czj_gongkai", "county", "dag_jieshou"):
        client = signed_in(username)
        for view in VIEWS:
            address = reverse(f"wagtailadmin_pages:{view}", args=[column.pk])
            for answer in (client.get(address), client.post(address, sent(column.agency, title="被改了"))):
                assert answer.status_code in (302, 403, 404, 405), (username, view)
                assert "平安校园" not in answer.content.decode(), (username, view)
    column.refresh_from_db()
    assert (column.title, column.live, column.latest_revision.content["title"]) == ("平安校园", True, "平安校园")


def test_every_view_opens_for_the_agency_and_those_above_it(column, signed_in):
    for username in ("jyj_gongkai", "officer", "admin", "root"):
        client = signed_in(username)
        for view in VIEWS:
            address = reverse(f"wagtailadmin_pages:{view}", args=[column.pk])
            assert client.get(address).status_code == 200, (username, view)


def test_a_column_below_that_of_a_higher_agency_does_not_open_the_higher_one(city, root, signed_in):
    above = opened(root, city["yunzhou"], "民生实事")
    below = opened(above, city["jiaoyu"], "入学")
    client = signed_in("jyj_gongkai")
    assert client.get(reverse("wagtailadmin_pages:edit", args=[below.pk])).status_code == 200
    assert client.get(reverse("wagtailadmin_pages:edit", args=[above.pk])).status_code != 200
    assert client.get(add_url(above)).status_code != 200
    shown = client.get("/admin/columns/").content.decode()
    assert "入学" in shown
    assert "在“民生实事”之下" in shown


def test_a_column_that_holds_one_of_another_agency_is_not_deleted(city, root, column, signed_in):
    opened(column, city["caizheng"], "校园经费")
    address = reverse("wagtailadmin_pages:delete", args=[column.pk])
    signed_in("jyj_gongkai").post(address)
    assert ColumnPage.objects.count() == 2
    signed_in("officer").post(address)
    assert not ColumnPage.objects.exists()
    assert Entry.objects.get(action="publishing.column_delete").data["title"] == "平安校园"


def test_taking_a_column_off_the_site_is_recorded(city, column, signed_in):
    address = reverse("wagtailadmin_pages:unpublish", args=[column.pk])
    assert signed_in("jyj_gongkai").post(address).url == reverse("desk_columns")
    assert Entry.objects.get(action="publishing.column_unpublish").actor == city.people["jyj_gongkai"]
    assert Client().get(column.url).status_code == 404


def test_a_planned_column_opens_by_the_clock(city, root, signed_in, monkeypatch):
    client = signed_in("jyj_gongkai")
    at = timezone.localtime() + timedelta(days=2)
    times = {"go_live_at": at.strftime("%Y-%m-%d %H:%M"), "action-publish": "1"}
    client.post(add_url(root), sent(city["jiaoyu"], **times))
    page = ColumnPage.objects.get()
    assert not page.live
    assert "定于" in client.get("/admin/columns/").content.decode()
    monkeypatch.setattr(timezone, "now", lambda: at + timedelta(minutes=1))
    call_command("publish_scheduled")
    assert ColumnPage.objects.get().live
    assert Entry.objects.filter(action="publishing.column_publish").latest("number").actor is None


def test_the_list_and_its_menu_entry_are_for_those_who_manage_publishing(column, signed_in):
    assert signed_in("drafter").get("/admin/columns/").status_code in (302, 403)
    assert "平安校园" not in signed_in("czj_gongkai").get("/admin/columns/").content.decode()
    assert "admin/columns/" in signed_in("officer").get("/admin/").content.decode()
    assert "admin/columns/" not in signed_in("drafter").get("/admin/").content.decode()


def test_the_explorer_and_the_choice_of_links_show_no_drafts_of_others(city, root, column, signed_in):
    page = root.add_child(instance=ColumnPage(title="还没公开的专栏", slug="secret", agency=city["jiaoyu"], live=False))
    page.save_revision()
    for username in ("czj_gongkai", "drafter"):
        client = signed_in(username)
        for address in (f"/admin/pages/{root.pk}/", f"/admin/choose-page/{root.pk}/?page_type=publishing.columnpage"):
            assert "还没公开的专栏" not in client.get(address, follow=True).content.decode()


@pytest.mark.parametrize("id", ["999999", "x", "0", "99999999999999999999"])
def test_a_wrong_id_in_the_window_of_publications_is_not_found(city, signed_in, id):
    assert signed_in("jyj_gongkai").get(f"/admin/publications/choose/chosen/{id}/").status_code == 404
    answer = signed_in("jyj_gongkai").get("/admin/publications/choose/chosen-multiple/", {"id": id})
    assert answer.status_code == 200


def test_browsers_find_the_icon_where_they_look_for_it(client, db):
    answer = client.get("/favicon.ico")
    assert answer.status_code in (301, 302)
    assert answer["Location"].endswith("icon.svg")
