"""Marks the blocks of a document with what they may be, before reports are told apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from gongkai.annual.forms import all_forms
from gongkai.annual.model import Block, Grid, Paragraph
from gongkai.annual.reading import furniture, titles
from gongkai.annual.reading.headings import Heading, Style, heading_of, is_contents_line
from gongkai.annual.reading.names import is_agency
from gongkai.annual.reading.titles import Title, squeeze
from gongkai.text.labels import plain

_TITLE_TAIL = re.compile(r"(?:报告|年报|总结|汇报|[表])(?:[（(【〔][^（）()]{1,14}[）)】〕])?[。.]?[”》」]?$")
_LAST_CHARACTER = "告"
"""What is left on the second line where 报告 was broken in two."""
_SELF = re.compile(r"^本(?:年度)?(?:工作)?(?:年度)?(?:工作)?报告(?:是|系)?(?:由|根据|按照|按|依据|依照)")
_AS_FOLLOWS = re.compile(
    r"(?:情况|报告|汇报|公布|总结|通报|工作)(?:简要)?(?:汇报|报告|公布|总结|通报|说明)?如下\s{0,2}[：:。.]?\s{0,2}$"
)
_PRESENT = re.compile(r"现(?:就|将|把)?[^。]{0,60}(?:报告|汇报|公布|总结)如下|作(?:简要)?(?:汇报|报告)[：:。]?$")
_DATE = re.compile(
    r"^[（(]?(?:(?:19|20)\d\d|[一二][〇○零０OＯ一二三四五六七八九]{3})\s*[年.\-/]\s*(?:\d{1,2}|[一二三四五六七八九十]{1,2})\s*[月.\-/]"
    r"\s*(?:(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*日?)?[)）]?$"
)
_DATE_AT_END = re.compile(
    r"(?:(?:19|20)\d\d|[一二][〇○零０OＯ一二三四五六七八九]{3})年(?:\d{1,2}|[一二三四五六七八九十]{1,2})月(?:\d{1,2}|[一二三四五六七八九十]{1,3})日$"
)
_TABLE_START = re.compile(r"统计指标|统计数$|申请人情况|^信息内容|第二十条第")
_FIGURE_LINE = re.compile(r"^(?:[\d.,，%％/\s×xX-]{1,16}|[-—–─－]{1,4}|[条件次篇个期份人元项万千]{1,2}|无|万元|人次)$")
_BESIDE = re.compile(r"(?:\s{1,20}(?:[条件次篇个期份人元项]|人次|万元))?(?:\s{1,20}[\d.,，%％—–/－无-]{1,16}){0,15}$")
"""The unit and the figures that follow a label on its line."""
_SHORT = 60
_PROSE = re.compile(r"[。；，,;]")
_SENTENCE = re.compile(r"[。；，：,;:！？]")


@dataclass(slots=True)
class Line:
    """A block with what it may be."""

    index: int
    text: str
    """The paragraph's text; a grid's first rows."""
    grid: bool = False
    heading: Heading | None = None
    row: bool = False
    """A row of a statistics table, flattened."""
    title: Title | None = None
    """The title that ends here."""
    separator: bool = False
    preamble: bool = False
    """A sentence that opens a report: 本报告由…编制, 现将…报告如下."""
    own: bool = False
    """The preamble speaks of 本报告."""
    agency: str | None = None
    """The line is a name and nothing else."""
    date: bool = False
    signed: bool = False
    """A name and a date, as below a document."""
    end: bool = False
    """What stands below a text on a page."""
    furniture: bool = False
    article: bool = False
    """Opens a news item or an essay."""
    labels: int = 0
    """How many official row labels stand in it."""
    prose: int = 0
    """Length of the text where it is prose."""

    def placed(self, index: int) -> Line:
        """The same line at another place (written out: `dataclasses.replace` takes ten times as long)."""
        return Line(
            index,
            self.text,
            heading=self.heading,
            separator=self.separator,
            preamble=self.preamble,
            own=self.own,
            agency=self.agency,
            date=self.date,
            signed=self.signed,
            end=self.end,
            furniture=self.furniture,
            article=self.article,
            prose=self.prose,
        )


def mark(blocks: Sequence[Block]) -> list[Line]:
    """One line for each block."""
    lines = [_grid(b) if isinstance(b, Grid) else _paragraph(b) for b in blocks]
    _mark_titles(lines)
    _mark_rows(lines)
    return lines


def _grid(grid: Grid) -> Line:
    head = [c for c in grid.cells if c.row < 3][:24]
    line = Line(grid.index, " ".join(c.text for c in head), grid=True)
    for cell in head:
        text = squeeze(cell.text[:120])
        title = titles.parse(text, first=grid.index, last=grid.index) if "公开" in text else None
        if title is not None and (title.agency or title.year) and line.title is None:
            line.title = replace(title, glued=True)
    line.labels = sum(plain(c.text[:60]) in row_labels() for c in grid.cells[:80] if len(c.text) >= 4)
    return line


def _paragraph(block: Paragraph) -> Line:
    if len(block.text) > _SHORT:
        return _read_line(block.text, block.heading, block.index)
    return _short_line(block.text, block.heading).placed(block.index)


@lru_cache(maxsize=1 << 14)
def _short_line(text: str, level: int | None) -> Line:
    """A short line without its place; kept, because official labels and headings come in every report."""
    return _read_line(text, level, -1)


def _read_line(raw: str, level: int | None, index: int) -> Line:
    text = raw.strip()
    line = Line(index, text)
    if not text or (len(text) <= 16 and _FIGURE_LINE.match(text)):
        return line
    short = len(text) <= _SHORT
    line.separator = short and furniture.is_separator(text)
    line.end = furniture.ends_page(text)
    line.furniture = line.end or furniture.is_furniture(text)
    if not line.furniture and not is_contents_line(text):
        line.heading = heading_of(raw, level=level)
    if short:
        _mark_short(line)
    else:
        _mark_long(line)
    line.own = _SELF.match(text) is not None
    if line.own or "如下" in text or text.endswith(("汇报。", "汇报：", "汇报")):
        line.preamble = line.own or _AS_FOLLOWS.search(text) is not None or _PRESENT.search(text) is not None
    line.article = furniture.is_news(text) or furniture.is_scholarly(text)
    if line.heading is None and short and not line.article:
        line.article = furniture.is_article_title(text)
    return line


def _mark_short(line: Line) -> None:
    if _SENTENCE.search(line.text) is None:
        name = squeeze(line.text)
        line.date = _DATE.match(line.text) is not None
        if not line.date:
            line.agency = name if is_agency(name) else None
            found = _DATE_AT_END.search(name) if name.endswith("日") else None
            line.signed = found is not None and is_agency(name[: found.start()])
    elif "。" in line.text or len(line.text) > 30:
        line.prose = len(line.text)


def _mark_long(line: Line) -> None:
    if _PROSE.search(line.text):
        line.prose = len(line.text)
    if "统计" in line.text[:120] or "公开" in line.text[:120]:
        line.title = titles.parse_glued(line.text, index=line.index)
        if line.title is not None and line.title.table:
            compact = plain(line.text)
            line.labels = sum(label in compact for label in row_labels() if len(label) >= 6)


def _mark_titles(lines: list[Line]) -> None:
    for at, line in enumerate(lines):
        if line.grid or line.title or not line.text or line.furniture or line.separator:
            continue
        if len(line.text) > 2 * titles.LONGEST:
            continue
        if "|" in line.text:
            line.title = _piped_title(line)
        elif _TITLE_TAIL.search(line.text) or line.text == _LAST_CHARACTER:
            before = [squeeze(x.text) for x in _short_before(lines, at)]
            title = titles.parse_joined([*before, squeeze(line.text)], last=line.index)
            if title is not None:
                line.title, line.heading, line.article = title, None, False


def _piped_title(line: Line) -> Title | None:
    for part in line.text.split("|"):
        title = titles.parse(squeeze(part), first=line.index, last=line.index)
        if title is not None and title.agency is not None and title.year is not None:
            return title
    return None


def _short_before(lines: list[Line], at: int) -> list[Line]:
    found: list[Line] = []
    for line in reversed(lines[max(0, at - titles.MOST_LINES + 1) : at]):
        blocked = line.grid or line.title or line.furniture or line.separator or line.date or line.signed or line.row
        if blocked or not line.text or len(line.text) > 40 or (line.heading and line.heading.style is not Style.NONE):
            break
        found.insert(0, line)
    return found


@cache
def row_labels() -> frozenset[str]:
    """The normal forms of all row labels of the forms' tables."""
    labels = set()
    for form in all_forms():
        for table in form.tables:
            for block in table.blocks:
                for row in block.rows:
                    labels.update({plain(row.label), plain(row.label, drop_numbering=True)})
    return frozenset(label for label in labels if len(label) >= 4)


