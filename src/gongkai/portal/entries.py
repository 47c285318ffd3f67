"""The catalogue as its page shows it, put together without the template language, which would take most of its time.

Everything that goes in is escaped here, but for the form of filters, which is a template and kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from django.utils.translation import ngettext

from gongkai.portal import register
from gongkai.portal.labels import word as _
from gongkai.portal.listing import Row

_SUMMARY = 120
"""Characters of a summary that a row shows."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A page of the catalogue, ready to be put together."""

    title: str
    guide: str
    """The address of the agency's guide; empty for the catalogue of all."""
    error: str
    form: str
    chips: Sequence[tuple[str, str]]
    rows: Sequence[Row]
    total: int
    number: int
    pages: int
    files: Sequence[tuple[str, str]]
    """Address and label of each file of the same list."""
    feeds: Sequence[tuple[str, str]]
    previous: str
    next: str


def content(shown: Shown) -> str:
    """The catalogue from its title to its pages."""
    lead = _("已公开的每一条信息都列在这里，随发布自动更新。")
    guide = f' <a href="{escape(shown.guide)}">{_("公开指南")}</a>' if shown.guide else ""
    error = f'<div class="notice bad" role="alert"><p>{escape(shown.error)}</p></div>' if shown.error else ""
    return f"""
<div class="title">
  <h1>{escape(shown.title)}</h1>
  <p class="lead">{lead}{guide}</p>
</div>
{error}
{shown.form}{register.chips(shown.chips) if shown.chips else ""}
{_bar(shown)}
{_filled(shown) if shown.rows else _empty(shown)}
"""


def _bar(shown: Shown) -> str:
    total = ngettext("共 %(n)s 条", "共 %(n)s 条", shown.total) % {"n": shown.total}
    files = ""
    if shown.rows:
        links = "".join(f'<a href="{escape(url)}" rel="nofollow">{escape(label)}</a>' for url, label in shown.files)
        files = f'<p class="downloads noprint">{_("下载本目录：")}{links}</p>'
    return f'<div class="catalogue-bar">\n  <p class="quiet" role="status">{total}</p>\n  {files}\n</div>'


def _filled(shown: Shown) -> str:
    names = (_("索引号"), _("名称"), _("内容概述"), _("生成日期"))
    heads = "".join(f'<th scope="col">{name}</th>' for name in names)
    several = not shown.guide
    unknown = f'<span class="quiet">{_("未注明")}</span>'
    rows = "".join(_row(row, several, unknown) for row in shown.rows)
    return (
        f'<div class="scroll"><table class="catalogue" role="table">\n  <caption class="hidden">{escape(shown.title)}'
        f'</caption>\n  <thead><tr role="row">{heads}</tr></thead>\n  <tbody>{rows}</tbody>\n</table></div>\n'
        f"{_pages(shown)}\n{_follow(shown)}"
    )


def _row(row: Row, several: bool, unknown: str) -> str:
    """One publication with the four elements of 条例第十二条; its agency where the list has those of several."""
    line = row.line
    tag = f" {row.tag}" if row.tag else ""
    under = escape(row.kind) + (f" · {escape(row.number)}" if row.number else "")
    under += f" · {escape(row.agency)}" if several else ""
    says = escape(line.summary if len(line.summary) <= _SUMMARY else f"{line.summary[: _SUMMARY - 1]}…")
    says = f'<td role="cell" class="says">{says}</td>' if says else '<td role="cell" class="says none">—</td>'
    made = line.made_on.isoformat() if line.made_on else ""
    day = f'<time datetime="{made}">{made}</time>' if made else unknown
    return (
        ('<tr role="row" class="ended">' if row.ended else '<tr role="row">')
        + f'<td role="cell" class="index">{escape(line.index_number or "—")}</td>'
        f'<td role="cell" class="name"><a href="{row.url}">{escape(row.title)}</a>{tag}'
        f'<span class="under">{under}</span></td>{says}'
        f'<td role="cell" class="day">{day}</td></tr>\n'
    )


def _pages(shown: Shown) -> str:
    if shown.pages < 2:
        return ""
    before, after = "", ""
    if shown.previous:
        before = f'<a class="button" rel="prev" href="{escape(shown.previous)}">{_("上一页")}</a>'
    if shown.next:
        after = f'<a class="button" rel="next" href="{escape(shown.next)}">{_("下一页")}</a>'
    place = f"<span>{shown.number} / {shown.pages}</span>"
    return f'<nav class="actions" aria-label="{_("分页")}">{before}{place}{after}</nav>'


def _follow(shown: Shown) -> str:
    links = " ".join(f'<a href="{escape(url)}">{label}</a>' for url, label in shown.feeds)
    return f'<p class="follow noprint">{_("订阅本列表")} {links}</p>'


def _empty(shown: Shown) -> str:
    said = _("还没有公开的信息。信息发布后会自动列在这里。")
    if shown.chips:
        said = _("没有符合条件的信息。可以去掉一个条件，或换一个词再试。")
    return f'<div class="notice"><p>{said}</p></div>'
