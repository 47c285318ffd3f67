"""The versions of a draft (历次版本): who saved what, how one differs from the newest, and bringing one back."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from gongkai.agencies.rights import Right, may
from gongkai.desk.publications.common import LIST_CRUMB, TROUBLE, draft_of, for_staff, header, words, worked_on
from gongkai.publishing.actions import drafting
from gongkai.publishing.actions.shared import changeable
from gongkai.publishing.models import Publication
from gongkai.publishing.queries.differences import differences, versions

PAGE = 50


def _written_on(request: HttpRequest, pk: int) -> Publication:
    """The publication, for who may write on it: nobody else reads what was only tried."""
    row = worked_on(request, pk)
    if not may(request.user, Right.DRAFT_PUBLICATIONS, row.agency):
        raise Http404
    return row


@require_GET
def index(request: HttpRequest, pk: int) -> HttpResponse:
    """All versions, newest first."""
    row = _written_on(request, pk)
    context = header(_("历次版本"), LIST_CRUMB, _crumb(row), icon="history") | {
        "publication": row,
        "page": Paginator(versions(row).defer("content"), PAGE).get_page(request.GET.get("p")),
        "query": "",
    }
    return render(request, "desk/publications/versions.html", context)


@require_http_methods(["GET", "POST"])
def version(request: HttpRequest, pk: int, revision: int) -> HttpResponse:
    """One version beside the newest; POST brings it back."""
    row = _written_on(request, pk)
    found = get_object_or_404(versions(row), pk=revision)
    if request.method == "POST":
        try:
            drafting.restore_version(row, found.pk, by=request.user)
        except TROUBLE as error:
            messages.error(request, words(error))
            return redirect("desk:publication-versions", pk=pk)
        messages.success(request, _("已恢复这一版本，可以接着写。"))
        return redirect("desk:publication-edit", pk=pk)
    earlier = found.as_object()
    context = header(_("一个版本"), LIST_CRUMB, _crumb(row), _versions_crumb(row), icon="history") | {
        "publication": row,
        "version": found,
        "draft": earlier,
        "body": for_staff(earlier.body, row.pk),
        "since": differences(earlier, draft_of(row)),
        "newest": found.pk == row.latest_revision_id,
        "may_restore": changeable(row) and found.pk != row.latest_revision_id,
    }
    return render(request, "desk/publications/version.html", context)


def _crumb(row: Publication) -> dict[str, str]:
    return {"url": reverse("desk:publication", args=[row.pk]), "label": row.title[:40]}


def _versions_crumb(row: Publication) -> dict[str, str]:
    return {"url": reverse("desk:publication-versions", args=[row.pk]), "label": _("历次版本")}
