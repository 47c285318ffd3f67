# ruff: noqa: E501 - long lists of names
"""Reads single values as people wrote them: dates, official labels, lists, and HTML that may be clean already."""

from __future__ import annotations

import html
import re
from datetime import date, datetime, time
from email.utils import parsedate_to_datetime
from functools import cache, lru_cache
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from gongkai.law import catalogue
from gongkai.publishing import models
from gongkai.publishing.importing.mapping import normal
from gongkai.publishing.importing.model import Fault
from gongkai.publishing.models import Mode, Retention, Term, Validity
from gongkai.text.numerals import chinese_numeral
from gongkai.text.rich import clean
from gongkai.text.rich.gate import without_controls

_DAY = re.compile(
    r"^\D{0,3}((?:19|20)[0-9]{2})\s*[-年/.]\s*([0-9]{1,2})\s*[-月/.]\s*([0-9]{1,2})\s*日?"
    r"(?:[T\s]*([0-9]{1,2})[:：时]([0-9]{2})(?:[:：分]([0-9]{2}))?)?"
)
_SPELLED = re.compile(
    r"([一二][〇零○一二三四五六七八九]{3})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
)
_DIGITS = re.compile(r"^((?:19|20)[0-9]{2})(0[1-9]|1[0-2])([0-3][0-9])$")
_SERIAL = re.compile(r"^[2-6][0-9]{4}(?:\.[0-9]+)?$")
_EPOCH = date(1899, 12, 30)
_STEPS = re.compile(r"[/\\>＞]")
_PARTS = re.compile(r"[;；|、，,\n]+")
_MARKUP = re.compile(
    r"<\s*/?\s*(?:p|div|br|span|table|a|img|h[1-6]|ul|ol|li|strong|b|font|section|article|td|em|i)\b", re.I
)
Kind: Any = models.Kind

KINDS: dict[str, str] = {
    "政策文件": Kind.POLICY, "其他文件": Kind.POLICY, "行政规范性文件": Kind.NORMATIVE, "规范性文件": Kind.NORMATIVE,
    "政府规章": Kind.REGULATION, "解读": Kind.INTERPRETATION, "政策解读": Kind.INTERPRETATION, "公告": Kind.NOTICE,
    "通知": Kind.NOTICE, "公示": Kind.NOTICE, "公示公告": Kind.NOTICE, "通告": Kind.NOTICE, "规划": Kind.PLAN,
    "计划": Kind.PLAN, "规划信息": Kind.PLAN, "统计": Kind.STATISTICS, "统计数据": Kind.STATISTICS, "预决算": Kind.BUDGET,
    "财政预算": Kind.BUDGET, "财政决算": Kind.BUDGET, "财政信息": Kind.BUDGET, "人事": Kind.APPOINTMENT, "人事信息": Kind.APPOINTMENT,
    "任免": Kind.APPOINTMENT, "招聘": Kind.RECRUITMENT, "招考": Kind.RECRUITMENT, "公务员招考": Kind.RECRUITMENT,
    "采购": Kind.PROCUREMENT, "招标采购": Kind.PROCUREMENT, "行政许可": Kind.LICENSING, "办事指南": Kind.LICENSING,
    "行政处罚": Kind.PENALTY, "重大项目": Kind.PROJECT, "收费": Kind.FEES, "应急": Kind.EMERGENCY, "应急预案": Kind.EMERGENCY,
    "监督检查": Kind.INSPECTION, "机构": Kind.AGENCY_INFO, "机构信息": Kind.AGENCY_INFO, "领导信息": Kind.AGENCY_INFO,
    "动态": Kind.NEWS, "新闻": Kind.NEWS, "要闻": Kind.NEWS, "工作动态": Kind.NEWS, "政务动态": Kind.NEWS, "辟谣": Kind.CLARIFICATION,
}  # fmt: skip
"""What sites call kinds of information besides our labels."""

CATEGORY_OF: dict[str, str] = {
    Kind.REGULATION: "rules_docs", Kind.NORMATIVE: "rules_docs", Kind.POLICY: "rules_docs", Kind.PLAN: "plans",
    Kind.STATISTICS: "statistics", Kind.BUDGET: "budget", Kind.RECRUITMENT: "civil_service",
    Kind.PROCUREMENT: "procurement", Kind.LICENSING: "licensing", Kind.PENALTY: "enforcement", Kind.PROJECT: "projects",
    Kind.FEES: "fees", Kind.LIVELIHOOD: "livelihood", Kind.EMERGENCY: "emergency", Kind.INSPECTION: "inspection",
    Kind.AGENCY_INFO: "agency_info",
}  # fmt: skip
"""The statutory category of a kind where a source names none; 其他 for kinds that belong to none."""


def moment(value: Any, name: str) -> datetime | Fault | None:
    """A moment: a date is taken at nine in the morning. A Fault where it cannot be read."""
    if value in (None, ""):
        return None
    if isinstance(value, datetime):
        return value if timezone.is_aware(value) else timezone.make_aware(value)
    found = _moment(str(value).strip())
    if found is None:
        words = _("“%(value)s”不是日期。") % {"value": str(value)[:40]}
        return Fault(name, words, _("请写成“2024-03-05”或“2024年3月5日”。"))
    return found


