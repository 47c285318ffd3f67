"""The right form for the year, whole enumerations, nothing twice, the statement on fees."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice

from gongkai.annual.audit.model import Case, Rule
from gongkai.annual.forms import form, form_for_year
from gongkai.annual.model import Finding, Grid, Paragraph, Severity, Where
from gongkai.text.labels import ordinal

_EXACT = ("gov-2019", "gov-2021")
_LEAST_CELLS = 12
"""With fewer cells read, the tables do not show which form was used."""

_LEAST_FOREIGN = 3
"""So many labels of another form must stand in the tables before they are called foreign."""


@cache
def foreign_labels(id: str) -> frozenset[str]:
    """Labels printed in the tables of the neighbouring form and not in this one, without blanks."""
    (other,) = (f for f in _EXACT if f != id)
    return _labels(other) - _labels(id)


@cache
def _labels(id: str) -> frozenset[str]:
    labels = set()
    for table in form(id).tables:
        for block in table.blocks:
            labels |= {c.label for c in block.columns} | {r.label for r in block.rows}
            labels |= {_NUMBERED.sub("", r.label) for r in block.rows}
    return frozenset("".join(label.split()) for label in labels if len(label) > _SHORTEST)


_SHORTEST = 4
"""Labels must be longer than this to tell a form."""
_NUMBERED = re.compile(r"^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d+[.．、])")


class WrongForm(Rule):
    id = "S-FORM"
    severity = Severity.ERROR
    basis = "国办公开办函〔2021〕30号、〔2019〕60号，国办发〔2014〕32号各自适用的年度"
    title = "用了别的年度的格式"
    title_en = "The form of other years was used"
    message = "{problem}。请改用{name}。"
    message_en = "{problem}. Use {name}."
    about = (
        "报告年度与所用格式不符，或表中混有另一年度格式的栏目（三个以上），或2021年格式的“（六）其他处理”没有分三行时指出。"
        "年度不明时不作判断。"
    )
    about_en = "The report's year and its form do not fit, or its tables carry labels of another year's form."
    wrong = "2022年报告的表二有“本年新制作数量”“对外公开总数量”"
    right = "2022年报告的表二有“本年制发件数”“本年废止件数”“现行有效件数”"
    todo = "换用当年格式重新填报。"

    def check(self, case: Case) -> Iterator[Finding]:
        """At most one finding."""
        if case.form is None or case.report.year is None or case.form.id == "university":
            return
        due = form_for_year(case.report.year)
        if due is not None and due.id != case.form.id:
            if len(case.report.cells) < _LEAST_CELLS:
                return  # the form was guessed from the prose
            years = f"{case.form.first_year}—{case.form.last_year or ''}"
            yield self.found(
                problem=f"{case.report.year}年的报告用了{years}年的格式",
                problem_en=f"The report for {case.report.year} uses the form of {years}",
                name=f"《{due.name}》",
                name_en=due.name,
            )
        elif case.form.id in _EXACT:
            yield from self._labels(case)

    def _labels(self, case: Case) -> Iterator[Finding]:
        assert case.form is not None
        foreign = dict(_found_labels(case, foreign_labels(case.form.id)))
        if len(foreign) >= _LEAST_FOREIGN:
            named = "、".join(f"“{label}”" for label in list(foreign)[:4])
            yield self._finding(
                case, f"表中有别的年度格式的栏目{named}", f"Labels of another form: {named}", foreign.values()
            )
        elif case.form.id == "gov-2021" and _other_not_split(case):
            problem = "申请表“（六）其他处理”没有分为三行"
            yield self._finding(case, problem, "（六）其他处理 is not split into its three rows", ())

    def _finding(self, case: Case, problem: str, problem_en: str, where: Iterable[Where]) -> Finding:
        assert case.form is not None
        return self.found(
            where=tuple(where),
            severity=Severity.WARNING,
            problem=problem,
            problem_en=problem_en,
            name=f"《{case.form.name}》",
            name_en=case.form.name,
        )


def _found_labels(case: Case, labels: frozenset[str]) -> Iterator[tuple[str, Where]]:
    for block in case.report.blocks:
        if isinstance(block, Grid):
            for cell in block.cells:
                if len(cell.text) <= _SHORTEST:
                    continue
                text = "".join(cell.text.split())
                if text in labels:
                    yield text, Where(block.index, row=cell.row, col=cell.col, page=block.page)
        elif block.index in case.report.table_blocks:
            text = "".join(block.text.split())
            if text in labels:
                yield text, Where(block.index, page=block.page)


def _other_not_split(case: Case) -> bool:
    rows = ("t3.other_not_clarified.", "t3.other_fee_unpaid.", "t3.other_misc.")
    cells = [c for c in case.report.cells if c.startswith("t3.")]
    return len(cells) > 150 and not case.report.unread and not any(c.startswith(rows) for c in cells)


_LEVELS = (
    re.compile(r"\s*([一二三四五六七八九十]{1,3})、"),
    re.compile(r"\s*[（(]([一二三四五六七八九十]{1,3})[)）]"),
    re.compile(r"\s*(\d{1,2})(?:、|[.．](?!\d))"),
    re.compile(r"\s*[（(](\d{1,2})[)）]"),
)
_FIRST = frozenset("一二三四五六七八九十（(0123456789 \u3000\t")
_LARGEST_GAP = 2
_MOST = 12
"""So many findings of one kind are told; more would hide the others."""


class Numbering(Rule):
    id = "S-NUMBERING"
    severity = Severity.WARNING
    basis = "公文序号应当连续"
    title = "序号跳号"
    title_en = "A number is skipped in an enumeration"
    message = "“{before}”之后是“{after}”，中间缺号。请核对是否漏了内容或编错序号。"
    message_en = "“{before}” is followed by “{after}”: a number is missing. Check for lost text or a wrong number."
    about = (
        "同一层次的序号（一、；（一）；1、；（1））按段落前后相接时跳号的指出；"
        "漏掉的序号在段中间、或其间有表格的，不作判断。"
    )
    about_en = "Consecutive numbered paragraphs of one level; silent where the number stands inside a paragraph."
    wrong = "1、政府网站……；3、政务微博……"
    right = "1、政府网站……；2、政府公报……；3、政务微博……"
    todo = "补上漏掉的内容，或重新编号。"

    def check(self, case: Case) -> Iterator[Finding]:
        """One finding for each gap, up to a number: beyond it the numbering is no numbering."""
        yield from islice(self._gaps(case), _MOST)

    def _gaps(self, case: Case) -> Iterator[Finding]:
        last: list[tuple[int, Paragraph] | None] = [None] * len(_LEVELS)
        exact = case.form is not None and case.form.exact_chapter_titles
        for paragraph in case.prose.paragraphs:
            if paragraph.text[:1] not in _FIRST:
                continue
            level, number = _number(paragraph.text)
            if number is None:
                continue
            before = last[level]
            last[level + 1 :] = [None] * (len(_LEVELS) - level - 1)
            last[level] = (number, paragraph)
            if before is None or (level == 0 and exact) or not 1 < number - before[0] <= _LARGEST_GAP:
                continue
            if not _accounted(case, before[1], paragraph, level, before[0] + 1):
                yield self.found(
                    where=[Where(before[1].index, page=before[1].page), Where(paragraph.index, page=paragraph.page)],
                    before=before[1].text.strip()[:12],
                    after=paragraph.text.strip()[:12],
                )


def _number(text: str) -> tuple[int, int | None]:
    for level, pattern in enumerate(_LEVELS):
        found = pattern.match(text)
        if found is not None:
            return level, ordinal(found[1])
    return 0, None


def _accounted(case: Case, before: Paragraph, after: Paragraph, level: int, number: int) -> bool:
    """Whether the missing number stands inside a paragraph between, or a table lies between."""
    if any(before.index < b < after.index for b in case.report.table_blocks):
        return True
    numeral = "一二三四五六七八九十"[number - 1] if 0 < number <= 10 else ""
    marks = (f"{numeral}、", f"{numeral}）", f"{number}、", f"{number}）")[level] if numeral or level > 1 else ""
    between = [p.text for p in case.prose.paragraphs if before.index <= p.index <= after.index]
    text = "\n".join(between).replace(")", "）").replace("．", "、").replace(".", "、").replace(" ", "")
    return not marks or marks in text


_LEAST_REPEATED = 50


class Repeated(Rule):
    id = "S-REPEATED"
    severity = Severity.WARNING
    basis = "年度报告文字应当准确、简明"
    title = "同一段文字出现两次"
    title_en = "The same paragraph stands twice"
    message = "有一段文字出现了两次：“{start}……”。请删去重复的一段。"
    message_en = "A paragraph stands twice: “{start}…”. Delete one of them."
    about = f"{_LEAST_REPEATED}字以上、一字不差的段落出现两次时指出；表格内的文字不算。"
    about_en = f"Paragraphs of {_LEAST_REPEATED} characters or more that are exactly the same."
    wrong = "第一章与第五章各有同样的一段"
    right = "只在一处"
    todo = "删去重复的一段。"

    def check(self, case: Case) -> Iterator[Finding]:
        """One finding for each paragraph that stands again, up to a number."""
        yield from islice(self._again(case), _MOST)

    def _again(self, case: Case) -> Iterator[Finding]:
        seen: dict[str, Paragraph] = {}
        for paragraph in case.prose.paragraphs:
            if len(paragraph.text) < _LEAST_REPEATED:
                continue
            text = "".join(paragraph.text.split())
            first = seen.setdefault(text, paragraph)
            if first is not paragraph and len(text) >= _LEAST_REPEATED:
                yield self.found(
                    where=[Where(paragraph.index, page=paragraph.page), Where(first.index, page=first.page)],
                    start=text[:20],
                )


_FEES = re.compile(r"处理费|收费|费用|收取|免费")


class FeeStatement(Rule):
    id = "F-FEE"
    severity = Severity.INFO
    basis = "国办函〔2020〕109号及各地通知（格式原文用语待核）"
    title = "第六章没有写明信息处理费情况"
    title_en = "Chapter six does not state the processing fees"
    message = "第六章没有写明收取信息处理费的情况。请写明发出收费通知的件数、金额和实际收取的金额，没有的写明没有。"
    message_en = (
        "Chapter six does not state processing fees. State the notices sent and the amounts, or that there were none."
    )
    about = "2021年以后的报告应在第六章写明信息处理费收取情况。全文任何一处提到收费的，不作判断。"
    about_en = "Silent where fees are mentioned anywhere in the report."
    wrong = "六、其他需要报告的事项：无"
    right = "六、其他需要报告的事项：本年度未收取信息处理费。"
    todo = "在第六章补一句。"

    def check(self, case: Case) -> Iterator[Finding]:
        """At most one finding."""
        chapter = case.chapters.get("c6")
        if case.report.form == "gov-2021" and chapter is not None and not _FEES.search(case.prose.text):
            yield self.found(where=[chapter.where])


RULES: tuple[Rule, ...] = (WrongForm(), Numbering(), Repeated(), FeeStatement())
