"""The library of annual reports: all of it, an agency's, one report, two side by side."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from gongkai.agencies.models import Agency
from gongkai.annual import compare as compare_reports
from gongkai.annual.forms import form as form_by_id
from gongkai.annual.model import Report
from gongkai.portal.caching import public_page
from gongkai.portal.files import KINDS, file_response
from gongkai.portal.views.parts import report_context
from gongkai.reporting import queries, statistics
from gongkai.reporting.models import AnnualReport

PAGE_SIZE = 50


@public_page()
def library(request: HttpRequest) -> HttpResponse:
    """All published reports: a table of agencies by years, or a list where something is asked for."""
    query = request.GET.get("q", "").strip()[:100]
    forms = queries.forms()
    chosen = {
        "agency": Agency.objects.filter(slug=request.GET.get("agency", "")).first(),
        "year": _number(request.GET.get("year")),
        "form": form if (form := request.GET.get("form", "")) in forms else "",
    }
    with_errors = request.GET.get("errors") == "1"
    filtered = bool(query or any(chosen.values()) or with_errors)
    years = queries.years()
    context: dict[str, Any] = {
        "section": "library",
        "query": query,
        "with_errors": with_errors,
        "filtered": filtered,
        "years": years,
        "forms": [form_by_id(f) for f in forms],
        "agencies": queries.agencies_with_reports(),
        **chosen,
    }
    if filtered:
        found = queries.library(query=query, with_errors=with_errors, **chosen)
        context["page"] = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
        context["chips"] = _chips(request, context)
    else:
        context["board"] = statistics.board(years)
    return render(request, "portal/library.html", context)


@public_page()
def agency(request: HttpRequest, slug: str) -> HttpResponse:
    """An agency's reports and each of its figures across the years."""
    body = get_object_or_404(Agency, slug=slug)
    reports = list(queries.reports_of(body))
    if not reports:
        raise Http404
    cells = statistics.cells_of(body)
    wanted = next((c for c in cells if c.id == request.GET.get("cell")), None)
    return render(
        request,
        "portal/agency.html",
        {
            "section": "library",
            "agency": body,
            "reports": reports,
            "lines": statistics.lines(body),
            "cells": cells,
            "wanted": wanted,
            "line": statistics.line_of_cell(body, wanted) if wanted else None,
        },
    )


@public_page()
def report(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """One report with its findings, beside those of the years before and after."""
    row = _published(slug, year)
    years = sorted(queries.reports_of(row.agency).values_list("year", flat=True))
    place = years.index(year)
    return render(
        request,
        "portal/report.html",
        {
            "section": "library",
            "row": row,
            "previous": years[place - 1] if place else None,
            "next": years[place + 1] if place + 1 < len(years) else None,
            "corrections": queries.corrections_of(row),
            **report_context(_shown(row)),
        },
    )


@public_page()
def download(request: HttpRequest, slug: str, year: int, to: str) -> HttpResponse:
    """One report as a file, in the official layout or as data."""
    if to not in KINDS:
        raise Http404
    return file_response(_shown(_published(slug, year)), to)


@public_page()
def compare(request: HttpRequest) -> HttpResponse:
    """Two reports, years or agencies, cell by cell and text by text."""
    a, b = (_named(request.GET.get(side, "")) for side in ("a", "b"))
    context: dict[str, Any] = {"section": "library", "a": a, "b": b, "choices": queries.published()}
    if a and b:
        comparison = compare_reports(_shown(a), _shown(b))
        only_different = request.GET.get("all") != "1"
        context |= {
            "comparison": comparison,
            "only_different": only_different,
            "pairs": [c for c in comparison.cells if not only_different or c.a != c.b],
            "share": round(comparison.text_share * 100),
        }
    return render(request, "portal/compare.html", context)


def _published(slug: str, year: int) -> AnnualReport:
    found = queries.report_of(get_object_or_404(Agency, slug=slug), year)
    if found is None:
        raise Http404
    return found


def _named(name: str) -> AnnualReport | None:
    slug, _slash, year = name.partition("/")
    body = Agency.objects.filter(slug=slug).first()
    number = _number(year)
    return queries.report_of(body, number) if body and number else None


def _shown(row: AnnualReport) -> Report:
    return queries.effective(row)


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) == 4 else None


def _chips(request: HttpRequest, context: dict[str, Any]) -> list[tuple[str, str]]:
    """What is asked for, each with the address of the list without it."""
    words = {
        "q": context["query"] and f"“{context['query']}”",
        "agency": context["agency"] and context["agency"].label,
        "year": context["year"] and str(context["year"]),
        "form": context["form"],
        "errors": context["with_errors"] and _("有错误的"),
    }
    chips = []
    for name, label in words.items():
        if label:
            rest = request.GET.copy()
            rest.pop(name, None)
            rest.pop("page", None)
            chips.append((str(label), f"?{rest.urlencode()}" if rest else request.path))
    return chips
