"""The catalogue (政府信息公开目录): a live list with filters, and the same list as a file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import quote, urlencode

from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gongkai.files.checks import TYPES
from gongkai.law.catalogue import statutory_categories, themes
from gongkai.portal import entries, feed, labels, listing, meta
from gongkai.portal.bodies import Body, bodies
from gongkai.portal.caching import public_page
from gongkai.portal.rendering import framed
from gongkai.publishing.exporting.catalogue import TooMany, catalogue_docx, catalogue_xlsx
from gongkai.publishing.models import Kind, Validity
from gongkai.publishing.queries.catalogue import (
    CatalogueFilter,
    agencies_in_catalogue,
    count,
    page_of,
    years_covered,
)

SHEETS = ("portal/library.css", "portal/catalogue.css")


@public_page()
def catalogue(request: HttpRequest) -> HttpResponse:
    """The catalogue of one agency or of all, page by page; its newest rows as a feed where one is asked for."""
    wanted = filter_of(request)
    form = feed.wanted_format(request)
    if not form:
        return _page(request, wanted)
    newest = listing.rows(page_of(wanted, 1, total=_total(wanted)).lines)
    return feed.respond(form, newest, title=title_of(wanted), path=_address(wanted))


@public_page(seconds=300)
def workbook(request: HttpRequest) -> HttpResponse:
    """The catalogue as .xlsx."""
    return _file(request, "xlsx", catalogue_xlsx)


@public_page(seconds=300)
def document(request: HttpRequest) -> HttpResponse:
    """The catalogue as .docx."""
    wanted = filter_of(request)
    return _file(request, "docx", lambda found: catalogue_docx(found, title_of(wanted)))


def filter_of(request: HttpRequest) -> CatalogueFilter:
    """What the address asks for; values that are not in the lists are passed over."""
    asked = {name: request.GET.get(name, "").strip() for name in ("category", "kind", "theme", "validity")}
    year = request.GET.get("year", "")
    body = bodies().by_slug.get(request.GET.get("agency", ""))
    return CatalogueFilter(
        agency=body.id if body else None,
        category=_one_of(asked["category"], {c.id for c in statutory_categories()}),
        kind=_one_of(asked["kind"], Kind.values),
        theme=_one_of(asked["theme"], _themes()),
        year=int(year) if year.isascii() and year.isdigit() and 1949 <= int(year[:6]) <= 9998 else None,
        validity=_one_of(asked["validity"], Validity.values),
        text=request.GET.get("q", "").replace("\x00", "").strip()[:100],
    )


def title_of(wanted: CatalogueFilter) -> str:
    """The title of the list, for its page and its file."""
    body = _body(wanted)
    return (body.name if body else "") + _("政府信息公开目录")


def _page(request: HttpRequest, wanted: CatalogueFilter, error: str = "") -> HttpResponse:
    asked = request.GET.get("page", "1")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 8 else 1
    page = page_of(wanted, number, total=_total(wanted))
    body, title, path = _body(wanted), title_of(wanted), _address(wanted)
    shown = entries.Shown(
        title=title,
        guide=reverse("portal:guide", args=[body.slug]) if body else "",
        error=error,
        form=_form(wanted),
        chips=_chips(wanted),
        rows=listing.rows(page.lines),
        total=page.total,
        number=page.number,
        pages=page.pages,
        files=[
            (_address(wanted, "portal:catalogue-xlsx"), _("Excel 表格")),
            (_address(wanted, "portal:catalogue-docx"), _("Word 文档")),
        ],
        feeds=[(one.address, label) for one, label in zip(feed.links(path, ""), ("Atom", "JSON"), strict=True)],
        previous=_address(wanted, page=page.number - 1) if page.number > 1 else "",
        next=_address(wanted, page=page.number + 1) if page.number < page.pages else "",
    )
    return framed(
        request,
        "catalogue",
        f"{title} · {page.number}" if page.number > 1 else title,
        head=_head(wanted, title, page.number),
        crumbs="",
        content=entries.content(shown),
        sheets=SHEETS,
        status=413 if error else 200,
    )


def _head(wanted: CatalogueFilter, title: str, number: int) -> Any:
    says = _("政府信息公开目录：索引号、名称、内容概述、生成日期，可按机关、类别、年份和有效性筛选。")
    column = meta.Column(title, says, title, "政府信息公开目录")
    path = _address(wanted, page=number if number > 1 else 0)
    return meta.head(path, title, column=column, description=says, feeds=feed.links(_address(wanted), title))


def _total(wanted: CatalogueFilter) -> int | None:
    if wanted.text:
        return None
    found: int = listing.kept(("catalogue", wanted), lambda: count(wanted))
    return found


def _body(wanted: CatalogueFilter) -> Body | None:
    return bodies().by_id.get(wanted.agency) if wanted.agency else None


def _form(wanted: CatalogueFilter) -> str:
    """The form of filters: it has hundreds of options, so it is kept until something changes that the public sees."""
    if wanted.text:
        return _form_made(wanted)
    found: str = listing.kept(("catalogue-form", wanted, get_language()), lambda: _form_made(wanted))
    return found


def _form_made(wanted: CatalogueFilter) -> str:
    context = {
        "wanted": wanted,
        "agencies": listing.kept(("catalogue-agencies",), lambda: list(agencies_in_catalogue())),
        "categories": statutory_categories(),
        "kinds": Kind.choices,
        "themes": themes(),
        "years": listing.kept(("catalogue-years",), years_covered),
        "validities": Validity.choices,
        "LANGUAGE_CODE": get_language(),
    }
    return str(get_template("portal/parts/catalogue_form.html").render(context))


def _file(request: HttpRequest, to: str, make: Callable[[CatalogueFilter], bytes]) -> HttpResponse:
    wanted = filter_of(request)
    try:
        content = make(wanted)
    except TooMany as error:
        return _page(request, wanted, error=str(error))
    response = HttpResponse(content, content_type=TYPES[to])
    name = quote(f"{title_of(wanted)}.{to}")
    response["Content-Disposition"] = f"attachment; filename=\"catalogue.{to}\"; filename*=UTF-8''{name}"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _chips(wanted: CatalogueFilter) -> list[tuple[str, str]]:
    """What is asked for, each with the address of the list without it."""
    body = _body(wanted)
    chosen: dict[str, Any] = {
        "agency": body and body.label,
        "category": labels.listed(wanted.category),
        "kind": wanted.kind and labels.kind(wanted.kind),
        "theme": labels.listed(wanted.theme),
        "year": wanted.year,
        "validity": labels.validity(wanted.validity),
        "q": wanted.text and f"“{wanted.text}”",
    }
    return [(str(label), _address(wanted, without=name)) for name, label in chosen.items() if label]


def _address(wanted: CatalogueFilter, name: str = "portal:catalogue", without: str = "", page: int = 0) -> str:
    """The address of the same list: as a file, without one of its filters, or another page of it."""
    body = _body(wanted)
    given: dict[str, Any] = {
        "agency": body and body.slug,
        "category": wanted.category,
        "kind": wanted.kind,
        "theme": wanted.theme,
        "year": wanted.year,
        "validity": wanted.validity,
        "q": wanted.text,
        "page": page,
    }
    query = urlencode({key: str(value) for key, value in given.items() if value and key != without})
    return f"{reverse(name)}?{query}" if query else reverse(name)


def _themes() -> dict[str, str]:
    return {one.id: one.label for theme in themes() for one in (theme, *theme.children)}


def _one_of(value: str, known: Any) -> str:
    return value if value in known else ""
