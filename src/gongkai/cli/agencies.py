"""`gongkai agencies`: import and export of bodies, people, posts, staff figures and leading groups."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from gongkai.cli.django_setup import start_django
from gongkai.cli.words import gettext as _
from gongkai.cli.words import speak
from gongkai.cli.writing import write

if TYPE_CHECKING:
    from gongkai.agencies.importing import Outcome

EXIT_REFUSED = 2
app = typer.Typer(no_args_is_help=True, add_completion=False)


class Kind(StrEnum):
    """The tables that can be written alone."""

    AGENCIES = "agencies"
    PEOPLE = "people"
    STAFF = "staff"
    GROUPS = "groups"


@app.command("import", help=_("导入机构、人员和岗位，要么全部导入，要么都不导入。有一行不能导入的，以 2 结束。"))
def import_(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help=_("表格文件：.xlsx 或 .csv。"))],
    dry_run: Annotated[bool, typer.Option("--dry-run", help=_("只列出问题和变化，不导入。"))] = False,
    as_person: Annotated[
        str | None, typer.Option("--as", help=_("以这个账号办理，不超出其岗位；不填的为平台自身。"))
    ] = None,
) -> None:
    """Import agencies, people and posts: whole or not at all. Ends with 2 where a row is refused."""
    start_django()
    speak()
    from gongkai.agencies.importing import check, take_in
    from gongkai.agencies.models import Person

    person = None
    if as_person is not None:
        person = Person.objects.filter(username=as_person, is_active=True).first()
        if person is None:
            raise typer.BadParameter(_("没有账号“%(name)s”。") % {"name": as_person}, param_hint="--as")
    outcome = (check if dry_run else take_in)(file.read_bytes(), file.name, by=person)
    _show(Console(), outcome)
    if not outcome.ok:
        raise typer.Exit(EXIT_REFUSED)


@app.command("export", help=_("导出机构、人员和岗位，列与导入相同。"))
def export(
    file: Annotated[Path, typer.Argument(dir_okay=False, help=_("写到哪里：.xlsx；或者 .csv，用 --table 指定表。"))],
    table: Annotated[Kind, typer.Option("--table", help=_(".csv 文件写哪张表。"))] = Kind.AGENCIES,
    gbk: Annotated[bool, typer.Option("--gbk", help=_("用 GB 18030 编码，供旧程序使用；否则为 UTF-8。"))] = False,
) -> None:
    """Export agencies, people and posts in the columns that an import takes."""
    start_django()
    speak()
    from gongkai.agencies.importing import to_csv, to_xlsx
    from gongkai.agencies.importing.columns import TABLES
    from gongkai.agencies.models import Agency

    agencies = Agency.objects.all()
    suffix = file.suffix.lower()
    if suffix == ".xlsx":
        content = to_xlsx(agencies)
    elif suffix == ".csv":
        content = to_csv(TABLES[table.value], agencies, encoding="gb18030" if gbk else "utf-8-sig")
    else:
        raise typer.BadParameter(_("文件名请以 .xlsx 或 .csv 结尾。"), param_hint="FILE")
    write(file, content)


@app.command("template", help=_("写出导入用的空白工作簿。"))
def template_(file: Annotated[Path, typer.Argument(dir_okay=False, help=_("写到哪里，.xlsx。"))]) -> None:
    """Write the empty workbook that an import takes."""
    start_django()
    speak()
    from gongkai.agencies.importing import template

    write(file, template())


def _show(out: Console, outcome: Outcome) -> None:
    for notice in outcome.notices:
        out.print(f"[yellow]! {escape(notice)}[/]", highlight=False)
    if outcome.problems:
        shown = Table(_("工作表"), _("行"), _("列"), _("问题"), _("处理办法"))
        for p in outcome.problems:
            shown.add_row(*(escape(str(cell or "")) for cell in (p.sheet, p.row, p.column, p.what, p.remedy)))
        out.print(shown)
    elif outcome.effective:
        shown = Table(_("工作表"), _("行"), "", _("对象"), _("变化"))
        for c in outcome.effective:
            mark = f"+ {_('新增')}" if c.verb == "added" else f"~ {_('修改')}"
            shown.add_row(escape(c.sheet), str(c.row), mark, escape(c.subject), escape("\n".join(c.details)))
        out.print(shown)
    state = f"[green]{_('已导入')}[/]" if outcome.done else _("未导入")
    counts = {name: outcome.count(name) for name in ("added", "changed", "same")} | {"problems": len(outcome.problems)}
    words = _("新增 %(added)s · 修改 %(changed)s · 不变 %(same)s · 问题 %(problems)s") % counts
    out.print(f"{state}  {words}", highlight=False)
