"""Reads the text of a cell: dates, numbers, codes and choices as clerks write them; each raises ValueError."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]00:00(?::00)?)?")
_PACKED_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})")
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?e\+?\d+", re.I)
_CODE = re.compile(r"[0-9A-Z][0-9A-Z\-]{3,39}")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_SEPARATORS = re.compile(r"[;；、\n|]+")

RESERVED_SLUGS = frozenset({"new", "import", "export", "template"})
"""Words that stand for something else in the addresses of the staff side."""


def text(value: str) -> str:
    """The text without blanks around it."""
    return value.strip()


def upper(value: str) -> str:
    """A code in half-width capitals without blanks and, in an organisation code, without its hyphen."""
    return re.sub(r"[\s\-]", "", unicodedata.normalize("NFKC", value)).upper()


def code(value: str) -> str:
    """The code of an agency in half-width capitals."""
    found = re.sub(r"\s", "", unicodedata.normalize("NFKC", value)).upper()
    if _SCIENTIFIC.fullmatch(found):
        raise ValueError(_("代码被表格软件改成了科学计数法“%(value)s”，后几位已经丢失") % {"value": value[:40]})
    if not _CODE.fullmatch(found):
        raise ValueError(_("“%(value)s”不是机构代码，应当由 4 至 40 位数字和大写字母组成") % {"value": value[:40]})
    return found


def optional_code(value: str) -> str | None:
    """The code of another agency, None for an empty cell."""
    return code(value) if value.strip() else None


def slug(value: str) -> str:
    """What stands for an agency in addresses."""
    found = value.strip().lower()
    if found and (len(found) > 60 or not _SLUG.fullmatch(found) or found in RESERVED_SLUGS):
        raise ValueError(_("“%(value)s”不能作为网址标识") % {"value": value[:40]})
    return found


def several(value: str) -> list[str]:
    """Names separated by semicolons, each once."""
    return list(dict.fromkeys(part.strip() for part in _SEPARATORS.split(value) if part.strip()))


def day(value: str) -> date | None:
    """A day: 2024-03-01, 2024/3/1, 2024年3月1日, 20240301; None for an empty cell."""
    found = unicodedata.normalize("NFKC", value).strip()
    if not found:
        return None
    match = _DAY.fullmatch(found) or _PACKED_DAY.fullmatch(found)
    try:
        return date(*(int(part) for part in match.groups())) if match else _refuse_day(value)
    except ValueError:
        return _refuse_day(value)


def number(value: str) -> int | None:
    """A whole number that is not negative; None for an empty cell."""
    found = unicodedata.normalize("NFKC", value).strip().replace(",", "").removesuffix("人").removesuffix("年").strip()
    if not found:
        return None
    if not re.fullmatch(r"[0-9]{1,7}", found):
        raise ValueError(_("“%(value)s”不是整数") % {"value": value[:40]})
    return int(found)


def in_each_language(words: Any) -> list[str]:
    """What some words are in Chinese and in English, whatever language is spoken just now."""
    said = []
    for language, _name in settings.LANGUAGES:
        with override(language):
            said.append(str(words))
    return list(dict.fromkeys(said))


def choice(options: Any) -> Callable[[str], str]:
    """Reads one of the options by its label in Chinese or English, by a part of it that no other has, or by its id."""

    @cache
    def labels() -> dict[str, list[str]]:
        return {str(id): [_bare(said) for said in in_each_language(label)] for id, label in options.choices}

    def parse(value: str) -> str:
        wanted = _bare(value)
        if not wanted:
            return ""
        exact = [id for id, said in labels().items() if wanted in said or wanted == id]
        found = exact or [id for id, said in labels().items() if len(wanted) > 1 and any(wanted in s for s in said)]
        if len(found) != 1:
            raise ValueError(_("“%(value)s”不在可选范围内") % {"value": value[:40]})
        return found[0]

    return parse


def _refuse_day(value: str) -> date:
    raise ValueError(_("“%(value)s”不是日期") % {"value": value[:40]})


def _bare(value: str) -> str:
    return re.sub(r"[\s、,]", "", unicodedata.normalize("NFKC", value)).lower()
