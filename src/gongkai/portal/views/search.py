"""The search of the public site, and what it offers while somebody types."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongkai.portal import feed, meta, searching
from gongkai.portal.caching import public_page
from gongkai.portal.rendering import page as render
from gongkai.portal.searching import Question
from gongkai.publishing import indexing, reading
from gongkai.search import Index, Results


@public_page()
def search(request: HttpRequest) -> HttpResponse:
    """What was found, as a page, a feed or a spreadsheet."""
    asked = searching.question(request)
    index = indexing.reader()
    if index is None:
        return render(request, "portal/search.html", _base(asked) | {"building": searching.without_index(asked)})
    form = request.GET.get("format", "")
    if form == "csv":
        return feed.csv_response(searching.export(asked, index), "search")
    if form in feed.FORMATS:
        return _feed(asked, index, form)
    return _page(request, asked, index)


def _page(request: HttpRequest, asked: Question, index: Index) -> HttpResponse:
    results = index.search(searching.as_query(asked))
    if asked.text and asked.page == 1 and not asked.chosen:
        reading.count_search(asked.text, 0 if results.relaxed else results.total)
    pages = min(max(1, -(-results.total // searching.PAGE_SIZE)), searching.MOST_PAGES)
    context = _base(asked) | {
        "results": results,
        "found": searching.found(results),
        "facets": searching.facets(asked, results),
        "chips": searching.chips(asked),
        "corrected": results.corrected and (results.corrected, asked.address(q=results.corrected, page="")),
        "synonyms": results.parsed.synonyms[:6],
        "seconds": f"{results.took_ms / 1000:.3f}",
        "l": _place(asked, pages),
        "first": (asked.page - 1) * searching.PAGE_SIZE + 1,
        "sorts": [
            (_("按相关程度"), asked.address(sort="", page=""), asked.sort == ""),
            (_("按发布日期"), asked.address(sort="date", page=""), asked.sort == "date"),
        ],
        "live": (asked.only_live, asked.address(live="" if asked.only_live else "1", page="")),
        "exports": {form: asked.address(format=form) for form in ("atom", "json", "csv")},
    }
    return render(request, "portal/search.html", context)


def _place(asked: Question, pages: int) -> dict[str, Any]:
    return {
        "page": asked.page,
        "pages": pages,
        "previous": asked.address(page=asked.page - 1) if asked.page > 1 else "",
        "next": asked.address(page=asked.page + 1) if asked.page < pages else "",
    }


def _base(asked: Question) -> dict[str, Any]:
    title = _("检索：%(words)s") % {"words": asked.text} if asked.text else _("检索")
    feeds = [] if asked.is_empty else feed.links(asked.address(), title)
    return {
        "section": "search",
        "asked": asked,
        "title": title,
        "head": meta.head(asked.address(), title, index=False, feeds=feeds),
    }


def _feed(asked: Question, index: Index, form: str) -> HttpResponse:
    from gongkai.portal import listing
    from gongkai.publishing.queries import public

    query = searching.as_query(asked, offset=0, limit=listing.FEED_SIZE, facets=False)
    results: Results = index.search(query)
    rows = listing.rows(public.lines_by_id(hit.id for hit in results.hits))
    return feed.respond(form, rows, title=_("检索：%(words)s") % {"words": asked.text}, path=asked.address())


@public_page(300)
def suggest(request: HttpRequest) -> HttpResponse:
    """What begins with the letters typed so far, as OpenSearch suggestions."""
    words = " ".join(request.GET.get("q", "").split())[:60]
    index = indexing.reader() if words else None
    offered = index.suggest(words) if index else []
    return JsonResponse([words, offered], safe=False, json_dumps_params={"ensure_ascii": False})


@require_safe
def opensearch(request: HttpRequest) -> HttpResponse:
    """How browsers put this search into their own box."""
    from django.conf import settings
    from django.urls import reverse

    address = escape(meta.absolute(reverse("portal:search")) + "?q={searchTerms}")
    offers = escape(meta.absolute(reverse("portal:suggest")) + "?q={searchTerms}")
    name = escape(settings.WAGTAIL_SITE_NAME)
    text = (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">'
        f"<ShortName>{name[:16]}</ShortName><Description>{name}</Description><InputEncoding>UTF-8</InputEncoding>"
        f'<Url type="text/html" template="{address}"/>'
        f'<Url type="application/x-suggestions+json" template="{offers}"/></OpenSearchDescription>'
    )
    response = HttpResponse(text, content_type="application/opensearchdescription+xml; charset=utf-8")
    response["Cache-Control"] = "public, max-age=86400"
    return response
