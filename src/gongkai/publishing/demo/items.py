"""What is known of a publication of the demo city before it is stored, and how one is drawn from the templates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random

from gongkai.agencies.demo import BODIES, Body
from gongkai.agencies.models import Kind as Sort
from gongkai.publishing.demo.texts import About
from gongkai.publishing.demo.texts_office import WRITERS
from gongkai.publishing.demo.words import (
    ANY_SITE,
    EVENTS,
    EVENTS_OF_PLACES,
    HOLIDAYS,
    PLACES,
    RUMOURS,
    SCHOOLS,
    SITES_OF,
    TOWNS_OF,
    Template,
    Topic,
    chinese,
    company,
    person,
    site,
    topics_of,
)
from gongkai.publishing.demo.words import templates as all_templates

BY_SLUG: dict[str, Body] = {b.slug: b for b in BODIES}
_WORDS = {
    "yunzhou": "云政", "fagai": "云发改", "jiaoyu": "云教", "keji": "云科", "gongan": "云公", "minzheng": "云民",
    "caizheng": "云财", "renshe": "云人社", "ziran": "云自然资", "huanjing": "云环", "zhujian": "云建",
    "jiaotong": "云交", "shuili": "云水", "nongye": "云农", "shangwu": "云商", "wenlv": "云文旅", "weijian": "云卫",
    "weiji": "云卫计", "weisheng": "云卫", "yingji": "云应急", "anjian": "云安监", "shijian": "云市监",
    "gongshang": "云工商", "tongji": "云统", "linxi": "临政", "songting": "松政", "chenghu": "澄政",
    "linxi-jiaoyu": "临教", "shiqiao": "石政", "liubao": "柳政", "baisha": "白政", "donghu": "东街", "qixiang": "云气",
    "yunda": "云大", "shuju": "云数", "dangan": "云档", "tushu": "云图", "qingxi": "青政",
}  # fmt: skip
"""What an agency's document numbers begin with."""
_ANCESTORS = {"weijian": ("weiji", "weisheng"), "yingji": ("anjian",), "shijian": ("gongshang",)}
_OF_TOWN = {"shiqiao": "石桥镇", "liubao": "柳堡乡", "baisha": "白沙镇", "donghu": "东湖街道", "qingxi": "青溪乡"}
_SMALL = ("notice", "news", "agency_info", "budget", "procurement", "livelihood", "emergency", "plan", "clarification")
"""What towns and institutions publish."""
NUMBERED = ("normative", "policy", "plan", "appointment", "project")


@dataclass
class Item:
    """A publication of the demo city, not yet stored."""

    key: str
    agency: str
    kind: str
    title: str
    body: str
    made: date
    published: datetime
    category: str
    theme: str
    topic: str = ""
    genre: str = ""
    number: str = ""
    effective: date | None = None
    expires: date | None = None
    series: str = ""
    form: str = ""
    claim: str = ""
    claim_source: str = ""
    video: str = ""
    audience: tuple[str, ...] = ()
    joint: tuple[str, ...] = ()
    relations: list[tuple[str, str, str]] = field(default_factory=list)
    """Kind of relation, key of the target or "", its name where it is not here."""
    withdrawn: str = ""
    files: list[tuple[str, bytes]] = field(default_factory=list)
    correction: str = ""


def there(slug: str, on: date) -> bool:
    """Whether an agency was there on a day."""
    body = BY_SLUG[slug]
    return (body.founded is None or body.founded <= on) and (body.abolished is None or on < body.abolished)


def serving(slug: str, on: date) -> str | None:
    """The agency that did the work of another on a day: itself, or one that went before it."""
    return next((s for s in (slug, *_ANCESTORS.get(slug, ())) if there(s, on)), None)


def place_of(slug: str) -> str:
    """The place whose matters an agency sees to."""
    if slug in _OF_TOWN:
        return _OF_TOWN[slug]
    for start in ("临溪县", "松亭县", "澄湖区"):
        if BY_SLUG[slug].name.startswith(start):
            return start
    return "云州大学" if slug == "yunda" else "云州市"


