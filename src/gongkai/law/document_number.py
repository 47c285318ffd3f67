"""The number of an official document (发文字号): read in every form in which it is typed, checked against GB/T 9704."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongkai.law.problem import Problem
from gongkai.text.numerals import chinese_numeral

_OPEN, _CLOSE = r"[〔\[(【<〈《{「『]", r"[〕\])】>〉》}」』]"
_SERIAL = r"(?P<ordinal>第)?(?P<serial>[0-9]{1,6})(?P<hao>号)?"
_BRACKETED = re.compile(
    rf"(?P<prefix>[^0-9\s]{{1,30}}?)(?P<open>{_OPEN})(?P<year>[0-9]{{4}}|[0-9]{{2}})(?P<nian>年)?(?P<close>{_CLOSE})年?{_SERIAL}"
)
_BARE = re.compile(
    r"(?P<prefix>[^0-9\s第年]{1,30})(?P<year>(?:19|20)[0-9]{2})年?(?P<ordinal>第)?(?P<serial>[0-9]{1,6})(?P<hao>号)"
)
_ORDER = re.compile(
    r"(?P<prefix>[^0-9\s第]{0,30}令)\(?(?P<ordinal>第)?(?P<serial>[0-9]{1,6}|[〇零一二三四五六七八九十百千]{1,8})(?P<hao>号)\)?"
)
_SERIES = re.compile(
    r"(?P<prefix>[^0-9\s第年]{0,30}?)\(?(?P<year>[0-9]{4})年(?P<ordinal>第)?(?P<serial>[0-9]{1,6})(?P<hao>号)\)?(?P<genre>\(?(?:公告|通告)\)?)?"
)
_PREFIX = re.compile(r"[\u3400-\u9fffA-Za-z]+(?:\([\u3400-\u9fffA-Za-z]+\)[\u3400-\u9fffA-Za-z]*)*")
_ANNOUNCED = ("公告", "通告", "令")
_LONGEST = 80
_FIRST_YEAR = 1949


class NumberKind(StrEnum):
    """How a document is numbered."""

    DOCUMENT = "document"
    """发文字号: 云政发〔2024〕12号."""
    ORDER = "order"
    """An order, numbered through all years: 云州市人民政府令第5号."""
    SERIES = "series"
    """Announcements, numbered by year: 2024年第3号."""


class NotADocumentNumber(ValueError):
    """A text in which no document number can be read."""


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """A document number: `prefix` is the agency's word (机关代字), `year` is None for orders."""

    prefix: str
    year: int | None
    serial: int
    canonical: str
    kind: NumberKind


def parse(text: str) -> DocumentNumber:
    """The document number that a text means, whatever its brackets, digits and spaces.

    Refuses a text that holds anything else (NotADocumentNumber).
    """
    return _read(text)[0]


def problems(text: str, today: date | None = None) -> list[Problem]:
    """What is off in a document number against GB/T 9704, each with the right form as its remedy.

    A year after that of `today` is a problem too; without `today` the year is not compared.
    """
    try:
        number, found = _read(text)
    except NotADocumentNumber:
        return [
            Problem(
                "unreadable",
                "无法识别发文字号，应为“机关代字〔年份〕序号号”，如云政发〔2024〕12号",
                "not a document number; one looks like 云政发〔2024〕12号",
            )
        ]
    return [
        Problem(code, message, message_en, number.canonical)
        for code, message, message_en in (*_of_form(text, number, found), *_of_year(number, found, today))
    ]


