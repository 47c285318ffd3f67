"""PDF files with a text layer: paragraphs out of lines, tables out of ruling lines or alignment."""

from __future__ import annotations

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from gongkai.annual.errors import DamagedFile, Encrypted, NoText
from gongkai.annual.extract import limits
from gongkai.annual.extract.draft import Draft
from gongkai.annual.extract.pdf.flow import Sheet, sheet_of, write_sheets
from gongkai.annual.extract.pdf.glyphs import read_page
from gongkai.annual.extract.pdf.streams import guard
from gongkai.annual.model import Document


def read_pdf(data: bytes) -> Document:
    """The document in a PDF; raises `NoText` for a scan without a text layer."""
    guard(data)
    try:
        file = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if raw.FPDF_GetLastError() == raw.FPDF_ERR_PASSWORD or "password" in str(error).lower():
            raise Encrypted from error
        raise DamagedFile from error
    try:
        limits.at_most(len(file), limits.MAX_PAGES, "页数", "pages")
        sheets = _sheets(file)
        title = file.get_metadata_value("Title")
    except pdfium.PdfiumError as error:
        raise DamagedFile(str(error)[:80]) from error
    finally:
        file.close()
    if not any(sheet.items for sheet in sheets):
        raise NoText
    draft = Draft()
    write_sheets(sheets, draft)
    return draft.document("pdf", title=title)


def _sheets(file: pdfium.PdfDocument) -> list[Sheet]:
    sheets = []
    for number in range(1, len(file) + 1):
        page = file[number - 1]
        try:
            sheets.append(sheet_of(read_page(page, number)))
        finally:
            page.close()
    return sheets
