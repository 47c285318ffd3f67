"""Names left over from a copied text: another place's agency, another body's guide, another kind of “we”."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from gongkai.annual.audit.dates import kind_of
from gongkai.annual.audit.model import AgencyKind, Case, Rule
from gongkai.annual.audit.places import codes, places_in, related
from gongkai.annual.model import Finding, Severity

_PLACE = r"[\u4e00-\u9fa5]{1,7}?(?:[省市县区旗盟镇乡]|州(?![市县区]))"
_ORG = (
    r"(?:[\u4e00-\u9fa5]{0,12}?(?:局|委员会|委|厅|办公室|残联|联合会|管委会|研究所|大学|学院)"
    r"|(?:人民)?政府(?:办公[室厅])?)"
)
_TAIL = (
    r"(?:政务网|门户网|官方网|官网|网站|网页|公众信息网|政府信息公开|政务公开|信息公开|政务信息|机关|领导小组"
    r"|微信|微博)"
)

_OWN_WORK = re.compile(
    rf"(?:完善|健全|升级|改版|维护|更新|编制|修订|制定|成立|开通|(?P<on>对))(?:完成|完善)?(?:了|好)?[“《]?"
    rf"(?P<name>(?P<place>{_PLACE})(?P<org>{_ORG}))(?={_TAIL})(?(on)(?=[^，。；\n]{{0,16}}(?:改版|升级|改造|完善|更新|维护)))"
)
"""We do something to the site, the guide, the group of the body named: only one's own can be meant."""
_OTHERS_WORK = re.compile(r"指导|督促|督导|组织|协助|帮助|配合|推动|会同|联合|支持|要求|检查|监督|考核|参与")
_EXCHANGE = re.compile(
    r"赴|前往|学习|考察|交流|调研|借鉴|来访|来[我本]|接待|对口|帮扶|援|移送|转[送交办发来]|协[助查调]|联合|会同|[与和同跟]$|兄弟"
    r"|被告|原告|起诉|上诉|复议|诉|函|咨询|评为|授予|印发|下发|通知|要求|部署|参加|邀请|共同|合作|经验|申请人|[、及]$"
)
_GENERAL = re.compile(
    r"^(?:[全我本各该省县区市辖]|所在|相关|有关|兄弟|其他|上级|所属|直属|先进|试点|贫困|部分|个别)"
    r"|(?:开发|高新|经开|示范|试验|合作|度假|保税|自贸|功能|管理|工业|新)区$"
)
_MOST = 300
"""So many mentions are looked at; a report with more is no report."""
_KEPT = ("维护", "更新", "升级", "改版", "开通")
_GENERIC = frozenset(
    {"人民政府", "政府", "人民政府办公室", "政府办公室", "人民政府办公厅", "办公室", "管理委员会", "管委会"}
)
"""Names that governments everywhere share and that a report may mention in passing."""

_MINISTRY = (
    "外交部|国防部|教育部|科学?技术?部|科技部|工业和信息化部|工信部|公安部|国家安全部|民政部|司法部|财政部|人力资源和?社会保障部"
    "|人社部|自然资源部|国土资源部|生态环境部|环境保护部|住房和?城乡建设部|住建部|交通运输部|水利部|农业农村部|农业部|商务部"
    "|文化和旅游部|文化部|退役军人事务部|应急管理部|海关总署|国家税务总局|国家统计局|审计署"
)
_MINISTRY_WORK = re.compile(
    rf"(?:健全|完善|建立|加强|规范|推进)(?:了)?(?P<name>{_MINISTRY})(?=机关|政府信息|政务公开|信息公开)"
)
_GUIDE = re.compile(
    r"(?:编制|修订|更新|编印|制作|完善)(?:完成|发布|完善)?(?:了)?《(?!(?:政府|政务)?信息公开)(?P<name>[^《》\n]{2,24}?)(?:政府|政务)?信息公开(?:工作)?(?:指南|目录)》"
)
_WE = re.compile(r"(?<!自)我(镇|乡|街道|校|厅|局)(?![限准对验正])")
_WE_ALLOWED = (
    (re.compile(r"局$"), frozenset({"局"})),
    (re.compile(r"(?:镇|镇人民政府|镇政府)$"), frozenset({"镇"})),
    (re.compile(r"(?:乡|乡人民政府|乡政府)$"), frozenset({"乡"})),
    (re.compile(r"(?:大学|中学|小学|专科学校|职业学院)$"), frozenset({"校"})),
    (re.compile(r"厅(?<!办公厅)$"), frozenset({"厅"})),
)
"""What a body may call itself, for the kinds of body whose name leaves no doubt."""