def weekday(day: date) -> date:
    """The day itself, or the Friday before a weekend."""
    return day - timedelta(days=max(0, day.weekday() - 4))


def at(day: date, rng: Random) -> datetime:
    """A moment in office hours."""
    return datetime.combine(day, time(rng.choice((9, 10, 11, 14, 15, 16)), rng.randint(0, 59)))


_AT_ONCE = frozenset(("warning", "suspend", "publicity", "people", "storm", "clarify", "tender", "award", "interview"))
_SOON = frozenset(("news", "call", "recruit", "opinions", "hearing", "land", "house", "holiday", "duty", "system",
                   "zones", "acceptance", "intention", "meeting", "inspect", "water", "price", "notice"))  # fmt: skip


def published_after(made: date, today: date, rng: Random, form: str = "") -> datetime:
    """When something made on a day came out: mostly within days, seldom after the 20 working days of the law.

    What calls upon people, or names a day soon after, comes out on that day or the next.
    """
    if form in _AT_ONCE or form in _SOON:
        later = 0 if form in _AT_ONCE else rng.choice((0, 0, 1))
        return at(min(made + timedelta(days=later), today - timedelta(days=1)), rng)
    days = rng.choice((0, 0, 1, 1, 2, 3, 4, 6, 8, 12, 18, 25, 40 if rng.random() < 0.2 else 5))
    return at(min(made + timedelta(days=days), today - timedelta(days=1)), rng)


def body_for(template: Template, rng: Random) -> str:
    """An agency for a form of title."""
    if template.agencies != ("*",):
        return rng.choice(template.agencies)
    while True:
        body = rng.choice([b for b in BODIES if b.abolished is None])
        if body.kind in (Sort.TOWN, Sort.PUBLIC_INSTITUTION) and template.kind not in _SMALL:
            continue
        return body.slug


