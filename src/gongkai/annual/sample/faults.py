"""Plants known faults in clean sample reports, so that tests and benchmarks know what must be found."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from random import Random

from gongkai.annual.forms import ChapterSpec, form
from gongkai.annual.model import Cell, Chapter, Report
from gongkai.annual.render.grid import figure
from gongkai.annual.render.layout import preamble
from gongkai.annual.sample.report import with_blocks


@dataclass(frozen=True, slots=True)
class Planted:
    """A fault that was put into a report."""

    fault: str
    rule: str
    """The audit rule that should find it."""
    cells: tuple[str, ...] = ()
    text: str = ""
    """What now stands in the report and is wrong."""


class NotApplicable(ValueError):
    """The report has nothing that this fault could be planted in, e.g. no table or no report of last year."""


@dataclass(frozen=True, slots=True)
class _Work:
    """A report under change, with its opening paragraphs."""

    report: Report
    opening: tuple[str, ...]
    rng: Random
    previous: Report | None


_Result = tuple[_Work, Planted]


def dirty(
    report: Report, faults: Sequence[str], *, seed: int = 0, previous: Report | None = None
) -> tuple[Report, tuple[Planted, ...]]:
    """The report with each of these faults (names in FAULTS), and what was planted where.

    Raises KeyError for a fault that is not known and NotApplicable where the report gives no room for it;
    `copied_text`, `same_problems` and `carried_in` need last year's report.
    """
    work = _Work(report, tuple(preamble(report)), Random(f"{seed}|faults"), previous)
    planted = []
    for fault in faults:
        work, what = FAULTS[fault](work)
        planted.append(replace(what, fault=fault))
    return with_blocks(work.report, work.opening), tuple(planted)


def _planted(rule: str, *, cells: Sequence[str] = (), text: str = "") -> Planted:
    return Planted("", rule, tuple(cells), text)


# Tables


def _change(work: _Work, changes: Mapping[str, Decimal]) -> _Work:
    cells = dict(work.report.cells)
    for id, value in changes.items():
        cells[id] = Cell(id, value, figure(value), cells[id].where)
    return replace(work, report=work.report.with_(cells=cells))


def _unbalanced_total(work: _Work) -> _Result:
    report = work.report
    official = form(report.form or "")
    sums = [
        e
        for e in official.equations
        if e.op == "==" and len(e.left) == 1 and len(e.right) > 1 and not e.left[0].cell.startswith("fact.")
        if all(report.value(c) is not None for c in e.cells)
    ]
    if not sums:
        raise NotApplicable("no total")
    equation = work.rng.choice(sums)
    cell = equation.left[0].cell
    value = (report.value(cell) or Decimal(0)) + work.rng.randint(1, 9)
    return _change(work, {cell: value}), _planted(equation.check, cells=[cell], text=figure(value))


def _carried_in(work: _Work) -> _Result:
    if work.previous is None or not work.report.cells.get("t3.carried_in.total"):
        raise NotApplicable("no applications table or no report of last year")
    extra = work.rng.randint(1, 5)
    rows = ("carried_in", "granted", "results_total")
    changes = {
        id: (work.report.value(id) or Decimal(0)) + extra
        for row in rows
        for id in (f"t3.{row}.natural_person", f"t3.{row}.total")
    }
    cells = ["t3.carried_in.natural_person", "t3.carried_in.total"]
    return _change(work, changes), _planted("X-CARRY", cells=cells, text=figure(changes[cells[1]]))


# Prose


def _rewrite(work: _Work, id: str, text: str) -> _Work:
    chapters = tuple(replace(c, text=text) if c.id == id else c for c in work.report.chapters)
    return replace(work, report=work.report.with_(chapters=chapters))


def _chapter(work: _Work, *ids: str) -> Chapter:
    for chapter in work.report.chapters:
        if chapter.id in ids and chapter.text:
            return chapter
    raise NotApplicable(f"no chapter {ids}")


def _append(work: _Work, chapter: Chapter, sentence: str) -> _Work:
    return _rewrite(work, chapter.id or "", chapter.text + sentence)


def _narrative(work: _Work) -> list[Chapter]:
    return [c for c in work.report.chapters if c.text]


def _other_agency(work: _Work) -> _Result:
    own = work.report.agency or ""
    function = next((m[1] for m in [re.search(r"[市县区]([^市县区]+局|[^市县区]+委员会)$", own)] if m), "民政局")
    place = work.rng.choice([p for p in ("松亭县", "青榆县", "白沙湾区", "云溪县") if not own.startswith(p)])
    other = place + function
    sentence = f"全年维护更新{other}网站信息公开专栏，保证栏目内容及时准确。"
    return _append(work, _chapter(work, "c1"), sentence), _planted("S-AGENCY", text=other)


def _placeholder(work: _Work) -> _Result:
    text = work.rng.choice(("XX", "××", "〇〇"))
    sentence = f"通过网站专栏发布政府信息{text}条。"
    return _append(work, _chapter(work, "c1"), sentence), _planted("S-PLACEHOLDER", text=text)


def _wrong_year_plan(work: _Work) -> _Result:
    year = work.report.year
    chapter = _chapter(work, "c5" if _modern(work) else "c6", "c6")
    sentence = f"{year}年，将继续加强组织领导，进一步拓展公开内容，不断提高公开水平。"
    text = f"{chapter.text}\n{sentence}"
    return _rewrite(work, chapter.id or "", text), _planted("S-PLAN", text=sentence)


def _modern(work: _Work) -> bool:
    return work.report.form in ("gov-2019", "gov-2021")


_RECEIVED = {
    "gov-2008": "stat.requests",
    "gov-2014": "stat.received",
    "gov-2019": "t3.new_received.total",
    "gov-2021": "t3.new_received.total",
    "university": "figures.requests",
}


def _prose_against_table(work: _Work) -> _Result:
    cell = _RECEIVED[work.report.form or ""]
    value = work.report.value(cell)
    chapter = _chapter(work, "c1" if _modern(work) else "c3")
    found = re.search(rf"申请{value}件", chapter.text) if value else None
    if value is None or found is None:
        raise NotApplicable("the prose states no applications")
    text = f"申请{value + work.rng.randint(3, 9)}件"
    changed = chapter.text[: found.start()] + text + chapter.text[found.end() :]
    # The other figures of the sentence would contradict the new total and be found in its place.
    changed = re.sub(rf"{text}，其中[^。；]*", text, changed)
    rule = "N-RECEIVED" if _modern(work) else "N-ALL"
    return _rewrite(work, chapter.id or "", changed), _planted(rule, cells=[cell], text=text)


def _wrong_sum(work: _Work) -> _Result:
    total = 20 + work.rng.randint(5, 60)
    wrong = f"全年受理群众咨询{total}件，其中网上咨询{total - 9}件、电话咨询{work.rng.randint(11, 20)}件。"
    return _append(work, _chapter(work, "c1"), wrong), _planted("R-CONSULTS", text=wrong)


def _copied_text(work: _Work) -> _Result:
    if work.previous is None or work.previous.year is None or work.report.year is None:
        raise NotApplicable("no report of last year")
    old = {c.id: c.text for c in work.previous.chapters}
    for chapter in _narrative(work):
        text = old.get(chapter.id)
        if text:
            text = text.replace(f"{work.previous.year}年", f"{work.report.year}年")
            work = _rewrite(work, chapter.id or "", text)
    return work, _planted("S-REUSE-OWN", text=_narrative(work)[0].text)


def _same_problems(work: _Work) -> _Result:
    id = "c5" if _modern(work) else "c6"
    old = next((c.text for c in (work.previous.chapters if work.previous else ()) if c.id == id), "")
    if not old:
        raise NotApplicable("no problems in a report of last year")
    return _rewrite(work, id, old), _planted("S-SAME-PROBLEMS", text=old)


def _personal_data(work: _Work) -> _Result:
    number = identity_number(work.rng)
    sentence = f"申请人陆明远，身份证号{number}，其申请已依法答复。"
    return _append(work, _narrative(work)[-1], sentence), _planted("S-SENSITIVE", text=number)


def identity_number(rng: Random) -> str:
    """An identity number that nobody has: its check digit is right, its bearer would be born in 1899 or before."""
    digits = f"110101{rng.randint(1850, 1899)}{rng.randint(1, 12):02}{rng.randint(1, 28):02}{rng.randint(1, 999):03}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(d) * w for d, w in zip(digits, weights, strict=True))
    return digits + "10X98765432"[total % 11]


def _damaged_text(work: _Work) -> _Result:
    chapter = _chapter(work, "c1")
    middle = len(chapter.text) // 2
    text = f"{chapter.text[:middle]}\N{REPLACEMENT CHARACTER}\N{REPLACEMENT CHARACTER}{chapter.text[middle + 2 :]}"
    return _rewrite(work, chapter.id or "", text), _planted("S-DAMAGED", text=text[middle - 5 : middle + 7])


# The whole


def _missing_chapter(work: _Work) -> _Result:
    gone = _narrative(work)[-2]
    chapters = tuple(c for c in work.report.chapters if c.id != gone.id)
    rule = "S-TITLES" if _modern(work) else "S-NUMBERING"
    return replace(work, report=work.report.with_(chapters=chapters)), _planted(rule, text=gone.title)


def _renamed_chapter(work: _Work) -> _Result:
    spec: ChapterSpec = form(work.report.form or "").chapters[0]
    if not form(work.report.form or "").exact_chapter_titles:
        raise NotApplicable("the form leaves titles free")
    title = work.rng.choice(("基本情况", "工作开展情况", "总体工作情况"))
    chapters = tuple(replace(c, title=title) if c.id == spec.id else c for c in work.report.chapters)
    return replace(work, report=work.report.with_(chapters=chapters)), _planted("S-TITLES", text=title)


def _chapter_order(work: _Work) -> _Result:
    if not _modern(work):
        raise NotApplicable("the form leaves the order free")
    chapters = list(work.report.chapters)
    first, second = chapters[-2], chapters[-1]
    chapters[-2:] = [replace(second, no=first.no), replace(first, no=second.no)]
    return replace(work, report=work.report.with_(chapters=tuple(chapters))), _planted("S-TITLES", text=second.title)


def _wrong_period(work: _Work) -> _Result:
    year = work.report.year or 0
    if work.report.form == "university":
        text = f"{year}年1月1日至{year}年12月31日"
        opening = tuple(re.sub(rf"自?{year}年9月1日起?至{year + 1}年8月31日止?", text, t) for t in work.opening)
        return replace(work, opening=opening), _planted("U-PERIOD", text=text)
    opening = tuple(t.replace(f"{year}年1月1日至", f"{year - 1}年1月1日至") for t in work.opening)
    opening = tuple(t.replace(f"自{year}年1月1日起至", f"自{year - 1}年1月1日起至") for t in opening)
    if opening == work.opening:
        raise NotApplicable("the opening states no period")
    opening = tuple(re.sub(rf"至(?:{year}年)?12月31日", f"至{year - 1}年12月31日", t) for t in opening)
    return replace(work, opening=opening), _planted("S-PERIOD", text=f"{year - 1}年1月1日至{year - 1}年12月31日")


def _late(work: _Work) -> _Result:
    report = work.report
    university = report.form == "university"
    day = date((report.year or 0) + 1, 12 if university else 6, work.rng.randint(1, 28))
    return replace(work, report=report.with_(published=day)), _planted(
        "U-DEADLINE" if university else "S-DEADLINE", text=day.isoformat()
    )


FAULTS: Mapping[str, Callable[[_Work], _Result]] = {
    "unbalanced_total": _unbalanced_total,
    "carried_in": _carried_in,
    "other_agency": _other_agency,
    "placeholder": _placeholder,
    "wrong_year_plan": _wrong_year_plan,
    "prose_against_table": _prose_against_table,
    "wrong_sum": _wrong_sum,
    "copied_text": _copied_text,
    "same_problems": _same_problems,
    "personal_data": _personal_data,
    "damaged_text": _damaged_text,
    "missing_chapter": _missing_chapter,
    "renamed_chapter": _renamed_chapter,
    "chapter_order": _chapter_order,
    "wrong_period": _wrong_period,
    "late": _late,
}
"""The faults by name."""