@cache
def _ambiguous() -> frozenset[str]:
    """Row labels that read like chapter titles."""
    return frozenset(label for label in row_labels() if label.endswith("情况"))


def _mark_rows(lines: list[Line]) -> None:
    """Tells rows of flattened tables from headings: 一、本年新收政府信息公开申请数量 opens no chapter."""
    in_table = False
    for at, line in enumerate(lines):
        if line.grid or not line.text:
            continue
        if line.prose > 60 and not line.labels:
            in_table = False
        elif _starts_table(line.text):
            in_table = True
        elif _is_row(lines, at, in_table=in_table) or (in_table and _is_label(line.text)):
            line.row, line.labels, line.separator = True, 1, False


def _starts_table(text: str) -> bool:
    """Whether a line is a part of a table's header; blanks between its words do not count."""
    if len(text) > 3 * _SHORT:
        return False
    text = squeeze(text)
    return len(text) <= _SHORT and _TABLE_START.search(text) is not None


@lru_cache(maxsize=1 << 12)
def _is_label(text: str) -> bool:
    """Whether a line is a row's label, its unit and figures beside it or not."""
    if len(text) > 3 * _SHORT:
        return False
    text = " ".join(text.split())
    return len(text) <= _SHORT and plain(_BESIDE.sub("", text), drop_numbering=True) in row_labels()


def _is_row(lines: list[Line], at: int, *, in_table: bool) -> bool:
    heading = lines[at].heading
    if heading is None:
        return False
    label = plain(heading.title)
    known = label in row_labels() or any(label.startswith(x) for x in _longest_rows())
    if not known:
        return False
    if label not in _ambiguous():
        return in_table or heading.style is not Style.NONE
    following = next((x for x in lines[at + 1 :] if x.text), None)
    return (
        following is not None
        and not following.grid
        and (_FIGURE_LINE.match(following.text) is not None or (in_table and following.labels > 0))
    )


@cache
def _longest_rows() -> tuple[str, ...]:
    starts = ("本年新收政府信息公开申请数量", "上年结转政府信息公开申请数量", "结转下年度继续办理", "本年度办理结果")
    return tuple(label for label in row_labels() if label.startswith(starts))
