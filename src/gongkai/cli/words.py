"""The language that the command line speaks: Chinese, or English where the environment asks for it."""

from __future__ import annotations

import gettext as standard
import os
from functools import cache
from pathlib import Path

CATALOGUES = Path(__file__).resolve().parents[1] / "locale"


def language() -> str:
    """`en` or `zh-hans`: GONGKAI_LANGUAGE where it is set, else the locale, else Chinese."""
    from gongkai.settings.env import env

    asked = env.text("GONGKAI_LANGUAGE")
    if not asked:
        asked = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := os.environ.get(name))), "")
    return "en" if asked.lower().startswith("en") else "zh-hans"


def gettext(words: str) -> str:
    """The words in that language; the platform's own catalogues, read without starting Django."""
    return _catalogue(language()).gettext(words)


@cache
def _catalogue(language: str) -> standard.NullTranslations:
    return standard.translation("django", CATALOGUES, [language], fallback=True)


def speak() -> None:
    """Lets what Django says be in that language too; called once Django has started."""
    from django.utils import translation

    translation.activate(language())


def name_panels() -> None:
    """Gives the parts of a command's help their names; the package that draws them knows English only."""
    from typer import rich_utils

    rich_utils.ARGUMENTS_PANEL_TITLE = gettext("参数")
    rich_utils.OPTIONS_PANEL_TITLE = gettext("选项")
    rich_utils.COMMANDS_PANEL_TITLE = gettext("命令")
    rich_utils.ERRORS_PANEL_TITLE = gettext("错误")
    rich_utils.REQUIRED_LONG_STRING = gettext("[必填]")
    rich_utils.DEFAULT_STRING = gettext("[默认：{}]")
