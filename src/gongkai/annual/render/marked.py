"""A report as a Word document with its findings as comments, for the person who has to correct it."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from gongkai.annual.model import Finding, Paragraph, Report, Severity, Where
from gongkai.annual.render.grid import LaidTable
from gongkai.annual.render.layout import Element, Style, lay_out
from gongkai.annual.render.word import fill, new_document, saved

_SHADES = {Severity.ERROR: "F8CBAD", Severity.WARNING: "FFE699", Severity.INFO: "DDEBF7"}
_UNREAD = "E7E6E6"
_NAMES = {Severity.ERROR: "错误", Severity.WARNING: "疑点", Severity.INFO: "提示"}
_AUTHOR, _INITIALS = "年报体检", "检"


@dataclass(frozen=True, slots=True)
class _Place:
    """A paragraph of the new document, and the span of characters in it to mark; None for all of it."""

    paragraph: Any
    start: int | None = None
    end: int | None = None


def marked_docx(report: Report) -> bytes:
    """The report as .docx: each finding is a comment where it arises; doubtful and unread cells are shaded."""
    elements = lay_out(report)
    document = new_document(report)
    added = fill(document, elements, _shades(report))
    places = _Places(report, elements, added)
    for finding in report.findings:
        _comment(document, places.of(finding), f"【{_NAMES[finding.severity]}】{finding.message}（{finding.rule}）")
    for unread in report.unread:
        place = places.cell(unread.cell)
        if place is not None:
            _comment(document, [place], f"【未读出】原文为“{unread.raw[:100]}”，请核对后填写。")
    return saved(document)


def _shades(report: Report) -> dict[str, str]:
    """Cell id → background; the gravest finding decides."""
    shades = {u.cell: _UNREAD for u in report.unread if u.cell}
    for severity in (Severity.INFO, Severity.WARNING, Severity.ERROR):
        for finding in report.findings:
            if finding.severity is severity:
                shades.update(dict.fromkeys(finding.cells, _SHADES[severity]))
    return shades


class _Places:
    """Finds where in the new document a finding belongs."""

    def __init__(self, report: Report, elements: tuple[Element, ...], added: list[Any]) -> None:
        self._report = report
        self._cells: dict[str, Any] = {}
        self._lines: dict[str, Any] = {}
        self._chapters: dict[int, Any] = {}
        self._first: Any = None
        for element, xml in zip(elements, added, strict=True):
            if isinstance(element, LaidTable):
                self._cells.update(_cell_paragraphs(element, xml))
                continue
            self._lines.setdefault(element.text, xml)
            if element.style is Style.CHAPTER and element.chapter is not None:
                self._chapters[element.chapter] = xml
            if self._first is None:
                self._first = xml
        self._blocks = {b.index: b for b in report.blocks}

    def cell(self, id: str | None) -> _Place | None:
        """The cell's paragraph."""
        return _Place(self._cells[id]) if id in self._cells else None

    def of(self, finding: Finding) -> list[_Place]:
        """The first place of the finding that is printed: its cell, its words, its chapter, else the title."""
        for id in finding.cells:
            if id in self._cells:
                return [_Place(self._cells[id])]
        for where in finding.where:
            place = self._words(where) or self._chapter(where)
            if place is not None:
                return [place]
        for i in finding.facts:
            if i < len(self._report.facts):
                place = self._words(self._report.facts[i].where)
                if place is not None:
                    return [place]
        return [_Place(self._first)] if self._first is not None else []

    def _words(self, where: Where) -> _Place | None:
        block = self._blocks.get(where.block)
        if not isinstance(block, Paragraph):
            return None
        text = block.text.strip()
        paragraph = self._lines.get(text)
        if paragraph is None:
            return None
        if where.start is None or where.end is None:
            return _Place(paragraph)
        skipped = len(block.text) - len(block.text.lstrip())
        return _Place(paragraph, max(0, where.start - skipped), max(0, where.end - skipped))

    def _chapter(self, where: Where) -> _Place | None:
        for i, chapter in enumerate(self._report.chapters):
            if chapter.where.block <= where.block <= chapter.last_block and i in self._chapters:
                return _Place(self._chapters[i])
        return None


def _cell_paragraphs(table: LaidTable, xml: Any) -> Iterator[tuple[str, Any]]:
    """Cell id → the paragraph in its table cell."""
    from docx.oxml.ns import qn

    rows = xml.findall(qn("w:tr"))
    at = {(c.row, c.col): c for c in table.cells}
    for i, row in enumerate(rows):
        col = 0
        for td in row.findall(qn("w:tc")):
            span = td.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
            cell = at.get((i, col))
            if cell is not None and cell.cell:
                yield cell.cell, td.find(qn("w:p"))
            col += int(span.get(qn("w:val"))) if span is not None else 1


def _comment(document: Any, places: list[_Place], text: str) -> None:
    from docx.text.paragraph import Paragraph as WordParagraph

    for place in places:
        paragraph = WordParagraph(place.paragraph, document._body)
        runs = _runs(paragraph, place.start, place.end)
        comment = document.add_comment(runs, text=text, author=_AUTHOR, initials=_INITIALS)
        _east_asian(comment)


def _east_asian(comment: Any) -> None:
    from docx.oxml.ns import qn

    for paragraph in comment.paragraphs:
        for run in paragraph.runs:
            run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "宋体")


def _runs(paragraph: Any, start: int | None, end: int | None) -> list[Any]:
    """The runs to mark; the ones that the span cuts are split, and what is marked is highlighted."""
    from docx.enum.text import WD_COLOR_INDEX

    if not paragraph.runs:
        return [paragraph.add_run("")]
    if start is None or end is None or end <= start:
        return [paragraph.runs[0], paragraph.runs[-1]]
    _split(paragraph, start)
    _split(paragraph, end)
    chosen, position = [], 0
    for run in paragraph.runs:
        if start <= position < end:
            run.font.highlight_color = WD_COLOR_INDEX.YELLOW
            chosen.append(run)
        position += len(run.text)
    return [chosen[0], chosen[-1]] if chosen else [paragraph.runs[0], paragraph.runs[-1]]


def _split(paragraph: Any, at: int) -> None:
    """Makes a run begin at this character."""
    from docx.text.run import Run

    position = 0
    for run in paragraph.runs:
        length = len(run.text)
        if position < at < position + length:
            text, cut = run.text, at - position
            rest = copy.deepcopy(run._r)
            run._r.addnext(rest)
            run.text, Run(rest, paragraph).text = text[:cut], text[cut:]
            return
        position += length
