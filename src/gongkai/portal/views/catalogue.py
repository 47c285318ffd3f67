"""The catalogue (政府信息公开目录): a live list with filters, and the same list as a file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import get_template
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gongkai.agencies.models import Agency
from gongkai.files.checks import TYPES
from gongkai.law.catalogue import statutory_categories, themes
from gongkai.portal import labels, listing
from gongkai.portal.caching import public_page
from gongkai.publishing.exporting.catalogue import TooMany, catalogue_docx, catalogue_xlsx
from gongkai.publishing.models import Kind, Validity
from gongkai.publishing.queries.catalogue import (
    CatalogueFilter,
    agencies_in_catalogue,
    entry_ids,
    page_of,
    years_covered,
)


@public_page()
def catalogue(request: HttpRequest) -> HttpResponse:
    """The catalogue of one agency or of all, page by page."""
    return _page(request, filter_of(request))


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
    slug = request.GET.get("agency", "")
    return CatalogueFilter(
        agency=Agency.objects.filter(slug=slug).first() if slug else None,
        category=_one_of(asked["category"], {c.id for c in statutory_categories()}),
        kind=_one_of(asked["kind"], Kind.values),
        theme=_one_of(asked["theme"], _themes()),
        year=int(year) if year.isascii() and year.isdigit() and 1949 <= int(year[:6]) <= 9998 else None,
        validity=_one_of(asked["validity"], Validity.values),
        text=request.GET.get("q", "").replace("\x00", "").strip()[:100],
    )


def title_of(wanted: CatalogueFilter) -> str:
    """The title of the list, for its page and its file."""
    owner = wanted.agency.name if wanted.agency else ""
    return owner + _("政府信息公开目录")


def _page(request: HttpRequest, wanted: CatalogueFilter, error: str = "") -> HttpResponse:
    total = None if wanted.text else listing.kept(("catalogue", wanted), lambda: entry_ids(wanted).count())
    page = page_of(wanted, request.GET.get("page"), total=total)
    kinds, validities = dict(Kind.choices), dict(Validity.choices)
    for entry in page.object_list:
        entry.kind_label, entry.validity_label = kinds.get(entry.kind, ""), validities.get(entry.validity, "")
    context = {
        "section": "catalogue",
        "title": title_of(wanted),
        "wanted": wanted,
        "page": page,
        "chips": _chips(request, wanted),
        "form": _form(wanted),
        "query": _query(request),
        "error": error,
    }
    return render(request, "portal/catalogue.html", context, status=413 if error else 200)


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


def _chips(request: HttpRequest, wanted: CatalogueFilter) -> list[tuple[str, str]]:
    """What is asked for, each with the address of the list without it."""
    chosen: dict[str, Any] = {
        "agency": wanted.agency and wanted.agency.label,
        "category": labels.listed(wanted.category),
        "kind": dict(Kind.choices).get(wanted.kind),
        "theme": labels.listed(wanted.theme),
        "year": wanted.year,
        "validity": dict(Validity.choices).get(wanted.validity),
        "q": wanted.text and f"“{wanted.text}”",
    }
    return [(str(label), "?" + _query(request, without=name)) for name, label in chosen.items() if label]


def _query(request: HttpRequest, without: str = "") -> str:
    """The filters of the address, for links that go on with them."""
    rest = request.GET.copy()
    for name in ("page", without):
        rest.pop(name, None)
    for name in [name for name, value in rest.items() if not value]:
        rest.pop(name)
    return rest.urlencode()


def _themes() -> dict[str, str]:
    return {one.id: one.label for theme in themes() for one in (theme, *theme.children)}


def _one_of(value: str, known: Any) -> str:
    return value if value in known else ""
