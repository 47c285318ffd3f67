"""Reads the header of a flattened table: all its labels run together, in the order in which they were copied."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from enum import Enum, auto

from rapidfuzz import fuzz

from gongkai.annual.forms.model import ColumnSpec
from gongkai.annual.tables.keys import key_of
from gongkai.annual.tables.lattice import Row
from gongkai.annual.tables.stream import Unit
from gongkai.text.labels import plain

_REACH = 60
_LONGEST = 900


class Evidence(Enum):
    """What the header says about the columns."""

    NAMED = auto()
    """The columns are named, in the form's order."""
    JUMBLED = auto()
    """All the characters of the names are there, wrapped into one another."""
    NONE = auto()
    """There is no header."""
    AGAINST = auto()
    """Other columns are named, or in another order."""


def header_text(units: Sequence[Unit], before: int) -> tuple[str, int]:
    """The labels before a row, run together, back to the values or the prose before them; and where they begin."""
    parts: list[str] = []
    at = before
    size = 0
    while at > 0 and before - at < _REACH and size < _LONGEST:
        unit = units[at - 1]
        if unit.barrier or isinstance(unit.row, Row) or (unit.row.values and unit.row.has_figures):
            break
        parts.append(plain(unit.text))
        size += len(parts[-1])
        at -= 1
    parts.reverse()
    return "".join(parts), at


def matrix_evidence(text: str, columns: Sequence[ColumnSpec]) -> Evidence:
    """Whether a header names the columns of the table of applications in their order.

    The header has two levels: copied row by row, 总计 stands before the kinds of organisations; copied leaf by leaf,
    after them.
    """
    text = text.replace("法人或其他组织", "").replace("申请人情况", "")
    names = [key_of(c.label).text for c in columns]
    found = [text.rfind(n) for n in names]
    missing = [i for i, at in enumerate(found) if at < 0]
    if len(missing) == len(names):
        return Evidence.NONE
    inner = [at for at in found[1:-1] if at >= 0]
    first, last = found[0], found[-1]
    ordered = inner == sorted(inner) and (first < 0 or not inner or first < inner[0])
    if last >= 0 and inner:
        ordered = ordered and (first < 0 or last > first)
        if ordered and inner[0] < last < inner[-1]:
            return Evidence.JUMBLED if _all_characters(text, names) else Evidence.AGAINST
    if len(missing) <= 2:
        return Evidence.NAMED if ordered else Evidence.AGAINST
    if not ordered and len(missing) < len(names) - 2:
        return Evidence.AGAINST
    return Evidence.JUMBLED if _all_characters(text, names) else Evidence.NONE


def _all_characters(text: str, names: Sequence[str]) -> bool:
    """Whether nearly every character of the names is in the text as often as it must be."""
    wanted = Counter("".join(names))
    there = Counter(text)
    met = sum(min(n, there[c]) for c, n in wanted.items())
    return met >= 0.9 * sum(wanted.values())


def block_evidence(text: str, columns: Sequence[ColumnSpec]) -> float:
    """How well the end of a header names exactly these columns in this order, 0 to 1."""
    wanted = "".join(key_of(c.label).text for c in columns)
    at = text.rfind("信息内容")
    tail = plain(text[at + 4 :] if at >= 0 else text[-(len(wanted) + 12) :])
    tail = tail.replace("单位万元", "").replace("单位元", "")
    if not tail:
        return 0.0
    return fuzz.ratio(tail, wanted) / 100


_RESULTS = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")


def dispute_evidence(text: str) -> Evidence:
    """Whether a header names the fifteen columns of reconsideration and litigation in their order."""
    review, suit = text.rfind("行政复议结果维持"), text.rfind("行政诉讼")
    start = text.rfind("行政复议行政诉讼")
    start = start if start >= 0 else review
    if start < 0:
        start = text.find("行政复议")
    if start < 0 or suit < 0:
        return Evidence.NONE
    tail = text[start:]
    direct, after = tail.find("未经复议"), tail.find("复议后起诉")
    if 0 <= after < direct:
        return Evidence.AGAINST
    rest = tail
    for word in ("行政复议", "行政诉讼", "未经复议直接起诉", "复议后起诉"):
        rest = rest.replace(word, "", 1)
    if "".join(_RESULTS) * 3 in rest:
        return Evidence.NAMED
    if fuzz.ratio(rest, "".join(_RESULTS) * 3) >= 92:
        return Evidence.NAMED
    counts = Counter(rest)
    jumbled = all(counts[c] >= 3 for c in "维持纠正尚未审") and direct >= 0 and after >= 0
    firsts = [rest.find(c) for c in "维纠尚"]
    return Evidence.JUMBLED if jumbled and firsts[0] >= 0 and len(rest) <= 90 else Evidence.NONE
