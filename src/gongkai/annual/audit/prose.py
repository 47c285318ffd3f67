"""Prose against table: a figure in a sentence and the cell that counts the same thing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import ClassVar

from gongkai.annual.audit.dates import kind_of
from gongkai.annual.audit.model import AgencyKind, Case, Rule, figure
from gongkai.annual.facts.kinds import KINDS
from gongkai.annual.model import Fact, Finding, Severity

_OTHER_SCOPE = re.compile(
    r"累计|历年|以来|上年|去年|往年|同期|本级|上半年|下半年|季度|截至(?!(?:本|该|当)?年)(?!\d{4}年(?:底|末|12月))"
)
"""Words before a figure that give it another scope than the table's."""
_WINDOW = 24

_MONEY = {"元": Decimal(1), "万元": Decimal(10_000), "亿元": Decimal(100_000_000)}

_LIT_TOTALS = ("t4.lit_direct.total", "t4.lit_after_review.total")


def agrees(fact: Fact, value: Decimal, unit: str | None = None) -> bool:
    """Whether a figure in prose can be the table's figure: equal, or near it where it is approximate."""
    stated = fact.value
    if fact.unit in _MONEY and unit in _MONEY:
        stated = stated * _MONEY[fact.unit or ""] / _MONEY[unit or ""]
    if not fact.approximate:
        return stated == value
    # 1600余 may stand for anything up to the next round figure, 约 also for a little less.
    return stated * Decimal("0.9") <= value <= max(stated * 2, stated + 10)


def _in_scope(case: Case, fact: Fact) -> bool:
    """Whether nothing before the figure says that it counts another year or another scope."""
    at = fact.sentence.find(fact.raw)
    before = fact.sentence[max(at - _WINDOW, 0) : at] if at >= 0 else ""
    clause = re.split(r"[。；;]", before)[-1]
    return _OTHER_SCOPE.search(clause) is None


class AgainstTable(Rule):
    """Compares the figures of sentences with the cells of one part of the tables."""

    severity = Severity.ERROR
    cells: ClassVar[tuple[str, ...]]
    """Prefixes of the ids of the cells that the rule answers for."""
    message = "文中“{stated}”（{what}），表中“{cell}”为 {value}，两者不一致。请核对后统一。"
    message_en = "The text says {stated} ({what}), the table has {value} in {cell}. Check and make them agree."
    basis = "年度报告格式：文字与表格数据应当一致"
    about_en = (
        "A figure in a sentence is compared with the cell that counts the same thing. Silent where the sentence "
        "counts another scope or year, where one of several figures agrees, or where they add up to the cell."
    )
    silent: ClassVar[str] = (
        "文中标明累计、上年、本级等其他口径的，几处数字之一或其和与表相符的，“余、约、多”等概数相近的，均不作判断。"
    )
    todo = "查台账确定正确的数，文字与表格统一。"

    def check(self, case: Case) -> Iterator[Finding]:
        """One finding a cell."""
        for cell, indexes in case.facts_by_cell.items():
            if cell.startswith(self.cells):
                value = case.values.get(cell)
                if value is not None and self.judges(cell, value):
                    yield from self.compare(case, (cell,), value, indexes)

    def judges(self, cell: str, value: Decimal) -> bool:
        """Whether this rule, and no other, answers for the cell."""
        return True

    def compare(self, case: Case, cells: Sequence[str], value: Decimal, indexes: Sequence[int]) -> Iterator[Finding]:
        """A finding where none of the figures, nor their sum, agrees with the table."""
        facts = [case.report.facts[i] for i in indexes]
        scoped = [(i, f) for i, f in zip(indexes, facts, strict=True) if _in_scope(case, f)]
        unit = case.form.cells[cells[0]].unit if case.form is not None and cells[0] in case.form.cells else None
        if not scoped or any(agrees(f, value, unit) for f in facts):
            return
        if len(facts) > 1 and sum(f.value for f in facts) == value:
            return
        if self.excused(case, cells[0], facts):
            return
        index, fact = scoped[0]
        yield self.found(
            where=[fact.where, *case.wheres(cells)],
            cells=cells,
            facts=[index],
            stated=fact.raw,
            what=fact.label or _short(fact.sentence, fact.raw),
            cell=" + ".join(_plain_label(case, c) for c in cells),
            value=figure(value),
        )

    def excused(self, case: Case, cell: str, facts: Sequence[Fact]) -> bool:
        """Whether something else in the report explains the difference."""
        return False


