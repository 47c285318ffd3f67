"""Redacting text, rich text and Word files leaves no trace of the words."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.text.redaction import FileUnreadable, Style, redact_docx, redact_html, redact_text
from gongkai.text.rich import clean


def test_spans_of_a_text_are_replaced_in_three_styles() -> None:
    text = "电话13800138000。"

    assert redact_text(text, [(2, 13)], Style.MASK) == "电话138****8000。"
    assert redact_text(text, [(2, 5), (4, 13)]) == "电话███████████。"
    assert redact_text(text, [(2, 13)], Style.LABEL) == "电话〔已隐去〕。"


def test_words_over_tags_and_in_alternatives_and_links_are_gone() -> None:
    html = (
        '<p>联系人<strong>欧阳</strong><em>小</em>明，<a href="tel:13800138000">138 0013 8000</a></p>'
        '<p><img src="/a.png" alt="欧阳小明照片"></p>'
    )

    result = redact_html(html, ["欧阳小明", "13800138000"])

    assert "欧阳" not in result.html
    assert "小" not in result.html
    assert "8000" not in result.html
    assert "联系人<strong>" in result.html
    assert result.counts == {"欧阳小明": 2, "13800138000": 2}
    assert clean(result.html).html == clean(clean(result.html).html).html


def test_words_of_two_paragraphs_are_not_taken_for_one() -> None:
    assert redact_html("<p>小李</p><p>大有</p>", ["李大"]).html == "<p>小李</p><p>大有</p>"


@given(st.text("甲乙丙12 ", max_size=20), st.text("甲乙丙12", max_size=20))
def test_no_needle_is_ever_left_in_rich_text(before: str, after: str) -> None:
    assert "甲乙" not in redact_html(f"<p>{before}甲<strong>乙</strong>{after}</p>", ["甲乙"]).html.replace(" ", "")


def _word_file() -> bytes:
    document = docx.Document()
    paragraph = document.add_paragraph("申请人：")
    for part in ("欧", "阳小", "明", "，公开。"):
        paragraph.add_run(part)
    document.add_table(1, 1).cell(0, 0).text = "表中欧阳小明"
    document.sections[0].header.paragraphs[0].text = "页眉欧阳小明"
    document.sections[0].footer.paragraphs[0].text = "页脚"
    document.core_properties.author = "欧阳小明"
    document.add_comment(paragraph.runs, text="问欧阳小明", author="欧阳小明")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _changed(data: bytes, name: str, old: bytes, new: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for item in source.namelist():
            content = source.read(item)
            target.writestr(item, content.replace(old, new) if item == name else content)
    return out.getvalue()


def _parts(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


def test_words_are_gone_from_every_part_of_a_word_file() -> None:
    result = redact_docx(_word_file(), ["欧阳小明"])

    assert result.done
    assert result.counts["欧阳小明"] >= 5
    assert "欧阳" not in _parts(result.data)
    assert "阳小" not in _parts(result.data)
    document = docx.Document(io.BytesIO(result.data))
    assert document.paragraphs[0].text == "申请人：████，公开。"
    assert document.sections[0].footer.paragraphs[0].text == "页脚"


def test_tracked_deletions_and_text_boxes_are_cleaned() -> None:
    deletion = "<w:del w:id='1'><w:r><w:delText>欧阳小明</w:delText></w:r></w:del>"
    box = (
        "<w:r><w:pict><v:textbox xmlns:v='urn:schemas-microsoft-com:vml'><w:txbxContent><w:p><w:r><w:t>欧阳</w:t></w:r>"
    )
    box += "<w:r><w:t>小明</w:t></w:r></w:p></w:txbxContent></v:textbox></w:pict></w:r>"
    data = _changed(_word_file(), "word/document.xml", b"</w:p>", f"{deletion}{box}</w:p>".encode())

    result = redact_docx(data, ["欧阳小明"])

    assert result.done
    assert "欧阳" not in _parts(result.data)


def test_a_needle_in_an_embedded_file_is_named_since_it_stays() -> None:
    out = io.BytesIO(_word_file())
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("word/embeddings/oleObject1.bin", "欧阳小明".encode("utf-16-le"))

    assert redact_docx(out.getvalue(), ["欧阳小明"]).unresolved == ("欧阳小明",)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 broken", b"plain"])
def test_what_is_no_word_file_is_refused(data: bytes) -> None:
    with pytest.raises(FileUnreadable):
        redact_docx(data, ["欧阳小明"])
