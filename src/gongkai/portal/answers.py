"""The answer to a search as its page shows it, put together without the template language.

Everything that goes in is escaped here, but for titles and snippets, which come escaped with their marks.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import quote

from django.urls import reverse
from django.utils.translation import ngettext

from gongkai.portal import register, searching
from gongkai.portal.labels import word as _
from gongkai.portal.listing import Row
from gongkai.portal.searching import Facet, Found, Question, Value
from gongkai.portal.templatetags.quick import document_rows
from gongkai.search import Results

_SHOWN_WORDS = 40
"""Characters of a search for which nothing was found that are repeated."""
_CURRENT, _ENDED = ' aria-current="true"', ' class="ended"'
_QUOTES = '“”"「」『』《》 '


@dataclass(frozen=True, slots=True)
class Place:
    """A page of hits among the pages."""

    page: int
    pages: int
    previous: str
    next: str
    cut: bool = False


def content(asked: Question, title: str, results: Results) -> str:
    """The box with what was asked, and what was found."""
    return f"""
<h1 class="hidden">{escape(title)}</h1>
{_box(asked)}
{_chips(asked)}{_corrected(asked, results)}{_notices(asked, results)}
{_results(asked, results) if results.total else _nothing(asked)}
"""


def without_index(asked: Question, title: str, rows: Sequence[Row]) -> str:
    """What is shown while the index is being built: titles and numbers only."""
    said = _("检索索引正在重建，暂时只能按标题和文号查找。")
    found = document_rows(rows, 1, True) if rows else ""
    return f'<h1 class="hidden">{escape(title)}</h1>\n{_box(asked)}\n<div class="notice"><p>{said}</p></div>{found}'


def _box(asked: Question) -> str:
    hidden = "".join(
        f'<input type="hidden" name="{name}" value="{escape(value)}">'
        for name, values in asked.chosen.items()
        for value in values
    )
    return f"""<form class="ask again" action="{reverse("portal:search")}" method="get" role="search">
  <label class="hidden" for="q">{_("标题、文号、索引号或文中的词")}</label>
  <div class="box"><input type="search" name="q" id="q" value="{escape(asked.text)}"\
 placeholder="{_("文件名、文号、索引号，或者您关心的事")}" autocomplete="off" maxlength="200"\
 data-suggest="{reverse("portal:suggest")}"><button class="main">{_("检索")}</button></div>
  {hidden}
  {_days(asked)}
</form>"""


def _days(asked: Question) -> str:
    hint = _(
        "几个词之间空一格，表示都要有；“加引号”表示一字不差；词前加减号表示不要；或者 表示任一；"
        "标题:预算 表示只找标题，文号:2026 表示只找文号和索引号。"
    )
    return f"""<details class="days"{" open" if asked.since or asked.until else ""}>\
<summary>{_("按日期和检索语法")}</summary>
  <div class="filters"><div><label for="since">{_("发布日期自")}</label>\
