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
        Template(kind, genre, form, _words(agencies, ","), title)
        for kind, genre, form, agencies, title in _lines("templates.txt")
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


def _words(text: str, sign: str = ";") -> tuple[str, ...]:
    return tuple(w.strip() for w in text.split(sign) if w.strip())


def _figure(text: str) -> Figure:
    label, unit, low, high = text.split(":")
    return Figure(label, unit, int(low), int(high))


PLACES = ("临溪县", "松亭县", "澄湖区", "河口区", "石桥镇", "柳堡乡", "白沙镇", "东湖街道", "北苑街道", "梅岭镇")
HOLIDAYS = ("元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节")
_SURNAMES = "郦濮逄阚仉淳蔺晏嵇缪桑鄢舒岑阮卞褚冉庾查"
_GIVEN = "文澜|若衡|子牧|怀瑜|仲谋|岚清|知白|晓岸|景澄|宜之|绍庭|希言|云停|一舟|南星|采薇|石川|以宁|松年|鹤鸣"
_SITE_NAMES = "望江|文渊|云溪|青萝|长亭|澄波|梅岭|北苑|金穗|紫藤|听松|锦绣|玉带|凤尾|百花|星河|晴川|南塘|柳岸|朝阳"
_SITE_KINDS = (
    "中学|小学|幼儿园|大道改造|综合服务中心|水库除险加固|人民医院分院|污水处理厂|体育公园|桥|文化馆|产业园|泵站|"
    "养老院|停车场|客运站|变电站|灌区|公租房|垃圾转运站"
)
_COMPANY_NAMES = "澄湖|望江|云溪|松风|金穗|晴川|启明|远帆|恒岳|嘉禾|鸿泰|瑞霖|众诚|海棠|银杏"
_COMPANY_KINDS = "建设工程|环保科技|食品|物业服务|信息技术|化工|商贸|运输|医药|新材料|农业开发|餐饮管理"
RUMOURS = (
    "{p}自来水停供一周",
    "{y}年起{t}全部取消",
    "{p}将整体搬迁",
    "公积金账户余额即将清零",
    "{p}小学全部合并到城区",
    "食用本地鸡蛋导致集体中毒",
    "{t}需要先交押金",
    "{p}发生五级以上地震",
    "电动自行车明年全部禁行",
    "{p}养老金推迟三个月发放",
    "领取补贴须点击链接认证",
    "云州大桥出现裂缝停止通行",
)
_DIGITS = "零一二三四五六七八九"


def person(rng: Random) -> str:
    """An invented name."""
    return rng.choice(_SURNAMES) + rng.choice(_GIVEN.split("|"))


def site(rng: Random) -> str:
    """An invented school, works or building."""
    return rng.choice(_SITE_NAMES.split("|")) + rng.choice(_SITE_KINDS.split("|"))


def company(rng: Random) -> str:
    """An invented company."""
    return f"云州市{rng.choice(_COMPANY_NAMES.split('|'))}{rng.choice(_COMPANY_KINDS.split('|'))}有限公司"


def chinese(number: int) -> str:
    """A number below a hundred in Chinese: 12 is 十二."""
    tens, ones = divmod(number, 10)
    if tens == 0:
        return _DIGITS[ones]
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")
