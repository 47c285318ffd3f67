"""The catalogue: live, filtered, exported, and watched for standstill."""

from __future__ import annotations

import io
from datetime import date, timedelta
from xml.etree.ElementTree import fromstring

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from docx import Document
from python_calamine import CalamineWorkbook

from gongkai.publishing.exporting import catalogue as exporting
from gongkai.publishing.models import Kind, State, Validity
from gongkai.publishing.queries.catalogue import CatalogueFilter, page_of, stale_catalogues


def titles(**wanted):
    return [p.title for p in page_of(CatalogueFilter(**wanted), 1).lines]


@pytest.fixture
def some(city, released):
    """Four publications of two agencies."""
    return {
        "rule": released(
            city["jiaoyu"],
            "校车安全管理办法",
            date(2024, 3, 1),
            kind=Kind.NORMATIVE,
            categories=["rules_docs", "livelihood"],
            document_number="云教〔2024〕3号",
            theme="T0101",
            validity=Validity.REPEALED,
            summary="规范校车的使用和管理",
        ),
        "notice": released(city["jiaoyu"], "招生通知", date(2025, 5, 1), categories=["livelihood"]),
        "budget": released(city["caizheng"], "部门预算", date(2025, 2, 1), kind=Kind.BUDGET, categories=["budget"]),
        "news": released(city["caizheng"], "工作动态一则", date(2025, 6, 1), kind=Kind.NEWS),
    }


def test_all_released_publications_stand_in_it_newest_first(some):
    assert titles() == ["工作动态一则", "招生通知", "部门预算", "校车安全管理办法"]


def test_drafts_and_withdrawn_items_never_stand_in_it(some):
    for state in set(State.values) - {State.PUBLISHED}:
        some["news"].state = state
        some["news"].save(update_fields=["state"])
        assert "工作动态一则" not in titles()


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"category": "livelihood"}, ["招生通知", "校车安全管理办法"]),
        ({"category": "livelihood", "year": 2024}, ["校车安全管理办法"]),
        ({"category": "livelihood", "kind": "normative"}, ["校车安全管理办法"]),
        ({"kind": "budget"}, ["部门预算"]),
        ({"theme": "T01"}, ["校车安全管理办法"]),
        ({"year": 2024}, ["校车安全管理办法"]),
        ({"validity": "repealed"}, ["校车安全管理办法"]),
        ({"text": "云教〔2024〕3号"}, ["校车安全管理办法"]),
        ({"text": "校车 管理"}, ["校车安全管理办法"]),
        ({"text": "校车 没有这个词"}, []),
        ({"category": "livelihood", "text": "招生"}, ["招生通知"]),
    ],
)
def test_filters_narrow_it(some, wanted, found):
    assert titles(**wanted) == found


def test_an_agency_sees_its_own_part(city, some):
    assert titles(agency=city["caizheng"].pk) == ["工作动态一则", "部门预算"]
    assert titles(agency=city["jiaoyu"].pk, category="livelihood") == ["招生通知", "校车安全管理办法"]


def test_the_page_shows_the_four_elements_of_article_12(some):
    text = Client().get("/catalogue/?category=rules_docs").content.decode()
    for element in (some["rule"].index_number, "校车安全管理办法", "规范校车的使用和管理", "2024-03-01"):
        assert element in text
    assert "废止" in text


def test_without_a_summary_the_first_sentences_of_the_text_stand_there(city, released):
    body = "<p>各县（区）教育局：</p><p class='a'>为做好<b>招生</b>工作，&lt;现&gt;通知如下。</p>"
    row = released(city["jiaoyu"], "招生通知", body=body)

    def says():
        return page_of(CatalogueFilter(), 1).lines[0].summary

    assert says() == "为做好招生工作，<现>通知如下。"
    row.body, row.changed_at = "<p>现将修改后的招生工作安排公布如下。</p>", timezone.now()
    row.save()
    assert says() == "现将修改后的招生工作安排公布如下。"
    row.summary, row.changed_at = "写好的概述", timezone.now()
    row.save()
    assert says() == "写好的概述"


def test_an_address_with_nonsense_shows_the_whole_catalogue(some):
    page = Client().get("/catalogue/?agency=nobody&category=x&kind=%00&year=99999999999999999999&validity=y&page=-4")
    assert page.status_code == 200
    assert "共 4 条" in page.content.decode()


def test_a_page_needs_the_same_few_queries_however_many_rows(city, some, released):
    def queries():
        with CaptureQueriesContext(
            connection,
        ) as captured:
            page_of(CatalogueFilter(category="livelihood"), 1)
        return len(captured)

    before = queries()
    for n in range(30):
        released(city["jiaoyu"], f"通知{n}", categories=["livelihood"])
    assert queries() == before <= 3


