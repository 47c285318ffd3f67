"""Finds the name of the agency whose report it is; none rather than a wrong one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from gongkai.annual.reading.lines import Line
from gongkai.annual.reading.names import is_agency, same_agency
from gongkai.annual.reading.titles import Title, squeeze

_NAME = r"([\u4e00-\u9fff×xX（）()·、]{3,40}?)"
_PREAMBLE = tuple(
    re.compile(pattern)
    for pattern in (
        rf"报告(?:书)?(?:是)?由{_NAME}(?:办公室)?(?:负责)?(?:根据|编制|按照|依据|依照|组织|汇总|编写|，|,|。)",
        rf"[，,。要求规定通知](?:，|,)?由{_NAME}(?:负责)?(?:编制|汇总|编写)",
        rf"现(?:就|将|把){_NAME}(?:(?:19|20)\d\d|[一二][〇○零０OＯ一二三四五六七八九]{{3}})(?:[-—]\d{{4}})?(?:年度?|学年度?)?(?:的)?(?:政府|政务)?信息公开[^，。；]{{0,12}}(?:报告|公布|汇报|总结)",
        rf"现(?:将)?(?:公布|发布){_NAME}(?:19|20)\d\d年度?(?:政府|政务)?信息公开[^，。；]{{0,12}}报告",
        rf"[，,。]{_NAME}(?:结合[^，。]{{0,12}})?(?:编制|撰写)(?:了|形成|完成)?(?:本|《|20\d\d)",
    )
)
_BY = re.compile(
    r"(?:^|\s)(?:(?:发布(?:机构|单位|部门)|公开(?:机构|单位|机关|部门)|编制(?:单位|机关|部门)|填报(?:单位|机关)|填表(?:单位|机关)|报送单位"
    r"|单位名称|发文(?:机关|单位)|信息来源)\s*(?:（盖章）|\(盖章\))?\s*[：:]?|(?:来源|作者|单位)\s*[：:])\s*([^\s：:|，。]{3,40})"
)
_SEAL = re.compile(r"[（(](?:盖章|公章|印章)[）)]$")
_ACTS = (
    r"(?:认真|高度重视|坚持|严格|建立|积极|没有|未(?:收|发|受|出)|共(?:受理|主动|收)|在(?:各|政府)|切实|进一步|不断|全面|始终|围绕|主动公开"
    r"|政府信息公开|政务公开|编制|贯彻|紧紧|牢固|持续|着力|深入|按照|根据|成立|通过)"
)
_SUBJECT = re.compile(
    rf"(?:^|[。；;，,：:\n])\s{{0,4}}(?:(?:\d{{4}}|[xX×]{{2,4}})\s*年度?\s*[，,]?\s*)?([\u4e00-\u9fff]{{2,16}}?)(?={_ACTS})"
)
_DATE_TAIL = re.compile(
    r"[（(]?(?:(?:19|20)\d\d|[一二][〇○零０OＯ一二三四五六七八九]{3})年\d{0,2}[一二三四五六七八九十]{0,2}月?[^年月]{0,4}日?[）)]?$"
)

_HEAD = 14
_TAIL = 8
_MENTIONS = 3


def find_agency(lines: Sequence[Line]) -> str | None:
    """The name as printed in the title, else in the preamble, below the text, or in the page's metadata.

    Where none of these names it, the body that the sentences speak of as acting, when it is always the same one.
    """
    found = _in_titles(lines)
    if found is None:
        found = _first(_in_preamble(lines)) or _signature(lines) or _first(_in_metadata(lines)) or _acting(lines)
    return found


def clean(name: str) -> str | None:
    """A name without marks around it, None where it is no name of an agency."""
    name = _SEAL.sub("", squeeze(name)).strip('“”"《》【】[]:：、·')
    return name if is_agency(name) else None


def report_titles(lines: Sequence[Line]) -> list[Title]:
    """The titles that stand above the text, the most telling first; a list of links above them does not count."""
    found: list[Title] = []
    for line in lines:
        if line.title is not None:
            found.append(line.title)
            if line.title.glued:
                break
        elif line.prose >= 200 or (line.heading is not None and line.heading.meanings and not line.row):
            break
    found.reverse()
    found.sort(key=lambda t: t.table - t.telling)
    return found


def table_titles(lines: Sequence[Line]) -> list[Title]:
    """The titles of statistics tables, wherever they stand in the report."""
    return [line.title for line in lines if line.title is not None and line.title.table]


def _in_titles(lines: Sequence[Line]) -> str | None:
    for title in [*report_titles(lines), *table_titles(lines)]:
        if title.agency is not None and (name := clean(title.agency)) is not None:
            return name
    return _beside_title(lines)


def _beside_title(lines: Sequence[Line]) -> str | None:
    """The name on a line of its own directly above or below the title."""
    at = next((i for i, line in enumerate(lines[:_HEAD]) if line.title is not None), None)
    if at is None:
        return None
    near = [*lines[at + 1 : at + 3], *reversed(lines[max(0, at - 2) : at])]
    return _first(clean(line.agency) for line in near if line.agency is not None)


def _in_preamble(lines: Sequence[Line]) -> Iterable[str | None]:
    text = squeeze("\n".join(line.text[:800] for line in lines[:_HEAD]))
    for pattern in _PREAMBLE:
        for found in pattern.finditer(text[:4000]):
            yield clean(found[1])
    end = squeeze("".join(line.text[:800] for line in lines[-_TAIL:]))
    for found in _PREAMBLE[3].finditer(end[-3000:]):
        yield clean(found[1])


def _signature(lines: Sequence[Line]) -> str | None:
    tail = [line for line in lines[-_TAIL:] if line.text and not line.furniture]
    for at in range(len(tail) - 1, -1, -1):
        line = tail[at]
        if line.signed:
            return clean(_DATE_TAIL.sub("", squeeze(line.text)))
        dated = at + 1 < len(tail) and tail[at + 1].date
        if line.agency is not None and (dated or at == len(tail) - 1):
            return clean(line.agency)
    return None


def _in_metadata(lines: Sequence[Line]) -> Iterable[str | None]:
    for line in [*lines[:_HEAD], *lines[-_TAIL:]]:
        if len(line.text) <= 400:
            for found in _BY.finditer(line.text):
                yield clean(found[1])


def _acting(lines: Sequence[Line]) -> str | None:
    names: Counter[str] = Counter()
    for line in lines:
        if line.prose or line.heading is not None:
            names.update(n for n in _SUBJECT.findall(line.text[:2000]) if is_agency(n))
    if not names:
        return None
    best, count = names.most_common(1)[0]
    others = sum(c for n, c in names.items() if not same_agency(n, best))
    return best if count >= _MENTIONS and others * 2 <= count else None


def _first(names: Iterable[str | None]) -> str | None:
    return next((n for n in names if n is not None), None)
