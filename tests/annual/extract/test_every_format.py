"""The same report in every file type is read as the same paragraphs and the same tables."""

from __future__ import annotations

import json

import pytest

from gongkai.annual.extract import extract
from gongkai.annual.model import Grid

FORMATS = {
    "html_file": "html",
    "docx_file": "docx",
    "xlsx_file": "xlsx",
    "ods_file": "xlsx",
    "pdf_file": "pdf",
}


@pytest.mark.parametrize("fixture", FORMATS)
def test_tables_keep_every_cell_and_span(fixture, sample, shown, request):
    document = extract(request.getfixturevalue(fixture))
    assert document.format == FORMATS[fixture]
    tables = shown(document)[1]
    assert tables == sample.tables


@pytest.mark.parametrize("fixture", FORMATS)
def test_paragraphs_stand_whole_and_in_order(fixture, sample, shown, request):
    assert shown(extract(request.getfixturevalue(fixture)))[0] == sample.paragraphs


@pytest.mark.parametrize("fixture", FORMATS)
def test_tables_stand_between_the_paragraphs_around_them(fixture, sample, request):
    document = extract(request.getfixturevalue(fixture))
    assert [isinstance(b, Grid) for b in document.blocks] == [not isinstance(b, str) for b in sample.blocks]
    assert [b.index for b in document.blocks] == list(range(len(document.blocks)))


def test_pipe_tables_of_markdown_keep_their_cells(markdown_file, sample, shown):
    paragraphs, tables = shown(extract(markdown_file, name="report.md"))
    assert paragraphs == sample.paragraphs
    assert [[c.text for c in table] for table in tables] == [[c.text for c in table] for table in sample.tables]


def test_a_page_inside_json_is_read(article, sample, shown):
    data = json.dumps({"code": 200, "data": {"title": "临溪县年度报告", "content": article}})
    document = extract(data.encode())
    assert document.format == "json"
    assert document.title == "临溪县年度报告"
    assert shown(document) == (sample.paragraphs, sample.tables)


def test_a_page_saved_as_mhtml_is_read(html_file, sample, shown):
    from email.mime.multipart import MIMEMultipart
    from email.mime.text import MIMEText

    message = MIMEMultipart("related")
    message.attach(MIMEText(html_file.decode(), "html", "utf-8"))
    assert shown(extract(message.as_bytes())) == (sample.paragraphs, sample.tables)


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig", "utf-16"])
def test_a_page_is_read_whatever_encoding_it_claims(html_file, sample, shown, encoding):
    data = html_file.decode().encode(encoding)
    assert shown(extract(data)) == (sample.paragraphs, sample.tables)


def test_the_national_layout_format_is_read_by_position(ofd_file, shown):
    document = extract(ofd_file)
    paragraphs, tables = shown(document)
    assert (document.format, paragraphs) == ("ofd", ["一、总体情况"])
    assert [[c.text for c in table] for table in tables] == [["规章", "12", "行政规范性文件", "7"]]