class Received(AgainstTable):
    id = "N-RECEIVED"
    cells = ("t3.new_received.",)
    title = "文中收到申请数与表不一致"
    title_en = "Applications received: text and table differ"
    about = "文字中写的收到申请件数，应等于申请表“本年新收政府信息公开申请数量”。" + AgainstTable.silent
    wrong = "文中“全年收到申请12件”，表中新收总计 11"
    right = "文中“全年收到申请12件”，表中新收总计 12"

    def excused(self, case: Case, cell: str, facts: Sequence[Fact]) -> bool:
        """Offices often count what was carried in among what was received."""
        carried = case.values.get(cell.replace("new_received", "carried_in"))
        new = case.values.get(cell)
        return carried is not None and new is not None and any(f.value == carried + new for f in facts)


class CarriedText(AgainstTable):
    id = "N-CARRIED"
    cells = ("t3.carried_in.", "t3.carried_out.")
    title = "文中结转数与表不一致"
    title_en = "Applications carried over: text and table differ"
    about = "文字中写的上年结转、结转下年件数，应等于申请表对应行。" + AgainstTable.silent
    wrong = "文中“结转下年度2件”，表中结转下年总计 1"
    right = "文中“结转下年度2件”，表中结转下年总计 2"


class ClosedText(AgainstTable):
    id = "N-CLOSED"
    severity = Severity.WARNING
    cells = ("t3.results_total.",)
    title = "文中办结数与表不一致"
    title_en = "Applications closed: text and table differ"
    about = "文字中写的办结（答复）件数，应等于申请表（七）总计。" + AgainstTable.silent
    wrong = "文中“办结10件”，表中（七）总计 9"
    right = "文中“办结10件”，表中（七）总计 10"


class ReviewText(AgainstTable):
    id = "N-REVIEW"
    cells = ("t4.",)
    title = "文中复议诉讼数与表不一致"
    title_en = "Reconsiderations and suits: text and table differ"
    about = "文字说没有行政复议、行政诉讼的，复议诉讼表总计应为0；写了件数的，应等于表中总计。" + AgainstTable.silent
    wrong = "文中“未发生行政诉讼”，表中未经复议直接起诉总计 1"
    right = "文中“发生行政诉讼1件”，表中未经复议直接起诉总计 1"

    def check(self, case: Case) -> Iterator[Finding]:
        """As for the other cells; suits are two groups in the table and one figure in prose."""
        yield from super().check(case)
        totals = [case.values.get(c) for c in _LIT_TOTALS]
        known = [t for t in totals if t is not None]
        suits = [i for i, f in enumerate(case.report.facts) if f.kind == "litigation.total" and f.cell is None]
        if len(known) == len(totals) and suits:
            yield from self.compare(case, _LIT_TOTALS, Decimal(sum(known)), suits)

    def excused(self, case: Case, cell: str, facts: Sequence[Fact]) -> bool:
        """One of the two groups of suits alone may be what the sentence counts."""
        if cell not in _LIT_TOTALS:
            return False
        return any(f.value and f.value == case.values.get(c) for f in facts for c in _LIT_TOTALS)


class PublicationText(AgainstTable):
    id = "N-T2"
    cells = ("t2.",)
    title = "文中主动公开数与表不一致"
    title_en = "Documents and decisions: text and table differ"
    about = (
        "文字中写的规章、规范性文件、行政许可、行政处罚、行政强制等数，应等于主动公开表对应单元；"
        "与同一行其他单元（制作、公开、总数）相符的，不作判断。部门只写网站公开数的，作为提醒。" + AgainstTable.silent
    )
    wrong = "文中“公开规范性文件5件”，表中规范性文件三个数均为 12"
    _by_site = ("published.normative_docs", "published.rules")

    def check(self, case: Case) -> Iterator[Finding]:
        """As for the other cells; a department publishes all its documents on its site, so that count is held too."""
        yield from super().check(case)
        kind = case.context.agency_kind or kind_of(case.report.agency)
        if kind is not AgencyKind.DEPARTMENT:
            return
        for name in self._by_site:
            stated = [(i, f) for i, f in enumerate(case.report.facts) if f.kind == name]
            cell = KINDS[name].cell(case.report.form)
            value = case.values.get(cell) if cell is not None else None
            if cell is None or value is None or len(stated) != 1:
                continue
            index, fact = stated[0]
            if fact.cell is None and fact.value and "网站" in fact.sentence[: max(fact.sentence.find(fact.raw), 0)]:
                for finding in self.compare(case, (cell,), value, (index,)):
                    yield replace(finding, severity=Severity.WARNING)

    right = "文中“公开规范性文件12件”，表中规范性文件三个数均为 12"

    def excused(self, case: Case, cell: str, facts: Sequence[Fact]) -> bool:
        """The sentence may count another column of the same row."""
        row = cell.rsplit(".", 1)[0] + "."
        figures = [v for c, v in case.values.items() if v is not None and c.startswith(row)]
        return any(agrees(f, v) for f in facts for v in figures)


