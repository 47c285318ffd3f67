"""Years and days: the year that a report names as its own, its period, its plans, its day of publication."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date

from gongkai.annual.audit.model import AgencyKind, Case, Rule
from gongkai.annual.model import Finding, Grid, Paragraph, Severity, Where

_YEAR_IN_TITLE = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*年?度?")
_REPORT_OF = (
    r"(20\d\d)\s*年(?:度)?(?:的)?(?:政府|政务)?信息公开(?:工作)?(?:年度)?(?:工作)?(?:报告|情况)"
    r"(?![^。\n]{0,10}(?:通知|要求|工作的|编制))"
)
_OWN_REPORT = re.compile(
    rf"现(?:予以?)?(?:公布|发布|将|编制)[^。；\n\d]{{0,24}}?(?:{_REPORT_OF}|(20\d\d)\s*年(?:度)?[^。\n\d]{{0,20}}(?:报告|汇报|公布)如下)"
)
"""“We hereby publish …”; elsewhere in a report, publishing last year's report is part of the year's work."""
_INTRODUCED = re.compile(rf"(?:公布|编制|发布|形成)(?:了)?[^。，；\n\d]{{0,20}}{_REPORT_OF}")
"""Before the first chapter also plainer words mean this report."""
_STATISTICS = re.compile(r"(20\d\d)\s*年(?:度)?\s*(?:政府信息公开|政务公开)(?:工作)?情况统计(?:报)?表")
_OPENING = re.compile(r"(?:^|[。\n])\s*(20\d\d)\s*年(?:度|以来)?[，,]")
_SCHOOL_YEAR = re.compile(r"(20\d\d)\s*[-—–－~～至]+\s*(20\d\d)\s*学年")
_ANY_YEAR = re.compile(r"(?<!\d)(20\d\d)\s*年")
_LEAST_OPENINGS = 2


class WrongYear(Rule):
    id = "S-YEAR"
    severity = Severity.ERROR
    basis = "年度报告格式：报告年度前后一致"
    title = "正文年份与报告年度不一致"
    title_en = "The text names another year as its own"
    message = "报告年度为{year}年，而{problem}。请核对，是否沿用了旧稿。"
    message_en = "The report is for {year}, but {problem}. Check whether an old text was reused."
    about = (
        "标题年份、“现公布……年度报告”一类自称、统计表标题中的年份与报告年度不同，或正文从不提报告年度、却多次以另一年份开头叙述，"
        "或发布日期早于报告年度时指出。书名号内的文件名、回顾和比较往年的句子不作判断。"
    )
    about_en = (
        "Own-report phrases, table titles, openings of sentences and the day of publication; never titles in 《》."
    )
    wrong = "标题为2021年，正文“2020年，我局认真贯彻……”，全文没有提到2021年"
    right = "标题与正文都是2021年"
    todo = "逐处核对年份。"

    def check(self, case: Case) -> Iterator[Finding]:
        """One finding for each kind of contradiction."""
        year = case.report.year
        if year is None:
            return
        if case.report.form == "university":
            yield from self._school_years(case, year)
            return
        yield from self._named(case, year)
        yield from self._openings(case, year)
        published = case.context.published or case.report.published
        if published is not None and published.year < year:
            day = published.isoformat()
            yield self._finding(year, f"发布日期是{day}", f"it was published on {day}", ())

    def _named(self, case: Case, year: int) -> Iterator[Finding]:
        title = _YEAR_IN_TITLE.findall(case.report.title or "")
        if title and str(year) not in title:
            yield self._finding(year, f"标题写的是{title[0]}年", f"its title says {title[0]}", ())
        for found in _own_reports(case):
            named = next(g for g in found.groups() if g)
            if int(named) != year:
                place = [case.prose.where(found.start(), found.end())]
                yield self._finding(year, f"正文称“{found[0][-30:]}”", f"the text speaks of {named}", place)
                break
        for words, where in _table_titles(case):
            heading = _STATISTICS.search(words)
            if heading is not None and int(heading[1]) != year:
                yield self._finding(year, f"统计表标题为“{heading[0]}”", f"its table is headed {heading[1]}", [where])

    def _openings(self, case: Case, year: int) -> Iterator[Finding]:
        text = case.unquoted
        body = text[len(case.prose.paragraphs[0].text) if case.prose.paragraphs else 0 :]
        if any(int(y) == year for y in _ANY_YEAR.findall(body)):
            return
        openings = Counter(int(y) for y in _OPENING.findall(body) if int(y) < year)
        if openings and openings.most_common(1)[0][1] >= _LEAST_OPENINGS:
            named = openings.most_common(1)[0][0]
            found = next(m for m in _OPENING.finditer(text) if int(m[1]) == named)
            yield self._finding(
                year,
                f"正文叙述的是{named}年，没有一处提到{year}年",
                f"the text tells of {named} and never of {year}",
                [case.prose.where(found.start(1), found.end(1) + 1)],
            )

    def _school_years(self, case: Case, year: int) -> Iterator[Finding]:
        found = list(_SCHOOL_YEAR.finditer(case.unquoted))
        named = Counter((int(m[1]), int(m[2])) for m in found)
        if named and (year, year + 1) not in named and named.most_common(1)[0][1] >= _LEAST_OPENINGS:
            (a, b), _ = named.most_common(1)[0]
            place = [case.prose.where(found[0].start(), found[0].end())]
            yield self._finding(year, f"正文写的是{a}-{b}学年", f"the text speaks of {a}-{b}", place)

    def _finding(self, year: int, problem: str, problem_en: str, where: object) -> Finding:
        places = tuple(where) if isinstance(where, list) else ()
        return self.found(where=places, year=year, problem=problem, problem_en=problem_en)


def _own_reports(case: Case) -> Iterator[re.Match[str]]:
    """Where the text says for which year it is: by its own title in 《》 too, which is not blanked here."""
    text = case.prose.text
    yield from _OWN_REPORT.finditer(text)
    first = case.report.chapters[0].where.block if case.report.chapters else None
    if first is not None:
        before = sum(len(p.text) + 1 for p in case.prose.paragraphs if p.index < first)
        yield from _INTRODUCED.finditer(text, 0, before)


def _table_titles(case: Case) -> Iterator[tuple[str, Where]]:
    """Texts that may head a statistics table: short paragraphs and first cells of grids."""
    for block in case.report.blocks:
        if isinstance(block, Paragraph):
            if len(block.text) < 60 and "统计" in block.text:
                yield block.text, Where(block.index, page=block.page)
        elif isinstance(block, Grid) and block.cells and "统计" in block.cells[0].text:
            first = block.cells[0]
            yield first.text, Where(block.index, row=first.row, col=first.col, page=block.page)


_PERIOD = re.compile(
    r"(?:统计(?:期限|时限|时间|期间|周期|起止|范围|数据)|(?:所列|列举)[^。\n\d]{0,6}数据|数据的?(?:统计|起止|时间))[^。\n\d]{0,24}(20\d\d)\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日[^。\n\d]{0,8}"
    r"(?:(20\d\d)\s*年\s*)?(\d{1,2})\s*月\s*(\d{1,2})\s*日"
)


_LEAST_DAYS = 90
"""Shorter stretches are not what a report covers: an inspection, a campaign."""


class Period(Rule):
    id = "S-PERIOD"
    severity = Severity.ERROR
    university = False
    basis = "年度报告格式：统计期限为报告年度1月1日至12月31日"
    title = "统计期限与报告年度不符"
    title_en = "The stated period is not the reporting year"
    message = "文中统计期限为{stated}，应为{due}。请更正。"
    message_en = "The stated period is {stated}, it should be {due}."
    about = "文中写明的统计期限应为报告年度1月1日至12月31日（2008年为5月1日至12月31日）。没有写明的不作判断。"
    about_en = "Only where the text states its period."
    wrong = "2018年报告：统计期限自2017年1月1日起至2017年12月31日止"
    right = "2018年报告：统计期限自2018年1月1日起至2018年12月31日止"
    todo = "更正统计期限，并确认数据确为该期限。"

    def check(self, case: Case) -> Iterator[Finding]:
        """One finding for each period stated that is not the due one."""
        year = case.report.year
        if year is None or case.form is None or (case.form.id == "university") != self.university:
            return
        allowed = _due_periods(year, university=self.university)
        for found in case.prose.of(_PERIOD):
            stated = _stated(found)
            if stated is not None and stated not in allowed and (stated[1] - stated[0]).days >= _LEAST_DAYS:
                yield self.found(
                    where=[case.prose.where(found.start(1), found.end())],
                    stated=_days(*stated),
                    due=_days(*allowed[0]),
                )


class UniversityPeriod(Period):
    id = "U-PERIOD"
    university = True
    basis = "高等学校信息公开年度报告：统计期限为上年9月1日至当年8月31日"
    title = "统计期限不是学年"
    title_en = "The stated period is not the academic year"
    about = "高等学校信息公开年度报告的统计期限应为9月1日至次年8月31日。没有写明的不作判断。"
    about_en = "Universities report on the academic year, 1 September to 31 August."
    wrong = "2024-2025学年报告：统计时间为2025年1月1日至2025年10月31日"
    right = "2024-2025学年报告：统计时间为2024年9月1日至2025年8月31日"


def _due_periods(year: int, *, university: bool) -> tuple[tuple[date, date], ...]:
    if university:
        return ((date(year, 9, 1), date(year + 1, 8, 31)),)
    whole = (date(year, 1, 1), date(year, 12, 31))
    return ((date(2008, 5, 1), whole[1]), whole) if year == 2008 else (whole,)


def _stated(found: re.Match[str]) -> tuple[date, date] | None:
    try:
        start = date(int(found[1]), int(found[2]), int(found[3]))
        return start, date(int(found[4] or found[1]), int(found[5]), int(found[6]))
    except ValueError:
        return None


def _days(start: date, end: date) -> str:
    return f"{start.isoformat()}至{end.isoformat()}"


_INTENT = (
    "继续|进一步|认真|严格|着力|着重|重点|努力|不断|全面|切实|坚持|围绕|深入|积极|大力|主要|推进|加强|加大|强化|以.{1,20}为"
    "|按照|紧紧|从以下|持续|更加|结合|在.{2,20}(?:下|上|中|方面)|立足"
)
"""What follows 将 where it means “shall”; before a noun 将 only marks the object (将…列入)."""
_PLAN = re.compile(rf"(20\d\d)\s*年(?:度)?[，,]?\s*[^。；！\d\n]{{0,24}}?(?:将|拟)(?={_INTENT})")
_PLAN_HEADING = re.compile(
    r"(20\d\d)\s*年(?:度)?(?:的)?(?:主要|重点)?(?:工作)?(?:的)?(?:计划|打算|安排|思路|设想|展望)\s*$"
)
_OBJECT = re.compile(r"[^，。；\n]{0,20}(?:列入|纳入|作为|列为)")


class PastPlan(Rule):
    id = "S-PLAN"
    severity = Severity.WARNING
    basis = "年度报告格式：下一步打算应指向报告年度之后"
    title = "打算写在了报告年度"
    title_en = "A plan is dated in the reported year"
    message = "“{stated}”：这是{year}年的报告，打算应写{next}年。请核对年份。"
    message_en = "“{stated}”: this is the report for {year}, a plan should be for {next}. Check the year."
    about = "“某年，我局将继续……”一类打算，或“某年工作打算”一类小标题，年份不晚于报告年度时指出；只看全文后半部分。"
    about_en = "Sentences of intent and headings of plans in the second half of the report."
    wrong = "2016年报告结尾：“2016年，我局将继续加强……”"
    right = "2016年报告结尾：“2017年，我局将继续加强……”"
    todo = "更正年份。"

    def check(self, case: Case) -> Iterator[Finding]:
        """One finding for each such sentence or heading."""
        year = case.report.year
        if year is None:
            return
        text = case.unquoted
        half = len(text) // 2
        for found in _PLAN.finditer(text, half):
            if year - 3 < int(found[1]) <= year and not _OBJECT.match(text, found.end()):
                yield self._finding(case, found.start(), found.end(), year)
        for paragraph, start in zip(case.prose.paragraphs, case.prose.starts, strict=True):
            if len(paragraph.text) > 30 or start < half:
                continue
            heading = _PLAN_HEADING.search(paragraph.text)
            if heading is not None and year - 3 < int(heading[1]) <= year:
                yield self._finding(case, start + heading.start(), start + heading.end(), year)

    def _finding(self, case: Case, start: int, end: int, year: int) -> Finding:
        later = year + 1 if case.report.form != "university" else year + 2
        stated = case.prose.text[start : min(end + 8, start + 40)].split("\n")[0]
        return self.found(where=[case.prose.where(start, end)], stated=stated, year=year, next=later)


_TOWNSHIP = re.compile(r"(?:镇|乡|苏木)(?:人民)?政府$|街道(?:办事处)?$|[镇乡]$")
_GOVERNMENT = re.compile(r"[省市县区旗州盟](?:人民)?政府(?:办公[室厅])?$|管理?委员会$|管委会$")


def kind_of(agency: str | None) -> AgencyKind | None:
    """The kind of a body by its name; None where the name does not tell, or may be either."""
    name = (agency or "").strip()
    if not name:
        return None
    if _TOWNSHIP.search(name):
        return AgencyKind.TOWNSHIP
    if _GOVERNMENT.search(name):
        return AgencyKind.GOVERNMENT
    return AgencyKind.DEPARTMENT


class Late(Rule):
    id = "S-DEADLINE"
    severity = Severity.ERROR
    university = False
    basis = "政府信息公开条例（2019）第四十九条；条例（2007）第三十一条"
    title = "公布逾期"
    title_en = "Published late"
    message = "{year}年度的报告应于{due}前公布，公布日期为{published}，晚了 {days} 天。"
    message_en = "The report for {year} was due by {due}; it was published on {published}, {days} days late."
    about = (
        "县级以上部门1月31日前，县级以上地方人民政府3月31日前（2019年以前各机关均为3月31日前）。乡镇、街道由各地规定，逾1月31日只作提示。"
        "公布日期取自发布记录的为错误，取自网页的为提醒（网页日期可能是转载日期）。没有日期的不作判断。"
    )
    about_en = "From the publisher's records an error, from a date on the page a warning; townships are told only."
    wrong = "某部门2022年度报告于2023年3月6日公布"
    right = "某部门2022年度报告于2023年1月28日公布"
    todo = "核对公布日期；确已逾期的说明原因。"

    def check(self, case: Case) -> Iterator[Finding]:
        """At most one finding."""
        published = case.context.published or case.report.published
        if published is None or case.form is None or (case.form.id == "university") != self.university:
            return
        due = due_date(case)
        if due is None or published <= due:
            return
        kind = case.context.agency_kind or kind_of(case.report.agency)
        yield self.found(
            severity=self._severity(case, kind),
            year=case.report.year,
            due=due.isoformat(),
            published=published.isoformat(),
            days=(published - due).days,
        )

    def _severity(self, case: Case, kind: AgencyKind | None) -> Severity:
        if kind is AgencyKind.TOWNSHIP and case.form is not None and case.form.exact_chapter_titles:
            return Severity.INFO
        return Severity.ERROR if case.context.published is not None else Severity.WARNING


def due_date(case: Case) -> date | None:
    """The last day for publishing the report; the later date where the kind of body is not known."""
    if case.form is None or case.report.year is None:
        return None
    kind = case.context.agency_kind or kind_of(case.report.agency)
    dues = [str(d["due"]) for d in case.form.deadlines if d["due"] is not None]
    early = kind in {AgencyKind.DEPARTMENT, AgencyKind.TOWNSHIP}
    month, day = (min(dues) if early else max(dues)).split("-")
    return date(case.report.year + 1, int(month), int(day))


class UniversityLate(Late):
    id = "U-DEADLINE"
    university = True
    basis = "教育部关于公布《高等学校信息公开事项清单》的通知（教办函〔2014〕23号）"
    title = "高校报告公布逾期"
    title_en = "A university's report was published late"
    about = "高等学校应于每年10月31日前公布上一学年的信息公开年度报告。没有日期的不作判断。"
    about_en = "Universities publish by 31 October."
    wrong = "2023-2024学年报告于2024年12月1日公布"
    right = "2023-2024学年报告于2024年10月28日公布"


RULES: tuple[Rule, ...] = (WrongYear(), Period(), UniversityPeriod(), PastPlan(), Late(), UniversityLate())
