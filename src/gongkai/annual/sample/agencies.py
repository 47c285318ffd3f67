"""What a sample report must know of its agency: how it calls itself, whom it answers to, what it deals with."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from random import Random

from gongkai.annual.sample.phrases import lines

_SELF = (
    ("大学", "学校"),
    ("学院", "学校"),
    ("街道办事处", "我街道"),
    ("镇人民政府", "我镇"),
    ("乡人民政府", "我乡"),
    ("县人民政府", "我县"),
    ("区人民政府", "我区"),
    ("市人民政府", "我市"),
    ("委员会", "我委"),
    ("办公室", "我办"),
    ("中心", "我中心"),
    ("局", "我局"),
)


@dataclass(frozen=True, slots=True)
class Theme:
    """What an office deals with and for whom."""

    topics: tuple[str, ...]
    audience: str
    event: str
    guide: str


@cache
def _themes() -> tuple[tuple[str, Theme], ...]:
    rows = (line.split("|") for line in lines("themes"))
    return tuple((name, Theme(tuple(t.split("、")), who, event, guide)) for name, t, who, event, guide in rows)


@cache
def theme(agency: str, size: str) -> Theme:
    """The themes of an agency by the words in its name, else those of its kind."""
    themes = dict(_themes())
    if size in ("county", "city"):
        return themes["AREA"]
    if size == "town":
        return themes["STREET" if "街道" in agency else "TOWN"]
    for name, found in _themes():
        if name in agency:
            return found
    return themes["DEFAULT"]


def self_name(agency: str) -> str:
    """我局, 我县, 学校 …"""
    for ending, name in _SELF:
        if agency.endswith(ending):
            return name
    return "我单位"


def words(agency: str, size: str, rng: Random) -> dict[str, str]:
    """The slots that hold for the agency whatever the year."""
    found = theme(agency, size)
    topics = rng.sample(found.topics, 3)
    street = "街道" in agency
    rank = "街道" if street else ("乡" if agency.endswith("乡人民政府") else "镇")
    return {
        "agency": agency,
        "we": self_name(agency),
        "area": _area(agency, size),
        "parent": _parent(agency, size),
        "office": _office(agency, size),
        "rank": rank,
        "lead": "党工委、办事处" if street else "党委、政府",
        "discipline": "街道纪工委" if street else f"{rank}纪委",
        "topic1": topics[0],
        "topic2": topics[1],
        "topic3": topics[2],
        "audience": found.audience,
        "event": found.event,
        "guide": found.guide,
    }


def _area(agency: str, size: str) -> str:
    if size == "city":
        return "全市"
    return "全区" if agency.endswith("区人民政府") else "全县"


def _parent(agency: str, size: str) -> str:
    if size == "city":
        return "省委、省政府"
    if size == "county":
        return "市委、市政府"
    match = re.search(r"[县区](?=.)", agency)
    rank = match.group() if match else "市"
    return f"{rank}委、{rank}政府"


def _office(agency: str, size: str) -> str:
    if size == "town":
        return "党政综合办公室"
    if size == "university":
        return "学校办公室"
    if size == "city":
        return "市政府办公室"
    if size == "county":
        return "区政府办公室" if agency.endswith("区人民政府") else "县政府办公室"
    return "局办公室" if agency.endswith("局") else "综合科"
