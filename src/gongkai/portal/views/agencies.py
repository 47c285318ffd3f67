"""The agencies: all of them, and each one's home with the five standard blocks of 政府信息公开专栏."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from gongkai.agencies.models import Agency, Kind, Level
from gongkai.law import catalogue
from gongkai.law.catalogue import Scope
from gongkai.portal import labels, listing, meta
from gongkai.portal.bodies import Body, bodies
from gongkai.portal.caching import public_page
from gongkai.portal.rendering import page as render
from gongkai.publishing.models import POLICY_KINDS
from gongkai.publishing.queries import public, statistics
from gongkai.publishing.queries.public import Wanted
from gongkai.reporting.queries import reports_of

SHOWN = 8


@public_page()
def agencies(request: HttpRequest) -> HttpResponse:
    """All agencies by kind, with what each has released; abolished ones at the end, each with its successor."""
    known = bodies()
    counts = listing.counted(("by agency",), statistics.by_agency)
    living = [body for body in known.by_id.values() if body.abolished is None]
    titled = _("政府信息公开")
    column = meta.Column(
        titled, _("各机关的公开指南、制度、法定主动公开内容、年度报告和依申请公开"), titled, "政府信息公开目录"
    )
    context = {
        "section": "agencies",
        "groups": [(label, _counted(found, counts)) for label, found in _groups(living) if found],
        "gone": [(body, known.heir(body)) for body in known.by_id.values() if body.abolished],
        "head": meta.head("/agencies/", titled, column=column, description=column.description),
    }
    return render(request, "portal/agencies.html", context)


def _groups(living: list[Body]) -> list[tuple[str, list[Body]]]:
    """The agencies as readers look for them: governments, departments, towns, others."""
    top = [b for b in living if b.parent is None]
    city = [b for b in living if b.kind == Kind.DEPARTMENT and b.level in (Level.CITY, Level.PROVINCE)]
    below = [b for b in living if b.kind == Kind.GOVERNMENT and b.parent is not None]
    county = [b for b in living if b.kind == Kind.DEPARTMENT and b.level == Level.COUNTY]
    towns = [b for b in living if b.kind == Kind.TOWN]
    others = [b for b in living if b.kind in (Kind.PUBLIC_INSTITUTION, Kind.UNIVERSITY, Kind.AUTHORISED)]
    return [
        (_("政府"), [b for b in top if b.kind == Kind.GOVERNMENT] + below),
        (_("政府部门"), city),
        (_("县区部门"), county),
        (_("乡镇和街道"), towns),
        (_("公共企事业单位和其他组织"), others),
    ]


def _counted(found: list[Body], counts: dict[int, int]) -> list[tuple[Body, int]]:
    return [(body, counts.get(body.id, 0)) for body in found]


@public_page()
def home(request: HttpRequest, slug: str) -> HttpResponse:
    """An agency's page: guide, rules, statutory content, annual reports, apply; what is new; whom to ask."""
    agency = Agency.objects.filter(slug=slug).first()
    body = bodies().by_slug.get(slug)
    if agency is None or body is None:
        raise Http404
    known = bodies()
    own = [body.id, *(older.id for older in known.predecessors(body.id))]
    column = meta.Column(body.label, _("%(name)s的政府信息公开") % {"name": body.name}, body.label, "政府信息公开目录")
    context: dict[str, Any] = {
        "section": "agencies",
        "agency": agency,
        "body": body,
        "heir": known.heir(body),
        "predecessors": known.predecessors(body.id),
        "below": [b for b in known.below(body.id) if not b.abolished],
        "parent": known.by_id.get(body.parent) if body.parent else None,
        "rules": listing.rows(public.rules_of_disclosure([body.id, *(one.id for one in known.above(body))])),
        "documents": listing.rows(public.lines(Wanted(agencies=(body.id,), kinds=tuple(POLICY_KINDS)), limit=5)),
        "latest": listing.rows(public.lines(Wanted(agencies=(body.id,)), limit=SHOWN)),
        "policies": listing.count(Wanted(agencies=(body.id,), kinds=tuple(POLICY_KINDS))),
        "statutory": _statutory(body),
        "reports": list(reports_of(agency)[:SHOWN]),
        "older_reports": [(old, list(reports_of(Agency(pk=old.id))[:3])) for old in known.predecessors(body.id)],
        "total": listing.count(Wanted(agencies=(body.id,))),
        "figures": statistics.in_short(own[:1]),
        "head": meta.head(
            body.url, body.name, column=column, description=column.description, data=_organisation(agency, body)
        ),
    }
    return render(request, "portal/agency_home.html", context)


def _statutory(body: Body) -> list[tuple[str, str, int]]:
    """The categories that apply to an agency with what is filed under each; empty ones are shown too."""
    counts = statistics.by_category(body.id)
    applying = {Scope.ALL}
    if body.level in (Level.CITY, Level.COUNTY):
        applying.add(Scope.CITY_COUNTY)
    if body.level == Level.TOWN:
        applying = {Scope.ALL, Scope.TOWNSHIP}
    return [
        (f"/categories/{one.id}/?agency={body.slug}", labels.listed(one.id), counts.get(one.id, 0))
        for one in catalogue.statutory_categories()
        if one.scope in applying or one.id in counts
    ]


def _organisation(agency: Agency, body: Body) -> dict[str, Any]:
    """The agency and its disclosure office in the words of schema.org."""
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "GovernmentOrganization",
        "@id": meta.absolute(body.url),
        "name": agency.name,
        "url": meta.absolute(body.url),
    }
    if agency.office_name:
        data["contactPoint"] = {
            "@type": "ContactPoint",
            "name": agency.office_name,
            "telephone": agency.office_phone,
            "email": agency.office_email,
            "faxNumber": agency.office_fax,
            "hoursAvailable": agency.office_hours,
        }
    if agency.office_address:
        data["address"] = {
            "@type": "PostalAddress",
            "streetAddress": agency.office_address,
            "postalCode": agency.office_postcode,
        }
    return data


def _contacts(slug: str, words: str) -> list[Agency]:
    found = Agency.objects.filter(abolished__isnull=True)
    if slug:
        return list(found.filter(slug=slug))
    if words:
        from gongkai.agencies.queries import matching

        return list(matching(words, found)[:20])
    return list(found.filter(parent__isnull=True))


_HOW = {"apply": "portal/how_apply.html", "progress": "portal/how_progress.html", "letters": "portal/how_letters.html"}


@public_page()
def how(request: HttpRequest, topic: str) -> HttpResponse:
    """How something is done that is not done on this site yet: whom to turn to, and what to bring."""
    words = request.GET.get("office", "").strip()[:60]
    slug = request.GET.get("agency", "")
    titles = {"apply": _("申请公开政府信息"), "progress": _("查办理进度"), "letters": _("给我们写信")}
    column = meta.Column(
        titles[topic], titles[topic], titles[topic], "依申请公开" if topic != "letters" else "互动交流"
    )
    context = {
        "section": topic,
        "topic": topic,
        "title": titles[topic],
        "about": request.GET.get("about", "").strip()[:200],
        "office": words,
        "slug": slug if slug in bodies().by_slug else "",
        "contacts": _contacts(slug if slug in bodies().by_slug else "", words),
        "agencies": [body for body in bodies().by_id.values() if body.abolished is None],
        "head": meta.head(reverse(f"portal:{topic}"), titles[topic], column=column),
    }
    return render(request, _HOW[topic], context)