<input type="date" id="since" name="since" value="{asked.since}"></div>\
<div><label for="until">{_("至")}</label><input type="date" id="until" name="until" value="{asked.until}"></div>\
<div><button>{_("检索")}</button></div></div>
  <p class="hint">{hint}</p></details>"""


def _chips(asked: Question) -> str:
    chosen = searching.chips(asked)
    return register.chips(chosen) if chosen else ""


def _corrected(asked: Question, results: Results) -> str:
    if not results.corrected:
        return ""
    link = f'<a href="{escape(asked.address(q=results.corrected))}">{escape(results.corrected)}</a>'
    return f'<p class="corrected">{_("您要找的是不是：")}{link}</p>'


def _notices(asked: Question, results: Results) -> str:
    said = []
    if asked.cut:
        said.append(_("检索词太长，只查找了前 200 个字。"))
    if asked.text and not results.parsed.clauses and not results.parsed.excluded:
        said.append(_("检索词里没有可以查找的字，下面是全部信息。"))
    if results.relaxed:
        said.append(_("没有一字不差的结果，下面是含有其中大部分字词的信息。"))
        link = f'<a href="{_application(asked)}">{_("申请公开")}</a>'
        said.append(f"{_('要找的信息可能没有主动公开，可以')}{link}{_('。')}")
    return f'<div class="notice"><p>{" ".join(said)}</p></div>' if said else ""


def _application(asked: Question) -> str:
    """Where an application begins that knows what was looked for."""
    return reverse("portal:apply") + (f"?about={quote(asked.text)}" if asked.text else "")


def _results(asked: Question, results: Results) -> str:
    facets = searching.facets(asked, results)
    found = searching.found(results)
    first = (asked.page - 1) * searching.PAGE_SIZE + 1
    side = f'<div class="side">{_side(facets)}</div>\n' if facets else ""
    return f"""<div class="results{"" if facets else " whole"}">
{side}<div class="hits">
{_bar(asked, results)}
{_synonyms(results)}<ol class="docs found" lang="zh-Hans" start="{first}">{"".join(map(_hit, found))}
</ol>
{register.pages(_place(asked, results.total))}
{_follow(asked)}
</div></div>"""


def _side(facets: Iterable[Facet]) -> str:
    title = _("缩小范围")
    sections = "".join(map(_facet, facets))
    return (
        f'<details class="narrow" open><summary>{title}</summary>\n<nav aria-label="{title}">{sections}</nav></details>'
    )


def _facet(facet: Facet) -> str:
    more = ""
    if facet.more:
        more = f"<details><summary>{_('更多')}</summary><ul>{''.join(map(_value, facet.more))}</ul></details>"
    values = "".join(map(_value, facet.values))
    return f'<section class="facet"><h2>{escape(facet.label)}</h2><ul>{values}</ul>{more}</section>'


def _value(value: Value) -> str:
    current, mark = (_CURRENT, '<span aria-hidden="true">✓ </span>') if value.chosen else ("", "")
    return (
        f'<li><a href="{escape(value.url)}" rel="nofollow"{current}><span>{mark}{escape(value.label)}</span>'
        f'<span class="number">{value.count}</span></a></li>'
    )


def _bar(asked: Question, results: Results) -> str:
    total = ngettext("找到 %(n)s 条", "找到 %(n)s 条", results.total) % {"n": results.total}
    took = _("用时 %(seconds)s 秒") % {"seconds": f"{results.took_ms / 1000:.3f}"}
    sorts = [
        (_("按相关程度"), asked.address(sort=""), asked.sort == ""),
        (_("按发布日期"), asked.address(sort="date"), asked.sort == "date"),
        (_("只看有效"), asked.address(live="" if asked.only_live else "1"), asked.only_live),
    ]
    links = "".join(
        f'<a href="{escape(url)}" rel="nofollow"{_CURRENT if now else ""}>{label}</a>' for label, url, now in sorts
    )
    return (
        f'<div class="bar"><p class="total" role="status">{total} <span class="quiet small">{took}</span></p>\n'
        f'<p class="sorts">{links}</p></div>'
    )


def _synonyms(results: Results) -> str:
    if not results.parsed.synonyms:
        return ""
    words = escape(_("、").join(results.parsed.synonyms[:6]))
    return f'<p class="quiet small">{_("也查找了同义的词：")}{words}</p>\n'


def _hit(found: Found) -> str:
    row = found.row
    tag = f" {row.tag}" if row.tag else ""
    in_file = f'<span class="tag">{_("附件")}</span> ' if found.in_file else ""
    snippet = f'<p class="snippet">{in_file}{found.snippet}</p>\n' if found.snippet else ""
    number = f'<span class="number">{escape(row.number)}</span>' if row.number else ""
    return (
        f'\n<li{_ENDED if row.ended else ""}><p class="name"><a href="{row.url}">{found.title}</a>{tag}</p>\n'
        f'{snippet}<p class="about">{number}<a href="{row.agency_url}">{escape(row.agency)}</a>'
        f'<time datetime="{row.day}">{row.day}</time><span>{escape(row.kind)}</span></p></li>'
    )


def _place(asked: Question, total: int) -> Place:
    pages = min(max(1, -(-total // searching.PAGE_SIZE)), searching.MOST_PAGES)
    before = asked.address(page=asked.page - 1) if asked.page > 1 else ""
    after = asked.address(page=asked.page + 1) if asked.page < pages else ""
    return Place(asked.page, pages, before, after)


def _follow(asked: Question) -> str:
    atom, json, table = (escape(asked.address(format=form)) for form in ("atom", "json", "csv"))
    return (
        f'<p class="follow noprint">{_("把这次检索")} <a href="{atom}" rel="nofollow">{_("订阅")} Atom</a> '
        f'<a href="{json}" rel="nofollow">JSON</a> <a href="{table}" rel="nofollow">{_("存为表格")} CSV</a></p>'
    )


def _nothing(asked: Question) -> str:
    said = _("没有符合条件的信息。")
    if asked.text:
        words = asked.text.strip(_QUOTES) or asked.text
        shown = words if len(words) <= _SHOWN_WORDS else f"{words[:_SHOWN_WORDS]}…"
        said = _("没有找到“%(words)s”。") % {"words": escape(shown)}
    advice = [_("换一个说法，或者少用几个词；文号可以只写年份和号数。")]
    if asked.chosen or asked.since or asked.until or asked.only_live:
        everything = escape(Question(asked.text, {}, "", "", "", False, 1).address())
        advice.append(f'<a href="{everything}">{_("去掉全部条件，在全站查找")}</a>')
    advice.append(
        f'<a href="{reverse("portal:categories")}">{_("按类别看")}</a> · '
        f'<a href="{reverse("portal:agencies")}">{_("按机关看")}</a>'
    )
    return f"""<div class="nothing"><p class="big" role="status">{said}</p>
<ul>{"".join(f"<li>{one}</li>" for one in advice)}</ul>
<p>{_("要找的信息可能没有主动公开。您可以向机关申请：")}</p>
<p><a class="button main" href="{_application(asked)}">{_("申请公开")}</a></p></div>"""
