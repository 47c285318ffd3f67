# ruff: noqa: E501 - whole sentences in one line
"""All publications of the demo city's past: drawn from the templates, numbered, related to each other."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from datetime import date, timedelta
from random import Random

from gongkai.publishing.demo import matters, series
from gongkai.publishing.demo.files import add_files
from gongkai.publishing.demo.items import (
    BY_SLUG,
    NUMBERED,
    Item,
    at,
    draw,
    of_kind,
    place_of,
    published_after,
    there,
    weekday,
    word_of,
)
from gongkai.publishing.demo.texts import About, heading, paragraphs, signed
from gongkai.publishing.demo.texts_office import WRITERS
from gongkai.publishing.demo.words import Topic, site, topics

COUNTS = {
    "regulation": 12, "normative": 250, "policy": 240, "notice": 420, "plan": 110, "statistics": 60, "budget": 60,
    "appointment": 110, "recruitment": 75, "procurement": 130, "licensing": 130, "penalty": 110, "project": 110,
    "fees": 36, "livelihood": 130, "emergency": 90, "inspection": 120, "agency_info": 60, "news": 300, "other": 50,
    "clarification": 14,
}  # fmt: skip
"""How many of each kind are drawn."""
_FIRST, _FIXED = date(2015, 1, 5), date(2025, 12, 31)
_RECENT_DAYS = 320
_WITHDRAWN = ("内容与事实不符，经核实后撤下。", "含有不应公开的个人信息，依法撤下处理。", "与另一条信息重复，以后者为准。", "发布主体有误，由牵头机关重新发布。")  # fmt: skip


def library(today: date) -> list[Item]:
    """Every publication of the past, in the order of its release."""
    items = [item for kind, count in COUNTS.items() for item in _drawn(kind, count, today)]
    items += _interpretations(items, today)
    items += _successors(items, today)
    items += _repeals(items, today)
    items += [*series.monthly(today), *series.budgets(today), *matters.items(today)]
    items.sort(key=lambda i: (i.published, i.key))
    _implements(items)
    _withdrawals(items)
    _number(items)
    add_files(items)
    return items


def _day(rng: Random, today: date) -> date:
    """A day of the past: of the fixed years, more of the later ones, or within the last months before today."""
    if rng.random() < 0.16:
        return weekday(today - timedelta(days=rng.randint(2, _RECENT_DAYS)))
    last = min(_FIXED, today - timedelta(days=2))
    span = (last - _FIRST).days
    return weekday(_FIRST + timedelta(days=int(span * rng.random() ** 0.62)))


def _drawn(kind: str, count: int, today: date) -> list[Item]:
    forms, number = of_kind(kind), 0
    found: list[Item] = []
    seen: set[tuple[str, str]] = set()
    while len(found) < count and number < count * 12:
        number += 1
        key = f"{kind} {number}"
        rng = Random(key)
        item = draw(forms[number % len(forms)], key, _day(rng, today), today)
        if item is None or (item.agency, item.title) in seen:
            continue
        seen.add((item.agency, item.title))
        found.append(item)
    return found


def inner(title: str) -> str:
    """What a notice issues: the name between the brackets, else the whole title."""
    found = re.search(r"《(.+)》", title)
    return found[1] if found else title


def topic_named(name: str) -> Topic:
    """A topic by its name."""
    return next(t for t in topics() if t.name == name)


def _about(item: Item, made: date, title: str, rng: Random) -> About:
    body = BY_SLUG[item.agency]
    return About(
        body.name, body.short or body.name, place_of(item.agency), topic_named(item.topic), made, rng, title,
        {"effective": made.isoformat()},
    )  # fmt: skip


def _interpretations(items: list[Item], today: date) -> list[Item]:
    """Interpretations of most normative documents and of some others, within days of the document."""
    forms, found = of_kind("interpretation"), []
    asked = [i for i in items if i.kind in ("normative", "regulation", "policy") and i.genre != "letter"]
    for number, document in enumerate(asked):
        rng = Random(f"interpretation of {document.key}")
        if rng.random() > (0.55 if document.kind != "policy" else 0.2):
            continue
        template = forms[number % len(forms)]
        day = min(weekday(document.published.date() + timedelta(days=rng.randint(0, 5))), today - timedelta(days=1))
        name = inner(document.title)
        title = f"《{name}》政策解读" if rng.random() < 0.6 else template.title.format(
            t=document.topic, a=BY_SLUG[document.agency].short, m=rng.choice(topic_named(document.topic).matters)
        )  # fmt: skip
        about = _about(document, day, title, rng)
        lead = paragraphs([f"近日，{about.agency}印发了《{name}》，现就有关内容解读如下。"])
        item = Item(
            f"interpretation of {document.key}", document.agency, "interpretation", title,
            lead + WRITERS[template.form](about), day, at(day, rng), document.category, document.theme, document.topic,
        )  # fmt: skip
        item.form = {"qa": "questions", "press": "press_conference", "reading": "picture" if "图解" in title else "text"}[template.form]  # fmt: skip
        item.relations.append(("interprets", document.key, ""))
        found.append(item)
    return found


def _old_rules(items: list[Item]) -> list[Item]:
    return [i for i in items if i.kind == "normative" and i.made < date(2022, 6, 1) and "印发" in i.title]


def _successors(items: list[Item], today: date) -> list[Item]:
    """Later versions that replace earlier ones, and decisions that amend."""
    found = []
    for old in _old_rules(items):
        rng = Random(f"after {old.key}")
        made = weekday(old.made + timedelta(days=rng.randint(700, 1700)))
        chance = rng.random()
        if made > min(_FIXED, today - timedelta(days=60)) or not there(old.agency, made) or chance > 0.62:
            continue
        replaces = chance < 0.4
        name = inner(old.title)
        title = old.title if replaces else f"{BY_SLUG[old.agency].name}关于修改《{name}》的决定"
        body = WRITERS["chapters"](_about(old, made, title, rng)) if replaces else _amendment(old, name, made, rng)
        item = Item(
            f"after {old.key}", old.agency, "normative", title, body, made, published_after(made, today, rng),
            old.category, old.theme, old.topic, "notice" if replaces else "decision", effective=made,
        )  # fmt: skip
        item.relations.append(("replaces" if replaces else "amends", old.key, ""))
        if not replaces:
            old.expires = date(made.year + 8, 12, 31)
        found.append(item)
    return found


def _amendment(old: Item, name: str, made: date, rng: Random) -> str:
    about = _about(old, made, old.title, rng)
    t = about.topic
    lines = [f"经研究，决定对《{name}》作如下修改："]
    for count, article in enumerate(sorted(rng.sample(range(3, 16), 3)), 1):
        lines.append(f"{'一二三'[count - 1]}、将第{article}条修改为：“开展{rng.choice(t.matters)}工作，应当符合下列要求：{rng.choice(t.measures)}。”")  # fmt: skip
    lines.append(f"四、有效期延长至{made.year + 8}年12月31日。")
    lines.append("本决定自公布之日起施行。")
    return paragraphs(lines) + signed(about)


def _repeals(items: list[Item], today: date) -> list[Item]:
    """Decisions that repeal several documents at once, and some of other agencies that are not on the site."""
    ended = {key for i in items for kind, key, _ in i.relations if kind == "replaces"}
    old = [i for i in _old_rules(items) if i.key not in ended]
    by_agency: dict[str, list[Item]] = defaultdict(list)
    for item in old:
        if Random(f"repeal {item.key}").random() < 0.3:
            by_agency[item.agency].append(item)
    found = []
    for slug, several in sorted(by_agency.items()):
        rng = Random(f"repeals of {slug}")
        made = weekday(max(i.made for i in several) + timedelta(days=rng.randint(400, 1200)))
        if made >= min(_FIXED, today) or not there(slug, made):
            continue
        found.append(_decision(slug, several, made, rng, today))
    return found


def _decision(slug: str, several: list[Item], made: date, rng: Random, today: date) -> Item:
    body = BY_SLUG[slug]
    title = f"{body.name}关于废止部分行政规范性文件的决定"
    about = _about(several[0], made, title, rng)
    names = [f"{n}.《{inner(i.title)}》" for n, i in enumerate(several, 1)]
    text = paragraphs(["根据规范性文件清理工作安排，决定对下列文件予以废止，自本决定公布之日起停止执行。"])
    text += heading("废止的文件目录") + paragraphs(names) + signed(about)
    item = Item(
        f"repeals of {slug}", slug, "normative", title, text, made, published_after(made, today, rng), "rules_docs",
        several[0].theme, several[0].topic, "decision", effective=made,
    )  # fmt: skip
    item.relations = [("repeals", i.key, "") for i in several]
    item.relations.append(("repeals", "", f"《{body.short}{site(rng)}管理若干规定》（未在本网公布）"))
    return item


def _implements(items: list[Item]) -> None:
    """Some policies carry out an earlier rule on the same topic."""
    rules: dict[str, Item] = {}
    for item in items:
        if item.kind == "policy" and item.topic in rules and Random(f"implements {item.key}").random() < 0.35:
            item.relations.append(("implements", rules[item.topic].key, ""))
        if item.kind in ("normative", "regulation"):
            rules[item.topic] = item


def _withdrawals(items: list[Item]) -> None:
    chosen = [i for i in items if i.kind in ("news", "notice", "procurement", "appointment")]
    for number, item in enumerate(Random("withdrawn").sample(chosen, 16)):
        item.withdrawn = _WITHDRAWN[number % len(_WITHDRAWN)]
    for item in Random("corrected").sample(chosen, 12):
        if not item.withdrawn:
            item.correction = "更正正文中的联系电话。"


def _number(items: list[Item]) -> None:
    """Document numbers in the order in which the documents were made."""
    last: Counter[tuple[str, int]] = Counter()
    orders = 0
    for item in sorted(items, key=lambda i: (i.made, i.key)):
        if item.kind == "regulation":
            orders += 1
            item.number = f"云州市人民政府令第{orders}号"
        elif item.kind in NUMBERED and "公示" not in item.title:
            word = word_of(item, Random(item.key))
            last[word, item.made.year] += 1
            item.number = f"{word}〔{item.made.year}〕{last[word, item.made.year]}号"
