"""Balance checks (勾稽关系): sums inside the form that must come out."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import ClassVar

from gongkai.annual.audit.model import Case, Rule, figure
from gongkai.annual.forms import CellSpec, Equation, Term
from gongkai.annual.model import Finding, Severity

_SHORT = 3
"""A sum of so few summands is written out with its zeros."""
_LISTED = 6
"""So many summands are written out in a message; more are named together."""


class Balance(Rule):
    """A balance check of the form's own data; silent where a cell that it needs is blank or unread."""

    severity = Severity.ERROR
    message = "{scope}{left}，{right}；{relation}，相差 {difference}。请核对后更正。"
    message_en = "{scope}{left}, {right}: {relation}; the difference is {difference}. Check and correct the cells."
    silent: ClassVar[str] = "有单元空白或未能读出时不作判断。"
    basis = "表内勾稽关系"
    about_en = "Both sums are taken from the cells as read; where one is blank or unread the rule stays silent."
    todo = "对照台账核对有关单元，更正填错的数。"

    def check(self, case: Case) -> Iterator[Finding]:
        """One finding for each equation of this id that does not hold."""
        if case.form is None:
            return
        for equation in case.form.equations:
            if equation.check != self.id:
                continue
            sides = equation.sides(case.values)
            if sides is None:
                continue
            left, right = sides
            if (left == right) if equation.op == "==" else (left <= right):
                continue
            yield self._finding(case, equation, left, right)

    def _finding(self, case: Case, equation: Equation, left: Decimal, right: Decimal) -> Finding:
        cells = [c for c in equation.cells if c in case.report.cells]
        scope = _scope(case, equation)
        equal = equation.op == "=="
        return self.found(
            where=case.wheres(cells),
            cells=cells,
            severity=Severity(equation.severity),
            scope=f"“{scope}”：" if scope else "",
            scope_en=f"{scope}: " if scope else "",
            left=_side(case, equation.left, left),
            right=_side(case, equation.right, right),
            relation="两者应当相等" if equal else "前者不应大于后者",
            relation_en="both should be equal" if equal else "the first should not exceed the second",
            difference=figure(abs(left - right)),
        )


def _spec(case: Case, cell: str) -> CellSpec | None:
    return None if case.form is None else case.form.cells.get(cell)


def _scope(case: Case, equation: Equation) -> str:
    """What all cells of an equation share: the column's or the row's label in a matrix."""
    specs = [s for c in equation.cells if (s := _spec(case, c)) is not None]
    if not specs or specs[0].table.layout == "list":
        return ""
    if len({s.column.id for s in specs}) == 1 and len({s.row.id for s in specs}) > 1:
        return specs[0].column.label
    path = specs[0].column.header_path
    if specs[0].table.layout == "single_row":
        return "·".join(path)
    return specs[0].row.label


def short_label(case: Case, cell: str, *, scope: str) -> str:
    """A cell's label without what `scope` already says."""
    spec = _spec(case, cell)
    if spec is None:
        return cell
    if spec.table.layout == "list":
        return spec.row.label
    if scope == spec.column.label and spec.table.layout != "single_row":
        return spec.row.label.split("（区分")[0]
    return spec.column.label


def _side(case: Case, terms: tuple[Term, ...], total: Decimal) -> str:
    """A side of an equation in words: “总计 5” or “自然人 3 + 商业企业 2 = 5”."""
    scope = _scope_of(case, terms)
    if len(terms) == 1:
        return f"{short_label(case, terms[0].cell, scope=scope)} {figure(total)}"
    known = [(t.cell, v) for t in terms if (v := case.values.get(t.cell)) is not None]
    shown = known if len(known) <= _SHORT else [(c, v) for c, v in known if v]
    if not shown:
        return "各分项之和 0"
    if len(shown) > _LISTED:
        return f"各分项之和 {figure(total)}"
    words = " + ".join(f"{short_label(case, c, scope=scope)} {figure(v)}" for c, v in shown)
    return f"{words} = {figure(total)}" if len(shown) > 1 else f"各分项之和 {figure(total)}（{words}）"


