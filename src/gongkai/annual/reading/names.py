"""What the name of a public body looks like."""

from __future__ import annotations

import re

_ENDINGS = re.compile(
    r"(?:局|厅|委|部|院|署|会|办|处|所|站|队|校|园|馆|中心|政府|公司|集团|银行|支行|分行|海关|大学|中学|小学|学院|法庭"
    r"|街道|镇|乡|[市新园开发矿林牧山特务]区|自治区|区|县|市|省|州|盟|旗|兵团|师|团|社|台|库|室|厂|协|联|农场|林场|牧场|基地|口岸"
    r"|领导小组|管委|苏木)$"
)
_LETTERS = re.compile(r"[\u3400-\u9fff×○〇xXＸ*＊A-Za-z0-9（）()·、—-]{2,44}$")
_FUNCTION_WORD = (
    r"^(?:我|本(?!溪)|各|该|全[市县区省国系镇乡校]|贵|其|有关|相关|上级|下级|所属|一个|每个|由|对(?!外|口)|在|为|与|及|和(?![平县政田顺龙布静硕林])"
    r"|向(?!阳)|从(?!江)|以|据|于(?![都洪田])|按|将(?!乐)|请|是|并|被|未(?!央)|无(?![锡为极棣])|不|共(?![和青])|日(?![照喀土])|年|经由|通过"
    r"|做好|加强|开展|推进|编制|进行|关于|根据|依照|认真|全面|已|现将|现公布|现发布|现就|[0-9])"
)
_FOREIGN_WORD = (
    r"信息公开|报告|汇报|总结|年度|如下|认真|根据|按照|编制|落实|要求|公布|通知|精神(?!卫生|病|文明)|情况|网站|门户|栏目|我[局委厅办区县市镇乡校院]|[，。；：？！]"
    r"|(?:机关|小区|居委会|部门|单位|科室|处室|股室|以来|不足之处|好处|机会|社会|学会到|大会|会议|全会|培训)$"
)
_NOT_A_NAME = re.compile(f"{_FUNCTION_WORD}|{_FOREIGN_WORD}")
_NOTE = re.compile(r"[（(][^（()）]*[)）]$")
_GENERIC = frozenset(
    [
        "办公室",
        "委员会",
        "管委会",
        "人民政府",
        "市政府",
        "县政府",
        "区政府",
        "省政府",
        "镇政府",
        "乡政府",
        "分公司",
        "信息中心",
    ]
)


def is_agency(name: str) -> bool:
    """Whether a text, without blanks, can stand as the name of a public body (abbreviations like 我局 cannot)."""
    if not 3 <= len(name) <= 44 or name in _GENERIC:
        return False
    base = _NOTE.sub("", name)
    if not base or _ENDINGS.search(base) is None or _LETTERS.match(name) is None:
        return False
    return _NOT_A_NAME.search(name) is None


def same_agency(a: str, b: str) -> bool:
    """Whether one of two names is the other with characters left out (市教育局 and 云州市教育局)."""
    short, long = sorted((a, b), key=len)
    rest = iter(long)
    return all(character in rest for character in short)