def _of_form(text: str, number: DocumentNumber, found: dict[str, str | None]) -> Iterator[tuple[str, str, str]]:
    document = number.kind is NumberKind.DOCUMENT
    if document and (found.get("open"), found.get("close")) != ("〔", "〕"):
        yield "brackets", "年份应当用六角括号“〔〕”括入", "the year stands in hexagon brackets 〔〕"
    if document and found.get("nian"):
        yield "year_word", "括号内只写年份数字，不加“年”字", "there is only the figure of the year inside the brackets"
    if document and found["ordinal"]:
        yield "ordinal", "序号前不加“第”字", "there is no 第 before the serial"
    if not document and not found["ordinal"]:
        yield "ordinal_missing", "序号前应当加“第”字", "第 stands before the serial"
    if (found["serial"] or "").startswith("0"):
        yield "leading_zero", "序号不编虚位，前面不加“0”", "the serial has no leading zero"
    if not (found["serial"] or "").isdecimal():
        yield "numerals", "序号用阿拉伯数字", "the serial is written in Arabic figures"
    if number.serial == 0:
        yield "serial_zero", "序号从1起编", "serials begin at 1"
    if not found["hao"]:
        yield "hao_missing", "序号后应当加“号”字", "号 stands after the serial"
    if any(char.isspace() for char in text.strip()):
        yield "spaces", "发文字号中不应有空格", "there are no spaces in a document number"
    if any("\uff10" <= char <= "\uff19" for char in text):
        yield "full_width", "数字应当用半角阿拉伯数字", "figures are half-width"


def _of_year(
    number: DocumentNumber, found: dict[str, str | None], today: date | None
) -> Iterator[tuple[str, str, str]]:
    if number.year is None:
        return
    if len(found.get("year") or "") != 4:
        yield "short_year", "年份应当标全称，为四位数字", "the year is written with four digits"
    if today is not None and number.year > today.year:
        yield "future_year", f"年份{number.year}晚于今年", f"the year {number.year} is in the future"
    if number.year < _FIRST_YEAR:
        yield "early_year", f"年份{number.year}过早", f"the year {number.year} is too early"


def _read(text: str) -> tuple[DocumentNumber, dict[str, str | None]]:
    if len(text) > _LONGEST:
        raise NotADocumentNumber("too long for a document number")
    plain = "".join(unicodedata.normalize("NFKC", text).split()).replace("號", "号")
    for read in (_document, _order, _series, _bare):
        result = read(plain)
        if result is not None:
            return result
    raise NotADocumentNumber(f"no document number in {text!r}; one looks like 云政发〔2024〕12号")


_Result = tuple[DocumentNumber, dict[str, str | None]] | None


def _document(plain: str) -> _Result:
    found = _BRACKETED.fullmatch(plain)
    if not found or not _PREFIX.fullmatch(found["prefix"]):
        return None
    return _made(found["prefix"], _full_year(found["year"]), int(found["serial"])), found.groupdict()


def _bare(plain: str) -> _Result:
    found = _BARE.fullmatch(plain)
    if not found or not _PREFIX.fullmatch(found["prefix"]):
        return None
    return _made(found["prefix"], int(found["year"]), int(found["serial"])), found.groupdict()


def _order(plain: str) -> _Result:
    found = _ORDER.fullmatch(plain)
    if not found or not _PREFIX.fullmatch(found["prefix"]):
        return None
    counted = found["serial"] if found["serial"].isdecimal() else chinese_numeral(found["serial"])
    if counted is None:
        return None
    serial = int(counted)
    prefix = _shown(found["prefix"])
    canonical = f"{prefix}第{serial}号"
    return DocumentNumber(prefix, None, serial, canonical, NumberKind.ORDER), found.groupdict()


def _series(plain: str) -> _Result:
    found = _SERIES.fullmatch(plain)
    if not found:
        return None
    prefix = found["prefix"]
    if prefix and not (_PREFIX.fullmatch(prefix) and prefix.endswith(_ANNOUNCED)):
        return None
    prefix, year, serial = _shown(prefix), int(found["year"]), int(found["serial"])
    canonical = f"{prefix}{year}年第{serial}号"
    return DocumentNumber(prefix, year, serial, canonical, NumberKind.SERIES), found.groupdict()


def _made(prefix: str, year: int, serial: int) -> DocumentNumber:
    prefix = _shown(prefix)
    return DocumentNumber(prefix, year, serial, f"{prefix}〔{year}〕{serial}号", NumberKind.DOCUMENT)


def _shown(prefix: str) -> str:
    """Brackets inside Chinese text are full-width."""
    return prefix.replace("(", "（").replace(")", "）")


def _full_year(digits: str) -> int:
    year = int(digits)
    if len(digits) == 4:
        return year
    return year + (1900 if year >= _FIRST_YEAR % 100 else 2000)
