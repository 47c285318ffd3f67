"""The public site: what stands on each page, what must not be seen, and what the machines read."""

import json
from datetime import date, timedelta

import pytest
from django.utils import timezone
from lxml import etree, html

from gongkai.files.actions import store
from gongkai.publishing.indexing import catch_up
from gongkai.publishing.models import Change, Kind, Publication, PublicNote, RelationKind, State, Validity
from gongkai.publishing.queries import public

pytestmark = pytest.mark.django_db


def get(client, path, status=200, **query):
    if path.startswith("/search"):
        catch_up()
    response = client.get(path, query)
    assert response.status_code == status, (path, response.status_code)
    return b"".join(response).decode()


def tree(client, path, **query):
    return html.fromstring(get(client, path, **query))


PATHS = [
    "/",
    "/latest/",
    "/policies/",
    "/interpretations/",
    "/clarifications/",
    "/categories/",
    "/categories/budget/",
    "/themes/T04/",
    "/kinds/notice/",
    "/agencies/",
    "/agencies/jiaoyu/",
    "/agencies/jiaoyu/all/",
    "/apply/",
    "/progress/",
    "/letters/",
    "/gazette/",
    "/statistics/",
    "/feeds/",
    "/site-map/",
    "/search/",
    "/search/?q=预算",
]


@pytest.mark.parametrize("path", PATHS)
def test_every_page_stands_empty_and_filled(client, city, publish, path):
    get(client, path)
    publish("云州市教育局2026年部门预算", kind=Kind.BUDGET, categories=["budget"], theme="T0401")
    page = tree(client, path)
    assert len(page.xpath("//h1")) == 1
    assert page.xpath("//main")
    assert not client.cookies


@pytest.mark.parametrize("path", PATHS)
def test_every_page_carries_the_tags_of_government_sites(client, city, settings, path):
    settings.GONGKAI_SITE = settings.GONGKAI_SITE | {"id": "9901000001"}
    page = tree(client, path)
    assert page.xpath("string(//meta[@name='SiteIDCode']/@content)") == "9901000001"
    assert page.xpath("//meta[@name='SiteName']/@content")
    assert page.xpath("//meta[@name='SiteDomain']/@content")


def test_a_page_of_content_carries_all_three_groups_of_tags(client, publish):
    row = publish("关于印发义务教育招生办法的通知", kind=Kind.NORMATIVE, subject_words=["招生"], source="云州市教育局")
    page = tree(client, f"/p/{row.pk}/")
    found = {m.get("name"): m.get("content") for m in page.xpath("//meta[@name]")}
    assert found["ArticleTitle"] == row.title
    assert found["PubDate"] == f"{timezone.localtime(row.published_at):%Y-%m-%d %H:%M}"
    assert found["ContentSource"] == "云州市教育局"
    assert found["ColumnName"] == "规范性文件"
    assert found["ColumnType"] == "政策文件"
    assert found["Keywords"] == "招生"
    assert page.xpath("string(//link[@rel='canonical']/@href)").endswith(f"/p/{row.pk}/")
    data = json.loads(page.xpath("string(//script[@type='application/ld+json'])"))
    assert data["@type"] == "Legislation"


def test_nothing_in_structured_data_ends_the_script(client, publish):
    row = publish("</script><script>alert(1)</script>", summary="<b>&")
    page = tree(client, f"/p/{row.pk}/")
    assert json.loads(page.xpath("string(//script[@type='application/ld+json'])"))["headline"].startswith("</script>")
    assert not [s for s in page.xpath("//script") if "alert" in (s.text or "") and s.get("type") is None]


@pytest.mark.parametrize("state", [s for s in State.values if s not in (State.PUBLISHED, State.WITHDRAWN)])
def test_what_is_not_released_is_nowhere(client, publish, state):
    row = publish("尚未公开的事项", kind=Kind.NORMATIVE, categories=["budget"])
    Publication.objects.filter(pk=row.pk).update(state=state)
    Change.objects.create(publication=row, verb=Change.Verb.WITHDRAWN)
    for path in (f"/p/{row.pk}/", f"/p/{row.pk}.json"):
        get(client, path, status=404)
    for path in (
        "/",
        "/latest/",
        "/policies/",
        "/categories/budget/",
        "/agencies/jiaoyu/",
        "/search/?q=尚未公开的事项",
    ):
        assert f"/p/{row.pk}/" not in get(client, path), path
    catch_up()
    for path in ("/latest/?format=atom", "/search/?q=尚未公开&format=csv", "/sitemap-1.xml"):
        response = client.get(path)
        assert f"/p/{row.pk}/" not in b"".join(response).decode(), path


