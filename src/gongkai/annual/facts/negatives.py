"""Statements that nothing happened (未收到申请, 没有发生行政复议, 无网上申请), which are figures of zero."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from gongkai.annual.facts.lexicon import Token, lexicon

_VERBS = (
    "收到|接到|受理|接收|收悉|发生|出现|产生|收取|引发|引起|发现|涉及|存在|接获|"
    "召开|举办|举行|开展|组织|参加|制发|制定|出台|印发|废止"
)
_NOT_NONE = "法|偿|关|需|正当|人|论|障碍|线|纸(?!质)|效|条件|故|形|疑|缝|不(?!予)|权|锡|纺|暇"
_STATEMENT = re.compile(
    rf"""
    (?P<unpaid>(?:均|也|都)?(?:未|没有|没|未曾|从未)(?:实行|进行)?(?:[向对][^，。；]{{1,24}}?)?
        (?:收费(?!标准|项目|依据|公示|目录|清单|政策|文件)|收取[^，。；]{{0,20}}?(?:费用|费)))
    | (?P<said>(?:均|也|都|且|又|并)?(?:未|没有|没|未曾|从未|暂未|尚未|尚无|暂无|并未)(?:曾|再)?(?:{_VERBS})
        |不存在(?=[因任行依])|无人(?:提出|提起))
    | (?P<colon>(?:情况|数量|数)：无(?=[。；，]|$))
    | (?P<none>(?:没有|未有|无|均无|暂无|尚无)(?!{_NOT_NONE}))
    """,
    re.VERBOSE,
)
_END = re.compile(r"[，。；：]|、(?=[无未没])")
_IF = re.compile(r"(?:[如若凡]|对于?|如果|因)$")
_JOIN = re.compile(r"、|以及|或者|和|及|与|或")
_AFTER_APP = re.compile(r"(?:的?(?:情况|情形|事项|报告|材料|书|件|案件|案例|事件|信件|行为|数|问题|等)*+)$")


@dataclass(frozen=True, slots=True)
class Negative:
    """A statement that there was none of these kinds: the words of denial and all that they deny."""

    start: int
    end: int
    """End of the words of denial."""
    reach: int
    """End of what they deny."""
    kinds: tuple[str, ...]


@cache
def _heads() -> dict[int, str]:
    pairs = {
        "REVIEW": "reconsideration.total",
        "SUIT": "litigation.total",
        "APPEAL": "appeals.total",
        "COMPLAINT": "complaints.total",
        "LEAK": "leaks.total",
        "FEE": "fees.collected",
        "CHARGE": "fees.collected",
        "WAIVE": "fees.waived",
        "CONSULT": "consultations.total",
        "MAILBOX": "letters.received",
        "PROPOSAL": "proposals.total",
        "NPC": "proposals.npc",
        "CPPCC": "proposals.cppcc",
        "RESPOND": "responses.total",
        "DENY": "applications.denied",
        "CARRYIN": "applications.carried_in",
        "CARRYOUT": "applications.carried_out",
    }
    return {lexicon().bits[name]: kind for name, kind in pairs.items()}


_MAKING = re.compile("召开|举办|举行|开展|组织|参加|制发|制定|出台|印发")
_MADE = {
    "PRESS": "press_conferences.held",
    "INTERVIEW": "online_interviews.held",
    "TRAIN": "trainings.held",
    "NORMDOC": "normative_docs.issued",
    "RULE": "rules.issued",
}
_CHANNELS = {
    "VISIT": "in_person",
    "LETTER": "letter",
    "PAPER": "letter",
    "ONLINE": "online",
    "FAX": "fax",
    "EMAIL": "email",
}


def may_deny(text: str) -> bool:
    """Whether a sentence may hold a denial; quick."""
    return ("未" in text or "没" in text or "无" in text or "不存在" in text) and _STATEMENT.search(text) is not None


def negatives(text: str, tokens: Sequence[Token], disclosure: bool) -> Iterator[Negative]:
    """The statements of none in a sentence. `disclosure`: whether a bare 申请 here is one for information."""
    reach = 0
    for found in _STATEMENT.finditer(text):
        start, said = found.span()
        if start < reach or _IF.search(text, max(0, start - 3), start):
            continue
        end = _END.search(text, said)
        reach = end.start() if end else len(text)
        if found["unpaid"]:
            yield Negative(start, said, said, ("fees.collected",))
            continue
        kinds = () if found["colon"] else _denied(text, tokens, said, reach, found, disclosure)
        if not kinds and not found["none"] and not text[said:reach].strip("过的到任何"):
            first = max(text.rfind(stop, 0, start) for stop in "，。；：") + 1
            kinds = _denied(text, tokens, first, start, found, disclosure)
        if kinds:
            yield Negative(start, said, reach, kinds)


def _denied(
    text: str, tokens: Sequence[Token], first: int, last: int, found: re.Match[str], disclosure: bool
) -> tuple[str, ...]:
    inside = [t for t in tokens if first <= t.start and t.end <= last]
    words = lexicon().bits
    if any(t.bit in (words["CORRECTED"], words["UPHELD"], words["PUBLISH"]) for t in inside):
        inside = [t for t in inside if t.bit != words["PUBLISH"]]
        if any(t.bit in (words["CORRECTED"], words["UPHELD"]) for t in inside):
            return ()
    kinds: list[str] = []
    for token in inside:
        kind = _kind(text, token, inside, last, found, disclosure)
        if kind and kind not in kinds:
            kinds.append(kind)
    said = found["said"] or ""
    if said.endswith("收取") and "fees.collected" not in kinds:
        return ("fees.collected",) if any(t.bit == words["FEE"] for t in inside) else ()
    return tuple(kinds)


def _kind(
    text: str, token: Token, inside: Sequence[Token], last: int, found: re.Match[str], disclosure: bool
) -> str | None:
    words = lexicon().bits
    if token.bit in (words["APP"], words["ONREQ"]):
        return _application(text, token, inside, last, disclosure)
    for name, made in _MADE.items():
        if token.bit == words[name]:
            return made if _MAKING.search(found.group()) else None
    kind = _heads().get(token.bit)
    if kind is None:
        return None
    if found["none"] and kind in ("consultations.total", "letters.received", "responses.total"):
        return None
    behind = _JOIN.split(text[token.end : last], maxsplit=1)[0]
    if token.bit in (words["FEE"], words["CONSULT"], words["MAILBOX"], words["RESPOND"]) and "投诉" in behind:
        return None
    if found["none"] and len(behind) > 12 and kind != "fees.collected":
        return None
    return kind


def _application(text: str, token: Token, inside: Sequence[Token], last: int, disclosure: bool) -> str | None:
    """An application counts where it is what is denied, not where it is what led to something else."""
    behind = _JOIN.split(text[token.end : last], maxsplit=1)[0]
    if any(t.start >= token.end and t.end <= token.end + len(behind) for t in inside if t.bit in _heads()):
        return None
    words = lexicon().bits
    if any(t.bit in (words["APP"], words["ONREQ"]) and token.end <= t.start < token.end + len(behind) for t in inside):
        return None
    if not _AFTER_APP.match(behind) and not behind.startswith(("公开", "的申请", "政府信息")):
        return None
    if not disclosure and text[token.start : token.end] == "申请":
        return None
    joined = [m.end() for m in _JOIN.finditer(text, 0, token.start)]
    begin = joined[-1] if joined else 0
    channels = {
        kind
        for t in inside
        for name, kind in _CHANNELS.items()
        if t.bit == words[name] and begin <= t.start < token.start
    }
    return f"applications.{channels.pop()}" if len(channels) == 1 else "applications.received"
