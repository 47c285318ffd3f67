"""Word files become rich text with their title and number, and rich text becomes a Word file."""

from __future__ import annotations

import base64
import io

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.shared import Pt

from gongkai.text.rich import clean, plain
from gongkai.text.rich.word import FileUnreadable, from_docx, to_docx

_PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def _official() -> bytes:
    document = docx.Document()
    for text, size in (
        ("云州市人民政府文件", 22),
        ("云政发〔2026〕7号", 0),
        ("云州市人民政府关于印发", 20),
        ("管理办法的通知", 20),
    ):
        paragraph = document.add_paragraph()
        run = paragraph.add_run(text)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        if size:
            run.font.size = Pt(size)
    document.add_paragraph("　　各县、区人民政府：")
    document.add_heading("总则", 1)
    document.add_paragraph("第一项", style="List Bullet")
    table = document.add_table(2, 2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "表头"
    table.cell(1, 0).text = "甲"
    hidden = document.add_paragraph("正文").add_run("暗文")
    hidden._element.get_or_add_rPr().append(OxmlElement("w:vanish"))
    document.add_picture(io.BytesIO(_PNG))
    signed = document.add_paragraph("云州市人民政府")
    signed.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_a_word_file_gives_its_title_number_and_structure() -> None:
    read = from_docx(_official())

    assert read.title == "云州市人民政府关于印发管理办法的通知"
    assert read.document_number == "云政发〔2026〕7号"
    assert "管理办法" not in read.html
    assert "<p>各县、区人民政府：</p><h2>总则</h2><ul><li>第一项</li></ul>" in read.html
    assert '<td colspan="2">表头</td>' in read.html
    assert '<p style="text-align:right">云州市人民政府</p>' in read.html
    assert "暗文" not in read.html
    assert [image.type for image in read.images] == ["image/png"]


def test_rich_text_goes_to_word_and_back() -> None:
    html = clean(
        "<h2>总则</h2><p>甲<strong>乙</strong>H<sub>2</sub>O</p><ul><li>丙</li></ul>"
        "<table><tr><td rowspan=2>丁</td><td>1</td></tr><tr><td>2</td></tr></table>"
    ).html
    read = from_docx(to_docx(html, "标题文字"))

    assert read.title == "标题文字"
    assert read.html == html


def test_a_picture_that_is_missing_is_its_alternative() -> None:
    read = from_docx(
        to_docx('<p><img src="/a.png" alt="示意图"><img src="/b.png" alt=""></p>', "", pictures={"/b.png": _PNG})
    )

    assert "〔图：示意图〕" in plain(read.html)
    assert len(read.images) == 1


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"text", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600])
def test_what_is_no_word_file_is_refused_with_a_remedy(data: bytes) -> None:
    with pytest.raises(FileUnreadable) as caught:
        from_docx(data)
    assert caught.value.remedy
