"""Structure: the chapters and tables that the form asks for, with its titles, in its order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from gongkai.annual.audit.model import Case, Rule
from gongkai.annual.forms import ChapterSpec, form_for_year
from gongkai.annual.model import Chapter, Finding, Grid, Paragraph, Severity
from gongkai.text.labels import ordinal, plain

_LEAST_PROSE = 200
"""A report with less prose than this is a table alone; its chapters cannot be judged by meaning."""

_TABLE = 20
"""A statistics table has at least so many cells, or lines where it is flattened."""

_MEANINGS = {
    "c2": re.compile(r"主动公开|公开[^。]{0,12}信息|信息[^。]{0,12}公开"),
    "c3": re.compile(r"申请"),
    "c4": re.compile(r"收费|费用|收取|免费|减免"),
    "c5": re.compile(r"复议|诉讼|应诉"),
    "c6": re.compile(r"问题|不足|差距|改进|薄弱|下一步|今后"),
}
"""Words without which a report of 2008 to 2018 says nothing on a chapter that the Regulation asks for."""

_PROMISED = re.compile(r"(?:与|及|和|并附|后附|附|见)[^。，；\n]{0,12}(?:附表|统计表)|指标统计附表")


class Titles(Rule):
    id = "S-TITLES"
    severity = Severity.ERROR
    basis = "年度报告格式规定的章节；2019年以前为条例（2007）第三十二条规定的内容"
    title = "章节缺失、改名、错序或多余"
    title_en = "Chapters missing, renamed, out of order or extra"
    message = "{problem}。{remedy}。"
    message_en = "{problem}. {remedy}."
    about = (
        "2019年以后的报告应按统一格式设六章，标题、序号、顺序照格式原文；缺章、错序为错误，改名、序号不符、多出的章为提醒。"
        "2019年以前标题不统一，只看条例（2007）第三十二条要求的内容（主动公开、依申请公开、收费及减免、复议诉讼、问题及改进）"
        "是否在文中提到，完全没有提到的才指出。"
    )
    about_en = (
        "From 2019 the six official chapters with their wording and order; before, only whether the contents that "
        "article 32 of the Regulation of 2007 asks for are mentioned at all."
    )
    wrong = "一、总体情况；二、主动公开政府信息情况；五、存在的主要问题及改进情况"
    right = "按格式设一至六章，没有内容的写明“无”"
    todo = "按格式补齐章节，标题照抄格式原文。"

    def check(self, case: Case) -> Iterator[Finding]:
        """One finding each for what is missing, out of order, renamed, misnumbered and extra."""
        if case.form is None or case.form.id == "university":
            return
        if not case.form.exact_chapter_titles:
            yield from self._by_meaning(case)
            return
        yield from self._missing(case)
        yield from self._order(case)
        for spec in case.form.chapters:
            chapter = case.chapters.get(spec.id)
            if chapter is not None:
                yield from self._wording(case, spec, chapter)
        yield from self._extra(case)

    def _missing(self, case: Case) -> Iterator[Finding]:
        assert case.form is not None
        text = None
        missing = []
        for spec in case.form.chapters:
            if spec.id in case.chapters or not spec.required:
                continue
            text = text if text is not None else plain(_headings(case))
            if plain(spec.title) not in text:
                missing.append(spec)
        if missing:
            yield self._finding(
                f"缺少{_names(missing)}",
                f"Missing: {_names(missing)}",
                "请按格式补齐，没有内容的写明“无”",
                "Add them as the form asks; write 无 where there is nothing",
            )

    def _order(self, case: Case) -> Iterator[Finding]:
        assert case.form is not None
        rank = {c.id: i for i, c in enumerate(case.form.chapters)}
        placed = [c for c in case.report.chapters if c.id in rank]
        for before, after in pairwise(placed):
            if rank[after.id or ""] < rank[before.id or ""]:
                yield self._finding(
                    f"“{after.title}”排在“{before.title}”之后，与格式顺序不符",
                    f"{after.title} stands after {before.title}, against the form's order",
                    "请按格式调整顺序",
                    "Put the chapters in the form's order",
                    after,
                )
                return

    def _wording(self, case: Case, spec: ChapterSpec, chapter: Chapter) -> Iterator[Finding]:
        title = plain(chapter.title)
        if title and not title.startswith(plain(spec.title)):
            yield self._finding(
                f"标题“{chapter.title.strip()[:30]}”与格式“{spec.title}”不同",
                f"The title {chapter.title.strip()[:30]} differs from the form's {spec.title}",
                "请照格式原文",
                "Use the form's wording",
                chapter,
                Severity.WARNING,
            )
        elif chapter.no and ordinal(chapter.no) not in {None, ordinal(spec.no)}:
            yield self._finding(
                f"“{spec.title}”的序号是“{chapter.no}”，格式为“{spec.no}”",
                f"{spec.title} is numbered {chapter.no}, the form has {spec.no}",
                "请更正序号",
                "Correct the number",
                chapter,
                Severity.WARNING,
            )

    def _extra(self, case: Case) -> Iterator[Finding]:
        assert case.form is not None
        extra = [c for c in case.report.chapters if c.id is None and c.no and c.no[0] in "一二三四五六七八九十"]
        if extra and len(case.chapters) >= len(case.form.chapters) - 1:
            names = "、".join(f"“{c.title.strip()[:20]}”" for c in extra)
            yield self._finding(
                f"格式之外多出{names}",
                f"Chapters outside the form: {names}",
                "请并入格式规定的章节",
                "Merge them into the form's chapters",
                extra[0],
                Severity.WARNING,
            )

    def _by_meaning(self, case: Case) -> Iterator[Finding]:
        assert case.form is not None
        text = case.prose.text
        if not _judgeable(case):
            return
        missing = [
            spec
            for spec in case.form.chapters
            if spec.id in _MEANINGS and spec.id not in case.chapters and not _MEANINGS[spec.id].search(text)
        ]
        if missing:
            yield self._finding(
                f"全文没有提到{_names(missing)}",
                f"The report says nothing on {_names(missing)}",
                "条例（2007）第三十二条要求写明，没有发生的也请写明",
                "Article 32 of the Regulation of 2007 asks for it, also where there was none",
            )

    def _finding(
        self,
        problem: str,
        problem_en: str,
        remedy: str,
        remedy_en: str,
        chapter: Chapter | None = None,
        severity: Severity | None = None,
    ) -> Finding:
        return self.found(
            where=[] if chapter is None else [chapter.where],
            severity=severity,
            problem=problem,
            problem_en=problem_en,
            remedy=remedy,
            remedy_en=remedy_en,
        )


_HEADER_WORDS = {
    "t2": ("信息内容", "第二十条第", "本年制发件数", "处理决定数量", "新制作数量"),
    "t3": ("社会公益组织", "法律服务机构", "科研机构", "勾稽关系"),
    "t4": ("尚未审结", "未经复议直接起诉", "复议后起诉", "结果维持"),
}
"""Where two of a table's words stand in the report the table is there, in whatever state."""
_NUMBER = re.compile(r"(?<![\d.第])\d{1,9}(?![\d.年月日号])")
_MANY_NUMBERS = 15


