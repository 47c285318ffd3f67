"""Lists of publications: all, policies, interpretations, clarifications; by kind, theme, category, agency, series."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from gongkai.law import catalogue
from gongkai.portal import feed, labels, listing, meta, register
from gongkai.portal.bodies import bodies
from gongkai.portal.caching import public_page
from gongkai.portal.labels import word as _
from gongkai.portal.listing import Asked, Row
from gongkai.portal.rendering import framed
from gongkai.portal.rendering import page as render
from gongkai.publishing.models import POLICY_KINDS, Kind
from gongkai.publishing.queries import public, publication_page
from gongkai.publishing.queries.public import Wanted

EVERYTHING = Wanted()


@dataclass(frozen=True)
class Kept:
    """How a list presents itself."""

    title: str
    type: str
    base: Wanted = EVERYTHING
    lead: str = ""
    section: str = ""
    filters: tuple[str, ...] = ("agency", "theme", "year")
    empty: str = ""
    tools: str = ""
    """A template that stands above the filters."""
    explaining: bool = False
    """Whether each row names the documents that it explains."""
    in_force_first: bool = False
    show_kinds: bool = False
    crumbs: list[tuple[str, str]] = field(default_factory=list)
    fixed: tuple[tuple[str, str], ...] = ()
    """What of the query belongs to the address of the list itself."""
    complete: Callable[[list[Row]], None] | None = None
    """Puts more into the rows that are shown."""


def respond(request: HttpRequest, kept: Kept) -> HttpResponse:
    """The list as a page, or as a feed where one is asked for."""
    asked = listing.ask(request, kept.base, kept.filters, kept.fixed)
    title = " · ".join([kept.title, *(label for label, _url in asked.chips)])
    form = feed.wanted_format(request)
    if form:
        offset = (asked.page - 1) * listing.FEED_SIZE
        found = listing.rows(public.lines(asked.wanted, offset=offset, limit=listing.FEED_SIZE + 1))
        part = feed.Part(asked.page, len(found) > listing.FEED_SIZE)
        return feed.respond(form, found[: listing.FEED_SIZE], title=title, path=asked.address(), part=part)
    shown = listing.listed(asked, in_force_first=kept.in_force_first)
    if kept.complete:
        kept.complete(shown.rows)
    return framed(
        request,
        kept.section,
        f"{kept.title} · {shown.page}" if shown.page > 1 else kept.title,
        head=_head(kept, asked, title),
        crumbs=register.crumbs(kept),
        content=register.content(kept, asked, shown),
    )


def _head(kept: Kept, asked: Asked, title: str) -> Any:
    column = meta.Column(kept.title, kept.lead or kept.title, kept.title, kept.type)
    path = asked.address(page=asked.page if asked.page > 1 else None)
    return meta.head(path, title, column=column, description=kept.lead, feeds=feed.links(asked.address(), title))


@public_page()
def latest(request: HttpRequest) -> HttpResponse:
    """Everything that was released, newest first."""
    return respond(
        request,
        Kept(
            _("最新公开"),
            "政府信息公开目录",
            lead=_("本站公开的全部信息，最新的在前。"),
            section="agencies",
            filters=("agency", "kind", "category", "year"),
            show_kinds=True,
        ),
    )


@public_page()
def policies(request: HttpRequest) -> HttpResponse:
    """The policy library: only rules and normative documents, those in force first."""
    return respond(
        request,
        Kept(
            _("政策文件库"),
            "政策文件",
            Wanted(kinds=tuple(POLICY_KINDS)),
            lead=_("规章、规范性文件和其他政策文件。现行有效的在前，失效和废止的列在最后并注明。"),
            section="policies",
            filters=("agency", "theme", "year", "validity", "genre", "kind"),
            tools="portal/parts/within.html",
            in_force_first=True,
        ),
    )


@public_page()
def interpretations(request: HttpRequest) -> HttpResponse:
    """What explains documents, each with the document that it explains."""
    kept = Kept(
        _("政策解读"),
        "政策解读",
        Wanted(kinds=(Kind.INTERPRETATION,)),
        lead=_("对政策文件的说明：为什么制定、说了什么、怎么办。每条都附有所解读的文件。"),
        section="interpretations",
        explaining=True,
        complete=_explain,
    )
    return respond(request, kept)


def _explain(rows: list[Row]) -> None:
    documents = publication_page.interpreted(row.line.id for row in rows)
    for row in rows:
        row.explains.extend((listing.publication_url(id), title) for id, title in documents.get(row.line.id, ()))


@public_page()
def clarifications(request: HttpRequest) -> HttpResponse:
    """What agencies set right (条例第六条)."""
    kept = Kept(
        _("澄清说明"),
        "政府信息公开目录",
        Wanted(kinds=(Kind.CLARIFICATION,)),
        lead=_("对影响或者可能影响社会稳定、扰乱社会和经济管理秩序的虚假或者不完整信息的澄清。"),
        filters=("agency", "year"),
        empty=_("目前没有需要澄清的信息。"),
    )
    return respond(request, kept)


@public_page()
def category(request: HttpRequest, id: str) -> HttpResponse:
    """What was released under one statutory category (条例第二十条、第二十一条)."""
    found = next((one for one in catalogue.statutory_categories() if one.id == id), None)
    if found is None:
        raise Http404
    kept = Kept(
        labels.listed(id),
        "政府信息公开目录",
        Wanted(category=id),
        lead=_("依据：《中华人民共和国政府信息公开条例》%(article)s") % {"article": labels.article(found.basis)}
        if found.basis
        else "",
        section="agencies",
        filters=("agency", "year"),
        crumbs=[(_("信息公开"), "/agencies/"), (_("法定主动公开内容"), "/categories/")],
        show_kinds=True,
    )
    return respond(request, kept)


@public_page()
def theme(request: HttpRequest, id: str) -> HttpResponse:
    """What was released under one theme."""
    known = {t.id for t in catalogue.themes()} | {c.id for t in catalogue.themes() for c in t.children}
    if id not in known:
        raise Http404
    above = [(name, f"/themes/{upper}/") for upper, name in labels.theme_path(id)[:-1]]
    kept = Kept(
        labels.listed(id),
        "政府信息公开目录",
        Wanted(theme=id),
        section="agencies",
        filters=("agency", "kind", "year"),
        crumbs=[(_("主题分类"), "/categories/#themes"), *above],
        show_kinds=True,
    )
    return respond(request, kept)


@public_page()
def kind(request: HttpRequest, id: str) -> HttpResponse:
    """What was released of one kind."""
    if id not in Kind.values:
        raise Http404
    kept = Kept(
        labels.kind(id),
        "政府信息公开目录",
        Wanted(kinds=(id,)),
        section="agencies",
        crumbs=[(_("信息公开"), "/agencies/"), (_("信息类型"), "/categories/#kinds")],
    )
    return respond(request, kept)


@public_page()
def of_agency(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything that one agency released."""
    body = bodies().by_slug.get(slug)
    if body is None:
        raise Http404
    kept = Kept(
        _("%(agency)s公开的信息") % {"agency": body.label},
        "政府信息公开目录",
        Wanted(agencies=(body.id,)),
        section="agencies",
        filters=("kind", "category", "theme", "year"),
        crumbs=[(_("信息公开"), "/agencies/"), (body.label, body.url)],
        show_kinds=True,
    )
    return respond(request, kept)


