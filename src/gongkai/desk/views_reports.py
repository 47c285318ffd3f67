"""Staff pages about the library: the list, one report, the correcting of a cell."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin.widgets.button import HeaderButton

from gongkai.agencies.queries import visible_to
from gongkai.agencies.rights import NotAllowed, Right, may, may_anywhere
from gongkai.desk.forms import ReportFilter
from gongkai.desk.history import report_history
from gongkai.desk.marks import finding_views
from gongkai.desk.tables import cell_views, tables_of
from gongkai.files.actions import serve
from gongkai.reporting import actions
from gongkai.reporting.models import AnnualReport, Status
from gongkai.reporting.queries import library, visible_reports

PAGE = 50
LIST_CRUMB = {"url": reverse_lazy("desk_reports"), "label": gettext_lazy("年度报告")}


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
    may_import = may_anywhere(request.user, Right.IMPORT_REPORTS)
    page = Paginator(found, PAGE).get_page(request.GET.get("p"))
    query = request.GET.copy()
    query.pop("p", None)
    context = {
        "header_title": _("年度报告"),
        "header_icon": "doc-full",
        "breadcrumbs_items": [{"url": "", "label": _("年度报告")}],
        "form": form,
        "page": page,
        "query": query.urlencode(),
        "filtered": any(chosen.values()),
        "may_import": may_import,
        "header_buttons": [HeaderButton(_("导入年度报告"), reverse("desk_import"), icon_name="upload")]
        if may_import
        else [],
    }
    return render(request, "desk/reports/index.html", context)


@require_GET
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """One report: its tables with what was read and corrected, its findings, what was done to it."""
    row = _visible(request, pk)
    cell = request.GET.get("cell", "")
    how = request.GET.get("view", "")
    views = cell_views(row)
    tables = tables_of(row, views)
    context = {
        "header_title": row.title,
        "header_icon": "doc-full",
        "breadcrumbs_items": [LIST_CRUMB, {"url": "", "label": f"{row.agency.label} {row.year}"}],
        "report": row,
        "how": how if how in {"list", "check"} else "",
        "tables": [t for t in tables if t.to_check] if how == "check" else tables,
        "unread": sum(t.unread for t in tables),
        "findings": finding_views(row, views),
        "selected": views.get(cell),
        "history": report_history(row),
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
    context = {"report": row, "selected": view, "may": _rights(request, row), "how": request.GET.get("view", "")}
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
        messages.success(request, _("已更正。读取的原值仍然保留，问题清单已重新检查。"))
    how = request.POST.get("view", "")
    view = f"&view={how}" if how in {"list", "check"} else ""
    return redirect(f"{reverse('desk_report', args=[row.pk])}?cell={quote(cell)}{view}#cell-{quote(cell)}")


@require_POST
def move(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Confirms, publishes, withdraws or discards a report, or takes one of these back."""
    row = _visible(request, pk)
    why = request.POST.get("why", "")
    verbs: dict[str, tuple[Any, str]] = {
        "confirm": (lambda: actions.confirm(row, by=request.user), _("已确认。如有不妥，可以退回待确认。")),
        "publish": (lambda: actions.publish(row, by=request.user), _("已公布，公众可以在年度报告库中看到。")),
        "withdraw": (lambda: actions.withdraw(row, why=why, by=request.user), _("已撤回，公众不再看到这份报告。")),
        "discard": (lambda: actions.discard(row, why=why, by=request.user), _("已作废，可以重新导入该年度的报告。")),
        "reopen": (lambda: actions.reopen(row, by=request.user), _("已退回待确认。")),
        "restore": (lambda: actions.restore(row, by=request.user), _("已恢复，请重新核对后确认。")),
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
        "reopen": row.status == Status.CONFIRMED and right(Right.CONFIRM_REPORTS),
        "restore": row.status == Status.DISCARDED and right(Right.CORRECT_REPORTS),
    }
