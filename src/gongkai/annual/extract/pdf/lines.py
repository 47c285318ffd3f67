"""Glyphs into lines of text, and lines into the text of a cell."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.annual.extract.blanks import IDEOGRAPH, tidy_cell
from gongkai.annual.extract.pdf.glyphs import Glyph

_WORD_GAP = 0.22
"""Of the font's size: a gap that parts words or figures."""
_LABEL_GAP = 0.4
"""Of the font's size: a gap that parts a figure from the label before it."""
_COLUMN_GAP = 0.9
"""Of the font's size: a gap that parts columns."""


@dataclass(slots=True)
class Line:
    """Glyphs on one line, from left to right."""

    glyphs: list[Glyph]

    @property
    def x0(self) -> float:
        """Left end."""
        return self.glyphs[0].x0

    @property
    def x1(self) -> float:
        """Right end."""
        return max(g.x1 for g in self.glyphs)

    @property
    def top(self) -> float:
        """Upper edge."""
        return min(g.top for g in self.glyphs)

    @property
    def bottom(self) -> float:
        """Lower edge."""
        return max(g.bottom for g in self.glyphs)

    @property
    def middle(self) -> float:
        """Vertical centre."""
        return sum(g.middle for g in self.glyphs) / len(self.glyphs)

    @property
    def size(self) -> float:
        """Middle of the glyphs' sizes."""
        sizes = sorted(g.size for g in self.glyphs)
        return sizes[len(sizes) // 2]

    @property
    def text(self) -> str:
        """Its text; a blank where a gap parts words or figures, two where it parts columns."""
        parts = [self.glyphs[0].text]
        for left, right in zip(self.glyphs, self.glyphs[1:], strict=False):
            parts.append(_between(left, right) + right.text)
        return "".join(parts).strip()

    def segments(self) -> list[Line]:
        """The parts of the line that wide gaps set apart."""
        found = [[self.glyphs[0]]]
        for glyph in self.glyphs[1:]:
            left = found[-1][-1]
            if glyph.x0 - left.x1 > _COLUMN_GAP * max(left.size, glyph.size):
                found.append([glyph])
            else:
                found[-1].append(glyph)
        return [Line(glyphs) for glyphs in found]

    def label_and_figure(self) -> list[Line]:
        """A label and the figure after it where a narrower gap still parts them, else the line itself."""
        for i in range(len(self.glyphs) - 1, 0, -1):
            left, right = self.glyphs[i - 1], self.glyphs[i]
            if not right.text.isdigit():
                break
            if right.x0 - left.x1 > _LABEL_GAP * right.size and not left.text.isascii():
                return [Line(self.glyphs[:i]), Line(self.glyphs[i:])]
        return [self]


def _between(left: Glyph, right: Glyph) -> str:
    gap, size = right.x0 - left.x1, max(left.size, right.size)
    if gap > _COLUMN_GAP * size:
        return "  "
    if IDEOGRAPH.match(left.text) or IDEOGRAPH.match(right.text):
        return ""
    raised = left.text.isdigit() and right.text.isdigit() and min(left.size, right.size) < 0.75 * size
    return " " if gap > _WORD_GAP * size or raised else ""


def lines(glyphs: list[Glyph]) -> list[Line]:
    """Glyphs grouped into lines from top to bottom; blanks at the ends are dropped."""
    rows: list[list[Glyph]] = []
    reach: list[float] = []
    for glyph in sorted(glyphs, key=lambda g: g.middle):
        if rows and glyph.middle - reach[-1] <= 0.45 * max(glyph.size, rows[-1][-1].size):
            rows[-1].append(glyph)
            reach[-1] += (glyph.middle - reach[-1]) / len(rows[-1])
        else:
            rows.append([glyph])
            reach.append(glyph.middle)
    found = []
    for row in rows:
        row = [g for g in sorted(row, key=lambda g: g.x0) if not g.text.isspace()]
        if row:
            found.append(Line(row))
    return found


def cell_text(glyphs: list[Glyph], width: float) -> str:
    """The text of a cell `width` points wide; a figure or web address too long for it is joined again."""
    if not glyphs:
        return ""
    text = ""
    before: Line | None = None
    for line in lines(glyphs):
        if before is not None:
            full = before.x1 - before.x0 > width - 1.6 * before.size
            figures = text[-1:].isdigit() and line.text[:1] in "0123456789.," and before.text.replace(",", "").isdigit()
            address = "://" in text.rsplit(maxsplit=1)[-1] and line.text.isascii()
            text += "" if (full and figures) or address else "\n"
        text += line.text
        before = line
    return tidy_cell(text)
