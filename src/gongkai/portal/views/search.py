"""The search of the public site, and what it offers while somebody types."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.html import escape
from django.views.decorators.http import require_safe

from gongkai.portal import answers, feed, meta, searching
from gongkai.portal.caching import public_page
from gongkai.portal.labels import word as _
from gongkai.portal.rendering import framed
from gongkai.portal.searching import Question
from gongkai.publishing import indexing, reading
from gongkai.search import Index, Results


@public_page()
def search(request: HttpRequest) -> HttpResponse:
    """What was found, as a page, a feed or a spreadsheet."""
    asked = searching.question(request)
    index = indexing.reader()
    if index is None:
        rows = list(searching.without_index(asked))
        return _framed(request, asked, answers.without_index(asked, _title(asked), rows))
    form = request.GET.get("format", "")
    if form == "csv":
        return feed.csv_response(searching.export(asked, index), "search")
    if form in feed.FORMATS:
        return _feed(asked, index, form)
    results = index.search(searching.as_query(asked))
    if asked.text and asked.page == 1 and not asked.chosen:
        reading.count_search(asked.text, 0 if results.relaxed else results.total)
    return _framed(request, asked, answers.content(asked, _title(asked), results))


def _framed(request: HttpRequest, asked: Question, content: str) -> HttpResponse:
    title = _title(asked)
    feeds = [] if asked.is_empty else feed.links(asked.address(), title)
    head = meta.head(asked.address(), title, index=False, feeds=feeds)
    return framed(request, "search", title, head=head, crumbs="", content=content)


def _title(asked: Question) -> str:
    return _("检索：%(words)s") % {"words": asked.text} if asked.text else _("检索")


def _feed(asked: Question, index: Index, form: str) -> HttpResponse:
    from gongkai.portal import listing
    from gongkai.publishing.queries import public

    offset = (asked.page - 1) * listing.FEED_SIZE
    query = searching.as_query(asked, offset=offset, limit=listing.FEED_SIZE, facets=False)
    results: Results = index.search(query)
    rows = listing.rows(public.lines_by_id(hit.id for hit in results.hits))
    more = results.total > offset + listing.FEED_SIZE and asked.page < searching.MOST_PAGES
    part = feed.Part(asked.page, more)
    return feed.respond(form, rows, title=_title(asked), path=asked.address(), part=part)


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
