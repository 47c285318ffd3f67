"""The prose of sample reports: chapters written from sentence patterns, every figure taken from the report's cells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from random import Random

from gongkai.annual.model import Report
from gongkai.annual.sample.agencies import words
from gongkai.annual.sample.figures import SCALE, Figures
from gongkai.annual.sample.phrases import Template, fitting, in_turn

_OUTCOMES_2021 = (
    ("予以公开", ("granted",)),
    ("部分公开", ("partial",)),
    ("不予公开", ("denied_",)),
    ("无法提供", ("unavailable_",)),
    ("不予处理", ("not_processed_",)),
    ("其他处理", ("other",)),
)
_ANSWERS_2014 = (
    ("an_already_public", "属于已主动公开范围"),
    ("an_granted", "同意公开答复"),
    ("an_partial", "同意部分公开答复"),
    ("an_denied", "不同意公开答复"),
    ("an_not_ours", "不属于本行政机关公开"),
    ("an_not_exist", "申请信息不存在"),
    ("an_clarify", "告知作出更改补充"),
    ("an_other_way", "告知通过其他途径办理"),
)
_REPLIES_2008 = (("rp_granted", "同意公开答复"), ("rp_partial", "同意部分公开答复"), ("rp_denied", "否决公开答复"))
_REPLIES_UNIVERSITY = (
    ("granted", "同意公开"),
    ("partial", "同意部分公开"),
    ("denied", "不予公开"),
    ("other_replies", "其他答复"),
)
_NUMBERS = ("一是", "二是", "三是", "四是")


class Writer:
    """Writes one report's chapters; no pattern is used twice, nor one that last year's report used."""

    def __init__(self, agency: str, size: str, year: int, form: str, figures: Figures, seed: int, old: Report | None):
        self._agency, self._size, self._year, self._form = agency, size, year, form
        self._rng = Random(f"{seed}|{agency}|{year}")
        self._old = old.text if old is not None else ""
        self._used: set[int] = set()
        self._slots = words(agency, size, self._rng)
        self._slots |= {"year": str(year), "next": str(year + 1), "span": f"{year}-{year + 1}"}
        self._slots |= slots_of(form, figures, size, self._rng)

    def opening(self) -> list[str]:
        """The paragraph before the first chapter."""
        return self._some("u_preamble" if self._form == "university" else "preamble", 1, again=True)

    def chapters(self) -> dict[str, str]:
        """Chapter id → its prose; chapters that hold nothing but a table are left out."""
        if self._form == "university":
            return self._university()
        return self._modern() if self._form in ("gov-2019", "gov-2021") else self._early()

    def _modern(self) -> dict[str, str]:
        topics = (
            ("主动公开情况", self._proactive()),
            ("依申请公开情况", self._applications()),
            ("政府信息管理情况", self._some("management", self._rng.randint(2, 3))),
            ("政府信息公开平台建设情况", self._mixed("platform", 2)),
            ("监督保障情况", self._mixed("supervision", 2)),
        )
        numbered = (f"（{n}）{title}。{''.join(text)}" for n, (title, text) in zip("一二三四五", topics, strict=True))
        last = self._some("fees", 1, again=True) if self._form == "gov-2021" else []
        return {
            "c1": "\n".join(["".join(self._some("overview", 2)), *numbered]),
            "c5": self._problems("problems", "improvements"),
            "c6": "\n".join([*last, *self._some("other", 1 if last else 2)]),
        }

    def _early(self) -> dict[str, str]:
        return {
            "c1": "\n".join(
                [
                    "".join(self._some("overview", 2)),
                    "（一）信息管理。" + "".join(self._some("management", 2)),
                    "（二）平台建设。" + "".join(self._some("platform", 2)),
                    "（三）监督保障。" + "".join(self._mixed("supervision", 2)),
                ]
            ),
            "c2": "\n".join(["".join(self._proactive()), "".join(self._some("proactive", 2))]),
            "c3": "".join(self._applications()),
            "c4": "".join(self._some("fees", 1, again=True)),
            "c5": "".join([*self._stated("review"), *self._some("review", 1)]),
            "c6": self._problems("problems", "improvements"),
            "c7": "".join(self._some("other", 1)),
        }

    def _university(self) -> dict[str, str]:
        return {
            "c1": "\n".join(self._some("u_overview", 4)),
            "c2": "\n".join(
                [
                    "".join([*self._some("u_proactive", 1, again=True), *self._some("u_proactive2", 1, again=True)]),
                    *self._some("u_proactive3", 4),
                ]
            ),
            "c3": "".join([*self._some("u_requests", 1, again=True), *self._some("u_requests2", 2, again=True)]),
            "c4": "".join(self._some("u_appraisal", 2, again=True)),
            "c5": "".join([*self._some("u_complaints", 1, again=True), *self._some("u_complaints2", 1, again=True)]),
            "c6": "".join(self._some("u_experience", 1, again=True))
            + "\n"
            + self._problems("u_problem", "u_improve", again=True),
            "c7": "".join(self._some("u_other", 1, again=True)),
        }

    def _proactive(self) -> list[str]:
        stated = self._some("figures_proactive", 1, again=True) + self._some("figures_proactive2", 1, again=True)
        return [*stated, *self._some("proactive", self._rng.randint(2, 3))]

    def _applications(self) -> list[str]:
        return [*self._some("figures_applications", 1, again=True), *self._some("applications", 2)]

    def _mixed(self, section: str, count: int) -> list[str]:
        """Sentences of a section with the one among them that states a figure."""
        sentences = self._some(section, count)
        stated = self._some(f"figures_{section}", 1, again=True)
        sentences[1:1] = stated
        return sentences

    def _stated(self, section: str) -> list[str]:
        """The sentence that states whether there was any: the patterns of the section with a condition."""
        return self._write([t for t in fitting(section, self._size, self._year) if t.flags], 1, again=True)

    def _problems(self, problems: str, improvements: str, *, again: bool = False) -> str:
        wrong = self._some(problems, self._rng.randint(2, 3), again=again)
        better = self._some(improvements, len(wrong), again=again)
        opening = self._rng.choice(
            (
                "对照公众期待和上级要求，工作中还存在一些不足：",
                "总结全年工作，还有以下问题需要解决：",
                "在看到成绩的同时，也应看到存在的差距：",
                "虽然取得了一定进展，但仍有薄弱环节：",
                "从日常检查和群众反映看，主要不足有：",
            )
        )
        coming = "新学年" if self._form == "university" else f"{self._year + 1}年"
        following = self._rng.choice(
            (
                f"{coming}，将从以下方面加以改进：",
                "下一步，重点做好以下工作：",
                "针对上述问题，将采取以下措施：",
                f"{coming}工作中，拟采取的改进措施是：",
            )
        )
        return f"{opening}{_listed(wrong)}\n{following}{_listed(better)}"

    def _some(self, section: str, count: int, *, again: bool = False) -> list[str]:
        templates = fitting(section, self._size, self._year)
        return self._write([t for t in templates if again or not t.flags], count, again=again)

    def _write(self, templates: Iterable[Template], count: int, *, again: bool = False) -> list[str]:
        """`count` sentences; `again` allows last year's patterns, for sentences that state the same thing each year."""
        fit = [t for t in templates if t.allowed(self._slots) and id(t) not in self._used]
        ordered = in_turn(fit, self._agency, self._year, count)
        if self._old and not again:
            fresh = [t for t in ordered if not any(a in self._old for a in t.anchors)]
            ordered = fresh if len(fresh) >= count else ordered
        self._used.update(id(t) for t in ordered[:count])
        return [t.write(self._slots, self._rng) for t in ordered[:count]]


