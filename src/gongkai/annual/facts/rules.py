"""The rules that say which kind of figure a noun counts, given its unit and the words around it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from gongkai.annual.facts.lexicon import lexicon

_UNITS: Mapping[str, frozenset[str | None]] = {
    name: frozenset(None if u == "-" else u for u in units.split())
    for name, units in {
        "item": "条 件 份 篇 则 项 个 宗 起 例 封 批 件次 条次 部 幅 次 人次 -",
        "published": "条 件 份 篇 则 项 期 批 幅 部 条次 件次 篇次 版 集 次 -",
        "text": "条 件 份 篇 则 项 期 幅 部 集 次 个 条次 篇次 -",
        "case": "件 起 宗 例 次 个 条 项 -",
        "times": "次 场 期 个 场次 批 轮 班次 堂 课 期次 批次",
        "people": "人 名 位 人次 -",
        "calls": "次 人次 件 人 个 条 起 批 件次 批次 条次 通 -",
        "served": "次 人次 人 批 批次 -",
        "visits": "次 人次 人 点击 -",
        "money": "元 万元 亿元",
        "places": "个 处 家 -",
        "accounts": "个 家",
        "column": "个 项",
        "copies": "份 册 本",
        "issues": "期",
        "class": "个 类 大类 小类 项",
        "entry": "条 项 条目",
        "rate": "%",
        "doc": "件 份 部 个 项 -",
        "sent": "条 件 份 册 本 篇 -",
        "ask": "次 项 期 件 个 场 条",
        "session": "次 期 场",
        "rounds": "次 轮 轮次",
    }.items()
}


@dataclass(frozen=True, slots=True)
class Rule:
    """A noun counts this kind where the unit fits and the concepts around it are (not) there."""

    kinds: tuple[str, ...]
    """The kinds that the one figure counts; mostly one."""
    units: frozenset[str | None]
    need: int = 0
    """All of these concepts."""
    some: int = 0
    """At least one of these, if any are named."""
    avoid: int = 0
    family: frozenset[str] = frozenset()
    """The families that the sentence must be speaking of, any if empty."""
    after: bool = False
    """Only where the noun stands behind the figure."""

    def fits(self, unit: str | None, mask: int, family: str | None, behind: bool) -> bool:
        """Whether the figure with this unit, among these concepts, in this family, is of the rule's kind."""
        return (
            unit in self.units
            and mask & self.need == self.need
            and (not self.some or bool(mask & self.some))
            and not mask & self.avoid
            and (not self.family or family in self.family)
            and (behind or not self.after)
        )


