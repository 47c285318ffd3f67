"""The gazette: compiled from what is released, set as a PDF, fixed once it is out, bound by the year."""

from __future__ import annotations

import io
from datetime import date, timedelta

import pikepdf
import pypdfium2
import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone
from PIL import Image

from gongkai.agencies.rights import NotAllowed
from gongkai.files.actions import content, store
from gongkai.publishing.actions import gazette
from gongkai.publishing.exporting.gazette.blocks import fitting, printed
from gongkai.publishing.exporting.gazette.typeset import title_lines
from gongkai.publishing.models import ChannelRelease, GazetteIssue, GazetteItem, Kind, Validity
from gongkai.publishing.queries.compiling import candidates, repealed_until

TABLE = (
    '<table><thead><tr><th rowspan="2">项目</th><th colspan="2">金额</th></tr>'
    "<tr><th>预算</th><th>决算</th></tr></thead>"
    "<tbody><tr><td>教育</td><td>1,200</td><td>1,180</td></tr></tbody></table>"
)
BODY = (
    "<p>各区县人民政府，市政府各部门：</p><h2>一、总体要求</h2><p>坚持<strong>公开为常态</strong>，H<sub>2</sub>O。</p>"
    f"<ol><li>第一项</li><li>第二项</li></ol>{TABLE}<p>此件公开发布。#set text(red) $x$ \\ @a *b* _c_ [d] {{e}}</p>"
)


def words(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return "".join("".join(page.get_textpage().get_text_bounded() for page in document).split())


def picture(width=600, height=400) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "#2a5d9f").save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def officer(city):
    return city.people["officer"]


@pytest.fixture
def documents(city, released):
    """A rule, a department's document, an interpretation and a repealed document of this year."""
    return {
        "rule": released(
            city["yunzhou"],
            "云州市人民政府关于印发电动自行车管理办法的通知",
            kind=Kind.NORMATIVE,
            body=BODY,
            document_number="云政发〔2026〕8号",
        ),
        "other": released(city["jiaoyu"], "关于规范校外培训的通知", kind=Kind.NORMATIVE, body="<p>正文</p>"),
        "says": released(city["yunzhou"], "《电动自行车管理办法》解读", kind=Kind.INTERPRETATION, body="<p>解读</p>"),
        "old": released(
            city["yunzhou"],
            "云州市非机动车管理规定",
            date(2020, 1, 1),
            kind=Kind.NORMATIVE,
            validity=Validity.REPEALED,
            ended_on=timezone.localdate() - timedelta(days=3),
            ended_note="新办法施行",
        ),
    }


@pytest.fixture
def issue(city, officer, documents):
    made = gazette.create_issue(city["yunzhou"], by=officer, dated=timezone.localdate())
    gazette.add_items(made, [documents[name] for name in ("rule", "other", "says")], by=officer)
    return made


def order(issue):
    return [(i.section, i.publication.title[:6]) for i in issue.items.select_related("publication")]


def test_numbers_follow_the_issue_before(city, officer):
    first = gazette.create_issue(city["yunzhou"], by=officer, dated=date(2025, 12, 20))
    second = gazette.create_issue(city["yunzhou"], by=officer, dated=date(2025, 12, 28))
    third = gazette.create_issue(city["yunzhou"], by=officer, dated=date(2026, 1, 20))
    assert [(i.year, i.number, i.overall) for i in (first, second, third)] == [(2025, 1, 1), (2025, 2, 2), (2026, 1, 3)]
    assert third.title == "云州市人民政府公报"


def test_a_number_is_never_given_twice(city, officer):
    gazette.create_issue(city["yunzhou"], by=officer, dated=date(2026, 1, 20))
    with pytest.raises(ValidationError) as refused:
        gazette.create_issue(city["yunzhou"], by=officer, dated=date(2026, 2, 20), number=1)
    assert "number" in refused.value.message_dict


def test_items_go_to_their_usual_sections(issue):
    assert order(issue) == [("市政府文件", "云州市人民政"), ("部门文件", "关于规范校外"), ("政策解读", "《电动自行车")]


