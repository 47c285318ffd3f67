"""Writes what a command made to where it was asked for."""

from __future__ import annotations

from pathlib import Path

import typer

from gongkai.cli.words import gettext as _


def write(file: Path, content: bytes, *, parameter: str = "FILE") -> None:
    """Writes a file and says where it is. Raises BadParameter where that cannot be."""
    try:
        file.write_bytes(content)
    except OSError as error:
        words = _("不能写入 %(file)s：%(why)s") % {"file": file, "why": error.strerror}
        raise typer.BadParameter(words, param_hint=parameter) from error
    typer.echo(file)
