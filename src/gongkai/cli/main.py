"""The command `gongkai`: one group of subcommands for each kind of work."""

from __future__ import annotations

import typer

from gongkai import __version__
from gongkai.cli.agencies import app as agencies
from gongkai.cli.annual import app as annual
from gongkai.cli.demo import demo
from gongkai.cli.index import index
from gongkai.cli.publications import app as import_app
from gongkai.cli.words import gettext as _
from gongkai.cli.words import name_panels
from gongkai.cli.worker import worker

name_panels()
app = typer.Typer(
    name="gongkai",
    help=_("政府信息公开平台。"),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_show_locals=False,
)
app.add_typer(annual, name="annual", help=_("年度报告：读取、检查、比较、输出。"))
app.add_typer(agencies, name="agencies", help=_("机构与人员：导入、导出。"))
app.add_typer(import_app, name="import", help=_("从其他系统导入已公开的信息。"))
app.command("demo", help=_("载入演示城市云州市（还没有的话），并在 127.0.0.1 上运行。"))(demo)
app.command("index", help=_("使检索索引与公开的信息一致。"))(index)
app.command(
    "worker",
    help=_(
        "办理后台任务：索引、推送、按时发布。与网站进程并行，只运行一个；Ctrl+C 或 TERM 信号后办完手头的一件再结束。"
    ),
)(worker)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(__version__)
        raise typer.Exit


@app.callback(help=_("政府信息公开平台。"))
def main(
    version: bool = typer.Option(False, "--version", callback=_version, is_eager=True, help=_("显示版本。")),
) -> None:
    """Open-government disclosure for Chinese public bodies."""


if __name__ == "__main__":
    app()
