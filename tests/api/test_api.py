"""The API as a program meets it."""

import csv
import io
import json
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from gongkai.annual.forms import all_forms
from gongkai.annual.render import render
from gongkai.annual.sample import sample_report
from gongkai.api.main import api
from gongkai.reporting.auditing import refresh
from gongkai.reporting.models import AnnualReport, Status
from gongkai.reporting.storing import fill, new_row

pytestmark = pytest.mark.django_db
DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture
def put(city):
    """Publishes a sample report."""

    def do(slug: str = "jiaoyu", year: int = 2024, status: str = Status.PUBLISHED):
        report = sample_report("gov-2021", year=year, agency=city[slug].name, seed=year)
        row = fill(new_row(city[slug], year), report, source=None, at=timezone.now())
        refresh(row)
        AnnualReport.objects.filter(pk=row.pk).update(status=status)
        return report

    return do


def test_a_file_is_read(client):
    report = sample_report("gov-2021", year=2024, agency="云州市水务局", seed=1)
    upload = SimpleUploadedFile("report.docx", render(report, "docx"))
    answer = client.post("/api/annual/read", {"file": upload})
    assert answer.status_code == 200
    (read,) = answer.json()["reports"]
    assert read["agency"] == "云州市水务局"
    assert read["cells"]["t3.new_received.total"]["value"] == report.value("t3.new_received.total")


def test_a_text_is_read(client):
    report = sample_report("gov-2019", year=2020, agency="云州市水务局", seed=1)
    answer = client.post("/api/annual/read", {"text": render(report, "txt").decode()})
    assert answer.json()["reports"][0]["form"] == "gov-2019"


@pytest.mark.parametrize("fields", [{}, {"text": " "}, {"text": "会议通知：明天下午开会。"}])
def test_what_cannot_be_read_is_refused_in_both_languages(client, fields):
    answer = client.post("/api/annual/read", fields)
    assert answer.status_code == 422
    (problem,) = answer.json()["detail"]
    assert problem["id"]
    assert problem["message"]
    assert problem["message_en"].isascii()


def test_only_published_reports_are_listed(client, put):
    put(year=2023)
    put(year=2024, status=Status.DRAFT)
    listed = client.get("/api/annual/reports").json()
    assert [r["year"] for r in listed["items"]] == [2023]
    assert client.get("/api/annual/reports/jiaoyu/2024").status_code == 404


def test_a_list_leads_to_each_report_and_its_page(client, put):
    put()
    (line,) = client.get("/api/annual/reports?agency=jiaoyu&year=2024&form=gov-2021&q=教育").json()["items"]
    assert client.get(line["url"]).json()["year"] == 2024
    assert client.get(line["page"]).status_code == 200


def test_a_long_list_has_a_next_page(client, put, monkeypatch):
    monkeypatch.setattr("gongkai.api.annual.PAGE_SIZE", 1)
    put(year=2023)
    put(year=2024)
    first = client.get("/api/annual/reports").json()
    second = client.get(first["next"]).json()
    assert [first["items"][0]["year"], second["items"][0]["year"], second["next"]] == [2024, 2023, None]


def test_blocks_come_when_asked_for(client, put):
    put()
    assert "blocks" not in client.get("/api/annual/reports/jiaoyu/2024").json()
    assert client.get("/api/annual/reports/jiaoyu/2024?blocks=true").json()["blocks"]


def test_a_cell_across_the_years(client, put):
    reports = [put(year=y) for y in (2022, 2023)]
    series = client.get("/api/annual/series?agency=jiaoyu&cell=t3.new_received.total").json()
    assert [p["value"] for p in series["points"]] == [float(r.value("t3.new_received.total")) for r in reports]
    assert client.get("/api/annual/series?agency=jiaoyu&cell=t9.x").status_code == 404


def test_two_reports_are_compared(client, put):
    put(year=2023)
    put(year=2024)
    compared = client.get("/api/annual/compare?a=jiaoyu/2023&b=jiaoyu/2024").json()
    assert any(c["id"] == "t3.new_received.total" for c in compared["cells"])
    assert client.get("/api/annual/compare?a=jiaoyu/2023&b=jiaoyu").status_code == 404


def test_all_figures_come_as_one_table(client, put):
    report = put()
    answer = client.get("/api/annual/figures.csv?year=2024")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = {r["cell"]: r for r in csv.DictReader(io.StringIO(text))}
    assert len(rows) == len(report.cells)
    assert rows["t3.new_received.total"]["value"] == str(report.value("t3.new_received.total"))
    assert rows["t3.new_received.total"]["label"]


def test_forms_are_the_data_dictionary(client, db):
    forms = client.get("/api/annual/forms").json()
    assert [len(f["cells"]) for f in forms] == [len(f.cells) for f in all_forms()]
    assert client.get("/api/annual/forms/gov-2021").json() == forms[3]
    assert client.get("/api/annual/forms/gov-1999").status_code == 404


def test_the_schema_of_a_report_is_served(client, db):
    assert "properties" in client.get("/api/annual/schema").json()


def test_the_description_in_the_documentation_is_up_to_date():
    kept = json.loads((DOCS / "openapi.json").read_text("utf-8"))
    now = json.loads(json.dumps(api.get_openapi_schema()))
    assert kept == now, "run `make openapi`"
