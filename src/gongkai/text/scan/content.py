"""Finds what was left in or went wrong: placeholders, impossible dates, other places, broken encoding, gambling."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from datetime import date

from gongkai.text.mojibake import undo_mojibake
from gongkai.text.placeholders import find_placeholders
from gongkai.text.repairs.advertising import GAMBLING_MARKS
from gongkai.text.scan.model import Level
from gongkai.text.scan.names import is_surname
from gongkai.text.scan.view import Found, View

_LEFT_IN = re.compile(
    r"[【\[(〔<](?:待补充?|待定|待填|待核实?|待确认|请补充|此处[^\n【】\[\]()]{0,16}|TODO|TBD|FIXME|插入[^\n【】\[\]()]{0,10})[】\])〕>]"
    r"|[点单]击此处[^\n]{0,10}|(?i:lorem ipsum)[^\n]{0,20}"
    r"|(?<![A-Za-z])(?:TODO|TBD|FIXME)(?![A-Za-z])|这里是(?:标题|正文|内容)|请在此(?:输入|填写)"
)
_LEFT_IN_WORDS = (
    *(
        "待补",
        "待定",
        "待填",
        "待核实",
        "待确认",
        "请补充",
        "此处",
        "TODO",
        "TBD",
        "FIXME",
        "[插入",
        "【插入",
        "orem",
        "OREM",
    ),
    *("这里是", "请在此"),
)
_EMPTY_DATE = re.compile(
    r"(?<![0-9一二三四五六七八九十〇零])[ ]{1,6}年[ ]{1,6}月[ ]{1,6}日|20[ ]{1,4}年[ ]{1,4}月[ ]{1,4}日"
)
_MASKED_NAME_AFTER = re.compile(
    r"[^\u4e00-\u9fff×xX*]|$|同志|先生|女士|的|等|男|女|因|与|和|、|诉|不服|申请|提出|反映|向|对|系|经|在|被|将"
)
_MASKED_NAME_BEFORE = re.compile(r"(?:^|[^\u4e00-\u9fff]|人|者|民|主|名|生|童|告|方|户|员|师|长)$")

_DATE = re.compile(
    # The year stands first, so that the pattern begins with a digit: what is before it is looked at afterwards.
    r"(?P<year>[0-9]{4})(?<![0-9][0-9]{4})(?:年|[.\-/])(?P<month>[0-9]{1,2})(?:月|[.\-/])(?P<day>[0-9]{1,2})(?:日|(?![0-9.\-/]))"
)
_SIGNED = re.compile(r"(?m)^[ \t]*(?P<year>[0-9]{4})年(?P<month>[0-9]{1,2})月(?P<day>[0-9]{1,2})日[ \t]*$")
_NUMBERED = re.compile(r"[〔\[(【](?P<year>[0-9]{4})[〕\])】][ ]?第?[0-9]{1,5}号")
_FIRST_YEAR, _YEARS_AHEAD = 1900, 60

_PLACE_END = re.compile(
    r"(?:自治[区州县]|[省市县区旗])(?=人民政府|政府办|(?:[\u4e00-\u9fff]{2,8}(?:局|委员会|委|厅|办公室)(?![\u4e00-\u9fff])))"
)
_NO_STEM = frozenset("按照由该各本其格对在和与及为是将从向到至给报经据被把同市县区省镇乡会局厅委请求")
"""Characters that end the search for the beginning of a place's name."""
_LONGEST_STEM = 3
_NO_PLACE = re.compile(
    "^(?:全|本|我|各|该|市|县|省|区|某|城|乡|社|灾|园|山|景|辖|地|上级|有关|相关|所在|设区|不设区|直辖|开发|自治|城市|农村)"
)

_LOST = re.compile(
    r"\ufffd+|(?:锟斤拷|锟|烫烫|屯屯){1,20}|(?<=[\u4e00-\u9fff，。、；])\?{2,20}(?=[\u4e00-\u9fff])|&(?:nbsp|amp|lt|gt|quot|#[0-9]{2,5});?|ï¿½"
)
_LOST_SIGNS = ("\ufffd", "锟", "烫烫", "屯屯", "??", "&nbsp", "&amp", "&lt", "&gt", "&quot", "&#", "ï¿½")
_WRONG_READ = re.compile(
    r"[\x80-\xff\u0152-\u2122]{6,}|(?:[\u4e00-\u9fff€]{0,3}(?:锛|銆|鐨|鏀|鍏|鍙|鍦|淇℃|浜|绗)){2,}"
)

_WRONG_SIGNS = (*"äåæçèéïã", "锛", "銆", "鐨", "鏀", "鍏", "鍙", "鍦")

