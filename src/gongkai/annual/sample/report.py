"""Sample reports: complete, consistent and invented, in each of the five forms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from random import Random
from typing import Literal
from zlib import crc32

from gongkai.annual.forms import ChapterSpec, Form, form
from gongkai.annual.model import (
    Block,
    Cell,
    CellState,
    Chapter,
    Grid,
    GridCell,
    Paragraph,
    Period,
    Report,
    Source,
    Span,
    Where,
)
from gongkai.annual.render.grid import LaidTable, figure
from gongkai.annual.render.layout import Element, Style, lay_out, preamble
from gongkai.annual.sample.figures import figures
from gongkai.annual.sample.prose import Writer

Size = Literal["department", "county", "town", "university", "city"]


def sample_report(
    form_id: str,
    *,
    year: int,
    agency: str,
    seed: int = 0,
    size: Size = "department",
    previous: Report | None = None,
) -> Report:
    """A report that an office might have written: no rule finds fault with it.

    The same arguments give the same report. `previous` is last year's: carried-over cases, stocks and item counts
    follow from it and its sentences are not used again.
    """
    official = form(form_id)
    if form_id == "university":
        size = "university"
    rng = Random(f"{seed}|{agency}|{year}|figures")
    numbers = figures(form_id, size, year, rng, previous)
    writer = Writer(agency, size, year, form_id, numbers, seed, previous)
    texts = writer.chapters()
    report = Report(
        source=Source(None, "html", "utf-8", (), Span(0, 0)),
        agency=agency,
        title=_title(official, agency, year),
        year=year,
        period=_period(official, year),
        form=form_id,
        chapters=tuple(_chapter(c, texts) for c in official.chapters if c.kind != "table" or _has_table(c, numbers)),
        cells=_cells(official, numbers, agency, rng),
        published=_published(official, size, year, rng),
    )
    return with_blocks(report, writer.opening())


def with_blocks(report: Report, opening: Sequence[str] | None = None) -> Report:
    """The report with its blocks, and every place in it, as the official layout has them.

    `opening` is what stands before the first chapter; left out, the report keeps the one it has.
    """
    before = list(preamble(report)) if opening is None else list(opening)
    blocks: list[Block] = []
    begins: dict[int, int] = {}
    ends: dict[int, int] = {}
    cells = dict(report.cells)
    current: int | None = None
    for element in _elements(report, before):
        index = len(blocks)
        if isinstance(element, LaidTable):
            blocks.append(_grid(element, index, cells))
        else:
            if element.style is Style.CHAPTER:
                current = element.chapter
                if current is not None:
                    begins[current] = index
            level = {Style.TITLE: 1, Style.CHAPTER: 2}.get(element.style)
            blocks.append(Paragraph(index, element.text, heading=level))
        if current is not None:
            ends[current] = index
    chapters = tuple(_placed(c, begins.get(i, 0), ends.get(i, 0)) for i, c in enumerate(report.chapters))
    return report.with_(
        blocks=tuple(blocks),
        chapters=chapters,
        cells=cells,
        table_blocks=frozenset(b.index for b in blocks if isinstance(b, Grid)),
        source=Source(
            report.source.path,
            report.source.format,
            report.source.encoding,
            report.source.repairs,
            Span(0, max(0, len(blocks) - 1)),
        ),
    )


def _elements(report: Report, opening: Sequence[str]) -> list[Element]:
    return list(lay_out(report.with_(blocks=()), opening=opening))


def _placed(chapter: Chapter, begin: int, end: int) -> Chapter:
    return Chapter(chapter.id, chapter.no, chapter.title, Where(begin), max(begin, end), chapter.text)


def _grid(table: LaidTable, index: int, cells: dict[str, Cell]) -> Grid:
    for c in table.cells:
        old = cells.get(c.cell) if c.cell else None
        if old is not None:
            where = Where(index, c.row, c.col)
            cells[old.id] = Cell(old.id, old.value, old.raw, where, old.state, old.unit, old.note)
    return Grid(index, tuple(GridCell(c.text, c.row, c.col, c.rowspan, c.colspan) for c in table.cells))


def _title(official: Form, agency: str, year: int) -> str:
    title = official.title_pattern.replace("{N+1}", str(year + 1)).replace("{N}", str(year))
    return title.replace("{机关名称}", agency).replace("{学校名称}", agency)


def _period(official: Form, year: int) -> Period:
    if official.period["kind"] == "academic_year":
        return Period(date(year, 9, 1), date(year + 1, 8, 31))
    return Period(date(year, 5 if year == 2008 else 1, 1), date(year, 12, 31))


def _published(official: Form, size: str, year: int, rng: Random) -> date:
    if official.id == "university":
        return date(year + 1, 10, rng.randint(10, 30))
    if official.id in ("gov-2019", "gov-2021") and size in ("department", "town"):
        return date(year + 1, 1, rng.randint(6, 29))
    return date(year + 1, 3, rng.randint(1, 30))


def _has_table(chapter: ChapterSpec, numbers: Mapping[str, object]) -> bool:
    return chapter.required or any(id.startswith(f"{chapter.table}.") for id in numbers)


def _chapter(spec: ChapterSpec, texts: Mapping[str, str]) -> Chapter:
    return Chapter(spec.id, spec.no, spec.title, Where(0), 0, texts.get(spec.id, ""))


def _cells(official: Form, numbers: Mapping[str, int | Decimal], agency: str, rng: Random) -> dict[str, Cell]:
    cells = {}
    for id, spec in official.cells.items():
        if id in numbers:
            value = Decimal(numbers[id])
            cells[id] = Cell(id, value, figure(value))
        elif spec.type == "text":
            cells[id] = _text_cell(id, spec.row.code or "", agency, rng)
    return cells


def _text_cell(id: str, code: str, agency: str, rng: Random) -> Cell:
    if id.endswith(".link"):
        host = f"xxgk.u{crc32(agency.encode()) % 10000:04d}.test"
        link = f"https://{host}/qd/{code.zfill(2)}.html"
        return Cell(id, link, link)
    if rng.random() < 0.06:
        note = rng.choice(("本学年无此事项", "学期初更新", "按年度公开"))
        return Cell(id, note, note)
    return Cell(id, None, "", state=CellState.BLANK)