@pytest.mark.parametrize(
    "wanted", [{}, {"kind": "notice"}, {"category": "livelihood"}, {"year": 2025}, {"agency": True}]
)
def test_lists_are_read_from_an_index_in_order_without_sorting(city, some, wanted):
    if connection.vendor != "sqlite":
        pytest.skip("reads SQLite's plan")
    if "agency" in wanted:
        wanted = {"agency": city["jiaoyu"].pk}
    with CaptureQueriesContext(connection) as captured:
        page_of(CatalogueFilter(**wanted), 1, total=4)
    with connection.cursor() as cursor:
        plan = str(cursor.execute(f"EXPLAIN QUERY PLAN {captured[0]['sql']}").fetchall())
    assert "USING" in plan
    assert "TEMP B-TREE FOR ORDER BY" not in plan


def test_items_of_the_same_moment_stand_on_one_page_each(city, released):
    for n in range(60):
        released(city["jiaoyu"], f"同时发布{n}", date(2026, 1, 5), categories=["livelihood"])
    for wanted in (CatalogueFilter(), CatalogueFilter(category="livelihood")):
        shown = [line.id for number in (1, 2) for line in page_of(wanted, number).lines]
        assert len(shown) == len(set(shown)) == 60


def test_hostile_titles_and_summaries_are_shown_as_they_are(city, released):
    released(city["jiaoyu"], "<script>alert(1)</script>", summary='"><b>' + "长" * 200, document_number="<i>1</i>")
    text = Client().get("/catalogue/").content.decode()
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert "<i>1</i>" not in text
    assert "长" * 114 + "…" in text


def test_pages_lead_on_with_what_was_asked_for(city, released):
    for n in range(51):
        released(city["jiaoyu"], f"通知{n}", kind="notice")
    client = Client()
    first = client.get("/catalogue/?kind=notice&other=x").content.decode()
    assert 'rel="next" href="/catalogue/?kind=notice&amp;page=2"' in first
    assert 'href="/catalogue.xlsx?kind=notice"' in first
    last = client.get("/catalogue/?kind=notice&page=2").content.decode()
    assert 'rel="prev" href="/catalogue/?kind=notice&amp;page=1"' in last
    assert "通知0<" in last
    assert client.get("/catalogue/?kind=notice&page=99").content.decode() == last


def test_the_catalogue_is_followed_as_a_feed(some):
    page = Client().get("/catalogue/?kind=budget").content.decode()
    assert '<link rel="alternate" type="application/atom+xml" href="/catalogue/?kind=budget&amp;format=atom"' in page
    assert '<meta name="ColumnName" content="政府信息公开目录">' in page
    atom = Client().get("/catalogue/?kind=budget&format=atom")
    assert atom["Content-Type"].startswith("application/atom+xml")
    assert [e.findtext("{*}title") for e in fromstring(atom.content).findall("{*}entry")] == ["部门预算"]
    assert [i["title"] for i in Client().get("/catalogue/?kind=budget&format=json").json()["items"]] == ["部门预算"]


def test_the_workbook_holds_what_the_filter_shows(some):
    response = Client().get("/catalogue.xlsx?kind=budget")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(response.content)).get_sheet_by_index(0).to_python()
    assert rows[0][:4] == ["索引号", "名称", "内容概述", "生成日期"]
    assert [row[1] for row in rows[1:]] == ["部门预算"]


def test_a_title_that_begins_like_a_formula_stays_text(city, released):
    released(city["jiaoyu"], "=1+1")
    response = Client().get("/catalogue.xlsx")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(response.content)).get_sheet_by_index(0).to_python()
    assert rows[1][1] == "=1+1"


def test_the_word_file_has_a_row_for_each_and_repeats_its_head(city, released):
    released(city["jiaoyu"], "有<尖括号>&和\x0b控制符的标题")
    response = Client().get("/catalogue.docx?agency=jiaoyu")
    document = Document(io.BytesIO(response.content))
    assert document.paragraphs[0].text == "云州市教育局政府信息公开目录"
    cells = [[c.text for c in row.cells] for row in document.tables[0].rows]
    assert cells[0] == ["序号", "索引号", "名称", "内容概述", "生成日期"]
    assert cells[1][2] == "有<尖括号>&和控制符的标题"


def test_a_file_that_would_be_too_long_says_how_to_narrow_it(some, monkeypatch):
    monkeypatch.setattr(exporting, "DOCX_MOST", 3)
    response = Client().get("/catalogue.docx")
    assert response.status_code == 413
    assert "缩小范围" in response.content.decode()


def test_catalogues_stand_still_after_the_days_of_the_policy(city, released):
    today = timezone.localdate()
    person = city.people["drafter"]
    assert [r.days for r in stale_catalogues(person, today)] == [None]
    released(city["jiaoyu"], "一条通知", today - timedelta(days=30))
    assert stale_catalogues(person, today) == []
    assert [r.days for r in stale_catalogues(person, today + timedelta(days=1))] == [31]
