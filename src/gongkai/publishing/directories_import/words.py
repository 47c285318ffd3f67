"""What the cells of a standard directory say: ticks, channels, audience, time limits."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from gongkai.law.catalogue import channels, fields
from gongkai.text.numerals import chinese_numeral

TICKED = "√✓✔☑■●▇█◼▣☒◆"
EMPTY = "□☐○◻◇"
_YES = {*TICKED, "是", "有", "y", "Y", "yes", "1", "v", "V", "TRUE"}
_NO = {*EMPTY, "否", "无", "×", "✕", "✗", "—", "-", "/", "0", "n", "N", "FALSE", ""}
_BLANK = re.compile(r"[\s_＿﹍…]+")
_CHANNEL = re.compile(f"([{TICKED}{EMPTY}])([^{TICKED}{EMPTY}]*)")
_SEPARATORS = re.compile(r"[、，,；;\n]+")
_IN_NAME = re.compile(r"[\s()（）/、·:：_＿]+")

_PERIODS: tuple[tuple[re.Pattern[str], int], ...] = tuple(
    (re.compile(pattern), days)
    for pattern, days in (
        (r"每(?:个工作)?日|每天|逐日|按日", 1),
        (r"每周|按周|每星期|逐周", 7),
        (r"每旬|按旬", 11),
        (r"每半月|半月(?:一次|更新|公开|公布)", 16),
        (r"每(?:个)?月|按月|逐月|月度|月报", 31),
        (r"每(?:个)?季|按季|逐季|季度", 92),
        (r"每半(?:个)?年|半年(?:一次|更新|公开|公布|度)", 184),
        (r"每(?:个)?(?:学)?年(?!限)|按年|逐年|(?<!本)年度(?!计划期)|每一年|一年一次", 366),
        (r"每学期|按学期", 184),
        (r"每[两二2]年|[两二2]年一次", 731),
        (r"每三年|每3年", 1096),
        (r"每五年|每5年", 1827),
    )
)
_EVERY_MONTHS = re.compile(r"每([0-9]{1,2}|[二两三四五六])个月")
_DIGITS = {"二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6}
_SPAN = r"([0-9]{1,3}|[一二两三四五六七八九十]{1,3})个?(工作日|自然日|日|天|月)"
_WITHIN = tuple(
    re.compile(pattern)
    for pattern in (rf"{_SPAN}(?:内|之内|以内)", rf"(?:之日起|之日后|后|起){_SPAN}", rf"^(?:及时公开,|不超过)?{_SPAN}$")
)
"""Ways of stating a limit, the surest first: 20个工作日内, 形成之日起7日, or nothing but 十五日."""


def clean(text: str) -> str:
    """A cell without blanks at its ends and doubled blanks inside; its lines stay."""
    lines = (re.sub(r"[ \t\u3000\xa0]+", " ", line).strip() for line in text.replace("\r", "\n").split("\n"))
    return "\n".join(line for line in lines if line)


def label(text: str) -> str:
    """A heading for comparing: no blanks, no brackets and what is in them."""
    return re.sub(r"\([^)]*\)", "", _folded(text))


def _folded(text: str) -> str:
    return _BLANK.sub("", unicodedata.normalize("NFKC", text))


def ticked(text: str) -> bool | None:
    """Whether a cell is ticked; None where it says something else."""
    mark = _BLANK.sub("", text)
    if mark in _NO:
        return False
    if mark in _YES or mark[0] in TICKED:
        return True
    return False if mark[0] in EMPTY else None


def channels_in(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The ticked channels (ids, or their words where they are in no list), and those words.

    A cell without any marks names its channels only: then all of them are meant.
    """
    marked = _CHANNEL.findall(text)
    names = [words for mark, words in marked if mark in TICKED] if marked else _SEPARATORS.split(text)
    found: list[str] = []
    unknown: list[str] = []
    for name in names:
        words = re.sub(r"[_＿﹍]+", "", clean(name)).strip(" :：;；,，、。")
        if not words:
            continue
        id = _channel(words)
        if id is None:
            unknown.append(words)
        found.append(id or words)
    return tuple(dict.fromkeys(found)), tuple(unknown)


def audience(everybody: str, group: str) -> tuple[bool, str]:
    """Whether it is for the whole society, and the group where it is for one."""
    words = clean(group).strip(TICKED + EMPTY + " ：:")
    words = "" if ticked(words) is not None else words
    to_all = ticked(everybody) is True or (not words and ticked(group) is not True)
    return to_all, words


def field_of(title: str) -> str:
    """The id of the field that a title names; empty where it names none. Longer names are looked for first."""
    words = label(title)
    names = [(name, f.id) for f in fields() for name in (f.label, *f.aliases)]
    return next((id for name, id in sorted(names, key=lambda n: -len(n[0])) if label(name) in words), "")


@cache
def refresh_days(time_limit: str) -> int | None:
    """After how many days a row must be filled anew; None where it is filled once for each event (20个工作日内)."""
    words = _folded(time_limit)
    found = [days for pattern, days in _PERIODS if pattern.search(words)]
    for number in _EVERY_MONTHS.findall(words):
        found.append(31 * (int(number) if number.isdigit() else _DIGITS[number]))
    return min(found, default=None)


@cache
def limit_of(time_limit: str) -> tuple[int, bool]:
    """Within how many days an item must be out after it was made, and whether these are working days.

    20 working days where the row states nothing else (条例第二十六条).
    """
    words = _folded(time_limit)
    found = next((match for pattern in _WITHIN if (match := pattern.search(words))), None)
    number = _whole(found[1]) if found else 0
    if found is None or not number:
        return 20, True
    return (31 * number, False) if found[2] == "月" else (number, found[2] == "工作日")


def _whole(numeral: str) -> int:
    return int(numeral) if numeral.isdigit() else int(chinese_numeral(numeral.replace("两", "二")) or 0)


@cache
def _channels() -> dict[str, str]:
    return {_channel_name(name): c.id for c in channels() for name in (c.label, *c.aliases)}


def _channel(words: str) -> str | None:
    name = _channel_name(words)
    known = _channels()
    if name in known:
        return known[name]
    starts = [id for label, id in known.items() if name.startswith(label) or (len(name) > 3 and label.startswith(name))]
    return starts[0] if len(starts) == 1 and not name.startswith("其他") else None


def _channel_name(words: str) -> str:
    return _IN_NAME.sub("", unicodedata.normalize("NFKC", words)).replace("发布会听证会", "发布会")
