"""Staff pages of transfers: the month's board for those who send, the inbox of a venue, one manifest with its files."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from gongkai.agencies.models import Agency
from gongkai.agencies.queries import visible_to
from gongkai.agencies.rights import NotAllowed, Right, may, may_anywhere
from gongkai.annual.render.fonts import NoFont
from gongkai.desk.files import file_download
from gongkai.desk.views_directories import words_of
from gongkai.files.actions import Damaged
from gongkai.publishing.actions import transfer as actions
from gongkai.publishing.dates import month_of, months_after
from gongkai.publishing.exporting.manifest import manifest_pdf, manifest_xlsx, package, title_of
from gongkai.publishing.models import Manifest
from gongkai.publishing.queries.transfer import board, inbox, manifests_for, may_receive, missed_in, missed_seen_by
from gongkai.trail.chain import history

ORDER = ("overdue", "returned", "open", "sent", "received", "nothing")
"""What has to be done stands above what is done."""
CRUMB = {"url": reverse_lazy("desk_transfers"), "label": gettext_lazy("送交")}


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """What waits for the venue, the board of a month for senders, and what was missed for all who answer for it."""
    last = months_after(month_of(timezone.localdate()), -1)
    month = min(_month(request.GET.get("month")) or last, last)
    sends = may_anywhere(request.user, Right.TRANSFER_PUBLICATIONS)
    receives = may_anywhere(request.user, Right.RECEIVE_TRANSFERS) and not request.user.is_superuser
    rows = board(request.user, month) if sends else []
    only = request.GET.get("only", "")
    context = {
        "header_title": CRUMB["label"],
        "header_icon": "upload",
        "breadcrumbs_items": [{"url": "", "label": CRUMB["label"]}],
        "month": month,
        "before": months_after(month, -1),
        "after": months_after(month, 1) if month < last else None,
        "squares": sorted((s for s in rows if not only or s.state == only), key=lambda s: ORDER.index(s.state)),
        "only": only,
        "open": sum(s.state in {"open", "overdue", "returned"} for s in rows),
        "sends": sends,
        "receives": receives,
        "inbox": inbox(request.user) if receives else (),
        "past": manifests_for(request.user).order_by("-sent_at")[:50] if receives else (),
        "missed": missed_seen_by(request.user, month.year),
    }
    return render(request, "desk/transfer/index.html", context)


@require_POST
def send(request: HttpRequest) -> HttpResponse:
    """Hands over a month of one agency to one venue."""
    agency = get_object_or_404(visible_to(request.user), pk=_number(request.POST.get("agency")))
    venue = get_object_or_404(Agency, pk=_number(request.POST.get("venue")))
    month = _month(request.POST.get("month"))
    try:
        if month is None:
            raise ValidationError(_("月份不对。请从列表中送交。"))
        manifest = actions.send(agency, venue, month, by=request.user)
    except (NotAllowed, ValidationError) as error:
        messages.error(request, words_of(error))
        return redirect("desk_transfers")
    messages.success(request, _("已送交%(venue)s，对方接收后会通知您。") % {"venue": venue.name})
    return redirect("desk_manifest", pk=manifest.pk)


@require_POST
def send_all(request: HttpRequest) -> HttpResponse:
    """Hands over everything of a month that the person's agencies still have to; each manifest by itself."""
    month = _month(request.POST.get("month"))
    done = 0
    for square in board(request.user, month) if month is not None else ():
        if square.state not in {"open", "overdue", "returned"}:
            continue
        try:
            actions.send(square.agency, square.venue, square.month, by=request.user)
            done += 1
        except (NotAllowed, ValidationError) as error:
            messages.error(request, square.agency.label + _("：") + words_of(error))
    messages.success(request, _("已送交 %(n)s 份。") % {"n": done})
    return redirect(f"{reverse('desk_transfers')}?month={request.POST.get('month', '')[:7] if month else ''}")


@require_GET
def manifest(request: HttpRequest, pk: int) -> HttpResponse:
    """One manifest with its items and checksums."""
    row = _visible(request, pk)
    context = {
        "header_title": title_of(row),
        "header_icon": "upload",
        "breadcrumbs_items": [CRUMB, {"url": "", "label": f"{row.agency.label} {row.month:%Y-%m}"}],
        "manifest": row,
        "items": row.items.all(),
        "may_receive": row.received_at is None and not row.problem and may_receive(request.user, row.venue),
        "may_send": may(request.user, Right.TRANSFER_PUBLICATIONS, row.agency),
        "missed": missed_in(row.agency, row.month.year),
        "entries": history(row)[:20],
    }
    return render(request, "desk/transfer/manifest.html", context)


@require_GET
def download(request: HttpRequest, pk: int, to: str) -> HttpResponse | FileResponse:
    """The list as .xlsx or .pdf, or the package with all files."""
    row = _visible(request, pk)
    stem = f"{row.agency.name}{title_of(row)}"
    try:
        if to == "zip":
            response = FileResponse(package(row), as_attachment=True, filename=f"{stem}.zip")
            response["Cache-Control"] = "private, no-store"
            response["X-Content-Type-Options"] = "nosniff"
            return response
        return file_download(manifest_xlsx(row) if to == "xlsx" else manifest_pdf(row), to, stem)
    except (Damaged, NoFont) as error:
        messages.error(request, str(error))
        return redirect("desk_manifest", pk=pk)


@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Receives the manifest, or returns it with a reason."""
    row = _visible(request, pk)
    try:
        if request.POST.get("do") == "return":
            actions.give_back(row, by=request.user, reason=request.POST.get("reason", ""))
            messages.success(request, _("已退回，送交机关会收到通知。"))
        else:
            actions.receive(row, by=request.user)
            messages.success(request, _("已接收。"))
    except (NotAllowed, ValidationError) as error:
        messages.error(request, words_of(error))
    return redirect(reverse("desk_manifest", args=[pk]))


def _visible(request: HttpRequest, pk: int) -> Manifest:
    found: Manifest = get_object_or_404(manifests_for(request.user), pk=pk)
    return found


def _month(text: str | None) -> date | None:
    year, _dash, month = (text or "").partition("-")
    if not (year.isascii() and year.isdigit() and month[:2].isascii() and month[:2].isdigit()):
        return None
    return date(int(year), int(month[:2]), 1) if 1949 <= int(year[:6]) <= 2100 and 1 <= int(month[:2]) <= 12 else None


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 15 else 0
