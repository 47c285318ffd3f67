"""Decides which kinds a figure counts, from the nouns around it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from gongkai.annual.facts.kinds import KINDS
from gongkai.annual.facts.lexicon import Token, lexicon
from gongkai.annual.facts.published import generic, information
from gongkai.annual.facts.rules import rules, unit_fits
from gongkai.annual.facts.view import VERBS, View, joined_before

_EACH = re.compile(r"均|各|都")
_DISCLOSURE = re.compile(r"公开|依申请|政府信息")
_MERGED = {
    frozenset(("proposals.npc", "proposals.cppcc")): "proposals.total",
    frozenset(("staff.full", "staff.part")): "staff.total",
    frozenset(("published.weibo", "published.wechat")): "published.new_media",
    frozenset(("consultations.phone", "consultations.visit")): "consultations.total",
    frozenset(("consultations.phone", "consultations.visit", "consultations.online")): "consultations.total",
}
_GUARDED = ("trainings.", "meetings.", "inspections.", "staff.total", "budget.", "fees.", "catalogue.items")
"""Kinds that an office also counts in its other work: the sentence must speak of disclosure."""


@dataclass(frozen=True, slots=True)
class Found:
    """The kinds that a figure counts, and whether the noun stands behind it."""

    kinds: tuple[str, ...]
    behind: bool
    noun: Token | None = None
    """The noun, None for a category that no rule knows."""


@cache
def _sets() -> dict[str, int]:
    words = lexicon()
    return {
        "information": words.mask("INFO DPUB"),
        "bare": words.mask("APP"),
        "verbs": words.mask(VERBS),
        "class": words.mask("CLASS"),
        "catalogue": words.mask("CATALOGUE"),
        "documents": words.mask("NORMDOC RULE DOC"),
        "interpretation": words.mask("INTERP"),
        "made": words.mask("ISSUE REPEAL INFORCE VETTING"),
        "reads": words.mask("READS"),
        "share": words.mask("SHARE"),
    }


def classify(view: View, *, disclosure: bool, enumerating: bool) -> Found | None:
    """The kinds of a figure, None where it is not clear that it counts disclosure work.

    `disclosure` says that the chapter or the sentence speaks of disclosure, `enumerating` that the figure before it
    counted published information in the same list.
    """
    if view.unit in ("大类", "小类") and view.mask & _sets()["catalogue"]:
        return Found(("catalogue.categories",), False)
    behind = _nouns_behind(view)
    order = [(t, False) for t in reversed(view.before)]
    later = [(t, True) for t in reversed(behind)]
    order = order + later if view.noun_adjoins else later + order
    for token, is_behind in order:
        if not is_behind and not view.near(token):
            continue
        kinds = _of(view, token, is_behind, disclosure)
        if kinds == ("",):
            return None
        if kinds:
            return Found(kinds, is_behind, token) if _guarded(kinds, disclosure) else None
    if generic(view, enumerating):
        return Found(("published.category",), not view.noun_adjoins and _label_is_behind(view))
    return None


def _label_is_behind(view: View) -> bool:
    return bool(view.before) and not view.text[view.before[-1].end : view.start].strip("了共计")


def _guarded(kinds: tuple[str, ...], disclosure: bool) -> bool:
    return disclosure or not any(kind.startswith(_GUARDED) for kind in kinds)


def _nouns_behind(view: View) -> Sequence[Token]:
    """The nouns behind the figure up to the first verb after them."""
    nouns: list[Token] = []
    for token in view.behind:
        if token.bit & _sets()["verbs"]:
            if nouns:
                break
            continue
        nouns.append(token)
    return nouns


def _of(view: View, token: Token, behind: bool, disclosure: bool) -> tuple[str, ...]:
    """The kinds for this noun; empty where no rule fits; ("",) where it is ambiguous and nothing may be said."""
    sets = _sets()
    if token.bit & sets["information"]:
        return information(view, token, behind)
    if _printed(view, token):
        return ("gazette.documents",)
    kinds = _by_rule(view, token, behind) or _reads(view, token)
    if not kinds:
        return ()
    if token.bit == sets["bare"] and view.text[token.start : token.end] == "申请" and not disclosure:
        return kinds if _plainly(view, token, kinds, behind) else ("",)
    row = [] if behind else joined_before(view, token)
    if row:
        return _row(view, token, kinds, row)
    return kinds


def _printed(view: View, token: Token) -> bool:
    """Whether the gazette is spoken of and this is something that it prints."""
    sets = _sets()
    if view.family != "gazette" or not unit_fits("published", view.unit) or view.mask & sets["made"]:
        return False
    return bool(token.bit & sets["documents"]) or (
        token.bit == sets["interpretation"] and "刊" in view.text[: view.start]
    )


_SOCIAL = re.compile(r"微信|微博|新媒体|公众号|抖音|视频号|网站|门户")


def _reads(view: View, token: Token) -> tuple[str, ...]:
    """阅读量 without a place belongs to the place that the sentence named last."""
    if not token.bit & _sets()["reads"] or not unit_fits("visits", view.unit):
        return ()
    places = _SOCIAL.findall(view.text, 0, token.start)
    if not places:
        return ()
    return ("website.visits",) if places[-1] in ("网站", "门户") else ("new_media.reads",)


def _plainly(view: View, token: Token, kinds: tuple[str, ...], behind: bool) -> bool:
    """Whether a bare 申请 can only be one for information: it names its way in (信函申请), or is 零申请."""
    if behind:
        return view.text[view.number.end : token.start] == "" and view.number.number.value == 0
    return kinds[0] != "applications.received" and any(t.end == token.start for t in view.before)


def _by_rule(view: View, token: Token, behind: bool) -> tuple[str, ...]:
    family = view.family_at(token)
    for rule in rules().get(token.bit, ()):
        if rule.fits(view.unit, view.mask, family, behind):
            return rule.kinds
    return ()


def _row(view: View, token: Token, kinds: tuple[str, ...], row: Sequence[Token]) -> tuple[str, ...]:
    """A figure behind a row of nouns: of each where it says so or is zero, of their sum where that is a kind."""
    found = list(kinds)
    for other in row:
        more = _by_rule(view, other, False)
        if not more:
            continue
        found.extend(k for k in more if k not in found)
    if len(found) == len(kinds):
        return kinds
    if view.number.number.value == 0 or _EACH.search(view.text, token.end, view.start):
        return tuple(reversed(found))
    merged = _MERGED.get(frozenset(found))
    if merged:
        return (merged,)
    families = {KINDS[k].family for k in found}
    if families == {"consultations"}:
        return ("consultations.total",)
    if families == {"published"}:
        return ("published.channel",)
    return ("",)