class OtherText(AgainstTable):
    id = "N-ALL"
    cells = ("stat.", "t3.", "figures.")
    title = "文中数字与表不一致"
    title_en = "A figure in the text differs from the table"
    about = (
        "文字中写的数字，应等于表中同一指标。新收、结转、办结总计另由 N-RECEIVED、N-CARRIED、N-CLOSED 核对，"
        "表中为空或为0的由 N-BLANK 指出。" + AgainstTable.silent
    )
    wrong = "文中“政务微博公开38条”，统计表政务微博公开政府信息数 36"
    right = "文中“政务微博公开38条”，统计表政务微博公开政府信息数 38"

    def judges(self, cell: str, value: Decimal) -> bool:
        """Not what the named rules answer for; in the statistics table not the zeros, which are N-BLANK's."""
        if cell.startswith((*Received.cells, *CarriedText.cells, *ClosedText.cells)):
            return False
        return value != 0 or not cell.startswith("stat.")

    def excused(self, case: Case, cell: str, facts: Sequence[Fact]) -> bool:
        """The sentence may count the row above, of which this one is a part."""
        if case.form is None or cell not in case.form.cells:
            return False
        spec = case.form.cells[cell]
        above = cell.replace(f".{spec.row.id}", f".{spec.row.parent}") if spec.row.parent else None
        value = case.values.get(above) if above is not None else None
        return value is not None and any(agrees(f, value) for f in facts)


class BlankInTable(Rule):
    id = "N-BLANK"
    severity = Severity.ERROR
    basis = "年度报告格式：文字与表格数据应当一致，没有的填0、有的填数"
    title = "文中有数而表中空白"
    title_en = "The text gives a figure, the table is blank"
    message = "文中“{stated}”（{what}），表中“{cell}”{state}。请将表格补填一致。"
    message_en = "The text says {stated} ({what}), but {cell} is {state} in the table. Fill in the table."
    about = "文字写了大于0的数，而表中同一指标空白（统计表中填0的也算）。" + AgainstTable.silent
    about_en = "A figure above zero in a sentence whose cell is blank, or zero in the statistics table."
    wrong = "文中“举办培训班3次”，统计表“举办各类培训班数”空白"
    right = "文中“举办培训班3次”，统计表“举办各类培训班数”3"
    todo = "按台账补填表格；文字有误的改文字。"

    def check(self, case: Case) -> Iterator[Finding]:
        """One finding a cell."""
        for cell, indexes in case.facts_by_cell.items():
            zero = cell.startswith("stat.") and case.values.get(cell) == 0
            if not zero and not case.blank(cell):
                continue
            facts = [case.report.facts[i] for i in indexes]
            if any(f.value == 0 for f in facts):
                continue
            stated = [(i, f) for i, f in zip(indexes, facts, strict=True) if f.value > 0 and _in_scope(case, f)]
            if stated:
                index, fact = stated[0]
                yield self.found(
                    where=[fact.where, *case.wheres([cell])],
                    cells=[cell],
                    facts=[index],
                    stated=fact.raw,
                    what=fact.label or _short(fact.sentence, fact.raw),
                    cell=_plain_label(case, cell),
                    state="填 0" if zero else "空白",
                    state_en="0" if zero else "blank",
                )


def _short(sentence: str, raw: str) -> str:
    """The words just before a figure."""
    at = sentence.find(raw)
    before = re.split(r"[。；;，,：:]", sentence[:at] if at > 0 else sentence)[-1]
    return (before or sentence).strip()[-16:]


def _plain_label(case: Case, cell: str) -> str:
    if case.form is None or cell not in case.form.cells:
        return cell
    spec = case.form.cells[cell]
    if spec.table.layout == "list":
        return spec.row.label
    return spec.label.replace("申请人情况·", "")


RULES: tuple[Rule, ...] = (
    Received(),
    CarriedText(),
    ClosedText(),
    ReviewText(),
    PublicationText(),
    OtherText(),
    BlankInTable(),
)
