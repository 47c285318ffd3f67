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


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A table: .xlsx or .csv.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what is wrong and what would change.")] = False,
    as_person: Annotated[
        str | None, typer.Option("--as", help="Account to act as, within its posts; left out: the platform itself.")
    ] = None,
) -> None:
    """Import agencies, people and posts: whole or not at all (导入机构与人员). Ends with 2 where a row is refused."""
    start_django()
    from gongkai.agencies.importing import check, take_in
    from gongkai.agencies.models import Person

    person = None
    if as_person is not None:
        person = Person.objects.filter(username=as_person, is_active=True).first()
        if person is None:
            raise typer.BadParameter(f"没有账号 {as_person}（no such account）", param_hint="--as")
    outcome = (check if dry_run else take_in)(file.read_bytes(), file.name, by=person)
    _show(Console(), outcome)
    if not outcome.ok:
        raise typer.Exit(EXIT_REFUSED)


@app.command("export")
def export(
    file: Annotated[Path, typer.Argument(dir_okay=False, help="Where to write: .xlsx, or .csv with --table.")],
    table: Annotated[Kind, typer.Option("--table", help="The table of a .csv file.")] = Kind.AGENCIES,
    gbk: Annotated[bool, typer.Option("--gbk", help="GB 18030 instead of UTF-8, for old programs.")] = False,
) -> None:
    """Export agencies, people and posts in the columns that an import takes (导出机构与人员)."""
    start_django()
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
        raise typer.BadParameter("请以 .xlsx 或 .csv 结尾（end it in .xlsx or .csv）", param_hint="FILE")
    file.write_bytes(content)
    typer.echo(file)


@app.command("template")
def template_(file: Annotated[Path, typer.Argument(dir_okay=False, help="Where to write the .xlsx.")]) -> None:
    """Write the empty workbook that an import takes (导入模板)."""
    start_django()
    from gongkai.agencies.importing import template

    file.write_bytes(template())
    typer.echo(file)


def _show(out: Console, outcome: Outcome) -> None:
    for notice in outcome.notices:
        out.print(f"[yellow]! {escape(notice)}[/]", highlight=False)
    if outcome.problems:
        shown = Table("工作表 sheet", "行 row", "列 column", "问题 problem", "处理 remedy")
        for p in outcome.problems:
            shown.add_row(*(escape(str(cell or "")) for cell in (p.sheet, p.row, p.column, p.what, p.remedy)))
        out.print(shown)
    elif outcome.effective:
        shown = Table("工作表 sheet", "行 row", "", "对象 subject", "变化 change")
        for c in outcome.effective:
            mark = "+ 新增" if c.verb == "added" else "~ 修改"
            shown.add_row(escape(c.sheet), str(c.row), mark, escape(c.subject), escape("\n".join(c.details)))
        out.print(shown)
    counts = f"新增 {outcome.count('added')} · 修改 {outcome.count('changed')} · 不变 {outcome.count('same')}"
    state = "[green]已导入 imported[/]" if outcome.done else "未导入 nothing imported"
    out.print(f"{state}：{counts} · 问题 {len(outcome.problems)}", highlight=False)
