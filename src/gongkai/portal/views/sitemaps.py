"""What machines read first: robots.txt, sitemaps with dates, the DCAT catalogue; and for people the list of feeds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongkai.law import catalogue
from gongkai.portal import labels, meta
from gongkai.portal.bodies import bodies
from gongkai.portal.caching import public_page
from gongkai.portal.listing import publication_url
from gongkai.portal.rendering import page as render
from gongkai.publishing.models import Kind
from gongkai.publishing.queries import columns, public

PER_FILE = 50_000
_XML = '<?xml version="1.0" encoding="utf-8"?>\n'
_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Everything public may be read; what only repeats lists in other orders is left alone."""
    closed = ("/admin/", "/preferences/", "/search/", "/checkup/", "/p/*/read/", "/api/")
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in closed),
        f"Sitemap: {meta.absolute('/sitemap.xml')}",
        "",
    ]
    response = HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
    response["Cache-Control"] = "public, max-age=3600"
    return response


def _starts() -> list[tuple[int, Any]]:
    """Each file of publications: the id that it begins after, and when the newest of it changed."""
    last = public.published().order_by().aggregate(last=Max("pk"))["last"] or 0
    found = []
    for start in range(0, last, PER_FILE):
        rows = public.published().filter(pk__gt=start, pk__lte=start + PER_FILE).order_by()
        changed = rows.aggregate(changed=Max("changed_at"))["changed"]
        if changed:
            found.append((start // PER_FILE + 1, changed))
    return found


@public_page(600)
def index(request: HttpRequest) -> HttpResponse:
    """The files of the sitemap."""
    files = [f"<sitemap><loc>{escape(meta.absolute('/sitemap-pages.xml'))}</loc></sitemap>"]
    files += [
        f"<sitemap><loc>{escape(meta.absolute(f'/sitemap-{number}.xml'))}</loc>"
        f"<lastmod>{changed.isoformat(timespec='seconds')}</lastmod></sitemap>"
        for number, changed in _starts()
    ]
    return HttpResponse(
        f"{_XML}<sitemapindex {_SPACE}>\n" + "\n".join(files) + "\n</sitemapindex>\n",
        content_type="application/xml; charset=utf-8",
    )


@public_page(600)
def part(request: HttpRequest, number: int) -> HttpResponse:
    """One file of publications: those with ids in its range, so that a file changes only with what it holds."""
    start = (number - 1) * PER_FILE
    rows = public.published().filter(pk__gt=start, pk__lte=start + PER_FILE).order_by("pk")
    if number < 1 or number > 20_000 or not rows.exists():
        raise Http404
    return StreamingHttpResponse(_urls(rows), content_type="application/xml; charset=utf-8")


def _urls(rows: Any) -> Iterator[str]:
    yield f"{_XML}<urlset {_SPACE}>\n"
    for id, changed in rows.values_list("pk", "changed_at").iterator(chunk_size=2000):
        address = meta.absolute(publication_url(id))
        yield f"<url><loc>{address}</loc><lastmod>{changed.isoformat(timespec='seconds')}</lastmod></url>\n"
    yield "</urlset>\n"


def _lists() -> list[tuple[str, str]]:
    """The lists of the site: addresses and titles."""
    return [
        ("/latest/", _("最新公开")),
        ("/policies/", _("政策文件库")),
        ("/interpretations/", _("政策解读")),
        ("/clarifications/", _("澄清说明")),
    ]


@public_page(600)
def pages(request: HttpRequest) -> HttpResponse:
    """The addresses that are not publications: columns, lists, agencies."""
    fixed = [
        "/",
        "/agencies/",
        "/categories/",
        "/gazette/",
        "/reports/",
        "/statistics/",
        "/topics/",
        "/feeds/",
        "/catalogue/",
    ]
    paths = [*fixed, *(path for path, _title in _lists()), *(body.url for body in bodies().by_id.values())]
    paths += [f"/categories/{one.id}/" for one in catalogue.statutory_categories()]
    paths += [f"/themes/{one.id}/" for one in catalogue.themes()]
    lines = [f"<url><loc>{escape(meta.absolute(path))}</loc></url>" for path in paths]
    return HttpResponse(
        f"{_XML}<urlset {_SPACE}>\n" + "\n".join(lines) + "\n</urlset>\n", content_type="application/xml; charset=utf-8"
    )


@public_page(600)
def dcat(request: HttpRequest) -> HttpResponse:
    """The site as a DCAT catalogue: each list that can be followed is a data set with its distributions."""
    lists = [*_lists(), *((f"/kinds/{id}/", labels.kind(id)) for id in Kind.values)]
    data = {
        "@context": {
            "dcat": "http://www.w3.org/ns/dcat#",
            "dct": "http://purl.org/dc/terms/",
            "foaf": "http://xmlns.com/foaf/0.1/",
        },
        "@id": meta.absolute("/catalogue.jsonld"),
        "@type": "dcat:Catalog",
        "dct:title": settings.WAGTAIL_SITE_NAME,
        "dct:language": "zh-Hans",
        "dct:publisher": {
            "@type": "foaf:Organization",
            "foaf:name": settings.GONGKAI_SITE["owner"] or settings.WAGTAIL_SITE_NAME,
        },
        "foaf:homepage": {"@id": meta.absolute("/")},
        "dct:modified": timezone.now().isoformat(timespec="seconds"),
        "dcat:dataset": [_dataset(path, title) for path, title in lists],
    }
    return JsonResponse(
        data, content_type="application/ld+json; charset=utf-8", json_dumps_params={"ensure_ascii": False}
    )


def _dataset(path: str, title: str) -> dict[str, Any]:
    types = (("atom", "application/atom+xml"), ("json", "application/feed+json"))
    return {
        "@id": meta.absolute(path),
        "@type": "dcat:Dataset",
        "dct:title": title,
        "dcat:landingPage": {"@id": meta.absolute(path)},
        "dcat:distribution": [
            {
                "@type": "dcat:Distribution",
                "dcat:accessURL": {"@id": meta.absolute(f"{path}?format={form}")},
                "dcat:mediaType": media,
            }
            for form, media in types
        ],
    }


@public_page()
def feeds(request: HttpRequest) -> HttpResponse:
    """What can be followed, and how."""
    title = _("订阅")
    groups = [
        (_("主要列表"), _lists()),
        (_("按机关"), [(f"{body.url}all/", body.label) for body in bodies().by_id.values() if not body.abolished]),
        (
            _("按法定公开内容"),
            [(f"/categories/{one.id}/", labels.listed(one.id)) for one in catalogue.statutory_categories()],
        ),
        (_("按主题"), [(f"/themes/{one.id}/", labels.listed(one.id)) for one in catalogue.themes()]),
        (_("按信息类型"), [(f"/kinds/{id}/", labels.kind(id)) for id in Kind.values]),
        (_("专题专栏"), [(one.url, one.title) for one in columns.top_columns(100)]),
    ]
    head = meta.head(reverse("portal:feeds"), title, column=meta.Column(title, title, title, "数据开放"))
    return render(request, "portal/feeds.html", {"section": "feeds", "title": title, "groups": groups, "head": head})


@public_page()
def site_map(request: HttpRequest) -> HttpResponse:
    """All columns of the site on one page."""
    title = _("网站地图")
    head = meta.head(reverse("portal:site-map"), title)
    groups = [
        (
            _("政策"),
            [
                ("/policies/", _("政策文件库")),
                ("/interpretations/", _("政策解读")),
                ("/gazette/", _("政府公报")),
                ("/clarifications/", _("澄清说明")),
            ],
        ),
        (
            _("信息公开"),
            [
                ("/agencies/", _("各机关")),
                ("/categories/", _("按类别看")),
                ("/catalogue/", _("公开目录")),
                ("/latest/", _("最新公开")),
                ("/topics/", _("专题专栏")),
            ],
        ),
        (
            _("办事"),
            [("/apply/", _("申请公开政府信息")), ("/progress/", _("查办理进度")), ("/letters/", _("给我们写信"))],
        ),
        (_("年度报告"), [("/reports/", _("年度报告")), ("/checkup/", _("年报体检"))]),
        (_("数据"), [("/statistics/", _("公开统计")), ("/feeds/", _("订阅")), ("/api/docs", _("数据接口"))]),
    ]
    agencies = [(body.url, body.name) for body in bodies().by_id.values() if not body.abolished]
    return render(
        request, "portal/sitemap.html", {"title": title, "groups": [*groups, (_("机关"), agencies)], "head": head}
    )