def test_what_was_withdrawn_leaves_a_tombstone(client, publish):
    row = publish("已撤下的名单")
    Publication.objects.filter(pk=row.pk).update(
        state=State.WITHDRAWN, withdrawn_at=timezone.now(), withdrawal_reason="名单有误"
    )
    page = get(client, f"/p/{row.pk}/", status=410)
    assert "名单有误" in page
    assert "云州市教育局" in page
    assert json.loads(get(client, f"/p/{row.pk}.json", status=410))["reason"] == "名单有误"


def test_a_repeal_shows_on_every_page_that_names_the_document(client, publish):
    old = publish("云州市旧办法", kind=Kind.NORMATIVE, categories=["rules_docs"])
    new = publish(
        "云州市新办法", kind=Kind.NORMATIVE, relations=[{"kind": RelationKind.REPEALS, "target": old.pk, "text": ""}]
    )
    page = tree(client, f"/p/{old.pk}/")
    ribbon = page.xpath("//div[contains(@class,'ribbon')]")[0]
    assert "废止" in ribbon.text_content()
    assert ribbon.xpath(f".//a[@href='/p/{new.pk}/']")
    for path in ("/policies/", "/latest/", "/categories/rules_docs/", "/search/?q=旧办法", f"/p/{new.pk}/"):
        page = tree(client, path)
        near = page.xpath(f"//li[.//a[@href='/p/{old.pk}/']]")
        assert near, path
        assert "废止" in near[0].text_content(), path
    assert "〔废止〕云州市旧办法" in get(client, "/policies/", format="atom")
    assert json.loads(get(client, f"/p/{old.pk}.json"))["validity"] == Validity.REPEALED


def test_documents_in_force_come_first_across_pages(client, publish):
    ended = [publish(f"失效文件{n}", kind=Kind.NORMATIVE, expires_on=date(2020, 1, 1)) for n in range(3)]
    live = [publish(f"有效文件{n}", kind=Kind.NORMATIVE, on=date(2025, 1, 1 + n)) for n in range(20)]
    first, second = get(client, "/policies/"), get(client, "/policies/", page=2)
    assert all(f"/p/{row.pk}/" in first for row in live)
    assert all(f"/p/{row.pk}/" in second for row in ended)


def test_policies_hold_no_news(client, publish):
    publish("一条工作动态", kind=Kind.NEWS)
    assert "一条工作动态" not in get(client, "/policies/")


def test_an_interpretation_stands_beside_its_document_and_names_it_in_its_list(client, publish):
    document = publish("云州市租赁办法", kind=Kind.NORMATIVE)
    about = publish(
        "租赁办法怎么看",
        kind=Kind.INTERPRETATION,
        relations=[{"kind": RelationKind.INTERPRETS, "target": document.pk, "text": ""}],
    )
    beside = tree(client, f"/p/{document.pk}/").xpath("//aside")[0]
    assert beside.xpath(f".//a[@href='/p/{about.pk}/']")
    assert "云州市租赁办法" in get(client, "/interpretations/")


def test_a_correction_is_told(client, publish):
    row = publish("有更正的通知")
    PublicNote.objects.create(publication=row, kind="correction", text="“三十日”更正为“二十日”。")
    assert "更正为“二十日”" in get(client, f"/p/{row.pk}/")


def test_a_clarification_sets_the_rumour_against_the_fact(client, publish):
    row = publish(
        "关于停水的澄清", kind=Kind.CLARIFICATION, claim="全城停水七天", claim_source="短视频", body="<p>供水正常。</p>"
    )
    page = get(client, f"/p/{row.pk}/")
    assert page.index("流传的说法") < page.index("全城停水七天") < page.index("事实") < page.index("供水正常")


def test_the_name_of_the_time_stays_and_leads_to_the_agency_and_its_successor(client, publish, city):
    row = publish("旧局的通知", agency="anjian", on=date(2018, 5, 1))
    page = get(client, f"/p/{row.pk}/")
    assert "云州市安全生产监督管理局" in page
    assert "/agencies/anjian/" in page
    assert "/agencies/yingji/" in page
    assert "/agencies/yingji/" in get(client, "/agencies/anjian/")
    named = publish("改名前的通知", agency="shuju", on=date(2020, 1, 1))
    assert "云州市大数据发展管理局" in get(client, f"/p/{named.pk}/")


