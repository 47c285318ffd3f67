"""Words that are taken out of a workbook or slides are nowhere in the new file, and the rest of it still opens."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from gongkai.text.redaction import FileUnreadable, redact_pptx, redact_xlsx

NAME, PHONE, ID = "欧阳小明", "13812345678", "11010519491231002X"
_CACHE = (
    "<pivotCacheRecords xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main' count='1'>"
    f"<r><s v='{NAME}'/><n v='{PHONE}'/><n v='88'/></r></pivotCacheRecords>"
)
_LINKED = (
    "<externalLink xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><externalBook><sheetDataSet>"
    f"<sheetData sheetId='0'><row r='1'><cell r='A1'><v>{PHONE}</v></cell><cell r='A2' t='str'><v>{NAME}</v></cell>"
    "</row></sheetData></sheetDataSet></externalBook></externalLink>"
)
_CHAIN = "<calcChain xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><c r='D2' i='1'/></calcChain>"


def _book() -> bytes:
    """A list as offices make them: texts, numbers, formulas, a hidden sheet, notes, headers, a text box, properties."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"author": NAME, "title": f"{NAME}的名单", "comments": PHONE})
    book.define_name("某人", f'="{NAME}"')
    shown, hidden = book.add_worksheet("名单"), book.add_worksheet(f"{NAME}底稿")
    bold = book.add_format({"bold": True})
    shown.write_row(0, 0, ["姓名", "手机号", "金额", "说明"])
    shown.write_rich_string(1, 0, "欧", bold, "阳", "小明", bold)
    shown.write_number(1, 1, int(PHONE))
    shown.write_number(1, 2, 1000)
    shown.write_formula(1, 3, f'="{NAME}"&B2', None, f"{NAME}{PHONE}")
    shown.write_formula(2, 2, "=SUM(C2:C2)", None, 1000)
    shown.write_string(2, 0, "某街道办事处")
    shown.write_comment(1, 0, f"请核对{NAME}", {"author": NAME})
    shown.set_header(f"&C{NAME}")
    shown.insert_textbox(5, 0, f"经办：{NAME}")
    shown.data_validation(1, 0, 1, 0, {"validate": "list", "source": [NAME, "其他"]})
    hidden.hide()
    hidden.write_row(0, 0, [NAME, ID])
    book.close()
    return out.getvalue()


def _with(data: bytes, **parts: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name))
        for name, content in parts.items():
            target.writestr(name, content)
    return out.getvalue()


def _parts(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name).decode("utf-8", "replace") for name in archive.namelist()}


def _cells(data: bytes, sheet: str) -> list[list[object]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name(sheet).to_python()


def test_words_and_numbers_are_gone_from_every_part_of_a_workbook() -> None:
    data = _with(
        _book(),
        **{
            "xl/pivotCache/pivotCacheRecords1.xml": _CACHE,
            "xl/externalLinks/externalLink1.xml": _LINKED,
            "xl/calcChain.xml": _CHAIN,
        },
    )

    result = redact_xlsx(data, [NAME, PHONE, ID])

    assert result.done
    parts = _parts(result.data)
    for words in (NAME, "阳小明", "欧阳", PHONE, ID):
        assert not [name for name, content in parts.items() if words in re.sub(r"<[^<>]*>", "", content)], words
        assert not [name for name, content in parts.items() if words in content], words
    assert "xl/calcChain.xml" not in parts
    assert "88" in parts["xl/pivotCache/pivotCacheRecords1.xml"]


def test_the_rest_of_a_workbook_stays_and_reckons_on() -> None:
    result = redact_xlsx(_book(), [NAME, PHONE])

    rows = _cells(result.data, "名单")
    assert rows[0] == ["姓名", "手机号", "金额", "说明"]
    assert rows[1] == ["████", "█" * 11, 1000.0, "█" * 15]
    assert rows[2][:3] == ["某街道办事处", "", 1000.0]
    assert "SUM(C2:C2)" in _parts(result.data)["xl/worksheets/sheet1.xml"]
    assert CalamineWorkbook.from_filelike(io.BytesIO(result.data)).sheet_names == ["名单", "████底稿"]
    assert result.counts[PHONE] >= 2


def test_a_number_kept_in_another_notation_is_found() -> None:
    data = _book()
    sheet = _parts(data)["xl/worksheets/sheet1.xml"].replace(f"<v>{PHONE}</v>", "<v>1.3812345678E10</v>")

    result = redact_xlsx(_with_part(data, "xl/worksheets/sheet1.xml", sheet), [PHONE])

    assert result.done
    assert "1.3812345678E10" not in _parts(result.data)["xl/worksheets/sheet1.xml"]


def _with_part(data: bytes, name: str, content: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for one in source.namelist():
            target.writestr(one, content if one == name else source.read(one))
    return out.getvalue()


def test_cells_that_shared_a_formula_keep_what_they_showed() -> None:
    data = _book()
    sheet = _parts(data)["xl/worksheets/sheet1.xml"]
    master = f'<c r="E2" t="str"><f t="shared" ref="E2:E3" si="0">"{NAME}"&amp;C2</f><v>{NAME}1000</v></c>'
    other = '<c r="E3"><f t="shared" si="0"/><v>7</v></c>'
    sheet = sheet.replace("</row>", f"{master}</row>", 2).replace(f"{master}</row>", "</row>", 1)
    sheet = sheet.replace('<c r="C3"', f'{other}<c r="C3"', 1)

    result = redact_xlsx(_with_part(data, "xl/worksheets/sheet1.xml", sheet), [NAME])

    fresh = _parts(result.data)["xl/worksheets/sheet1.xml"]
    assert 'si="0"' not in fresh
    assert "<v>7</v>" in fresh


def test_slides_notes_and_alternatives_are_cleaned() -> None:
    space = "xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main'"
    text = f"<a:p><a:r><a:t>欧阳</a:t></a:r><a:r><a:t>小明{PHONE}</a:t></a:r></a:p>"
    slide = f"<p:sld xmlns:p='p' {space} show='0'><p:cNvPr descr='{NAME}'/>{text}</p:sld>"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("ppt/presentation.xml", "<p:presentation xmlns:p='p'/>")
        archive.writestr("ppt/slides/slide1.xml", slide)
        archive.writestr("ppt/notesSlides/notesSlide1.xml", f"<p:notes xmlns:p='p' {space}>{text}</p:notes>")

    result = redact_pptx(out.getvalue(), [NAME, PHONE])

    assert result.done
    assert not [name for name, part in _parts(result.data).items() if "欧阳" in part or "小明" in part or PHONE in part]


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 broken", b"plain"])
def test_what_is_no_workbook_is_refused(data: bytes) -> None:
    with pytest.raises(FileUnreadable):
        redact_xlsx(data, [NAME])
