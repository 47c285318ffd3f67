"""The index number (索引号) of an item: the code of its agency, a year and a serial, never changed and never reused."""

from __future__ import annotations

import re
from dataclasses import dataclass

from gongkai.law.org_codes import valid_org_code, valid_uscc
from gongkai.law.problem import Problem

MOST = 99_999
"""The last serial of a year: five digits."""

_SHAPE = re.compile(r"([0-9A-Z]{9}|[0-9A-Z]{18})/([0-9]{4})(0[1-9]|1[0-2])?-([0-9]{5})")
_PREFIX = re.compile(r"[0-9A-Z]{8}[0-9X]|[0-9A-Z]{18}")
_EXAMPLE = "000014349/2018-00222"


class BadIndexNumber(ValueError):
    """A text that is no index number."""


@dataclass(frozen=True, slots=True)
class IndexNumber:
    """The parts of an index number; `month` only in the form with year and month that some sites use."""

    prefix: str
    year: int
    serial: int
    month: int | None = None

    def __str__(self) -> str:
        return f"{self.prefix}/{self.year:04d}{'' if self.month is None else f'{self.month:02d}'}-{self.serial:05d}"


def make(prefix: str, year: int, serial: int) -> str:
    """The index number of the serial-th item of a year, such as 000014349/2018-00222.

    The prefix is the agency's organisation code (9 characters) or unified social credit code (18). Refuses another
    shape, a year without four digits and a serial outside 1 to 99999 (BadIndexNumber).
    """
    if not _PREFIX.fullmatch(prefix):
        raise BadIndexNumber(f"{prefix!r} is neither an organisation code (9) nor a unified social credit code (18)")
    if not 1000 <= year <= 9999:
        raise BadIndexNumber(f"{year} is no year of four digits")
    if not 1 <= serial <= MOST:
        raise BadIndexNumber(f"the serial {serial} is not between 1 and {MOST}")
    return str(IndexNumber(prefix, year, serial))


def parse(text: str) -> IndexNumber:
    """The parts of an index number. Refuses a text of another shape (BadIndexNumber)."""
    found = _SHAPE.fullmatch(text)
    if not found:
        raise BadIndexNumber(f"{text!r} is no index number; one looks like {_EXAMPLE}")
    prefix, year, month, serial = found.groups()
    return IndexNumber(prefix, int(year), int(serial), int(month) if month else None)


def check(text: str) -> list[Problem]:
    """What is wrong with an index number: its shape, or the check character of the code that it begins with."""
    try:
        number = parse(text)
    except BadIndexNumber:
        return [
            Problem(
                "shape",
                f"索引号格式不符，应为“机构代码/年份-五位流水号”，如{_EXAMPLE}",
                f"not the shape of an index number, such as {_EXAMPLE}",
            )
        ]
    problems = []
    valid = valid_org_code(number.prefix) if len(number.prefix) == 9 else valid_uscc(number.prefix)
    if not valid:
        problems.append(
            Problem(
                "prefix",
                "索引号前段的机构代码校验位不正确",
                "the check character of the organisation's code is wrong",
            )
        )
    if number.serial == 0:
        problems.append(Problem("serial", "索引号的流水号从00001起编", "serials begin at 00001"))
    return problems