@lru_cache(4096)
def _moment(text: str) -> datetime | None:
    text = _SPELLED.sub(_in_figures, text)
    try:
        if (m := _DAY.match(text)) is not None:
            hour, minute, second = (int(x) if x else None for x in m.groups()[3:])
            when = time(hour, minute or 0, second or 0) if hour is not None else time(9)
            if text.endswith("Z") or re.search(r"[+-][0-9]{2}:?[0-9]{2}$", text[16:]):
                return datetime.fromisoformat(text)
            return timezone.make_aware(datetime.combine(date(*map(int, m.groups()[:3])), when))
        if (m := _DIGITS.match(text)) is not None:
            return timezone.make_aware(datetime.combine(date(*map(int, m.groups())), time(9)))
        if _SERIAL.match(text):
            day = date.fromordinal(_EPOCH.toordinal() + int(float(text)))
            return timezone.make_aware(datetime.combine(day, time(9)))
        if "," in text and ":" in text:
            return parsedate_to_datetime(text)
    except (ValueError, OverflowError, TypeError):
        return None
    return None


def _in_figures(found: re.Match[str]) -> str:
    parts = [chinese_numeral(part) for part in found.groups()]
    return found[0] if None in parts else "{}年{}月{}日".format(*parts)


def day(value: Any, name: str) -> date | Fault | None:
    """A day; a Fault where it cannot be read."""
    found = moment(value, name)
    return timezone.localdate(found) if isinstance(found, datetime) else found


def several(value: Any) -> list[str]:
    """The parts of a value that holds several."""
    if isinstance(value, list | tuple):
        return [str(v).strip() for v in value if str(v).strip()]
    return [part.strip() for part in _PARTS.split(str(value or "")) if part.strip()]


@lru_cache(4096)
def _named(which: str, text: str) -> str | None:
    """The id of the entry that a text names."""
    if text in _ids(which):
        return text
    labels = _labels(which)
    # A path such as 综合政务/政务公开 names the entry by its last part first.
    for part in (text, *reversed(_STEPS.split(text))):
        if (found := labels.get(normal(part))) is not None:
            return found
    return None


@cache
def _labels(which: str) -> dict[str, str]:
    # Sources are in Chinese, whatever language whoever imports reads.
    with override("zh-hans"):
        return _labels_now(which)


def _labels_now(which: str) -> dict[str, str]:
    if which == "kind":
        return {normal(c.label): c.value for c in Kind} | {normal(k): str(v) for k, v in KINDS.items()}
    if which in _CHOICES:
        return {normal(c.label): c.value for c in _CHOICES[which]} | _ALSO.get(which, {})
    if which == "theme":
        entries = [(t.id, t.label) for t in catalogue.themes()]
        entries += [(c.id, c.label) for t in catalogue.themes() for c in t.children if c.label != "其他"]
    elif which == "genre":
        entries = [(g.id, g.label) for g in catalogue.genres()]
    else:
        entries = [(c.id, label) for c in reversed(catalogue.statutory_categories()) for label in (c.label, *c.aliases)]
    return {normal(label): id for id, label in entries}


_CHOICES: dict[str, Any] = {"mode": Mode, "term": Term, "retention": Retention, "validity": Validity}
_ALSO = {
    "validity": {normal(k): v for k, v in {"现行有效": "effective", "已废止": "repealed", "已失效": "lapsed", "是": "effective", "已修订": "amended", "有效": "effective", "失效": "lapsed", "废止": "repealed"}.items()},
    "retention": {"长期": "30", "短期": "10", "30年": "30", "10年": "10"},
    "term": {"长期公开": "permanent", "长期": "permanent"},
    "mode": {"主动": "proactive", "公开": "proactive", "依申请": "on_request"},
}  # fmt: skip


def labelled(which: str, value: Any) -> str | Fault:
    """The id of an official entry that is named by its id or its label; a Fault where there is none such."""
    text = str(value or "").strip()
    if not text:
        return ""
    found = _named(which, text)
    if found is not None:
        return found
    known = "、".join(sorted(dict.fromkeys(_labels(which)))[:6])
    remedy = _("请改为列表中的名称（如%(known)s），或在对照文件的 values.%(which)s 里说明它是什么。")
    return Fault(
        which,
        _("“%(value)s”不在官方列表中。") % {"value": text[:40]},
        remedy % {"known": known, "which": which},
    )


@cache
def _ids(which: str) -> frozenset[str]:
    return frozenset(_labels(which).values())


def body_html(text: str) -> str:
    """The text as clean HTML: plain text in paragraphs; pages cleaned as in the editor."""
    if _MARKUP.search(text):
        return clean(text).html
    words = without_controls(html.escape(html.unescape(text), quote=False))
    return "".join([f"<p>{line}</p>" for line in map(str.strip, words.splitlines()) if line])
