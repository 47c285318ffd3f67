"""Sums and percentages in prose: parts against their total, shares against what they are shares of."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import islice

from gongkai.annual.audit.model import Case, Rule, figure
from gongkai.annual.model import Fact, Finding, Severity

_CHANNELS = frozenset({"in_person", "letter", "online", "fax", "email", "other_channel"})
_APPLICANTS = frozenset({"natural_person", "legal_person"})
_NESTED = {
    "applications.denied_": "applications.denied",
    "applications.not_held": "applications.unavailable",
    "applications.not_exist": "applications.unavailable",
    "applications.needs_creation": "applications.unavailable",
    "applications.unclear": "applications.unavailable",
    "applications.petition": "applications.not_processed",
    "applications.duplicate": "applications.not_processed",
}
"""Outcomes that are also counted in a wider outcome where a sentence names both."""
_COMPLETE = (
    frozenset({"applications.natural_person", "applications.legal_person"}),
    frozenset({"staff.full", "staff.part"}),
    frozenset({"archives.paper", "archives.electronic"}),
)
"""Sets of parts that leave nothing over."""
_OVERLAPPING = frozenset({"published.channel", "published.single"})
"""The same item may go out through several channels, so their sum may exceed the total."""
_OF_WHICH = re.compile(r"其中|包括|包含|含|分别|分为|涉及|涵盖|[:：（(]")
_LEAST_CHANNELS = 3
"""A sentence that lists so many ways in is taken to list them all."""


def family(kind: str) -> str:
    """The split that a kind of fact belongs to: parts of different splits of one total must not be added up."""
    domain, _, rest = kind.partition(".")
    if domain == "applications":
        if rest in _CHANNELS:
            return "applications.channel"
        return f"applications.{'applicant' if rest in _APPLICANTS else 'category' if rest == 'category' else 'outcome'}"
    if domain == "published":
        if rest in {"website", "gazette", "weibo", "wechat", "new_media", "other_channel", "channel"}:
            return "published.channel"
        return "published.category" if rest == "category" else "published.single"
    return domain


def _disjoint(facts: Sequence[Fact]) -> list[Fact]:
    """The parts without those that a wider part of the same list already holds."""
    kinds = {f.kind for f in facts}
    return [
        f for f in facts if not any(f.kind.startswith(inner) and outer in kinds for inner, outer in _NESTED.items())
    ]


def _makes(parts: Sequence[Decimal], total: Decimal) -> bool:
    """Whether some of the parts add up to the total (so that the rest belong to another split of it)."""
    sums = {Decimal(0)}
    for part in parts[:14]:
        sums |= {s + part for s in sums}
    return total in sums


class Parts(Rule):
    id = "N-PARTS"
    severity = Severity.WARNING
    basis = "年度报告数据应当准确：分项之和不超过总数，列全的应等于总数"
    title = "文中分项与总数不符"
    title_en = "Parts and total in a sentence do not fit"
    message = "文中“{total}”，其中{parts}，合计 {sum}，{relation}，相差 {difference}。请核对后更正。"
    message_en = "The text gives {total}, of which {parts}: {sum} in all, {relation} by {difference}. Please check."
    about = (
        "同一总数下的分项之和大于总数，或任一分项大于总数时指出；列全的分项（申请渠道列出三种以上，自然人与法人，"
        "专职与兼职等）之和小于总数也指出。没有列全的清单、同一信息经多个渠道公开的重复计数、按不同口径的两次划分、"
        "“余、约”等概数在合理范围内的，不作判断。咨询数由 R-CONSULTS 核对。"
    )
    about_en = (
        "Parts may not exceed their total; where a list is plainly complete (three or more ways in, natural and legal "
        "persons, full and part time) it must reach it. Open lists, overlapping channels and second splits are left."
    )
    wrong = "收到申请20件，其中当面申请5件、网上申请9件、信函申请5件（合计19）"
    right = "收到申请20件，其中当面申请5件、网上申请10件、信函申请5件"
    todo = "核对总数与各分项，更正错的数。"

    def check(self, case: Case) -> Iterator[Finding]:
        """One finding for each list of parts that does not fit."""
        for (parent, kind), indexes in _lists(case.report.facts).items():
            if kind == "consultations":
                continue
            total = case.report.facts[parent]
            wrong = self._wrong(total, kind, [case.report.facts[i] for i in indexes])
            if wrong is not None:
                yield _sum_finding(self, case, parent, [i for i in indexes if case.report.facts[i] in wrong])

    def _wrong(self, total: Fact, kind: str, facts: Sequence[Fact]) -> Sequence[Fact] | None:
        """The parts that do not fit, None where all is well or nothing can be said."""
        ceiling = _ceiling(total)
        parts = _disjoint(facts)
        if total.kind.startswith("published.") and not _OF_WHICH.search(_between(total, facts[0])):
            return None  # two figures side by side; only words make the one a part of the other
        for part in parts:
            if _floor(part) > ceiling:
                return [part]
        if kind in _OVERLAPPING or total.sentence.count("其中") > 1 or len(parts) < 2:
            return None
        values = [p.value for p in parts]
        if sum(_floor(p) for p in parts) > ceiling:
            return None if _makes(values, total.value) else parts
        exact = not total.approximate and not any(p.approximate for p in parts)
        if exact and _complete(kind, parts) and sum(values) < total.value:
            return parts
        return None


class Consultations(Rule):
    id = "R-CONSULTS"
    severity = Severity.WARNING
    basis = "政府信息公开咨询处理情况：接受咨询总数为各方式之和"
    title = "咨询总数与各方式不符"
    title_en = "Consultations are not the sum of the ways"
    message = "文中“{total}”，其中{parts}，合计 {sum}，{relation}，相差 {difference}。请核对后更正。"
    message_en = "The text gives {total}, of which {parts}: {sum} in all, {relation} by {difference}. Please check."
    about = "咨询各方式之和不应大于咨询总数；查阅室、电话、当面、网上四种方式都列出且都是确数时，应等于总数。"
    about_en = "The ways of consulting may not exceed the total; where all four are exact they must reach it."
    wrong = "接受咨询100人次，其中电话80人次、当面30人次"
    right = "接受咨询110人次，其中电话80人次、当面30人次"
    todo = "核对总数与各方式，更正错的数。"

    def check(self, case: Case) -> Iterator[Finding]:
        """One finding for each list that does not fit."""
        for (parent, kind), indexes in _lists(case.report.facts).items():
            if kind != "consultations":
                continue
            total, facts = case.report.facts[parent], [case.report.facts[i] for i in indexes]
            summed = sum(f.value for f in facts)
            ways = {"consultations.phone", "consultations.visit", "consultations.online", "consultations.reading_room"}
            exact = not total.approximate and not any(f.approximate for f in facts)
            over = sum(_floor(f) for f in facts) > _ceiling(total) and not _makes([f.value for f in facts], total.value)
            if over or (exact and ways <= {f.kind for f in facts} and summed < total.value):
                yield _sum_finding(self, case, parent, indexes)


_SHARE = re.compile(
    r"(?P<part>\d[\d,]*(?:\.\d+)?)\s*(?:件|条|次|人次|份|篇|个|期|人|项)[^\d，,。；;、（()）\n]{0,8}[，,、（(]?\s*"
    r"(?P<about>约|近|超)?占(?P<of>[^\d，,。；;%％\n]{0,16}?)(?P<about2>约|近|超)?(?P<share>\d{1,3}(?:\.\d{1,4})?)\s*[%％]"
)
_NEAR = 600
"""So far around a share its total is looked for."""
_MOST = 100
_NUMBER = re.compile(r"(?<![\d.])\d[\d,]*(?:\.\d+)?(?![\d.]*\s*[%％年月日])")
_SENTENCE_END = re.compile(r"[。！!\n]")
_PERCENT = re.compile(r"占[^\d，,。；;%％\n]{0,16}?(\d{1,3}(?:\.\d{1,4})?)\s*[%％]")
_AGAIN = re.compile(r"其中|同比|增长|下降|较|比上")


class Percentages(Rule):
    id = "R-PERCENT"
    severity = Severity.WARNING
    basis = "年度报告数据应当准确：所占比例等于部分除以总数"
    title = "百分比与数字不符"
    title_en = "A percentage does not fit its figures"
    message = "文中“{stated}”：{problem}。请核对后更正。"
    message_en = "“{stated}”: {problem}. Please check."
    about = (
        "“N件，占总数的X%”：同一段里找不到任何总数使比例成立时指出（四舍五入、截尾均认可，“约”放宽到1个百分点）；"
        "同一句里一次划分的各比例之和明显超过100%时指出。没有总数的不作判断。"
    )
    about_en = "Reported only where no figure of the paragraph makes the share right, or one split exceeds 100%."
    wrong = "收到申请80件，其中网上申请20件，占35%"
    right = "收到申请80件，其中网上申请20件，占25%"
    todo = "重新计算比例。"

    def check(self, case: Case) -> Iterator[Finding]:
        """One finding for each wrong share, one for each split that exceeds the whole."""
        if "%" not in case.prose.text and "％" not in case.prose.text:
            return
        for found in islice(case.prose.of(_SHARE), _MOST):
            yield from self._share(case, found)
        yield from self._splits(case)

    def _share(self, case: Case, found: re.Match[str]) -> Iterator[Finding]:
        part, share = _decimal(found["part"]), Decimal(found["share"])
        line = case.prose.text.rfind("\n", 0, found.start()) + 1
        before = case.prose.text[max(line, found.start() - _NEAR) : found.start()]
        text = before + case.prose.text[found.start() : found.end() + _NEAR].split("\n")[0]
        wholes = [w for m in _NUMBER.finditer(text) if (w := _decimal(m[0])) > part]
        wholes += [f.value for f in case.report.facts if f.value > part and f.unit != "%"]
        total = _total_before(before, part)
        if total is None or share == 100:
            return
        digits = len(found["share"].partition(".")[2])
        slack = Decimal(1) if found["about"] or found["about2"] else Decimal(10) ** -digits
        if any(abs(part / w * 100 - share) < slack for w in wholes):
            return
        right = figure((part / total * 100).quantize(Decimal(10) ** -digits))
        yield self.found(
            where=[case.prose.where(found.start(), found.end())],
            stated=found[0],
            problem=f"{figure(part)} 占 {figure(total)} 为 {right}%",
            problem_en=f"{figure(part)} of {figure(total)} is {right}%",
        )

    def _splits(self, case: Case) -> Iterator[Finding]:
        at = 0
        for sentence in _SENTENCE_END.split(case.prose.text):
            shares = [Decimal(m[1]) for m in _PERCENT.finditer(sentence)] if "占" in sentence else []
            summed = sum(shares, Decimal(0))
            if (
                len(shares) > 1
                and summed > 100 + Decimal(len(shares))
                and not _AGAIN.search(sentence.split("占", 1)[1])
            ):
                yield self.found(
                    where=[case.prose.where(at, at + len(sentence))],
                    stated=sentence.strip()[:40],
                    problem=f"各比例之和为 {figure(summed)}%，超过 100%",
                    problem_en=f"the shares add up to {figure(summed)}%, more than 100%",
                )
            at += len(sentence) + 1


_TOTAL = re.compile(
    r"(?:共|总|收到|受理|公开|发布|接受|办结|答复)[^\d，。；\n]{0,16}?(\d[\d,]*)\s*(?:件|条|次|人次|份|篇)"
)


def _total_before(text: str, part: Decimal) -> Decimal | None:
    """The last total that a text states, None where it states none that is larger than the part."""
    totals = [v for m in _TOTAL.finditer(text) if (v := _decimal(m[1])) > part]
    return totals[-1] if totals else None


def _decimal(raw: str) -> Decimal:
    return Decimal(raw.replace(",", ""))


def _lists(facts: Sequence[Fact]) -> Mapping[tuple[int, str], Sequence[int]]:
    """Indexes of the parts of each total, apart for each way of splitting it."""
    lists: dict[tuple[int, str], list[int]] = defaultdict(list)
    for i, fact in enumerate(facts):
        if fact.parent is not None and _countable(fact) and _countable(facts[fact.parent]):
            lists[fact.parent, family(fact.kind)].append(i)
    return {key: parts for key, parts in lists.items() if not _itself_listed(facts[key[0]], facts[parts[0]])}


def _itself_listed(total: Fact, part: Fact) -> bool:
    """Whether a total stands itself in a list that began before it, so that what follows are its fellows."""
    return "其中" in total.sentence[: _place(total, part)] and "其中" not in _between(total, part)


def _between(total: Fact, part: Fact) -> str:
    """The words of the sentence between a total and one of its parts."""
    at, apart = _place(total, part), (part.where.start or 0) - (total.where.start or 0)
    return total.sentence[at : at + apart] if apart > 0 else ""


def _place(total: Fact, part: Fact) -> int:
    """Where a total stands in its sentence; the same words may stand elsewhere in it."""
    words, apart = total.sentence, (part.where.start or 0) - (total.where.start or 0)
    for found in re.finditer(re.escape(total.raw), words):
        if words.startswith(part.raw, found.start() + apart):
            return found.start()
    return 0


def _countable(fact: Fact) -> bool:
    return fact.unit not in {"%", "％", "元", "万元", "亿元"}


def _ceiling(total: Fact) -> Decimal:
    """The most that a total can stand for: 1600余 may be anything below the next round figure, 约1600 a little more."""
    return total.value * 2 if total.approximate else total.value


def _floor(part: Fact) -> Decimal:
    """The least that a part can stand for."""
    return part.value * Decimal("0.9") if part.approximate else part.value


def _complete(kind: str, parts: Sequence[Fact]) -> bool:
    """Whether a list names everything: three or more ways in, or a pair that leaves nothing over."""
    if kind == "applications.channel":
        return len({p.kind for p in parts}) >= _LEAST_CHANNELS
    return any(whole <= {p.kind for p in parts} for whole in _COMPLETE)


def _sum_finding(rule: Rule, case: Case, parent: int, indexes: Sequence[int]) -> Finding:
    total, parts = case.report.facts[parent], [case.report.facts[i] for i in indexes]
    summed = sum((p.value for p in parts), Decimal(0))
    more = summed > total.value
    return rule.found(
        where=[total.where, *(p.where for p in parts)],
        facts=[parent, *indexes],
        total=total.raw,
        parts="、".join(p.raw for p in parts),
        sum=figure(summed),
        relation="大于总数" if more else "小于总数",
        relation_en="more than the total" if more else "less than the total",
        difference=figure(abs(summed - total.value)),
    )


RULES: tuple[Rule, ...] = (Parts(), Consultations(), Percentages())
