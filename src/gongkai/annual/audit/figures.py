"""Checks of single cells: figures where figures must stand, whole and not negative."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cache
from typing import ClassVar

from gongkai.annual.audit.model import Case, Rule, figure
from gongkai.annual.forms import CellSpec, form
from gongkai.annual.model import Finding, Severity

GROUP_FIGURE = "figure_on_group_row"
"""The reader's reason for a figure on a row that is only a heading."""

_NAMED = 4
"""So many cells are named in a message; the rest are counted."""


class CellFigures(Rule):
    """Blank, negative and fractional cells of one table: one finding for each kind of fault."""

    severity = Severity.ERROR
    tables: ClassVar[frozenset[str]]
    forms: ClassVar[frozenset[str]]
    blank_severity: ClassVar[Severity | None] = Severity.ERROR
    """Severity of blank cells; None where a blank is allowed."""
    message = "{table}：{places}{fault}。{remedy}。"
    message_en = "{table}: {places} {fault}. {remedy}."
    basis = "年度报告格式：各单元填写非负整数，没有的填0"
    about_en = "Cells must hold whole figures of zero or more; zero is written 0, not left blank."
    wrong = "行政复议总计一格空白"
    right = "行政复议总计一格填 0"
    todo = "没有发生的填 0；漏填的补填；负数、小数对照台账更正。"

    def check(self, case: Case) -> Iterator[Finding]:
        """One finding a table for blank cells, negative figures, fractions and figures on heading rows."""
        if case.form is None or case.form.id not in self.forms:
            return
        for table in case.form.tables:
            if table.id in self.tables:
                cells = case.report.cells
                yield from self._faults(case, [s for s in _specs(case.form.id, table.id) if s.id in cells])
        yield from self._group_figures(case)

    def _faults(self, case: Case, specs: Sequence[CellSpec]) -> Iterator[Finding]:
        kinds: dict[str, list[CellSpec]] = {"blank": [], "negative": [], "fraction": []}
        for spec in specs:
            kind = _fault(case, spec)
            if kind is not None:
                kinds[kind].append(spec)
        for kind, found in kinds.items():
            if found and not (kind == "blank" and self.blank_severity is None):
                yield self._finding(case, kind, found)

    def _finding(self, case: Case, kind: str, specs: Sequence[CellSpec]) -> Finding:
        cells = [s.id for s in specs]
        fault, fault_en, remedy, remedy_en = _WORDS[kind]
        named = [_named(case, s, kind) for s in specs[:_NAMED]]
        more = len(specs) > _NAMED
        return self.found(
            where=case.wheres(cells),
            cells=cells,
            severity=self.blank_severity if kind == "blank" else None,
            table=f"《{specs[0].table.title}》",
            table_en=specs[0].table.title,
            places="、".join(named) + (f"等 {len(specs)} 个单元" if more else ""),
            places_en=", ".join(named) + (f" and others ({len(specs)} cells)" if more else ""),
            fault=fault,
            fault_en=fault_en,
            remedy=remedy,
            remedy_en=remedy_en,
        )

    def _group_figures(self, case: Case) -> Iterator[Finding]:
        for unread in case.report.unread:
            if unread.reason == GROUP_FIGURE and _has_groups(case, self.tables):
                fault, fault_en, remedy, remedy_en = _WORDS["group"]
                yield self.found(
                    where=[unread.where] if unread.where else [],
                    table="分组标题行",
                    table_en="A heading row",
                    places=f"填有“{unread.raw.strip()[-30:]}”",
                    fault=fault,
                    fault_en=fault_en,
                    remedy=remedy,
                    remedy_en=remedy_en,
                )


def _has_groups(case: Case, tables: Iterable[str]) -> bool:
    """Whether one of these tables has heading rows, and so may be the one with a figure beside a heading."""
    specs = () if case.form is None else (t for t in case.form.tables if t.id in tables)
    return any(row.kind == "group" for t in specs for block in t.blocks for row in block.rows)


@cache
def _specs(form_id: str, table_id: str) -> tuple[CellSpec, ...]:
    """The cells of one table of a form."""
    return tuple(s for s in form(form_id).cells.values() if s.table.id == table_id)


_WORDS = {
    "blank": ("未填数", "left blank", "没有发生的请填 0，漏填的请补填", "Write 0 where there was none"),
    "negative": ("为负数", "negative", "请核对后更正", "Check and correct"),
    "fraction": ("不是整数", "not whole", "请核对后更正", "Check and correct"),
    "group": (
        "，该行只是标题、不应填数",
        "stands on a row that takes no figure",
        "请移到应填的行",
        "Move it to its row",
    ),
}


def _fault(case: Case, spec: CellSpec) -> str | None:
    """The fault of one cell: blank, negative or fraction; None where it is in order."""
    if spec.type == "text":
        return None
    value = case.report.cells[spec.id].value
    if value is None:
        return "blank" if case.blank(spec.id) and not spec.local else None
    if not isinstance(value, Decimal):
        return None
    if value < 0 and spec.type != "signed_integer":
        return "negative"
    whole = spec.type in {"integer", "signed_integer"}
    return "fraction" if whole and value != value.to_integral_value() else None


def _named(case: Case, spec: CellSpec, kind: str) -> str:
    label = spec.row.label
    if spec.table.layout != "list":
        label = spec.label.replace("申请人情况·", "").replace("法人或其他组织·", "")
    value = case.values.get(spec.id)
    return f"“{label}”" if kind == "blank" or value is None else f"“{label}”（{figure(value)}）"


