"""What a title and a text suggest for the other fields of a publication; a person decides."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, field
from datetime import date
from html import unescape
from typing import Any

from gongkai.agencies.models import Agency
from gongkai.agencies.queries import existing
from gongkai.law import catalogue, document_number
from gongkai.publishing.models import Kind
from gongkai.text.numerals import chinese_numeral
from gongkai.text.rich import clean
from gongkai.text.rich.reading import plain

SUMMARY = 120
"""Characters of a proposed summary."""
_LINES = 12
"""Lines at the end of a text among which its date is looked for, and at its beginning for its number."""

_DATE = re.compile(r"([12][0-9]{3})\s{0,2}年\s{0,2}([0-9]{1,2})\s{0,2}月\s{0,2}([0-9]{1,2})\s{0,2}日")
_CHINESE_DATE = re.compile(
    r"([〇○零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日"
)
_NUMBER = re.compile(r"[\u4e00-\u9fff]{1,20}[〔\[(（【][12][0-9]{3}[〕\])）】]\s{0,2}第?[0-9]{1,5}\s{0,2}号")
_ADDRESSEES = re.compile(r"[:：]\s*\Z")
_PARAGRAPH = re.compile(r"<p(?:\s[^<>]*)?>(.*?)(?:</p>|\Z)", re.DOTALL)
_TAG = re.compile(r"<[^<>]*>?")
_SENTENCE = re.compile(r"[^。！？]{4,}[。！？]?")
_WORDS: tuple[tuple[str, Kind, str], ...] = (
    ("解读", Kind.INTERPRETATION, ""),
    ("澄清", Kind.CLARIFICATION, ""),
    ("预算", Kind.BUDGET, "budget"),
    ("决算", Kind.BUDGET, "budget"),
    ("统计公报", Kind.STATISTICS, "statistics"),
    ("任免", Kind.APPOINTMENT, "agency_info"),
    ("任职", Kind.APPOINTMENT, "agency_info"),
    ("招聘", Kind.RECRUITMENT, "civil_service"),
    ("录用", Kind.RECRUITMENT, "civil_service"),
    ("采购", Kind.PROCUREMENT, "procurement"),
    ("招标", Kind.PROCUREMENT, "procurement"),
    ("行政处罚", Kind.PENALTY, "enforcement"),
    ("行政许可", Kind.LICENSING, "licensing"),
    ("办事指南", Kind.LICENSING, "licensing"),
    ("收费", Kind.FEES, "fees"),
    ("应急预案", Kind.EMERGENCY, "emergency"),
    ("预警", Kind.EMERGENCY, "emergency"),
    ("监督检查", Kind.INSPECTION, "inspection"),
    ("抽检", Kind.INSPECTION, "inspection"),
    ("规划", Kind.PLAN, "plans"),
    ("项目", Kind.PROJECT, "projects"),
    ("补贴", Kind.LIVELIHOOD, "livelihood"),
    ("救助", Kind.LIVELIHOOD, "livelihood"),
    ("入学", Kind.LIVELIHOOD, "livelihood"),
    ("办法", Kind.NORMATIVE, "rules_docs"),
    ("规定", Kind.NORMATIVE, "rules_docs"),
    ("实施细则", Kind.NORMATIVE, "rules_docs"),
    ("机构职能", Kind.AGENCY_INFO, "agency_info"),
)


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What is proposed; empty where nothing is."""

    kind: str = ""
    genre: str = ""
    theme: str = ""
    categories: list[str] = field(default_factory=list)
    document_number: str = ""
    made_on: date | None = None
    summary: str = ""
    touched_agencies: list[int] = field(default_factory=list)

    def content(self) -> dict[str, Any]:
        """The proposals that may be filled in at once; other agencies are asked, so a person has to choose them."""
        taken = asdict(self)
        del taken["touched_agencies"], taken["kind"]
        return {name: value for name, value in taken.items() if value}

    def as_json(self) -> dict[str, Any]:
        """The proposals for a script."""
        return asdict(self) | {"made_on": self.made_on.isoformat() if self.made_on else ""}