def slots(template: Template, slug: str, topic: Topic, made: date, rng: Random) -> dict[str, str]:
    """What fills the slots of a title."""
    body = BY_SLUG[slug]
    place = place_of(slug)
    near = TOWNS_OF.get(place, PLACES)
    visited = f"{place}{site(rng, '村|社区')}" if slug in _OF_TOWN else rng.choice(near)
    found = {
        "A": body.name, "a": body.short or body.name, "P": place, "t": topic.name, "o": topic.whom,
        "m": rng.choice(topic.matters), "x": rng.choice(topic.matters), "y": str(made.year), "z": str(made.year + 1),
        "l": str(made.year - 1),
        "y3": str(made.year + 2), "M": str(made.month), "d": str(made.day),
        "n": chinese(rng.randint((made.month + 1) // 2, made.month)), "k": str(rng.randint(2, 86)),
        "p": place if slug in _OF_TOWN else rng.choice(near), "s": site(rng, SITES_OF.get(slug, ANY_SITE)),
        "c": company(rng), "w": person(rng), "u": site(rng, SCHOOLS),
        "v": visited, "e": rng.choice(EVENTS.get(slug, EVENTS_OF_PLACES)),
    }  # fmt: skip
    return found | _moments(made) | _rumour(slug, found, rng)


def _moments(made: date) -> dict[str, str]:
    """Times that lie around a day: the quarter and the month before it, the next holiday, an accident of long ago."""
    quarter = (made.month - 1) // 3 or 4
    month = made.replace(day=1) - timedelta(days=1)
    holiday, accident = HOLIDAYS[made.month - 1], made - timedelta(days=45)
    return {
        "q": "一二三四"[quarter - 1],
        "Y": str(made.year - (made.month < 4)),
        "L": f"{month.year}年{month.month}月",
        "h": holiday,
        "H": f"{made.year + (holiday == '元旦')}年{holiday}",
        "E": f"{accident.month}·{accident.day}",
    }


def _rumour(slug: str, filling: dict[str, str], rng: Random) -> dict[str, str]:
    """A rumour that an agency answers, and the fact; any, where it answers none."""
    own = [r for r in RUMOURS if slug in (r[0], *_ANCESTORS.get(r[0], ()))] or RUMOURS
    _, said, fact = rng.choice(own)
    return {"r": said.format(**filling), "fact": fact.format(**filling)}


def in_season(template: Template, made: date, today: date) -> date:
    """The day itself, or one in the months in which such a thing comes out, before today."""
    year, months = template.season
    if not months or (made.month in months and year in (None, made.year)):
        return made
    rng = Random(f"{template.title} {made}")
    found = date(year or made.year, rng.choice(months), rng.randint(1, 28))
    return weekday(found if found < today - timedelta(days=9) or year else found.replace(year=made.year - 1))


def draw(template: Template, key: str, made: date, today: date) -> Item | None:
    """A publication from a form of title on a day; None where no agency for it was there then."""
    rng = Random(key)
    made = in_season(template, made, today)
    answered = template.kind == "clarification" and template.agencies == ("*",)
    wanted = rng.choice(RUMOURS)[0] if answered else body_for(template, rng)
    slug = serving(wanted, made)
    fitting = [t for t in topics_of(slug) if _fits(template, t)] if slug else []
    if slug is None or not fitting:
        return None
    topic = rng.choice(fitting)
    filling = slots(template, slug, topic, made, rng)
    title = template.title.format(**filling)
    body = BY_SLUG[slug]
    effective, years = made + timedelta(days=30), rng.choice((3, 5))
    filling |= {"effective": effective.isoformat(), "years": "三" if years == 3 else "五"}
    about = About(body.name, body.short or body.name, filling["P"], topic, made, rng, title, filling)
    item = Item(
        key, slug, template.kind, title, WRITERS[template.form](about), made,
        published_after(made, today, rng, template.form), category_of(template.kind, topic, slug),
        topic.theme, topic.name, template.genre,
    )  # fmt: skip
    if template.kind in ("normative", "regulation"):
        item.effective = effective
        if template.form == "chapters" and template.kind == "normative":
            item.expires = effective.replace(year=effective.year + years, day=min(effective.day, 28))
    if template.kind == "clarification":
        item.claim = filling["r"]
        item.claim_source = rng.choice(("微信群聊天记录", "某短视频平台账号", "本地论坛帖子", "朋友圈转发文章"))
    if template.kind in _FOR_SOMEBODY and rng.random() < 0.4:
        item.audience = (topic.whom[:30],)
    if template.kind in ("normative", "policy") and rng.random() < 0.08 and there("caizheng", made):
        item.joint = tuple(s for s in rng.sample(("caizheng", "fagai", "renshe"), 2) if s != slug)
    return item


_FOR_SOMEBODY = frozenset(("normative", "regulation", "policy", "licensing", "livelihood", "notice"))


def _fits(template: Template, topic: Topic) -> bool:
    """Whether a form of title makes sense for a topic."""
    return not template.about or any(part in topic.name for part in template.about)


_CATEGORIES = {
    "regulation": "rules_docs", "normative": "rules_docs", "policy": "rules_docs", "plan": "plans",
    "statistics": "statistics", "budget": "budget", "recruitment": "civil_service", "procurement": "procurement",
    "licensing": "licensing", "penalty": "enforcement", "project": "projects", "fees": "fees",
    "livelihood": "livelihood", "emergency": "emergency", "inspection": "inspection", "agency_info": "agency_info",
}  # fmt: skip


def category_of(kind: str, topic: Topic, slug: str) -> str:
    """The statutory category of a kind of information; the topic's own for kinds that belong to none."""
    if kind in _CATEGORIES:
        return _CATEGORIES[kind]
    return "other_legal" if topic.category == "rules_docs" else topic.category


def of_kind(kind: str) -> Sequence[Template]:
    """The forms of titles of a kind."""
    return [t for t in all_templates() if t.kind == kind]


def word_of(item: Item, rng: Random) -> str:
    """The word that an item's document number begins with."""
    word = _WORDS[item.agency]
    if item.kind == "normative":
        return word + "规"
    if item.kind == "appointment":
        return word + "任"
    if item.kind == "project":
        return word + "审"
    if item.agency in ("yunzhou", "linxi", "songting", "chenghu"):
        return word + rng.choice(("发", "办发", "办函"))
    return word + rng.choice(("发", "发", "函"))
