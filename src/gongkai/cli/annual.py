"""`gongkai annual …`: read, check, compare and render annual reports; list the official forms."""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from gongkai.cli import show
from gongkai.cli.sources import Outcome, files, read_all
from gongkai.cli.words import gettext as _
from gongkai.cli.writing import write

app = typer.Typer(no_args_is_help=True)

Paths = Annotated[list[Path], typer.Argument(help=_("文件和文件夹；文件夹逐层查找。"), exists=True)]
Jobs = Annotated[int, typer.Option("--jobs", "-j", min=1, help=_("同时读取的进程数。"))]

EXIT_FOUND = 1
EXIT_UNREAD = 2


class Target(StrEnum):
    """File types that a report can be rendered to."""

    DOCX = "docx"
    XLSX = "xlsx"
    PDF = "pdf"
    HTML = "html"
    TXT = "txt"
    JSON = "json"


@app.command(
    help=_("读取报告：机关、年度、章节、每个单元、正文中的数字、发现的问题。有读不出的文件，其余照读，以 2 结束。")
)
def read(
    paths: Paths,
    as_json: Annotated[bool, typer.Option("--json", help=_("输出 JSON Lines，每份报告一行。"))] = False,
    jobs: Jobs = 1,
) -> None:
    """Read reports: agency, year, chapters, every cell, the figures in the prose, and what is wrong.

    Exits with 2 when a file could not be read; the others are read all the same.
    """
    out, err = Console(), Console(stderr=True)

    def done(outcome: Outcome) -> None:
        if as_json:
            _write_json(outcome)
        else:
            for report in outcome.reports:
                show.report(out, report)

    outcomes = read_all(files(paths), console=err, jobs=jobs, on_done=done)
    show.summary(err, outcomes)
    _exit_for_unread(outcomes)


@app.command(help=_("检查报告，列出问题；几份一起给出的，相互核对。有错误的以 1 结束，有文件读不出的以 2 结束。"))
def check(
    paths: Paths,
    jobs: Jobs = 1,
    severity: Annotated[str, typer.Option(help=_("从哪一级起显示：error、warning 或 info。"))] = "info",
) -> None:
    """Check reports and list what is wrong, for people.

    Reports of several years or agencies given together are also checked against each other. Exits with 1 when there is
    any error, with 2 when a file could not be read.
    """
    from gongkai.annual.audit import check_together

    if severity not in show.SEVERITIES:
        raise typer.BadParameter(
            _("“%(given)s”不在其中：%(known)s") % {"given": severity, "known": ", ".join(show.SEVERITIES)},
            param_hint="--severity",
        )
    out, err = Console(), Console(stderr=True)
    outcomes = read_all(files(paths), console=err, jobs=jobs)
    reports = check_together([r for o in outcomes for r in o.reports])
    for report in reports:
        show.findings(out, report, least=severity)
    show.summary(err, outcomes)
    _exit_for_unread(outcomes)
    if any(f.severity == "error" for r in reports for f in r.findings):
        raise typer.Exit(EXIT_FOUND)


@app.command(help=_("比较两份报告（不同年度或者不同机关）：逐格、逐段。各取文件中的第一份。"))
def compare(
    a: Annotated[Path, typer.Argument(exists=True, dir_okay=False)],
    b: Annotated[Path, typer.Argument(exists=True, dir_okay=False)],
    as_json: Annotated[bool, typer.Option("--json", help=_("输出一个 JSON 对象。"))] = False,
) -> None:
    """Compare two reports, years or agencies, cell by cell and text by text (the first report of each file)."""
    from gongkai.annual import compare as compare_reports

    out, err = Console(), Console(stderr=True)
    outcomes = read_all([a, b], console=err)
    _exit_for_unread(outcomes, err)
    comparison = compare_reports(outcomes[0].reports[0], outcomes[1].reports[0])
    if as_json:
        typer.echo(json.dumps(comparison.to_dict(), ensure_ascii=False))
    else:
        show.comparison(out, comparison)


@app.command(help=_("把报告的数据按官方版式输出。文件中有几份的，输出几个文件。"))
def render(
    data: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help=_("报告的 JSON，由 `read --json` 得到。"))],
    to: Annotated[Target, typer.Option("--to", help=_("文件类型。"))],
    output: Annotated[Path | None, typer.Option("--output", "-o", help=_("写到哪里；不填的写在 DATA 旁边。"))] = None,
) -> None:
    """Render a report's data in the official layout. A file with several reports (JSON Lines) gives several files."""
    from gongkai.annual.data import DataError, from_dict
    from gongkai.annual.render import render as render_report

    err = Console(stderr=True)
    try:
        reports = [from_dict(d) for d in _json_objects(data)]
    except (DataError, json.JSONDecodeError) as error:
        err.print(f"[red]{data}[/]：{getattr(error, 'message', error)}", highlight=False, soft_wrap=True)
        raise typer.Exit(EXIT_UNREAD) from error
    base = output or data.with_suffix(f".{to}")
    for number, report in enumerate(reports, start=1):
        target = base if len(reports) == 1 else base.with_stem(f"{base.stem}-{number}")
        if target.resolve() == data.resolve():
            target = target.with_stem(f"{target.stem}-rendered")
        write(target, render_report(report, to.value), parameter="--output")


@app.command(help=_("列出官方格式；加 --form 列出其中一种的单元、名称和单位。"))
def forms(
    form_id: Annotated[str | None, typer.Option("--form", help=_("列出这种格式的单元。"))] = None,
    as_json: Annotated[bool, typer.Option("--json", help=_("输出 JSON。"))] = False,
) -> None:
    """List the official forms; with --form, the cells of one with their ids, labels and units."""
    from gongkai.annual.forms import FORM_IDS, all_forms, form

    out = Console()
    if form_id is None:
        show.forms(out, all_forms(), as_json=as_json)
    elif form_id in FORM_IDS:
        show.form(out, form(form_id), as_json=as_json)
    else:
        raise typer.BadParameter(
            _("“%(given)s”不在其中：%(known)s") % {"given": form_id, "known": ", ".join(FORM_IDS)}, param_hint="--form"
        )


def _write_json(outcome: Outcome) -> None:
    from gongkai.annual.data import to_dict

    for report in outcome.reports:
        sys.stdout.write(json.dumps(to_dict(report), ensure_ascii=False) + "\n")
    sys.stdout.flush()


def _json_objects(path: Path) -> list[dict[str, object]]:
    text = path.read_text("utf-8-sig")
    try:
        whole = json.loads(text)
    except json.JSONDecodeError:
        return [json.loads(line) for line in text.splitlines() if line.strip()]
    return whole if isinstance(whole, list) else [whole]


def _exit_for_unread(outcomes: list[Outcome], console: Console | None = None) -> None:
    failed = [o for o in outcomes if o.error is not None]
    if not failed:
        return
    if console is not None:
        show.summary(console, outcomes)
    raise typer.Exit(EXIT_UNREAD)
