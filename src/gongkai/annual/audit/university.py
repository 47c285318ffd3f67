"""Rules for the reports of universities: the fifty items, the eight kinds of content."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.annual.audit.model import Case, Rule
from gongkai.annual.model import Finding, Severity

_ITEM = re.compile(r"^list\.u(\d\d)(?:\.|$)")
_FIRST_WITH_LIST = 2013
_LEAST_PROSE = 200

_MEANINGS = {
    "c2": ("主动公开情况", re.compile(r"主动公开|公开[^。]{0,12}信息")),
    "c3": ("依申请公开和不予公开情况", re.compile(r"申请")),
    "c4": ("对信息公开的评议情况", re.compile(r"评议|满意|评价")),
    "c5": ("因信息公开工作受到举报的情况", re.compile(r"举报|投诉|复议|诉讼")),
    "c6": ("主要经验、问题和改进措施", re.compile(r"问题|不足|改进|差距")),
    "c7": ("其他需要报告的事项", re.compile(r"其他(?:需要报告|有关|相关|需要说明)[^。]{0,6}(?:事项|情况|问题)")),
    "c8": (
        "清单事项公开情况表",
        re.compile(r"清单[^。]{0,20}(?:情况表|一览表|对照表|列表|附表|附件|见附|如下表|链接|网址)|事项公开情况表"),
    ),
}


class FiftyItems(Rule):
    id = "U-50"
    severity = Severity.ERROR
    basis = "教育部关于公布《高等学校信息公开事项清单》的通知（教办函〔2014〕23号）"
    title = "清单事项没有逐项填写"
    title_en = "Items of the list are not answered"
    message = "清单第{items}项没有填写链接或说明。请逐项填写，不涉及的写“不涉及”。"
    message_en = (
        "Items {items} of the list have neither a link nor a note. Answer each; write 不涉及 where none applies."
    )
    about = "2013-2014学年以后的报告，清单事项公开情况表的50项都应有链接或说明。报告中没有这张表的由 U-CHAPTERS 判断。"
    about_en = "Each of the fifty items of the table of the list needs a link or a reason. Silent without the table."
    wrong = "第17项（校办企业资产）空白"
    right = "第17项：不涉及"
    todo = "补填链接，没有的写明原因。"

    def check(self, case: Case) -> Iterator[Finding]:
        """One finding that names the items."""
        answered: dict[int, bool] = {}
        for id, cell in case.report.cells.items():
            found = _ITEM.match(id)
            if found is not None:
                number = int(found[1])
                answered[number] = answered.get(number, False) or cell.value is not None
        if not answered or case.report.form != "university" or (case.report.year or 0) < _FIRST_WITH_LIST:
            return
        unread = {int(m[1]) for u in case.report.unread if u.cell and (m := _ITEM.match(u.cell))}
        missing = [n for n in range(1, 51) if not answered.get(n, False) and n not in unread]
        if missing and len(answered) >= 25:
            cells = [c for n in missing for c in (f"list.u{n:02d}", f"list.u{n:02d}.note") if c in case.report.cells]
            yield self.found(where=case.wheres(cells), cells=cells, items=_ranges(missing))


class Contents(Rule):
    id = "U-CHAPTERS"
    severity = Severity.WARNING
    basis = "教育部关于做好高校信息公开年度报告工作的通知：八个方面内容"
    title = "高校报告缺少规定内容"
    title_en = "A university's report lacks contents"
    message = "没有提到{missing}。请补充，没有发生的也请写明。"
    message_en = "The report says nothing on {missing}. Add it, also where there was none."
    about = (
        "高校报告应写明概述、主动公开、依申请公开、评议、举报、问题和改进、其他需要报告的事项，并附清单事项公开情况表；"
        "标题各校不同，只看内容是否提到，概述不作判断。"
    )
    about_en = "By meaning, since titles vary; the overview is not judged."
    wrong = "全文没有提到师生和社会对信息公开的评议"
    right = "“四、对信息公开的评议情况：……”"
    todo = "补写缺少的内容。"

    def check(self, case: Case) -> Iterator[Finding]:
        """At most one finding."""
        text = case.prose.text
        if case.report.form != "university" or len(text) < _LEAST_PROSE:
            return
        has_list = any(c.startswith("list.") for c in case.report.cells)
        missing = [
            title
            for id, (title, pattern) in _MEANINGS.items()
            if id not in case.chapters
            and not pattern.search(text)
            and not (id == "c8" and (has_list or (case.report.year or 0) < _FIRST_WITH_LIST))
        ]
        if missing:
            yield self.found(missing="、".join(f"“{t}”" for t in missing))


def _ranges(numbers: list[int]) -> str:
    """3、5—8、12 for the numbers given in rising order."""
    parts: list[list[int]] = []
    for n in numbers:
        if parts and n == parts[-1][-1] + 1:
            parts[-1].append(n)
        else:
            parts.append([n])
    return "、".join(str(p[0]) if len(p) == 1 else f"{p[0]}—{p[-1]}" for p in parts)


RULES: tuple[Rule, ...] = (FiftyItems(), Contents())
