"""年报体检: put a report in, see what is in it and what is wrong, take it away; nothing is kept."""

from __future__ import annotations

import json
import time

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from gongkai.annual.data import from_dict, to_dict
from gongkai.annual.errors import ReadError
from gongkai.annual.model import Report
from gongkai.portal.checkup import ACCEPT, LIMIT_BYTES, Checked, Refused, check_input
from gongkai.portal.files import KINDS, file_response
from gongkai.portal.views.parts import report_context


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


def _form(request: HttpRequest, *, error: str = "", status: int = 200) -> HttpResponse:
    context = {
        "section": "checkup",
        "error": error,
        "text": request.POST.get("text", ""),
        "limit_mb": LIMIT_BYTES // 2**20,
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
    return {**report_context(report), "data": data}
