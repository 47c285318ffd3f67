"""Damages drawn tables as real files are damaged: lost, merged and doubled cells, corrupted labels, broken lines."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

from table_layouts import Td, TdRow

_NOISE = "口曰己的一丨乂□?\ufffd位保"
Tables = list[list[TdRow]]


def corrupted(text: str, rng: random.Random) -> str:
    """A label with up to three characters lost, added or replaced."""
    if "万元" in text:
        text, rest = text[:6], text[6:]  # the unit is a figure's, not a label's
        return corrupted(text, rng) + rest
    chars = list(text)
    for _ in range(rng.randrange(1, 4)):
        at = rng.randrange(len(chars) + 1)
        how = rng.randrange(3)
        if how == 0 and at < len(chars):
            del chars[at]
        elif how == 1 and at < len(chars):
            chars[at] = rng.choice(_NOISE)
        else:
            chars.insert(at, rng.choice(_NOISE))
    return "".join(chars)


def _some_row(tables: Tables, rng: random.Random) -> tuple[list[TdRow], int]:
    rows = rng.choice(tables)
    return rows, rng.randrange(len(rows))


def lose_cell(tables: Tables, rng: random.Random) -> None:
    """A cell is missing: what follows moves to the left."""
    rows, r = _some_row(tables, rng)
    if rows[r]:
        del rows[r][rng.randrange(len(rows[r]))]


def merge_cells(tables: Tables, rng: random.Random) -> None:
    """Two neighbours become one."""
    rows, r = _some_row(tables, rng)
    if len(rows[r]) > 1:
        i = rng.randrange(len(rows[r]) - 1)
        a, b = rows[r][i : i + 2]
        text = (a.text + rng.choice(["", " "]) + b.text).strip()
        rows[r][i : i + 2] = [replace(a, text=text, colspan=a.colspan + b.colspan)]


def swallow_cell(tables: Tables, rng: random.Random) -> None:
    """A cell grows over its neighbour, whose text is lost."""
    rows, r = _some_row(tables, rng)
    if len(rows[r]) > 1:
        i = rng.randrange(len(rows[r]) - 1)
        a, b = rows[r][i : i + 2]
        rows[r][i : i + 2] = [replace(a, colspan=a.colspan + b.colspan)]


def add_empty_cell(tables: Tables, rng: random.Random) -> None:
    """An empty cell too many: what follows moves to the right."""
    rows, r = _some_row(tables, rng)
    rows[r].insert(rng.randrange(len(rows[r]) + 1), Td("", kind="other"))


def double_cell(tables: Tables, rng: random.Random) -> None:
    """A cell stands there twice."""
    rows, r = _some_row(tables, rng)
    if rows[r]:
        i = rng.randrange(len(rows[r]))
        rows[r].insert(i, rows[r][i])


def corrupt_label(tables: Tables, rng: random.Random) -> None:
    """A label or a header is misspelt."""
    rows, r = _some_row(tables, rng)
    at = [i for i, td in enumerate(rows[r]) if td.kind in ("label", "header")]
    if at:
        i = rng.choice(at)
        rows[r][i] = replace(rows[r][i], text=corrupted(rows[r][i].text, rng))


def empty_label(tables: Tables, rng: random.Random) -> None:
    """A label or a header is gone, its cell is there."""
    rows, r = _some_row(tables, rng)
    at = [i for i, td in enumerate(rows[r]) if td.kind in ("label", "header")]
    if at:
        i = rng.choice(at)
        rows[r][i] = replace(rows[r][i], text="")


def lose_row(tables: Tables, rng: random.Random) -> None:
    """A row is missing."""
    rows, r = _some_row(tables, rng)
    if len(rows) > 2:
        del rows[r]


def lose_rows(tables: Tables, rng: random.Random) -> None:
    """Several rows one after the other are missing."""
    rows, r = _some_row(tables, rng)
    if len(rows) > 8:
        del rows[r : r + rng.randrange(2, 6)]


def move_row(tables: Tables, rng: random.Random) -> None:
    """A row stands elsewhere."""
    rows, r = _some_row(tables, rng)
    row = rows.pop(r)
    rows.insert(rng.randrange(len(rows) + 1), row)


def double_row(tables: Tables, rng: random.Random) -> None:
    """A row stands there twice."""
    rows, r = _some_row(tables, rng)
    rows.insert(r, list(rows[r]))


def glue_rows(tables: Tables, rng: random.Random) -> None:
    """Two rows become one: the labels and the values of both in the same cells."""
    rows, r = _some_row(tables, rng)
    if r + 1 < len(rows) and len(rows[r]) == len(rows[r + 1]):
        joint = rng.choice(["", " ", "\n"])
        rows[r] = [
            replace(a, text=a.text if a.text == b.text and a.kind != "value" else (a.text + joint + b.text).strip())
            for a, b in zip(rows[r], rows[r + 1], strict=True)
        ]
        del rows[r + 1]


def glue_labels(tables: Tables, rng: random.Random) -> None:
    """Two labels in one cell over two rows."""
    rows, r = _some_row(tables, rng)
    if r + 1 < len(rows) and rows[r] and rows[r + 1]:
        a, b = rows[r][0], rows[r + 1][0]
        if a.kind == b.kind == "label" and a.rowspan == b.rowspan == 1:
            rows[r][0] = replace(a, text=a.text + rng.choice(["", "\n"]) + b.text, rowspan=2)
            del rows[r + 1][0]


def cut_off(tables: Tables, rng: random.Random) -> None:
    """The end of a table is missing."""
    rows, r = _some_row(tables, rng)
    if r > 3:
        del rows[r:]
        if rows[-1]:
            del rows[-1][rng.randrange(len(rows[-1])) :]


def swap_headers(tables: Tables, rng: random.Random) -> None:
    """Two columns change places, header and values."""
    rows = rng.choice(tables)
    width = len(rows[-1])
    if width < 4:
        return
    i, j = sorted(rng.sample(range(1, width), 2))
    for row in rows:
        if len(row) == width and all(td.colspan == 1 and td.rowspan == 1 for td in row[1:]):
            row[i], row[j] = row[j], row[i]


GRID_DAMAGES: tuple[Callable[[Tables, random.Random], None], ...] = (
    lose_cell,
    merge_cells,
    swallow_cell,
    add_empty_cell,
    double_cell,
    corrupt_label,
    corrupt_label,
    empty_label,
    lose_row,
    lose_rows,
    move_row,
    double_row,
    glue_rows,
    glue_labels,
    cut_off,
)


def damage_grids(tables: Tables, rng: random.Random, times: int) -> list[str]:
    """Damage tables; the names of what was done."""
    done = []
    for _ in range(times):
        how = rng.choice(GRID_DAMAGES)
        how(tables, rng)
        done.append(how.__name__)
    return done


def damage_lines(lines: list[str], rng: random.Random, times: int, *, blanks: bool) -> list[str]:
    """Damage flattened text.

    The damages lie apart, because two side by side may leave no trace at all. Where blank cells leave no trace
    (`blanks`), a doubled value or a page number in the very place of the blank leaves none either.
    """
    done = []
    places: list[int] = []
    for _ in range(times):
        at = rng.randrange(len(lines) - 1)
        if any(abs(at - p) < 25 for p in places):
            continue
        places.append(at)
        how = rng.randrange(7)
        line = lines[at]
        has_value = any(c.isdigit() for c in line[3:]) or line.strip().isdigit() or line in ("元", "万元")
        if how == 0:
            del lines[at]
        elif how == 1:
            lines[at : at + 2] = [line + rng.choice(["", " "]) + lines[at + 1]]
        elif how == 2 and not has_value:
            lines[at] = corrupted(line, rng)
        elif how == 3:
            stray = ["- 4 -", "第 4 页 共 9 页", "云州市人民政府办公室", "（续表）"]
            lines.insert(at, rng.choice(stray if blanks else [*stray, "4"]))
        elif how == 4 and not has_value and len(line) > 5:
            cut = rng.randrange(2, len(line) - 1)
            lines[at : at + 1] = [line[:cut], line[cut:]]
        elif how == 5 and not (blanks and has_value):
            lines.insert(at, line)
        elif how == 6:
            if rng.random() < 0.7:
                del lines[at + 1 :]
            else:
                del lines[:at]
        done.append(f"{how}@{at}:{line[:12]}")
        if len(lines) < 5:
            break
    return done
