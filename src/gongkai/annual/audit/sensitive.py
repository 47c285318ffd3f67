"""What must not be published: personal data, marks of secrecy."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.annual.audit.model import Case, Rule
from gongkai.annual.model import Finding, Severity
from gongkai.text.personal import PersonalData, PersonalKind, find_personal_data

_NAMES = {
    PersonalKind.IDENTITY: ("公民身份号码", "an identity number", Severity.ERROR),
    PersonalKind.BANK_CARD: ("银行卡号", "a bank card number", Severity.ERROR),
    PersonalKind.HOME_ADDRESS: ("个人住址", "a home address", Severity.ERROR),
    PersonalKind.MOBILE: ("手机号码", "a mobile number", Severity.WARNING),
}
_MAYBE = re.compile(r"[0-9０-９][0-9０-９ \-]{9}|[0-9０-９](?:室|户|号房)")
"""Without this there is no personal datum; the full search is slower."""
_SECRET = re.compile(
    r"(?:绝\s*密|机\s*密|秘\s*密)\s*[★☆]|密级[:：]\s*(?:绝密|机密|秘密)|[（(]此件(?:不予?公开|依申请公开)[)）]"
)


class Sensitive(Rule):
    id = "S-SENSITIVE"
    severity = Severity.ERROR
    basis = "政府信息公开条例（2019）第十四条、第十五条、第十七条；个人信息保护法"
    title = "疑似含有个人信息或密级标志"
    title_en = "Personal data or a mark of secrecy"
    message = "文中疑似有{kind}：{shown}。公布前请删除或隐去；确可公开的请保留审查记录。"
    message_en = "The text seems to hold {kind}: {shown}. Remove or mask it before publishing."
    about = (
        "校验码正确的公民身份号码和银行卡号、手机号码（提醒）、与人名同现的门牌住址，以及密级标志和“此件不公开”等标注。"
        "机关自己的办公电话、地址、邮箱不算；“国家秘密”“商业秘密”“保密审查”等正常用语不算。"
    )
    about_en = (
        "Numbers with a right check digit, mobiles, dwellings beside a name, marks of secrecy; not office contacts."
    )
    wrong = "申请人身份证号写全十八位"
    right = "申请人身份证号不写，或只留前后几位"
    todo = "删除或隐去后再公布。"

    def check(self, case: Case) -> Iterator[Finding]:
        """One finding for each kind."""
        text = case.prose.text
        hits: dict[PersonalKind, list[PersonalData]] = {}
        for hit in find_personal_data(text) if _MAYBE.search(text) else ():
            hits.setdefault(hit.kind, []).append(hit)
        for kind, found in hits.items():
            name, name_en, severity = _NAMES[kind]
            yield self.found(
                where=[case.prose.where(h.start, h.end) for h in found],
                severity=severity,
                kind=name,
                kind_en=name_en,
                shown="、".join(dict.fromkeys(h.masked for h in found[:3])),
            )
        for mark in _SECRET.finditer(text) if "密" in text or "此件" in text else ():
            yield self.found(
                where=[case.prose.where(mark.start(), mark.end())],
                kind="密级或不公开标志",
                kind_en="a mark of secrecy",
                shown=f"“{mark[0]}”",
            )


RULES: tuple[Rule, ...] = (Sensitive(),)