_GAMBLING = re.compile("|".join(sorted(map(re.escape, GAMBLING_MARKS), key=len, reverse=True)), re.IGNORECASE)
_GAMBLING_WORDS = tuple(word.lower() for word in GAMBLING_MARKS)
_KINDS_OF_GAMBLING = frozenset(("博彩", "老虎机", "棋牌游戏", "六合彩", "时时彩", "彩票平台", "葡京", "威尼斯人"))
"""Words that the police use as well; the others are names of sites."""


def content(view: View, on: date | None, own_places: Collection[str]) -> Iterator[Found]:
    """Everything of this module; `on` is the day of release, `own_places` the places that a text may speak for."""
    yield from _placeholders(view)
    yield from _dates(view, on)
    if own_places:
        yield from _other_places(view, own_places)
    yield from _broken(view)
    yield from _gambling(view)


def _placeholders(view: View) -> Iterator[Found]:
    for found in find_placeholders(view.text):
        if (found["cross"] or found["latin"]) and _is_masked_name(view, found.start(), found.end()):
            continue
        yield Found("placeholder", found.start(), found.end(), Level.WARN if found["line"] else None)
    for found in view.matches(_LEFT_IN, _LEFT_IN_WORDS):
        yield Found("placeholder", found.start(), found.end())
    for found in view.matches(_EMPTY_DATE, (" 年", "20 ")):
        yield Found("placeholder", found.start(), found.end(), Level.WARN, "日期未填", "an empty date")


def _is_masked_name(view: View, start: int, end: int) -> bool:
    """陈××, 李X: a surname that begins a word, and one or two signs in place of the given name."""
    return (
        end - start <= 2
        and is_surname(view.plain[start - 1 : start])
        and _MASKED_NAME_BEFORE.search(view.before(start - 1, 1)) is not None
        and _MASKED_NAME_AFTER.match(view.plain, end) is not None
    )


def _dates(view: View, on: date | None) -> Iterator[Found]:
    signed = {found.start("year") for found in _SIGNED.finditer(view.plain)} if on is not None else set()
    for found in _DATE.finditer(view.plain):
        year, month, day = (int(found[part]) for part in ("year", "month", "day"))
        chinese = "年" in found[0]
        if view.in_url(found.start()):
            continue
        try:
            meant = date(year, month, day)
        except ValueError:
            if chinese and year:
                yield Found("future_date", found.start(), found.end(), None, "日期不存在", "no such day")
            continue
        if on is None or not chinese:
            continue
        if year > on.year + _YEARS_AHEAD or year < _FIRST_YEAR - 700:
            yield Found("future_date", found.start(), found.end(), None, "年份疑似有误", "the year looks wrong")
        elif meant > on and found.start() in signed:
            yield Found(
                "future_date", found.start(), found.end(), None, "成文日期晚于今天", "it is signed in the future"
            )
    if on is not None:
        for found in _NUMBERED.finditer(view.plain):
            if int(found["year"]) > on.year:
                yield Found(
                    "future_date",
                    found.start(),
                    found.end(),
                    None,
                    "文号年份晚于今年",
                    "a document number of a later year",
                )


def _other_places(view: View, own_places: Collection[str]) -> Iterator[Found]:
    seen = set()
    for found in _PLACE_END.finditer(view.plain):
        start = found.start()
        while start and view.plain[start - 1] not in _NO_STEM and "\u4e00" <= view.plain[start - 1] <= "\u9fff":
            start -= 1
            if found.start() - start > _LONGEST_STEM:
                break
        place = view.plain[start : found.end()]
        stem = found.start() - start
        if not 2 <= stem <= _LONGEST_STEM or place in seen or _NO_PLACE.match(place) or "国" in place:
            continue
        if any(own in place or place in own for own in own_places if len(own) > 1) or _ends_as_own(place, own_places):
            continue
        seen.add(place)
        yield Found("other_place", start, found.end(), None, place)


def _ends_as_own(place: str, own_places: Collection[str]) -> bool:
    """Whether a verb ran into the name of a place of one's own: 报送云州市."""
    ends = tuple(place[start:] for start in range(1, len(place) - 1))
    return any(own.startswith(ends) for own in own_places) if ends else False


def _broken(view: View) -> Iterator[Found]:
    if view.has_signs(_LOST_SIGNS) and any(sign in view.text for sign in _LOST_SIGNS):
        for found in _LOST.finditer(view.text):
            yield Found("mojibake", found.start(), found.end())
    wrong = view.has_signs(_WRONG_SIGNS) and any(sign in view.text for sign in _WRONG_SIGNS)
    for found in _WRONG_READ.finditer(view.text) if wrong else ():
        if undo_mojibake(found[0]).repairs:
            yield Found("mojibake", found.start(), found.end())


def _gambling(view: View) -> Iterator[Found]:
    lowered = view.plain.lower()
    if any(word in lowered for word in _GAMBLING_WORDS):
        for found in _GAMBLING.finditer(view.plain):
            yield Found("gambling", found.start(), found.end(), Level.WARN if found[0] in _KINDS_OF_GAMBLING else None)
