"""`gongkai import publications`: brings in what an agency published elsewhere."""

from __future__ import annotations

import csv
import time
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from gongkai.cli.django_setup import start_django

if TYPE_CHECKING:
    from gongkai.agencies.models import Agency, Person
    from gongkai.publishing.importing.model import Outcome

EXIT_REJECTED = 2
_AFTERWARDS = "完成的批次都已保存，其余没有改动。排除原因后，用同样的命令加 --resume 继续。"
_SAID_EVERY = 5000
"""Rows after which a line says how far it is, where nobody watches a bar."""
_COUNTED = 200 * 1024 * 1024
app = typer.Typer(no_args_is_help=True, add_completion=False)


class Format(StrEnum):
    """What a source may be; told by its name and its beginning where it is not given."""

    CSV = "csv"
    XLSX = "xlsx"
    JSONL = "jsonl"
    FOLDER = "folder"
    WORDPRESS = "wordpress"
    CKAN = "ckan"


@app.callback()
def main() -> None:
    """Bring in what is elsewhere (导入)."""


@app.command("publications")
def publications(
    source: Annotated[Path, typer.Argument(help="CSV, XLSX, JSON Lines, WordPress or CKAN export, or a folder.")],
    agency: Annotated[str, typer.Option("--agency", help="Code, slug or name of the agency that publishes.")],
    mapping: Annotated[Path | None, typer.Option("--mapping", help="TOML or JSON: columns, defaults, values.")] = None,
    format_: Annotated[Format | None, typer.Option("--format", help="The sort of source, if it is not told.")] = None,
    kind: Annotated[str, typer.Option("--kind", help="Kind of all rows, by id or label: news, 工作动态.")] = "",
    batch: Annotated[int, typer.Option("--batch", min=1, max=5000, help="Rows in one transaction.")] = 1000,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would happen; nothing is stored.")] = False,
    resume: Annotated[bool, typer.Option("--resume", help="Go on where an import of this source stopped.")] = False,
    report: Annotated[Path | None, typer.Option("--report", help="CSV of rejected rows and remarks.")] = None,
    as_person: Annotated[str, typer.Option("--as", help="Account to act as; else the first administrator.")] = "",
    jobs: Annotated[int | None, typer.Option("--jobs", "-j", min=1, help="Processes; else one for each core.")] = None,
) -> None:
    """Import publications that were public before (导入已公开的信息). Ends with 2 where a row was rejected."""
    start_django()
    from django.db import DatabaseError

    from gongkai.agencies.rights import NotAllowed
    from gongkai.publishing.importing.mapping import Mapping, load
    from gongkai.publishing.importing.model import Unreadable
    from gongkai.publishing.importing.running import run

    out = Console()
    whose, by = _agency(agency), _person(as_person, out)
    try:
        wanted = load(mapping) if mapping else Mapping()
        with _reporting(report) as write, _progress(out, source, format_) as step:
            outcome = run(
                source, agency=whose, by=by, mapping=wanted, format=format_ or "", kind=_kind(kind), batch=batch,
                dry_run=dry_run, resume=resume, progress=step, report=write, workers=jobs,
            )  # fmt: skip
    except (Unreadable, NotAllowed) as error:
        out.print(f"[red]✗ {escape(str(error))}[/]", highlight=False)
        raise typer.Exit(1) from error
    except (DatabaseError, OSError, BrokenExecutor) as error:
        out.print(f"[red]✗ 导入中断 interrupted：{escape(str(error) or type(error).__name__)}[/]", highlight=False)
        out.print(_AFTERWARDS, highlight=False)
        raise typer.Exit(1) from error
    except KeyboardInterrupt:
        out.print(f"已停止 stopped。{_AFTERWARDS}", highlight=False)
        raise typer.Exit(130) from None
    _show(out, outcome, report, dry_run)
    if outcome.rejected:
        raise typer.Exit(EXIT_REJECTED)


def _agency(words: str) -> Agency:
    from gongkai.agencies.models import Agency
    from gongkai.agencies.queries import find_by_name

    found = Agency.objects.filter(slug=words).first() or Agency.objects.filter(code=words).first()
    found = found or find_by_name(words)
    if found is None:
        raise typer.BadParameter(
            f"没有机关“{words}”（no such agency）。请用代码、网址标识或全称。", param_hint="--agency"
        )
    return found


