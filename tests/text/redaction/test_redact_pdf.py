"""Redacting a PDF removes the words themselves, wherever they are, and says so when it cannot."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pikepdf
import pylopdf_fonts_zh_cn
import pypdfium2
import pytest
import typst

from gongkai.text.redaction import FileUnreadable, redact_pdf
from gongkai.text.scan.files import inspect

_ID = "110101199003074514"


@cache
def _typeset(source: str) -> bytes:
    fonts = str(Path(pylopdf_fonts_zh_cn.__file__).parent)
    head = '#set text(font: "Noto Serif SC", size: 12pt, lang: "zh")\n'
    pdf = typst.Compiler((head + source).encode(), font_paths=[fonts], ignore_system_fonts=True).compile(format="pdf")
    assert isinstance(pdf, bytes)
    return pdf


def _text(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return "".join(page.get_textpage().get_text_range() for page in document)


def _boxes(pdf: bytes) -> dict[str, list[tuple[float, ...]]]:
    """The boxes of each character."""
    found: dict[str, list[tuple[float, ...]]] = {}
    for page in pypdfium2.PdfDocument(pdf):
        text = page.get_textpage()
        for index in range(text.count_chars()):
            char = text.get_text_range(index, 1)
            if char.strip():
                found.setdefault(char, []).append(tuple(round(value, 1) for value in text.get_charbox(index)))
    return found


def _streams(pdf: bytes) -> Iterator[bytes]:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for item in document.objects:
            if isinstance(item, pikepdf.Stream) and item.get("/Subtype") != "/Image":
                yield item.read_bytes()


def _by_hand(content: bytes, **extra: object) -> bytes:
    """A page with Helvetica as /F1, made of a content stream."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(400, 400))
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica,
        Encoding=pikepdf.Name.WinAnsiEncoding,
    )  # fmt: skip
    page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=pdf.make_indirect(font)))
    page.obj.Contents = pdf.make_stream(content)
    for change in extra.values():
        change(pdf, page)  # type: ignore[operator]
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


def test_words_of_a_typeset_pdf_are_gone_and_the_rest_keeps_its_place() -> None:
    pdf = _typeset(f"申请人：*欧阳小明*，身份证号 {_ID}，住松亭县。\n\n第二段没有要去除的内容。")

    result = redact_pdf(pdf, ["欧阳小明", _ID])

    assert result.done
    assert dict(result.counts) == {"欧阳小明": 1, _ID: 1}
    assert "欧阳" not in _text(result.data)
    assert "1990" not in _text(result.data)
    assert "第二段没有要去除的内容" in _text(result.data)
    before, after = _boxes(pdf), _boxes(result.data)
    assert all(after[char] == before[char] for char in "申请人住松亭县第二段")


def test_a_needle_over_two_lines_is_found() -> None:
    pdf = _typeset("#set page(width: 90pt, margin: 10pt)\n云州市政府信息公开工作办公室")

    result = redact_pdf(pdf, ["信息公开工作"])

    assert result.done
    assert result.counts["信息公开工作"] == 1
    assert "云州市政府" in _text(result.data).replace("\r\n", "")


def test_words_in_tables_and_titles_and_contents_are_gone() -> None:
    pdf = _typeset(
        '#set document(title: "关于李大有的答复", author: "李大有")\n= 李大有\n#table(columns: 2)[姓名][李大有]'
    )

    result = redact_pdf(pdf, ["李大有"])

    assert result.done
    assert "李大有" not in _text(result.data)
    with pikepdf.open(io.BytesIO(result.data)) as document:
        assert "李大有" not in repr(dict(document.docinfo.items()))
        with document.open_outline() as outline:
            assert all("李" not in item.title for item in outline.root)


def test_a_needle_split_by_kerning_and_by_operators_is_gone() -> None:
    content = b"BT /F1 12 Tf 50 300 Td [(Tel 138) -20 (0013) 15 (80)] TJ (00 end) Tj ET"
    pdf = _by_hand(content)

    result = redact_pdf(pdf, ["13800138000"])

    assert result.done
    assert _text(result.data).split() == ["Tel", "end"]
    assert all(b"138" not in stream and b"0013" not in stream for stream in _streams(result.data))
    before, after = _boxes(pdf), _boxes(result.data)
    assert all(abs(a - b) < 1.0 for a, b in zip(before["d"][0], after["d"][0], strict=True))


def test_live_text_under_a_black_box_is_removed() -> None:
    result = redact_pdf(
        _by_hand(b"BT /F1 12 Tf 50 300 Td (Secret 4711 x) Tj ET 0 g 40 290 200 30 re f"), ["Secret 4711"]
    )

    assert result.done
    assert "Secret" not in _text(result.data)
    assert all(b"4711" not in stream for stream in _streams(result.data))


def test_words_set_out_of_order_are_found_where_people_read_them() -> None:
    content = b"BT /F1 12 Tf 1 0 0 1 83.4 300 Tm (45678) Tj 1 0 0 1 50 300 Tm (Nr 123) Tj ET"

    result = redact_pdf(_by_hand(content), ["12345678"])

    assert result.done
    assert "45678" not in _text(result.data)


def test_a_box_is_drawn_where_the_words_were() -> None:
    result = redact_pdf(_by_hand(b"BT /F1 20 Tf 50 300 Td (Secret) Tj ET"), ["Secret"])
    picture = pypdfium2.PdfDocument(result.data)[0].render(scale=1).to_numpy()

    assert picture[95, 60].max() < 40
    assert picture[300, 300].min() > 200