# concept | kinds | units | need | some of | none of | families ; a trailing ! means: only behind the figure
_TABLE = """
CARRYIN   | applications.carried_in | item
CARRYOUT  | applications.carried_out | item
APP       | applications.carried_in | item | CARRYIN
APP       | applications.carried_out | item | CARRYOUT
APP       | applications.in_person | item | VISIT | | LETTER ONLINE SITE FAX EMAIL ANSWER CLOSE CONSULT
APP       | applications.letter | item | LETTER | | VISIT ONLINE SITE FAX EMAIL ANSWER CLOSE CONSULT
APP       | applications.online | item | | ONLINE SITE | VISIT LETTER FAX EMAIL ANSWER CLOSE CONSULT
APP       | applications.fax | item | FAX | | VISIT LETTER ONLINE SITE EMAIL ANSWER CLOSE
APP       | applications.email | item | EMAIL | | VISIT LETTER ONLINE SITE FAX ANSWER CLOSE
APP       | applications.other_channel | item | OTHERWAY | | ANSWER CLOSE OTHERPROC
APP       | applications.natural_person | item | PERSON | | LEGAL ANSWER CLOSE
APP       | applications.legal_person | item | LEGAL | | PERSON ANSWER CLOSE
APP       | applications.received applications.closed | item | RECEIVE CLOSE | | ONREQ CONSULT MAILBOX HOTLINE
APP       | applications.received applications.answered | item | RECEIVE ANSWER | | CONSULT MAILBOX HOTLINE
APP       | applications.closed_on_time | item | ONTIME
APP       | applications.closed_extended | item | EXTEND
APP       | applications.closed | item | CLOSE | | RECEIVE
APP       | applications.answered | item | ANSWER | | RECEIVE
APP       | applications.withdrawn | item | WITHDRAW
APP       | applications.received | item | | | REVIEW SUIT CONSULT FEE
ONREQ     | applications.received | item | RECEIVE
ONREQ     | applications.closed | item | CLOSE
ONREQ     | applications.answered | item | ANSWER
ONREQ     | applications.received | item | | | PUBLISH CATALOGUE INFO DPUB
RECEIVE   | applications.received | item | | | MAILBOX HOTLINE CONSULT COMMENT COMPLAINT REVIEW SUIT NPC | applications
ONTIME    | applications.closed_on_time | item | | | MAILBOX HOTLINE | applications
EXTEND    | applications.closed_extended | item | | | MAILBOX HOTLINE | applications
CLOSE     | applications.received applications.closed | item | RECEIVE APP
CLOSE     | applications.closed | item | | | CARRYOUT MAILBOX HOTLINE NPC CPPCC LICENSE REVIEW SUIT | applications
ANSWER    | applications.answered | item | | | MAILBOX HOTLINE PROPOSAL NPC CPPCC REVIEW SUIT RESPOND | applications
ANSWER    | letters.answered | item | | | | letters
CLOSE     | letters.answered | item | | | | letters
RATE      | applications.answer_rate | rate | | | | applications
RATE      | letters.answer_rate | rate | | | | letters
RATE      | hotline.answer_rate | rate | | | | hotline
RATE      | proposals.answer_rate | rate | | | | proposals
GRANT     | applications.granted | item | | | | applications
PARTIAL   | applications.partial | item | | | | applications
DENY      | applications.denied | item | | | | applications
SECRET    | applications.denied_state_secret | item | | | | applications
TRADE     | applications.denied_trade_secret | item | | | | applications
PRIVACY   | applications.denied_privacy | item | | | | applications
SECURITY  | applications.denied_security_stability | item | | | | applications
LAWBAN    | applications.denied_law_prohibits | item | | | | applications
THIRD     | applications.denied_third_party | item | | | | applications
INTERNAL  | applications.denied_internal_affairs | item | | | | applications
PROCESS   | applications.denied_process_info | item | | | | applications
FILES     | applications.denied_enforcement_file | item | | | | applications
QUERY     | applications.denied_admin_query | item | | | | applications
UNAVAIL   | applications.unavailable | item | | | | applications
NOTHELD   | applications.not_held | item | | | | applications
NOTEXIST  | applications.not_exist | item | | | | applications
CREATION  | applications.needs_creation | item | | | | applications
UNCLEAR   | applications.unclear | item | | | | applications
NOTOURS   | applications.not_ours | item | | | | applications
NOTINFO   | applications.not_gov_info | item | | | | applications
ALREADY   | applications.already_public | item | | | | applications
CLARIFY   | applications.clarify | item | | | | applications
OTHERPROC | applications.other_way | item | | | | applications
NOTPROC   | applications.not_processed | item | | | | applications
PETITION  | applications.petition | item | | | | applications
DUP       | applications.duplicate | item | | | | applications
WITHDRAW  | applications.withdrawn | item | | | | applications
OTHEROUT  | applications.other_outcome | item | | | | applications
PERSON    | applications.natural_person | item | | | LEGAL | applications
LEGAL     | applications.legal_person | item | | | PERSON | applications
VISIT     | applications.in_person | item | | | CONSULT | applications
LETTER    | applications.letter | item | | | | applications
ONLINE    | applications.online | item | | | CONSULT | applications
SITE      | applications.online | item | | | PUBLISH | applications
FAX       | applications.fax | item | | | | applications
EMAIL     | applications.email | item | | | | applications
OTHERWAY  | applications.other_channel | item | | | | applications
REVIEW    | reconsideration.total | case | | | CORRECTED UPHELD
SUIT      | litigation.total | case | | | CORRECTED UPHELD
UPHELD    | reconsideration.upheld | case | | | | reconsideration
CORRECTED | reconsideration.corrected | case | | | | reconsideration
OTHERRESULT | reconsideration.other | case | | | | reconsideration
PENDING   | reconsideration.pending | case | | | | reconsideration
UPHELD    | litigation.upheld | case | | | | litigation
CORRECTED | litigation.corrected | case | | | | litigation
OTHERRESULT | litigation.other | case | | | | litigation
PENDING   | litigation.pending | case | | | | litigation
UPHELD    | complaints.upheld | case | | | | complaints
CORRECTED | complaints.corrected | case | | | | complaints
OTHERRESULT | complaints.other | case | | | | complaints
PENDING   | complaints.pending | case | | | | complaints
APPEAL    | appeals.total | case
COMPLAINT | complaints.total | case | | | REVIEW SUIT HOTLINE TICKET MAILBOX
LEAK      | leaks.total | case
FEE       | fees.notices | item | NOTICE
NOTICE    | fees.notices | item
NOTICE    | fees.noticed | money
FEE       | fees.waived | money | WAIVE
WAIVE     | fees.waived | money | FEE
ADMINFEE  | admin_fees.amount | money
FEE       | fees.collected | money | | | MONEYBUDGET PROC
CHARGE    | fees.collected | money | | | MONEYBUDGET PROC ADMINFEE
MONEYBUDGET | budget.total | money
PROC      | procurement.amount | money
PROC      | procurement.items | column | | | PUBLISH
LICENSE   | licensing.decisions | doc | | | PUBLISH INFO DPUB
PENALTY   | penalty.decisions | doc | | | PUBLISH INFO DPUB
COERCION  | coercion.decisions | doc | | | PUBLISH INFO DPUB
CONSULT   | consultations.reading_room | served | READROOM
CONSULT   | consultations.phone | calls | PHONE | | VISIT ONLINE SITE HOTLINE
CONSULT   | consultations.visit | calls | VISIT | | PHONE ONLINE SITE
CONSULT   | consultations.online | calls | | ONLINE SITE | PHONE VISIT MAILBOX
CONSULT   | consultations.total | calls | | | HOTLINE MAILBOX
READROOM  | consultations.reading_room | served
READROOM  | reading_rooms.total | places
PHONE     | consultations.phone | calls | | | HOTLINE | consultations
VISIT     | consultations.visit | calls | | | | consultations
ONLINE    | consultations.online | calls | | | | consultations
SITE      | consultations.online | calls | | | | consultations
LETTER    | consultations.other | calls | | | | consultations
EMAIL     | consultations.other | calls | | | | consultations
OTHERWAY  | consultations.other | calls | | | | consultations
MAILBOX   | letters.answered | item | | ANSWER CLOSE | RECEIVE
MAILBOX   | letters.received letters.answered | item | RECEIVE | ANSWER CLOSE
MAILBOX   | letters.received | item | | | PUBLISH
HOTLINE   | hotline.sessions | session | HOLD
HOTLINE   | hotline.sessions ! | session
HOTLINE   | hotline.calls | calls
TICKET    | hotline.calls | item | | | | hotline
INTERP    | interpretations.published | text
INTERFORM | interpretations.category | text | | | | interpretations
PRESS     | press_conferences.leader | times | LEADER
PRESS     | press_conferences.held | times
INTERVIEW | online_interviews.leader | times | LEADER
INTERVIEW | online_interviews.held | times
LEADER    | press_conferences.leader | times | | | | press_conferences
LEADER    | online_interviews.leader | times | | | | online_interviews
RESPOND   | responses.new_media | case | | WEIBO WECHAT NEWMEDIA
RESPOND   | responses.other | case | OTHERWAY
RESPOND   | responses.total | case
ANSWER    | responses.total | case | | | | responses
OPINION   | opinion_calls.held | ask | | | COMMENT
COMMENT   | opinion_calls.comments | item | | OPINION RECEIVE
COMMENT   | opinion_calls.comments | item | | | | opinion_calls
ADOPT     | opinion_calls.adopted | item | | | | opinion_calls
ADOPT     | briefings.adopted | item | | | | briefings
PROPOSAL  | proposals.total | item | | | PUBLISH
PROPOSAL  | published.proposals | item | PUBLISH
NPC       | proposals.npc | item | | | PUBLISH
NPC       | published.proposals | item | PUBLISH
CPPCC     | proposals.cppcc | item | | | PUBLISH
CPPCC     | published.proposals | item | PUBLISH
TRAINED   | trainings.trained | people
TRAIN     | trainings.trained | people
TRAIN     | trainings.held | times
MEETING   | meetings.held | times | | | PRESS
FULL      | staff.full | people
PART      | staff.part | people
STAFF     | staff.total | people | | | TRAIN TRAINED
SUPERV    | supervisors.total | people
GAZETTE   | gazette.issues | issues
GAZETTE   | gazette.copies | copies
ISSUE     | gazette.copies | copies | | | | gazette
PRINTRUN  | gazette.copies | copies | | | | gazette
GAZETTE   | published.gazette | published | PUBLISH
GAZETTE   | published.gazette | published | | | | published
PUBLISH   | gazette.issues | issues | | | | gazette
ISSUE     | gazette.issues | issues | | | | gazette
DOC       | gazette.documents | published | | | | gazette
CATALOGUE | catalogue.items | entry | | | PUBLISH
CLASS     | catalogue.categories | class
COLUMN    | columns.total | column | | | VETTING INSPECT COLLECT CATALOGUE
NEWMEDIA  | new_media.accounts | accounts | | | VETTING INSPECT
WEIBO     | new_media.accounts | accounts | | | VETTING INSPECT
WECHAT    | new_media.accounts | accounts | | | VETTING INSPECT
ACCOUNT   | new_media.accounts | accounts | | NEWMEDIA WEIBO WECHAT APPCLIENT | VETTING INSPECT
FOLLOWERS | new_media.followers | people
FOLLOWERS | new_media.followers | accounts
INTERACT  | new_media.interactions | calls
READS     | new_media.reads | visits | | NEWMEDIA WEIBO WECHAT APPCLIENT
READS     | website.visits | visits | | SITE SITES COLUMN
VISITS    | website.visits | visits
SITES     | sites.total | accounts
ROOM      | reading_rooms.total | places
UNIT      | units.total | accounts
INSPECT   | inspections.held | rounds
SATIS     | satisfaction.rate | rate
FULLTEXT  | published.fulltext_rate | rate
FULLTEXT  | published.fulltext | published
SERVICE   | published.service | published
RULE      | rules.repealed | doc | REPEAL
RULE      | rules.in_force | doc | INFORCE
RULE      | rules.issued | doc | ISSUE | | PUBLISH
RULE      | published.rules | doc | PUBLISH | | INTERP VETTING
NORMDOC   | normative_docs.repealed | item | REPEAL
NORMDOC   | normative_docs.in_force | item | INFORCE
NORMDOC   | normative_docs.issued published.normative_docs | item | ISSUE PUBLISH | | INTERP VETTING
NORMDOC   | normative_docs.issued | item | ISSUE | | INTERP VETTING
NORMDOC   | published.normative_docs | item | PUBLISH | | INTERP VETTING
NORMDOC   | published.normative_docs | item | | | INTERP VETTING | published
NORMDOC   | gazette.documents | item | | | INTERP VETTING | gazette
REPEAL    | normative_docs.repealed | item | | | | normative_docs
INFORCE   | normative_docs.in_force | item | | | | normative_docs
REPEAL    | rules.repealed | item | | | | rules
INFORCE   | rules.in_force | item | | | | rules
ARCHIVE   | archives.sent | sent | SUBMIT
PAPER     | archives.paper | sent | | | | archives
EFILE     | archives.electronic | sent | | | | archives
SITE      | published.website | published | PUBLISH
WEIBO     | published.weibo | published | PUBLISH
WECHAT    | published.wechat | published | PUBLISH
NEWMEDIA  | published.new_media | published | PUBLISH
ONLINE    | published.website | published | PUBLISH
OTHERWAY  | published.other_channel | published | PUBLISH
APPCLIENT | published.channel | published | PUBLISH
PRINT     | published.channel | published | PUBLISH
BROADCAST | published.channel | published | PUBLISH
BOARD     | published.channel | published | PUBLISH
SITE      | published.website | published | | | | published
WEIBO     | published.weibo | published | | | | published
WECHAT    | published.wechat | published | | | | published
NEWMEDIA  | published.new_media | published | | | | published
OTHERWAY  | published.other_channel | published | | | | published
APPCLIENT | published.channel | published | | | | published
PRINT     | published.channel | published | | | | published
BROADCAST | published.channel | published | | | | published
BOARD     | published.channel | published | | | | published
"""

