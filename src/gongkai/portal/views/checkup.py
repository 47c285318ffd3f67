"""年报体检: put a report in, see what is in it and what is wrong, take it away; nothing is kept."""

from __future__ import annotations

import json
import time

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.signing import Signer
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.crypto import constant_time_compare
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from gongkai.agencies.rights import NotAllowed
from gongkai.annual.data import from_dict, to_dict
from gongkai.annual.errors import ReadError
from gongkai.annual.model import Report
from gongkai.portal.checkup import ACCEPT, Checked, Refused, check_input
from gongkai.portal.files import KINDS, file_response
from gongkai.portal.views.parts import report_context
from gongkai.reporting.importing import import_files

_SIGNER = Signer(salt="gongkai.portal.checkup")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def checkup(request: HttpRequest) -> HttpResponse:
    """The form, and after sending it the result on the same address."""
    if request.method != "POST":
        return _form(request)
    started = time.perf_counter()
    try:
        checked = check_input(request.POST, request.FILES.get("file"))
    except Refused as refused:
        return _form(request, error=str(refused), status=422)
    return _result(request, checked, seconds=time.perf_counter() - started)


@never_cache
@require_POST
def download(request: HttpRequest) -> HttpResponse:
    """The report that the result page carries, as a file: its data, or Word with the findings marked in it."""
    to = request.POST.get("to", "")
    try:
        report = from_dict(json.loads(request.POST.get("data", "")))
    except (ReadError, ValueError) as error:
        message = error.message_en if isinstance(error, ReadError) and get_language() == "en" else str(error)
        return _form(request, error=message, status=422)
    if to not in KINDS:
        return _form(request, error=f"{to!r}?", status=422)
    return file_response(report, to)


@never_cache
@require_POST
@login_required
def save(request: HttpRequest) -> HttpResponse:
    """Hand the report that the result page carries to the library, for a signed-in person who may import.

    The page carries it with a signature, so that what is kept is what was read and nothing else.
    """
    data = request.POST.get("data", "")
    if not constant_time_compare(_SIGNER.signature(data), request.POST.get("signature", "")):
        return _form(request, error=_("体检结果已改变或过期，没有保存。请重新体检后再保存。"), status=422)
    try:
        batch = import_files([(_stem(data) + ".json", data.encode())], by=request.user)
    except NotAllowed as refused:
        return _form(request, error=str(refused), status=403)
    return redirect("desk_batch", batch.pk)


def _stem(data: str) -> str:
    return str(json.loads(data).get("title") or _("年度报告"))[:80]


def _form(request: HttpRequest, *, error: str = "", status: int = 200) -> HttpResponse:
    context = {
        "section": "checkup",
        "error": error,
        "text": request.POST.get("text", ""),
        "limit_mb": settings.UPLOAD_BYTES // 2**20,
        "accept": ACCEPT,
    }
    return render(request, "portal/checkup.html", context, status=status)


def _result(request: HttpRequest, checked: Checked, *, seconds: float) -> HttpResponse:
    context = {
        "section": "checkup",
        "name": checked.name,
        "seconds": seconds,
        "results": [_one(report) for report in checked.reports],
    }
    return render(request, "portal/checkup_result.html", context)


def _one(report: Report) -> dict[str, object]:
    data = json.dumps(to_dict(report, with_blocks=True), ensure_ascii=False)
    return {**report_context(report), "data": data, "signature": _SIGNER.signature(data)}
