"""`gongkai index`: bring the search index up to date, or build it anew."""

from __future__ import annotations

import os
import time

import typer


def index(
    rebuild: bool = typer.Option(False, "--rebuild", help="Build the index anew; the old one is searched meanwhile."),
) -> None:
    """Bring the search index up to date with what is public (检索索引)."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.settings.demo")
    import django

    django.setup()
    from gongkai.publishing import indexing
    from gongkai.search import WriterBusy

    started = time.perf_counter()
    try:
        if rebuild:
            done = indexing.rebuild(progress=lambda n: typer.echo(f"\r{n}", nl=False, err=True))
            typer.echo(err=True)
        else:
            done = indexing.catch_up()
    except WriterBusy as error:
        typer.echo(f"{error}. 请等它结束后再试。", err=True)
        raise typer.Exit(1) from None
    typer.echo(f"{done} 条信息，{time.perf_counter() - started:.1f} 秒")