CHANNELS = "SITE SITES WEIBO WECHAT NEWMEDIA ONLINE OTHERWAY APPCLIENT PRINT BROADCAST BOARD GAZETTE PRESS"
"""Concepts that are channels of publishing."""

_FAMILIES = """
APP applications | ONREQ applications | REVIEW reconsideration | SUIT litigation | COMPLAINT complaints
CONSULT consultations | READROOM consultations | MAILBOX letters | HOTLINE hotline | INTERP interpretations
PRESS press_conferences | INTERVIEW online_interviews | RESPOND responses | OPINION opinion_calls | PROPOSAL proposals
NPC proposals | CPPCC proposals | TRAIN trainings | GAZETTE gazette | NORMDOC normative_docs | RULE rules
ARCHIVE archives
"""


@cache
def rules() -> Mapping[int, tuple[Rule, ...]]:
    """The rules by the bit of their noun's concept, in the order in which they are tried."""
    words = lexicon()
    found: dict[int, list[Rule]] = {}
    for line in _TABLE.strip().splitlines():
        concept, kinds, units, need, some, avoid, family = ([c.strip() for c in line.split("|")] + [""] * 7)[:7]
        rule = Rule(
            kinds=tuple(kinds.removesuffix("!").split()),
            units=_UNITS[units],
            need=words.mask(need),
            some=words.mask(some),
            avoid=words.mask(avoid),
            family=frozenset(family.split()),
            after=kinds.endswith("!"),
        )
        found.setdefault(words.bits[concept], []).append(rule)
    return {bit: tuple(those) for bit, those in found.items()}


@cache
def families() -> Mapping[int, str]:
    """The family of kinds that a noun turns the sentence to, by the bit of its concept."""
    pairs = (pair.split() for line in _FAMILIES.strip().splitlines() for pair in line.split("|"))
    return {lexicon().bits[concept]: family for concept, family in pairs}


def unit_fits(group: str, unit: str | None) -> bool:
    """Whether a unit is one of a group of units."""
    return unit in _UNITS[group]
