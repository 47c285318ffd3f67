"""The confidentiality review before disclosure: its principles, questions, outcomes and the articles that withhold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Outcome(StrEnum):
    """What a review decides."""

    OPEN = "open"
    OPEN_REDACTED = "open_redacted"
    ON_REQUEST = "on_request"
    WITHHOLD = "withhold"
    REFER = "refer"
    CONSULT = "consult"
    DECLASSIFY_FIRST = "declassify_first"
    RETURN = "return"

    @property
    def label(self) -> str:
        """The official wording."""
        return OUTCOMES[self].label

    @property
    def label_en(self) -> str:
        """The wording in English."""
        return OUTCOMES[self].label_en

    @property
    def may_publish(self) -> bool:
        """Whether the item, or what is left of it, goes on towards publication."""
        return self in (Outcome.OPEN, Outcome.OPEN_REDACTED)

    @property
    def needs_article(self) -> bool:
        """Whether the record must name the article that withholds."""
        return self in (Outcome.OPEN_REDACTED, Outcome.WITHHOLD)


@dataclass(frozen=True, slots=True)
class Said:
    """An outcome in words, and what follows from it."""

    label: str
    label_en: str
    next: str
    next_en: str


OUTCOMES: dict[Outcome, Said] = {
    Outcome.OPEN: Said(
        "主动公开",
        "Disclose proactively",
        "自形成或者变更之日起20个工作日内公开",
        "publish within 20 working days of its making or change",
    ),
    Outcome.OPEN_REDACTED: Said(
        "删减、隐去后公开",
        "Disclose after redaction",
        "另存公开版本，列明删减内容",
        "keep the open version apart, with a list of what was removed",
    ),
    Outcome.ON_REQUEST: Said("依申请公开", "Disclose on request", "不主动发布", "not published proactively"),
    Outcome.WITHHOLD: Said(
        "不予公开", "Withhold", "注明条款，定期评估审查", "name the article; review again at regular times"
    ),
    Outcome.REFER: Said(
        "报有关主管部门或者保密行政管理部门确定",
        "Refer to the competent department or the secrecy authority",
        "等待答复，不得发布",
        "wait for its answer; do not publish",
    ),
    Outcome.CONSULT: Said("征求意见", "Consult", "等待答复，不得发布", "wait for the answer; do not publish"),
    Outcome.DECLASSIFY_FIRST: Said(
        "先解密再公开", "Declassify first", "由原定密机关、单位决定", "the body that classified it decides"
    ),
    Outcome.RETURN: Said("退回补充", "Return for more", "退回起草人", "back to the drafter"),
}


class Withheld(StrEnum):
    """The grounds of the regulation for not disclosing."""

    STATE_SECRET = "art14_state_secret"
    FORBIDDEN_BY_LAW = "art14_forbidden"
    SECURITY = "art14_security"
    THIRD_PARTY = "art15_third_party"
    INTERNAL = "art16_1_internal"
    PROCESS = "art16_2_process"
    CASE_FILE = "art16_2_case_file"

    @property
    def label(self) -> str:
        """The ground in the words of the statistics table."""
        return GROUNDS[self].label

    @property
    def label_en(self) -> str:
        """The ground in English."""
        return GROUNDS[self].label_en

    @property
    def article(self) -> str:
        """The article of the regulation."""
        return GROUNDS[self].article

    @property
    def mandatory(self) -> bool:
        """Whether the information must be withheld; otherwise the agency may withhold it."""
        return GROUNDS[self].mandatory


@dataclass(frozen=True, slots=True)
class Ground:
    """A ground for withholding in words, with its article; a `mandatory` one leaves no choice."""

    label: str
    label_en: str
    article: str
    mandatory: bool


GROUNDS: dict[Withheld, Ground] = {
    Withheld.STATE_SECRET: Ground("属于国家秘密", "State secret", "第十四条", True),
    Withheld.FORBIDDEN_BY_LAW: Ground(
        "其他法律、行政法规禁止公开", "Disclosure forbidden by law or administrative regulation", "第十四条", True
    ),
    Withheld.SECURITY: Ground(
        "危及“三安全一稳定”",
        "Endangers national, public or economic security or social stability",
        "第十四条",
        True,
    ),
    Withheld.THIRD_PARTY: Ground(
        "保护第三方合法权益", "Protects the rights of a third party (trade secret, privacy)", "第十五条", True
    ),
    Withheld.INTERNAL: Ground("属于三类内部事务信息", "Internal affairs", "第十六条第一款", False),
    Withheld.PROCESS: Ground("属于四类过程性信息", "Process information", "第十六条第二款", False),
    Withheld.CASE_FILE: Ground("属于行政执法案卷", "Law-enforcement case file", "第十六条第二款", False),
}


@dataclass(frozen=True, slots=True)
class Principle:
    """A principle of the review."""

    id: str
    label: str
    label_en: str
    basis: str
    verify: bool = False


PRINCIPLES: tuple[Principle, ...] = (
    Principle("review_first", "先审查、后公开", "Review first, disclose after", "保守国家秘密法实施条例第四十二条"),
    Principle("item_by_item", "一事一审、逐项审查", "Item by item", "保守国家秘密法实施条例第四十二条", True),
    Principle(
        "who_discloses",
        "谁公开、谁审查、谁负责",
        "Who discloses reviews and answers for it",
        "政府信息公开条例第十七条",
        True,
    ),
    Principle(
        "two_persons", "起草与审查分离，不得默许通过", "The drafter never reviews; silence is no approval", "", True
    ),
    Principle(
        "beyond_secrecy",
        "不涉密不等于可公开",
        "Not secret does not mean open",
        "政府信息公开条例第十四条、第十五条、第十六条",
    ),
)


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the check list; answered with yes, it points to the grounds for withholding."""

    id: str
    label: str
    label_en: str
    article: str
    grounds: tuple[Withheld, ...]


