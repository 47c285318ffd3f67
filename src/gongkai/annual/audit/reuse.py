"""Text repeated from last year's report or from another agency's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from gongkai.annual.audit.likeness import Likeness, alike_pairs, candidates, likeness
from gongkai.annual.audit.model import Case, Rule
from gongkai.annual.model import Finding, Report, Severity

OWN_SHARE = 0.6
"""From this share on, repeating one's own report of last year is told."""
OTHER_SHARE = 0.5
"""From this share on, repeating another agency's report is told."""
SAME_PROBLEMS = 0.85
"""From this share on, the chapter on problems is called the same as last year's."""
_LEAST_LETTERS = 300
"""A shorter text (a small office with nothing to report) is not judged."""
_LEAST_PROBLEMS = 40
_SHOWN = 12
_FEW = 8


def _prose(report: Report) -> str:
    return Case(report).prose.text


class Reuse(Rule):
    """Tells the share of repeated text and marks the passages."""

    severity = Severity.WARNING
    least: ClassVar[float]
    basis = "国办公开办函〔2021〕30号：内容雷同属照抄照搬，依条例第四十七条处理"
    about_en = (
        "Compared are letters only: figures, years, punctuation, titles of documents and the phrases that every report "
        "must carry do not count. A passage is at least 24 letters; texts under 300 letters are not judged."
    )
    silent: ClassVar[str] = (
        "只比较文字：数字、年份、标点、书名号内的文件名、各报告必备的套话不算；连续24字以上相同的才算一处，"
        "不足300字的报告不作判断。"
    )
    todo = "按本年实际情况重写标出的段落。"

    def _finding(self, case: Case, found: Likeness, **words: str) -> Finding:
        longest = found.passages[0].text if found.passages else ""
        return self.found(
            where=[case.prose.where(p.start, p.end) for p in found.passages[:_SHOWN]],
            share=f"{found.share:.0%}",
            count=len(found.passages),
            longest=longest.replace("\n", "")[:24],
            words=words,
        )


class ReuseOwn(Reuse):
    id = "S-REUSE-OWN"
    least = OWN_SHARE
    title = "大段沿用上年报告"
    title_en = "Much of the text is last year's"
    message = "全文 {share} 的文字与{year}年报告相同（{count} 处，如“{longest}……”）。请按本年情况重写。"
    message_en = (
        "{share} of the text is the same as in the report for {year} ({count} passages). Write this year's own."
    )
    about = f"与本机关上年报告相同的文字达到{OWN_SHARE:.0%}时指出，并标出段落。{Reuse.silent}"
    wrong = "两年报告除数字外基本一样"
    right = "写本年做了什么、上年的问题改得怎样"

    def check(self, case: Case) -> Iterator[Finding]:
        """At most one finding."""
        previous = case.context.previous
        if previous is None:
            return
        found = likeness(case.prose.text, _prose(previous))
        if found.length >= _LEAST_LETTERS and found.share >= self.least:
            yield self._finding(case, found, year=str(previous.year or "上"))


class ReuseOther(Reuse):
    id = "S-REUSE-OTHER"
    least = OTHER_SHARE
    title = "大段与别的机关报告相同"
    title_en = "Much of the text is another agency's"
    message = "全文 {share} 的文字与{agency}{year}的报告相同（{count} 处，如“{longest}……”）。请写本机关的实际情况。"
    message_en = "{share} of the text is the same as in {agency}'s report{year} ({count} passages)."
    about = f"与另一机关报告相同的文字达到{OTHER_SHARE:.0%}时指出，并标出段落。{Reuse.silent}"
    wrong = "两个局的报告除机关名称外基本一样"
    right = "各写各的工作"

    def check(self, case: Case) -> Iterator[Finding]:
        """One finding for the report that shares most."""
        others = [o for o in case.context.others if o.agency != case.report.agency or o.agency is None]
        text = case.prose.text
        if not others or len(text) < _LEAST_LETTERS:
            return
        texts = [_prose(o) for o in others]
        found = [(likeness(text, texts[i]), i) for i in candidates(text, texts, least=self.least)]
        best = max(found, key=lambda f: f[0].share, default=None)
        if best is not None and best[0].length >= _LEAST_LETTERS and best[0].share >= self.least:
            other = others[best[1]]
            yield self._finding(
                case,
                best[0],
                agency=other.agency or "另一机关",
                agency_en=other.agency or "another agency",
                year=f"{other.year}年" if other.year else "",
                year_en=f" for {other.year}" if other.year else "",
            )


class SameProblems(Reuse):
    id = "S-SAME-PROBLEMS"
    least = SAME_PROBLEMS
    title = "存在问题与上年雷同"
    title_en = "The problems are last year's"
    message = "“存在的主要问题”一章 {share} 的文字与{year}年报告相同。请写明上年问题的整改情况和本年的新问题。"
    message_en = "{share} of the chapter on problems is the same as in the report for {year}. Tell what was done since."
    about = f"问题及改进一章与上年相同达到{SAME_PROBLEMS:.0%}时指出；不足{_LEAST_PROBLEMS}字的不作判断。{Reuse.silent}"
    wrong = "两年都写“公开意识有待加强，将加强培训”，一字不差"
    right = "写上年问题改到什么程度，本年还有什么问题"

    def check(self, case: Case) -> Iterator[Finding]:
        """At most one finding."""
        previous = case.context.previous
        if previous is None:
            return
        now, before = _problems(case), _problems(Case(previous))
        found = likeness(now, before)
        chapter = next((c for c in case.report.chapters if c.text == now), None)
        if found.length >= _LEAST_PROBLEMS and found.share >= self.least:
            yield self.found(
                where=[] if chapter is None else [chapter.where],
                share=f"{found.share:.0%}",
                year=previous.year or "上",
            )


def _problems(case: Case) -> str:
    """The text of the chapter on problems, whatever its place in the form."""
    id = "c5" if case.form is not None and case.form.exact_chapter_titles else "c6"
    chapter = case.chapters.get(id)
    return "" if chapter is None else chapter.text


def alike_reports(reports: Sequence[Report]) -> Sequence[tuple[int, int]]:
    """Pairs of reports whose texts may share much, by index; all pairs where there are few."""
    if len(reports) <= _FEW:
        return [(i, j) for j in range(len(reports)) for i in range(j)]
    return alike_pairs([_prose(r) for r in reports])


RULES: tuple[Rule, ...] = (ReuseOwn(), ReuseOther(), SameProblems())