def test_sections_stand_in_their_usual_order_whatever_was_ticked_first(city, officer, documents, released):
    issue = gazette.create_issue(city["yunzhou"], by=officer, dated=timezone.localdate())
    county = released(city["linxi"], "县政府的批复", kind=Kind.POLICY)
    town = released(city["shiqiao"], "镇里的通知", kind=Kind.POLICY)
    gazette.add_items(issue, [documents["says"], town, county, documents["other"], documents["rule"]], by=officer)
    sections = ["市政府文件", "部门文件", "县（区）政府文件", "乡镇（街道）文件", "政策解读"]
    assert [section for section, _title in order(issue)] == sections
    gazette.move_item(issue.items.first(), by=officer, up=False)
    gazette.add_items(issue, [released(city["yunzhou"], "再来一件", kind=Kind.POLICY)], by=officer)
    assert [section for section, _title in order(issue)][:3] == ["部门文件", "市政府文件", "市政府文件"]


def test_what_is_not_released_or_not_in_force_stays_out(city, issue, officer, documents, released):
    with pytest.raises(ValidationError, match="还没有公开"):
        gazette.add_items(issue, [released(city["yunzhou"], "草稿", state="draft")], by=officer)
    with pytest.raises(ValidationError, match="废止"):
        gazette.add_items(issue, [documents["old"]], by=officer)
    assert gazette.add_items(issue, [documents["old"]], by=officer, include_ended=True)


def test_a_county_cannot_print_what_the_city_made(city, documents):
    county = city.people["county"]
    issue = gazette.create_issue(city["linxi"], by=county, dated=timezone.localdate())
    with pytest.raises(ValidationError, match="下属机关"):
        gazette.add_items(issue, [documents["rule"]], by=county)


def test_only_those_who_compile_it_touch_it(city, issue, officer):
    for name in ("drafter", "county", "leader"):
        with pytest.raises(NotAllowed):
            gazette.publish_issue(issue, by=city.people[name])
        with pytest.raises(NotAllowed):
            gazette.preview(issue, by=city.people[name])


def test_items_move_within_sections_and_sections_move_past_one_another(city, issue, officer, released):
    (more,) = gazette.add_items(issue, [released(city["yunzhou"], "另一件市政府文件", kind=Kind.NORMATIVE)], by=officer)
    assert [s for s, _t in order(issue)] == ["市政府文件", "市政府文件", "部门文件", "政策解读"]
    gazette.move_item(more, by=officer, up=True)
    assert order(issue)[0][1] == "另一件市政府"
    last = issue.items.last()
    gazette.move_item(last, by=officer, up=True)
    assert [s for s, _t in order(issue)] == ["市政府文件", "市政府文件", "政策解读", "部门文件"]
    gazette.set_section(more, "部门文件", by=officer)
    assert [s for s, _t in order(issue)] == ["部门文件", "部门文件", "市政府文件", "政策解读"]


def test_the_repealed_list_holds_what_ended_since_the_issue_before(city, issue, officer, documents):
    assert list(repealed_until(issue)) == [documents["old"]]
    gazette.create_issue(city["yunzhou"], by=officer, dated=timezone.localdate())
    after = gazette.create_issue(city["yunzhou"], by=officer, dated=timezone.localdate() + timedelta(days=9))
    assert list(repealed_until(after)) == []


def test_the_pdf_has_cover_contents_texts_and_the_repealed_list(issue, officer):
    text = words(gazette.preview(issue, by=officer))
    for part in (
        "云州市人民政府公报",
        "第1期",
        "目",
        "市政府文件",
        "云政发〔2026〕8号",
        "一、总体要求",
        "1,180",
        "废止和失效文件目录",
        "云州市非机动车管理规定",
    ):
        assert part in text, part
    assert "#settext(red)$x$" in text


def test_contents_state_the_page_on_which_an_item_begins(issue, officer):
    done = gazette.publish_issue(issue, by=officer)
    document = pypdfium2.PdfDocument(content(done.file))
    pages = [page.get_textpage().get_text_bounded() for page in document]
    first = next(n for n, text in enumerate(pages) if "一、总体要求" in text)
    for item in done.items.select_related("publication"):
        assert item.publication.title[:8] in pages[first + item.page - 1].replace("\n", "").replace("\r", "")


def test_publishing_keeps_the_pdf_and_records_the_channel(issue, officer, documents):
    done = gazette.publish_issue(issue, by=officer)
    assert done.file.type == "pdf"
    assert ChannelRelease.objects.filter(channel="gazette", publication=documents["rule"]).count() == 1
    assert Client().get(f"/gazette/files/{done.file_id}/").status_code == 200