def test_a_file_of_a_released_publication_is_for_everybody_and_no_other(client, publish, city):
    open_file = store("公开的附件".encode(), "公开.txt", by=None, agency=city["jiaoyu"])
    draft_file = store("草稿的附件".encode(), "草稿.txt", by=None, agency=city["jiaoyu"])
    row = publish("有附件的通知", files=[{"attachment": open_file.pk, "title": "公开的附件"}])
    page = get(client, f"/p/{row.pk}/")
    assert f"/files/{open_file.pk}/" in page
    assert "TXT" in page
    assert get(client, f"/files/{open_file.pk}/") == "公开的附件"
    get(client, f"/files/{draft_file.pk}/", status=404)
    Publication.objects.filter(pk=row.pk).update(state=State.WITHDRAWN)
    get(client, f"/files/{open_file.pk}/", status=404)


def test_staff_see_files_of_drafts_of_their_own_agency_only(signed_in, city):
    file = store("草稿".encode(), "草稿.txt", by=None, agency=city["jiaoyu"])
    assert signed_in("jyj_qicao").get(f"/files/{file.pk}/").status_code == 200
    assert signed_in("czj_keshi").get(f"/files/{file.pk}/").status_code == 404


def test_an_agency_page_has_the_five_blocks(client, publish, city):
    page = tree(client, "/agencies/jiaoyu/")
    blocks = [b.text_content() for b in page.xpath("//nav[@class='blocks']//b")]
    assert [b[:6] for b in blocks] == ["政府信息公开", "政府信息公开", "法定主动公开", "政府信息公开", "依申请公开"]
    assert len(blocks) == 5


def test_filters_narrow_a_list_and_can_be_taken_away(client, publish):
    publish("教育局的通知", theme="T1102")
    publish("财政局的通知", agency="caizheng")
    page = get(client, "/latest/", agency="caizheng")
    assert "财政局的通知" in page
    assert "教育局的通知" not in page
    assert 'class="chip" href="/latest/"' in page
    assert "教育局的通知" in get(client, "/themes/T11/")


@pytest.mark.parametrize(
    "query",
    [{"page": "x"}, {"page": "99999"}, {"page": "-1"}, {"agency": "nobody"}, {"year": "0000"}, {"year": "٢٠٢٤"},
     {"kind": "x"}, {"theme": "%"}, {"validity": "'"}, {"category": "\x00"}],
)  # fmt: skip
def test_a_senseless_filter_is_left_out(client, publish, query):
    publish("唯一的通知")
    for path in ("/latest/", "/policies/", "/agencies/jiaoyu/all/", "/search/"):
        get(client, path, **query)


@pytest.mark.parametrize("path", ["/latest/", "/kinds/notice/", "/agencies/jiaoyu/all/", "/categories/budget/"])
def test_every_list_can_be_followed(client, publish, path):
    row = publish("可以<订阅>的通知 & 附件", categories=["budget"], summary="概述\x0b")
    feed = etree.fromstring(client.get(path, {"format": "atom"}).content)
    assert feed.xpath("string(//*[local-name()='entry']/*[local-name()='title'])") == row.title
    data = json.loads(get(client, path, format="json"))
    assert data["version"].startswith("https://jsonfeed.org/")
    assert data["items"][0]["url"].endswith(f"/p/{row.pk}/")


def test_a_feed_goes_back_to_the_beginning(client, publish, monkeypatch):
    monkeypatch.setattr("gongkai.portal.listing.FEED_SIZE", 2)
    rows = [publish(f"第{n}期", on=date(2025, 1, n), series="周报") for n in (1, 2, 3)]
    for path in ("/latest/", "/agencies/jiaoyu/all/?year=2025", "/series/?name=周报"):
        first = json.loads(get(client, f"{path}{'&' if '?' in path else '?'}format=json"))
        second = json.loads(get(client, first["next_url"].removeprefix("http://127.0.0.1:8000")))
        found = [item["title"] for item in first["items"] + second["items"]]
        assert found == [row.title for row in reversed(rows)], path
        assert "next_url" not in second, path
    feed = etree.fromstring(client.get("/latest/?format=atom&page=2").content)
    links = {link.get("rel"): link.get("href") for link in feed.iterfind("{*}link")}
    assert links["previous"].endswith("/latest/?format=atom")
    assert links["self"].endswith("&page=2")
    assert "next" not in links


