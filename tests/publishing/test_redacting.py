"""What one click takes out of a draft: from the text, from files of every kind, and never what it cannot take out."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from typing import Any

import docx
import pytest
import xlsxwriter
from django.core.exceptions import ValidationError

from gongkai.files.actions import content
from gongkai.files.models import Attachment
from gongkai.publishing.actions import drafting, scanning
from gongkai.publishing.models import Publication

ID, PHONE = "11010519491231002X", "13812345678"


def png(shade: int) -> bytes:
    """A picture of one point."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(bytes((0, shade))))
        + chunk(b"IEND", b"")
    )


@pytest.fixture
def draft(city: Any) -> Publication:
    return drafting.create_draft(
        city["jiaoyu"], by=city.people["drafter"], title="资助名单公示", body="<p>见附件。</p>"
    )


def give(draft: Publication, city: Any, data: bytes, name: str, title: str = "名单") -> Publication:
    attachment = drafting.attach(draft, data, name, by=city.people["drafter"])
    drafting.save_draft(draft, by=city.people["drafter"], files=[{"attachment": attachment.pk, "title": title}])
    return Publication.objects.get(pk=draft.pk)


def hits(draft: Publication, *rules: str) -> list[dict[str, Any]]:
    found = scanning.open_hits(Publication.objects.get(pk=draft.pk))
    return [hit for hit in found if not rules or hit["rule"] in rules]


def redact(draft: Publication, city: Any, *chosen: dict[str, Any]) -> Publication:
    return scanning.redact(draft, [hit["fingerprint"] for hit in chosen], by=city.people["drafter"])


def packed(draft: Publication) -> str:
    """All parts of the first file of a draft."""
    data = content(Attachment.objects.get(pk=draft.files[0]["attachment"]))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


def book() -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as made:
        sheet, hidden = made.add_worksheet("名单"), made.add_worksheet("底稿")
        sheet.write_row(0, 0, ["姓名", "手机号", "家庭住址", "金额"])
        sheet.write_row(1, 0, ["张小明", int(PHONE), "松亭县东街12号3栋201室", 800])
        sheet.write_row(2, 0, ["李大有", "138****0001", "柳堡乡柳堡村5组", 900])
        hidden.hide()
        hidden.write(0, 0, f"证件号 {ID}")
    return out.getvalue()


def test_a_whole_column_and_a_hidden_sheet_of_a_workbook_are_cleaned_in_one_click(city, draft):
    draft = give(draft, city, book(), "名单.xlsx")
    found = hits(draft, "idcard18", "mobile", "person_column")
    assert {(hit["rule"], hit["part"]) for hit in found} == {
        ("idcard18", "工作表“底稿”"),
        ("mobile", "工作表“名单”"),
        ("person_column", "工作表“名单”"),
    }
    assert all(hit["removable"] for hit in found)

    fresh = redact(draft, city, *found)

    said = packed(fresh)
    for words in (ID, PHONE, "张小明", "李大有", "东街12号", "柳堡村5组"):
        assert words not in said
    assert "900" in said
    assert not hits(draft, "idcard18", "mobile", "person_column")


def test_the_names_of_files_and_their_titles_are_cleaned_too(city, draft):
    draft = give(draft, city, "公示无异议".encode(), f"张小明{PHONE}.txt", title=f"申请人电话{PHONE}")
    found = hits(draft, "mobile")
    assert {hit["where"].partition(":")[0] for hit in found} == {"file", "files"}

    fresh = redact(draft, city, *found)

    assert PHONE not in fresh.files[0]["title"]
    assert PHONE not in Attachment.objects.get(pk=fresh.files[0]["attachment"]).name


def test_what_is_said_of_pictures_and_where_links_lead_is_cleaned_with_the_text(city, draft):
    body = f'<p><img src="/files/1/" alt="张小明电话{PHONE}"><a href="tel:{PHONE}">拨打</a></p>'
    row = Publication.objects.get(pk=draft.pk).get_latest_revision_as_object()
    row.body = body
    row.save_revision(clean=False)
    scanning.scan(Publication.objects.get(pk=draft.pk))
    draft = Publication.objects.get(pk=draft.pk)
    found = hits(draft, "mobile")
    assert {hit["where"] for hit in found} == {"image", "link"}

    assert PHONE not in redact(draft, city, *found).body


def test_a_mark_of_secrecy_cannot_be_taken_away_by_a_click(city, draft):
    drafting.save_draft(draft, by=city.people["drafter"], body="<p>机密★10年</p><p>内容</p>")
    draft = Publication.objects.get(pk=draft.pk)
    mark = hits(draft, "secret_star")[0]

    assert not mark["removable"]
    with pytest.raises(ValidationError, match="国家秘密标志"):
        redact(draft, city, mark)


def test_words_of_two_paragraphs_that_no_place_holds_as_one_are_refused_and_nothing_changes(city, draft):
    document = docx.Document()
    cell = document.add_table(1, 1).cell(0, 0)
    cell.text = f"身份证号 {ID[:6]}"
    cell.add_paragraph(ID[6:])
    out = io.BytesIO()
    document.save(out)
    draft = give(draft, city, out.getvalue(), "表.docx")
    found = hits(draft, "idcard18")
    assert found

    with pytest.raises(ValidationError, match="不能可靠地删除"):
        redact(draft, city, *found)
    assert hits(draft, "idcard18") == found


def test_pictures_are_named_once_and_stay_allowed_while_they_are_the_same(city, draft):
    drafter = city.people["drafter"]
    ids = [drafting.attach(draft, png(shade), f"{shade}.png", by=drafter).pk for shade in (1, 2)]
    files = [{"attachment": id, "title": "图"} for id in ids]
    drafting.save_draft(draft, by=drafter, files=files)
    draft = Publication.objects.get(pk=draft.pk)
    (hit,) = hits(draft, "picture_text")
    assert "1.png、2.png" in hit["message"]
    assert hit["level"] == "warn"

    scanning.override(draft, hit["fingerprint"], by=drafter, reason="逐张看过")
    drafting.save_draft(draft, by=drafter, summary="另一处改动")
    assert not hits(draft, "picture_text")
    drafting.save_draft(draft, by=drafter, files=files[:1])
    assert hits(draft, "picture_text")


def test_an_archive_is_looked_through(city, draft):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("名单.txt", f"身份证号{ID}")
        archive.writestr("表/名单.xlsx", book())
        archive.writestr("老文件.doc", b"\xd0\xcf\x11\xe0")
    draft = give(draft, city, out.getvalue(), "材料.zip")

    assert {hit["part"] for hit in hits(draft, "idcard18")} == {"名单.txt：正文", "表/名单.xlsx：工作表“底稿”"}
    assert "老文件.doc" in hits(draft, "not_checked")[0]["message"]
    assert not any(hit["removable"] for hit in hits(draft, "idcard18"))


def test_the_workbook_behind_a_chart_is_scanned_and_cleaned_with_its_document(city, draft):
    out = io.BytesIO()
    document = docx.Document()
    document.add_paragraph("见图。")
    document.save(out)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("word/embeddings/Microsoft_Excel_Sheet1.xlsx", book())
    draft = give(draft, city, out.getvalue(), "图表.docx")
    found = [hit for hit in hits(draft, "idcard18", "mobile") if hit["removable"]]
    assert {hit["part"].partition("：")[0] for hit in found} == {"Microsoft_Excel_Sheet1.xlsx"}

    redact(draft, city, *found)

    assert not hits(draft, "idcard18", "mobile")
