"""Staff pages about standard directories: import in two steps, coverage, one row with what fills it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.agencies.models import Agency
from gongkai.agencies.queries import descendants, existing, visible_to
from gongkai.agencies.rights import NAMES, ROLES, NotAllowed, Right, may, may_anywhere
from gongkai.desk.files import file_download
from gongkai.files.checks import Refused
from gongkai.files.models import Attachment
from gongkai.publishing.actions import directories as actions
from gongkai.publishing.exporting.directory import coverage_xlsx, official_form
from gongkai.publishing.models import Directory, DirectoryRow, Publication
from gongkai.publishing.queries.coverage import (
    Filled,
    channels_of,
    coverage,
    directories_for,
    row_coverage,
    suggest_publications,
)
from gongkai.publishing.queries.desk import visible_to as visible_publications

CRUMB = {"url": reverse_lazy("desk_directories"), "label": gettext_lazy("标准目录")}


class DirectoryForm(forms.Form):
    """A workbook and the agency whose directories it holds."""

    agency = forms.ModelChoiceField(Agency.objects.none(), label=gettext_lazy("制定机关"))
    version = forms.CharField(
        label=gettext_lazy("版本"), required=False, max_length=40, help_text=gettext_lazy("如“2026年修订”，可以不填")
    )

    def __init__(self, *args: Any, agencies: QuerySet[Agency], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["agency"].queryset = agencies
        self.initial.setdefault("agency", agencies.first())


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """The directories that concern the person, each with its gaps in the person's reach."""
    today = timezone.localdate()
    reach = visible_to(request.user)
    found = directories_for(request.user).annotate(matters=Count("rows"))
    rows = [{"directory": d, "coverage": None if d.retired else coverage(d, today, agencies=reach)} for d in found]
    context = {
        "header_title": CRUMB["label"],
        "header_icon": "list-ul",
        "breadcrumbs_items": [{"url": "", "label": CRUMB["label"]}],
        "rows": rows,
        "may_import": may_anywhere(request.user, Right.MANAGE_DIRECTORIES),
    }
    return render(request, "desk/directories/index.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Choosing a workbook; its dry run with every problem by row."""
    if not may_anywhere(request.user, Right.MANAGE_DIRECTORIES):
        words = _("您没有“%(right)s”的权限。请联系本机关管理员。")
        messages.error(request, words % {"right": NAMES[Right.MANAGE_DIRECTORIES]})
        return redirect("desk_directories")
    form = DirectoryForm(request.POST or None, agencies=_own(request))
    context: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        context = _dry_run(request, form)
    context |= {
        "header_title": _("导入标准目录"),
        "header_icon": "upload",
        "breadcrumbs_items": [CRUMB, {"url": "", "label": _("导入")}],
        "form": form,
    }
    return render(request, "desk/directories/import.html", context, status=422 if form.errors else 200)


@require_GET
def form(request: HttpRequest) -> HttpResponse:
    """The official form, empty, for those who begin a directory."""
    title = _("（机关名称）（领域）基层政务公开标准目录")
    return file_download(official_form(title, {_("标准目录"): [[""] * 14] * 20}), "xlsx", _("标准目录表样"))


@require_POST
def confirm(request: HttpRequest) -> HttpResponse:
    """Imports what was looked at in the dry run."""
    form = DirectoryForm(request.POST, agencies=_own(request))
    kept = Attachment.objects.filter(pk=_number(request.POST.get("kept"))).first()
    if not form.is_valid() or kept is None:
        messages.error(request, _("文件已失效。请重新上传。"))
        return redirect("desk_directory_import")
    try:
        agency, version = form.cleaned_data["agency"], form.cleaned_data["version"]
        made = actions.import_kept(kept, agency, by=request.user, version=version)
    except (NotAllowed, ValidationError) as error:
        messages.error(request, words_of(error))
        return redirect("desk_directory_import")
    messages.success(request, _("已导入 %(n)s 个目录。") % {"n": len(made)})
    return redirect("desk_directory", pk=made[0].pk) if len(made) == 1 else redirect("desk_directories")


@require_GET
def directory(request: HttpRequest, pk: int) -> HttpResponse:
    """The coverage of one directory in the person's reach."""
    row = _visible(request, pk)
    chosen = _chosen(request)
    reach = visible_to(request.user)
    shown = coverage(row, timezone.localdate(), agencies=reach, **chosen)
    context = {
        "header_title": row.name,
        "header_icon": "list-ul",
        "breadcrumbs_items": [CRUMB, {"url": "", "label": row.name[:30]}],
        "directory": row,
        "coverage": shown,
        "states": [(value, label, shown.totals[value]) for value, label in Filled.choices],
        "may_manage": may(request.user, Right.MANAGE_DIRECTORIES, row.agency),
        **chosen,
    }
    return render(request, "desk/directories/directory.html", context)


@require_GET
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """The coverage as .xlsx."""
    row = _visible(request, pk)
    shown = coverage(row, timezone.localdate(), agencies=visible_to(request.user), **_chosen(request))
    return file_download(coverage_xlsx(shown), "xlsx", _("%(name)s覆盖情况") % {"name": row.name})


@require_POST
def retire(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes a directory out of use."""
    row = _visible(request, pk)
    try:
        actions.retire(row, by=request.user)
    except NotAllowed as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("“%(name)s”已停用，公开页面不再显示。") % {"name": row.name})
    return redirect("desk_directories")


@require_GET
def matter(request: HttpRequest, pk: int) -> HttpResponse:
    """One row: who fills it, with what, and what might belong there."""
    row = _row(request, pk)
    mine = visible_publications(request.user)
    may_manage = may(request.user, Right.MANAGE_DIRECTORIES, row.directory.agency)
    below = {row.directory.agency_id} | descendants([row.directory.agency_id]) if may_manage else ()
    context = {
        "header_title": row.level2 or row.level1,
        "header_icon": "list-ul",
        "breadcrumbs_items": [
            CRUMB,
            {"url": reverse_lazy("desk_directory", args=[row.directory_id]), "label": row.directory.name[:30]},
            {"url": "", "label": (row.level2 or row.level1)[:40]},
        ],
        "row": row,
        "cells": row_coverage(row, timezone.localdate()),
        "channels": channels_of(row),
        "filings": row.filings.filter(publication__in=mine).select_related("publication__agency").order_by("-at")[:100],
        "suggested": () if row.directory.retired else suggest_publications(row, request.user),
        "found": _search(request, row, mine),
        "q": request.GET.get("q", ""),
        "may_manage": may_manage,
        "agencies": existing().filter(pk__in=below) if may_manage else (),
        "bound": {d.agency_id for d in row.duties.all()},
    }
    return render(request, "desk/directories/row.html", context)


@require_POST
def file_row(request: HttpRequest, pk: int) -> HttpResponse:
    """Files a publication under the row, or takes it out."""
    row = _row(request, pk)
    publication = get_object_or_404(
        visible_publications(request.user), pk=_number(request.POST.get("publication")) or 0
    )
    do = actions.unfile if "remove" in request.POST else actions.file_under
    try:
        do(publication, row, by=request.user)
    except (NotAllowed, ValidationError) as error:
        messages.error(request, words_of(error))
    else:
        messages.success(request, _("已移出。") if "remove" in request.POST else _("已归入本事项。"))
    return redirect("desk_directory_row", pk=pk)


@require_POST
def duties(request: HttpRequest, pk: int) -> HttpResponse:
    """Says which agencies fill the row."""
    row = _row(request, pk)
    ids = [n for value in request.POST.getlist("agencies") if (n := _number(value))]
    try:
        actions.set_duties(row, Agency.objects.filter(pk__in=ids), by=request.user)
    except (NotAllowed, ValidationError) as error:
        messages.error(request, words_of(error))
    else:
        messages.success(request, _("已保存公开主体。"))
    return redirect("desk_directory_row", pk=pk)


def words_of(error: NotAllowed | ValidationError | Refused) -> str:
    """What an action's refusal says."""
    return " ".join(error.messages) if isinstance(error, ValidationError) else str(error)


def _dry_run(request: HttpRequest, form: DirectoryForm) -> dict[str, Any]:
    file = request.FILES.get("file")
    if file is None:
        form.add_error(None, _("还没有选择文件。请选择 .xlsx 文件。"))
        return {}
    agency = form.cleaned_data["agency"]
    data = file.read(settings.UPLOAD_BYTES + 1)
    try:
        plan = actions.plan_import(data, file.name or "", agency, by=request.user)
        kept = None if plan.blocked else actions.keep(data, file.name or "", agency, by=request.user)
    except (NotAllowed, ValidationError, Refused) as error:
        form.add_error(None, words_of(error))
        return {}
    return {"plan": plan, "kept": kept, "agency": agency, "version": form.cleaned_data["version"], "name": file.name}


def _chosen(request: HttpRequest) -> dict[str, Any]:
    state = request.GET.get("state", "")
    slug = request.GET.get("agency", "")
    agency = visible_to(request.user).filter(slug=slug).first() if slug else None
    return {"state": state if state in Filled.values else "", "agency": agency}


def _search(request: HttpRequest, row: DirectoryRow, mine: Any) -> list[Publication]:
    words = request.GET.get("q", "").replace("\x00", "").strip()[:60]
    if not words:
        return []
    bound = [d.agency_id for d in row.duties.all()]
    found = mine.filter(title__icontains=words).exclude(filings__row=row).select_related("agency")
    return list((found.filter(agency__in=bound) if bound else found).order_by("-pk")[:20])


def _visible(request: HttpRequest, pk: int) -> Directory:
    found: Directory = get_object_or_404(directories_for(request.user), pk=pk)
    return found


def _row(request: HttpRequest, pk: int) -> DirectoryRow:
    rows = DirectoryRow.objects.select_related("directory__agency").prefetch_related("duties__agency")
    found: DirectoryRow = get_object_or_404(rows, pk=pk, directory__in=directories_for(request.user).order_by())
    return found


def _own(request: HttpRequest) -> QuerySet[Agency]:
    return visible_to(request.user, roles=ROLES[Right.MANAGE_DIRECTORIES]).filter(abolished__isnull=True)


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 18 else None
