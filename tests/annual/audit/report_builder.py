"""Builds reports by hand for the tests of the audit: an invented agency, figures that balance, whole chapters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from gongkai.annual.forms import form
from gongkai.annual.model import (
    Block,
    Cell,
    CellState,
    Chapter,
    Fact,
    Grid,
    GridCell,
    Paragraph,
    Period,
    Report,
    Source,
    Span,
    Where,
)

AGENCY = "云州市教育局"
PROSE_2021 = {
    "c1": "2022年，云州市教育局认真落实政府信息公开条例，主动公开政府信息120条。全年收到申请5件，均已办结。",
    "c5": "一是解读形式还不够多样，二是栏目更新有时不及时。2023年，我局将继续丰富解读形式，按月检查栏目更新。",
    "c6": "本年度未收取信息处理费。",
}
PROSE_2014 = {
    "c1": "2016年，云州市教育局按照市政府部署，明确专人负责，信息公开工作有序开展，制度进一步健全，人员队伍保持稳定。",
    "c2": "全年主动公开政府信息60条，其中政府网站公开40条，政务微信公开20条，内容涵盖招生、收费、师资等方面的信息。",
    "c3": "全年收到政府信息公开申请4件，其中当面申请1件、网络申请2件、信函申请1件，均在法定期限内答复申请人。",
    "c4": "全年没有收取检索、复制、邮寄等费用。",
    "c5": "全年没有发生因政府信息公开引起的行政复议、行政诉讼。",
    "c6": "公开的主动性还需加强，部分栏目更新不够及时。2017年，我局将继续加强培训，按季度检查各科室的公开情况。",
    "c7": "没有其他需要报告的事项。",
}


def cells(values: Mapping[str, int | str | Decimal | None]) -> dict[str, Cell]:
    """Cells with these values; None is a blank cell."""
    made = {}
    for i, (id, value) in enumerate(values.items()):
        state = CellState.BLANK if value is None else CellState.READ
        figure = None if value is None else Decimal(value)
        made[id] = Cell(id, figure, "" if value is None else str(value), Where(900, row=i, col=1), state)
    return made


def full(form_id: str, **changes: int | str | None) -> dict[str, Cell]:
    """Every cell of a government form, zero but for the changes (double underscores stand for dots)."""
    values: dict[str, int | str | None] = {c.id: 0 for c in form(form_id).cells.values() if not c.local}
    values |= {k.replace("__", "."): v for k, v in changes.items()}
    return cells(values)


def balanced(**changes: int | str | None) -> dict[str, Cell]:
    """The cells of gov-2021 for five applications of natural persons, all granted."""
    five = {f"t3__{row}__{col}": 5 for row in ("new_received", "granted", "results_total") for col in _PEOPLE}
    return full("gov-2021", **{**five, **changes})


_PEOPLE = ("natural_person", "total")


def statistics(**changes: int | str | None) -> dict[str, Cell]:
    """The cells of gov-2014 that fit `PROSE_2014`."""
    stated = {
        "published": 60, "ch_website": 40, "ch_wechat": 20, "received": 4, "rc_in_person": 1, "rc_online": 2,
        "rc_letter": 1, "closed": 4, "closed_on_time": 4, "answered": 4, "an_granted": 4,
    }  # fmt: skip
    return full("gov-2014", **{f"stat__{k}": v for k, v in {**stated, **changes}.items()})


def report(
    form_id: str | None = "gov-2021",
    *,
    year: int | None = 2022,
    agency: str | None = AGENCY,
    title: str | None = None,
    prose: Mapping[str, str] | None = None,
    titles: Mapping[str, str] | None = None,
    without: Sequence[str] = (),
    figures: dict[str, Cell] | None = None,
    grids: Sequence[Sequence[Sequence[str]]] = (),
    more: Sequence[str] = (),
    facts: Sequence[Fact] = (),
    published: date | None = None,
    **changes: Any,
) -> Report:
    """A clean report of a form; the arguments say what differs."""
    spec = form(form_id) if form_id else None
    title = title if title is not None else f"{agency or ''}{year}年政府信息公开工作年度报告"
    texts = dict(prose if prose is not None else (PROSE_2021 if form_id in {"gov-2021", "gov-2019"} else PROSE_2014))
    blocks: list[Block] = [Paragraph(0, title)]
    chapters: list[Chapter] = []
    for chapter in spec.chapters if spec else ():
        if chapter.id in without or (spec is not None and chapter.no == "附"):
            continue
        name = (titles or {}).get(chapter.id, chapter.title)
        first = len(blocks)
        blocks.append(Paragraph(first, f"{chapter.no}、{name}"))
        for line in filter(None, texts.get(chapter.id, "").split("\n")):
            blocks.append(Paragraph(len(blocks), line))
        if chapter.table and figures is None:
            blocks.append(grid(len(blocks), [["项目", "0"]]))
        text = texts.get(chapter.id, "")
        chapters.append(Chapter(chapter.id, chapter.no, name, Where(first), len(blocks) - 1, text))
    for rows in grids:
        blocks.append(grid(len(blocks), rows))
    for line in more:
        blocks.append(Paragraph(len(blocks), line))
    tables = frozenset(b.index for b in blocks if isinstance(b, Grid))
    made = Report(
        source=Source(None, "txt", "utf-8", (), Span(0, len(blocks) - 1)),
        agency=agency,
        title=title,
        year=year,
        period=Period(date(year, 1, 1), date(year, 12, 31)) if year else None,
        form=form_id,
        chapters=tuple(chapters),
        cells=figures if figures is not None else (balanced() if form_id == "gov-2021" else {}),
        facts=tuple(facts),
        blocks=tuple(blocks),
        published=published,
        table_blocks=tables,
    )
    return made.with_(**changes)


def grid(index: int, rows: Sequence[Sequence[str]]) -> Grid:
    """A table without merged cells."""
    return Grid(index, tuple(GridCell(t, r, c) for r, row in enumerate(rows) for c, t in enumerate(row)))


def fact(kind: str, value: int | str, sentence: str, **more: Any) -> Fact:
    """A fact whose raw words are its value in the sentence."""
    raw = more.pop("raw", str(value))
    start = more.pop("start", max(sentence.find(raw), 0))
    return Fact(
        kind, Decimal(value), more.pop("unit", "件"), raw, sentence, Where(2, start=start, end=start + len(raw)), **more
    )


def rules(found: Sequence[Any]) -> list[str]:
    """The ids of the rules that found something, each once, in order."""
    return list(dict.fromkeys(f.rule for f in found))
