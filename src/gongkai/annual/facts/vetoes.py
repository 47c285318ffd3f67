"""Tells figures of the reported year from norms, plans, other years' figures and comparisons."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from gongkai.text.numbers import FoundNumber

_NORM = re.compile(r"每(?!日均)|不(?:少于|低于|超过|得)|至少|以内|满分|计划生育")
_COUNTED_AS = re.compile(r"(?<![共合总累小统])计$")
_FORMULA = re.compile(r"[*×÷/＋+=＝-]$")
_COMPARED = re.compile(
    r"(?:[比较]|同比|环比)[^，。；]{0,24}?(?:增加|增长|增幅|减少|下降|上升|提高|提升|多|少|降低|回落)(?:了|约|近)*$"
)
_CHANGE = re.compile("[增减升降]|提高|多|少|回落|上一?年|去年|前年|往年")
_FROM = re.compile(r"(?:增加|增长|上升|提高|提升|下降|减少|降低)(?:到|至|为)")
_TO = re.compile(r"(?:增加|增长|上升|提高|提升|下降|减少|降低)(?:到|至|为)(?:20[0-9]{2}年)?(?:度?的)?$")
_GREW = re.compile(r"(?:同比|环比|比上|较上|比去|较去|比20|较20|增长|增幅|上升|下降|减少|增加|提高|降低|回落|降幅)")
_LAST_YEAR = re.compile(r"(?:上一?年|去年|前年|往年)(?!度?(?:结转|转|的?问题|存在|反馈|发现))")
_PLAN = re.compile(
    r"下一?步|(?<![转到至延入])下一?年|下阶段|今后|明年|来年|新的一年|打算|力争|争取|拟(?=[于在举组召开新建制])|"
    r"计划(?=[于在举组召开完制新])|将(?=[于在会继进加着从重严认切努以对根围努举组召实推强完健拓深陆逐新])"
)
_PLAN_STAYS = re.compile(r"下一?步|下阶段|今后|明年|来年|新的一年|(?:20[0-9]{2}年)[^。]{0,24}?将")
_PLAN_HEADING = re.compile(r"打算|努力方向|下一?步|工作计划|工作思路|工作安排|工作设想|改进措施|今后")
_YEAR = re.compile(
    r"(?:^|[，；。、（])(?:截至|截止|到|至|在)?(20[0-9]{2})年(?!度?(?:的|财政|部门|预算|决算|工作要点|政府|政务公开工作))"
)
_MANY_YEARS = re.compile(
    r"历年|自[^，。]{0,14}以来|[0-9]{4}年以来|成立以来|开通以来|实施以来|施行以来|[近三五][两三五]?年来|累计(?=[^，。]{0,30}以来)"
)


def is_norm(sentence: str, left: int, number: FoundNumber) -> bool:
    """Whether the figure is a rule to keep (每年不少于2次), the way of counting (计1条), or part of a formula."""
    before = sentence[left : number.start]
    near = sentence[max(0, number.start - 12) : number.start]
    raw = number.number.raw
    return bool(
        _NORM.search(before)
        or _NORM.match(raw)
        or raw.endswith("以内")
        or _COUNTED_AS.search(near)
        or _FORMULA.search(near)
        or sentence[number.end : number.end + 1] == "年"
    )


def is_comparison(sentence: str, left: int, number: FoundNumber) -> bool:
    """Whether the figure says by how much another one changed, or is last year's, or the end of a rise."""
    before = sentence[max(left - 16, 0) : number.start]
    if _COMPARED.search(before) or _TO.search(before) or _FROM.match(sentence, number.end):
        return True
    return _LAST_YEAR.search(sentence, left, number.start) is not None


def is_growth(sentence: str, left: int, number: FoundNumber) -> bool:
    """Whether a percentage says by how much a figure grew or shrank."""
    return number.number.unit == "%" and _GREW.search(sentence, max(left - 8, 0), number.start) is not None


def plan_begins(sentence: str) -> int:
    """Where the sentence begins to speak of what is still to be done; its end where it does not."""
    found = _PLAN.search(sentence)
    return found.end() if found else len(sentence) + 1


def may_compare(sentence: str) -> bool:
    """Whether the sentence may compare years; quick."""
    return _CHANGE.search(sentence) is not None


def begins_plans(sentence: str) -> bool:
    """Whether what follows this sentence in the paragraph is a plan too."""
    return _PLAN_STAYS.search(sentence) is not None


def is_plan_heading(heading: str) -> bool:
    """Whether a chapter with this heading holds plans only."""
    return _PLAN_HEADING.search(heading) is not None and "问题" not in heading


def many_years(clause: str) -> bool:
    """Whether a clause counts over several years."""
    return ("来" in clause or "历年" in clause) and _MANY_YEARS.search(clause) is not None


def year_of(texts: Iterable[str]) -> str | None:
    """The year that the report mostly speaks of, None where no year stands out."""
    counted = Counter(year for text in texts if "年" in text for year in _YEAR.findall(text))
    if not counted:
        return None
    (year, count), *rest = counted.most_common(2)
    return year if count >= 2 and (not rest or count > rest[0][1]) else None


def years_named(sentence: str) -> list[tuple[int, str]]:
    """The years that the sentence sets the time to, each with the place where it does."""
    return [(m.end(), m[1]) for m in _YEAR.finditer(sentence)] if "年" in sentence else []
