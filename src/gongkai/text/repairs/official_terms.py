"""Official words that are often torn apart by a blank or a line break."""

from __future__ import annotations

_TERMS = (
    *(
        "政府信息公开工作年度报告",
        "信息公开工作年度报告",
        "政府信息公开年度报告",
        "政府信息公开工作",
        "信息公开年度报告",
    ),
    *(
        "政务公开",
        "政府信息公开",
        "信息公开",
        "公开工作",
        "工作年度报告",
        "年度报告",
        "政府信息",
        "主动公开",
        "依申请公开",
    ),
    *(
        "总体情况",
        "公开情况",
        "收到和处理",
        "政府信息公开申请",
        "公开申请情况",
        "申请情况",
        "行政复议",
        "行政诉讼",
        "行政许可",
    ),
    *(
        "行政处罚",
        "行政强制",
        "行政事业性收费",
        "规范性文件",
        "存在的主要问题",
        "主要问题",
        "改进情况",
        "其他需要报告的事项",
    ),
    *(
        "需要报告的事项",
        "予以公开",
        "不予公开",
        "部分公开",
        "无法提供",
        "不予处理",
        "其他处理",
        "办理结果",
        "结转下年度",
    ),
    *("继续办理", "自然人", "商业企业", "科研机构", "社会公益组织", "公益组织", "法律服务机构", "服务机构", "结果维持"),
    *(
        "结果纠正",
        "其他结果",
        "尚未审结",
        "未经复议直接起诉",
        "复议后起诉",
        "人民政府",
        "人民政府办公室",
        "办公室",
        "委员会",
    ),
    *(
        "教育局",
        "公安局",
        "财政局",
        "街道办事处",
        "中华人民共和国",
        "条例",
        "概述",
        "总计",
        "合计",
        "目录",
        "引言",
        "附件",
        "附表",
    ),
    *(
        "统计表",
        "统计数",
        "制度",
        "监督",
        "管理",
        "建设",
        "保障",
        "规定",
        "工作",
        "情况",
        "公开",
        "信息",
        "申请",
        "报告",
    ),
)
_MORE_TERMS = (
    *(
        "管理委员会",
        "党风廉政",
        "党风廉政建设",
        "领导小组",
        "工作领导小组",
        "政务服务",
        "门户网站",
        "社会公众",
        "公开制度",
        "保密审查",
    ),
    *(
        "责任追究",
        "监督检查",
        "公开目录",
        "信息公开目录",
        "公开指南",
        "信息公开指南",
        "新闻发布会",
        "政策解读",
        "政府网站",
        "政务新媒体",
    ),
    *("人民群众", "主要负责同志", "工作人员", "办事指南", "社会评议", "政府公报", "信访举报", "三安全一稳定"),
)
_SPLITS: dict[str, tuple[str, ...]] = {}
for _term in (*_TERMS, *_MORE_TERMS):
    for _at in range(1, len(_term)):
        _SPLITS[_term[:_at]] = (*_SPLITS.get(_term[:_at], ()), _term[_at:])
_LONGEST = max(map(len, _SPLITS))
_STRONG = 4
"""A term shorter than this may be two words that merely stand side by side: 工|作."""


def is_torn(left: str, right: str, shortest: int = _STRONG) -> bool:
    """Whether an official term of at least `shortest` characters ends in `right` what it began in `left`."""
    for length in range(1, min(len(left), _LONGEST) + 1):
        for rest in _SPLITS.get(left[-length:], ()):
            if length + len(rest) >= shortest and right.startswith(rest):
                return True
    return False