class Tables(Rule):
    id = "S-TABLES"
    severity = Severity.ERROR
    basis = "年度报告格式：第二、三、四章为统一表格；国办发〔2014〕32号：附情况统计表"
    title = "有标题而没有表格"
    title_en = "A chapter stands without its table"
    message = "{chapters}没有表格。请补上；表格另附的，请放入正文。"
    message_en = "{chapters}: the table is missing. Put the table into the report."
    about = (
        "2019年以后的报告，第二至四章有标题而没有表格的指出；2014—2018年没有情况统计表的、更早的报告文中说有附表而没有的，"
        "作为提醒。章内有读不出的表格时不作判断（见 S-UNREAD）。"
    )
    about_en = "Silent where there is a table that could not be read (see S-UNREAD)."
    wrong = "“二、主动公开政府信息情况”之后紧接“三、收到和处理政府信息公开申请情况”"
    right = "第二章标题下为主动公开政府信息情况表"
    todo = "把表格补入正文；网页发布时检查表格是否丢失。"

    def check(self, case: Case) -> Iterator[Finding]:
        """At most one finding."""
        if case.form is None or case.form.id == "university":
            return
        if case.form.exact_chapter_titles:
            bare = [
                c for s in case.form.chapters if s.table and (c := case.chapters.get(s.id)) and self._bare(case, s, c)
            ]
            if bare:
                names = "、".join(f"“{c.title.strip()[:20]}”" for c in bare)
                yield self.found(where=[c.where for c in bare], chapters=names)
        elif self._no_statistics(case):
            yield self.found(
                severity=Severity.WARNING,
                chapters="报告所附的《政府信息公开情况统计表》",
                chapters_en="The annexed statistics table",
            )

    def _bare(self, case: Case, spec: ChapterSpec, chapter: Chapter) -> bool:
        if any(c.startswith(f"{spec.table}.") for c in case.report.cells):
            return False
        inside = range(chapter.where.block, chapter.last_block + 1)
        unread = any(u.where is None or u.where.block in inside for u in case.report.unread)
        if unread or any(b in inside for b in case.report.table_blocks) or _grid_in(case, inside):
            return False
        if len(_NUMBER.findall(chapter.text)) >= _MANY_NUMBERS:
            return False
        text = "".join(case.report.text.split())
        return sum(word in text for word in _HEADER_WORDS.get(spec.table or "", ())) < 2

    def _no_statistics(self, case: Case) -> bool:
        assert case.form is not None
        due = form_for_year(case.report.year) if case.report.year is not None else None
        if due is not case.form or case.report.cells or case.report.unread or not _judgeable(case):
            return False
        grids = sum(len(b.cells) for b in case.report.blocks if isinstance(b, Grid))
        lines = sum(1 for b in case.report.blocks if b.index in case.report.table_blocks)
        if grids >= _TABLE or lines >= _TABLE:
            return False  # there is a table; why it was not read is another matter
        return case.form.id == "gov-2014" or _PROMISED.search(case.prose.text) is not None