def _listed(items: list[str]) -> str:
    return "；".join(f"{n}{item}" for n, item in zip(_NUMBERS, items, strict=False)) + "。"


def slots_of(form: str, figures: Figures, size: str, rng: Random) -> dict[str, str]:
    """The figures that sentences may speak of, by the names in the phrase files."""
    if form == "university":
        return _university_slots(figures)
    if form in ("gov-2019", "gov-2021"):
        return _modern_slots(form, figures, size, rng)
    named = {id.removeprefix("stat."): _digits(value) for id, value in figures.items()}
    return named | (_slots_2014(figures) if form == "gov-2014" else _slots_2008(figures, rng))


def _digits(value: int | Decimal) -> str:
    return str(value) if isinstance(value, int) else format(value.normalize(), "f")


def _parts(pairs: Iterable[tuple[str, int | Decimal]]) -> str:
    return "、".join(f"{name}{value}件" for name, value in pairs if value)


def _modern_slots(form: str, f: Figures, size: str, rng: Random) -> dict[str, str]:
    scale = SCALE[size]
    web, media, other = (int(rng.uniform(0.6, 1.4) * mean * scale) + 3 for mean in (620, 330, 45))
    train, fee = rng.randint(1, 3), 0
    done = int(f["t3.results_total.total"])
    if form == "gov-2021" and done > 30 and rng.random() < 0.25:
        fee = rng.randint(1, 4)
    totals = {id[3:-6]: int(v) for id, v in f.items() if id.startswith("t3.") and id.endswith(".total")}
    outcomes = [(name, sum(v for row, v in totals.items() if row.startswith(rows))) for name, rows in _OUTCOMES_2021]
    new, natural = int(f["t3.new_received.total"]), int(f["t3.new_received.natural_person"])
    slots: Mapping[str, int] = {
        "pub": web + media + other,
        "web": web,
        "media": media,
        "other": other,
        "interp": int(rng.uniform(1, 9) * max(1, scale)),
        "press": int(rng.uniform(1, 4) * max(1, scale)),
        "letters": int(rng.uniform(3, 40) * max(1, scale)),
        "train": train,
        "trained": train * rng.randint(15, 70),
        "meetings": rng.randint(1, 5),
        "checks": rng.randint(2, 12),
        "fixed": rng.randint(2, 30),
        "accounts": max(1, int(scale * rng.uniform(1, 2.5))),
        "new": new,
        "natural": natural,
        "orgs": new - natural,
        "carried_in": int(f["t3.carried_in.total"]),
        "done": done,
        "carried_out": int(f["t3.carried_out.total"]),
        "fee": fee,
        "fee_amount": fee * rng.choice((100, 200, 300, 560)),
    }
    results = _parts(outcomes) or "尚无办结件"
    return {name: str(value) for name, value in slots.items()} | {"results": results}


