"""The pages of a PDF as one flow of paragraphs and tables, without page numbers and running heads."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise

from gongkai.annual.extract.blanks import QUOTES, WIDE
from gongkai.annual.extract.draft import Draft
from gongkai.annual.extract.pdf import rulings
from gongkai.annual.extract.pdf.aligned import Aligned, find_aligned
from gongkai.annual.extract.pdf.glyphs import Page
from gongkai.annual.extract.pdf.joining import Torn, cells_of
from gongkai.annual.extract.pdf.lines import Line, lines
from gongkai.annual.extract.pdf.rulings import Ruled

_PAGE_NUMBER = re.compile(
    r"[-—–－_·•~\s]*(?:第\s*)?[0-9０-９]{1,4}\s*(?:页)?[-—–－_·•~\s]*(?:[/／,，]?\s*(?:共\s*)?[0-9]{1,4}\s*页?)?"
)
_DIGITS = re.compile(r"[0-9０-９]+")
_WIDE = re.compile(f"[{WIDE}{QUOTES}]")
_STARTS = re.compile(r"[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）")
_ENDS = tuple("。；：！？")
_MARGIN = 0.11
"""Share of the page's height at its top and bottom where page numbers and running heads stand."""
_APART = 1.3
"""Times the usual distance between lines: what stands farther from the text is a head or a foot."""
_LARGE = 1.12
"""Times the size of the page's text from which a line is a title."""

Item = Line | Ruled | Aligned


@dataclass(slots=True)
class Sheet:
    """A page's items from top to bottom and the margins of its text."""

    number: int
    width: float
    height: float
    items: list[Item]
    left: float = 0.0
    right: float = 0.0
    leading: float = 0.0
    size: float = 0.0


def sheet_of(page: Page) -> Sheet:
    """A page's tables with their glyphs, and its lines."""
    glyphs = page.glyphs
    tables = rulings.find(page)
    for table in tables:
        glyphs = rulings.fill(table, glyphs)
    filled = [t for t in tables if any(b.glyphs for b in t.boxes)]
    items: list[Item] = sorted([*lines(glyphs), *filled], key=lambda item: item.top)
    return Sheet(page.number, page.width, page.height, items)


def write_sheets(sheets: list[Sheet], draft: Draft) -> None:
    """Writes all pages into a draft."""
    _drop_margins(sheets)
    for sheet in sheets:
        _measure(sheet)
        sheet.items = find_aligned(sheet.items)
    Flow(draft).write(sheets)