@public_page()
def categories(request: HttpRequest) -> HttpResponse:
    """All statutory categories, kinds and themes with the number of publications under each."""
    counts = listing.counted(("lists",), public.counts_of_lists)
    titled = _("按类别看")
    column = meta.Column(titled, titled, titled, "政府信息公开目录")
    context = {
        "section": "agencies",
        "statutory": [
            (f"/categories/{one.id}/", labels.listed(one.id), counts["category"].get(one.id, 0), one.scope)
            for one in catalogue.statutory_categories()
        ],
        "kinds": [(f"/kinds/{id}/", labels.kind(id), counts["kind"].get(id, 0)) for id in Kind.values],
        "themes": [
            (f"/themes/{one.id}/", labels.listed(one.id), counts["theme"].get(one.id, 0)) for one in catalogue.themes()
        ],
        "head": meta.head("/categories/", titled, column=column),
    }
    return render(request, "portal/categories.html", context)


@public_page()
def series(request: HttpRequest) -> HttpResponse:
    """All issues of something that appears again and again, newest first."""
    name = request.GET.get("name", "").strip()[:80]
    if not name:
        raise Http404
    kept = Kept(
        name,
        "政府信息公开目录",
        Wanted(series=name),
        section="agencies",
        filters=(),
        fixed=(("name", name),),
        lead=_("同一系列各期，最新的在前。"),
    )
    return respond(request, kept)
