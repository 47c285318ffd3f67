"""Staff pages for agencies and people as tables: upload, dry run, confirmation; export and template."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.agencies.importing import Outcome, check, take_in
from gongkai.agencies.importing import template as empty_workbook
from gongkai.agencies.importing.columns import PEOPLE, TABLES
from gongkai.agencies.importing.writing import to_csv, to_xlsx
from gongkai.agencies.queries import visible_to
from gongkai.agencies.rights import ROLES, Right, may_anywhere
from gongkai.desk.forms_agencies import TableForm
from gongkai.desk.views_agencies import CRUMB
from gongkai.files.actions import Damaged, content, store
from gongkai.files.checks import TYPES, Refused
from gongkai.files.models import Attachment

SALT = "desk.agencies.import"
AN_HOUR = 3600
_TYPES = ("xlsx", "xls", "ods", "txt")
SHOWN = 500
"""So many problems or changes stand on a page."""


@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """The form for choosing a table; its dry run."""
    if not may_anywhere(request.user, Right.MANAGE_AGENCY):
        messages.error(request, _("您没有导入机构的权限。请联系本机关管理员。"))
        return redirect("desk_agencies")
    form = TableForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            if file.size > settings.UPLOAD_BYTES:
                raise Refused(_("文件太大。请分成几个文件导入。"))
            kept = store(file.read(), file.name, by=request.user, types=_TYPES)
        except Refused as refusal:
            form.add_error("file", str(refusal))
        else:
            return _dry_run(request, kept)
    context = {**_frame(_("导入机构与人员")), "form": form, "tables": TABLES.values()}
    return render(request, "desk/agencies/import.html", context, status=422 if form.errors else 200)


@require_POST
def confirm(request: HttpRequest) -> HttpResponse:
    """Takes in the table whose dry run the person has just seen."""
    kept = _kept(request)
    if kept is None:
        messages.error(request, _("这次试导入已过期。请重新选择文件。"))
        return redirect("desk_agency_import")
    try:
        outcome = take_in(content(kept), kept.name, by=request.user)
    except Damaged as error:
        messages.error(request, str(error))
        return redirect("desk_agency_import")
    if not outcome.done:
        return _result(request, kept, outcome)
    counts = {"added": outcome.count("added"), "changed": outcome.count("changed")}
    messages.success(request, _("已导入：新增 %(added)s 项，修改 %(changed)s 项。") % counts)
    return redirect("desk_agencies")


@require_GET
def export(request: HttpRequest) -> HttpResponse:
    """The agencies that the person may see as a table; people only of agencies whose posts they set."""
    agencies = visible_to(request.user)
    name = request.GET.get("table", "")
    stem = f"{_('机构与人员')}-{timezone.localdate():%Y%m%d}"
    if name in TABLES:
        table = TABLES[name]
        encoding = "gb18030" if request.GET.get("encoding") == "gbk" else "utf-8-sig"
        among = _managed(request) if table is PEOPLE else agencies
        return _download(to_csv(table, among, encoding=encoding), f"{table.title}-{stem[-8:]}.csv", "text/csv")
    managed = _managed(request)
    return _download(to_xlsx(agencies, people_of=managed), f"{stem}.xlsx", TYPES["xlsx"])


@require_GET
def template(request: HttpRequest) -> HttpResponse:
    """The empty workbook that an import takes."""
    return _download(empty_workbook(), _("机构与人员导入模板") + ".xlsx", TYPES["xlsx"])


def _managed(request: HttpRequest) -> Any:
    return visible_to(request.user, roles=ROLES[Right.MANAGE_POSTS])


def _dry_run(request: HttpRequest, kept: Attachment) -> HttpResponse:
    return _result(request, kept, check(content(kept), kept.name, by=request.user))


def _result(request: HttpRequest, kept: Attachment, outcome: Outcome) -> HttpResponse:
    context = {
        **_frame(_("试导入结果")),
        "file": kept,
        "outcome": outcome,
        "problems": outcome.problems[:SHOWN],
        "changes": outcome.effective[:SHOWN],
        "shown": SHOWN,
        "added": outcome.count("added"),
        "changed": outcome.count("changed"),
        "same": outcome.count("same"),
        "token": signing.dumps({"file": kept.pk, "by": request.user.pk}, salt=SALT),
    }
    return render(request, "desk/agencies/import_result.html", context, status=200 if outcome.ok else 422)


def _kept(request: HttpRequest) -> Attachment | None:
    """The file that the token stands for: handed in by the same person within the hour."""
    try:
        token = signing.loads(request.POST.get("token", ""), salt=SALT, max_age=AN_HOUR)
    except signing.BadSignature:
        return None
    if token.get("by") != request.user.pk:
        return None
    found: Attachment | None = Attachment.objects.filter(pk=token.get("file"), uploaded_by=request.user).first()
    return found


def _download(data: bytes, name: str, type: str) -> HttpResponse:
    response = HttpResponse(data, content_type=type)
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _frame(title: Any) -> dict[str, Any]:
    return {
        "header_title": title,
        "header_icon": "upload",
        "breadcrumbs_items": [CRUMB, {"url": "", "label": title}],
    }