CHECKLIST: tuple[Question, ...] = (
    Question(
        "state_secret",
        "是否涉及国家秘密",
        "Does it touch State secrets?",
        "条例第十四条；保守国家秘密法第三十五条",
        (Withheld.STATE_SECRET,),
    ),
    Question(
        "work_secret",
        "是否涉及工作秘密",
        "Does it touch work secrets?",
        "保守国家秘密法第六十四条",
        (Withheld.FORBIDDEN_BY_LAW, Withheld.INTERNAL),
    ),
    Question(
        "trade_secret", "是否涉及商业秘密", "Does it touch trade secrets?", "条例第十五条", (Withheld.THIRD_PARTY,)
    ),
    Question(
        "privacy",
        "是否涉及个人隐私、个人信息",
        "Does it touch privacy or personal information?",
        "条例第十五条；个人信息保护法第二十八条、第三十四条",
        (Withheld.THIRD_PARTY,),
    ),
    Question(
        "security",
        "公开后是否可能危及国家安全、公共安全、经济安全、社会稳定",
        "May disclosure endanger national, public or economic security or social stability?",
        "条例第十四条",
        (Withheld.SECURITY,),
    ),
    Question(
        "internal",
        "是否属于人事管理、后勤管理、内部工作流程等内部事务信息",
        "Is it about internal affairs: personnel, logistics, internal workflow?",
        "条例第十六条第一款",
        (Withheld.INTERNAL,),
    ),
    Question(
        "process",
        "是否属于讨论记录、过程稿、磋商信函、请示报告等过程性信息",
        "Is it process information: discussion records, drafts, consultation letters, requests and reports?",
        "条例第十六条第二款",
        (Withheld.PROCESS,),
    ),
    Question(
        "case_file",
        "是否属于行政执法案卷信息",
        "Is it from a law-enforcement case file?",
        "条例第十六条第二款",
        (Withheld.CASE_FILE,),
    ),
    Question(
        "other_law",
        "其他法律、行政法规是否禁止公开",
        "Does another law or administrative regulation forbid disclosure?",
        "条例第十四条",
        (Withheld.FORBIDDEN_BY_LAW,),
    ),
)


class Classification(StrEnum):
    """The classes of State secrets."""

    TOP_SECRET = "top_secret"
    SECRET = "secret"
    CONFIDENTIAL = "confidential"

    @property
    def label(self) -> str:
        """The official word."""
        return _CLASSES[self][0]

    @property
    def label_en(self) -> str:
        """The word in English."""
        return _CLASSES[self][1]

    @property
    def longest_years(self) -> int:
        """The longest period in years unless otherwise provided (Law on Guarding State Secrets, article 20)."""
        return _CLASSES[self][2]


_CLASSES = {
    Classification.TOP_SECRET: ("绝密", "Top secret", 30),
    Classification.SECRET: ("机密", "Secret", 20),
    Classification.CONFIDENTIAL: ("秘密", "Confidential", 10),
}


def declassified_on(classification: Classification, classified: date, years: int | None = None) -> date:
    """The day on which a classified matter is declassified by itself.

    Without a period of its own the longest period of its class counts; a longer period is refused (ValueError).
    """
    if years is None:
        years = classification.longest_years
    if not 0 < years <= classification.longest_years:
        raise ValueError(f"{classification.label} matters are classified for 1 to {classification.longest_years} years")
    try:
        return classified.replace(year=classified.year + years)
    except ValueError:  # the 29th of February
        return classified.replace(year=classified.year + years, month=3, day=1)