def suggest(title: str, html: str, agency: Agency) -> Suggestions:
    """What title and text suggest for a publication of an agency."""
    text = plain(clean(html[:400_000]).html)
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    kind, category = _kind(title)
    return Suggestions(
        kind=kind,
        genre=_genre(title),
        theme=_theme(title),
        categories=[category] if category else [],
        document_number=_number(lines),
        made_on=made_on(lines),
        summary=_summary(lines, title),
        touched_agencies=_named(text, agency),
    )


def overview(title: str, body: str) -> str:
    """What clean HTML, or its beginning cut anywhere, says of itself in the first sentences of its paragraphs."""
    found = _PARAGRAPH.findall(body) if "<" in body else body.splitlines()
    return _summary([unescape(_TAG.sub("", text)).strip() for text in found[:_LINES]], title)


def made_on(lines: list[str]) -> date | None:
    """The last date that stands alone in a line near the end: under the signature, so the day it was made."""
    for line in reversed(lines[-_LINES:]):
        short = line.strip("（）() ")
        for pattern, number in ((_DATE, int), (_CHINESE_DATE, None)):
            found = pattern.search(short)
            if found and len(found[0]) >= len(short) - 12:
                day = _day(found, number is int)
                if day is not None:
                    return day
    return None


def _day(found: re.Match[str], arabic: bool) -> date | None:
    try:
        if arabic:
            return date(int(found[1]), int(found[2]), int(found[3]))
        digits = {sign: i for i, sign in enumerate("〇一二三四五六七八九")} | {"○": 0, "零": 0}
        year = int("".join(str(digits[sign]) for sign in found[1]))
        return date(year, int(chinese_numeral(found[2]) or 0), int(chinese_numeral(found[3]) or 0))
    except ValueError:
        return None


def _kind(title: str) -> tuple[str, str]:
    for word, kind, category in _WORDS:
        if word in title:
            return str(kind), category
    return "", ""


def _genre(title: str) -> str:
    bare = re.sub(r"[（(][^（()）]{0,20}[)）]\Z", "", title.strip())
    genres = [g for g in catalogue.genres() if bare.endswith(g.label.partition("（")[0])]
    return max(genres, key=lambda g: len(g.label)).id if genres else ""


def _theme(title: str) -> str:
    """The theme of which most characters stand in the title, one of the second level before its own parent."""
    best, most = "", 1.0
    for theme in catalogue.themes():
        for entry, weight in ((theme, 0.5), *((child, 1.0) for child in theme.children)):
            found = max((len(part) for part in entry.label.split("、") if part in title), default=0)
            if found >= 2 and found * weight + weight > most:
                best, most = entry.id, found * weight + weight
    return best


def _number(lines: list[str]) -> str:
    for line in lines[:_LINES]:
        found = _NUMBER.search(line[:200])
        if found:
            try:
                return document_number.parse(found[0]).canonical
            except document_number.NotADocumentNumber:
                continue
    return ""


def _summary(lines: list[str], title: str) -> str:
    """The first sentences of the first paragraph that is neither title nor number nor addressee."""
    for line in lines[:_LINES]:
        if line == title or _ADDRESSEES.search(line) or _NUMBER.fullmatch(line) or len(line) < 15:
            continue
        found = ""
        for sentence in _SENTENCE.findall(line):
            if found and len(found) + len(sentence) > SUMMARY:
                break
            found += sentence
        return found[:SUMMARY]
    return ""


def _named(text: str, agency: Agency) -> list[int]:
    """The agencies that the text names in full, others than the writer's own and what stands above it."""
    own = {agency.pk, agency.parent_id}
    found = [
        (pk, name)
        for pk, name in existing().values_list("pk", "name")
        if pk not in own and len(name) > 3 and name in text
    ]
    names = [name for _pk, name in found]
    return [pk for pk, name in found if not any(name != other and name in other for other in names)]