def _scope_of(case: Case, terms: tuple[Term, ...]) -> str:
    spec = _spec(case, terms[0].cell)
    if spec is None or spec.table.layout != "matrix":
        return ""
    # A sum over columns stays in one row; whatever else stays in one column.
    columns = {s.column.id for t in terms if (s := _spec(case, t.cell)) is not None}
    return spec.column.label if len(columns) == 1 else spec.row.label


class T3Balance(Balance):
    id = "T3-BALANCE"
    basis = "年度报告格式表内注明：第一项加第二项之和，等于第三项加第四项之和"
    title = "申请收支不平"
    title_en = "Applications do not balance"
    about = "申请表每一列：本年新收加上年结转，应等于办理结果总计加结转下年度。" + Balance.silent
    wrong = "自然人：新收 10，结转 1；总计 9，结转下年 1（11 ≠ 10）"
    right = "自然人：新收 10，结转 1；总计 10，结转下年 1（11 = 11）"


class T3ResultsSum(Balance):
    id = "T3-RESULTS-SUM"
    basis = "年度报告格式：（七）总计为（一）至（六）各项之和"
    title = "办理结果总计不等于各项之和"
    title_en = "The total of results is not the sum of its rows"
    about = "申请表每一列：（七）总计应等于（一）至（六）下各明细行之和。" + Balance.silent
    wrong = "予以公开 4，部分公开 1，其余为 0；总计 6"
    right = "予以公开 4，部分公开 1，其余为 0；总计 5"


class T3RowTotal(Balance):
    id = "T3-ROW-TOTAL"
    basis = "年度报告格式：总计列为自然人与法人或其他组织各列之和"
    title = "行总计不等于各列之和"
    title_en = "A row's total is not the sum of its columns"
    about = (
        "申请表每一行：总计应等于自然人、商业企业、科研机构、社会公益组织、法律服务机构、其他六列之和。"
        + Balance.silent
    )
    wrong = "自然人 3，商业企业 2，其余为 0；总计 6"
    right = "自然人 3，商业企业 2，其余为 0；总计 5"


class T4Total(Balance):
    id = "T4-TOTAL"
    basis = "年度报告格式：总计为结果维持、结果纠正、其他结果、尚未审结之和"
    title = "复议诉讼总计不等于各项之和"
    title_en = "A total of reconsiderations or suits is not the sum of its parts"
    about = "行政复议、未经复议直接起诉、复议后起诉三组，每组总计应等于四种结果之和。" + Balance.silent
    wrong = "行政复议：结果维持 1，尚未审结 1；总计 1"
    right = "行政复议：结果维持 1，尚未审结 1；总计 2"


class T2StockMin(Balance):
    id = "T2-STOCK-MIN"
    basis = "年度报告格式：本年制发件数、本年废止件数与现行有效件数的关系"
    title = "制发件数多于现行有效与废止之和"
    title_en = "More documents issued than are in force or repealed"
    about = "本年制发的文件到年底要么现行有效，要么已经废止，所以制发件数不应大于两者之和。" + Balance.silent
    wrong = "制发 12，废止 1，现行有效 5"
    right = "制发 12，废止 1，现行有效 35"


class UniversityRequests(Balance):
    id = "U-REQ"
    basis = "高等学校信息公开办法（教育部令第29号）"
    title = "信息公开申请数不等于各类答复之和"
    title_en = "Applications are not the sum of the replies"
    about = "学校收到的信息公开申请数应等于同意、部分同意、不予公开、其他答复与尚未办结之和。" + Balance.silent
    wrong = "收到申请 8；同意 5，不予公开 1，尚未办结 1"
    right = "收到申请 8；同意 5，不予公开 2，尚未办结 1"


RULES: tuple[Rule, ...] = (
    T3Balance(),
    T3ResultsSum(),
    T3RowTotal(),
    T4Total(),
    T2StockMin(),
    UniversityRequests(),
)