def test_an_issue_that_is_out_never_changes(city, issue, officer, released):
    done = gazette.publish_issue(issue, by=officer)
    item = done.items.first()
    for do in (
        lambda: gazette.add_items(done, [released(city["yunzhou"], "晚到的")], by=officer),
        lambda: gazette.remove_item(item, by=officer),
        lambda: gazette.move_item(item, by=officer, up=False),
        lambda: gazette.publish_issue(done, by=officer),
        lambda: gazette.discard_issue(done, by=officer),
    ):
        with pytest.raises(ValidationError, match="已经出版"):
            do()


def test_what_was_withdrawn_meanwhile_stops_the_press(issue, officer, documents):
    documents["rule"].state = "withdrawn"
    documents["rule"].save(update_fields=["state"])
    with pytest.raises(ValidationError, match="电动自行车"):
        gazette.publish_issue(issue, by=officer)
    assert not GazetteIssue.objects.filter(published_at__isnull=False).exists()


def test_an_empty_issue_is_not_printed(city, officer):
    empty = gazette.create_issue(city["yunzhou"], by=officer, dated=timezone.localdate())
    with pytest.raises(ValidationError, match="没有内容"):
        gazette.publish_issue(empty, by=officer)


def test_what_stands_in_an_issue_is_no_candidate_any_more(issue, documents):
    assert documents["rule"] not in candidates(issue)
    assert documents["old"] in candidates(issue, ended=True)
    assert documents["old"] not in candidates(issue)


def test_copies_delivered_never_exceed_the_print_run(issue, officer):
    today = timezone.localdate()
    gazette.set_print_run(issue, 500, by=officer)
    gazette.record_delivery(issue, "市图书馆", 300, today, by=officer)
    with pytest.raises(ValidationError) as refused:
        gazette.record_delivery(issue, "政务服务中心", 201, today, by=officer)
    assert "copies" in refused.value.message_dict
    with pytest.raises(ValidationError):
        gazette.set_print_run(issue, 299, by=officer)


def test_a_bound_volume_holds_all_issues_with_contents_over_them(city, issue, officer, released):
    gazette.publish_issue(issue, by=officer)
    second = gazette.create_issue(city["yunzhou"], by=officer, dated=timezone.localdate())
    gazette.add_items(second, [released(city["yunzhou"], "第二期的文件", kind=Kind.NORMATIVE)], by=officer)
    gazette.publish_issue(second, by=officer)
    volume = gazette.bind_volume(city["yunzhou"], second.year, by=officer)
    data = content(volume.file)
    text = words(data)
    for part in ("合订本", "第1期（总第1期）", "第2期（总第2期）", "第二期的文件", "合订本1"):
        assert part in text, part
    with pikepdf.open(io.BytesIO(data)) as pdf, pdf.open_outline() as outline:
        assert [branch.title for branch in outline.root] == ["第1期", "第2期"]
    again = gazette.bind_volume(city["yunzhou"], second.year, by=officer)
    assert again.pk == volume.pk


def test_a_year_without_issues_is_not_bound(city, officer):
    with pytest.raises(ValidationError, match="不能合订"):
        gazette.bind_volume(city["yunzhou"], 2020, by=officer)


def test_pictures_are_printed_and_those_of_other_sites_are_not(city, issue, officer, released):
    kept = store(picture(), "图.png", by=officer, agency=city["yunzhou"], types=("png",))
    body = f'<p>前<img src="/files/{kept.pk}/" alt="示意图">后</p>'
    body += '<p><img src="https://other.example/x.png" alt="外站图"></p>'
    gazette.add_items(issue, [released(city["yunzhou"], "有图的文件", kind=Kind.NORMATIVE, body=body)], by=officer)
    pdf = gazette.preview(issue, by=officer)
    assert "〔图：外站图〕" in words(pdf)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert sum(len(page.images) for page in document.pages) == 1


def test_broken_pictures_are_left_out():
    assert fitting(b"\x89PNG\r\n\x1a\nbroken") is None
    kind, width, height = fitting(picture(4000, 1000))
    assert (kind, round(width / height)) == ("png", 4)
    assert width <= 468


