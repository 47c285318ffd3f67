"""The staff side: what a person sees and does there, and what stays out of reach by any address."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from selectolax.lexbor import LexborHTMLParser

from gongkai.annual.data import to_json_lines
from gongkai.annual.sample import sample_report
from gongkai.files.actions import store
from gongkai.reporting import actions
from gongkai.reporting.auditing import refresh
from gongkai.reporting.models import AnnualReport, ImportBatch, Status
from gongkai.reporting.storing import fill, new_row

pytestmark = pytest.mark.django_db
CELL = "t3.new_received.natural_person"


@pytest.fixture
def report(city):
    """A draft of 云州市教育局 with a source file."""
    return put(city, "jiaoyu")


def put(city, slug: str, year: int = 2024) -> AnnualReport:
    read = sample_report("gov-2021", year=year, agency=city[slug].name, seed=1)
    source = store(b"<p>source</p>", "年报.html", by=None)
    row = fill(new_row(city[slug], year), read, source=source, at=timezone.now())
    refresh(row)
    return row


def seen_words(html: str) -> str:
    """The words that a person sees on a page."""
    tree = LexborHTMLParser(html)
    tree.strip_tags(["script", "style", "svg", "template", "noscript"])
    assert tree.body is not None
    spoken = [
        value
        for node in tree.css("[aria-label], [title], [placeholder], [alt]")
        for name in ("aria-label", "title", "placeholder", "alt")
        if (value := node.attributes.get(name))
    ]
    return " ".join([tree.body.text(separator=" "), *spoken])


def test_the_door_is_open_to_whoever_holds_a_post_and_to_nobody_else(client, city, signed_in):
    assert client.get("/admin/").status_code == 302
    assert signed_in("drafter").get("/admin/").status_code == 200
    city.people["drafter"].posts.all().update(until=timezone.localdate())
    assert signed_in("drafter").get("/admin/annual-reports/").status_code == 302


def test_signing_in_by_password(client, city):
    from gongkai.agencies.demo import PASSWORD

    answer = client.post("/admin/login/", {"username": "drafter", "password": PASSWORD, "next": "/admin/"})
    assert answer.status_code == 302
    assert client.get("/admin/annual-reports/").status_code == 200


def test_the_menu_has_our_entries_in_order_and_nothing_else(signed_in):
    html = signed_in("drafter").get("/admin/").content.decode()
    props = html[html.index("wagtail-sidebar-props") :]
    labels = [
        bytes(x, "ascii").decode("unicode_escape") for x in re.findall(r'"label": "((?:\\u[0-9a-f]{4})+)"', props)
    ]
    assert [x for x in labels if x in {"我的待办", "年度报告", "机构与人员", "账号"}] == [
        "我的待办",
        "年度报告",
        "机构与人员",
    ]
    for name in ("explorer", "images", "documents", "snippets", "reports", "settings", "help"):
        assert f'"name": "{name}"' not in props


def test_what_waits_stands_on_the_first_page(signed_in, report):
    html = signed_in("head").get("/admin/").content.decode()
    assert reverse("desk_report", args=[report.pk]) in html
    other = signed_in("town").get("/admin/").content.decode()
    assert reverse("desk_report", args=[report.pk]) not in other


def test_the_list_shows_the_persons_agencies_only(city, signed_in, report):
    put(city, "caizheng")
    mine = signed_in("drafter").get("/admin/annual-reports/").content.decode()
    assert "云州市教育局2024年" in mine
    assert "财政局" not in mine
    every = signed_in("officer").get("/admin/annual-reports/").content.decode()
    assert "云州市财政局2024年" in every


@pytest.mark.parametrize(
    ("query", "there"),
    [
        ("?q=教育局", True),
        ("?q=甲乙丙丁", False),
        ("?year=2024", True),
        ("?form=gov-2019", False),
        ("?status=draft", True),
    ],
)
def test_the_list_is_filtered(signed_in, report, query, there):
    html = signed_in("drafter").get("/admin/annual-reports/" + query).content.decode()
    assert (reverse("desk_report", args=[report.pk]) in html) is there


def test_an_agency_of_others_in_the_filter_gives_nothing_away(city, signed_in, report):
    other = put(city, "caizheng")
    html = signed_in("drafter").get(f"/admin/annual-reports/?agency={other.agency_id}").content.decode()
    assert reverse("desk_report", args=[other.pk]) not in html
    assert "财政局" not in html


@pytest.mark.parametrize("view", ["", "?view=list", f"?cell={CELL}", f"?cell={CELL}&view=list"])
def test_a_report_shows_its_tables_findings_and_history(signed_in, report, view):
    html = signed_in("drafter").get(reverse("desk_report", args=[report.pk]) + view).content.decode()
    assert f'id="cell-{CELL}"' in html
    assert "收到和处理政府信息公开申请情况" in html
    assert "操作记录" in html


def test_a_cell_is_corrected_and_shows_both_values(city, signed_in, report):
    client = signed_in("drafter")
    address = reverse("desk_correct", args=[report.pk, CELL])
    answer = client.post(address, {"value": "4321", "why": "原文如此"}, follow=True)
    html = answer.content.decode()
    read = report.data["cells"][CELL]["raw"]
    assert f"<del>{read}</del> <ins>4321</ins>" in html
    assert "原文如此" in html
    assert report.corrections.get().by == city.people["drafter"]


def test_a_wrong_value_says_why_and_changes_nothing(signed_in, report):
    address = reverse("desk_correct", args=[report.pk, CELL])
    answer = signed_in("drafter").post(address, {"value": "很多", "why": "x"}, follow=True)
    assert "不是数字" in answer.content.decode()
    assert not report.corrections.exists()


def test_the_way_of_a_report_to_the_public(signed_in, report):
    def move(username: str, verb: str, **data: str) -> str:
        signed_in(username).post(reverse("desk_move", args=[report.pk, verb]), data)
        report.refresh_from_db()
        return str(report.status)

    assert move("drafter", "confirm") == Status.DRAFT
    assert move("head", "confirm") == Status.CONFIRMED
    assert move("head", "publish") == Status.CONFIRMED
    assert move("officer", "publish") == Status.PUBLISHED
    assert move("officer", "withdraw", why="") == Status.PUBLISHED
    assert move("officer", "withdraw", why="重复") == Status.CONFIRMED
    assert signed_in("officer").post(reverse("desk_move", args=[report.pk, "burn"])).status_code == 404


def test_buttons_stand_there_only_for_who_may_press_them(signed_in, report):
    address = reverse("desk_report", args=[report.pk]) + f"?cell={CELL}"
    correct, confirm = (
        reverse("desk_correct", args=[report.pk, CELL]),
        reverse("desk_move", args=[report.pk, "confirm"]),
    )

    def buttons(username: str) -> tuple[bool, bool]:
        html = signed_in(username).get(address).content.decode()
        return correct in html, confirm in html

    assert buttons("drafter") == (True, False)
    assert buttons("head") == (True, True)
    assert buttons("reviewer") == (False, False)
    assert buttons("supervisor") == (False, False)


def test_files_are_imported_and_each_has_its_result(signed_in, city, django_capture_on_commit_callbacks):
    read = sample_report("gov-2021", year=2024, agency="云州市教育局", seed=1)
    good = "".join(to_json_lines([read], with_blocks=True)).encode()
    client = signed_in("drafter")
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(
            "/admin/annual-reports/import/",
            {"files": [SimpleUploadedFile("好.json", good), SimpleUploadedFile("坏.pdf", b"%PDF-1.4 x")]},
        )
    batch = ImportBatch.objects.get()
    assert answer.headers["Location"] == reverse("desk_batch", args=[batch.pk])
    html = client.get(answer.headers["Location"]).content.decode()
    assert "已入库" in html
    assert "读取失败" in html
    rows = client.get(answer.headers["Location"] + "?rows")
    assert "<html" not in rows.content.decode()
    assert 'data-desk-finished="1"' in rows.content.decode()
    assert "no-store" in rows.headers["Cache-Control"]


def test_an_import_without_files_says_what_to_do(signed_in):
    html = signed_in("drafter").post("/admin/annual-reports/import/", {}).content.decode()
    assert "还没有选择文件" in html


def test_who_may_not_import_is_told_so(signed_in):
    answer = signed_in("reviewer").get("/admin/annual-reports/import/", follow=True)
    assert "没有“导入年度报告”的权限" in answer.content.decode()


def test_the_source_file_comes_as_a_download(signed_in, report):
    answer = signed_in("drafter").get(reverse("desk_source", args=[report.pk]))
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert b"".join(answer.streaming_content) == b"<p>source</p>"


def every_address(report: AnnualReport, batch: ImportBatch) -> list[tuple[str, str]]:
    item = batch.items.get()
    gets = [
        reverse("desk_report", args=[report.pk]),
        reverse("desk_cell", args=[report.pk, CELL]),
        reverse("desk_source", args=[report.pk]),
        reverse("desk_batch", args=[batch.pk]),
        reverse("desk_batch", args=[batch.pk]) + "?rows",
        reverse("desk_agency", args=[report.agency.slug]),
    ]
    posts = [
        reverse("desk_correct", args=[report.pk, CELL]),
        reverse("desk_choose", args=[item.pk]),
        *(reverse("desk_move", args=[report.pk, verb]) for verb in ("confirm", "publish", "withdraw", "discard")),
        reverse("desk_office", args=[report.agency.slug]),
        reverse("desk_appoint", args=[report.agency.slug]),
        reverse("desk_end_post", args=[report.agency.slug, report.agency.posts.first().pk]),
    ]
    return [*(("get", a) for a in gets), *(("post", a) for a in posts)]


DATA = {"value": "9", "why": "x", "username": "town", "role": "administrator", "office_phone": "1", "agency": "1"}


@pytest.mark.parametrize("username", ["town", "county"])
def test_an_agency_of_others_is_out_of_reach_by_any_address(
    city, signed_in, report, username, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        batch = actions.import_files([("x.txt", b"nothing")], by=city.people["drafter"])
    client = signed_in(username)
    posts = city["jiaoyu"].posts.count()
    before = AnnualReport.objects.values().get(pk=report.pk)
    for method, address in every_address(report, batch):
        answer = getattr(client, method)(address, DATA if method == "post" else {})
        assert answer.status_code == 404, address
    assert AnnualReport.objects.values().get(pk=report.pk) == before
    assert not report.corrections.exists()
    assert city["jiaoyu"].posts.count() == posts


def test_nothing_is_changed_by_following_a_link(signed_in, report, city, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        batch = actions.import_files([("x.txt", b"nothing")], by=city.people["drafter"])
    client = signed_in("root")
    for method, address in every_address(report, batch):
        if method == "post":
            assert client.get(address).status_code == 405, address


def test_an_administrator_keeps_posts_and_office(city, signed_in):
    client = signed_in("admin")
    client.post("/admin/agencies/caizheng/appoint/", {"username": "drafter", "role": "drafter"})
    post = city["caizheng"].posts.get(person=city.people["drafter"])
    assert post.person == city.people["drafter"]
    client.post(f"/admin/agencies/caizheng/posts/{post.pk}/end/")
    post.refresh_from_db()
    assert post.until is not None
    form = {
        "office_name": "办公室",
        "office_address": "新址",
        "office_hours": "",
        "office_phone": "",
        "office_email": "",
    }
    client.post("/admin/agencies/caizheng/office/", form)
    city["caizheng"].refresh_from_db()
    assert city["caizheng"].office_address == "新址"


def test_an_unknown_account_is_told_in_the_form(signed_in):
    answer = signed_in("admin").post("/admin/agencies/caizheng/appoint/", {"username": "nobody", "role": "drafter"})
    assert answer.status_code == 422
    assert "没有这个账号" in answer.content.decode()


ADDRESSES = [
    "/admin/",
    "/admin/annual-reports/",
    "/admin/annual-reports/import/",
    "/admin/agencies/",
    "/admin/agencies/jiaoyu/",
    "/admin/login/",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_our_pages_speak_chinese(client, city, signed_in, address):
    who = client if "login" in address else signed_in("officer")
    words = seen_words(who.get(address).content.decode())
    names = {
        "HTML",
        "Word",
        "Excel",
        "PDF",
        "OFD",
        "docx",
        "xlsx",
        "MB",
        "Enter",
        "yunzhou",
        "example",
        "gov",
        "university",
        "testserver",
    }
    words = words.replace("gongkai worker", "")  # a command, said to the administrator
    for name in (*city.people, *(agency.code for agency in city.agencies.values())):
        words = re.sub(rf"\b{name}\b", "", words)
    english = set(re.findall(r"[A-Za-z]{2,}", words)) - names
    assert english <= {"Alt", "Ctrl"}, english


def test_nobody_changes_the_name_under_which_they_act(city, signed_in):
    client = signed_in("drafter")
    html = client.get("/admin/account/").content.decode()
    assert "name_email-first_name" not in html
    client.post("/admin/account/", {"name_email-first_name": "别人", "name_email-last_name": ""})
    city.people["drafter"].refresh_from_db()
    assert str(city.people["drafter"]) == "陈若溪"


def test_the_system_administrator_opens_and_closes_accounts_on_record(city, signed_in):
    from gongkai.agencies.models import Person
    from gongkai.trail.chain import history

    client = signed_in("root")
    word = "Ep7-river-lantern"
    form = {"username": "zhao", "first_name": "赵一鸣", "password1": word, "password2": word, "is_active": "on"}
    answer = client.post("/admin/users/new/", form)
    person = Person.objects.get(username="zhao")
    assert answer.status_code == 302
    assert str(person) == "赵一鸣"
    client.post(f"/admin/users/edit/{person.pk}/", {"username": "zhao", "first_name": "赵一鸣"})
    person.refresh_from_db()
    assert not person.is_active
    assert [(e.action, e.data["active"]) for e in history(person)] == [
        ("agencies.change_account", False),
        ("agencies.open_account", True),
    ]
    assert client.post(f"/admin/users/delete/{person.pk}/").status_code in (302, 403)
    assert Person.objects.filter(pk=person.pk).exists()


@pytest.mark.parametrize("address", ["/admin/users/", "/admin/users/new/", "/admin/pages/", "/admin/groups/"])
def test_accounts_and_what_wagtail_brings_are_closed_to_staff(signed_in, address):
    assert signed_in("admin").get(address).status_code in (302, 403, 404)


@pytest.mark.parametrize("address", ["/admin/", "/admin/annual-reports/", "/admin/annual-reports/import/", "report"])
def test_our_pages_speak_english_to_who_asks_for_it(city, signed_in, report, address):
    client = signed_in("officer")
    client.cookies["django_language"] = "en"
    path = reverse("desk_report", args=[report.pk]) if address == "report" else address
    tree = LexborHTMLParser(client.get(path).content.decode())
    tree.strip_tags(["script", "style", "svg", "template", "noscript", "select"])
    for node in tree.css("[lang='zh-Hans']"):
        node.decompose()
    names = "|".join([report.title, *(n for a in city.agencies.values() for n in (a.name, a.short_name) if n)])
    words = re.sub(names, "", seen_words(tree.html or ""))
    names_of_people = "".join(str(p) for p in city.people.values())
    rest = re.sub("[^\u4e00-\u9fff]", "", words)
    assert set(rest) <= set(names_of_people) | set("年报"), rest


def test_a_finding_shows_the_passage_that_it_is_about(city, signed_in):
    from gongkai.annual.sample import dirty

    read, _ = dirty(sample_report("gov-2021", year=2024, agency=city["jiaoyu"].name, seed=1), ["placeholder"], seed=1)
    row = fill(new_row(city["jiaoyu"], 2024), read, source=None, at=timezone.now())
    refresh(row)
    html = signed_in("drafter").get(reverse("desk_report", args=[row.pk])).content.decode()
    assert 'class="desk-passage"' in html
    assert "<mark>" in html