def test_a_series_keeps_its_name_from_page_to_page(client, publish):
    for n in range(1, 22):
        publish(f"周报{n}", on=date(2025, 1, n), series="周报")
    page = tree(client, "/series/?name=周报")
    following = page.xpath("string(//a[@rel='next']/@href)")
    assert "周报1" in get(client, following)


def test_the_policy_library_offers_only_kinds_that_it_holds(client, city):
    page = tree(client, "/policies/")
    assert set(page.xpath("//select[@name='kind']/option/@value")) == {"", "regulation", "normative", "policy"}


def test_the_sitemap_names_every_publication_with_its_date(client, publish):
    row = publish("在地图上的通知")
    index = etree.fromstring(client.get("/sitemap.xml").content)
    assert [e.text.rsplit("/", 1)[1] for e in index.iter("{*}loc")] == ["sitemap-pages.xml", "sitemap-1.xml"]
    part = etree.fromstring(get(client, "/sitemap-1.xml").encode())
    assert part.xpath("string(//*[local-name()='loc'])").endswith(f"/p/{row.pk}/")
    assert part.xpath("string(//*[local-name()='lastmod'])").startswith(str(row.changed_at.year))
    etree.fromstring(client.get("/sitemap-pages.xml").content)
    get(client, "/sitemap-2.xml", status=404)
    assert "Sitemap: " in get(client, "/robots.txt")


def test_the_catalogue_for_machines_is_dcat(client, publish):
    data = json.loads(get(client, "/catalogue.jsonld"))
    assert data["@type"] == "dcat:Catalog"
    assert data["dcat:dataset"][0]["dcat:distribution"]


def test_a_change_makes_every_kept_page_new(client, publish):
    row = publish("会变的通知", kind=Kind.NORMATIVE)
    path = f"/p/{row.pk}/"
    first = client.get(path)
    assert "max-age=0" in first["Cache-Control"]
    assert client.get(path, headers={"if-none-match": first["ETag"]}).status_code == 304
    publish("另一份文件", kind=Kind.NORMATIVE, relations=[{"kind": RelationKind.REPEALS, "target": row.pk, "text": ""}])
    again = client.get(path, headers={"if-none-match": first["ETag"]})
    assert again.status_code == 200
    assert "废止" in again.content.decode()


def test_public_pages_touch_no_session_and_set_no_cookie(signed_in, publish):
    row = publish("不设曲奇的通知")
    staff = signed_in("jyj_qicao")
    for path in ("/", f"/p/{row.pk}/", "/latest/", "/search/?q=通知"):
        response = staff.get(path)
        assert not response.cookies, path
        assert "public" in response["Cache-Control"]


def test_few_queries_make_a_page(client, publish, django_assert_max_num_queries):
    row = publish("查询很少的通知")
    client.get(f"/p/{row.pk}/")
    client.get("/latest/")
    with django_assert_max_num_queries(2):
        client.get(f"/p/{row.pk}/")
    with django_assert_max_num_queries(3):
        client.get("/latest/")


def test_preferences_change_the_page_and_lead_back_to_it(client, publish):
    row = publish("大字的通知")
    path = f"/p/{row.pk}/"
    response = client.get("/preferences/?size=large", headers={"referer": f"http://testserver{path}?a=1"})
    assert response["Location"] == f"{path}?a=1"
    client.get("/preferences/?contrast=high")
    client.get("/preferences/?elder=on")
    page = get(client, path)
    assert "data-large" in page
    assert "data-contrast" in page
    assert "data-elder" in page
    assert client.get("/preferences/?elder=off", headers={"referer": "https://elsewhere.example/x"})["Location"] == "/"
    assert "data-elder" not in get(client, path)


def test_reads_are_counted_without_a_trace_of_the_reader(client, publish):
    from gongkai.publishing import reading
    from gongkai.publishing.models import ReadCount

    row = publish("有人读的通知")
    for _ in range(3):
        assert client.post(f"/p/{row.pk}/read/").status_code == 204
    client.post("/p/999999/read/")
    reading.write()
    reading.count_read(row.pk)
    reading.write()
    assert list(ReadCount.objects.values_list("publication", "count")) == [(row.pk, 4)]
    row.refresh_from_db()
    assert row.reads == 4
    assert "有人读的通知" in get(client, "/statistics/")


