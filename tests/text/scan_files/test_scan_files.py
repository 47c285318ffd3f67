"""The scan of a file finds its whole text and what nobody sees in it; stripping leaves the content alone."""

from __future__ import annotations

import base64
import contextlib
import io
import struct
import zlib
from pathlib import Path

import docx
import pikepdf
import pylopdf_fonts_zh_cn
import pypdfium2
import pytest
import typst
import xlsxwriter
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt, RGBColor

from gongkai.text.scan.files import FileReport, FileUnreadable, attachment_text, inspect, read_text, strip_metadata

_JPEG = base64.b64decode(
    "/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////"
    "////////////wgALCAABAAEBAREA/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABPxA="
)


def _rules(report: FileReport) -> set[str]:
    return {issue.rule for issue in report.issues}


def _detail(report: FileReport, rule: str) -> str:
    return next(issue.detail for issue in report.issues if issue.rule == rule)


def _docx(change: object = None, author: str = "") -> bytes:
    document = docx.Document()
    document.core_properties.author = author
    document.core_properties.comments = ""
    document.add_paragraph("云州市财政局通知")
    document.sections[0].header.paragraphs[0].text = "页眉文字"
    if callable(change):
        change(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _typeset(source: str) -> bytes:
    fonts = str(Path(pylopdf_fonts_zh_cn.__file__).parent)
    head = '#set text(font: "Noto Serif SC", lang: "zh")\n'
    pdf = typst.Compiler((head + source).encode(), font_paths=[fonts], ignore_system_fonts=True).compile(format="pdf")
    assert isinstance(pdf, bytes)
    return pdf


def _with_pdf(pdf: bytes, change: object) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        change(document)  # type: ignore[operator]
        document.save(out)
    return out.getvalue()


def test_a_plain_word_file_has_text_and_no_issue() -> None:
    report = inspect(_docx(), "docx")

    assert [(part.where, part.text) for part in report.text_parts] == [
        ("正文", "云州市财政局通知"),
        ("页眉", "页眉文字"),
    ]
    assert report.issues == ()


def test_the_author_of_a_word_file_is_found_and_stripped_and_the_words_stay() -> None:
    data = _docx(author="欧阳小明")
    stripped = strip_metadata(data, "docx")

    assert _detail(inspect(data, "docx"), "file_metadata") == "作者：欧阳小明"
    assert inspect(stripped, "docx") == inspect(_docx(), "docx")
    assert [p.text for p in docx.Document(io.BytesIO(stripped)).paragraphs] == ["云州市财政局通知"]


def test_hidden_white_and_tiny_words_are_found_and_white_on_dark_is_not() -> None:
    def change(document: object) -> None:
        paragraph = document.add_paragraph("可见")  # type: ignore[attr-defined]
        paragraph.add_run("隐藏")._element.get_or_add_rPr().append(OxmlElement("w:vanish"))
        paragraph.add_run("白字").font.color.rgb = RGBColor(255, 255, 255)
        paragraph.add_run("小字").font.size = Pt(1)
        cell = document.add_table(1, 1).cell(0, 0)  # type: ignore[attr-defined]
        cell._element.get_or_add_tcPr().append(parse_xml(f'<w:shd {nsdecls("w")} w:fill="1F4E79"/>'))
        cell.paragraphs[0].add_run("表头").font.color.rgb = RGBColor(255, 255, 255)

    report = inspect(_docx(change), "docx")

    assert _detail(report, "hidden_text") == "隐藏白字小字"
    assert "隐藏" in report.text


def test_tracked_changes_and_comments_are_found_with_their_words() -> None:
    def change(document: object) -> None:
        paragraph = document.add_paragraph("留")  # type: ignore[attr-defined]
        deleted = f'<w:del {nsdecls("w")} w:id="1"><w:r><w:delText>删去的话</w:delText></w:r></w:del>'
        paragraph._element.append(parse_xml(deleted))
        document.add_comment(paragraph.runs, text="此处待定", author="某")  # type: ignore[attr-defined]

    report = inspect(_docx(change), "docx")

    assert _detail(report, "tracked_changes") == "删去的话"
    assert "file_comments" in _rules(report)
    assert "此处待定" in report.text


def _xlsx(hide: bool) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    shown, other = book.add_worksheet("公开"), book.add_worksheet("底稿")
    shown.write_row(0, 0, ["项目", "数"])
    shown.write_row(1, 0, ["甲", 12])
    other.write(0, 0, "内部")
    if hide:
        other.hide()
        shown.set_row(1, None, None, {"hidden": True})
        shown.set_column(1, 1, None, None, {"hidden": True})
        shown.write_comment(0, 0, "核对")
        book.set_properties({"author": "欧阳小明", "manager": "李大有", "company": "财政局"})
    book.close()
    return out.getvalue()


def test_hidden_sheets_rows_and_columns_are_found_and_their_text_is_read() -> None:
    report = inspect(_xlsx(True), "xlsx")

    assert {"hidden_sheet", "file_comments", "file_metadata"} == _rules(report)
    assert {issue.detail for issue in report.issues if issue.rule == "hidden_sheet"} == {"底稿", "第 2 行；第 2–2 列"}
    assert "甲\t12" in report.text
    assert "内部" in report.text


def test_stripping_a_workbook_leaves_its_cells() -> None:
    stripped = strip_metadata(_xlsx(True), "xlsx")

    assert "file_metadata" not in _rules(inspect(stripped, "xlsx"))
    assert inspect(stripped, "xlsx").text_parts == inspect(_xlsx(True), "xlsx").text_parts
    assert inspect(_xlsx(False), "xlsx").issues == ()


def test_a_plain_pdf_has_text_by_page_and_no_issue() -> None:
    report = inspect(_typeset("云州市政府公报 1l1 一一 *二*#pagebreak()第二页"), "pdf")

    assert [part.where for part in report.text_parts] == ["第 1 页", "第 2 页"]
    assert report.issues == ()


def test_white_words_and_words_under_a_box_are_found_in_a_pdf() -> None:
    source = "公开 #text(fill: white)[白色秘密] 可见\n\n"
    source += "#box[遮盖秘密#place(top + left, rect(fill: black, width: 4em, height: 1em))]"
    report = inspect(_typeset(source), "pdf")

    assert _detail(report, "hidden_text") == "白色秘密"
    assert "遮盖秘" in _detail(report, "covered_text")


def _with_picture(size: int) -> bytes:
    """Invisible words on a page of 400 points with a white picture of a size."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(400, 400))
    picture = pdf.make_stream(b"\xff")
    picture["/Type"], picture["/Subtype"] = pikepdf.Name.XObject, pikepdf.Name.Image
    picture["/Width"] = picture["/Height"] = 1
    picture["/ColorSpace"], picture["/BitsPerComponent"] = pikepdf.Name.DeviceGray, 8
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica,
        Encoding=pikepdf.Name.WinAnsiEncoding,
    )  # fmt: skip
    page.obj.Resources = pikepdf.Dictionary(
        Font=pikepdf.Dictionary(F1=pdf.make_indirect(font)), XObject=pikepdf.Dictionary(X1=picture)
    )
    content = f"q {size} 0 0 {size} 0 0 cm /X1 Do Q BT /F1 12 Tf 3 Tr 50 300 Td (unseen) Tj ET"
    page.obj.Contents = pdf.make_stream(content.encode())
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


def test_the_recognised_text_of_a_scan_is_no_issue_but_unseen_words_beside_a_small_picture_are() -> None:
    assert inspect(_with_picture(400), "pdf").issues == ()
    assert _detail(inspect(_with_picture(40), "pdf"), "hidden_text") == "unseen"


def test_white_words_on_a_dark_ground_are_no_issue() -> None:
    assert inspect(_typeset("#block(fill: navy, text(fill: white)[表头文字])"), "pdf").issues == ()


def test_the_author_of_a_pdf_is_found_and_stripped_and_the_words_stay() -> None:
    data = _typeset('#set document(author: "欧阳小明", title: "公报")\n正文文字')
    stripped = strip_metadata(data, "pdf")

    assert "作者：欧阳小明" in _detail(inspect(data, "pdf"), "file_metadata")
    assert inspect(stripped, "pdf").issues == ()
    assert "欧阳小明".encode("utf-16-be") not in stripped
    assert inspect(stripped, "pdf").text_parts == inspect(data, "pdf").text_parts
    pictures = [pypdfium2.PdfDocument(pdf)[0].render().to_numpy() for pdf in (data, stripped)]
    assert (pictures[0] == pictures[1]).all()


def test_notes_fields_attachments_scripts_and_layers_of_a_pdf_are_found() -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        note = pikepdf.Dictionary(Subtype=pikepdf.Name.Text, Rect=[0, 0, 9, 9], Contents="内部批注")
        box = pikepdf.Dictionary(Subtype=pikepdf.Name.Widget, FT=pikepdf.Name.Tx, Rect=[0, 0, 9, 9], V="填写的话")
        pdf.pages[0].obj.Annots = pikepdf.Array([pdf.make_indirect(note), pdf.make_indirect(box)])
        pdf.attachments["底稿.txt"] = b"x"
        pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        layer = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name="草稿层"))
        pdf.Root.OCProperties = pikepdf.Dictionary(OCGs=[layer], D=pikepdf.Dictionary(OFF=[layer]))

    report = inspect(_with_pdf(_typeset("正文"), change), "pdf")

    assert {"file_comments", "form_fields", "embedded_file", "active_content", "hidden_layers"} == _rules(report)
    assert "内部批注" in report.text
    assert "填写的话" in report.text


def test_a_pdf_without_text_is_named() -> None:
    assert _rules(inspect(_typeset("#rect(fill: gray)"), "pdf")) == {"no_text"}


def test_a_protected_pdf_is_refused() -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(_typeset("正文"))) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))

    with pytest.raises(FileUnreadable) as caught:
        inspect(out.getvalue(), "pdf")
    assert caught.value.reason == "encrypted"
    assert read_text(out.getvalue(), "pdf").reason == "encrypted"


def _photo() -> bytes:
    words = b"Ouyang\0\0"
    entries = struct.pack(">HHII", 0x013B, 2, len(words), 8 + 2 + 36 + 4) + struct.pack(">HHIHH", 0x0112, 3, 1, 6, 0)
    entries += struct.pack(">HHII", 0x8825, 4, 1, 8)
    exif = b"Exif\0\0MM\0*" + struct.pack(">IH", 8, 3) + entries + b"\0\0\0\0" + words
    return _JPEG[:2] + b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + _JPEG[2:]


def test_author_and_place_of_a_photo_are_found_and_stripped_but_not_how_it_is_turned() -> None:
    stripped = strip_metadata(_photo(), "jpeg")

    assert _rules(inspect(_photo(), "jpeg")) == {"file_metadata", "picture_location"}
    assert inspect(stripped, "jpeg").issues == ()
    assert b"Ouyang" not in stripped
    assert b"Exif" in stripped
    assert strip_metadata(_JPEG, "jpeg") == _JPEG


def test_words_in_a_png_are_stripped() -> None:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    picture = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)), chunk(b"IDAT", zlib.compress(b"\0\0"))
    plain = b"\x89PNG\r\n\x1a\n" + picture[0] + picture[1] + chunk(b"IEND", b"")
    signed = plain[:33] + chunk(b"tEXt", b"Author\0Ouyang") + plain[33:]

    assert _detail(inspect(signed, "png"), "file_metadata") == "Ouyang"
    assert strip_metadata(signed, "png") == plain


def test_a_web_page_tells_its_author_and_hidden_words() -> None:
    page = '<meta name="author" content="欧阳"><p>公开<span style="display:none">暗文</span></p><!-- 待删 -->'.encode()

    assert _rules(inspect(page, "html")) == {"file_metadata", "hidden_text", "file_comments"}
    assert _rules(inspect(strip_metadata(page, "html"), "html")) == {"hidden_text", "file_comments"}


def test_search_text_is_read_from_every_kind() -> None:
    assert "财政局通知" in attachment_text(_docx(), "docx")
    assert "甲\t12" in attachment_text(_xlsx(False), "xlsx")
    assert "政府公报" in attachment_text(_typeset("云州市政府公报"), "pdf")
    assert attachment_text("纯文本".encode("gb18030"), "txt") == "纯文本"


@pytest.mark.parametrize(
    "type", ["pdf", "docx", "xlsx", "xls", "ods", "pptx", "ofd", "html", "txt", "jpeg", "png", "exe"]
)
@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04junk", b"%PDF-1.7\n", b"\x89PNG\r\n\x1a\n\0\0", b"\xff\xd8\xff", b"\0" * 50]
)
def test_garbage_never_stops_the_search_and_is_refused_by_the_scan(data: bytes, type: str) -> None:
    assert isinstance(attachment_text(data, type), str)
    for read in (inspect, strip_metadata):
        with contextlib.suppress(FileUnreadable):
            read(data, type)


def test_a_file_cut_short_is_refused_with_a_remedy() -> None:
    for data, type in ((_docx(), "docx"), (_xlsx(False), "xlsx")):
        with pytest.raises(FileUnreadable):
            inspect(data[: len(data) // 2], type)
