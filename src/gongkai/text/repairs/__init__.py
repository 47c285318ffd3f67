"""Repairs of Chinese text: each a function of its own that says what it changed, listed here in a stable order."""

from __future__ import annotations

from collections.abc import Callable, Collection, Set
from dataclasses import dataclass

from gongkai.text.repair_model import Repair, Repaired
from gongkai.text.repairs import (
    advertising,
    broken_lines,
    control_characters,
    full_width,
    html_remains,
    injected_pinyin,
    lost_characters,
    spaces_in_chinese,
    traditional,
)
from gongkai.text.repairs.changes import merged

_MAX_PASSES = 6
"""One repair may uncover work for another; after so many rounds a text is beyond repair and stays as it is."""


@dataclass(frozen=True, slots=True)
class RepairFunction:
    """A repair: its stable id, its function, and where it may be used."""

    id: str
    apply: Callable[[str], Repaired]
    title: str
    """What it does, in Chinese, for people."""
    triggers: frozenset[str] | None = None
    """A text that has none of these characters is clean for this repair; None where that cannot be said."""
    may_apply: Callable[[str, Set[str]], bool] | None = None
    """A quick look at a text and its characters: False where the text is clean for this repair."""
    whole_text_only: bool = False
    """True where it looks at several lines, so that it has no place in a single paragraph or cell."""


REPAIRS: tuple[RepairFunction, ...] = (
    RepairFunction(
        "control_characters", control_characters.control_characters, "不可见字符", control_characters.TRIGGERS
    ),
    RepairFunction("html_remains", html_remains.html_remains, "残留的网页代码", html_remains.TRIGGERS),
    RepairFunction("full_width", full_width.full_width, "全角数字和字母", full_width.TRIGGERS),
    RepairFunction("injected_pinyin", injected_pinyin.injected_pinyin, "夹带的拼音", injected_pinyin.TRIGGERS),
    RepairFunction("traditional", traditional.traditional, "繁体字", traditional.TRIGGERS),
    RepairFunction(
        "advertising", advertising.advertising, "网站导航和广告", None, advertising.may_hold_advertising, True
    ),
    RepairFunction(
        "spaces_in_chinese", spaces_in_chinese.spaces_in_chinese, "汉字间的空格", spaces_in_chinese.TRIGGERS
    ),
    RepairFunction("broken_lines", broken_lines.broken_lines, "断行", frozenset("\n"), whole_text_only=True),
    RepairFunction("lost_characters", lost_characters.lost_characters, "丢失的字符", lost_characters.TRIGGERS),
)
"""Every repair, in the order in which they are applied."""

_FOR_LINES = tuple(r for r in REPAIRS if not r.whole_text_only)


def repair_text(text: str) -> Repaired:
    """Repair a whole plain text of many lines with every repair, line ends made line feeds."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _run(text, REPAIRS)


def repair_line(text: str) -> Repaired:
    """Repair one paragraph or one cell: without joining lines and without dropping any."""
    if text.isascii() and text.isalnum():  # most cells hold a bare figure
        return Repaired(text)
    return _run(text, _FOR_LINES)


def repair(text: str, only: Collection[str] | None = None) -> Repaired:
    """Repair a text with all repairs, or only with those whose ids are given; raises KeyError for an unknown id."""
    if only is None:
        return repair_text(text)
    known = {r.id for r in REPAIRS}
    for id in only:
        if id not in known:
            raise KeyError(id)
    return _run(text, tuple(r for r in REPAIRS if r.id in only))


def _run(text: str, functions: tuple[RepairFunction, ...]) -> Repaired:
    """Apply the repairs in order, and again until nothing changes any more."""
    done: list[Repair] = []
    found: list[Repair] = []
    seen = set(text)
    clean: dict[str, str] = {}  # the text that each repair left behind or found clean
    for _ in range(_MAX_PASSES):
        before = text
        for function in functions:
            if function.triggers is not None and function.triggers.isdisjoint(seen):
                continue
            if clean.get(function.id) == text or (function.may_apply and not function.may_apply(text, seen)):
                continue
            result = function.apply(text)
            if result.text != text:
                text = result.text
                seen = set(text)
            clean[function.id] = text
            done.extend(entry for entry in result.repairs if entry.repaired)
            if any(not entry.repaired for entry in result.repairs):
                found = [entry for entry in result.repairs if not entry.repaired]
        if text == before:
            break
    return Repaired(text, merged(done + found)) if done or found else Repaired(text)
