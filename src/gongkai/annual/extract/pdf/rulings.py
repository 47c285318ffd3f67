"""Tables that are drawn with lines: a cell is a region that lines bound, whatever it spans."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field

from gongkai.annual.extract import limits
from gongkai.annual.extract.pdf.glyphs import Glyph, Page, Stroke

TOLERANCE = 3.0
"""Points within which two lines are the same, and a line reaches another."""
_GAP = 4.0
_COVERED = 0.6
"""The share of an edge that a line must cover to be a border there."""
_MAX_ROW = 50.0
"""Points between the lines of a table without outer lines."""
_MIN_STACK = 3
_MAX_BOXES = 100_000


@dataclass(slots=True)
class Box:
    """A cell: its region on the page and the glyphs in it."""

    x0: float
    top: float
    x1: float
    bottom: float
    glyphs: list[Glyph] = field(default_factory=list)


@dataclass(slots=True)
class Ruled:
    """A table drawn with lines on one page."""

    x0: float
    top: float
    x1: float
    bottom: float
    boxes: list[Box]


def find(page: Page) -> list[Ruled]:
    """The tables drawn on a page, from top to bottom, with their glyphs in their cells."""
    horizontal, vertical = merged(page.horizontal), merged(page.vertical)
    vertical = merged([*vertical, *_open_sides(horizontal, vertical)])
    tables = []
    for rows, columns in _components(horizontal, vertical):
        table = _table(rows, columns)
        if table is not None:
            tables.append(table)
    tables.sort(key=lambda t: (t.top, t.x0))
    return tables


def _open_sides(horizontal: list[Stroke], vertical: list[Stroke]) -> list[Stroke]:
    """The outer lines that a table lacks whose rows all end at the same places and whose columns are ruled inside."""
    sides: list[Stroke] = []
    stacks: list[list[Stroke]] = []
    for line in horizontal:
        for stack in stacks:
            last = stack[-1]
            same = abs(last.start - line.start) <= TOLERANCE and abs(last.end - line.end) <= TOLERANCE
            if same and line.at - last.at <= _MAX_ROW:
                stack.append(line)
                break
        else:
            stacks.append([line])
    for stack in stacks:
        first, last = stack[0], stack[-1]
        within = [v for v in vertical if v.end > first.at + TOLERANCE and v.start < last.at - TOLERANCE]
        inner = [v for v in within if first.start + 2 * TOLERANCE < v.at < first.end - 2 * TOLERANCE]
        for x in (first.start, first.end):
            if len(stack) >= _MIN_STACK and inner and not any(abs(v.at - x) <= 2 * TOLERANCE for v in within):
                sides.append(Stroke(x, first.at, last.at))
    return sides


def merged(strokes: Iterable[Stroke]) -> list[Stroke]:
    """Strokes on the same line joined where they touch."""
    lines: list[list[Stroke]] = []
    for stroke in sorted(strokes, key=lambda s: s.at):
        if lines and stroke.at - lines[-1][0].at <= TOLERANCE / 2:
            lines[-1].append(stroke)
        else:
            lines.append([stroke])
    joined: list[Stroke] = []
    for line in lines:
        at = sum(s.at for s in line) / len(line)
        line.sort(key=lambda s: s.start)
        start, end = line[0].start, line[0].end
        for stroke in line[1:]:
            if stroke.start <= end + _GAP:
                end = max(end, stroke.end)
            else:
                joined.append(Stroke(at, start, end))
                start, end = stroke.start, stroke.end
        joined.append(Stroke(at, start, end))
    return joined


def _components(horizontal: list[Stroke], vertical: list[Stroke]) -> list[tuple[list[Stroke], list[Stroke]]]:
    """Groups of lines that cross or touch each other."""
    parent = list(range(len(horizontal) + len(vertical)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    limits.at_most(len(horizontal) * len(vertical), 4_000_000, "页面线条数", "lines on a page")
    for i, h in enumerate(horizontal):
        for j, v in enumerate(vertical):
            if _meet(h, v):
                parent[root(i)] = root(len(horizontal) + j)
    groups: dict[int, tuple[list[Stroke], list[Stroke]]] = {}
    for i, h in enumerate(horizontal):
        groups.setdefault(root(i), ([], []))[0].append(h)
    for j, v in enumerate(vertical):
        groups.setdefault(root(len(horizontal) + j), ([], []))[1].append(v)
    return [group for group in groups.values() if len(group[0]) >= 2 and len(group[1]) >= 1]


def _meet(h: Stroke, v: Stroke) -> bool:
    return h.start - TOLERANCE <= v.at <= h.end + TOLERANCE and v.start - TOLERANCE <= h.at <= v.end + TOLERANCE


def _table(rows: list[Stroke], columns: list[Stroke]) -> Ruled | None:
    ys = _positions([h.at for h in rows], [v.start for v in columns] + [v.end for v in columns])
    xs = _positions([v.at for v in columns], [h.start for h in rows] + [h.end for h in rows])
    height, width = len(ys) - 1, len(xs) - 1
    if height < 1 or width < 2 or height * width > _MAX_BOXES:
        return None
    walls = _borders(columns, xs, ys)
    floors = _borders(rows, ys, xs)
    boxes = [
        Box(xs[left], ys[top], xs[right + 1], ys[bottom + 1])
        for top, left, bottom, right in _regions(height, width, walls, floors)
    ]
    return Ruled(xs[0], ys[0], xs[-1], ys[-1], boxes) if len(boxes) > 1 else None


def _positions(lines: list[float], ends: list[float]) -> list[float]:
    """Where lines stand, close ones as one, and the outer ends of the lines across where no border is drawn."""
    found: list[list[float]] = []
    for at in sorted(lines):
        if found and at - found[-1][-1] <= TOLERANCE:
            found[-1].append(at)
        else:
            found.append([at])
    positions = [sum(group) / len(group) for group in found]
    if positions and min(ends) < positions[0] - 2 * TOLERANCE:
        positions.insert(0, min(ends))
    if positions and max(ends) > positions[-1] + 2 * TOLERANCE:
        positions.append(max(ends))
    return positions


def _borders(strokes: list[Stroke], across: list[float], along: list[float]) -> list[list[bool]]:
    """For each position across and each interval along, whether a line is drawn there."""
    cover = [[0.0] * (len(along) - 1) for _ in across]
    for stroke in strokes:
        at = min(range(len(across)), key=lambda i: abs(across[i] - stroke.at))
        if abs(across[at] - stroke.at) > 2 * TOLERANCE:
            continue
        for k in range(max(0, bisect_right(along, stroke.start) - 1), len(along) - 1):
            if along[k] >= stroke.end:
                break
            cover[at][k] += min(stroke.end, along[k + 1]) - max(stroke.start, along[k])
    return [[covered >= _COVERED * (along[k + 1] - along[k]) for k, covered in enumerate(line)] for line in cover]


def _regions(
    height: int, width: int, walls: list[list[bool]], floors: list[list[bool]]
) -> list[tuple[int, int, int, int]]:
    """Rectangles (top, left, bottom, right) of boxes with no line between them."""
    taken = [[False] * width for _ in range(height)]
    regions = []
    for r in range(height):
        for c in range(width):
            if taken[r][c]:
                continue
            right = c
            while right + 1 < width and not taken[r][right + 1] and not walls[right + 1][r]:
                right += 1
            bottom = r
            while (
                bottom + 1 < height
                and all(not floors[bottom + 1][k] and not taken[bottom + 1][k] for k in range(c, right + 1))
                and not any(walls[k][bottom + 1] for k in range(c + 1, right + 1))
            ):
                bottom += 1
            for i in range(r, bottom + 1):
                for k in range(c, right + 1):
                    taken[i][k] = True
            regions.append((r, c, bottom, right))
    return regions


def fill(table: Ruled, glyphs: list[Glyph]) -> list[Glyph]:
    """Puts the glyphs that lie in the table into its boxes and returns the others."""
    others = []
    ordered = sorted(table.boxes, key=lambda b: b.top)
    for glyph in glyphs:
        x, y = glyph.center, glyph.middle
        if not (
            table.x0 - TOLERANCE <= x <= table.x1 + TOLERANCE and table.top - TOLERANCE <= y <= table.bottom + TOLERANCE
        ):
            others.append(glyph)
            continue
        for box in ordered:
            if box.x0 - 0.5 <= x <= box.x1 + 0.5 and box.top - 0.5 <= y <= box.bottom + 0.5:
                box.glyphs.append(glyph)
                break
        else:
            others.append(glyph)
    return others
