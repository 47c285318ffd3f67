"""What a chapter is about, whatever words its title is put in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from types import MappingProxyType

from gongkai.annual.forms import all_forms, form
from gongkai.text.labels import plain


class Meaning(StrEnum):
    """The subjects that the chapters of the forms treat."""

    OVERVIEW = "overview"
    PROACTIVE = "proactive"
    APPLICATIONS = "applications"
    FEES = "fees"
    LITIGATION = "litigation"
    COMPLAINTS = "complaints"
    ASSESSMENT = "assessment"
    PROBLEMS = "problems"
    OTHER = "other"
    ANNEX = "annex"


CLOSING = frozenset([Meaning.PROBLEMS, Meaning.OTHER, Meaning.ANNEX])
"""Subjects that stand at the end of a report."""

_RULES: tuple[tuple[Meaning, re.Pattern[str]], ...] = tuple(
    (meaning, re.compile(pattern))
    for meaning, pattern in (
        (Meaning.COMPLAINTS, r"(?:受到|被)举报"),
        (Meaning.LITIGATION, r"复议|诉讼"),
        (Meaning.FEES, r"收费|减免|收取|费用"),
        (Meaning.ASSESSMENT, r"评议"),
        (Meaning.OTHER, r"其[他它].{0,8}(?:事项|报告|说明)|需要?(?:报告|说明)的?|(?:报告|说明)的?事项"),
        (Meaning.PROBLEMS, r"问题|不足|改进|整改|努力方向|打算|下[一]?步|今后|困难|薄弱"),
        (Meaning.ANNEX, r"附表|统计附?报?表|情况表|^附件"),
        (Meaning.APPLICATIONS, r"依申请|申请.{0,8}(?:办理|处理|公开|受理|情况|答复)|收到和处理|不予公开"),
        (Meaning.PROACTIVE, r"主动(?:向社会)?公开"),
        (Meaning.OVERVIEW, r"概述|概况|总体(?:情况|工作)|基本情况|综述|总述|引言"),
    )
)


def meanings(title: str) -> tuple[Meaning, ...]:
    """The subjects that a title names, the one that decides first."""
    title = plain(title)
    return tuple(meaning for meaning, pattern in _RULES if pattern.search(title))


@cache
def chapter_ids(form_id: str) -> Mapping[Meaning, str]:
    """The form's chapter for each subject."""
    ids: dict[Meaning, str] = {}
    for chapter in form(form_id).chapters:
        if found := meanings(chapter.title):
            ids.setdefault(found[0], chapter.id)
    return MappingProxyType(ids)


@cache
def known_titles() -> tuple[str, ...]:
    """All chapter titles of all forms with their aliases, longest first."""
    titles = {t for f in all_forms() for c in f.chapters for t in (c.title, *c.aliases)}
    return tuple(sorted(titles | set(_COMMON), key=len, reverse=True))


_COMMON = (
    "概述",
    "基本情况",
    "总体情况",
    "引言",
    "主动公开情况",
    "主动公开政府信息情况",
    "主动公开政府信息的情况",
    "依申请公开情况",
    "依申请公开政府信息情况",
    "依申请公开办理情况",
    "收费及减免情况",
    "行政复议、行政诉讼情况",
    "存在的主要问题和改进措施",
    "存在的主要问题及改进情况",
    "存在问题及改进措施",
    "存在的问题和改进措施",
    "需要说明的事项",
    "其他需要说明的事项",
    "其他需要报告的情况",
)
"""Titles that offices commonly use in place of the official ones."""
