"""No bytes at all make `extract` raise anything but its own errors, or take long."""

from __future__ import annotations

import io
import time
import zipfile
import zlib
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.annual import extract as package
from gongkai.annual.errors import (
    DamagedFile,
    EmptyFile,
    Encrypted,
    NoText,
    OldOfficeFormat,
    ReadError,
    TooLarge,
    UnknownFormat,
)
from gongkai.annual.extract import detect, extract
from gongkai.annual.model import Document

FILES = ("html_file", "docx_file", "xlsx_file", "ods_file", "pdf_file", "markdown_file", "ofd_file")
MARKUP = ["<table>", "<tr>", "<td rowspan=3>", "<td colspan=2>", "</td>", "<p>", "<br>", "<b>", "</b>", "<div hidden>"]
MARKUP += ["&lt;td&gt;", "<script>", "</script>", "<!--", "-->", '"', "\\u003cp\\u003e", "一、", "12", "公开", "<", ">"]
LINES = [
    "|",
    "a | b",
    "---|---",
    "┌─┬─┐",
    "│1│2│",
    "├─┼─┤",
    "└─┴─┘",
    "+--+",
    "\t1\t2",
    "规章  1  2",
    "",
    "# 一",
    "1,2,3",
]
SOON = settings(max_examples=25, deadline=5_000, suppress_health_check=list(HealthCheck))


def read_or_refuse(data: bytes, name: str | None = None) -> None:
    """Reads the file; its own errors are fine, and only those that its reader raises on purpose."""
    document = None
    with suppress(ReadError):
        document = package._read(data, detect(data, name), name)
    if document is None:
        return
    assert isinstance(document, Document)
    assert [b.index for b in document.blocks] == list(range(len(document.blocks)))


@SOON
@given(st.binary(max_size=400), st.sampled_from([None, "a.html", "a.json", "a.csv", "a.docx", "a.pdf"]))
def test_random_bytes(data, name):
    read_or_refuse(data, name)


@SOON
@given(
    st.sampled_from([b"%PDF-1.7\n", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"<html>", b"{", b"{\\rtf"]),
    st.binary(),
)
def test_random_bytes_after_a_known_beginning(start, data):
    read_or_refuse(start + data)


@SOON
@given(st.lists(st.sampled_from(MARKUP) | st.text(max_size=5), max_size=60))
def test_any_sequence_of_tags(pieces):
    read_or_refuse(("<html>" + "".join(pieces)).encode("utf-8", "replace"))


@SOON
@given(st.lists(st.sampled_from(LINES) | st.text(max_size=12), max_size=25))
def test_any_sequence_of_drawn_lines(lines):
    read_or_refuse("\n".join(lines).encode("utf-8", "replace"))


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.floats(allow_nan=False)
    | st.text(max_size=30)
    | st.sampled_from(["<p>公开</p>" * 20]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
)


@SOON
@given(JSON)
def test_any_json(value):
    import json

    read_or_refuse(json.dumps(value).encode(), "a.json")


@pytest.mark.parametrize("fixture", FILES)
@settings(max_examples=25, deadline=5_000, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_damaged_files(fixture, data, request):
    file = bytearray(request.getfixturevalue(fixture))
    for _ in range(data.draw(st.integers(1, 12))):
        file[data.draw(st.integers(0, len(file) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(file)) | st.just(len(file)))
    read_or_refuse(bytes(file[:cut]))


@pytest.mark.parametrize("fixture", ["docx_file", "xlsx_file", "ods_file", "ofd_file"])
@settings(max_examples=25, deadline=5_000, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_office_files_with_damaged_parts(fixture, data, request):
    """The archive is whole and one of its parts is not, so that the damage reaches the reader."""
    with zipfile.ZipFile(io.BytesIO(request.getfixturevalue(fixture))) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    name = data.draw(st.sampled_from(sorted(members)))
    part = bytearray(members[name])
    for _ in range(data.draw(st.integers(1, 6))):
        start = data.draw(st.integers(0, len(part)))
        part[start : start + data.draw(st.integers(0, 9))] = data.draw(st.binary(max_size=6))
    members[name] = bytes(part)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for member, content in members.items():
            archive.writestr(member, content)
    read_or_refuse(out.getvalue())


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", EmptyFile),
        (b" \r\n\t", EmptyFile),
        (b"\x89PNG\r\n\x1a\n\x00\x00", NoText),
        (b"{\\rtf1\\ansi text}", OldOfficeFormat),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "WordDocument".encode("utf-16-le"), OldOfficeFormat),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), Encrypted),
        (b"PK\x03\x04 broken", DamagedFile),
        (b"%PDF-1.7 broken", DamagedFile),
        (bytes(range(32)) * 40, UnknownFormat),
        (b"\0" * 60_000_000, TooLarge),
    ],
)
def test_each_refusal_has_its_own_error(data, error):
    with pytest.raises(error):
        extract(data)


def test_an_archive_that_unpacks_without_end_is_refused(make_zip):
    with pytest.raises(TooLarge):
        extract(make_zip({"word/document.xml": b"<a>" + b" " * 60_000_000 + b"</a>"}))


@pytest.mark.parametrize("commands", [b" " * 9_000_000, b"(a)Tj " * 600_000])
def test_a_pdf_that_unpacks_without_end_is_refused(commands):
    packed = zlib.compress(commands, 9)
    head = b"%PDF-1.4\n4 0 obj<</Filter/FlateDecode/Length " + str(len(packed)).encode() + b">>stream\n"
    with pytest.raises(TooLarge):
        extract(head + packed + b"\nendstream endobj")


def test_more_text_than_a_hundred_reports_is_refused():
    with pytest.raises(TooLarge):
        extract("公开政府信息若干条。".encode() * 310_000)


def test_entities_are_never_expanded(make_zip):
    entities = "".join(f'<!ENTITY e{i + 1} "{f"&e{i};" * 10}">' for i in range(12))
    part = f'<!DOCTYPE x [<!ENTITY e0 "字">{entities}]><w:document><w:body>&e12;</w:body></w:document>'
    with pytest.raises(DamagedFile):
        extract(make_zip({"word/document.xml": part}))


def test_two_cells_at_the_ends_of_a_sheet_do_not_fill_the_memory():
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write(0, 0, "甲")
    sheet.write(1_048_575, 16_383, "乙")
    book.close()
    with pytest.raises(TooLarge):
        extract(out.getvalue())


@pytest.mark.parametrize(
    "text",
    [
        "|" * 200_000,
        "a | b\n" * 30_000,
        "\t1\t2\n" * 30_000,
        "规章    1    2\n" * 20_000,
        "┌─┬─┐\n" + "│1│2│\n" * 20_000,
        "+--+\n" + "|" + "a|" * 50_000,
        "　" * 200_000 + "公开",
        '<script>var a="' + "\\u003cp" * 50_000,
        "<table>" + "<tr><td rowspan=1000 colspan=1000>字" * 3_000,
        "[" * 100_000,
        "#" * 100_000,
    ],
    ids=range(11),
)
def test_long_files_of_one_kind_are_read_or_refused_in_time(text):
    start = time.perf_counter()
    read_or_refuse(text.encode())
    assert time.perf_counter() - start < 15