ODD = [
    "",
    "<table></table>",
    "<table><tr></tr></table>",
    '<table><tr><td colspan="999" rowspan="999">a</td><td>b</td></tr><tr><td>c</td></tr></table>',
    '<table><tr><td rowspan="3">a</td><td>b</td></tr><tr><td colspan="2">c</td></tr><tr><td>d</td></tr></table>',
    "<table><tr><td><table><tr><td>内</td></tr></table>外</td><td>x</td></tr></table>",
    "<ul><li>a<ul><li>b<ul><li>c</li></ul></li></ul></li></ul>" * 3,
    "<p>" + "长" * 20000 + "</p>",
    "<p>不闭合<b>标签<table><tr><td>x",
    "<table>" + "<tr>" + "<td>1</td>" * 60 + "</tr></table>",
    "<blockquote><p>引</p></blockquote><hr><figure><img src='/files/1/'><figcaption>图</figcaption></figure>",
]


def test_any_text_can_be_printed(city, officer, released):
    issue = gazette.create_issue(city["yunzhou"], by=officer, dated=timezone.localdate())
    odd = [released(city["yunzhou"], f"第{n}件", kind=Kind.NORMATIVE, body=html) for n, html in enumerate(ODD)]
    gazette.add_items(issue, odd, by=officer)
    text = words(gazette.preview(issue, by=officer))
    assert all(f"第{n}件" in text for n in range(len(ODD)))


def test_no_two_cells_of_a_printed_table_lie_over_one_another():
    first = '<tr><td rowspan="3">a</td><td rowspan="2">b</td><td>c</td></tr>'
    html = f'<table>{first}<tr><td colspan="5">d</td></tr><tr><td>e</td></tr></table>'
    (table,) = printed(html, lambda _picture: None)
    squares = [(c["x"] + i, c["y"] + j) for c in table["cells"] for i in range(c["w"]) for j in range(c["h"])]
    assert len(squares) == len(set(squares))


def test_the_desk_compiles_publishes_and_delivers(city, documents, signed_in):
    client = signed_in("officer")
    assert client.get("/admin/gazette/").status_code == 200
    made = client.post(
        "/admin/gazette/new/", {"agency": city["yunzhou"].pk, "dated": timezone.localdate().isoformat(), "title": ""}
    )
    issue = GazetteIssue.objects.get()
    path = f"/admin/gazette/{issue.pk}/"
    assert made.url == path
    client.post(path + "add/", {"publication": [documents["rule"].pk, documents["says"].pk]})
    assert issue.items.count() == 2
    item = GazetteItem.objects.last()
    client.post(f"/admin/gazette/items/{item.pk}/", {"do": "up"})
    assert order(issue)[0][0] == "政策解读"
    assert client.get(path).status_code == 200
    assert client.get(path + "preview.pdf").content.startswith(b"%PDF")
    client.post(path + "publish/")
    client.post(path + "print-run/", {"copies": "200"})
    client.post(path + "deliver/", {"place": "市图书馆", "copies": "50", "on": timezone.localdate().isoformat()})
    issue.refresh_from_db()
    assert (issue.published_at is not None, issue.print_run, issue.deliveries.get().copies) == (True, 200, 50)
    client.post("/admin/gazette/bind/", {"agency": city["yunzhou"].pk, "year": issue.year})
    assert city["yunzhou"].gazette_volumes.count() == 1
    assert client.get(path).status_code == 200


def test_days_stand_in_the_forms_as_browsers_understand_them(issue, officer, signed_in):
    today = timezone.localdate().isoformat()
    client = signed_in("officer")
    assert f'name="dated" value="{today}"' in client.get("/admin/gazette/new/").content.decode()
    gazette.publish_issue(issue, by=officer)
    assert f'name="on" value="{today}"' in client.get(f"/admin/gazette/{issue.pk}/").content.decode()


def test_the_desk_hides_issues_of_other_agencies(city, issue, signed_in):
    client = signed_in("county")
    for address in ("", "preview.pdf"):
        assert client.get(f"/admin/gazette/{issue.pk}/{address}").status_code == 404
    for address in ("add/", "publish/", "print-run/", "deliver/", "discard/"):
        assert client.post(f"/admin/gazette/{issue.pk}/{address}").status_code == 404


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        (
            "云州市人民政府关于印发电动自行车停放充电安全管理办法的通知",
            ["云州市人民政府", "关于印发电动自行车停放充电安全管理办法的通知"],
        ),
        (
            "云州市人民政府办公室关于做好冬春季节蔬菜保供稳价有关工作的通知",
            ["云州市人民政府办公室", "关于做好冬春季节蔬菜保供稳价有关工作的通知"],
        ),
        ("关于规范校外培训的通知", ["关于规范校外培训的通知"]),
    ],
)
def test_a_long_title_has_its_issuer_on_a_line_of_its_own(title, lines):
    assert title_lines(title) == lines
