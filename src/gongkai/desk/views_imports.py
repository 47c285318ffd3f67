"""Staff pages for taking files into the library: choosing them, watching each being read, settling doubts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.agencies.queries import visible_to
from gongkai.agencies.rights import NAMES, ROLES, NotAllowed, Right, may_anywhere
from gongkai.desk.forms import SUFFIXES, ChooseForm, ImportForm
from gongkai.desk.views_reports import LIST_CRUMB
from gongkai.reporting import actions
from gongkai.reporting.models import ImportItem, ItemState
from gongkai.reporting.queries import counted, visible_batches

IMPORT_CRUMB = {"url": reverse_lazy("desk_import"), "label": gettext_lazy("导入")}


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """The form for choosing files, and the person's imports so far."""
    if not may_anywhere(request.user, Right.IMPORT_REPORTS):
        messages.error(
            request, _("您没有“%(right)s”的权限。请联系本机关管理员。") % {"right": NAMES[Right.IMPORT_REPORTS]}
        )
        return redirect("desk_reports")
    form = ImportForm(request.POST if request.method == "POST" else None, agencies=_own(request))
    if request.method == "POST" and form.is_valid():
        files = request.FILES.getlist("files")
        if files:
            return _start(request, form.cleaned_data, files)
        form.add_error(None, _("还没有选择文件。请选择一个或多个文件。"))
    context = {
        "header_title": _("导入年度报告"),
        "header_icon": "upload",
        "breadcrumbs_items": [LIST_CRUMB, {"url": "", "label": _("导入")}],
        "form": form,
        "accept": ",".join(f".{s}" for s in SUFFIXES),
        "limit": settings.UPLOAD_BYTES // 2**20,
        "most": settings.DATA_UPLOAD_MAX_NUMBER_FILES,
        "batches": counted(visible_batches(request.user))[:20],
    }
    return render(request, "desk/reports/import.html", context)


@require_GET
def batch(request: HttpRequest, pk: int) -> HttpResponse:
    """The result of each file; with `?rows` only the rows, for the script that refreshes them."""
    found = get_object_or_404(visible_batches(request.user), pk=pk)
    items = list(
        found.items.select_related("report__agency", "chosen_agency").defer("report__data", "report__text", "read")
    )
    choosing = [i for i in items if i.state in {ItemState.NEEDS_AGENCY, ItemState.NOT_ALLOWED}]
    agencies = list(_own(request)) if choosing else []
    context: dict[str, Any] = {
        "batch": found,
        "items": items,
        "agencies": agencies,
        "finished": all(i.state not in {ItemState.QUEUED, ItemState.READING} for i in items),
        "counts": _counts(items),
    }
    if "rows" in request.GET:
        response = render(request, "desk/reports/_items.html", context)
        response["Cache-Control"] = "no-store"
        return response
    context |= {
        "header_title": _("导入结果"),
        "header_icon": "upload",
        "breadcrumbs_items": [LIST_CRUMB, IMPORT_CRUMB, {"url": "", "label": _("结果")}],
    }
    return render(request, "desk/reports/batch.html", context)


@require_POST
def choose(request: HttpRequest, pk: int) -> HttpResponse:
    """Settles a file that waits for a person."""
    items = ImportItem.objects.select_related("batch__by", "batch__agency", "chosen_agency", "attachment")
    item = get_object_or_404(items, pk=pk, batch__in=visible_batches(request.user))
    form = ChooseForm(request.POST, agencies=_own(request))
    if form.is_valid():
        try:
            actions.choose(item, by=request.user, **form.cleaned_data)
        except (NotAllowed, ValueError) as error:
            messages.error(request, str(error))
    else:
        messages.error(request, _("请从列表中选择机关，并填写2000至2100之间的年度。"))
    return redirect("desk_batch", pk=item.batch_id)


def _start(request: HttpRequest, chosen: dict[str, Any], files: list[UploadedFile]) -> HttpResponse:
    try:
        made = actions.import_files(
            _contents(files), by=request.user, agency=chosen["agency"], replace_drafts=chosen["replace_drafts"]
        )
    except NotAllowed as error:
        messages.error(request, str(error))
        return redirect("desk_import")
    return redirect("desk_batch", pk=made.pk)


def _contents(files: list[UploadedFile]) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each file, one in memory at a time; one too large is cut off just above the limit."""
    for file in files:
        yield file.name or "", file.read(settings.UPLOAD_BYTES + 1)


def _own(request: HttpRequest) -> Any:
    return visible_to(request.user, roles=ROLES[Right.IMPORT_REPORTS])


def _counts(items: list[ImportItem]) -> list[tuple[str, int]]:
    labels = dict(ItemState.choices)
    found: dict[str, int] = {}
    for item in items:
        found[item.state] = found.get(item.state, 0) + 1
    return [(str(labels[state]), found[state]) for state in labels if state in found]