def _person(username: str, out: Console) -> Person:
    from gongkai.agencies.models import Person, Role

    people = Person.objects.filter(is_active=True)
    if username:
        found = people.filter(username=username).first()
        if found is None:
            raise typer.BadParameter(f"没有账号 {username}（no such account）", param_hint="--as")
        return found  # type: ignore[no-any-return]
    found = people.filter(is_superuser=True).first() or people.filter(posts__role=Role.ADMINISTRATOR).first()
    if found is None:
        raise typer.BadParameter("还没有管理员账号，请用 --as 指定（no administrator yet）", param_hint="--as")
    out.print(f"[dim]以管理员 {escape(found.username)} 的身份导入；用 --as 换成其他账号。[/]", highlight=False)
    return found  # type: ignore[no-any-return]


def _kind(words: str) -> str:
    from gongkai.publishing.importing.values import labelled

    found = labelled("kind", words)
    if not isinstance(found, str):
        raise typer.BadParameter(str(found), param_hint="--kind")
    return found


@contextmanager
def _reporting(path: Path | None) -> Iterator[Any]:
    if path is None:
        yield None
        return
    try:
        opened = path.open("w", encoding="utf-8-sig", newline="", errors="replace")
    except OSError as error:
        raise typer.BadParameter(f"不能写入 {path}：{error.strerror}", param_hint="--report") from error
    with opened as file:
        writer = csv.writer(file)
        writer.writerow(("行", "标题或编号", "字段", "结果", "原因和处理办法", "信息"))

        def write(problems: Any) -> None:
            for p in problems:
                result = "未导入" if p.rejected else "提醒"
                cells = (p.row, p.reference, p.field, result, p.message, p.publication_id or "")
                writer.writerow([_harmless(str(cell)) for cell in cells])
            file.flush()

        yield write


def _harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.lstrip()[:1] in tuple("=+-@＝＋－＠") or cell[:1] in ("\t", "\r") else cell


@contextmanager
def _progress(out: Console, source: Path, format_: str | None) -> Iterator[Any]:
    if not out.is_terminal:
        yield _said(out)
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, TextColumn("{task.fields[speed]}"), console=out, transient=True) as bar:
        task = bar.add_task("导入 import", total=_total(source, format_), speed="")

        def step(done: int) -> None:
            elapsed = bar.tasks[0].elapsed or 1
            bar.update(task, completed=done, speed=f"{done / max(elapsed, 0.001):.0f} 行/秒")

        yield step


def _said(out: Console) -> Any:
    """Says now and then how far it is, for logs and pipes."""
    started, said = time.monotonic(), 0

    def step(done: int) -> None:
        nonlocal said
        if done - said >= _SAID_EVERY:
            said = done
            out.print(f"{done} 行，每秒 {done / max(time.monotonic() - started, 0.001):.0f} 行", highlight=False)

    return step


def _total(source: Path, format_: str | None) -> int | None:
    """The rows of a source, counted beforehand where that is quick."""
    from gongkai.publishing.importing.reading import rows

    if not source.is_file() or source.stat().st_size > _COUNTED:
        return None
    return sum(1 for _ in rows(source, format_ or ""))


def _show(out: Console, outcome: Outcome, report: Path | None, dry_run: bool) -> None:
    table = Table(
        "结果 result", "行 rows", title="试导入（没有保存） dry run" if dry_run else "导入 import", title_justify="left"
    )
    for label, count in (
        ("新增 added", outcome.added),
        ("更新 changed", outcome.changed),
        ("不变 unchanged", outcome.unchanged),
        ("重复 duplicates", outcome.duplicates),
        ("未导入 rejected", outcome.rejected),
    ):
        table.add_row(label, str(count))
    out.print(table)
    if outcome.resumed_at:
        out.print(f"[dim]从第 {outcome.resumed_at} 行之后继续 resumed[/]", highlight=False)
    speed = outcome.rows / outcome.seconds if outcome.seconds else 0
    out.print(
        f"{outcome.rows} 行，{outcome.seconds:.1f} 秒，每秒 {speed:.0f} 行；问题和提醒 {outcome.problems} 条",
        highlight=False,
    )
    if report:
        out.print(f"详见 {escape(str(report))}", highlight=False)
    elif outcome.problems:
        out.print("[dim]加 --report 文件.csv 可得到逐行的原因。[/]", highlight=False)