@dataclass(frozen=True)
class Own:
    """The reporting agency's name taken apart."""

    agency: str

    @cached_property
    def places(self) -> tuple[str, ...]:
        """The places in its name: the longest first part that the gazetteer knows, else what looks like one."""
        known = tuple(self.agency[a:b] for a, b in places_in(self.agency))
        if known:
            return known
        found = re.match(_PLACE, self.agency)
        return (found[0],) if found else ()

    @cached_property
    def function(self) -> str:
        """Its name without the place: 教育局, 人民政府办公室."""
        if not self.places:
            return self.agency
        return self.agency[self.agency.rfind(self.places[-1]) + len(self.places[-1]) :]

    def is_own(self, place: str) -> bool:
        """Whether a place is the agency's own, lies in it or above it, as far as can be known."""
        if any(place == p or place in self.agency or p.endswith(place) or place.endswith(p) for p in self.places):
            return True
        return place in codes() and any(p in codes() and related(place, p) for p in self.places)

    def alike(self, name: str) -> bool:
        """Whether a name may be the agency's, shortened: 体育局 and 教育体育局, 教体局 and 教育体育局."""
        short, long = sorted((name, self.agency), key=len)
        letters = iter(long)
        if all(c in letters for c in short):
            return True
        letters = iter(self.agency)
        tail = name
        for place in self.places:
            tail = tail.replace(place, "")
        return bool(tail) and all(c in letters for c in tail)


