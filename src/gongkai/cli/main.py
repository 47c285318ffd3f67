"""The command `gongkai`: one group of subcommands for each kind of work."""

from __future__ import annotations

import typer

from gongkai import __version__
from gongkai.cli.agencies import app as agencies
from gongkai.cli.annual import app as annual
from gongkai.cli.demo import demo
from gongkai.cli.index import index
from gongkai.cli.publications import app as import_app
from gongkai.cli.worker import worker

app = typer.Typer(
    name="gongkai",
    help="Open-government disclosure for Chinese public bodies (政府信息公开平台).",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_show_locals=False,
)
app.add_typer(annual, name="annual", help="Annual reports: read, check, compare, render (年度报告).")
app.add_typer(agencies, name="agencies", help="Bodies, people and posts: import, export (机构与人员).")
app.add_typer(import_app, name="import", help="Bring in publications from other systems (导入).")
app.command("demo")(demo)
app.command("index")(index)
app.command("worker")(worker)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(__version__)
        raise typer.Exit


@app.callback()
def main(
    version: bool = typer.Option(False, "--version", callback=_version, is_eager=True, help="Print the version."),
) -> None:
    """Open-government disclosure for Chinese public bodies (政府信息公开平台)."""


if __name__ == "__main__":
    app()