def _drop_margins(sheets: list[Sheet]) -> None:
    """Removes page numbers, and the lines that stand in the same place at the edge of most pages."""
    heads = Counter(key for sheet in sheets for key in {_place(sheet, i) for i in _outermost(sheet.items)} if key)
    often = max(2, (len(sheets) + 1) // 2)
    for sheet in sheets:
        edges = {id(line) for line in _outermost(sheet.items)} if len(sheets) > 2 else set()
        sheet.items = [
            item
            for item in sheet.items
            if not (isinstance(item, Line) and (key := _place(sheet, item)))
            or not (_PAGE_NUMBER.fullmatch(item.text) or (id(item) in edges and heads[key] >= often))
        ]


def _outermost(items: list[Item]) -> list[Line]:
    """The first and the last line of a page where they stand apart from the text."""
    found = [item for item in items if isinstance(item, Line)]
    steps = [b.middle - a.middle for a, b in pairwise(found)]
    if len(found) < 3:
        return found
    usual = sorted(steps)[len(steps) // 4]
    edges = ((found[0], steps[0]), (found[-1], steps[-1]))
    return [line for line, step in edges if step > _APART * usual]


def _place(sheet: Sheet, line: Line) -> tuple[str, int] | None:
    """A line's words without figures and its height on the page, if it stands at the upper or lower edge."""
    if sheet.height * _MARGIN < line.middle < sheet.height * (1 - _MARGIN):
        return None
    return _DIGITS.sub("0", line.text), round(line.middle / 6)


def _measure(sheet: Sheet) -> None:
    found = [item for item in sheet.items if isinstance(item, Line)]
    if not found:
        return
    sizes = sorted(line.size for line in found)
    sheet.size = sizes[len(sizes) // 2]
    lefts = Counter(round(line.x0 / 3) for line in found)
    common = [at for at, count in lefts.items() if count >= max(2, len(found) // 8)] or list(lefts)
    sheet.left = min(line.x0 for line in found if round(line.x0 / 3) == min(common))
    rights = sorted(line.x1 for line in found)
    sheet.right = rights[int(len(rights) * 0.8)] if len(rights) > 3 else max(rights[-1], sheet.width - sheet.left)
    steps = sorted(b.middle - a.middle for a, b in pairwise(found))
    sheet.leading = steps[len(steps) // 2] if steps else 0.0


@dataclass(slots=True)
class Flow:
    """Puts lines together to paragraphs and torn tables together to one."""

    draft: Draft
    text: str = ""
    page: int = 0
    heading: int | None = None
    before: Line | None = None
    on: Sheet | None = None
    table: Torn | None = None
    seen: int = field(default=0)

    def write(self, sheets: list[Sheet]) -> None:
        """Writes the pages."""
        for sheet in sheets:
            first = True
            for item in sheet.items:
                if isinstance(item, Ruled):
                    self._ruled(item, sheet, first)
                elif isinstance(item, Aligned):
                    self._flush()
                    self.draft.grid(item.cells, page=sheet.number)
                else:
                    self._line(item, sheet)
                first = False
        self._flush()

    def _ruled(self, ruled: Ruled, sheet: Sheet, first: bool) -> None:
        table = self.table
        if table is not None and first and self.on is not sheet and table.continues(ruled):
            table.tables.append(ruled)
        else:
            self._flush()
            self.table = Torn(sheet.number, [ruled])
        self.on = sheet

    def _line(self, line: Line, sheet: Sheet) -> None:
        self._end_table()
        centered = _is_centered(line, sheet)
        if self.before is None or self.on is None or centered or self._begins(line, sheet):
            self._flush()
            self.page = sheet.number
            large = line.size > _LARGE * sheet.size or (sheet.number == 1 and self.seen == 0)
            self.heading = 1 if centered and large else None
            self.text = line.text
        else:
            self.text += _glue(self.text, line.text) + line.text
        self.before, self.on = line, sheet
        if not centered:
            self.seen += 1

    def _begins(self, line: Line, sheet: Sheet) -> bool:
        """Whether a paragraph begins with this line, which follows `self.before`."""
        before, on = self.before, self.on
        if before is None or on is None:
            return True
        em = sheet.size
        if line.x0 - sheet.left > 1.2 * em or on.right - before.x1 > 2.5 * em or _is_centered(before, on):
            return True
        if abs(line.size - before.size) > 0.35 * em:
            return True
        if on is sheet and sheet.leading and line.middle - before.middle > 1.8 * sheet.leading:
            return True
        return bool(_STARTS.match(line.text)) and before.text.endswith(_ENDS)

    def _flush(self) -> None:
        self._end_table()
        if self.text:
            self.draft.paragraph(self.text, heading=self.heading, page=self.page)
        self.text, self.before, self.heading = "", None, None

    def _end_table(self) -> None:
        if self.table is not None:
            table, self.table = self.table, None
            self.draft.grid(cells_of(table), page=table.page)


def _is_centered(line: Line, sheet: Sheet) -> bool:
    em = sheet.size
    middle = (sheet.left + sheet.right) / 2 if sheet.right > sheet.left + 4 * em else sheet.width / 2
    off = min(abs((line.x0 + line.x1) / 2 - middle), abs((line.x0 + line.x1) / 2 - sheet.width / 2))
    if line.size > _LARGE * em:
        return off < 0.8 * em
    return off < 0.8 * em and line.x0 - sheet.left > 2.8 * em and sheet.right - line.x1 > 2.0 * em


def _glue(left: str, right: str) -> str:
    """What stands between the end of a line and the next line of the same paragraph."""
    if _WIDE.match(left[-1:]) or _WIDE.match(right[:1]) or left[-1:].isdigit() or left[-1:] in "-.@_/":
        return ""
    return " "
