"""The words that the demo city's publications are put together from: places, sites, companies, people, numerals."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that a topic is measured by, and the range it is invented from."""

    label: str
    unit: str
    low: int
    high: int

    def said(self, rng: Random, year: int) -> str:
        """A value as one writes it: `个` of 2024 are a few more than those of 2015."""
        return f"{self.value(rng, year)}{self.unit}" if self.unit[0] != "∶" else f"1∶{rng.randint(self.low, self.high)}"

    def value(self, rng: Random, year: int) -> str:
        """A value of a year; a measure in a narrow range has a decimal, what is counted never has."""
        share = min(1.0, max(0.0, (year - 2014) / 14 + rng.uniform(-0.2, 0.2)))
        number = self.low + (self.high - self.low) * share
        if self.high - self.low > 60 or self.unit[0] in COUNTED:
            return str(int(number))
        return f"{min(number, 100.0):.1f}".removesuffix(".0")


COUNTED = "个家所次户人只辆座处件项份场条名台套起期间棵对批张幢栋"
"""Measure words of things that come whole."""


@dataclass(frozen=True, slots=True)
class Topic:
    """What an agency writes about."""

    agencies: tuple[str, ...]
    theme: str
    category: str
    name: str
    whom: str
    matters: tuple[str, ...]
    measures: tuple[str, ...]
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Template:
    """A form of title with the kind and the form of text that go with it."""

    kind: str
    genre: str
    form: str
    agencies: tuple[str, ...]
    title: str
    about: tuple[str, ...] = ()
    """Parts of the names of the topics that it fits; all topics where empty."""
    season: tuple[int | None, tuple[int, ...]] = (None, ())
    """The year and the months in which such a thing comes out, where these are fixed."""


@cache
def topics() -> tuple[Topic, ...]:
    """All topics."""
    return tuple(
        Topic(
            _words(agencies, ","),
            theme,
            category,
            name,
            whom,
            _words(matters),
            _words(measures),
            tuple(_figure(f) for f in _words(figures)),
        )
        for agencies, theme, category, name, whom, matters, measures, figures in _lines("topics.txt")
    )


@cache
def templates() -> tuple[Template, ...]:
    """All forms of titles."""
    return tuple(
        Template(kind, genre, form, _words(agencies, ","), title, _words(more[0], ","), _season(more[1]))
        for kind, genre, form, agencies, title, *rest in _lines("templates.txt")
        for more in ([*rest, "", ""],)
    )


@cache
def topics_of(agency: str) -> tuple[Topic, ...]:
    """The topics of an agency; those of its superior for one that has none of its own."""
    own = tuple(t for t in topics() if agency in t.agencies)
    return own or topics_of(_LIKE[agency])


_LIKE = {
    "weiji": "weijian",
    "weisheng": "weijian",
    "anjian": "yingji",
    "gongshang": "shijian",
    "dangan": "yunzhou",
    "tushu": "wenlv",
}


def _lines(name: str) -> Iterator[list[str]]:
    for line in (_FOLDER / name).read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            yield [part.strip() for part in line.split("|")]


def _season(text: str) -> tuple[int | None, tuple[int, ...]]:
    """`2021:3-12`, `1-3` or `11-2`: the year where it is fixed, and the months."""
    year, _, months = text.rpartition(":")
    if not months:
        return None, ()
    first, last = (int(m) for m in months.split("-"))
    span = range(first, last + 1 if last >= first else last + 13)
    return int(year) if year else None, tuple((m - 1) % 12 + 1 for m in span)


def _words(text: str, sign: str = ";") -> tuple[str, ...]:
    return tuple(w.strip() for w in text.split(sign) if w.strip())


def _figure(text: str) -> Figure:
    label, unit, low, high = text.split(":")
    return Figure(label, unit, int(low), int(high))


