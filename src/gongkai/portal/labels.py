"""Official labels in the reader's language: of the lists in `gongkai.law` and of the closed lists of publishing."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Any

from django.utils.translation import get_language, gettext

from gongkai.law import catalogue
from gongkai.publishing.models import InterpretationForm, Kind, Mode, Term, Validity
from gongkai.text.numerals import chinese_numeral

_ARTICLE = re.compile(r"第(\w+)条(?:第（(\w+)）项)?")


def listed(id: str) -> str:
    """The label of an entry of an official list; the id itself where no list has it."""
    return _listed(id, get_language() == "en") if id else ""


@cache
def _listed(id: str, english: bool) -> str:
    try:
        return catalogue.label_en(id) if english else catalogue.label(id)
    except KeyError:
        return id


def theme_path(id: str) -> list[tuple[str, str]]:
    """A theme with the one above it: ids and labels."""
    ids = [id[:3], id] if len(id) > 3 else [id]
    return [(one, listed(one)) for one in ids if one]


def article(basis: str) -> str:
    """An article of the regulation in the reader's language: 第二十条第（一）项 is Article 20(1)."""
    found = _ARTICLE.fullmatch(basis) if get_language() == "en" else None
    if found is None:
        return basis
    number, item = (chinese_numeral(part) if part else None for part in found.groups())
    return f"Article {number}" + (f"({item})" if item else "")


def kind(id: str, language: str = "") -> str:
    """The label of a kind of information, in the reader's language where none is given."""
    return _label("kind", id, language or str(get_language()))


def validity(id: str) -> str:
    """The label of a validity, empty for none."""
    return _label("validity", id, str(get_language())) if id else ""


def choice(which: str, id: str) -> str:
    """The label of a mode, a term or a form of interpretation; empty for none."""
    return _label(which, id, str(get_language())) if id else ""


def word(message: str) -> str:
    """A word of the interface in the reader's language, looked up once; `message` is a marked string."""
    return _word(message, str(get_language()))


def words() -> Callable[[str], str]:
    """`word` for the reader's language, which is asked for once."""
    language = str(get_language())
    return lambda message: _word(message, language)


@cache
def _word(message: str, language: str) -> str:
    return gettext(message)


_CHOICES: dict[str, Any] = {
    "kind": Kind,
    "validity": Validity,
    "mode": Mode,
    "term": Term,
    "form": InterpretationForm,
}


@cache
def _label(which: str, id: str, language: str) -> str:
    choices: Any = _CHOICES[which]
    try:
        return str(choices(id).label)
    except ValueError:
        return id
