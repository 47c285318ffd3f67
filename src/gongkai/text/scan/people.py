"""Finds what is told about a named person: health, age, household, penalties, lists of those who are helped."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from gongkai.text.scan.columns import Column
from gongkai.text.scan.model import Level
from gongkai.text.scan.view import Found, View

_HEALTH = (
    *(
        "病历",
        "确诊",
        "残疾等级",
        "残疾证号",
        "艾滋",
        "HIV",
        "精神障碍",
        "精神分裂",
        "精神病",
        "精神残疾",
        "智力残疾",
        "肢体残疾",
    ),
    *(
        "视力残疾",
        "听力残疾",
        "癌",
        "恶性肿瘤",
        "白血病",
        "尿毒症",
        "乙肝",
        "梅毒",
        "肺结核",
        "住院号",
        "透析",
        "糖尿病",
        "脑瘫",
    ),
    *(
        "先天性心脏病",
        "抑郁症",
        "流产",
        "诊断为",
        "诊断书",
        "患有",
        "重度残疾",
        "一级残疾",
        "二级残疾",
        "三级残疾",
        "四级残疾",
    ),
)
_HEALTH_RE = re.compile("|".join(map(re.escape, _HEALTH)))
_HOUSEHOLD = ("户口簿", "户口本", "婚姻状况", "离异", "丧偶", "未婚", "已婚", "再婚", "生育", "离婚")
_HOUSEHOLD_RE = re.compile("|".join(_HOUSEHOLD))
_YOUNG = (
    "学生",
    "儿童",
    "幼儿",
    "孤儿",
    "未成年",
    "同学",
    "少年",
    "女童",
    "男童",
    "婴儿",
    "学号",
    "年级",
    "小学",
    "初中",
    "幼儿园",
)
_YOUNG_LABELS = frozenset(("学生", "儿童", "幼儿", "孤儿", "同学"))
_SCHOOL = re.compile(r"(?:[一二三四五六七八九1-9]年级|初[一二三]|[小中大]班)[^,。;\n]{0,6}班?|学号|未成年")
_GROWN = re.compile(r"教师|老师|校长|园长|书记|主任|家长|监护人|负责人")
_PENALTY = ("行政处罚决定", "处罚决定书")
_PENALISED = frozenset(("当事人", "被执行人", "违法行为人", "驾驶人", "姓名"))
_TOLD = (*_HEALTH, *_HOUSEHOLD, *_YOUNG, *_PENALTY)

_LISTED = re.compile(
    r"(?m)(?:^|(?<=[\t|]))[ ]*(?:\S{0,6}姓名|户主|受助人|学生姓名|救助对象|持证人)[^\t|\n]{0,4}(?=[\t|])"
)
_BENEFIT = re.compile(r"救助|补助|补贴|低保|资助|保障金|抚恤|津贴|慰问|特困|扶贫|帮扶|优抚|发放|奖励金")
_TOO_MUCH = re.compile(
    r"身份证|证件号|手机|电话|联系方式|银行|卡号|账号|帐号|开户行|住址|家庭地址|详细地址|门牌|出生|病种|疾病|病情|诊断|残疾等级|残疾类别|残疾证|班级|学校|学号|婚姻"
)
_HEALTH_COLUMN = re.compile(r"病种|疾病|病情|诊断|残疾等级|残疾类别|残疾证")
_MINOR_COLUMN = re.compile(r"班级|学号|年级")


def people(view: View, columns: Sequence[Column] = ()) -> Iterator[Found]:
    """Everything that a text tells about persons whom it names; `columns` are those of its tables."""
    yield from _columns(columns)
    if view.has(_TOLD) and view.names:
        yield from _near_names(view, "health", _HEALTH, _HEALTH_RE)
        yield from _near_names(view, "household", _HOUSEHOLD, _HOUSEHOLD_RE)
        yield from _minors(view)
        yield from _penalties(view)
    if view.has(("姓名", "户主", "受助人", "救助对象", "持证人")) and view.has(("\t", "|")):
        yield from _lists(view, {column.start: column for column in columns})


def _columns(columns: Sequence[Column]) -> Iterator[Found]:
    for column in columns:
        count = len(column.bare)
        if count:
            said = f"“{column.head}”一栏有{count}个未隐去的值，共{column.filled}行"
            said_en = f"{count} of {column.filled} values in the column {column.head} are not masked"
            yield Found("person_column", column.start, column.end, column.level, said, said_en)


def _near_names(view: View, rule: str, words: tuple[str, ...], pattern: re.Pattern[str]) -> Iterator[Found]:
    if not view.has(words):
        return
    for found in pattern.finditer(view.plain):
        name = view.name_near(found.start(), found.end())
        if name is not None and "。" not in view.plain[min(name.end, found.end()) : max(name.start, found.start())]:
            yield Found(rule, found.start(), found.end())


def _minors(view: View) -> Iterator[Found]:
    if not view.has(_YOUNG):
        return
    for name in view.names:
        line = view.plain[slice(*view.line(name.start))]
        if _GROWN.search(view.before(name.start, 8)):
            continue
        if name.label in _YOUNG_LABELS or _SCHOOL.search(view.before(name.start, 25) + "\n" + view.after(name.end, 25)):
            yield Found("minor", name.start, name.end)
        elif "未成年" in line:
            yield Found("minor", name.start, name.end, Level.WARN)


def _penalties(view: View) -> Iterator[Found]:
    if not view.has(_PENALTY):
        return
    for name in view.names:
        if name.label in _PENALISED:
            yield Found("penalty", name.start, name.end)


def _lists(view: View, columns: Mapping[int, Column]) -> Iterator[Found]:
    """Heads of tables with a column of names: the columns that such a list must not have, and that it is a list.

    A column whose values are known is judged by them: one that is masked throughout is for the reviewer to see.
    """
    done = -1
    for found in _LISTED.finditer(view.plain):
        start, end = view.line(found.start())
        if start == done:
            continue
        done = start
        head = view.plain[start:end]
        title = view.plain[max(0, start - 200) : start]
        extra = [(cell.group(), start + cell.start(), start + cell.end()) for cell in _TOO_MUCH.finditer(head)]
        if not _BENEFIT.search(title + head):
            continue
        if not extra:
            yield Found("person_list", found.start(), found.end())
        for word, place, stop in extra:
            known = next((c for c in columns.values() if c.start <= place < c.end), None)
            if known is None or not known.bare:
                level = Level.BLOCK if known is None else Level.WARN
                yield Found("person_list", place, stop, level, f"名单中有“{word}”栏", f"the list has a column {word}")
            if _HEALTH_COLUMN.match(word):
                yield Found("health", place, stop)
            if _MINOR_COLUMN.match(word):
                yield Found("minor", place, stop)
