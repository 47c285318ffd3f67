"""Reads every sheet of a workbook as a standard directory: merged cells, two rows of heading, filler rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _

from gongkai.annual.errors import ReadError
from gongkai.annual.extract.archive import Archive
from gongkai.annual.extract.sheets import guard_sheets, shown
from gongkai.publishing.directories_import.columns import NEEDED, TIERS, Grid, heading, is_heading
from gongkai.publishing.directories_import.model import Found, Problem, ReadRow, ReadSheet, Unreadable
from gongkai.publishing.directories_import.words import audience, channels_in, clean, field_of, ticked

MOST_ROWS = 5000
_LENGTHS = {"number": 20, "level1": 120, "level2": 200, "time": 300, "agency": 200, "group": 120}
_MARKED = {
    "public": "全社会",
    "active": "主动",
    "on_request": "依申请公开",
    "province": "省级",
    "city": "市级",
    "county": "县级",
    "township": "乡级",
}
_NOTE = re.compile(r"^(?:注|备注|说明|填表说明|填报人|填报单位|联系人|制表)[：:1-9（(]?")


def read_directories(data: bytes, name: str = "") -> Found:
    """The directories in an .xlsx or .xls file, a sheet each; problems are listed by row, none is raised.

    Raises Unreadable where no sheet has the official columns, or the file is damaged, protected or a trap.
    """
    sheets = [found for sheet, grid in _grids(data) if (found := _sheet(sheet, grid, name)) is not None]
    if not sheets:
        raise Unreadable(
            _(
                "在“%(name)s”中没有找到标准目录的表头。表头应含：序号、公开事项、公开内容（要素）、公开依据、公开时限、公开主体等列。"
            )
            % {"name": name or _("文件")}
        )
    return Found(tuple(sheets))


def _grids(data: bytes) -> list[tuple[str, list[list[str]]]]:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

    try:
        if data.startswith(b"PK"):
            guard_sheets(Archive(data))
        workbook = CalamineWorkbook.from_filelike(BytesIO(data))
        visible = [s.name for s in workbook.sheets_metadata if s.visible is SheetVisibleEnum.Visible]
        return [(sheet, _grid(workbook.get_sheet_by_name(sheet))) for sheet in visible]
    except PasswordError as error:
        raise Unreadable(_("工作簿有密码保护，不能读取。请取消密码后再上传。")) from error
    except ReadError as error:
        raise Unreadable(str(error)) from error
    except (CalamineError, OSError, ValueError) as error:
        raise Unreadable(_("工作簿已损坏或不是 Excel 文件。请在表格软件中打开后另存为 .xlsx 再上传。")) from error
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # Rust's panics arrive outside the tree of Exception
            raise Unreadable(_("工作簿已损坏，不能读取。请另存为 .xlsx 再上传。")) from error
        raise


def _grid(sheet: Any) -> list[list[str]]:
    """The cells as text, each merged one repeated over all the squares that it covers."""
    grid = [[shown(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
    for (top, left), (bottom, right) in getattr(sheet, "merged_cell_ranges", None) or ():
        if top >= len(grid) or left >= len(grid[top]):
            continue
        value = grid[top][left]
        for row in grid[top : bottom + 1]:
            for column in range(left, min(right + 1, len(row))):
                row[column] = value
    return grid


def _sheet(name: str, grid: Grid, file: str) -> ReadSheet | None:
    found = heading(grid)
    if found is None:
        return None
    top, start, columns = found
    title = _title(grid[:top]) or name
    field = field_of(title) or field_of(name) or field_of(file)
    missing = [words for id, words in NEEDED.items() if id not in columns]
    if missing:
        words = _("缺少“%(columns)s”列。请补上后再导入。") % {"columns": "、".join(missing)}
        return ReadSheet(name, title, field, (), (Problem(name, top + 1, missing[0], words),))
    rows, problems = _rows(name, grid, start, columns)
    if not rows and not problems:
        problems = [
            Problem(name, start + 1, "", _("表头下面没有事项。如果这张表是空的，请删除后再导入。"), blocking=False)
        ]
    return ReadSheet(name, title, field, tuple(rows), tuple(problems))


def _title(above: Grid) -> str:
    """The title: the longest text above the heading that speaks of a directory, else the first."""
    texts = list(dict.fromkeys(text for row in above for cell in row if (text := clean(cell).replace("\n", ""))))
    named = [text for text in texts if "目录" in text or "清单" in text]
    return max(named, key=len, default=texts[0] if texts else "")[:160]


def _rows(name: str, grid: Grid, start: int, columns: dict[str, int]) -> tuple[list[ReadRow], list[Problem]]:
    rows: list[ReadRow] = []
    problems: list[Problem] = []
    before = ("", "")
    seen: dict[tuple[str, ...], int] = {}
    for index in range(start, len(grid)):
        cells = grid[index]
        if _is_filler(cells, columns):
            continue
        if len(rows) >= MOST_ROWS:
            words = _("一张表最多 %(n)s 个事项。请分成几张表。") % {"n": MOST_ROWS}
            problems.append(Problem(name, index + 1, "", words))
            break
        row, wrong = _row(name, index + 1, cells, columns, before)
        problems += wrong
        if row is not None:
            rows.append(row)
            before = (row.number, row.level1)
            first = seen.setdefault((row.level1, row.level2, row.content, row.agency), row.line)
            if first != row.line:
                same = _("与第 %(n)s 行重复：事项、内容和公开主体都相同。请删去一行。") % {"n": first}
                problems.append(Problem(name, row.line, "公开事项", same))
    return rows, problems


def _is_filler(cells: Sequence[str], columns: dict[str, int]) -> bool:
    """A blank row, a heading that is printed again, a note, or a section head over the whole width."""
    texts = [clean(cells[c]) for c in columns.values() if c < len(cells)]
    filled = [text for text in texts if text]
    if not filled or is_heading(cells):
        return True
    if _NOTE.match(filled[0]) and len(set(filled)) <= 2:
        return True
    rest = [clean(cells[c]) for id, c in columns.items() if id not in ("number", "item", "level1") and c < len(cells)]
    if not any(rest):
        return True
    return len(set(filled)) == 1 and (len(filled) > 3 or ticked(filled[0]) is not None)


def _row(
    sheet: str, line: int, cells: Sequence[str], columns: dict[str, int], before: tuple[str, str]
) -> tuple[ReadRow | None, list[Problem]]:
    def cell(id: str) -> str:
        column = columns.get(id, -1)
        return clean(cells[column]) if 0 <= column < len(cells) else ""

    problems: list[Problem] = []
    one_line = {id: cell(id).replace("\n", "") for id in ("number", "level1", "level2", "time", "agency")}
    level1 = one_line["level1"] or before[1]
    level2 = "" if columns.get("level2") == columns.get("level1") else one_line["level2"]
    ids, unknown = channels_in(cell("channels"))
    to_all, group = _audience(cell)
    values = one_line | {"level1": level1, "level2": level2, "group": group}
    problems += _faults(sheet, line, values, cell("content"))
    problems += _unread_marks(sheet, line, cell)
    if not ids:
        words = _("没有勾选渠道，公众不知道到哪里查阅。")
        problems.append(Problem(sheet, line, "公开渠道和载体", words, blocking=False))
    if unknown:
        words = _("渠道“%(names)s”不在官方列表中，按原文保留。") % {"names": "、".join(unknown)[:80]}
        problems.append(Problem(sheet, line, "公开渠道和载体", words, blocking=False))
    if any(p.blocking for p in problems):
        return None, problems
    row = ReadRow(
        line=line,
        number=one_line["number"] or before[0],
        level1=level1,
        level2=level2,
        content=cell("content"),
        basis=cell("basis"),
        time_limit=one_line["time"],
        agency=cell("agency").replace("\n", "、"),
        channels=ids,
        to_all=to_all,
        group=group,
        proactive=_proactive(cell),
        tiers=_tiers(cell),
    )
    return row, problems


def _faults(sheet: str, line: int, values: dict[str, str], content: str) -> list[Problem]:
    names = {
        "number": "序号",
        "level1": "一级事项",
        "level2": "二级事项",
        "time": "公开时限",
        "agency": "公开主体",
        "group": "特定群体",
    }
    empty = _("没有填写。请补上后再导入。")
    faults = []
    if not values["level1"]:
        faults.append(Problem(sheet, line, "一级事项", empty))
    if not content:
        faults.append(Problem(sheet, line, "公开内容（要素）", empty))
    for id, most in _LENGTHS.items():
        if len(values[id]) > most:
            words = _("有 %(n)s 字，最多 %(most)s 字。请删减。") % {"n": len(values[id]), "most": most}
            faults.append(Problem(sheet, line, names[id], words))
    for id in ("time", "agency"):
        if not values[id]:
            faults.append(Problem(sheet, line, names[id], _("没有填写，导入后无法判断是否按时公开。"), blocking=False))
    return faults


def _unread_marks(sheet: str, line: int, cell: Any) -> list[Problem]:
    """Cells that should be ticked or empty and hold something else."""
    words = _("“%(text)s”看不懂。应为“√”或空，导入后请核对。")
    return [
        Problem(sheet, line, name, words % {"text": cell(id).replace("\n", "")[:20]}, blocking=False)
        for id, name in _MARKED.items()
        if cell(id) and _says(cell, id) is None
    ]


def _says(cell: Any, id: str) -> bool | None:
    """Whether a cell is ticked, or names its own column in words; None where it says something else."""
    mark = ticked(cell(id))
    return True if mark is None and _MARKED[id] in cell(id) else mark


def _audience(cell: Any) -> tuple[bool, str]:
    """From the two columns, or from one that names the audience in words."""
    if cell("public") or cell("group"):
        return audience(cell("public"), cell("group"))
    words = cell("audience").replace("\n", " ")
    if not words or "全社会" in words or "公众" in words or ticked(words) is not None:
        return True, ""
    return False, words


def _proactive(cell: Any) -> bool:
    """Proactive unless only disclosure on request is ticked or named."""
    if cell("active") or cell("on_request"):
        return _says(cell, "active") is not False
    return "依申请" not in cell("way") or "主动" in cell("way")


def _tiers(cell: Any) -> tuple[str, ...]:
    found = [tier for tier in TIERS if _says(cell, tier) is True]
    if not found and (words := cell("tier")):
        found += [tier for tier, sign in zip(TIERS, ("省", "市级", "县", "乡"), strict=True) if sign in words]
    return tuple(found)
