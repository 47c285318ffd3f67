"""`gongkai demo`: the demo city, loaded and served."""

from __future__ import annotations

import os

import typer

from gongkai.cli.words import gettext as _


def demo(
    port: int = typer.Option(8000, help=_("127.0.0.1 上的端口。")),
    serve: bool = typer.Option(True, help=_("载入后运行；--no-serve 只载入。")),
) -> None:
    """Load the demo city 云州市 if it is not there yet and serve it on 127.0.0.1."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.settings.demo")
    os.environ.setdefault("GONGKAI_URL", f"http://127.0.0.1:{port}")
    from gongkai import demo as city

    city.prepare()
    if serve:
        city.serve(port)