def _with_form(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
    form = pdf.make_stream(b"BT /F1 12 Tf 10 10 Td (hidden 4711) Tj ET")
    form["/Type"], form["/Subtype"] = pikepdf.Name.XObject, pikepdf.Name.Form
    form["/BBox"] = pikepdf.Array([0, 0, 300, 300])
    form["/Resources"] = page.obj.Resources
    page.obj.Resources["/XObject"] = pikepdf.Dictionary(X1=form)


def test_words_in_a_form_are_gone_every_time_it_is_shown() -> None:
    pdf = _by_hand(b"q /X1 Do Q q 1 0 0 1 0 100 cm /X1 Do Q", change=_with_form)

    result = redact_pdf(pdf, ["4711"])

    assert result.done
    assert result.counts["4711"] == 2
    assert _text(result.data).split() == ["hidden", "hidden"]


def _with_extras(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
    note = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[0, 0, 10, 10], Contents="见 4711"
    )
    field = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.Widget,
        FT=pikepdf.Name.Tx,
        T="nr",
        V="No 4711",
        Rect=[0, 0, 90, 20],
    )
    field = pdf.make_indirect(field)
    page.obj.Annots = pikepdf.Array([pdf.make_indirect(note), field])
    pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([field]))
    pdf.attachments["4711.txt"] = b"4711"
    pdf.docinfo["/Subject"] = "4711"
    with pdf.open_metadata() as meta:
        meta["dc:title"] = "4711"


def test_notes_fields_properties_and_attachments_are_cleaned() -> None:
    pdf = _by_hand(b"BT /F1 12 Tf 50 300 Td (plain) Tj ET", change=_with_extras)

    result = redact_pdf(pdf, ["4711"])

    assert result.done
    assert {"批注", "附件", "元数据"} <= set(result.removed)
    assert b"4711" not in b"".join(_streams(result.data))
    with pikepdf.open(io.BytesIO(result.data)) as document:
        assert not len(document.attachments)
        assert "4711" not in repr(list(document.objects))


def test_old_states_of_the_file_are_not_kept() -> None:
    first = _by_hand(b"BT /F1 12 Tf 50 300 Td (4711 old) Tj ET")

    result = redact_pdf(first + b"\n% tail 4711\n", ["4711"])

    assert b"4711" not in result.data
    assert result.data.count(b"%%EOF") == 1


def test_a_needle_that_stays_in_a_script_or_stream_is_named() -> None:
    def script(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
        pdf.Root["/Odd"] = pdf.make_stream(b"var nr = '4711'")

    result = redact_pdf(_by_hand(b"BT /F1 12 Tf 50 300 Td (4711) Tj ET", change=script), ["4711"])

    assert result.unresolved == ("4711",)
    assert not result.done


def test_pages_without_text_are_named_since_pictures_are_not_read() -> None:
    assert redact_pdf(_by_hand(b"0 g 0 0 10 10 re f"), ["4711"]).unreadable == ("第 1 页",)


def test_needles_of_one_character_are_refused() -> None:
    with pytest.raises(ValueError, match="太短"):
        redact_pdf(_by_hand(b""), ["李"])


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7 nothing", b"\x00" * 100, b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj"])
def test_garbage_is_refused_with_a_remedy(data: bytes) -> None:
    with pytest.raises(FileUnreadable) as caught:
        redact_pdf(data, ["4711"])
    assert caught.value.remedy


def test_a_protected_file_is_refused() -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(_by_hand(b"BT ET"))) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    with pytest.raises(FileUnreadable) as caught:
        redact_pdf(out.getvalue(), ["4711"])
    assert caught.value.reason == "encrypted"


def test_a_font_without_a_map_is_named_since_its_words_cannot_be_read() -> None:
    pdf = _typeset("云州市人民政府")
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for item in document.objects:
            if isinstance(item, pikepdf.Dictionary) and "/ToUnicode" in item:
                del item["/ToUnicode"]
        document.save(out)

    assert any(name.startswith("字体") for name in redact_pdf(out.getvalue(), ["云州市"]).unreadable)


def test_words_that_stand_for_glyphs_in_marked_content_are_gone() -> None:
    content = b"/Span <</ActualText (Nr 4711)>> BDC BT /F1 12 Tf 50 300 Td (\\(see note\\)) Tj ET EMC"

    result = redact_pdf(_by_hand(content), ["4711"])

    assert result.done
    assert all(b"4711" not in stream for stream in _streams(result.data))
    assert result.counts["4711"] == 1
    assert b"see note" in b"".join(_streams(result.data))


def test_other_marks_for_showing_text_keep_the_lines_apart() -> None:
    content = b"BT /F1 12 Tf 14 TL 50 300 Td (first) Tj (4711 second) ' 2 1 (third 4711) \" ET"

    result = redact_pdf(_by_hand(content), ["4711"])

    assert result.done
    assert _text(result.data).split() == ["first", "second", "third"]


def test_all_words_under_a_box_are_removed_without_being_named() -> None:
    content = b"BT /F1 12 Tf 50 300 Td (Open words) Tj 0 -40 Td (Secret 4711, x) Tj ET 0 g 40 250 200 30 re f"
    pdf = _by_hand(content)
    assert {issue.rule for issue in inspect(pdf, "pdf").issues} == {"covered_text"}

    result = redact_pdf(pdf, [], covered=True)

    assert result.done
    assert _text(result.data).split() == ["Open", "words"]
    assert all(b"4711" not in stream and b"Secret" not in stream for stream in _streams(result.data))
    assert inspect(result.data, "pdf").issues == ()
