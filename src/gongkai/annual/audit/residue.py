"""What should have been removed or filled in: placeholders, damage, slips of the pen, parts that were not read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from gongkai.annual.audit.figures import GROUP_FIGURE
from gongkai.annual.audit.model import Case, Rule
from gongkai.annual.model import Finding, Severity, Where
from gongkai.text.placeholders import find_placeholders

_SAMPLE = re.compile(r"[（(【\[](?:样本|样例|模板|范本|范文|参考模板|格式)[)）】\]]")
_SHOWN = 4


class Placeholder(Rule):
    id = "S-PLACEHOLDER"
    severity = Severity.ERROR
    basis = "年度报告应当填写完整"
    title = "留有未填的占位符"
    title_en = "Placeholders were left in"
    message = "有 {count} 处未填写的占位符，如{samples}。请补填或删去。"
    message_en = "{count} placeholders were left in, such as {samples}. Fill them in or delete them."
    about = (
        "×、××、xx、XX、20xx、〇〇市、**镇、某某单位、（填写单位）、____ 等占位符，以及标题标明“样本”“模板”的。"
        "乘号、网址、人名隐去的“某某”、成对的星号（加粗）不算。"
    )
    about_en = "Not the multiplication sign, not web addresses, not masked personal names, not paired asterisks."
    wrong = "全年主动公开政府信息××条"
    right = "全年主动公开政府信息326条"
    todo = "逐处补填。"

    def check(self, case: Case) -> Iterator[Finding]:
        """One finding for the whole report."""
        text = case.prose.text
        found = list(find_placeholders(text))
        sample = _SAMPLE.search(case.report.title or "")
        if not found and sample is None:
            return
        where = [case.prose.where(m.start(), m.end()) for m in found]
        samples = [f"“{_around(text, m)}”" for m in found[:_SHOWN]]
        if sample is not None:
            samples.insert(0, f"标题中的“{sample[0]}”")
        yield self.found(
            where=where,
            count=len(found) + (sample is not None),
            samples="、".join(samples[:_SHOWN]),
        )


def _around(text: str, found: re.Match[str]) -> str:
    line_start = text.rfind("\n", 0, found.start()) + 1
    return text[max(found.start() - 6, line_start) : found.end() + 4].split("\n")[0].strip()


_LOST = re.compile(r"\ufffd+|(?<=[\u4e00-\u9fff，。、；])\?{2,}|(?<=[\u4e00-\u9fff])。\?(?=[\u4e00-\u9fff])")


class Damaged(Rule):
    id = "S-DAMAGED"
    severity = Severity.WARNING
    basis = "网页、文件应当完整可读"
    title = "有损坏的文字"
    title_en = "Some of the text is damaged"
    message = "有 {count} 处文字损坏、无法还原，如{samples}。请用原文补正。"
    message_en = "{count} places are damaged beyond repair, such as {samples}. Restore them from the original."
    about = "转码丢失的文字（� 或连续的 ?）保持原样，不猜测，逐处指出。已能还原的（繁体、插入的拼音、全角等）不算。"
    about_en = "Characters lost in conversion are kept as they are and pointed out; what could be restored is not."
    wrong = "全部纳入信息公开目录??茖W规范"
    right = "全部纳入信息公开目录。科学规范"
    todo = "对照原文补正，重新发布。"

    def check(self, case: Case) -> Iterator[Finding]:
        """One finding for the whole report."""
        text = case.prose.text
        found = list(_LOST.finditer(text)) if "?" in text or "\ufffd" in text else []
        if found:
            yield self.found(
                where=[case.prose.where(m.start(), m.end()) for m in found],
                count=len(found),
                samples="、".join(f"“{_around(text, m)}”" for m in found[:_SHOWN]),
            )


class Unread(Rule):
    id = "S-UNREAD"
    severity = Severity.INFO
    basis = "读取说明"
    title = "有内容未能读出"
    title_en = "Some parts could not be read"
    message = "表格中有 {count} 处未能读出，如{samples}，没有代为填补。请人工核对。"
    message_en = "{count} places of the tables could not be read, such as {samples}; nothing was filled in for them."
    about = "像表格而读不准的地方保持空缺，不按位置猜填；与之有关的勾稽核对也不作判断。"
    about_en = "What could not be read with certainty stays empty, and checks that need it stay silent."
    wrong = "“总计”一格为“3（其中重复申请1”，括号不全"
    right = "“总计”一格为“3”"
    todo = "人工核对这些单元。"

    def check(self, case: Case) -> Iterator[Finding]:
        """One finding for the whole report."""
        unread = [u for u in case.report.unread if u.reason != GROUP_FIGURE]
        if unread:
            counts = Counter(u.raw.strip()[:16] or "（空）" for u in unread)
            yield self.found(
                where=[u.where for u in unread if u.where is not None],
                cells=[u.cell for u in unread if u.cell is not None],
                count=len(unread),
                samples="、".join(f"“{raw}”" for raw, _ in counts.most_common(_SHOWN)),
            )


_TYPO = re.compile(r"(?<![。，、；：])(?:。。|，，|、、|；；|：：|，。|。，|、。|；。|，；)(?![。，、；：])")


class Typo(Rule):
    id = "S-TYPO"
    severity = Severity.INFO
    basis = "标点符号用法（GB/T 15834）"
    title = "标点重复或相连"
    title_en = "Doubled punctuation"
    message = "有 {count} 处标点重复或相连，如{samples}。请改正。"
    message_en = "{count} places have doubled punctuation, such as {samples}. Please correct them."
    about = "只看两个句读标点相连（。。，，，。等）；省略号、三个以上的连续标点不算。"
    about_en = "Only two marks of punctuation in a row."
    wrong = "提升了工作质量。。"
    right = "提升了工作质量。"
    todo = "删去多余的标点。"

    def check(self, case: Case) -> Iterator[Finding]:
        """One finding for the whole report."""
        found = list(case.prose.of(_TYPO))
        if found:
            yield self.found(
                where=[case.prose.where(m.start(), m.end()) for m in found],
                count=len(found),
                samples="、".join(f"“{_around(case.prose.text, m)}”" for m in found[:_SHOWN]),
            )


def place(found: Where) -> tuple[int, int, int, int]:
    """A key that sorts places in reading order."""
    return found.block, found.row or 0, found.col or 0, found.start or 0


RULES: tuple[Rule, ...] = (Placeholder(), Damaged(), Unread(), Typo())
