"""The order of a printed report: title, opening, chapters with their prose and official tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from gongkai.annual.forms import FORM_IDS, ChapterSpec, Form, TableSpec, form
from gongkai.annual.model import Chapter, Grid, Paragraph, Report
from gongkai.annual.render.grid import LaidCell, LaidTable, Role, lay_table, legible


class Style(StrEnum):
    """How a line is set."""

    TITLE = "title"
    AGENCY = "agency"
    """The agency's name over a title that does not hold it."""
    PUBLISHED = "published"
    CHAPTER = "chapter"
    BODY = "body"


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph; `chapter` is the index in `Report.chapters` that it belongs to."""

    text: str
    style: Style = Style.BODY
    chapter: int | None = None


Element = Line | LaidTable

_CHINESE_NUMBER = re.compile(r"[一二三四五六七八九十百]+")


def lay_out(report: Report, *, opening: Iterable[str] | None = None) -> tuple[Element, ...]:
    """The report's elements in the official order; tables stand after the prose of their chapter.

    `opening` replaces what stood before the first chapter in the source.
    """
    before = preamble(report) if opening is None else opening
    elements = (*_head(report), *(Line(text) for text in before), *_chapters(report))
    return tuple(e if isinstance(e, LaidTable) else replace(e, text=legible(e.text)) for e in elements)


def title_of(report: Report) -> str | None:
    """The printed title, else the form's with the agency's name and the year."""
    if report.title:
        return " ".join(report.title.split())
    if report.form in FORM_IDS and report.year:
        pattern = form(report.form).title_pattern
        school = report.agency or ""
        text = pattern.replace("{N+1}", str(report.year + 1)).replace("{N}", str(report.year))
        return text.replace("{机关名称}", school).replace("{学校名称}", school)
    return report.agency


def heading(no: str | None, title: str) -> str:
    """A chapter's heading with its number: 一、总体情况."""
    if not no:
        return title
    if _CHINESE_NUMBER.fullmatch(no):
        return f"{no}、{title}"
    if no.isascii() and no.isdigit():
        return f"{no}.{title}"
    return f"{no}：{title}" if no in ("附", "附件", "附表") else f"{no}{title}"


_SUBHEADING = re.compile(r"（[一二三四五六七八九十]{1,3}）[^，。；：！？]{1,24}[。：]")


def subheading(text: str) -> tuple[str, str]:
    """A paragraph's own heading, such as （一）主动公开情况。, and what follows it; the heading may be empty."""
    match = _SUBHEADING.match(text)
    if match:
        return text[: match.end()], text[match.end() :]
    whole = (
        len(text) <= 28 and re.match(r"（[一二三四五六七八九十]{1,3}）", text) is not None and text[-1] not in "。；"
    )
    return (text, "") if whole else ("", text)


def _head(report: Report) -> Iterator[Line]:
    title = title_of(report)
    if report.agency and title and report.agency not in title:
        yield Line(report.agency, Style.AGENCY)
    if title:
        yield Line(title, Style.TITLE)
    if report.published:
        day = report.published
        yield Line(f"发布日期：{day.year}年{day.month}月{day.day}日", Style.PUBLISHED)


def preamble(report: Report) -> Iterator[str]:
    """The sentences between the title and the first chapter, where the report still has its source's blocks."""
    if not report.blocks or not report.chapters:
        return
    end = min(c.where.block for c in report.chapters)
    for block in report.blocks:
        if block.index >= end:
            return
        if isinstance(block, Paragraph) and block.index not in report.table_blocks:
            text = " ".join(block.text.split())
            if len(text) >= 15 and text.endswith(("。", "：", ":")) and text != title_of(report):
                yield text


def _chapters(report: Report) -> Iterator[Element]:
    if report.form not in FORM_IDS:
        yield from _unknown_form(report)
        return
    official = form(report.form)
    waiting = [t for t in official.tables if _is_printed(official, t, report)]
    order = {c.id: i for i, c in enumerate(official.chapters)}
    for i, chapter in enumerate(report.chapters):
        if chapter.id is not None and chapter.id in order:
            for table in [t for t in waiting if order[t.chapter] < order[chapter.id] and not _has(report, t.chapter)]:
                waiting.remove(table)
                yield from _added(official, table, report)
        yield from _chapter(chapter, i)
        for table in [t for t in waiting if t.chapter == chapter.id]:
            waiting.remove(table)
            yield lay_table(table, report.cells)
    for table in waiting:
        yield from _added(official, table, report)


def _chapter(chapter: Chapter, i: int) -> Iterator[Line]:
    yield Line(heading(chapter.no, " ".join(chapter.title.split())), Style.CHAPTER, i)
    for text in chapter.text.splitlines():
        if text.strip():
            yield Line(text.strip(), Style.BODY, i)


def _has(report: Report, chapter: str) -> bool:
    return any(c.id == chapter for c in report.chapters)


def _is_printed(official: Form, table: TableSpec, report: Report) -> bool:
    """Required tables are printed where their chapter is; others where the report has cells of them."""
    used = any(official.cells[id].table.id == table.id for id in report.cells if id in official.cells)
    if used:
        return True
    return _is_own(official.chapter(table.chapter), table) and _has(report, table.chapter)


def _is_own(chapter: ChapterSpec, table: TableSpec) -> bool:
    return chapter.table == table.id


def _added(official: Form, table: TableSpec, report: Report) -> Iterator[Element]:
    """A table whose chapter the report does not have, under the official heading."""
    chapter = official.chapter(table.chapter)
    yield Line(heading(chapter.no, chapter.title), Style.CHAPTER)
    yield lay_table(table, report.cells)


def _unknown_form(report: Report) -> Iterator[Element]:
    """A report in no official form: its chapters, then its tables as the source drew them."""
    for i, chapter in enumerate(report.chapters):
        yield from _chapter(chapter, i)
        for block in report.blocks:
            if isinstance(block, Grid) and chapter.where.block <= block.index <= chapter.last_block:
                yield _drawn(block)
    if not report.chapters:
        for block in report.blocks:
            yield Line(block.text) if isinstance(block, Paragraph) else _drawn(block)


def _drawn(grid: Grid) -> LaidTable:
    cells = tuple(LaidCell(c.text, c.row, c.col, c.rowspan, c.colspan, Role.PLAIN) for c in grid.cells)
    return LaidTable(f"grid{grid.index}", "", cells, (1.0,) * grid.width, 0, grid.height)
