"""What may be handed in, what is kept of it, and how it is handed out."""

import hashlib
import io
import resource
import zipfile
from pathlib import Path

import pytest
from django.core.files.storage import storages
from django.test import override_settings

from gongkai.files.actions import Damaged, content, serve, store
from gongkai.files.checks import PICTURES, Refused, check, clean_name, sniff
from gongkai.files.models import Attachment


def packed(*names: str, size: int = 10) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, b"x" * size)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "type"),
    [
        (b"%PDF-1.7 ...", "a.txt", "pdf"),
        (packed("word/document.xml"), "a.pdf", "docx"),
        (packed("xl/workbook.xml"), "a", "xlsx"),
        (packed("OFD.xml"), "a.zip", "ofd"),
        (packed("evil.exe"), "a.docx", "zip"),
        ("<!DOCTYPE html><p>年报</p>".encode(), "a.txt", "html"),
        ("\ufeff<table><tr><td>1</td></tr></table>".encode(), "a", "html"),
        ("2024年政府信息公开工作年度报告".encode("gb18030"), "a.txt", "txt"),
        ("2024年政府信息公开工作年度报告".encode("utf-16"), "a.txt", "txt"),
        (b'{"form": "gov-2021"}', "a.txt", "json"),
        (b"MZ\x90\x00\x03\x00\x00\x00", "a.pdf", None),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "a.txt", "png"),
        (b"PK\x03\x04 broken", "a.docx", None),
    ],
)
def test_a_file_is_what_its_bytes_say(data: bytes, name: str, type: str | None) -> None:
    assert sniff(data, name) == type


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\tmp\\年报.docx", "年报.docx"),
        ("年报\r\nSet-Cookie: x.pdf", "年报__Set-Cookie_ x.pdf"),
        ("gpj\u202efdp.exe", "gpj_fdp.exe"),
        ("", "未命名"),
        ("...", "未命名"),
        ("长" * 300 + ".pdf", "长" * 146 + ".pdf"),
    ],
)
def test_names_are_cleaned(name: str, clean: str) -> None:
    assert clean_name(name) == clean


def test_too_large_empty_or_of_another_type_is_refused_with_what_to_do() -> None:
    with pytest.raises(Refused, match="上限"):
        check(b"x" * 11, "a.txt", limit=10)
    with pytest.raises(Refused, match="空的"):
        check(b"", "a.txt", limit=10)
    with pytest.raises(Refused, match="另存为"):
        check(packed("evil.exe"), "a.docx", limit=10_000)
    with pytest.raises(Refused, match="另存为"):
        check(b"text", "a.txt", limit=10_000, types=("pdf",))


def test_a_file_that_unpacks_to_something_huge_is_refused() -> None:
    bomb = packed("word/document.xml", size=30_000_000)
    assert len(bomb) < 100_000
    with pytest.raises(Refused, match="异常"):
        check(bomb, "a.docx", limit=1_000_000)


@pytest.mark.django_db
def test_a_kept_file_has_its_fingerprints_and_a_random_place() -> None:
    data = "年度报告".encode()
    attachment = store(data, "../年报.txt", by=None)
    assert attachment.name == "年报.txt"
    assert attachment.sha256 == hashlib.sha256(data).hexdigest()
    assert attachment.sm3 == hashlib.new("sm3", data).hexdigest()
    assert "年报" not in attachment.file.name
    assert content(attachment) == data


@pytest.mark.django_db
def test_a_file_changed_on_disk_is_noticed() -> None:
    attachment = store(b"one", "a.txt", by=None)
    with open(attachment.file.path, "wb") as file:
        file.write(b"two")
    with pytest.raises(Damaged):
        content(attachment)


@pytest.mark.django_db
def test_a_file_is_handed_out_as_a_download_that_can_do_nothing_here() -> None:
    attachment = store(b"<script>alert(1)</script><p>x", "年报.html", by=None)
    response = serve(attachment)
    assert response.headers["Content-Disposition"].startswith("attachment;")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response.headers["Content-Security-Policy"]
    response.close()


@pytest.mark.django_db
@override_settings(UPLOAD_BYTES=5)
def test_the_limit_is_the_one_of_the_settings() -> None:
    with pytest.raises(Refused):
        store(b"123456", "a.txt", by=None)


@pytest.mark.parametrize(
    ("data", "type"),
    [
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 20, "png"),
        (b"\xff\xd8\xff\xe0" + b"\0" * 20, "jpg"),
        (b"GIF89a" + b"\0" * 20, "gif"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "webp"),
    ],
)
def test_pictures_are_known_by_their_bytes_and_taken_where_they_are_asked_for(data, type):
    assert check(data, "报告.docx", limit=1000, types=(type,)).type == type
    with pytest.raises(Refused):
        check(data, f"图.{type}", limit=1000)


def test_a_drawing_that_can_hold_scripts_is_no_picture():
    assert sniff(b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>', "a.svg") not in PICTURES


@pytest.mark.django_db
def test_a_file_that_does_not_fit_on_the_disk_is_refused_and_nothing_of_it_stays() -> None:
    folder = Path(storages["attachments"].location)
    before = {p for p in folder.rglob("*") if p.is_file()}
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, limits[1]))  # the system itself then refuses to write more
    try:
        with pytest.raises(Refused, match="存储空间"):
            store(b"x" * 5000, "大.txt", by=None)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert {p for p in folder.rglob("*") if p.is_file()} == before
    assert not Attachment.objects.filter(name="大.txt").exists()
