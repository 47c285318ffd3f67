"""年报体检 from the reader's side: a report goes in, its faults come out, nothing stays."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from gongkai.annual.render import render
from gongkai.annual.sample import dirty, sample_report
from gongkai.reporting.models import AnnualReport, ImportBatch

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def report():
    return sample_report("gov-2021", year=2024, agency="云州市水务局", seed=7)


def send(client, name: str, data: bytes):
    return client.post("/checkup/", {"file": SimpleUploadedFile(name, data)})


@pytest.mark.parametrize("to", ["html", "docx", "xlsx", "pdf", "txt", "json"])
def test_a_report_of_any_file_type_is_read_and_shown(client, report, to):
    response = send(client, f"report.{to}", render(report, to))
    page = response.content.decode()
    assert response.status_code == 200
    assert "云州市水务局" in page
    assert 'id="r1-c-t3.new_received.total"' in page


def test_a_fault_is_marked_and_leads_to_its_place(client, report):
    faulty, planted = dirty(report, ["unbalanced_total"], seed=1)
    assert planted
    page = send(client, "report.html", render(faulty, "html")).content.decode()
    assert "tag error" in page
    assert 'href="#r1-c-t3.' in page


def test_a_pasted_text_is_read(client, report):
    page = client.post("/checkup/", {"text": render(report, "txt").decode()}).content.decode()
    assert "云州市水务局" in page


def test_pasted_tables_win_over_the_plain_words(client, report):
    rich = render(report, "html").decode()
    page = client.post("/checkup/", {"text": "云州市水务局2024年", "html": rich}).content.decode()
    assert 'id="r1-c-t3.new_received.total"' in page


def test_several_reports_in_a_file_are_listed_one_by_one(client, report):
    other = sample_report("gov-2021", year=2024, agency="云州市档案局", seed=8)
    both = render(report, "txt") + b"\n\n" + render(other, "txt")
    page = send(client, "both.txt", both).content.decode()
    assert 'id="report-2"' in page
    assert "云州市档案局" in page


def test_nothing_uploaded_is_kept(client, report):
    send(client, "report.docx", render(report, "docx"))
    assert not AnnualReport.objects.exists()
    assert not ImportBatch.objects.exists()


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("empty.docx", b"", "是空的"),
        ("picture.png", b"\x89PNG\r\n\x1a\n" + bytes(100), "格式"),
        ("letter.txt", "各位同事：明天下午三点开会，请准时参加。".encode(), "没有"),
    ],
)
def test_what_cannot_be_checked_is_refused_with_a_remedy(client, name, data, words):
    response = send(client, name, data)
    assert response.status_code == 422
    page = response.content.decode()
    assert 'role="alert"' in page
    assert words in page


def test_nothing_sent_asks_for_a_file_or_a_text(client):
    response = client.post("/checkup/", {"text": "  "})
    assert response.status_code == 422
    assert "还没有选择文件" in response.content.decode()


def test_a_file_over_the_limit_is_refused_with_its_size(client, settings):
    settings.UPLOAD_BYTES = 1024
    response = send(client, "large.txt", b"x" * 2048)
    assert response.status_code == 422
    assert "large.txt" in response.content.decode()


def test_what_was_typed_is_not_lost_when_refused(client):
    page = client.post("/checkup/", {"text": "这不是年报 <b>"}).content.decode()
    assert "这不是年报 &lt;b&gt;" in page


def _carried(page: str) -> tuple[str, str]:
    from lxml import html

    tree = html.fromstring(page)
    return tree.xpath("//textarea[@name='data']")[0].text, tree.xpath("//input[@name='signature']")[0].get("value")


@pytest.mark.parametrize(("to", "magic"), [("marked", b"PK"), ("json", b"{"), ("xlsx", b"PK")])
def test_the_result_can_be_taken_away(client, report, to, magic):
    data, _ = _carried(send(client, "report.docx", render(report, "docx")).content.decode())
    response = client.post("/checkup/download/", {"data": data, "to": to})
    assert response.status_code == 200
    assert response.content.startswith(magic)


def test_downloaded_data_is_what_was_read(client, report):
    data, _ = _carried(send(client, "report.docx", render(report, "docx")).content.decode())
    taken = json.loads(client.post("/checkup/download/", {"data": data, "to": "json"}).content)
    assert taken["cells"]["t3.new_received.total"]["value"] == int(report.value("t3.new_received.total"))


@pytest.mark.parametrize("data", ["", "[]", "{", '{"cells": 1}', "null"])
def test_broken_data_is_refused(client, data):
    assert client.post("/checkup/download/", {"data": data, "to": "json"}).status_code == 422


def test_a_signed_in_clerk_may_save_what_was_read(signed_in, django_capture_on_commit_callbacks):
    clerk = signed_in("drafter")
    own = sample_report("gov-2021", year=2023, agency="云州市教育局", seed=3)
    data, signature = _carried(send(clerk, "report.docx", render(own, "docx")).content.decode())
    with django_capture_on_commit_callbacks(execute=True):
        response = clerk.post("/checkup/save/", {"data": data, "signature": signature})
    assert response.status_code == 302
    assert [(i.state, i.message) for i in ImportBatch.objects.get().items.all() if i.state != "done"] == []
    assert AnnualReport.objects.filter(agency__name="云州市教育局", year=2023, status="draft").count() == 1


def test_what_was_changed_after_reading_is_not_saved(signed_in):
    clerk = signed_in("drafter")
    own = sample_report("gov-2021", year=2023, agency="云州市教育局", seed=3)
    data, signature = _carried(send(clerk, "report.docx", render(own, "docx")).content.decode())
    response = clerk.post("/checkup/save/", {"data": data.replace("2023", "2022"), "signature": signature})
    assert response.status_code == 422
    assert not AnnualReport.objects.exists()


def test_saving_needs_a_sign_in(client, report):
    data, signature = _carried(send(client, "report.docx", render(report, "docx")).content.decode())
    response = client.post("/checkup/save/", {"data": data, "signature": signature})
    assert response.status_code == 302
    assert "login" in response["Location"]
    assert not ImportBatch.objects.exists()