_FORMAT = frozenset({"gov-2019", "gov-2021"})


class T2Figures(CellFigures):
    id = "T2-INT"
    tables = frozenset({"t2"})
    forms = _FORMAT
    title = "主动公开表有单元未按要求填数"
    title_en = "Cells of the publication table are not filled in properly"
    about = "主动公开政府信息情况表各单元应填整数（金额可有小数，2019年格式的“本年增/减”可为负），没有的填0，不留空。"


class T3Figures(CellFigures):
    id = "T3-INT"
    tables = frozenset({"t3"})
    forms = _FORMAT
    title = "申请表有单元未按要求填数"
    title_en = "Cells of the applications table are not filled in properly"
    about = "收到和处理政府信息公开申请情况表各单元应填非负整数，没有的填0，不留空、不填“/”“—”。"


class T4Figures(CellFigures):
    id = "T4-INT"
    tables = frozenset({"t4"})
    forms = _FORMAT
    title = "复议诉讼表有单元未按要求填数"
    title_en = "Cells of the reconsiderations and suits table are not filled in properly"
    about = "政府信息公开行政复议、行政诉讼情况表各单元应填非负整数，没有的填0，不留空。"


class StatisticsFigures(CellFigures):
    id = "R-INT"
    tables = frozenset({"stat"})
    forms = frozenset({"gov-2008", "gov-2014"})
    blank_severity = Severity.WARNING
    basis = "政府信息公开情况统计表（国办发〔2014〕32号）：空白不等于0，标题行不填数"
    title = "统计表有单元未按要求填数"
    title_en = "Cells of the statistics table are not filled in properly"
    about = (
        "情况统计表各单元应填非负整数（经费、金额可有小数），没有的填0；标题行（标“——”的行）不填数。"
        "2008—2013年的附表由各地自定，空白不作判断；地方增加的行空白也不作判断。"
    )
    wrong = "“通过不同渠道和方式公开政府信息的情况”一行填了 12"
    right = "该行填“——”，12 填在对应的渠道行"

    def _faults(self, case: Case, specs: Sequence[CellSpec]) -> Iterator[Finding]:
        for found in super()._faults(case, specs):
            if not (case.report.form == "gov-2008" and found.severity is Severity.WARNING):
                yield found


class YearToDate(Rule):
    id = "R-YTD"
    severity = Severity.WARNING
    basis = "政府信息公开工作年度报告指标统计附表：本期实际、本年累计两栏"
    title = "本期实际大于本年累计"
    title_en = "The current figure exceeds the year to date"
    message = "{rows}的“本期实际”大于“本年累计”。请核对两栏是否填反。"
    message_en = "The current figure exceeds the year to date in {rows}. Check whether the columns were swapped."
    about = "2008—2013年附表两栏并列时，每一行的本期实际不应大于本年累计。缺一栏时不作判断。"
    about_en = "Where both columns are there, the current figure may not exceed the year to date."
    wrong = "主动公开信息数：本期实际 80，本年累计 20"
    right = "主动公开信息数：本期实际 20，本年累计 80"
    todo = "核对两栏，填反的调换。"

    def check(self, case: Case) -> Iterator[Finding]:
        """One finding that names all such rows."""
        pairs = [
            (id, f"{id}.year_to_date")
            for id in case.values
            if id.startswith("stat.") and case.values.get(f"{id}.year_to_date") is not None
        ]
        wrong = [p for p in pairs if (case.values[p[0]] or 0) > (case.values[p[1]] or 0)]
        if case.form is not None and wrong:
            cells = [c for pair in wrong for c in pair]
            rows = "、".join(f"“{case.form.cells[a].row.label}”" for a, _ in wrong if a in case.form.cells)
            yield self.found(where=case.wheres(cells), cells=cells, rows=rows)


class FeesAbolished(Rule):
    id = "R-FEE"
    severity = Severity.WARNING
    basis = "财税〔2017〕20号（2017年4月1日起取消有关收费；适用范围待核）"
    title = "取消收费以后仍填有收费"
    title_en = "Fees collected after they were abolished"
    message = "依申请公开信息收取的费用填 {amount} 万元，而有关收费自2017年4月1日起已取消。请核实。"
    message_en = (
        "Fees of {amount} (10,000 yuan) are stated although they were abolished from 2017-04-01. Please verify."
    )
    about = "2018年度的统计表中收取的费用应为0。2017年度跨越取消前后，不作判断。"
    about_en = "Fees in the report for 2018 should be zero; 2017 is left alone because the change came during the year."
    wrong = "2018年：依申请公开信息收取的费用 0.2 万元"
    right = "2018年：依申请公开信息收取的费用 0"
    todo = "核实是否确有收费；误填的改为 0。"

    def check(self, case: Case) -> Iterator[Finding]:
        """At most one finding."""
        fee = case.values.get("stat.s7")
        if case.report.form == "gov-2014" and (case.report.year or 0) >= 2018 and fee:
            yield self.found(where=case.wheres(["stat.s7"]), cells=["stat.s7"], amount=figure(fee))


RULES: tuple[Rule, ...] = (
    T2Figures(),
    T3Figures(),
    T4Figures(),
    StatisticsFigures(),
    YearToDate(),
    FeesAbolished(),
)
