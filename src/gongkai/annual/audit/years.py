"""Checks across reports: last year's against this year's, a summary against the reports that it adds up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from gongkai.annual.audit.model import Case, Rule, figure
from gongkai.annual.model import Finding, Report, Severity

COLUMNS = ("natural_person", "commercial", "research", "social_welfare", "legal_service", "other_org", "total")
_STOCK_ROWS = ("rules", "normative_docs")
_ITEM_ROWS = ("licensing", "other_services", "penalty", "coercion", "admin_fees")


def _follows(earlier: Report | None, later: Report | None) -> bool:
    """Whether both reports are there and the second is for the year after the first."""
    if earlier is None or later is None or earlier.year is None or later.year is None:
        return False
    return later.year == earlier.year + 1


def carried_differences(earlier: Report, later: Report) -> Mapping[str, tuple[Decimal, Decimal]]:
    """The columns in which what was carried out of a year is not what was carried into the next."""
    found = {}
    for column in COLUMNS:
        out, into = earlier.value(f"t3.carried_out.{column}"), later.value(f"t3.carried_in.{column}")
        if out is not None and into is not None and out != into:
            found[column] = (out, into)
    return found


class Carried(Rule):
    id = "X-CARRY"
    severity = Severity.ERROR
    basis = "年度报告格式：上年度“结转下年度继续办理”即本年度“上年结转”"
    title = "上年结转与上年报告不符"
    title_en = "What was carried in is not what was carried out the year before"
    message = (
        "{earlier}年报告“结转下年度继续办理”与{later}年报告“上年结转”不一致：{columns}。"
        "请核对；因机构合并等原因不同的，请在报告中说明。"
    )
    message_en = (
        "Carried out in {earlier} and carried in in {later} differ: {columns}. Check, or explain the difference."
    )
    about = (
        "同一机关相邻两年报告逐列核对：上年结转下年度的件数，应等于本年上年结转的件数。缺一年报告或单元空白时不作判断。"
    )
    about_en = "Column by column between two consecutive years of the same agency; needs both reports."
    wrong = "2022年结转下年度：总计 3；2023年上年结转：总计 1"
    right = "2022年结转下年度：总计 3；2023年上年结转：总计 3"
    todo = "查台账，更正填错的一年；确有原因的在第六章说明。"

    def check(self, case: Case) -> Iterator[Finding]:
        """One finding against the year before and one against the year after."""
        previous, following = case.context.previous, case.context.next
        if previous is not None and _follows(previous, case.report):
            yield from self._between(case, previous, case.report)
        if following is not None and _follows(case.report, following):
            yield from self._between(case, case.report, following)

    def _between(self, case: Case, earlier: Report, later: Report) -> Iterator[Finding]:
        found = carried_differences(earlier, later)
        if not found or "total" not in found:
            return  # where only the kinds of applicant differ, X-CLASS-STABLE says so
        row = "carried_in" if later is case.report else "carried_out"
        cells = [f"t3.{row}.{c}" for c in found]
        words = "、".join(f"{_column(case, c)} {figure(a)}→{figure(b)}" for c, (a, b) in found.items())
        yield self.found(where=case.wheres(cells), cells=cells, earlier=earlier.year, later=later.year, columns=words)


class CarriedClass(Rule):
    id = "X-CLASS-STABLE"
    severity = Severity.INFO
    basis = "年度报告格式：结转申请的申请人类型不变"
    title = "结转申请的申请人类型前后不同"
    title_en = "Carried applications changed their kind of applicant"
    message = "与上年报告相比，结转总数一致，但申请人分类不同：{columns}。请核对申请人类型。"
    message_en = "The total carried in agrees with last year's report, the kinds of applicant do not: {columns}."
    about = "结转总数与上年一致、分列不一致时提示；总数不一致由 X-CARRY 指出。"
    about_en = "Told only where the totals agree; see X-CARRY for the rest."
    wrong = "上年结转下年：自然人 2；本年上年结转：商业企业 2"
    right = "上年结转下年：自然人 2；本年上年结转：自然人 2"
    todo = "核对结转申请的申请人类型，前后一致。"

    def check(self, case: Case) -> Iterator[Finding]:
        """At most one finding."""
        previous = case.context.previous
        if previous is None or not _follows(previous, case.report):
            return
        found = carried_differences(previous, case.report)
        if found and "total" not in found:
            cells = [f"t3.carried_in.{c}" for c in found]
            words = "、".join(f"{_column(case, c)} {figure(a)}→{figure(b)}" for c, (a, b) in found.items())
            yield self.found(where=case.wheres(cells), cells=cells, columns=words)


class Stock(Rule):
    id = "T2-STOCK"
    severity = Severity.WARNING
    basis = "年度报告格式：现行有效件数、本年制发件数、本年废止件数的关系"
    title = "现行有效件数与上年接不上"
    title_en = "Documents in force do not follow from last year's"
    message = (
        "“{row}”现行有效件数为 {now}；按上年 {before} 加本年制发 {issued} 减本年废止 {repealed}，应为 {expected}。"
        "请核对；有失效、划转等情形的请说明。"
    )
    message_en = (
        "{row}: {now} in force; last year's {before} plus {issued} issued minus {repealed} repealed is {expected}. "
        "Check, or explain."
    )
    about = "2021年格式：本年现行有效＝上年现行有效＋本年制发−本年废止。到期失效、机构划转会有小的差别，所以只作提醒。"
    about_en = (
        "Needs last year's report in the form of 2021. Expiry and transfers make small differences: a warning only."
    )
    wrong = "上年现行有效 30，本年制发 4、废止 1，现行有效 40"
    right = "上年现行有效 30，本年制发 4、废止 1，现行有效 33"
    todo = "按文件清单核对三个数。"

    def check(self, case: Case) -> Iterator[Finding]:
        """One finding a row that does not follow."""
        previous = case.context.previous
        if previous is None or not _follows(previous, case.report):
            return
        for row in _STOCK_ROWS:
            cells = [f"t2.{row}.{c}" for c in ("issued", "repealed", "in_force")]
            issued, repealed, now = (case.report.value(c) for c in cells)
            before = previous.value(f"t2.{row}.in_force")
            if issued is None or repealed is None or now is None or before is None:
                continue
            expected = before + issued - repealed
            if expected != now:
                yield self.found(
                    where=case.wheres(cells),
                    cells=cells,
                    row=case.form.cells[cells[0]].row.label if case.form else row,
                    now=figure(now),
                    before=figure(before),
                    issued=figure(issued),
                    repealed=figure(repealed),
                    expected=figure(expected),
                )


class Items(Rule):
    id = "T2-ITEMS"
    severity = Severity.WARNING
    basis = "年度报告格式（试行）（国办公开办函〔2019〕60号）：上一年项目数量、本年增/减"
    title = "上一年项目数量与上年报告接不上"
    title_en = "Last year's number of items does not follow from last year's report"
    message = "“{row}”上一年项目数量为 {now}；按上年报告 {before} 加增减 {delta}，应为 {expected}。请核对。"
    message_en = (
        "{row}: {now} items last year; last year's report gives {before} plus {delta}, {expected}. Please check."
    )
    about = "2019—2020年格式：2020年的上一年项目数量＝2019年的上一年项目数量＋2019年的本年增/减。"
    about_en = "Between the reports for 2019 and 2020."
    wrong = "2019年：上一年 10，增减 +2；2020年：上一年 10"
    right = "2019年：上一年 10，增减 +2；2020年：上一年 12"
    todo = "核对项目清单。"

    def check(self, case: Case) -> Iterator[Finding]:
        """One finding a row that does not follow."""
        previous = case.context.previous
        if previous is None or not _follows(previous, case.report):
            return
        for row in _ITEM_ROWS:
            cell = f"t2.{row}.prev_items"
            now, before = case.report.value(cell), previous.value(cell)
            delta = previous.value(f"t2.{row}.delta")
            if now is None or before is None or delta is None or now == before + delta:
                continue
            yield self.found(
                where=case.wheres([cell]),
                cells=[cell],
                row=case.form.cells[cell].row.label if case.form else row,
                now=figure(now),
                before=figure(before),
                delta=figure(delta),
                expected=figure(before + delta),
            )


class PublishedStock(Rule):
    id = "T2-PUBLISHED"
    severity = Severity.WARNING
    basis = "年度报告格式（试行）（国办公开办函〔2019〕60号）：本年新公开数量、对外公开总数量"
    title = "本年新公开数量大于对外公开总数量"
    title_en = "More newly published than published in all"
    message = "“{row}”本年新公开 {new}，大于对外公开总数量 {total}。请核对。"
    message_en = "{row}: {new} newly published, more than the {total} published in all. Please check."
    about = "2019—2020年格式：本年新公开的文件在对外公开总数之内。"
    about_en = "What was newly published is part of what is published in all."
    wrong = "规范性文件：新公开 9，总数 3"
    right = "规范性文件：新公开 9，总数 43"
    todo = "核对两个数。"

    def check(self, case: Case) -> Iterator[Finding]:
        """One finding a row."""
        for row in _STOCK_ROWS:
            cells = [f"t2.{row}.new_published", f"t2.{row}.public_stock"]
            new, total = (case.report.value(c) for c in cells)
            if new is not None and total is not None and new > total and case.form is not None:
                label = case.form.cells[cells[0]].row.label
                yield self.found(where=case.wheres(cells), cells=cells, row=label, new=figure(new), total=figure(total))


class ClosedReceived(Rule):
    id = "R-RECEIVED-CLOSED"
    severity = Severity.WARNING
    basis = "政府信息公开情况统计表（国办发〔2014〕32号）：收到申请数、申请办结数"
    title = "办结数大于收到数与上年未办结数之和"
    title_en = "More applications closed than received or left open"
    message = "申请办结 {closed} 件，大于本年收到 {received} 件与上年未办结 {left} 件之和。请核对。"
    message_en = "{closed} closed, more than the {received} received and the {left} left open last year. Please check."
    about = "办结的申请不是本年收到的，就是上年未办结的。没有上年报告时不作判断。"
    about_en = "Needs last year's report."
    wrong = "收到 5，上年未办结 1，办结 9"
    right = "收到 5，上年未办结 1，办结 6"
    todo = "核对收到与办结的台账。"

    def check(self, case: Case) -> Iterator[Finding]:
        """At most one finding."""
        previous = case.context.previous
        if previous is None or not _follows(previous, case.report):
            return
        cells = ["stat.closed", "stat.received"]
        closed, received = (case.report.value(c) for c in cells)
        before_closed, before = (previous.value(c) for c in cells)
        if closed is None or received is None or before is None or before_closed is None:
            return
        left = max(before - before_closed, Decimal(0))
        if closed > received + left:
            yield self.found(
                where=case.wheres(cells),
                cells=cells,
                closed=figure(closed),
                received=figure(received),
                left=figure(left),
            )


class Summary(Rule):
    id = "A-SUM"
    severity = Severity.ERROR
    basis = "年度报告格式：政府年度报告汇总所属部门和下级机关数据"
    title = "汇总数不等于所属各报告之和"
    title_en = "The summary is not the sum of the reports it covers"
    message = "{cells_named}不等于所属 {count} 份报告之和。请核对汇总口径或催改有误的报告。"
    message_en = "{cells_named}: not the sum of the {count} reports covered. Check the scope or the reports."
    about = (
        "汇总报告的可加单元应等于所覆盖各报告同一单元之和；现行有效件数、对外公开总数量因联合发文不作核对。"
        "有一份报告缺数时，该单元不作判断。"
    )
    about_en = "Only for a summary given together with every report that it covers; stock figures are left out."
    wrong = "汇总：新收申请总计 20；所属两份报告 8 与 9"
    right = "汇总：新收申请总计 17；所属两份报告 8 与 9"
    todo = "核对汇总口径与所属报告。"

    def check(self, case: Case) -> Iterator[Finding]:
        """One finding that names all such cells."""
        covered = case.context.covered
        if not covered or any(r.form != case.report.form or r.year != case.report.year for r in covered):
            return
        wrong = dict(self._wrong(case, covered))
        if wrong:
            named = [f"“{case.label(c)}”（{figure(a)}≠{figure(b)}）" for c, (a, b) in list(wrong.items())[:4]]
            more = f"等 {len(wrong)} 个单元" if len(wrong) > 4 else ""
            yield self.found(
                where=case.wheres(list(wrong)),
                cells=list(wrong),
                cells_named="、".join(named) + more,
                count=len(covered),
            )

    def _wrong(self, case: Case, covered: Sequence[Report]) -> Iterator[tuple[str, tuple[Decimal, Decimal]]]:
        for cell, value in case.values.items():
            if value is None or cell.endswith((".in_force", ".public_stock", ".prev_items")):
                continue
            parts = [r.value(cell) for r in covered]
            known = [p for p in parts if p is not None]
            if len(known) == len(parts) and sum(known) != value:
                yield cell, (value, Decimal(sum(known)))


def _column(case: Case, column: str) -> str:
    cell = f"t3.carried_in.{column}"
    return case.form.cells[cell].column.label if case.form is not None and cell in case.form.cells else column


RULES: tuple[Rule, ...] = (
    Carried(),
    CarriedClass(),
    Stock(),
    Items(),
    PublishedStock(),
    ClosedReceived(),
    Summary(),
)
