"""How results look in a terminal."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from gongkai.annual.forms import Form
from gongkai.annual.forms import form as form_by_id
from gongkai.annual.model import Report, Where
from gongkai.cli.sources import Outcome
from gongkai.cli.words import gettext as _
from gongkai.cli.words import language

if TYPE_CHECKING:
    from gongkai.annual.compare import Comparison

SEVERITIES = ("error", "warning", "info")


def report(console: Console, read: Report) -> None:
    """A report in one screen: what it is, its tables, its figures, its findings."""
    console.rule(f"[bold]{escape(read.title or _('（无标题）'))}", align="left")
    about = Table.grid(padding=(0, 2))
    for label, value in (
        (_("机关"), read.agency or "—"),
        (_("年度"), str(read.year or "—")),
        (_("格式"), read.form or "—"),
        (_("来源"), _source(read)),
        (_("章节"), " · ".join(c.title for c in read.chapters) or "—"),
        (_("修复"), _repairs(read)),
    ):
        about.add_row(f"[dim]{label}[/]", escape(value))
    console.print(about)
    _cells(console, read)
    if read.facts:
        table = Table(_("数字"), _("含义"), _("原句"), title=_("正文数字"), title_justify="left")
        for fact in read.facts:
            table.add_row(escape(fact.raw), fact.kind, escape(_short(fact.sentence)))
        console.print(table)
    findings(console, read, heading=False)


def _cells(console: Console, read: Report) -> None:
    if not read.cells or read.form is None:
        console.print(f"[dim]{_('没有读到统计表')}[/]")
        return
    spec = form_by_id(read.form)
    zero = sum(1 for c in read.cells.values() if c.value == 0)
    table = Table(_("单元"), _("名称"), _("值"), _("原文"), title=_("统计表"), title_justify="left")
    for id, cell in read.cells.items():
        if cell.value == 0:
            continue
        label = spec.cells[id].label if id in spec.cells else ""
        table.add_row(id, escape(label), "" if cell.value is None else str(cell.value), escape(cell.raw))
    console.print(table)
    words = _("另有 %(zero)s 个单元为 0；%(unread)s 处未能读出") % {"zero": zero, "unread": len(read.unread)}
    console.print(f"[dim]{words}[/]")


def findings(console: Console, checked: Report, *, least: str = "info", heading: bool = True) -> None:
    """The findings of a report from a severity on, gravest first."""
    wanted = SEVERITIES[: SEVERITIES.index(least) + 1]
    shown = [f for f in checked.findings if f.severity in wanted]
    if heading:
        where = f"[dim]{escape(_source(checked))}[/]"
        name = escape(checked.title or checked.agency or _("（无标题）"))
        console.print(f"[bold]{name}[/]  {where}", soft_wrap=True)
    if not shown:
        console.print(f"  [green]✓ {_('未发现问题')}[/]")
    for finding in shown:
        place = _place(finding.where[0]) if finding.where else ""
        said = finding.message_en if language() == "en" else finding.message
        console.print(
            f"  {_mark(finding.severity)} [bold]{finding.rule}[/] {escape(said)} [dim]{place}[/]", soft_wrap=True
        )


def _mark(severity: str) -> str:
    return {
        "error": f"[bold red]✗ {_('错误')}[/]",
        "warning": f"[yellow]! {_('提醒')}[/]",
        "info": f"[blue]i {_('提示')}[/]",
    }[severity]


def summary(console: Console, outcomes: Sequence[Outcome]) -> None:
    """What was read and what could not be."""
    for outcome in outcomes:
        if outcome.error is not None:
            console.print(
                f"[red]✗ {escape(str(outcome.path))}[/]：{escape(outcome.message)}", highlight=False, soft_wrap=True
            )
    reports = [r for o in outcomes for r in o.reports]
    counts = Counter(str(f.severity) for r in reports for f in r.findings)
    failed = sum(1 for o in outcomes if o.error is not None)
    console.print(
        "[dim]"
        + _("%(files)s 个文件 · %(reports)s 份报告") % {"files": len(outcomes), "reports": len(reports)}
        + "".join(f" · {counts[s]} {s}" for s in SEVERITIES)
        + (f" · [red]{_('%(n)s 个文件未能读取') % {'n': failed}}[/]" if failed else "")
        + "[/]",
        highlight=False,
    )


def comparison(console: Console, compared: Comparison) -> None:
    """Two reports side by side: the cells that differ, the figures in prose, the share of the same text."""
    console.print(f"A  {escape(compared.a_name)}\nB  {escape(compared.b_name)}", highlight=False)
    table = Table(_("单元"), _("名称"), "A", "B", _("差 B−A"))
    for cell in compared.cells:
        if cell.a != cell.b:
            table.add_row(cell.id, escape(cell.label), _value(cell.a), _value(cell.b), _value(cell.difference))
    console.print(table if table.row_count else f"[green]{_('各单元数值相同')}[/]")
    console.print(_("文本相同部分占 %(share)s") % {"share": f"{compared.text_share:.0%}"}, highlight=False)
    for passage in compared.passages[:10]:
        console.print(f"  [dim]·[/] {escape(_short(passage, 100))}", highlight=False)


def forms(console: Console, all_of_them: Sequence[Form], *, as_json: bool) -> None:
    """The official forms in a line each."""
    if as_json:
        rows = [
            {"id": f.id, "name": f.name, "document": f.document, "first_year": f.first_year, "last_year": f.last_year,
             "cells": len(f.cells)}
            for f in all_of_them
        ]  # fmt: skip
        console.print_json(json.dumps(rows, ensure_ascii=False))
        return
    table = Table(_("格式"), _("年度"), _("单元"), _("名称"), _("依据"))
    for f in all_of_them:
        table.add_row(f.id, f"{f.first_year}–{f.last_year or ''}", str(len(f.cells)), f.name, f.document)
    console.print(table)


def form(console: Console, spec: Form, *, as_json: bool) -> None:
    """The cells of a form: id, official label, unit, type."""
    if as_json:
        rows = [
            {"id": c.id, "table": c.table.id, "label": c.label, "unit": c.unit, "type": c.type, "local": c.local}
            for c in spec.cells.values()
        ]
        console.print_json(json.dumps(rows, ensure_ascii=False))
        return
    about = f"{spec.id} {spec.name}"
    table = Table(_("单元"), _("名称"), _("单位"), _("类型"), title=about, title_justify="left")
    for cell in spec.cells.values():
        table.add_row(cell.id, cell.label, cell.unit or "", cell.type)
    console.print(table)


def _source(read: Report) -> str:
    source = read.source
    return f"{source.path or '—'} ({source.format}{', ' + source.encoding if source.encoding else ''})"


def _repairs(read: Report) -> str:
    return " · ".join(f"{r.id}×{r.count}{'' if r.repaired else ' (kept)'}" for r in read.source.repairs) or "—"


def _place(where: Where) -> str:
    place = _("第 %(n)s 页") % {"n": where.page} + " " if where.page else ""
    place += _("段 %(n)s") % {"n": where.block + 1}
    if where.row is None:
        return place
    return place + " " + _("行 %(row)s 列 %(col)s") % {"row": where.row + 1, "col": (where.col or 0) + 1}


def _short(text: str, length: int = 60) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"


def _value(value: object) -> str:
    return "" if value is None else str(value)
