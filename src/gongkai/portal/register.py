"""A list of publications as its page shows it, put together without the template language.

Everything that goes in is escaped here. The form of filters, which is the same for all pages of a list, is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING, Protocol

from django.template.loader import get_template
from django.utils import timezone
from django.utils.translation import get_language, ngettext

from gongkai.portal.bodies import bodies
from gongkai.portal.labels import word as _
from gongkai.portal.listing import PAGE_SIZE, Asked, Listed, Row, choices
from gongkai.portal.templatetags.quick import document_rows
from gongkai.publishing.queries.public import Wanted

if TYPE_CHECKING:
    from gongkai.portal.views.lists import Kept


def crumbs(kept: Kept) -> str:
    """Where the list stands, if it stands below something."""
    if not kept.crumbs:
        return ""
    above = "".join(f'<li><a href="{escape(url)}">{escape(name)}</a></li>' for name, url in kept.crumbs)
    return (
        f'<nav class="crumbs" aria-label="{_("位置")}"><ol>{above}'
        f'<li aria-current="page">{escape(kept.title)}</li></ol></nav>'
    )


def content(kept: Kept, asked: Asked, found: Listed) -> str:
    """The list from its title to its feeds."""
    lead = f'<p class="lead">{escape(kept.lead)}</p>' if kept.lead else ""
    tools = _part(kept.tools, str(get_language())) if kept.tools else ""
    total = ngettext("共 %(n)s 条", "共 %(n)s 条", found.total) % {"n": found.total}
    return f"""
<div class="title">
  <h1>{escape(kept.title)}</h1>
  {lead}
</div>

{tools}
{_filters(asked, kept)}
<p class="total quiet" role="status">{total}</p>
{_filled(kept, asked, found) if found.rows else _empty(kept, asked)}
"""


def chips(chosen: Sequence[tuple[str, str]]) -> str:
    """What narrows a list, each with the way to the list without it."""
    off = _("去掉这个条件")
    items = "".join(
        f'<li><a class="chip" href="{escape(without)}">{escape(label)} <span aria-hidden="true">×</span>'
        f'<span class="hidden">{off}</span></a></li>'
        for label, without in chosen
    )
    return f'<ul class="chips" aria-label="{_("已选条件")}">{items}</ul>'


def _filled(kept: Kept, asked: Asked, found: Listed) -> str:
    first = (found.page - 1) * PAGE_SIZE + 1
    rows = explaining_rows(found.rows, first) if kept.explaining else document_rows(found.rows, first, kept.show_kinds)
    return f"{rows}\n{pages(found)}\n{_follow(asked)}\n"


def _empty(kept: Kept, asked: Asked) -> str:
    said = escape(kept.empty or _("这里还没有公开的信息。"))
    if asked.chips:
        said = f'{_("没有符合条件的信息。可以去掉一个条件再看。")} <a href="{escape(asked.path)}">{_("看全部")}</a>'
    return f'<div class="notice"><p>{said}</p></div>'


def explaining_rows(rows: Iterable[Row], first: int) -> str:
    """Interpretations, each with the documents that it explains."""
    items = "".join(_explaining_row(row) for row in rows)
    return f'<ol class="docs" lang="zh-Hans" start="{first}">{items}\n</ol>'


def _explaining_row(row: Row) -> str:
    documents = "".join(f'<a href="{escape(url)}">{escape(title)}</a>' for url, title in row.explains)
    explains = f'<p class="explains small">{_("解读：")}{documents}</p>' if documents else ""
    return (
        f'\n<li><p class="name"><a href="{row.url}">{escape(row.title)}</a></p>\n'
        f'<p class="about"><a href="{row.agency_url}">{escape(row.agency)}</a>'
        f'<time datetime="{row.day}">{row.day}</time></p>{explains}</li>'
    )


class Place(Protocol):
    """A page among the pages of a list; `previous` and `next` are addresses, empty where there is none."""

    @property
    def page(self) -> int: ...
    @property
    def pages(self) -> int: ...
    @property
    def previous(self) -> str: ...
    @property
    def next(self) -> str: ...
    @property
    def cut(self) -> bool: ...


def pages(found: Place) -> str:
    """Which page this is, with the ways to those before and after it."""
    if not (found.previous or found.next):
        return "\n"
    before, after = "", ""
    if found.previous:
        before = f'<a class="button" rel="prev" href="{escape(found.previous)}">← {_("上一页")}</a>'
    if found.next:
        after = f'<a class="button" rel="next" href="{escape(found.next)}">{_("下一页")} →</a>'
    place = _("第 %(page)s 页，共 %(pages)s 页") % {"page": found.page, "pages": found.pages}
    cut = f'<p class="quiet">{_("更早的信息请选定年份或发布机构后再翻阅。")}</p>' if found.cut else ""
    return f'<nav class="pages" aria-label="{_("分页")}">\n{before}\n<span>{place}</span>\n{after}\n</nav>{cut}\n'


def _follow(asked: Asked) -> str:
    atom, json = (escape(asked.address(format=form)) for form in ("atom", "json"))
    return (
        f'<p class="follow noprint">{_("订阅本列表")} <a href="{atom}" type="application/atom+xml">Atom</a> '
        f'<a href="{json}" type="application/feed+json">JSON</a></p>\n'
    )


def _filters(asked: Asked, kept: Kept) -> str:
    key = (asked.path, kept.filters, kept.base.kinds, tuple(asked.given.items()), str(get_language()))
    return _form(*key, bodies().read_at, timezone.localdate())


@lru_cache(maxsize=1000)
def _form(
    path: str,
    filters: tuple[str, ...],
    kinds: tuple[str, ...],
    given: tuple[tuple[str, str], ...],
    language: str,
    *state: object,
) -> str:
    """The form of filters and what is chosen, for a language and a state of the agencies."""

    asked = Asked(Wanted(), dict(given), 1, path)
    context = {"asked": asked, "choices": choices(asked, filters, kinds)}
    return str(get_template("portal/parts/filters.html").render(context))


@lru_cache(maxsize=100)
def _part(template: str, language: str) -> str:
    """A part of a page that is the same for everybody who reads a language."""
    return str(get_template(template).render({})).rstrip("\n")