class OtherAgency(Rule):
    id = "S-AGENCY"
    severity = Severity.ERROR
    basis = "年度报告应为本机关情况；国办公开办函〔2021〕30号指出的照抄照搬问题"
    title = "疑似留有别的机关或地方的名称"
    title_en = "The name of another agency or place seems to be left in"
    message = "文中“{stated}”{problem}，与本报告机关（{agency}）不符，疑似沿用他处文稿。请核对。"
    message_en = "“{stated}” {problem}; the report is by {agency}. It may be left from another text. Please check."
    about = (
        "四种情形：把别的机关的网站、指南、机制当作自己的来写；出现别的地方的同类机关而不是学习、转办、诉讼等往来；"
        "编制了别的机关的公开指南或目录；自称与机关不符（如局的报告写“我镇”）。上级、下级、同市的机关，书名号内的文件名，"
        "国务院部门的文件等正常提及不作判断。"
    )
    about_en = (
        "Work done on another body's site or guide as if on one's own, a same-named body of an unrelated place outside "
        "any exchange, another body's guide, or a “we” of another kind. Superiors, subordinates and titles are left."
    )
    wrong = "云州市教育局的报告写“及时对松岭市教育局政务网进行改版升级”"
    right = "及时对云州市教育局政务网进行改版升级"
    todo = "改为本机关名称，并检查前后文是否也是沿用的。"

    def check(self, case: Case) -> Iterator[Finding]:
        """One finding for each name."""
        if not case.report.agency:
            return
        own, seen = Own(case.report.agency), set[str]()
        for finding, name in (
            *self._own_work(case, own),
            *self._same_function(case, own),
            *self._ministries(case, own),
            *self._guides(case, own),
            *self._we(case, own),
        ):
            if name not in seen:
                seen.add(name)
                yield finding

    def _own_work(self, case: Case, own: Own) -> Iterator[tuple[Finding, str]]:
        for found in islice(case.prose.of(_OWN_WORK), _MOST):
            before = case.prose.text[max(found.start() - 12, 0) : found.start()]
            place, name = _trimmed(found["place"]), found["name"]
            if _OTHERS_WORK.search(re.split(r"[，。；\n]", before)[-1]) or _GENERAL.match(place):
                continue
            if place in case.context.places or name in case.context.places or own.is_own(place) or own.alike(name):
                continue
            if place not in codes() and (len(place) < 3 or found["org"].startswith(("人民政府", "政府"))):
                continue  # a government whose place is not known may be the superior whose site is used
            if place not in codes() and found["org"] != own.function and not found["on"] and found[0][:2] not in _KEPT:
                continue  # nor is another kind of body certainly foreign, unless we keep its site
            span = found.start(), _clause_end(case.prose.text, found.end())
            yield self._finding(case, span, own, "把别的机关当作本机关", "treats another body as one's own"), name

    def _same_function(self, case: Case, own: Own) -> Iterator[tuple[Finding, str]]:
        """The same kind of body of an unrelated place, outside any exchange between the two."""
        if len(own.function) < 3 or own.function in _GENERIC or not any(p in codes() for p in own.places):
            return
        text, function = case.prose.text, own.function
        for at in islice(_occurrences(text, function), _MOST):
            for start, end in places_in(text[max(at - 15, 0) : at]):
                base = max(at - 15, 0)
                place = text[base + start : base + end]
                if base + end == at and not own.is_own(place) and place not in case.context.places:
                    clause = re.split(r"[，。；\n]", text[max(at - 40, 0) : base + start])[-1]
                    after = re.split(r"[，。；\n]", text[at : at + 30])[0]
                    quoted = clause.count("《") > clause.count("》")
                    if not (quoted or _EXCHANGE.search(clause) or _EXCHANGE.search(after[len(function) :])):
                        span = base + start, at + len(function)
                        words = "是别的地方的机关", "is a body of another place"
                        yield self._finding(case, span, own, *words), place + function

    def _ministries(self, case: Case, own: Own) -> Iterator[tuple[Finding, str]]:
        for found in case.prose.of(_MINISTRY_WORK):
            if found["name"] not in own.agency:
                span = found.start(), _clause_end(case.prose.text, found.end())
                finding = self._finding(case, span, own, "把国务院部门当作本机关", "treats a ministry as one's own")
                yield finding, found["name"]

    def _guides(self, case: Case, own: Own) -> Iterator[tuple[Finding, str]]:
        kind = case.context.agency_kind or kind_of(own.agency)
        if kind is AgencyKind.GOVERNMENT or "办公" in own.agency:
            return  # they compile guides for others
        for found in case.prose.of(_GUIDE):
            name = found["name"]
            before = case.prose.text[max(found.start() - 12, 0) : found.start()]
            if _OTHERS_WORK.search(before) or not re.search(rf"(?:{_ORG})$", name) or own.alike(name):
                continue
            if re.match(r"[我本]|.{0,6}系统", name) or name.endswith("政府") or name in case.context.places:
                continue
            span = found.start(), found.end()
            yield self._finding(case, span, own, "是别的机关的指南或目录", "is another body's guide or catalogue"), name

    def _we(self, case: Case, own: Own) -> Iterator[tuple[Finding, str]]:
        allowed = next((words for pattern, words in _WE_ALLOWED if pattern.search(own.agency)), None)
        if allowed is None:
            return
        for found in case.prose.of(_WE):
            if found[1] not in allowed:
                finding = self._finding(
                    case, found.span(), own, "的自称", "is what another kind of body calls itself", Severity.WARNING
                )
                yield finding, found[0]

    def _finding(
        self,
        case: Case,
        span: tuple[int, int],
        own: Own,
        problem: str,
        problem_en: str,
        severity: Severity | None = None,
    ) -> Finding:
        return self.found(
            where=[case.prose.where(*span)],
            severity=severity,
            stated=case.prose.text[slice(*span)].split("\n")[0],
            problem=problem,
            problem_en=problem_en,
            agency=own.agency,
        )


def _clause_end(text: str, at: int) -> int:
    """Where the words after a name end: at the next mark of punctuation, or a little further on."""
    found = re.compile(r"[，,。；;：:、》\n]").search(text, at, at + 20)
    return found.start() if found is not None else min(at + 12, len(text))


def _occurrences(text: str, words: str) -> Iterator[int]:
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


def _trimmed(place: str) -> str:
    """A place without words that only lead to it: 及时对江北市 is caught as 江北市 where the gazetteer knows it."""
    for start, end in places_in(place):
        if end == len(place):
            return place[start:end]
    return place


RULES: tuple[Rule, ...] = (OtherAgency(),)