class Empty(Rule):
    id = "S-EMPTY"
    severity = Severity.WARNING
    basis = "年度报告格式：各章应有内容，没有的写明“无”"
    title = "章下没有文字"
    title_en = "A chapter has no text"
    message = "{chapters}下没有文字。请补充，没有内容的写明“无”。"
    message_en = "{chapters}: no text. Add it, or write 无 where there is nothing."
    about = "文字章节（如总体情况、存在的主要问题及改进情况、其他需要报告的事项）只有标题、没有文字时指出。"
    about_en = "A narrative chapter that is only a heading."
    wrong = "“六、其他需要报告的事项”之后没有文字"
    right = "六、其他需要报告的事项：无"
    todo = "补写内容或写“无”。"

    def check(self, case: Case) -> Iterator[Finding]:
        """At most one finding, naming all such chapters."""
        if case.form is None:
            return
        narrative = {s.id: s for s in case.form.chapters if s.kind == "narrative"}
        bare = [c for c in case.report.chapters if c.id in narrative and self._bare(case, c)]
        if bare:
            names = "、".join(f"“{c.title.strip()[:20]}”" for c in bare)
            yield self.found(where=[c.where for c in bare], chapters=names)

    def _bare(self, case: Case, chapter: Chapter) -> bool:
        inside = range(chapter.where.block, chapter.last_block + 1)
        if chapter.text.strip() or _grid_in(case, inside):
            return False
        heading = [b for b in case.prose.paragraphs if b.index in inside]
        return sum(len(b.text) for b in heading) <= len(chapter.title) + 12


def _judgeable(case: Case) -> bool:
    """Whether there is prose enough to be a report: not a table alone, not a fragment without title and agency."""
    named = case.report.title or case.report.agency
    return bool(named) and len("".join(case.prose.text.split())) >= _LEAST_PROSE


def _headings(case: Case) -> str:
    """The beginnings of all paragraphs: where a heading that was not recognised would stand."""
    return "\n".join(b.text[:40] for b in case.report.blocks if isinstance(b, Paragraph))


def _names(specs: Sequence[ChapterSpec]) -> str:
    return "、".join(f"“{s.no}、{s.title}”" for s in specs)


def _grid_in(case: Case, inside: range) -> bool:
    return any(isinstance(b, Grid) and b.index in inside for b in case.report.blocks)


RULES: tuple[Rule, ...] = (Titles(), Tables(), Empty())
