"""The forms in which personal data may be shown: as long as the datum itself, so that places in the text stay."""

from __future__ import annotations

from collections.abc import Iterable

from gongkai.text.scan.model import Hit

_KEPT = {
    "idcard18": (6, 4),
    "idcard15": (6, 3),
    "mobile": (3, 4),
    "landline": (0, 3),
    "bankcard": (0, 4),
    "bankacct": (0, 4),
    "passport": (2, 2),
    "plate": (2, 1),
    "address": (6, 0),
}
"""How many letters and figures stay at the left and at the right."""
_WHOLE = frozenset(("name", "minor", "penalty", "email", *_KEPT))
"""The rules whose hits are personal data themselves, not a word that points to them."""
_COMPOUND = (
    "欧阳",
    "上官",
    "司马",
    "诸葛",
    "皇甫",
    "令狐",
    "司徒",
    "慕容",
    "尉迟",
    "东方",
    "夏侯",
    "公孙",
    "长孙",
    "宇文",
)


def mask(text: str, hits: Iterable[Hit]) -> str:
    """The text with the personal data of the hits masked, sign for sign; other hits are left as they are.

    110105********002X, 138****5678, the last four figures of a card, 张某某.
    """
    return masked_at(text, ((hit.rule, hit.start, hit.end) for hit in hits))


def masked_at(text: str, places: Iterable[tuple[str, int, int]]) -> str:
    """The text with the places of rules that find personal data masked."""
    parts = []
    done = 0
    for rule, start, end in sorted(places, key=lambda place: (place[1], -place[2])):
        if rule not in _WHOLE or start < done or not 0 <= start < end <= len(text):
            continue
        parts += [text[done:start], masked(rule, text[start:end])]
        done = end
    return "".join((*parts, text[done:]))


def masked(rule: str, datum: str) -> str:
    """One datum masked as its rule asks for."""
    if rule in ("name", "penalty") or (rule == "minor" and not any(char.isdigit() for char in datum)):
        kept = 2 if datum.startswith(_COMPOUND) and len(datum) > 2 else 1
        return datum[:kept] + "某" * (len(datum) - kept)
    if rule == "email":
        name, at, host = datum.partition("@")
        return name[:1] + "*" * (len(name) - 1) + at + host
    left, right = _KEPT.get(rule, (6, 4))
    signs = [place for place, char in enumerate(datum) if char.isalnum()]
    shown = min(left, len(signs) // 2)
    hidden = set(signs[shown : max(shown, len(signs) - right)])
    return "".join("*" if place in hidden else char for place, char in enumerate(datum))
