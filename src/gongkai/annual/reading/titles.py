"""Recognises the title of an annual report, on one line or broken over several."""

from __future__ import annotations

import re
from dataclasses import dataclass

from gongkai.annual.reading import years
from gongkai.annual.reading.names import is_agency, same_agency
from gongkai.text.labels import strip_numbering

_BLANK = re.compile(r"\s+")
_SUBJECT = (
    r"(?:政府信息[与和及]政务公开|(?:党务、?政务|政府|政务|校务|院务|厂务|村务|环境|企业|学校|高校|学院|党务)?信息(?:主动)?公开"
    r"|(?:党务、?)?政务公开|校务公开|院务公开)"
)
_KIND = r"(?:年度报告|工作报告|公开报告|情况报告|年报|报告|总结|汇报|统计报?表|统计附表|情况表)"
_TAIL = re.compile(
    rf"{_SUBJECT}(?P<mid>[^，。；！？《》“”]{{0,26}}?)(?P<kind>{_KIND})"
    r"(?P<note>[（(【〔][^（）()]{1,14}[）)】〕])?[。.]?$"
)
_MID = re.compile(
    r"(?:(?:19|20)\d\d|[-—－至]|学年度?|年度|年终|上半年|半年|年|工作|主要|指标|数据|情况|开展|推进|落实|执行|实施|自查|的"
    r"|及|和|与|公开|报告|总结|汇报|说明|目标|考核|[（(][^（）()]{1,12}[）)]|统计|度)*+"
)
_ANNEX = re.compile(r"附[件表]?\d{0,2}[：:]")
_YEAR_BITS = re.compile(
    r"(?:(?:19|20)\d\d|[一二][〇○零０OＯ一二三四五六七八九]{3})(?:(?:[-—–~～－至/]|——)(?:(?:19|20)?\d\d))?(?:学年度?|年度|年)?"
)
_LEAD = re.compile(
    r"^(?:[-—－]*\d{1,3}[-—－]+|附[件表]?\d{0,2}[：:]|附[件表]\d{0,2}(?=\S{6})|标题[：:]|题目[：:]|名称[：:]|【[^】]{0,12}】|[《“\"「])+"
)
_SPARE = re.compile(
    r"^(?:关于|公布|发布|印发|上半年|年终|年度|度|的|开展|推进|做好|报送|上报|编报|编制|：|:|·|-|—)*|(?:关于|公布|发布|印发|报送|上报|编报|编制|开展|推进|上半年|年终|年度|度|的|：|:|·|-|—)*$"
)
_NO_NAME = re.compile(
    r"^(?:[我本](?:[局委厅办区县市镇乡校院部所站会]|单位|机关|部门|公司|街道)?|全[市县区镇乡省校]|学校|)$"
)
_SENTENCE = re.compile(r"[，。；！？,;!?]")
_LINKS = re.compile(
    r"^(?:上一[篇条]|下一[篇条]|上篇|下篇|相关|附件下载|点击|链接|来源|推荐|当前位置|您(?:现在)?(?:所在)?的?位置|现在位置)|[>›»]|\d{4}[-./]\d{1,2}[-./]\d{1,2}"
)
_GLUED_TABLE = re.compile(
    r"(?P<title>.{0,60}?公开[^，。；]{0,14}?统计(?:报|附)?表)(?=统计指标|统计|单位|指标|填报|序号|[（(])"
)
_GLUED_REPORT = re.compile(
    r"(?P<title>.{3,60}?公开[^，。；]{0,12}?(?:年度报告|工作报告|年报|工作总结))(?=根据|本报告|本年度|按照|为[了进贯]|现将|一、|引言|目录|20\d\d年|发布|来源|时间)"
)

MOST_LINES = 4
"""A title is broken over this many lines at most."""
LONGEST = 76


@dataclass(frozen=True, slots=True)
class Title:
    """A title as it stands in the source."""

    first: int
    """Index of its first block."""
    last: int
    text: str
    """The title on one line, without blanks."""
    agency: str | None
    year: years.YearInTitle | None
    table: bool = False
    """The title of a statistics table, not of a whole report."""
    glued: bool = False
    """The text goes on behind the title in the same block."""

    @property
    def telling(self) -> int:
        """How much it says: agency, year, both or neither."""
        return (self.agency is not None) + (self.year is not None)


def differ(a: Title | None, b: Title) -> bool:
    """Whether two titles name different bodies or years; against none, whether the second names both."""
    if a is None:
        return b.agency is not None and b.year is not None and not b.table
    if a.agency and b.agency and not same_agency(a.agency, b.agency):
        return True
    return a.year is not None and b.year is not None and a.year.year != b.year.year


def squeeze(text: str) -> str:
    """The text without any blanks."""
    return _BLANK.sub("", text)


def parse(text: str, *, first: int = 0, last: int = 0) -> Title | None:
    """The title that a text without blanks is, None where it is none."""
    if not 6 <= len(text) <= LONGEST or "公开" not in text or _LINKS.search(text):
        return None
    numbering, bare = strip_numbering(text)
    body = _LEAD.sub("", bare).rstrip('》”」"')
    tail = _tail(body)
    if tail is None:
        return None
    head = body[: tail.start()]
    if _ANNEX.match(bare) and tail["kind"].endswith("表"):
        return None
    known, agency = _agency(head)
    year = years.in_title(head + tail["mid"]) or years.in_title(tail["note"] or "")
    if not known or (numbering and (agency is None or year is None)):
        return None
    shown = body.rstrip("。.").strip('《》“”"「」')
    return Title(first, last, shown, agency, year, table=tail["kind"].endswith("表"))


def parse_glued(text: str, *, index: int) -> Title | None:
    """The title at the start of a block in which the text goes on behind it."""
    start = squeeze(text[:160])
    if "公开" not in start:
        return None
    for pattern in (_GLUED_TABLE, _GLUED_REPORT):
        found = pattern.match(start)
        title = parse(found["title"], first=index, last=index) if found else None
        if title is not None and title.agency is not None and title.year is not None:
            return Title(index, index, title.text, title.agency, title.year, table=title.table, glued=True)
    return None


def parse_joined(lines: list[str], *, last: int) -> Title | None:
    """The title that ends with the last of some lines without blanks; as few lines as name agency and year.

    A line that would add nothing to the title is left outside it.
    """
    best = None
    for count in range(1, min(MOST_LINES, len(lines)) + 1):
        parts = lines[-count:]
        if count > 1 and not _may_begin(parts[0]):
            break
        title = parse("".join(parts), first=last - count + 1, last=last)
        if title is not None and (best is None or title.telling > best.telling):
            best = title
        if best is not None and best.telling == _FULL:
            break
    return best


_FULL = 2


def _may_begin(line: str) -> bool:
    return 2 <= len(line) <= 40 and _SENTENCE.search(line) is None and _LINKS.search(line) is None


def _tail(body: str) -> re.Match[str] | None:
    """The words 政府信息公开…报告; an office may itself be called 政务公开办公室, hence more than one try."""
    at = 0
    while (tail := _TAIL.search(body, at)) is not None:
        if _MID.fullmatch(tail["mid"]) is not None:
            return tail
        at = tail.start() + 2
    return None


def _agency(head: str) -> tuple[bool, str | None]:
    """Whether the words before the subject may stand in a title, and the agency in them."""
    rest = _YEAR_BITS.sub("", head)
    while (cut := _SPARE.sub("", rest)) != rest:
        rest = cut
    if is_agency(rest):
        return True, rest
    return _NO_NAME.match(rest) is not None, None
