"""The one search box: what it finds, how it shows it, and what it says when there is nothing."""

import csv
import io
import json
from datetime import date

import pytest
from django.utils import timezone
from lxml import html

from gongkai.files.actions import store
from gongkai.publishing import indexing, reading
from gongkai.publishing.indexing import catch_up
from gongkai.publishing.models import Kind, Publication, RelationKind, SearchCount, State
from gongkai.publishing.queries.statistics import sought

pytestmark = pytest.mark.django_db


@pytest.fixture
def search(client):
    def ask(words: str, **more):
        catch_up()
        response = client.get("/search/", {"q": words, **more})
        assert response.status_code == 200
        return b"".join(response).decode()

    return ask


def hits(page: str) -> list[str]:
    return [a.text_content() for a in html.fromstring(page).xpath("//ol[contains(@class,'found')]//p[@class='name']/a")]


def test_words_of_title_text_number_and_attachment_lead_to_the_publication(search, publish, city):
    file = store("夜间照明设施维护经费明细".encode(), "明细.txt", by=None, agency=city["zhujian"])
    row = publish(
        "云州市城市照明管理办法",
        agency="zhujian",
        kind=Kind.NORMATIVE,
        document_number="云建发〔2026〕8号",
        body="<p>景观灯在<strong>二十二时</strong>关闭。</p>",
        files=[{"attachment": file.pk, "title": "经费明细"}],
    )
    for words in ("城市照明", "景观灯在二十二时关闭", "云建发[2026]8号", row.index_number, "夜间照明设施维护经费"):
        page = search(words)
        assert hits(page) == [row.title], words
    assert "附件" in search("夜间照明设施维护经费")


def test_what_was_sought_is_marked_and_everything_is_escaped(search, publish):
    publish("关于<b>公积金</b>的通知", body="<p>5 &lt; 6 公积金 &amp; 利率</p>")
    page = search("公积金")
    assert "&lt;b&gt;<mark>公积金</mark>&lt;/b&gt;" in page
    assert "5 &lt; 6 <mark>公积金</mark> &amp; 利率" in page
    assert "<script>" not in search("<script>alert(1)</script>")


def test_repealed_documents_sink_and_are_marked(search, publish):
    old = publish("租赁补贴办法", kind=Kind.NORMATIVE)
    publish(
        "租赁补贴新办法",
        kind=Kind.NORMATIVE,
        on=date(2020, 1, 1),
        relations=[{"kind": RelationKind.REPEALS, "target": old.pk, "text": ""}],
    )
    page = search("租赁补贴")
    assert hits(page) == ["租赁补贴新办法", "租赁补贴办法"]
    assert "废止" in html.fromstring(page).xpath("//li[@class='ended']")[0].text_content()
    assert hits(search("租赁补贴", live="1")) == ["租赁补贴新办法"]


def test_facets_narrow_and_chips_take_it_back(search, publish):
    publish("防汛通知", agency="shuili", kind=Kind.NOTICE)
    publish("防汛动态", agency="yingji", kind=Kind.NEWS)
    page = search("防汛", kind="news")
    assert hits(page) == ["防汛动态"]
    assert html.fromstring(page).xpath("//a[@class='chip']/@href") == ["/search/?q=%E9%98%B2%E6%B1%9B"]
    assert hits(search("防汛", agency="shuili")) == ["防汛通知"]
    assert hits(search("防汛", agency="nobody", kind="x", year="zz", since="2020-13-01")) == hits(search("防汛"))


def test_days_and_order(search, publish):
    publish("采购公告一", on=date(2024, 5, 1))
    publish("采购公告二", on=date(2025, 5, 1))
    assert hits(search("采购公告", sort="date")) == ["采购公告二", "采购公告一"]
    assert hits(search("采购公告", since="2025-05-01", until="2025-05-01")) == ["采购公告二"]


def test_nothing_found_offers_an_application_that_carries_the_words(search, publish):
    publish("别的事")
    page = search("“量子纠缠”")
    link = html.fromstring(page).xpath("//main//a[contains(@href,'/apply/')]/@href")[0]
    assert link == "/apply/?about=%E2%80%9C%E9%87%8F%E5%AD%90%E7%BA%A0%E7%BC%A0%E2%80%9D"


def test_what_is_odd_about_a_search_is_said(search, publish):
    publish("一份文件")
    assert "只查找了前 200 个字" in search("超长" * 500)
    assert "没有可以查找的字" in search("！？")
    assert "没有找到“量子纠缠”。" in search("“量子纠缠”")
    assert 'href="/search/?q=' in search("没有的事", kind="news", live="1")
    assert "去掉全部条件" in search("没有的事", kind="news", live="1")


