"""Staff pages about the library: the list, one report, the correcting of a cell."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, reverse_lazy
from django.views.decorators.http import require_GET, require_POST

from gongkai.agencies.queries import visible_to
from gongkai.agencies.rights import NotAllowed, Right, may, may_anywhere
from gongkai.desk.forms import ReportFilter
from gongkai.desk.tables import cell_views, tables_of
from gongkai.files.actions import serve
from gongkai.reporting import actions
from gongkai.reporting.models import AnnualReport, Status
from gongkai.reporting.queries import findings, library, visible_reports
from gongkai.trail.chain import history

PAGE = 50
LIST_CRUMB = {"url": reverse_lazy("desk_reports"), "label": "年度报告"}


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """The reports of the person's agencies, narrowed by the filter."""
    reports = visible_reports(request.user)
    years = list(reports.order_by("-year").values_list("year", flat=True).distinct())
    form = ReportFilter(request.GET, agencies=visible_to(request.user), years=years)
    chosen: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    found = library(
        reports,
        agency=chosen.get("agency"),
        year=chosen.get("year"),
        form=chosen.get("form", ""),
        status=chosen.get("status", ""),
        query=chosen.get("q", ""),
        with_errors=chosen.get("faulty", False),
    )
    page = Paginator(found, PAGE).get_page(request.GET.get("p"))
    query = request.GET.copy()
    query.pop("p", None)
    context = {
        "header_title": "年度报告",
        "header_icon": "doc-full",
        "breadcrumbs_items": [{"url": "", "label": "年度报告"}],
        "form": form,
        "page": page,
        "query": query.urlencode(),
        "filtered": any(chosen.values()),
        "may_import": may_anywhere(request.user, Right.IMPORT_REPORTS),
    }
    return render(request, "desk/reports/index.html", context)


@require_GET
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """One report: its tables with what was read and corrected, its findings, what was done to it."""
    row = _visible(request, pk)
    cell = request.GET.get("cell", "")
    views = cell_views(row)
    context = {
        "header_title": row.title,
        "header_icon": "doc-full",
        "breadcrumbs_items": [LIST_CRUMB, {"url": "", "label": f"{row.agency.label} {row.year}年"}],
        "report": row,
        "as_list": request.GET.get("view") == "list",
        "tables": tables_of(row),
        "findings": findings(row),
        "selected": views.get(cell),
        "history": history(row)[:50],
        "may": _rights(request, row),
    }
    return render(request, "desk/reports/report.html", context)


@require_GET
def cell(request: HttpRequest, pk: int, cell: str) -> HttpResponse:
    """The side panel of one cell, for the script that opens it without leaving the page."""
    row = _visible(request, pk)
    view = cell_views(row).get(cell)
    if view is None:
        raise Http404
    context = {"report": row, "selected": view, "may": _rights(request, row)}
    return render(request, "desk/reports/_panel.html", context)


@require_POST
def correct(request: HttpRequest, pk: int, cell: str) -> HttpResponse:
    """Puts a person's value in place of what was read."""
    row = _visible(request, pk)
    try:
        actions.correct_cell(row, cell, request.POST.get("value", ""), why=request.POST.get("why", ""), by=request.user)
    except (NotAllowed, actions.NotPossible, actions.NotAValue) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "已更正。读取的原值仍然保留，问题清单已重新检查。")
    view = "list" if request.POST.get("view") == "list" else ""
    address = reverse("desk_report", args=[row.pk])
    return redirect(f"{address}?cell={cell}{'&view=list' if view else ''}#cell-{cell}")


@require_POST
def move(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Confirms, publishes, withdraws or discards a report."""
    row = _visible(request, pk)
    why = request.POST.get("why", "")
    verbs: dict[str, tuple[Any, str]] = {
        "confirm": (lambda: actions.confirm(row, by=request.user), "已确认。"),
        "publish": (lambda: actions.publish(row, by=request.user), "已公布，公众可以在年度报告库中看到。"),
        "withdraw": (lambda: actions.withdraw(row, why=why, by=request.user), "已撤回，公众不再看到这份报告。"),
        "discard": (lambda: actions.discard(row, why=why, by=request.user), "已作废，可以重新导入该年度的报告。"),
    }
    if verb not in verbs:
        raise Http404
    act, done = verbs[verb]
    try:
        act()
    except (NotAllowed, actions.NotPossible) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, done)
    return redirect("desk_report", pk=row.pk)


@require_GET
def source(request: HttpRequest, pk: int) -> FileResponse:
    """The file that a report was read from."""
    row = _visible(request, pk)
    if row.source is None:
        raise Http404
    return serve(row.source)


def _visible(request: HttpRequest, pk: int) -> AnnualReport:
    reports = AnnualReport.objects.select_related("agency", "source")
    row: AnnualReport = get_object_or_404(reports, pk=pk, agency__in=visible_to(request.user))
    return row


def _rights(request: HttpRequest, row: AnnualReport) -> dict[str, bool]:
    def right(name: Right) -> bool:
        return may(request.user, name, row.agency)

    published = row.status == Status.PUBLISHED
    correct = right(Right.CORRECT_REPORTS) and row.status != Status.DISCARDED
    return {
        "correct": correct and (not published or right(Right.PUBLISH_REPORTS)),
        "confirm": row.status == Status.DRAFT and right(Right.CONFIRM_REPORTS),
        "publish": row.status == Status.CONFIRMED and right(Right.PUBLISH_REPORTS),
        "withdraw": published and right(Right.PUBLISH_REPORTS),
        "discard": row.status == Status.DRAFT and right(Right.CORRECT_REPORTS),
    }