def _slots_2014(f: Figures) -> dict[str, str]:
    reviews, suits = int(f["stat.s4"]), int(f["stat.s5"])
    return {
        "answers": _parts((name, f[f"stat.{id}"]) for id, name in _ANSWERS_2014),
        "new": str(f["stat.received"]),
        "reviews": str(reviews),
        "suits": str(suits),
        "rl": str(reviews + suits),
        "fee": "1" if f["stat.s7"] else "0",
        "fee_amount": _digits(Decimal(f["stat.s7"]) * 10000),
    }


def _slots_2008(f: Figures, rng: Random) -> dict[str, str]:
    published = int(f["stat.published"])
    policy, plan, business = (int(published * rng.uniform(0.05, 0.3)) for _ in range(3))
    consults = sum(int(f[f"stat.{id}"]) for id in ("phone_consults", "visitors", "online_consults"))
    return {
        "cat_policy": str(policy),
        "cat_plan": str(plan),
        "cat_business": str(business),
        "cat_other": str(published - policy - plan - business),
        "consults_total": str(consults),
        "replies_text": _parts((name, f[f"stat.{id}"]) for id, name in _REPLIES_2008),
        "new": str(f["stat.requests"]),
        "rl": str(int(f["stat.reviews"]) + int(f["stat.suits"])),
        "fee": "1" if f["stat.fees"] else "0",
        "fee_amount": _digits(f["stat.fees"]),
    }


def _university_slots(f: Figures) -> dict[str, str]:
    named = {id.removeprefix("figures."): _digits(value) for id, value in f.items()}
    results = _parts((name, f[f"figures.{id}"]) for id, name in _REPLIES_UNIVERSITY)
    return named | {"new": named["requests"], "u_results": results}