PLACES = ("临溪县", "松亭县", "澄湖区", "河口区", "石桥镇", "柳堡乡", "白沙镇", "东湖街道", "北苑街道", "梅岭镇")
TOWNS_OF = {
    "临溪县": ("石桥镇", "柳堡乡"), "松亭县": ("白沙镇", "梅岭镇"), "澄湖区": ("东湖街道", "北苑街道"),
}  # fmt: skip
HOLIDAYS = (
    "春节",
    "清明节",
    "清明节",
    "劳动节",
    "端午节",
    "端午节",
    "中秋节",
    "中秋节",
    "国庆节",
    "元旦",
    "元旦",
    "元旦",
)
"""The next holiday, seen from each month."""
_SURNAMES = "郦濮逄阚仉淳蔺晏嵇缪桑鄢舒岑阮卞褚冉庾查"
_GIVEN = "文澜|若衡|子牧|怀瑜|仲谋|岚清|知白|晓岸|景澄|宜之|绍庭|希言|云停|一舟|南星|采薇|石川|以宁|松年|鹤鸣"
_SITE_NAMES = "望江|文渊|云溪|青萝|长亭|澄波|梅岭|北苑|金穗|紫藤|听松|锦绣|玉带|凤尾|百花|星河|晴川|南塘|柳岸|朝阳"
_SITE_KINDS = (
    "中学|小学|幼儿园|大道改造|综合服务中心|水库除险加固|人民医院分院|污水处理厂|体育公园|桥|文化馆|产业园|泵站|"
    "养老院|停车场|客运站|变电站|灌区|公租房|垃圾转运站"
)
SCHOOLS = "中学|小学|实验小学|第二小学|初级中学"
SITES_OF = {"jiaotong": "大道改造|桥|客运站|公路改建", "shuili": "水库除险加固|泵站|灌区|堤防加固"}
"""What some agencies build; the others build anything."""
ANY_SITE = _SITE_KINDS
_COMPANY_NAMES = "澄湖|望江|云溪|松风|金穗|晴川|启明|远帆|恒岳|嘉禾|鸿泰|瑞霖|众诚|海棠|银杏"
_COMPANY_KINDS = "建设工程|环保科技|食品|物业服务|信息技术|化工|商贸|运输|医药|新材料|农业开发|餐饮管理"
RUMOURS = (
    ("zhujian", "{p}自来水将停供一周", "{p}供水一切正常，近期没有停水计划；计划停水都会提前三日公告"),
    ("zhujian", "住房公积金账户余额即将清零", "职工账户余额归个人所有，不存在清零的规定，查询和提取业务照常办理"),
    ("jiaoyu", "{p}小学全部合并到城区", "{p}各小学照常开学，布局调整须公开征求意见，目前没有合并计划"),
    ("shijian", "食用本地鸡蛋导致集体中毒", "近期抽检的本地鸡蛋全部合格，各医疗机构没有接诊相关病例"),
    ("yingji", "{p}发生五级以上地震", "监测台网当日在本市及周边没有记录到有感地震，网传图片系外地旧图"),
    ("gongan", "电动自行车明年全部禁行", "依法登记上牌的电动自行车可以照常通行，没有出台禁行措施的计划"),
    ("renshe", "本市养老金推迟三个月发放", "当月养老金已于15日前足额发放，今后仍按月发放"),
    (
        "caizheng",
        "领取补贴须点击链接认证",
        "惠民惠农补贴直接发放到社会保障卡，从不以短信链接要求认证，请勿填写银行卡信息",
    ),
    ("jiaotong", "云州大桥出现裂缝停止通行", "网传照片为桥面伸缩缝，经检测桥梁技术状况良好，通行正常"),
    ("weijian", "{p}医院集体停诊", "{p}医疗机构均正常开诊，个别门诊因装修调整楼层，已在院内公示"),
    (
        "huanjing",
        "云溪河水被染红是工厂排污",
        "经采样检测，水体颜色由上游施工扰动红土造成，各项指标符合标准，施工单位已采取沉淀措施",
    ),
    ("minzheng", "{y}年起低保全部取消重新审批", "低保实行动态管理，符合条件的继续享受，没有全部取消重新审批的规定"),
)
"""Who answers, what is being said, and what is true."""
EVENTS = {
    "yunzhou": ("突发事件总体", "大面积停电事件"), "yingji": ("自然灾害救助", "危险化学品事故", "地震"),
    "shuili": ("防汛抗旱", "城市供水水源突发事件"), "weijian": ("传染病疫情", "突发事件医疗卫生救援"),
    "huanjing": ("突发环境事件", "重污染天气"), "jiaotong": ("公路交通突发事件",), "ziran": ("森林火灾", "地质灾害"),
    "zhujian": ("城镇燃气事故", "城市供水突发事件"),
}  # fmt: skip
"""What an agency keeps plans for; counties and towns see to floods and to everything."""
EVENTS_OF_PLACES = ("突发事件总体", "防汛抗旱", "森林火灾", "低温雨雪冰冻灾害")
_DIGITS = "零一二三四五六七八九"


def person(rng: Random) -> str:
    """An invented name."""
    return rng.choice(_SURNAMES) + rng.choice(_GIVEN.split("|"))


def site(rng: Random, kinds: str = _SITE_KINDS) -> str:
    """An invented school, works or building, of one of the kinds."""
    return rng.choice(_SITE_NAMES.split("|")) + rng.choice(kinds.split("|"))


def company(rng: Random) -> str:
    """An invented company."""
    return f"云州市{rng.choice(_COMPANY_NAMES.split('|'))}{rng.choice(_COMPANY_KINDS.split('|'))}有限公司"


def builder(rng: Random) -> str:
    """An invented company that builds."""
    return f"云州市{rng.choice(_COMPANY_NAMES.split('|'))}建设投资有限公司"


def chinese(number: int) -> str:
    """A number below a hundred in Chinese: 12 is 十二."""
    tens, ones = divmod(number, 10)
    if tens == 0:
        return _DIGITS[ones]
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")