def test_the_application_page_repeats_what_was_sought(client, city):
    assert "量子纠缠" in client.get("/apply/?about=量子纠缠").content.decode()


def test_staff_learn_what_was_sought_and_not_found_without_knowing_who(search, publish):
    publish("有这个")
    search("有这个")
    search("没有那个东西")
    search("没有那个东西")
    search("查询 13812345678 的档案")
    reading.write()
    assert [(s.query, s.times) for s in sought(timezone.localdate())] == [
        ("没有那个东西", 2),
        ("查询 138*****678 的档案", 1),
    ]
    assert not SearchCount.objects.filter(query__contains="13812345678").exists()


def test_results_can_be_followed_and_taken_as_a_table(search, publish):
    publish("＝1+1 预算公开", on=date(2020, 1, 1))
    publish("=1+1 预算公开")
    rows = list(csv.reader(io.StringIO(search("预算公开", format="csv").lstrip("\ufeff"))))
    assert [row[0] for row in rows[1:]] == ["'=1+1 预算公开", "'＝1+1 预算公开"]
    assert json.loads(search("预算公开", format="json"))["items"][0]["title"] == "=1+1 预算公开"
    assert "<feed" in search("预算公开", format="atom")


def test_suggestions_come_while_typing(client, publish):
    publish("关于印发住房公积金提取办法的通知")
    catch_up()
    words, offered = json.loads(client.get("/search/suggest/?q=住房公").content)
    assert words == "住房公"
    assert any("住房公积金" in one for one in offered)
    assert json.loads(client.get("/search/suggest/?q=").content) == ["", []]


@pytest.mark.parametrize("words", ["", " ", "\x00", "%", "'\"", "(((", "a" * 5000, "-", "OR", "标题:", "😀", "“未闭合"])
def test_whatever_is_typed_is_answered(search, publish, words):
    publish("一份文件")
    search(words)
    search(words, page="2")


def test_a_withdrawn_publication_leaves_the_index(search, publish):
    from gongkai.publishing.actions.withdrawing import take_down

    row = publish("马上撤下的名单")
    assert hits(search("马上撤下")) == [row.title]
    take_down(row, by=None, reason="有误", at=timezone.now())
    assert hits(search("马上撤下")) == []
    assert indexing.reader().count() == 0


def test_catching_up_goes_on_from_where_it_was(publish):
    publish("一")
    assert catch_up() == 1
    assert catch_up() == 0
    publish("二")
    assert catch_up() == 1
    assert indexing.reader().count() == 2


def test_building_anew_replaces_the_index_while_it_is_read(search, publish):
    row = publish("重建也在")
    assert hits(search("重建也在")) == [row.title]
    assert indexing.rebuild() == 1
    assert hits(search("重建也在")) == [row.title]
    publish("重建以后")
    assert hits(search("重建以后")) == ["重建以后"]


def test_an_index_of_another_database_is_built_anew(publish, search):
    publish("旧库")
    catch_up()
    Publication.objects.update(state=State.DISCARDED)
    from gongkai.publishing.models import Change

    Change.objects.all().delete()
    assert catch_up() == 0
    assert indexing.reader().count() == 0


def test_without_an_index_titles_are_searched(client, publish, settings, tmp_path):
    publish("没有索引时的通知")
    folder = tmp_path / "broken"
    folder.mkdir()
    (folder / "schema").write_text("0")
    settings.SEARCH_FOLDER = folder
    page = client.get("/search/?q=没有索引").content.decode()
    assert "没有索引时的通知" in page
    assert "正在重建" in page


def test_staff_read_what_was_not_found_and_others_do_not(signed_in, search, publish):
    search("没有那个东西")
    reading.write()
    assert "没有那个东西" in signed_in("jyj_gongkai").get("/admin/searches/").content.decode()
    assert signed_in("jyj_qicao").get("/admin/searches/").status_code in (302, 403)


def test_editors_of_columns_pick_among_released_publications_only(signed_in, publish):
    publish("可以选入的通知")
    hidden = publish("不能选入的草稿")
    Publication.objects.filter(pk=hidden.pk).update(state=State.DRAFT)
    staff = signed_in("admin")
    page = staff.get("/admin/publications/choose/results/").content.decode()
    assert "可以选入的通知" in page
    assert "不能选入的草稿" not in page
    assert staff.get(f"/admin/publications/choose/chosen/{hidden.pk}/").status_code == 404
