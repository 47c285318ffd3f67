"""The words that head columns of official tables, and the anchor words without which a text holds no table."""

from __future__ import annotations

from functools import cache, lru_cache

from gongkai.annual.forms.load import all_forms
from gongkai.annual.tables.keys import key_of

_GENERIC = (
    "信息内容",
    "统计指标",
    "指标名称",
    "指标",
    "计量单位",
    "单位",
    "统计数",
    "代码",
    "序号",
    "申请人情况",
    "法人或其他组织",
    "公开事项",
    "备注",
    "项目",
    "类别",
    "数量",
)
ANCHORS = (
    "第二十条第",
    "信息内容",
    "自然人",
    "商业企业",
    "予以公开",
    "属于国家秘密",
    "结果维持",
    "尚未审结",
    "统计指标",
    "指标名称",
    "公开政府信息数",
    "规范性文件数",
    "收到申请数",
    "申请办结数",
    "申请答复数",
    "当面申请数",
    "主动公开信息数",
    "同意公开答复数",
    "具体行政行为数",
    "办学规模",
    "办学基本情况",
    "学术委员会相关制度",
    "招生章程及特殊类型",
    "主动公开信息总数",
    "本年制发",
    "本年新制作",
)
"""A text in which none of these stands holds no official table that could be read."""


@cache
def header_words() -> frozenset[str]:
    """Keys of all labels that head columns, in any form."""
    words = {key_of(w).text for w in _GENERIC}
    for form in all_forms():
        for table in form.tables:
            for block in table.blocks:
                for column in block.columns:
                    words.update(key_of(w).text for w in (column.label, *column.header_path, *column.aliases))
    return frozenset(w for w in words if w)


def is_header_word(text: str) -> bool:
    """Whether a cell's text heads a column of some official table."""
    return len(text) < 60 and _heads(text)


@lru_cache(maxsize=4096)
def _heads(text: str) -> bool:
    return key_of(text).text in header_words()


@cache
def row_labels() -> frozenset[str]:
    """Keys of all labels of rows, in any form."""
    return frozenset(
        key_of(label).text
        for form in all_forms()
        for table in form.tables
        for block in table.blocks
        for row in block.rows
        for label in (row.label, *row.aliases)
        if label
    )


def is_row_label(text: str) -> bool:
    """Whether a text is exactly the label of a row of some official table."""
    return len(text) < 140 and key_of(text).text in row_labels()
