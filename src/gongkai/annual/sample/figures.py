"""Figures for sample reports: every cell of a form, with all balance checks holding and years that join."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from decimal import Decimal
from random import Random

from gongkai.annual.model import Report

Figures = dict[str, int | Decimal]

_FEES_ENDED = 2017
"""Charges for search and copying were abolished in April 2017."""

SCALE = {"town": 0.3, "department": 1.0, "university": 1.0, "county": 4.0, "city": 12.0}

_COLUMNS = ("natural_person", "commercial", "research", "social_welfare", "legal_service", "other_org")
_SHARES = (0.78, 0.12, 0.01, 0.01, 0.06, 0.02)
_OUTCOMES: dict[str, float] = {
    "granted": 46,
    "partial": 8,
    "denied_state_secret": 0.3,
    "denied_law_prohibits": 1,
    "denied_security_stability": 0.4,
    "denied_third_party": 2,
    "denied_internal_affairs": 1.5,
    "denied_process_info": 2,
    "denied_enforcement_file": 2,
    "denied_admin_query": 3,
    "unavailable_not_held": 20,
    "unavailable_needs_creation": 3,
    "unavailable_still_unclear": 1,
    "not_processed_petition": 3,
    "not_processed_duplicate": 1.5,
    "not_processed_publication": 0.5,
    "not_processed_excessive": 0.3,
    "not_processed_reconfirm": 0.4,
}
_OTHER: Mapping[str, dict[str, float]] = {
    "gov-2019": {"other": 2},
    "gov-2021": {"other_not_clarified": 1.5, "other_fee_unpaid": 0.3, "other_misc": 0.8},
}


def figures(form: str, size: str, year: int, rng: Random, previous: Report | None) -> Figures:
    """Cell id → value for every figure of the form; `previous` gives what this year takes over from last year."""
    found = _MAKERS[form](size, rng, previous)
    if form == "gov-2014" and year >= _FEES_ENDED:
        found["stat.s7"] = Decimal(0)
    return found


def _some(rng: Random, mean: float) -> int:
    """A count around a mean, 0 more often for small means."""
    return max(0, round(rng.gauss(mean, mean * 0.4 + 0.5)))


def _amount(rng: Random, mean: float) -> Decimal:
    return Decimal(round(max(0.0, rng.gauss(mean, mean * 0.4)) * 100)) / 100


def _split(rng: Random, total: int, shares: tuple[float, ...]) -> list[int]:
    """A total in parts of about these shares; the parts add up to it."""
    parts = [int(total * s * rng.uniform(0.7, 1.2)) for s in shares[1:]]
    while sum(parts) > total:
        parts = [p // 2 for p in parts]
    return [total - sum(parts), *parts]


def _old(previous: Report | None, cell: str, default: int) -> int:
    value = previous.value(cell) if previous is not None else None
    return int(value) if value is not None else default


def _t3(form: str, size: str, rng: Random, previous: Report | None) -> Figures:
    weights = _OUTCOMES | _OTHER[form]
    received = _some(rng, 9 * SCALE[size] ** 1.4)
    out: Figures = {}
    rows = ("new_received", "carried_in", *weights, "results_total", "carried_out")
    totals = dict.fromkeys(rows, 0)
    for column, new in zip(_COLUMNS, _split(rng, received, _SHARES), strict=True):
        carried_in = _old(previous, f"t3.carried_out.{column}", 0 if rng.random() < 0.8 else _some(rng, 1))
        pool = new + carried_in
        carried_out = min(pool, _some(rng, pool * 0.04))
        done = pool - carried_out
        counts = Counter(rng.choices(list(weights), list(weights.values()), k=done))
        values = {"new_received": new, "carried_in": carried_in, "results_total": done, "carried_out": carried_out}
        for row in rows:
            value = values[row] if row in values else counts[row]
            out[f"t3.{row}.{column}"] = value
            totals[row] += value
    for row, total in totals.items():
        out[f"t3.{row}.total"] = total
    return out


def _t4(size: str, rng: Random) -> Figures:
    out: Figures = {}
    mean = {"town": 0.05, "department": 0.4, "county": 2, "city": 6}[size]
    for group, part in (("review", 1.0), ("lit_direct", 0.4), ("lit_after_review", 0.3)):
        counts = [_some(rng, mean * part * share) if rng.random() < mean else 0 for share in (0.55, 0.15, 0.2, 0.1)]
        for name, count in zip(("upheld", "corrected", "other", "pending"), counts, strict=True):
            out[f"t4.{group}.{name}"] = count
        out[f"t4.{group}.total"] = sum(counts)
    return out


def _gov_2021(size: str, rng: Random, previous: Report | None) -> Figures:
    scale = SCALE[size]
    out: Figures = {}
    for row, mean in (("rules", 0.8 if size == "city" else 0.0), ("normative_docs", 1.2 * scale)):
        issued = _some(rng, mean) if mean else 0
        stock = _old(previous, f"t2.{row}.public_stock", _some(rng, mean * 6) if mean else 0)
        stock = _old(previous, f"t2.{row}.in_force", stock)
        repealed = min(stock, _some(rng, mean * 0.7) if mean else 0)
        out |= {
            f"t2.{row}.issued": issued,
            f"t2.{row}.repealed": repealed,
            f"t2.{row}.in_force": stock + issued - repealed,
        }
    out["t2.licensing.decisions"] = _some(rng, 160 * scale**1.6)
    out["t2.penalty.decisions"] = _some(rng, 70 * scale**1.6)
    out["t2.coercion.decisions"] = _some(rng, 4 * scale)
    out["t2.admin_fees.amount"] = _amount(rng, 90 * scale**2) if size != "town" else Decimal(0)
    return out | _t3("gov-2021", size, rng, previous) | _t4(size, rng)


def _gov_2019(size: str, rng: Random, previous: Report | None) -> Figures:
    scale = SCALE[size]
    out: Figures = {}
    for row, mean in (("rules", 0.8 if size == "city" else 0.0), ("normative_docs", 1.2 * scale)):
        made = _some(rng, mean) if mean else 0
        stock = _old(previous, f"t2.{row}.public_stock", _some(rng, mean * 6) if mean else 0)
        out |= {f"t2.{row}.new_made": made, f"t2.{row}.new_published": made, f"t2.{row}.public_stock": stock + made}
    counted = {"licensing": (20, 160), "other_services": (9, 60), "penalty": (45, 70), "coercion": (6, 4)}
    for row, (items, decisions) in counted.items():
        out |= _items(row, items * scale, rng, previous)
        out[f"t2.{row}.decisions"] = _some(rng, decisions * scale**1.6)
    out |= _items("admin_fees", 2 * scale, rng, previous)
    out["t2.procurement.items"] = _some(rng, 6 * scale)
    out["t2.procurement.amount"] = _amount(rng, 130 * scale**1.5)
    return out | _t3("gov-2019", size, rng, previous) | _t4(size, rng)


def _items(row: str, mean: float, rng: Random, previous: Report | None) -> Figures:
    before = _old(previous, f"t2.{row}.prev_items", _some(rng, mean)) + _old(previous, f"t2.{row}.delta", 0)
    return {f"t2.{row}.prev_items": before, f"t2.{row}.delta": rng.randint(-min(2, before), 3)}


def _sum(out: Figures, total: str, parts: Mapping[str, int]) -> None:
    out[f"stat.{total}"] = sum(parts.values())
    out.update({f"stat.{name}": value for name, value in parts.items()})


def _gov_2014(size: str, rng: Random, previous: Report | None) -> Figures:
    scale = SCALE[size]
    out: Figures = {}
    website = _some(rng, 700 * scale) + 40
    big = size in ("county", "city")
    channels = {
        "ch_gazette": _some(rng, 60) if big else 0,
        "ch_website": website,
        "ch_weibo": _some(rng, website * 0.2),
        "ch_wechat": _some(rng, website * 0.3),
        "ch_other": _some(rng, website * 0.1),
    }
    _sum(out, "published", channels)
    issued = _some(rng, 2 * scale)
    out |= {"stat.issued_norm_docs": issued, "stat.published_norm_docs": max(0, issued - _some(rng, 0.2))}
    press, interviews = _some(rng, scale), _some(rng, scale)
    counts = {
        "responded": _some(rng, 3 * scale),
        "press_conf": press,
        "press_conf_leader": min(press, _some(rng, 0.4 * scale)),
        "interviews": interviews,
        "interviews_leader": min(interviews, _some(rng, 0.5 * scale)),
        "interpretations": _some(rng, 8 * scale),
        "weibo_wechat_responses": _some(rng, 2 * scale),
        "other_responses": _some(rng, scale),
    }
    out |= {f"stat.{name}": value for name, value in counts.items()}
    _handled_2014(out, _some(rng, 8 * scale**1.3), rng)
    _resources_2014(out, scale, big, rng)
    return out


def _handled_2014(out: Figures, received: int, rng: Random) -> None:
    ways = ("rc_online", "rc_in_person", "rc_fax", "rc_letter")
    _sum(out, "received", dict(zip(ways, _split(rng, received, (0.6, 0.2, 0.02, 0.18)), strict=True)))
    on_time, extended = _split(rng, received, (0.95, 0.05))
    _sum(out, "closed", {"closed_on_time": on_time, "closed_extended": extended})
    shares = (0.4, 0.2, 0.08, 0.06, 0.1, 0.1, 0.03, 0.03)
    names = ("an_granted", "an_already_public", "an_partial", "an_denied", "an_not_ours", "an_not_exist")
    counts = _split(rng, received, shares)
    _sum(out, "answered", dict(zip((*names, "an_clarify", "an_other_way"), counts, strict=True)))
    reasons = ("de_other_law", "de_state_secret", "de_trade_secret", "de_privacy", "de_security", "de_not_gov_info")
    denied = int(out["stat.an_denied"])
    _sum(out, "an_denied", dict(zip(reasons, _split(rng, denied, (0.4, 0.1, 0.2, 0.2, 0.05, 0.05)), strict=True)))


def _resources_2014(out: Figures, scale: float, big: bool, rng: Random) -> None:
    for total, names in (("s4", "rv"), ("s5", "lt")):
        count = _some(rng, 0.4 * scale) if out["stat.received"] else 0
        parts = dict(zip(("upheld", "corrected", "other"), _split(rng, count, (0.8, 0.1, 0.1)), strict=True))
        _sum(out, total, {f"{names}_{name}": value for name, value in parts.items()})
    full, part = 1 + _some(rng, 0.3 * scale), 1 + _some(rng, 2 * scale)
    _sum(out, "staff", {"staff_full": full, "staff_part": part})
    trainings = _some(rng, 1.5 * scale) + 1
    counts = {
        "s6": 0,
        "units": _some(rng, 8) + 1 if big else 1,
        "reading_rooms": _some(rng, 1.5 * scale) + 1,
        "meetings": _some(rng, 1.5 * scale) + 1,
        "trainings": trainings,
        "trained": trainings * rng.randint(18, 60),
    }
    out |= {f"stat.{name}": value for name, value in counts.items()}
    charged = out["stat.received"] and rng.random() < 0.15
    out["stat.s7"] = Decimal(rng.randint(2, 40)) / 100 if charged else Decimal(0)
    out["stat.budget"] = _amount(rng, 5 * scale)


def _gov_2008(size: str, rng: Random, previous: Report | None) -> Figures:
    scale = SCALE[size]
    published = _some(rng, 420 * scale) + 30
    out: Figures = {
        "stat.published": published,
        "stat.published_fulltext": published - _some(rng, published * 0.03),
        "stat.new_norm_docs": _some(rng, 2 * scale),
        "stat.service_info": _some(rng, 40 * scale),
        "stat.page_visits": _some(rng, 9000 * scale) + 500,
        "stat.visitors": _some(rng, 90 * scale),
        "stat.online_consults": _some(rng, 60 * scale),
        "stat.phone_consults": _some(rng, 260 * scale),
        "stat.on_request_catalogue": _some(rng, 12 * scale),
    }
    out["stat.published_fulltext"] = max(0, out["stat.published_fulltext"])
    requests = _some(rng, 7 * scale**1.3)
    ways = ("rq_online", "rq_in_person", "rq_fax", "rq_email", "rq_letter", "rq_other")
    _sum(out, "requests", dict(zip(ways, _split(rng, requests, (0.4, 0.25, 0.02, 0.15, 0.16, 0.02)), strict=True)))
    granted, partial, denied = _split(rng, requests, (0.7, 0.1, 0.2))
    _sum(out, "replies", {"rp_granted": granted, "rp_partial": partial, "rp_denied": denied})
    reasons = ("not_exist", "not_held", "not_info", "unclear", "ex1", "ex2", "ex3", "ex4", "ex5", "ex6", "other")
    parts = _split(rng, denied, (0.3, 0.3, 0.1, 0.1, 0.04, 0.04, 0.04, 0.02, 0.02, 0.02, 0.02))
    _sum(out, "rp_denied", dict(zip((f"dn_{r}" for r in reasons), parts, strict=True)))
    _disputes_2008(out, scale, rng)
    return out


def _disputes_2008(out: Figures, scale: float, rng: Random) -> None:
    asked = out["stat.requests"] > 0
    reviews, suits = (_some(rng, 0.3 * scale), _some(rng, 0.15 * scale)) if asked else (0, 0)
    out |= {"stat.reviews": reviews, "stat.suits": suits, "stat.appeals": 0, "stat.appeals_unsatisfied": 0}
    charged = asked and rng.random() < 0.3
    fees = [Decimal(rng.randint(5, 90)) if charged else Decimal(0) for _ in range(3)]
    out["stat.fees"] = sum(fees, Decimal(0))
    out.update(zip(("stat.fee_search", "stat.fee_copy", "stat.fee_post"), fees, strict=True))
    _sum(out, "staff", {"staff_full": 1 + _some(rng, 0.4 * scale), "staff_part": _some(rng, 2 * scale)})
    out["stat.budget"] = _amount(rng, 3 * scale)
    out["stat.spend"] = min(Decimal(out["stat.budget"]), _amount(rng, 2 * scale))
    out["stat.dispute_cost"] = Decimal(0)


def _university(size: str, rng: Random, previous: Report | None) -> Figures:
    website, media, paper = _some(rng, 2400) + 200, _some(rng, 1300) + 50, _some(rng, 260) + 20
    requests = _some(rng, 3)
    granted, partial, denied, other = _split(rng, requests, (0.75, 0.1, 0.05, 0.1))
    counts = {
        "pub_total": website + media + paper,
        "pub_website": website,
        "pub_new_media": media,
        "pub_print": paper,
        "press": _some(rng, 4) + 1,
        "requests": requests,
        "granted": granted,
        "partial": partial,
        "denied": denied,
        "other_replies": other,
    }
    none = dict.fromkeys(("pending", "fees", "complaints", "reviews", "suits"), 0)
    return {f"figures.{name}": value for name, value in (counts | none).items()}


_MAKERS: Mapping[str, Callable[[str, Random, Report | None], Figures]] = {
    "gov-2008": _gov_2008,
    "gov-2014": _gov_2014,
    "gov-2019": _gov_2019,
    "gov-2021": _gov_2021,
    "university": _university,
}
