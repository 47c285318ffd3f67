"""The public pages: what a reader finds in them, and what they must not give away."""

import pytest
from django.utils import timezone

from gongkai.annual.sample import sample_report
from gongkai.reporting.auditing import refresh
from gongkai.reporting.models import AnnualReport, Status
from gongkai.reporting.storing import fill, new_row

pytestmark = pytest.mark.django_db


@pytest.fixture
def put(city):
    """Puts a sample report of an agency and year into the library."""

    def do(slug: str = "jiaoyu", year: int = 2024, status: str = Status.PUBLISHED, seed: int = 1) -> AnnualReport:
        report = sample_report("gov-2021", year=year, agency=city[slug].name, seed=seed)
        row = fill(new_row(city[slug], year), report, source=None, at=timezone.now())
        refresh(row)
        AnnualReport.objects.filter(pk=row.pk).update(status=status)
        row.refresh_from_db()
        return row

    return do


def text_of(response) -> str:
    assert response.status_code == 200
    return response.content.decode()


def test_an_empty_library_says_what_would_be_here(client, city):
    assert "这里会列出各机关最新公开的信息" in text_of(client.get("/"))
    assert "库中还没有公布的年报" in text_of(client.get("/reports/"))


def test_home_lists_new_reports(client, put):
    row = put()
    assert row.title in text_of(client.get("/"))


def test_only_published_reports_are_public(client, put):
    for status in (Status.DRAFT, Status.CONFIRMED):
        row = put(year=2022 if status == Status.DRAFT else 2023, status=status)
        assert row.title not in text_of(client.get(f"/reports/?q={row.year}"))
        assert client.get(f"/reports/jiaoyu/{row.year}/").status_code == 404
        assert client.get(f"/reports/jiaoyu/{row.year}/download/json/").status_code == 404


def test_the_board_shows_agencies_by_years(client, put):
    put(year=2023)
    put(year=2024)
    page = text_of(client.get("/reports/"))
    assert page.count('class="dot good"') + page.count('class="dot error"') >= 2


def test_search_finds_by_agency_and_says_so_when_nothing_fits(client, put):
    put("jiaoyu")
    put("caizheng")
    found = text_of(client.get("/reports/", {"q": "教育局"}))
    assert "云州市教育局2024年" in found
    assert "云州市财政局2024年" not in found
    assert "没有符合条件的年报" in text_of(client.get("/reports/", {"q": "没有这个词"}))


def test_a_filter_is_a_chip_that_can_be_taken_away(client, put):
    put()
    page = text_of(client.get("/reports/", {"q": "教育", "year": "2024"}))
    assert 'href="?q=%E6%95%99%E8%82%B2"' in page


@pytest.mark.parametrize(
    "query", [{"year": "zzzz"}, {"year": "٢٠٢٤"}, {"page": "999"}, {"agency": "nobody"}, {"form": "x"}, {"q": "%_'\""}]
)
def test_a_senseless_query_is_not_an_error(client, put, query):
    put()
    assert client.get("/reports/", query).status_code == 200


def test_an_agencys_figures_are_drawn_across_years_with_a_table(client, put):
    put(year=2023)
    put(year=2024)
    page = text_of(client.get("/reports/jiaoyu/"))
    assert "新收政府信息公开申请" in page
    assert page.count("data-value=") >= 2


def test_any_figure_can_be_drawn(client, put):
    put()
    page = text_of(client.get("/reports/jiaoyu/", {"cell": "t2.licensing.decisions"}))
    assert 'id="line-t2.licensing.decisions"' in page


def test_an_agency_without_reports_has_no_page_in_the_library(client, city):
    assert client.get("/reports/jiaoyu/").status_code == 404


def test_a_report_shows_its_official_tables(client, put):
    put()
    page = text_of(client.get("/reports/jiaoyu/2024/"))
    for words in ("第二十条第（一）项", "法人或其他组织", "（三）不予公开", "未经复议直接起诉"):
        assert words in page
    assert 'id="c-t3.new_received.total"' in page


@pytest.mark.parametrize(
    ("to", "magic"), [("docx", b"PK"), ("xlsx", b"PK"), ("json", b"{"), ("html", b"<!"), ("pdf", b"%PDF")]
)
def test_a_report_can_be_taken_away(client, put, to, magic):
    put()
    response = client.get(f"/reports/jiaoyu/2024/download/{to}/")
    assert response.status_code == 200
    assert response.content.lstrip().lower().startswith(magic.lower())
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "attachment" in response["Content-Disposition"]


def test_an_unknown_file_type_is_not_found(client, put):
    put()
    assert client.get("/reports/jiaoyu/2024/download/exe/").status_code == 404


def test_two_years_are_compared(client, put):
    put(year=2023, seed=1)
    put(year=2024, seed=2)
    page = text_of(client.get("/reports/compare/", {"a": "jiaoyu/2023", "b": "jiaoyu/2024"}))
    assert "乙减甲" in page
    assert "与甲相同" in page


def test_comparing_with_one_side_asks_for_the_other(client, put):
    put()
    assert "还需要选择另一份" in text_of(client.get("/reports/compare/", {"a": "jiaoyu/2024", "b": "x/y"}))


def test_public_pages_may_be_cached_and_vary_by_preference(client, put):
    put()
    response = client.get("/reports/")
    assert "public" in response["Cache-Control"]
    assert "Cookie" in response["Vary"]


def test_english_is_complete_on_public_pages(client, put):
    put()
    client.get("/preferences/?language=en")
    for path in ("/", "/reports/", "/reports/?q=x", "/checkup/", "/reports/compare/"):
        page = text_of(client.get(path))
        assert 'lang="en"' in page
        assert "Annual reports" in page


def test_every_rule_has_a_page_that_says_what_to_do(client, db):
    from gongkai.annual.audit import RULES

    listed = text_of(client.get("/rules/"))
    for rule in RULES.values():
        assert f"/rules/{rule.id}/" in listed
        assert "怎么办" in text_of(client.get(f"/rules/{rule.id}/"))
    assert client.get("/rules/NO-SUCH/").status_code == 404


def test_preferences_send_the_reader_back_but_never_elsewhere(client, db):
    assert client.get("/preferences/?elder=on&next=/checkup/")["Location"] == "/checkup/"
    assert client.get("/preferences/?next=https://elsewhere.example/")["Location"] == "/"
    assert "data-elder" in text_of(client.get("/checkup/"))
    client.get("/preferences/?elder=off")
    assert "data-elder" not in text_of(client.get("/checkup/"))
