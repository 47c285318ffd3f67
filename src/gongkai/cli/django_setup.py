"""Starts Django for the commands that work on the platform's database; the others stay quick without it."""

from __future__ import annotations

import os


def start_django() -> None:
    """Sets Django up with the settings that the environment names, the demo's where it names none."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.settings.demo")
    import django
    from django.apps import apps

    if not apps.ready:
        django.setup()
    _require_tables()


def _require_tables() -> None:
    """Ends with a word on what to do where the database has not been made yet, or cannot be reached."""
    import typer
    from django.db import DatabaseError, connection

    from gongkai.cli.words import gettext as _

    try:
        if "agencies_agency" in connection.introspection.table_names():
            return
        words = _("数据库里还没有数据表。请先运行 python -m gongkai.manage migrate；试用的，运行 gongkai demo。")
    except DatabaseError as error:
        words = _("连不上数据库：%(why)s") % {"why": str(error).strip()}
    typer.echo(words, err=True)
    raise typer.Exit(1)
