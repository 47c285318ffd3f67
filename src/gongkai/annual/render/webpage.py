"""A report as a standalone web page in the official layout."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from html import escape
from importlib import resources

from gongkai.annual.model import Report
from gongkai.annual.render.grid import LaidCell, LaidTable, Role
from gongkai.annual.render.layout import Element, Line, Style, lay_out, subheading, title_of

_TAGS = {Style.TITLE: "h1", Style.CHAPTER: "h2"}


def to_html(report: Report) -> bytes:
    """A whole page in UTF-8, with its stylesheet inside and no script."""
    title = escape(title_of(report) or "政府信息公开工作年度报告")
    return (
        '<!DOCTYPE html>\n<html lang="zh-Hans">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>\n{stylesheet()}</style>\n</head>\n<body>\n{fragment(report)}</body>\n</html>\n"
    ).encode()


def fragment(report: Report) -> str:
    """The report alone, as an <article class="gk-report"> to stand in a page that has `stylesheet`."""
    return "".join(('<article class="gk-report">\n', *_sections(lay_out(report)), "</article>\n"))


@cache
def stylesheet() -> str:
    """The rules for `fragment`; all of them begin with .gk-report."""
    return resources.files(__package__).joinpath("report.css").read_text("utf-8")


def _sections(elements: tuple[Element, ...]) -> Iterator[str]:
    opened = False
    for element in elements:
        if isinstance(element, LaidTable):
            yield from table_html(element)
            continue
        if element.style is Style.CHAPTER:
            yield "</section>\n<section>\n" if opened else "<section>\n"
            opened = True
        yield _line(element)
    if opened:
        yield "</section>\n"


def _line(line: Line) -> str:
    tag = _TAGS.get(line.style, "p")
    if line.style is Style.BODY:
        head, rest = subheading(line.text)
        return f"<p>{f'<b>{escape(head)}</b>' if head else ''}{escape(rest)}</p>\n"
    name = f' class="{line.style}"' if tag == "p" else ""
    return f"<{tag}{name}>{escape(line.text)}</{tag}>\n"


def table_html(table: LaidTable) -> Iterator[str]:
    """The table with header cells in scope of what they head."""
    rows: list[list[LaidCell]] = [[] for _ in range(table.height)]
    for cell in table.cells:
        rows[cell.row].append(cell)
    # A name and no <caption>: the official tables print none, their chapter's heading is their title.
    name = f' aria-label="{escape(table.title)}"' if table.title else ""
    yield f'<div class="scroll"><table class="{escape(table.id)}"{name}>\n'
    if table.head_rows:
        yield "<thead>\n"
    for i, row in enumerate(rows):
        if i == table.head_rows and i:
            yield "</thead>\n<tbody>\n"
        yield f"<tr>{''.join(_cell(c) for c in row)}</tr>\n"
    yield "</tbody>\n</table></div>\n" if table.head_rows else "</table></div>\n"


_SCOPES = {Role.HEAD: "col", Role.SECTION: "colgroup", Role.GROUP: "rowgroup", Role.LABEL: "row"}


def _cell(cell: LaidCell) -> str:
    tag = "th" if cell.role in _SCOPES else "td"
    attributes = [f' scope="{_SCOPES[cell.role]}"'] if tag == "th" else []
    if tag == "th" and cell.role is Role.HEAD and cell.colspan > 1:
        attributes = [' scope="colgroup"']
    if cell.rowspan > 1:
        attributes.append(f' rowspan="{cell.rowspan}"')
    if cell.colspan > 1:
        attributes.append(f' colspan="{cell.colspan}"')
    if cell.indent:
        attributes.append(f' class="level{cell.indent}"')
    if cell.cell:
        attributes.append(f' data-cell="{escape(cell.cell)}"')
    return f"<{tag}{''.join(attributes)}>{escape(cell.text)}</{tag}>"
