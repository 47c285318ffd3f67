"""The catalogue as a file: .xlsx for sorting and counting, .docx for binding and posting on the wall."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.agencies.models import Agency
from gongkai.publishing.models import Kind, Validity
from gongkai.publishing.queries.catalogue import CatalogueFilter, count, every_entry
from gongkai.publishing.queries.public import Line

XLSX_MOST = 50_000
"""Rows of a workbook: what is made in some seconds and opened on an old machine."""
DOCX_MOST = 5_000
"""Rows of a Word table: more than that and Word takes minutes to open it."""

_WIDTHS = (26, 60, 60, 14, 22, 20, 12, 12, 12, 50)
_NOT_XML = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF])


@dataclass(frozen=True, slots=True)
class _Labels:
    """Labels and the beginning of addresses, worked out once: asked for each row, they take most of the time."""

    kinds: dict[str, str]
    validities: dict[str, str]
    agencies: dict[int, str]
    address: str

    @classmethod
    def now(cls) -> _Labels:
        """In the language of the moment."""
        address = settings.WAGTAILADMIN_BASE_URL + reverse("portal:publication", args=[0]).removesuffix("0/")
        kinds = {value: str(label) for value, label in Kind.choices}
        validities = {"": "", **{value: str(label) for value, label in Validity.choices}}
        return cls(kinds, validities, dict(Agency.objects.values_list("pk", "name")), address)


class TooMany(ValueError):
    """More rows than the file may hold; the message says how to narrow the catalogue."""


def check_size(wanted: CatalogueFilter, most: int) -> None:
    """Raises TooMany where the filter matches more rows than a file may hold."""
    found = count(wanted)
    if found > most:
        words = _("符合条件的有 %(n)s 条，这种文件最多导出 %(most)s 条。请选择机关、年份或类别缩小范围后再下载。")
        raise TooMany(words % {"n": found, "most": most})


def catalogue_xlsx(wanted: CatalogueFilter) -> bytes:
    """The catalogue as a workbook with the four elements of 条例第十二条 first. Raises TooMany."""
    import xlsxwriter

    check_size(wanted, XLSX_MOST)
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"constant_memory": True, "strings_to_urls": False, "strings_to_formulas": False})
    head = book.add_format({"bold": True, "bg_color": "#E8EEF6", "border": 1, "text_wrap": True})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    sheet = book.add_worksheet(_("信息公开目录")[:31])
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(1, 0)
    for column, name in enumerate(_heads()):
        sheet.write_string(0, column, name, head)
    last, labels = 0, _Labels.now()
    for last, entry in enumerate(every_entry(wanted, XLSX_MOST), 1):
        for column, value in enumerate(_cells(entry, labels)):
            sheet.write_string(last, column, value, wrap)
    sheet.autofilter(0, 0, last, len(_WIDTHS) - 1)
    book.close()
    return out.getvalue()


def catalogue_docx(wanted: CatalogueFilter, title: str) -> bytes:
    """The four elements of the catalogue as a Word table on landscape pages. Raises TooMany above 5,000 rows."""
    from docx import Document
    from docx.enum.section import WD_ORIENT
    from docx.shared import Cm

    check_size(wanted, DOCX_MOST)
    document = Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21.0)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(2)
    document.core_properties.title = title
    document.core_properties.author = ""
    out = io.BytesIO()
    document.save(out)
    return _with_content(out, _paragraph(title, size=36, centred=True) + _table(every_entry(wanted, DOCX_MOST)))


def _with_content(empty: io.BytesIO, content: str) -> bytes:
    """An empty document with this XML in it, put in as text: as a tree, thousands of rows take a minute."""
    out = io.BytesIO()
    with zipfile.ZipFile(empty) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for item in before.infolist():
            data = before.read(item)
            if item.filename == "word/document.xml":
                data = data.replace(b"<w:body>", b"<w:body>" + content.encode(), 1)
            after.writestr(item, data)
    return out.getvalue()


def _heads() -> list[str]:
    return [
        _("索引号"),
        _("名称"),
        _("内容概述"),
        _("生成日期"),
        _("发布机构"),
        _("发文字号"),
        _("信息类型"),
        _("发布日期"),
        _("有效性"),
        _("网址"),
    ]


def _cells(entry: Line, labels: _Labels) -> list[str]:
    return [
        entry.index_number or "",
        entry.title,
        entry.summary,
        entry.made_on.isoformat() if entry.made_on else "",
        labels.agencies[entry.agency_id],
        entry.document_number,
        labels.kinds[entry.kind],
        timezone.localdate(entry.published_at).isoformat(),
        labels.validities[entry.validity],
        f"{labels.address}{entry.id}/",
    ]


def _table(entries: Iterator[Line]) -> str:
    """The whole table as XML."""
    widths = (1000, 2700, 4700, 4300, 1500)
    grid = "".join(f'<w:gridCol w:w="{w}"/>' for w in widths)
    border = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="808080"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    heads = [_("序号"), *_heads()[:4]]
    rows, labels = [_row(heads, widths, head=True)], _Labels.now()
    rows += [_row([str(n), *_cells(entry, labels)[:4]], widths) for n, entry in enumerate(entries, 1)]
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{border}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(rows)}</w:tbl>'
    )


def _row(values: list[str], widths: tuple[int, ...], head: bool = False) -> str:
    marks = "<w:trPr><w:cantSplit/>" + ("<w:tblHeader/>" if head else "") + "</w:trPr>"
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{_paragraph(value, bold=head)}</w:tc>'
        for value, width in zip(values, widths, strict=True)
    )
    return f"<w:tr>{marks}{cells}</w:tr>"


def _paragraph(text: str, size: int = 20, bold: bool = False, centred: bool = False) -> str:
    align = '<w:jc w:val="center"/>' if centred else ""
    weight = "<w:b/>" if bold or centred else ""
    face = '<w:rFonts w:eastAsia="宋体"/>'
    run = f'<w:rPr>{face}{weight}<w:sz w:val="{size}"/></w:rPr>'
    clean = escape(text.translate(_NOT_XML))
    return (
        f'<w:p><w:pPr><w:spacing w:after="0"/>{align}</w:pPr><w:r>{run}'
        f'<w:t xml:space="preserve">{clean}</w:t></w:r></w:p>'
    )