def test_statistics_say_how_timely_it_was(client, publish):
    day = timezone.localdate()
    on_time, late = publish("及时的"), publish("迟到的")
    Publication.objects.filter(pk=on_time.pk).update(release_due=day)
    Publication.objects.filter(pk=late.pk).update(release_due=day - timedelta(days=1))
    Change.objects.create(publication=late, verb=Change.Verb.CHANGED)
    assert "50%" in get(client, "/statistics/")
    assert json.loads(get(client, "/statistics/", format="json"))["kind"] == [{"label": "通知公告", "count": 2}]


@pytest.mark.parametrize("year", ["20260", "abc", "", "0", "٢٠٢٦"])
def test_a_senseless_year_of_statistics_is_the_last_one(client, publish, year):
    publish("有的通知")
    assert f"<option selected>{timezone.localdate().year}" in get(client, "/statistics/", year=year)


def test_rules_on_disclosure_come_from_the_agency_and_those_above_it(client, publish):
    own = publish("云州市教育局信息公开办法", kind=Kind.NORMATIVE)
    above = publish("云州市政务公开规定", agency="yunzhou", kind=Kind.REGULATION)
    other = publish("云州市财政局信息公开办法", agency="caizheng", kind=Kind.NORMATIVE)
    rules = tree(client, "/agencies/jiaoyu/").xpath("//section[@aria-labelledby='rules']")[0].text_content()
    assert own.title in rules
    assert above.title in rules
    assert other.title not in rules


def test_an_outline_leads_to_headings(client, publish):
    body = "".join(f"<h2>第{n}部分 说明</h2><p>内容</p>" for n in "一二三")
    row = publish("有目录的通知", body=body)
    page = tree(client, f"/p/{row.pk}/")
    assert [a.get("href") for a in page.xpath("//nav[contains(@class,'outline')]//a")] == ["#h-1", "#h-2", "#h-3"]
    assert page.xpath("string(//h2[@id='h-2'])") == "第二部分 说明"


def test_the_code_of_a_page_is_a_picture_of_its_own(client, publish):
    row = publish("有码的通知")
    picture = etree.fromstring(client.get(f"/p/{row.pk}/qr.svg").content)
    assert picture.tag == "{http://www.w3.org/2000/svg}svg"
    assert picture.get("viewBox")


def test_a_huge_id_is_not_an_error(client, city):
    get(client, "/p/99999999999999999999999999/", status=404)


def test_topic_columns_hold_what_their_rule_and_their_editors_choose(client, publish, city):
    from gongkai.publishing.models import ColumnChoice, ColumnIndexPage, ColumnPage

    by_rule = publish("专栏里的通知", theme="T1102")
    by_hand = publish("编辑选入的动态", kind=Kind.NEWS)
    root = ColumnIndexPage.objects.get()
    column = root.add_child(instance=ColumnPage(title="教育专栏", slug="edu", theme="T11"))
    ColumnChoice.objects.create(page=column, publication=by_hand)
    below = column.add_child(instance=ColumnPage(title="招生", slug="enrol", words="没有的词"))
    page = get(client, "/topics/edu/")
    assert by_rule.title in page
    assert by_hand.title in page
    assert below.url == "/topics/edu/enrol/" or below.url.endswith("/topics/edu/enrol/")
    assert "教育专栏" in get(client, "/topics/")
    assert 'name="ColumnType" content="专题专栏"' in page
    followed = json.loads(get(client, "/topics/edu/", format="json"))["items"]
    assert {item["title"] for item in followed} == {by_rule.title, by_hand.title}
    assert "/topics/edu/?format=atom" in get(client, "/feeds/")
    get(client, "/topics/edu/enrol/")
    get(client, "/topics/nowhere/", status=404)


def test_lists_know_how_many_there_are_after_every_change(publish, city):
    from gongkai.portal import listing
    from gongkai.publishing.queries.public import Wanted

    publish("一")
    assert listing.count(Wanted()) == 1
    publish("二")
    assert listing.count(Wanted()) == 2
    assert [line.title for line in public.lines(Wanted())] == ["二", "一"]
