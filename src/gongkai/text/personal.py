"""Finds personal data that a published text must not hold: identity, mobile and bank card numbers, home addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from gongkai.text.cell_numbers import NARROW


class PersonalKind(StrEnum):
    """What kind of personal data."""

    IDENTITY = "identity"
    """A citizen's identity number (GB 11643), its check character right."""
    MOBILE = "mobile"
    """A mobile telephone number."""
    BANK_CARD = "bank_card"
    """A bank card number, its check digit right (Luhn)."""
    HOME_ADDRESS = "home_address"
    """A dwelling (室, 户) with a person's name beside it."""


@dataclass(frozen=True, slots=True)
class PersonalData:
    """A hit: text[start:end] is the datum, `masked` the form in which it may be shown."""

    kind: PersonalKind
    start: int
    end: int
    masked: str


_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"
_PROVINCES = frozenset(
    (
        *(11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46),
        *(50, 51, 52, 53, 54, 61, 62, 63, 64, 65, 71, 81, 82, 83),
    )
)
_RUN = re.compile(
    r"(?<![0-9A-Za-z./=_\-])(?:[0-9]{11,19}[Xx]?|1[3-9][0-9][ -][0-9]{4}[ -][0-9]{4}|[0-9]{6} [0-9]{8} [0-9]{3}[0-9Xx]"
    r"|[0-9]{4}(?:[ -][0-9]{4}){3}(?:[ -][0-9]{1,3})?)(?![0-9A-Za-z])"
)
_ANY_LONG = re.compile(r"[0-9０-９][0-9０-９ \-]{9}")
_OFFICE = re.compile(
    r"(?:统一社会信用代码|索引号|文号|编号|订单|批准文号|许可证|备案号|标识码|办公电话|值班电话|公开电话|热线)\D{0,8}$"
)
_DWELLING = re.compile(
    r"[\u4e00-\u9fff]{2,12}(?:小区|花园|公寓|家园|新村|苑|村|路|街|巷|弄)[\u4e00-\u9fff0-9A-Za-z\-]{0,16}?"
    r"(?:[0-9一二三四五六七八九十]{1,4}(?:栋|幢|号楼|座|单元)[\u4e00-\u9fff0-9\-]{0,8}?)[0-9]{1,4}(?:室|户|号房)"
)
_NAMED = re.compile(
    r"(?:申请人|被申请人|当事人|投诉人|举报人|原告|住户|户主|姓名|家住|居民|村民)[:：]?\s?[\u4e00-\u9fff·×某]{1,4}|[\u4e00-\u9fff]{2,3}[，,（(]?(?:家住|住址|住在|住所地|现住)"
)
_BUREAU = re.compile("人民政府|委员会|办公室|局|中心|大厅|窗口|邮编|邮政编码|办公地址|联系地址|通信地址")
_NEAR = 30


def find_personal_data(text: str) -> list[PersonalData]:
    """Every personal datum of a text, in order and without overlaps.

    Only what is certain counts: numbers whose check digit is right, and a dwelling with a person's name beside it. The
    landline, post address and e-mail address that an office publishes for itself are no personal data.
    """
    hits: list[PersonalData] = []
    if _ANY_LONG.search(text):
        hits.extend(_numbers(text))
    if "室" in text or "户" in text or "号房" in text:
        hits.extend(find_home_addresses(text))
    hits.sort(key=lambda hit: hit.start)
    return [hit for i, hit in enumerate(hits) if i == 0 or hit.start >= hits[i - 1].end]


def _numbers(text: str) -> Iterator[PersonalData]:
    narrow = text.translate(NARROW) if not text.isascii() else text
    for found in _RUN.finditer(narrow):
        digits = found[0].replace(" ", "").replace("-", "").upper()
        before = narrow[max(0, found.start() - 16) : found.start()]
        kind = _kind(digits, before)
        if kind is not None:
            raw = text[found.start() : found.end()]
            yield PersonalData(kind, found.start(), found.end(), _masked(raw, 3 if kind is PersonalKind.MOBILE else 4))


def _kind(digits: str, before: str) -> PersonalKind | None:
    if _OFFICE.search(before):
        return None
    if len(digits) == 18 and is_identity_number(digits):
        return PersonalKind.IDENTITY
    if len(digits) == 11 and re.fullmatch("1[3-9][0-9]{9}", digits):
        return PersonalKind.MOBILE
    if 16 <= len(digits) <= 19 and digits.isdigit() and digits.startswith(("62", "4", "5", "3568", "9558")):
        return PersonalKind.BANK_CARD if passes_luhn(digits) else None
    return None


def is_identity_number(digits: str) -> bool:
    """Whether 18 characters are an identity number: place, date of birth and check character of GB 11643."""
    if not re.fullmatch(
        r"[1-9][0-9]{5}(?:18|19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx]", digits
    ):
        return False
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=False))
    return is_province(digits[:2]) and _CHECK[total % 11] == digits[17].upper()


def is_province(digits: str) -> bool:
    """Whether two digits are the code of a province, with which identity numbers begin (GB/T 2260)."""
    return digits.isdecimal() and int(digits) in _PROVINCES


def passes_luhn(digits: str) -> bool:
    """Whether the check digit of a card number is right."""
    total = 0
    for place, char in enumerate(reversed(digits)):
        value = int(char) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0 and len(set(digits)) > 1


def find_home_addresses(text: str) -> Iterator[PersonalData]:
    """Every dwelling of a text with a person's name beside it."""
    for found in _DWELLING.finditer(text):
        around = text[max(0, found.start() - _NEAR) : found.end() + _NEAR].split("\n")
        here = next((part for part in around if found[0][-6:] in part), "")
        if _NAMED.search(here) and not _BUREAU.search(here):
            raw = found[0]
            yield PersonalData(PersonalKind.HOME_ADDRESS, found.start(), found.end(), raw[:4] + "*" * (len(raw) - 4))


def _masked(raw: str, shown: int) -> str:
    """The first and last characters stay, so that an office can find the place."""
    middle = "".join("*" if c.isalnum() else c for c in raw[shown:-shown])
    return raw[:shown] + middle + raw[-shown:]
